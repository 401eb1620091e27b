//! Test messages in files beside the policy: `tests/*.toml` or `tests/*.jsonl`.
//!
//! What people really write, and what must become of it: a whole policy is tested with them, packs and overrides and rooms together, where
//! examples test one rule.

use serde::Deserialize;

use super::answers::{Answers, Verdict};
use crate::failure::Failure;
use crate::options::Room;
use crate::policy::Policy;
use crate::question::message_of;

/// A test as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Option<String>,
    text: Option<String>,
    parts: Option<Vec<String>>,
    event: Option<serde_json::Value>,
    #[serde(default)]
    room: RoomName,
    room_id: Option<String>,
    sender: Option<String>,
    verdict: String,
    rules: Option<Vec<String>>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RoomName {
    #[default]
    Public,
    Private,
    Encrypted,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TestFile {
    #[serde(default)]
    test: Vec<toml::Spanned<Written>>,
}

/// A test.
pub(crate) struct Message {
    /// As the person would type it.
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) name: String,
    event: Vec<u8>,
    room: Room,
    verdict: String,
    /// Sorted.
    rules: Option<Vec<String>>,
}

const VERDICTS: &[&str] = &["allow", "flag", "warn", "redact", "block", "error"];

/// All tests of the files beside a policy.
pub(crate) fn read(policy: &Policy) -> Result<Vec<Message>, Failure> {
    let mut messages = Vec::new();
    for (path, content) in policy.test_files()? {
        let wrong = |line: usize, why: &str| Failure::Input(format!("{path}:{line}: {why}"));
        let text = std::str::from_utf8(&content)
            .map_err(|error| wrong(line_of(&content, error.valid_up_to()), "the file is not UTF-8 here"))?;
        let written = if path.ends_with(".jsonl") { lines(text) } else { tables(text) };
        for (line, written) in written.map_err(|(line, why)| wrong(line, &why))? {
            messages.push(message(&path, line, written).map_err(|why| wrong(line, &why))?);
        }
    }
    Ok(messages)
}

type Numbered = Result<Vec<(usize, Written)>, (usize, String)>;

fn lines(text: &str) -> Numbered {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(number, line): (usize, &str)| match serde_json::from_str(line) {
        Ok(written) => Ok((number + 1, written)),
        Err(error) => Err((number + 1, format!("this is no test: {error}"))),
    };
    lines.map(read).collect()
}

fn tables(text: &str) -> Numbered {
    let file: TestFile = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text.as_bytes(), span.start));
        (line, format!("this is no test: {}", error.message()))
    })?;
    let numbered = |test: toml::Spanned<Written>| (line_of(text.as_bytes(), test.span().start), test.into_inner());
    Ok(file.test.into_iter().map(numbered).collect())
}

fn line_of(content: &[u8], offset: usize) -> usize {
    content.iter().take(offset).filter(|byte| **byte == b'\n').count() + 1
}

fn message(path: &str, line: usize, written: Written) -> Result<Message, String> {
    if !VERDICTS.contains(&written.verdict.as_str()) {
        return Err(format!("`{}` is no verdict; there are: {}", written.verdict, VERDICTS.join(", ")));
    }
    let cannot = |_| "the event cannot be written as JSON".to_owned();
    let mut event = match (written.text, written.parts, written.event) {
        (Some(text), None, None) => body(&text)?,
        (None, Some(parts), None) => body(&parts.concat())?,
        // Text, so that an event may be as broken as one likes.
        (None, None, Some(serde_json::Value::String(event))) => event.into_bytes(),
        (None, None, Some(event)) => serde_json::to_vec(&event).map_err(cannot)?,
        _ => return Err("a test has one of `text`, `parts` and `event`".to_owned()),
    };
    if written.room_id.is_some() || written.sender.is_some() {
        let mut with: serde_json::Value = serde_json::from_slice(&event)
            .map_err(|_| "`room_id` and `sender` need an event that is JSON".to_owned())?;
        for (key, value) in [("room_id", written.room_id), ("sender", written.sender)] {
            if let (Some(value), Some(members)) = (value, with.as_object_mut()) {
                members.insert(key.to_owned(), value.into());
            }
        }
        event = serde_json::to_vec(&with).map_err(cannot)?;
    }
    let room = match written.room {
        RoomName::Public => Room::Public,
        RoomName::Private => Room::Private,
        RoomName::Encrypted => Room::Encrypted,
    };
    let sorted = |mut rules: Vec<String>| {
        rules.sort();
        rules
    };
    let name = written.name.unwrap_or_else(|| format!("line {line}"));
    Ok(Message {
        path: path.to_owned(),
        line,
        name,
        event,
        room,
        verdict: written.verdict,
        rules: written.rules.map(sorted),
    })
}

fn body(text: &str) -> Result<Vec<u8>, String> {
    message_of(text.as_bytes()).map_err(|reason| reason.message)
}

impl Message {
    /// What became of it, where that is not what was expected.
    pub(crate) fn test(&self, answers: &mut Answers) -> Result<(), String> {
        let what = || format!("{}:{} ({})", self.path, self.line, self.name);
        let (verdict, found) = match answers.ask(self.room, &self.event, &what) {
            Ok(verdict) => (verdict.verdict.clone(), rules(&verdict)),
            Err(_) => ("error".to_owned(), Vec::new()),
        };
        let all = |rules: &[String]| if rules.is_empty() { "none".to_owned() } else { rules.join(", ") };
        let mut wrong = Vec::new();
        if verdict != self.verdict {
            wrong.push(format!("the verdict is {verdict}, expected {} (found: {})", self.verdict, all(&found)));
        }
        if let Some(expected) = self.rules.as_ref().filter(|expected| **expected != found) {
            wrong.push(format!("the rules are {}, expected {}", all(&found), all(expected)));
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
    }
}

fn rules(verdict: &Verdict) -> Vec<String> {
    let mut rules = verdict.findings.iter().map(|finding| finding.rule.clone()).collect::<Vec<_>>();
    rules.sort();
    rules.dedup();
    rules
}
