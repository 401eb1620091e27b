//! Policies that must not load: what is said about each, and where.
//!
//! A folder of `policies/` is a case: `policy.toml`, the files that it includes, and `expected`, a line for each diagnostic:
//! `path:line:column: code rule (what was meant)`. All of a file's mistakes are told at once.

#![allow(clippy::print_stdout, reason = "how long garbage takes is worth reading")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use tamis_tests::{Host, MODULE, Module, Native, follow, read, workspace};

const FOLDER: &str = "tests/policies";

/// The diagnostics of a reply, a line each.
fn render(reply: &[u8]) -> String {
    let reply: Value = serde_json::from_slice(reply).expect("a reply is JSON");
    let Some(diagnostics) = reply["diagnostics"].as_array() else { return format!("{reply}\n") };
    let mut lines = String::new();
    for diagnostic in diagnostics {
        let text = |key: &str| diagnostic[key].as_str().unwrap_or("-");
        let place = |key: &str| diagnostic[key].as_u64().map_or("-".to_owned(), |number| number.to_string());
        write!(lines, "{}:{}:{}: {}", text("path"), place("line"), place("column"), text("code"))
            .and_then(|()| if diagnostic["rule"].is_null() { Ok(()) } else { write!(lines, " {}", text("rule")) })
            .expect("writing to memory");
        let meant = text("help").strip_prefix("did you mean `").and_then(|help| help.strip_suffix("`?"));
        if let Some(meant) = meant {
            write!(lines, " ({meant})").expect("writing to memory");
        }
        lines.push('\n');
        assert!(!text("message").is_empty() && !text("message").contains('\n'), "{diagnostic}");
        let end = (diagnostic["end_line"].as_u64(), diagnostic["end_column"].as_u64());
        let start = (diagnostic["line"].as_u64(), diagnostic["column"].as_u64());
        assert!(start <= end, "a diagnostic ends where it begins or later: {diagnostic}");
    }
    lines
}

#[track_caller]
fn load(folder: &Path, host: &mut dyn Host) -> Vec<u8> {
    follow(host, "policy.toml", &|path| fs::read(folder.join(path)).ok())
}

#[test]
fn every_mistake_is_told_with_its_place() {
    let mut module = Module::compile(&read(MODULE)).instance();
    let mut wrong = String::new();
    let mut cases = 0;
    let folders = fs::read_dir(workspace().join(FOLDER)).expect("the folder is there");
    let mut folders: Vec<_> = folders.map(|entry| entry.expect("it can be listed").path()).collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().expect("a folder has a name").to_string_lossy().into_owned();
        let expected = fs::read_to_string(folder.join("expected")).unwrap_or_default();
        let reply = load(&folder, &mut Native::default());
        assert_eq!(reply, load(&folder, &mut module), "{name}: native and WASM say the same");
        let found = render(&reply);
        if found != expected {
            write!(wrong, "--- {name}\n{found}").expect("writing to memory");
        }
        cases += 1;
    }
    assert!(wrong.is_empty(), "these differ from their `expected`:\n{wrong}");
    assert!(cases >= 25, "there are {cases} cases only");
}

#[test]
fn an_empty_policy_is_valid_and_has_no_rules() {
    for text in ["", "\n\n", "# nothing yet\n", "\u{feff}"] {
        let reply = follow(&mut Native::default(), "policy.toml", &|_| Some(text.as_bytes().to_vec()));
        let reply: Value = serde_json::from_slice(&reply).expect("a reply is JSON");
        assert_eq!(reply["ok"]["rules"], 0, "{reply}");
    }
}

/// What a host may wait for: the author of a policy that is none is told so at once.
/// A million lines of `=` take two seconds and a half, in the parser of TOML; all else half a second.
const AT_ONCE: Duration = Duration::from_secs(20);

#[test]
fn two_megabytes_of_garbage_are_refused_at_once() {
    const SIZE: usize = 2 << 20;
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    let rule = "[[rule]]\nid = \"made-up.rule\"\nkind = \"terms\"\nterms = [\"x\"]\nseverty = 1\n";
    let vocabulary = "[[vocabulary]]\nid = \"made-up.words\"\nrole = \"cue\"\nwords = [\"x\"]\n";
    let garbage: BTreeMap<&str, Vec<u8>> = BTreeMap::from([
        ("random bytes", (0..SIZE).map(|_| random()).collect()),
        ("random ASCII", (0..SIZE).map(|_| random() & 0x7f).collect()),
        ("random printable ASCII", (0..SIZE).map(|_| random() % 95 + 32).collect()),
        ("one long word", vec![b'a'; SIZE]),
        ("open brackets", vec![b'['; SIZE]),
        ("an array without end", [b"a = ".as_slice(), &b"[".repeat(SIZE)].concat()),
        ("a table without end", [b"a = ".as_slice(), &b"{a=".repeat(SIZE / 3)].concat()),
        ("a dotted key", b"a.".repeat(SIZE / 2)),
        ("lines of nothing", b"=\n".repeat(SIZE / 2)),
        ("NUL", vec![0; SIZE]),
        ("quotes", vec![b'"'; SIZE]),
        ("broken rules", rule.repeat(SIZE / rule.len()).into_bytes()),
        ("one vocabulary again and again", vocabulary.repeat(SIZE / vocabulary.len()).into_bytes()),
    ]);
    for (name, bytes) in garbage {
        let start = Instant::now();
        let reply = follow(&mut Native::default(), "policy.toml", &|_| Some(bytes.clone()));
        let took = start.elapsed();
        assert!(reply.starts_with(b"{\"diagnostics\":"), "{name}");
        assert!(reply.len() < 1 << 20, "{name}: a reply of {} bytes", reply.len());
        assert!(took < AT_ONCE, "{name}: {took:?}");
        println!("{name}: {took:?}, {} bytes of reply", reply.len());
    }
}
