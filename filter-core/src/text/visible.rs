//! A text as it is seen: invisible characters are gone, everything else is as it was written.
//!
//! Secrets are verified on this view: case and every letter count in a token, but a zero width space inside one must not
//! save it. Text without invisible characters, nearly all of it, is handed through without a copy.
//!
//! Must not know what a secret looks like.

use std::fmt;
use std::ops::Range;

use super::character::invisible;
use super::map::{Map, Piece};

/// Room for one visible text, used again for the next one.
#[derive(Default)]
pub struct VisibleBuffer {
    text: String,
    pieces: Vec<Piece>,
}

/// A text without its invisible characters, and its original.
#[derive(Clone, Copy)]
pub struct Visible<'b> {
    map: Map<'b>,
}

impl VisibleBuffer {
    /// An empty buffer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the invisible characters out. Only the first [`LONGEST`](super::LONGEST) bytes are read.
    pub fn show<'b>(&'b mut self, original: &'b str) -> Visible<'b> {
        let original = super::readable(original);
        self.text.clear();
        self.pieces.clear();
        let mut shown = 0;
        let mut at = 0;
        while let Some((start, c)) = next_not_ascii(original, at) {
            at = start + c.len_utf8();
            if let Some(kind) = invisible(c) {
                self.text.push_str(&original[shown..start]);
                self.pieces.push(Piece::new(start..at, self.text.len()..self.text.len(), kind));
                shown = at;
            }
        }
        if self.pieces.is_empty() {
            return Visible { map: Map { original, derived: original, pieces: &[] } };
        }
        self.text.push_str(&original[shown..]);
        Visible { map: Map { original, derived: &self.text, pieces: &self.pieces } }
    }
}

fn next_not_ascii(text: &str, from: usize) -> Option<(usize, char)> {
    let start = from + super::ascii_prefix(&text.as_bytes()[from..]);
    text[start..].chars().next().map(|c| (start, c))
}

impl fmt::Debug for VisibleBuffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes, {} pieces>", self.text.len(), self.pieces.len())
    }
}

impl<'b> Visible<'b> {
    /// The text that is seen.
    pub fn text(&self) -> &'b str {
        self.map.derived
    }

    /// [`Visible::text`] as bytes.
    pub fn bytes(&self) -> &'b [u8] {
        self.map.derived.as_bytes()
    }

    /// The text as it was written.
    pub fn original(&self) -> &'b str {
        self.map.original
    }

    /// Was there nothing to take out?
    pub fn is_identity(&self) -> bool {
        self.map.pieces.is_empty()
    }

    /// The whole original characters of `visible`, without invisible characters around them (but with the variation
    /// selectors that follow the last). Odd ranges are treated as by `Folded::to_original`.
    pub fn to_original(&self, visible: Range<usize>) -> Range<usize> {
        self.map.to_original(visible)
    }

    /// Where the character at this original offset begins; for an invisible one, where it would have stood.
    pub fn to_visible(&self, original_offset: usize) -> usize {
        self.map.to_derived(original_offset)
    }
}

impl fmt::Debug for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.map.derived.len())
    }
}
