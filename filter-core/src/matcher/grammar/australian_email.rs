//! `[SEC=PROTECTED, CAVEAT=SH:CABINET, ACCESS=Legal-Privilege]` and the header `X-Protective-Marking: …, SEC=TOP-SECRET`.

use super::Parsed;
use super::cursor::{Cursor, trim_spaces, with_brackets};
use crate::text::Folded;

pub(super) const HEADS: &[&str] = &["sec=", "sec =", "dlm=", "dlm ="];

/// Level, and the caveat of the old markers that limit dissemination. `UNOFFICIAL` and `OFFICIAL` stop nothing.
const LEVELS: &[(&str, u8, &str)] = &[
    ("official:sensitive", 1, ""),
    ("official: sensitive", 1, ""),
    ("official-sensitive", 1, ""),
    ("for-official-use-only", 1, "for-official-use-only"),
    ("for official use only", 1, "for-official-use-only"),
    ("sensitive:cabinet", 1, "cabinet"),
    ("sensitive:legal", 1, "legal-privilege"),
    ("sensitive:personal", 1, "personal-privacy"),
    ("sensitive", 1, ""),
    ("x-in-confidence", 1, "in-confidence"),
    ("protected", 2, ""),
    ("highly-protected", 2, ""),
    ("restricted", 1, ""),
    ("confidential", 2, ""),
    ("top-secret", 4, ""),
    ("top secret", 4, ""),
    ("secret", 3, ""),
];

/// The header names its version and name space first.
const HEADER: usize = 160;

pub(super) fn parse(text: Folded<'_>, at: usize) -> Option<Parsed> {
    let mut cursor = Cursor::new(text, at);
    let _key = cursor.eat("sec") || cursor.eat("dlm");
    cursor.skip_spaces();
    cursor.eat("=").then_some(())?;
    cursor.skip_spaces();
    let (_, level, caveat) = LEVELS.iter().find(|(written, ..)| cursor.eat(written))?;
    let from = at.saturating_sub(HEADER);
    let before = trim_spaces(&text.bytes()[from..at]);
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let line = &before[line_start..];
    let header = line.windows(HEADER_NAME.len()).rposition(|window| window == HEADER_NAME);
    let bracket = line.last() == Some(&b'[');
    let is_old = text.bytes()[at..].starts_with(b"dlm");
    (bracket || header.is_some() || is_old && line.ends_with(b",")).then_some(())?;

    let mut caveats: Vec<Box<str>> = Vec::new();
    caveats.extend((!caveat.is_empty()).then(|| (*caveat).into()));
    let mut end = cursor.at;
    while caveats.len() < 16 {
        cursor.skip_spaces();
        if !cursor.eat(",") && !cursor.eat(";") {
            break;
        }
        cursor.skip_spaces();
        let Some((key, value)) = pair(&mut cursor) else { break };
        let demands = matches!(key, b"caveat" | b"access" | b"dlm");
        // Inside its brackets all of the tag is the marking; a header goes on with versions and addresses.
        if demands || bracket {
            end = cursor.at;
        }
        if demands {
            // `RI:AUSTEO`: the type in front says only what list the caveat is on.
            let name = value.iter().position(|byte| *byte == b':').map_or(value, |colon| &value[colon + 1..]);
            let name = String::from_utf8_lossy(name).replace([' ', '/'], "-");
            caveats.push(name.into());
        }
    }
    Some(Parsed::new(with_brackets(text, at..end), "au", *level, caveats))
}

const HEADER_NAME: &[u8] = b"x-protective-marking";

/// `KEY=value`, up to a comma, a bracket or the end of the line.
fn pair<'t>(cursor: &mut Cursor<'t>) -> Option<(&'t [u8], &'t [u8])> {
    let start = cursor.at;
    let key = cursor.word();
    cursor.at += key.len();
    if key.is_empty() || !cursor.eat("=") {
        cursor.at = start;
        return None;
    }
    let rest = cursor.rest();
    let len = rest.iter().take(80).position(|byte| b",;]\n\"".contains(byte)).unwrap_or(rest.len().min(80));
    let value = trim_spaces(&rest[..len]);
    cursor.at += value.len();
    Some((key, value))
}
