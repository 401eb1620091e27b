//! The labelled corpus: files of messages, each with what a thoughtful compliance officer would say of it.
//!
//! ```text
//! # a comment
//! ## marking/fr                        the label of the messages that follow
//! + ci-joint la note ⟦DR-SF⟧           must be stopped; what must be found stands in brackets
//! ~ rappel : pas de DR ici             spoken about, or weak: at most flagged
//! - le Dr Dupont consulte              a near-miss: must not be stopped
//! + {"type":"m.room.topic", …}         a whole event, with the brackets inside its strings
//! ```
//!
//! In a text `\n`, `\t`, `\\` and `\u{200b}` are escapes. `⌇` is left out when read: it stands inside secrets, so that no scanner takes
//! a corpus for a leak. Which half a message belongs to is decided by a hash of its line: nobody chooses, and a line that is added
//! moves no other.
//!
//! Must not know rules, nor how a message is checked.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::failure::Failure;

/// What ought to become of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// `+`
    Stopped,
    /// `~`
    FlaggedAtMost,
    /// `-`
    Passed,
}

/// What the rules were tuned on, and what they have never seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    Tune,
    HeldOut,
}

/// Something that must be found: bytes of a decoded string of the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// JSON pointer.
    pub(crate) field: String,
    /// The text is the member's key.
    pub(crate) in_key: bool,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// One message.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) file: PathBuf,
    pub(crate) line: usize,
    pub(crate) label: String,
    pub(crate) expected: Expected,
    pub(crate) half: Half,
    /// The event as JSON, without brackets.
    pub(crate) event: Vec<u8>,
    pub(crate) spans: Vec<Span>,
    /// As it stands in the file.
    pub(crate) written: String,
}

const OPEN: char = '⟦';
const CLOSE: char = '⟧';
const JOINER: char = '⌇';

/// Reads a file, or all `.txt` files of a folder in order of their names.
pub(crate) fn read(path: &Path) -> Result<Vec<Message>, Failure> {
    let cannot = |path: &Path, error| Failure::Input(format!("cannot read {}: {error}", path.display()));
    let mut files = vec![path.to_path_buf()];
    if path.is_dir() {
        let entries = fs::read_dir(path).map_err(|error| cannot(path, error))?;
        files = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
        files.sort();
    }
    let mut messages = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).map_err(|error| cannot(file, error))?;
        let read = parse(&text, file);
        messages.extend(read.map_err(|(line, why)| Failure::Input(format!("{}:{line}: {why}", file.display())))?);
    }
    if messages.is_empty() {
        return Err(Failure::Input(format!("{} holds no message of a corpus (files end in .txt)", path.display())));
    }
    Ok(messages)
}

/// The messages of one file; else the line that is wrong, and why.
fn parse(text: &str, file: &Path) -> Result<Vec<Message>, (usize, String)> {
    let mut messages = Vec::new();
    let mut label = None;
    for (number, line) in text.lines().enumerate() {
        let fail = |why: &str| (number + 1, why.to_owned());
        if let Some(named) = line.strip_prefix("## ") {
            label = Some(named.trim().to_owned());
            continue;
        }
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (expected, written) = match line.split_at_checked(2) {
            Some(("+ ", rest)) => (Expected::Stopped, rest),
            Some(("~ ", rest)) => (Expected::FlaggedAtMost, rest),
            Some(("- ", rest)) => (Expected::Passed, rest),
            _ => return Err(fail("a message begins with `+ `, `~ ` or `- `, a label with `## `, a comment with `# `")),
        };
        let label = label.clone().ok_or_else(|| fail("no `## label` stands above this message"))?;
        let (event, spans) = event_of(written).map_err(|why| fail(&why))?;
        if spans.is_empty() == (expected == Expected::Stopped) {
            return Err(fail("what must be found stands in ⟦ and ⟧ in messages with `+`, and in no others"));
        }
        let half = half_of(written);
        let (file, written) = (file.to_path_buf(), written.to_owned());
        messages.push(Message { file, line: number + 1, label, expected, half, event, spans, written });
    }
    Ok(messages)
}

/// FNV-1a, 64 bits: any hash does, as long as it never changes.
fn half_of(written: &str) -> Half {
    let hash = written
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    if hash >> 32 & 1 == 0 { Half::Tune } else { Half::HeldOut }
}

fn event_of(written: &str) -> Result<(Vec<u8>, Vec<Span>), String> {
    let mut spans = Vec::new();
    let event = if written.starts_with("{\"") {
        let event: Value = serde_json::from_str(written).map_err(|error| format!("this is no JSON: {error}"))?;
        bare(event, "", &mut spans)?
    } else {
        let body = bare(Value::String(unescaped(written)?), "/content/body", &mut spans)?;
        serde_json::json!({ "type": "m.room.message", "content": { "msgtype": "m.text", "body": body } })
    };
    Ok((event.to_string().into_bytes(), spans))
}

