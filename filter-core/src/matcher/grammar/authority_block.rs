//! Lines of a form that say who classified a paper and until when, or who controls it. Any two of them make a block.

use super::Parsed;
use super::cursor::{Cursor, trim_spaces};
use crate::gate::is_word;
use crate::text::Folded;

pub(super) const HEADS: &[&str] = &["classified", "derived", "declassify", "declass"];
pub(super) const CUI_HEADS: &[&str] = &["controlled", "cui", "dissemination", "distribution", "limited"];

const LABELS: &[&str] =
    &["classified by", "derived from", "declassify on", "declass on", "declassified on", "reason", "downgrade to"];
const CUI_LABELS: &[&str] = &[
    "controlled by",
    "cui category",
    "cui categories",
    "distribution dissemination control",
    "distribution",
    "dissemination control",
    "dissemination",
    "limited dissemination control",
    "limited dissemination controls",
    "poc",
];

/// How far the lines of one block stand from one another.
const WINDOW: usize = 400;

pub(super) fn parse(text: Folded<'_>, at: usize) -> Option<Parsed> {
    // « Reason: » is a word of every form.
    let (span, labels) = block(text, at, LABELS)?;
    // A cable says it in one line: « CLASSIFIED BY: AMBASSADOR ROE, REASONS 1.4 (B) AND (D) ».
    let said = &text.bytes()[span.clone()];
    let is_cable =
        labels == ["classified by"] && [&b" 1.4"[..], b" 1.5"].iter().any(|r| said.windows(4).any(|w| w == *r));
    if is_cable {
        return Some(Parsed::new(span, "us", 2, Vec::new()));
    }
    (labels.iter().filter(|label| **label != "reason").count() >= 1 && labels.len() >= 2).then_some(())?;
    Some(Parsed::new(span, "us", 2, Vec::new()))
}

pub(super) fn parse_cui(text: Folded<'_>, at: usize) -> Option<Parsed> {
    let (span, labels) = block(text, at, CUI_LABELS)?;
    let names_it = labels.iter().any(|label| label.starts_with("cui"));
    (names_it && labels.len() >= 2 || labels.len() >= 3 && labels.contains(&"controlled by")).then_some(())?;
    Some(Parsed::new(span, "us", 1, vec!["cui".into()]))
}

/// The block around a label: from its first label to the end of its last line, and which labels it has.
fn block(
    text: Folded<'_>,
    at: usize,
    labels: &'static [&'static str],
) -> Option<(core::ops::Range<usize>, Vec<&'static str>)> {
    label(text, at, labels)?;
    let bytes = text.bytes();
    let mut found: Vec<&'static str> = Vec::new();
    let mut span = at..at;
    let from = at.saturating_sub(WINDOW);
    let to = bytes.len().min(at + WINDOW);
    for start in from..to {
        if start > 0 && is_word(bytes[start - 1]) || !is_word(bytes[start]) {
            continue;
        }
        let Some((name, end)) = label(text, start, labels) else { continue };
        let value = bytes[end..value_end(bytes, end)].trim_ascii();
        if found.contains(&name) || value.is_empty() || value.starts_with(b"and ") || value.starts_with(b"or ") {
            continue;
        }
        found.push(name);
        span.start = span.start.min(start);
        span.end = span.end.max(value_end(bytes, end));
    }
    Some((span, found))
}

/// A label and the colon behind it.
fn label(text: Folded<'_>, at: usize, labels: &'static [&'static str]) -> Option<(&'static str, usize)> {
    labels.iter().find_map(|words| {
        let mut cursor = Cursor::new(text, at);
        cursor.eat_words(words).then_some(())?;
        cursor.skip_spaces();
        (cursor.eat(":") && !cursor.rest().starts_with(b"/")).then_some((*words, cursor.at))
    })
}

/// The end of what is filled in: that of the line, or a slash or bar between two labels of one line.
fn value_end(bytes: &[u8], from: usize) -> usize {
    let rest = &bytes[from..bytes.len().min(from + 120)];
    let len = rest.iter().position(|byte| b"\n|;".contains(byte)).unwrap_or(rest.len());
    let len = rest[..len].windows(3).position(|w| w == b" / " || w == b" <-").unwrap_or(len);
    from + trim_spaces(&rest[..len]).len()
}
