//! Paragraphs that begin with bare portion marks: « (S) … », « (U) … ».
//!
//! One `(C)` is a copyright sign and one `(S)` a size. Two lines that begin so, and none that begins with another single letter
//! in brackets, are a classified text; on one line a sentence ends before each. So is one alone that somebody quotes with its
//! sentence: « page 3 starts "(S) The radar is blind below 300 feet" ». NATO marks its paragraphs the same way, and `//` is often left out.

use core::ops::Range;

use super::Parsed;
use super::cursor::Cursor;
use crate::gate::is_word;
use crate::text::Folded;

pub(super) const HEADS: &[&str] = &["ts)", "s)", "c)"];
pub(super) const NATO_HEADS: &[&str] = &["cts)", "ns)", "nc)", "nr)"];

const MARKS: &[(&str, u8)] = &[("ts", 4), ("s", 3), ("c", 2), ("cui", 1), ("u", 0)];
const NATO_MARKS: &[(&str, u8)] = &[("cts", 4), ("ns", 3), ("nc", 2), ("nr", 1), ("nu", 0)];

/// How far neighbouring paragraphs are looked for.
const WINDOW: usize = 2048;

/// How much of a paragraph is looked at for words.
const SOME_WORDS: usize = 96;

pub(super) fn parse(text: Folded<'_>, at: usize) -> Option<Parsed> {
    let (span, level) = read(text, at, MARKS, 2)?;
    Some(Parsed::new(span, "us", level, Vec::new()))
}

pub(super) fn parse_nato(text: Folded<'_>, at: usize) -> Option<Parsed> {
    let (span, level) = read(text, at, NATO_MARKS, 1)?;
    Some(Parsed::new(span, "nato", level, Vec::new()))
}

/// The mark whose letters stand here, if others stand around it and one of them is as high as `least`.
fn read(text: Folded<'_>, at: usize, marks_of_issuer: &[(&str, u8)], least: u8) -> Option<(Range<usize>, u8)> {
    let bytes = text.bytes();
    let from = at.saturating_sub(WINDOW);
    let window = &bytes[from..bytes.len().min(at + WINDOW)];
    // It begins a paragraph itself: of a thousand marks in a row most do not, and none of those reads what is around it.
    let line = from + memchr::memrchr(b'\n', &bytes[from..at]).map_or(0, |newline| newline + 1);
    if !bytes[line..at].strip_suffix(b"(").is_some_and(begins_paragraph) {
        return None;
    }
    let mut marks = 0;
    let mut highest = 0;
    let mut own = None;
    let mut is_quoted = false;
    let mut start = from;
    for line in window.split(|byte| *byte == b'\n') {
        let line_start = start;
        start += line.len() + 1;
        for open in memchr::memchr_iter(b'(', line).filter(|at| begins_paragraph(&line[..*at])) {
            let inside = &line[open + 1..];
            let Some(close) = inside.iter().take(5).position(|byte| *byte == b')') else { continue };
            let mark = &inside[..close];
            let level = marks_of_issuer.iter().find(|(written, _)| written.as_bytes() == mark).map(|(_, level)| *level);
            let place = line_start + open + 1;
            let is_capital = Cursor::new(text, place).is_capital(place..place + close);
            match level {
                // A paragraph has words: « (S) (M) (L) » and « (C) 2026 » have none.
                Some(level) if is_capital && has_words(&inside[close + 1..]) => {
                    marks += 1;
                    highest = highest.max(level);
                    if place == at {
                        is_quoted =
                            line[..open].ends_with(b"\"") && level != 2 && begins_sentence(text, place + close + 1);
                        own = Some((place - 1..place + close + 1, level));
                    }
                }
                _ if close <= 2 => return None,
                _ => {}
            }
        }
    }
    own.filter(|_| (marks >= 2 || is_quoted) && highest >= least)
}

/// « (S) The radar … », but not « (S) small ».
fn begins_sentence(text: Folded<'_>, at: usize) -> bool {
    let line = &text.bytes()[at..text.bytes().len().min(at + SOME_WORDS)];
    let words = line.split(|byte| !is_word(*byte)).filter(|word| !word.is_empty()).count();
    line.first() == Some(&b' ') && text.is_upper(at + 1) && words >= 5
}

/// At the head of a line, or behind a sentence: « (S) Launch at 3. (S) Range safety waived. »
fn begins_paragraph(before: &[u8]) -> bool {
    let is_indent = |byte: &u8| b" >\t.".contains(byte) || byte.is_ascii_digit();
    before.iter().all(is_indent)
        || before.ends_with(b"\"")
        || before.ends_with(b" ") && matches!(before.trim_ascii_end(), [.., b'.' | b'?' | b'!' | b':'])
}

fn has_words(line: &[u8]) -> bool {
    let line = &line[..line.len().min(SOME_WORDS)];
    line.split(|byte| *byte == b' ').filter(|word| word.len() >= 2 && word.iter().any(u8::is_ascii_lowercase)).count()
        >= 3
}