/// The value without brackets, whose places are kept.
fn bare(value: Value, pointer: &str, spans: &mut Vec<Span>) -> Result<Value, String> {
    Ok(match value {
        Value::String(text) => Value::String(bare_text(&text, pointer, false, spans)?),
        Value::Array(items) => {
            let items = items.into_iter().enumerate();
            Value::Array(items.map(|(n, item)| bare(item, &format!("{pointer}/{n}"), spans)).collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let mut object = Map::new();
            for (key, member) in members {
                let mut own = Vec::new();
                let key = bare_text(&key, "", true, &mut own)?;
                let place = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                spans.extend(own.into_iter().map(|span| Span { field: place.clone(), ..span }));
                let member = bare(member, &place, spans)?;
                object.insert(key, member);
            }
            Value::Object(object)
        }
        other => other,
    })
}

fn bare_text(text: &str, pointer: &str, in_key: bool, spans: &mut Vec<Span>) -> Result<String, String> {
    let mut kept = String::with_capacity(text.len());
    let mut open = None;
    for c in text.chars() {
        match (c, open) {
            (OPEN, None) => open = Some(kept.len()),
            (CLOSE, Some(start)) if start < kept.len() => {
                spans.push(Span { field: pointer.to_owned(), in_key, start, end: kept.len() });
                open = None;
            }
            (OPEN | CLOSE, _) => return Err("⟦ and ⟧ must come in pairs with something between".to_owned()),
            (JOINER, _) => {}
            _ => kept.push(c),
        }
    }
    if open.is_some() { Err("a ⟦ is not closed".to_owned()) } else { Ok(kept) }
}

fn unescaped(written: &str) -> Result<String, String> {
    let mut text = String::with_capacity(written.len());
    let mut rest = written.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match rest.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('\\') => text.push('\\'),
            Some('u') => {
                let inside = rest.as_str().strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(hex, _)| hex);
                let hex = inside.ok_or("an escape is written `\\u{200b}`")?;
                let code = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32);
                text.push(code.ok_or_else(|| format!("`\\u{{{hex}}}` is no character"))?);
                rest.by_ref().take(hex.len() + 2).for_each(drop);
            }
            _ => return Err("a backslash is written `\\\\`; known escapes are \\n \\r \\t \\u{…}".to_owned()),
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{Expected, parse};
    use std::path::Path;

    #[track_caller]
    fn check(line: &str, event: &str, spans: &[(&str, usize, usize)]) {
        let messages = parse(&format!("## test/label\n{line}\n"), Path::new("f")).expect("it is well formed");
        let [message] = &messages[..] else { panic!("one message") };
        assert_eq!(String::from_utf8_lossy(&message.event), event);
        let found: Vec<_> = message.spans.iter().map(|s| (s.field.as_str(), s.start, s.end)).collect();
        assert_eq!(found, spans);
    }

    #[test]
    fn brackets_become_spans_and_escapes_characters() {
        check(
            "+ é\\n⟦gh⌇p\\u{200b}x⟧ y",
            "{\"content\":{\"body\":\"é\\nghp\u{200b}x y\",\"msgtype\":\"m.text\"},\"type\":\"m.room.message\"}",
            &[("/content/body", 3, 10)],
        );
    }

    #[test]
    fn events_are_marked_inside_their_strings_and_keys() {
        check(
            r#"+ {"content":{"⟦k/y⟧":1,"l":["a ⟦b⟧"]}}"#,
            r#"{"content":{"k/y":1,"l":["a b"]}}"#,
            // Members come in the order of their keys as written, brackets and all.
            &[("/content/l/0", 2, 3), ("/content/k~1y", 0, 3)],
        );
    }

    #[test]
    fn what_is_not_well_formed_is_told_with_its_line() {
        for (text, line) in [
            ("+ ⟦a⟧", 1),
            ("## l\n+ a", 2),
            ("## l\n- ⟦a⟧", 2),
            ("## l\n- a\n+ ⟦a", 3),
            ("## l\nhello", 2),
            ("## l\n- a\\q", 2),
            ("## l\n- {\"a\"", 2),
        ] {
            assert_eq!(parse(text, Path::new("f")).err().map(|(line, _)| line), Some(line), "{text}");
        }
        let read = parse("## l\n\n# c\n- a\n~ b\n", Path::new("f")).expect("it is well formed");
        assert_eq!(read.iter().map(|m| m.expected).collect::<Vec<_>>(), [Expected::Passed, Expected::FlaggedAtMost]);
    }
}
