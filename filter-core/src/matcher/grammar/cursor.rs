//! A place in folded text that moves forward over what it recognises.

use core::ops::Range;

use crate::gate::is_word;
use crate::text::Folded;

/// A place in folded text.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    text: Folded<'t>,
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: Folded<'t>, at: usize) -> Self {
        Self { text, at }
    }

    pub(super) fn rest(&self) -> &'t [u8] {
        &self.text.bytes()[self.at..]
    }

    pub(super) fn before(&self) -> &'t [u8] {
        &self.text.bytes()[..self.at]
    }

    /// The letters and digits that stand here; empty where none do.
    pub(super) fn word(&self) -> &'t [u8] {
        let rest = self.rest();
        &rest[..rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len())]
    }

    /// Moves over words with spaces, dashes or underscores between them, if they stand here and end there.
    pub(super) fn eat_words(&mut self, words: &str) -> bool {
        // Asked for a hundred values of a list at each place, of which all but a few begin otherwise.
        if self.rest().first() != words.as_bytes().first() {
            return false;
        }
        let mut cursor = *self;
        for (n, word) in words.split(' ').enumerate() {
            if n > 0 {
                let gap = cursor.rest().iter().take_while(|byte| b" -_".contains(byte)).count();
                if gap == 0 || gap > 3 {
                    return false;
                }
                cursor.at += gap;
            }
            if cursor.word() != word.as_bytes() {
                return false;
            }
            cursor.at += word.len();
        }
        self.at = cursor.at;
        true
    }

    /// Moves over exactly these bytes.
    pub(super) fn eat(&mut self, bytes: &str) -> bool {
        let stands = self.rest().starts_with(bytes.as_bytes());
        self.at += if stands { bytes.len() } else { 0 };
        stands
    }

    /// Moves over a separator and a word in capitals or digits of up to `longest` bytes.
    pub(super) fn eat_capitals(&mut self, separator: &str, longest: usize) -> bool {
        let mut cursor = *self;
        if !cursor.eat(separator) {
            return false;
        }
        let word = cursor.word();
        let end = cursor.at + word.len();
        let fits = (1..=longest).contains(&word.len()) && word.is_ascii() && cursor.is_capital(cursor.at..end);
        self.at = if fits { end } else { self.at };
        fits
    }

    /// What was passed over from an earlier place on.
    pub(super) fn since(&self, from: usize) -> &'t [u8] {
        &self.text.bytes()[from..self.at]
    }

    pub(super) fn skip_spaces(&mut self) -> usize {
        let spaces = self.rest().iter().take_while(|byte| **byte == b' ').count();
        self.at += spaces;
        spaces
    }

    /// Every letter of a range is a capital.
    pub(super) fn is_capital(&self, range: Range<usize>) -> bool {
        let text = self.text.bytes();
        range.filter(|i| text[*i].is_ascii_lowercase()).all(|i| self.text.is_upper(i))
    }
}

/// A range with the brackets right around it, which are part of a mark at a paragraph's head or a subject's end.
pub(super) fn with_brackets(text: Folded<'_>, range: Range<usize>) -> Range<usize> {
    let bytes = text.bytes();
    let before = range.start.checked_sub(1).and_then(|at| bytes.get(at));
    match (before, bytes.get(range.end)) {
        (Some(b'('), Some(b')')) | (Some(b'['), Some(b']')) => range.start - 1..range.end + 1,
        _ => range,
    }
}

/// The last word of a text that ends in spaces at most, and what stands before it.
pub(super) fn last_word(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let text = trim_spaces(text);
    let start = text.iter().rposition(|byte| !is_word(*byte)).map_or(0, |other| other + 1);
    (start < text.len()).then(|| text.split_at(start))
}

pub(super) fn trim_spaces(text: &[u8]) -> &[u8] {
    let end = text.iter().rposition(|byte| *byte != b' ').map_or(0, |last| last + 1);
    &text[..end]
}
