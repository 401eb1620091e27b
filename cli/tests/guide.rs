//! `docs/policy-guide.md`, then `docs/explain.md`, followed to the letter: its files are written, its commands are run, what it says they print is compared.
//!
//! - `<!-- file: PATH -->` before a block of code: the block is the whole file. `<!-- append: PATH -->`: it is added to it.
//! - A block of `console`: lines that begin with `$ ` are run by a shell in the reader's folder, the lines behind them are what they print,
//!   standard error included. `…` stands for anything, within a line or for lines.
//!
//! `TAMIS_WRITE_EXPECTED=1` writes what is printed into the page instead; read what git shows of it before you commit.
//!
//! In the end the reader has what `policies/note-blanche/` ships.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const TAMIS: &str = env!("CARGO_BIN_EXE_tamis");
const GUIDES: &[&str] = &["docs/policy-guide.md", "docs/explain.md"];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

enum Block {
    Write { path: String, text: String },
    Append { path: String, text: String },
    Console { line: usize, text: String },
}

/// The blocks of a page, in order.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = page.lines().enumerate();
    let mut told = None;
    while let Some((number, line)) = lines.next() {
        if let Some(comment) = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) {
            told = comment.split_once(": ").map(|(what, path)| (what.to_owned(), path.to_owned()));
            continue;
        }
        let Some(language) = line.strip_prefix("```") else {
            if !line.is_empty() {
                told = None;
            }
            continue;
        };
        let text = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").fold(
            String::new(),
            |mut text, line| {
                text.push_str(line);
                text.push('\n');
                text
            },
        );
        match (told.take(), language) {
            (Some((what, path)), _) if what == "file" => blocks.push(Block::Write { path, text }),
            (Some((what, path)), _) if what == "append" => blocks.push(Block::Append { path, text }),
            (None, "console") => blocks.push(Block::Console { line: number + 1, text }),
            (None, "text") => {}
            (told, language) => panic!("line {}: a block of `{language}` that is not run ({told:?})", number + 1),
        }
    }
    blocks
}

/// A command and what it prints.
fn sessions(text: &str) -> Vec<(String, Vec<String>)> {
    let mut sessions: Vec<(String, Vec<String>)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("$ "), sessions.last_mut()) {
            (Some(command), _) => sessions.push((command.to_owned(), Vec::new())),
            (None, Some((_, expected))) => expected.push(line.to_owned()),
            (None, None) => panic!("a block of `console` begins with a command: {line}"),
        }
    }
    sessions
}

/// `…` stands for anything.
fn line_matches(expected: &str, printed: &str) -> bool {
    let mut parts = expected.split('…');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = printed.strip_prefix(first) else { return false };
    let parts = parts.collect::<Vec<_>>();
    for (number, part) in parts.iter().enumerate() {
        let is_last = number + 1 == parts.len();
        match if is_last { rest.ends_with(part).then(|| rest.len() - part.len()) } else { rest.find(part) } {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty()
}

fn matches(expected: &[String], printed: &[&str]) -> bool {
    match expected.split_first() {
        None => printed.is_empty(),
        Some((line, rest)) if line == "…" => (0..=printed.len()).any(|skipped| matches(rest, &printed[skipped..])),
        Some((line, rest)) => match printed.split_first() {
            Some((first, behind)) => line_matches(line.trim_end(), first.trim_end()) && matches(rest, behind),
            None => false,
        },
    }
}

/// What is printed, with the lines that the page abridges abridged.
fn abridged(expected: &[String], printed: &[&str]) -> String {
    let short = |line: &&str| {
        expected
            .iter()
            .find(|short| *short != "…" && short.contains('…') && line_matches(short.trim_end(), line.trim_end()))
            .cloned()
    };
    printed.iter().map(|line| short(line).unwrap_or_else(|| line.trim_end().to_owned()) + "\n").collect()
}

fn follow(guide: &str, folder: &Path) {
    let writes = std::env::var_os("TAMIS_WRITE_EXPECTED").is_some();
    let mut rewritten = None;
    let page = fs::read_to_string(workspace().join(guide)).expect("the guide is there");
    let path = std::env::var("PATH").unwrap_or_default();
    let with_tamis = format!("{}:{path}", Path::new(TAMIS).parent().expect("it lies in a folder").display());
    for block in blocks(&page) {
        match block {
            Block::Write { path, text } => {
                let path = folder.join(path);
                fs::create_dir_all(path.parent().expect("it has a folder")).expect("the target folder is writable");
                fs::write(path, text).expect("the target folder is writable");
            }
            Block::Append { path, text } => {
                let path = folder.join(path);
                let before = fs::read_to_string(&path).expect("the guide wrote it before");
                fs::write(path, format!("{before}\n{text}")).expect("the target folder is writable");
            }
            Block::Console { line, text } => {
                for (command, expected) in sessions(&text) {
                    let output = Command::new("sh")
                        .args(["-c", &format!("{{ {command} ; }} 2>&1")])
                        .current_dir(folder)
                        .env("PATH", &with_tamis)
                        .env("LC_ALL", "C.UTF-8")
                        .env("TAMIS_CACHE", concat!(env!("CARGO_TARGET_TMPDIR"), "/check-modules"))
                        .output()
                        .expect("there is a shell");
                    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
                    let lines = printed.lines().collect::<Vec<_>>();
                    if writes && !matches(&expected, &lines) {
                        let old: String = expected.iter().map(|line| format!("{line}\n")).collect();
                        let session = |output: &str| format!("$ {command}\n{output}");
                        let page = rewritten.get_or_insert_with(|| page.clone());
                        *page = page.replacen(&session(&old), &session(&abridged(&expected, &lines)), 1);
                        continue;
                    }
                    assert!(
                        matches(&expected, &lines),
                        "{guide}:{line}: $ {command}\nprints:\n{printed}\nexpected:\n{}",
                        expected.join("\n")
                    );
                }
            }
        }
    }
    if let Some(page) = rewritten {
        fs::write(workspace().join(guide), page).expect("the page can be written");
    }
}

#[test]
fn who_follows_the_guide_sees_what_it_says_and_has_what_is_shipped() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("guide");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target folder is writable");
    for guide in GUIDES {
        follow(guide, &folder);
    }
    for name in ["policy.toml", "tests/messages.toml"] {
        let written = fs::read_to_string(folder.join("note-blanche").join(name)).expect("the guide writes it");
        let shipped = fs::read_to_string(workspace().join("policies/note-blanche").join(name)).unwrap_or_default();
        assert_eq!(written, shipped, "policies/note-blanche/{name} is what the guide ends with");
    }
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn an_ellipsis_stands_for_anything() {
    assert!(line_matches("a … c", "a b c"));
    assert!(line_matches("…", ""));
    assert!(!line_matches("a … c", "a b d"));
    assert!(line_matches("a …", "a "));
}
