//! What parts a word without meaning to: a hyphen at the end of a line, a sign in the middle, capitals instead of spaces.

use super::map::Sink;
use super::{Layer, Naming, before, is_letter_before, is_letter_behind, spaced};

/// Deals with what may begin at a place.
pub(super) fn read(text: &str, at: usize, sink: &mut Sink<'_>, naming: Naming) -> usize {
    match text.as_bytes()[at] {
        b'*' | b'_' | b'~' | b'^' | b'|' => split(text, at, sink),
        b'-' | 0xC2 | 0xE2 if text[at..].starts_with(['-', '\u{AD}', '\u{2010}']) => hyphen(text, at, sink),
        byte if byte.is_ascii_alphanumeric() || byte >= 0xC3 => {
            let dealt_with = spaced::read(text, at, sink);
            if dealt_with == 0 && naming == Naming::Capitals && byte.is_ascii_uppercase() && begins_word(text, at) {
                sink.replace(at..at, Layer::Capitals, |text| text.push(' '));
            }
            dealt_with
        }
        _ => 0,
    }
}

/// `NoteSecret`, `2026Secret`
fn begins_word(text: &str, at: usize) -> bool {
    before(text, at).is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
}

/// `DIFF*USION`, `Dif__fusion`: up to three of one sign between two letters.
fn split(text: &str, at: usize, sink: &mut Sink<'_>) -> usize {
    let sign = text.as_bytes()[at];
    let count = text.as_bytes()[at..].iter().take_while(|byte| **byte == sign).count();
    if count <= 3 && is_letter_before(text, at) && is_letter_behind(text, at + count) {
        sink.replace(at..at + count, Layer::Split, |_| {});
    }
    count
}

/// How much may stand between the line's end and the rest of the word: the signs of a quotation.
const MOST_OF_PREFIX: usize = 8;

/// `DIFFU-` at the end of a line, `SION` on the next.
fn hyphen(text: &str, at: usize, sink: &mut Sink<'_>) -> usize {
    let hyphen = text[at..].chars().next().map_or(1, char::len_utf8);
    let bytes = text.as_bytes();
    let mut end = at + hyphen;
    end += bytes[end..].iter().take(2).take_while(|byte| **byte == b' ').count();
    end += usize::from(bytes.get(end) == Some(&b'\r'));
    if bytes.get(end) != Some(&b'\n') || !is_letter_before(text, at) {
        return hyphen;
    }
    end += 1;
    end +=
        bytes[end..].iter().take(MOST_OF_PREFIX).take_while(|byte| matches!(byte, b' ' | b'\t' | b'>' | b'|')).count();
    if !is_letter_behind(text, end) {
        return hyphen;
    }
    sink.replace(at..end, Layer::Hyphenated, |_| {});
    end - at
}
