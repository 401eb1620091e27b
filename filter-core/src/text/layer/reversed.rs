//! Text behind U+202E, which is written backwards and read forwards: « ETNIERTSER NOISUFFID » is seen as a marking.
//!
//! The control holds until U+202C or the end of the line. Whatever stands between is one construct: which letter comes from
//! where has no order in which a span could be told.

use super::{Layer, Sink};
use crate::text::is_invisible;
use unicode_normalization::char::is_combining_mark;

/// Right-to-left override.
pub(super) const OVERRIDE: char = '\u{202E}';

pub(super) fn read(text: &str, at: usize, sink: &mut Sink<'_>) -> usize {
    let start = at + OVERRIDE.len_utf8();
    let rest = &text[start..];
    let ends = |c: char| matches!(c, '\u{202C}' | OVERRIDE | '\n' | '\u{2029}');
    let length = rest.find(ends).unwrap_or(rest.len());
    let run = &rest[..length];
    let end = start + length + if rest[length..].starts_with('\u{202C}') { '\u{202C}'.len_utf8() } else { 0 };
    if run.is_empty() {
        return end - at;
    }
    sink.replace(at..end, Layer::Reversed, |text| {
        // Marks stay behind the letter that they belong to.
        let mut letter_end = run.len();
        for (offset, c) in run.char_indices().rev() {
            if !is_combining_mark(c) {
                text.extend(run[offset..letter_end].chars().filter(|c| !is_invisible(*c)));
                letter_end = offset;
            }
        }
    });
    end - at
}
