//! A rewritten text and the way back: stretches that were copied, and pieces that stand for a whole construct.
//!
//! Between two pieces the texts run in step, byte for byte. A piece cannot be cut: whatever lies in one comes from all of it, so
//! that a finding names the construct from its first byte to its last.
//!
//! Must not know what a construct is.

use std::ops::Range;

use super::Layer;

/// A construct and what stands for it.
#[derive(Clone, Copy)]
struct Piece {
    original: (u32, u32),
    written: (u32, u32),
    layer: Layer,
}

/// Room for one rewritten text, used again for the next one.
#[derive(Default)]
pub(super) struct Sheet {
    text: String,
    pieces: Vec<Piece>,
}

/// A text being rewritten: what is not replaced is copied.
pub(super) struct Sink<'s> {
    sheet: &'s mut Sheet,
    original: &'s str,
    copied: usize,
}

impl Sheet {
    /// Begins to rewrite a text.
    pub(super) fn begin<'s>(&'s mut self, original: &'s str) -> Sink<'s> {
        self.text.clear();
        self.pieces.clear();
        Sink { sheet: self, original, copied: 0 }
    }

    pub(super) fn is_untouched(&self) -> bool {
        self.pieces.is_empty()
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where a range of the rewritten text comes from. What was put where nothing stood comes from an empty range, and an empty range
    /// inside a piece from all of it.
    pub(super) fn to_original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.position(range.start, |piece| piece.original.0);
        if range.end <= range.start {
            let cut = self.piece_at(range.start).filter(|piece| (piece.written.0 as usize) < range.start);
            return start..cut.map_or(start, |piece| piece.original.1 as usize);
        }
        let end = self.position(range.end - 1, |piece| piece.original.1);
        // The byte behind the last one where that stands in no piece: texts run in step there.
        let end = if self.piece_at(range.end - 1).is_some() { end } else { end + 1 };
        start..end.max(start)
    }

    /// The first construct that lies in a range of the rewritten text or beside it.
    pub(super) fn touched(&self, range: Range<usize>) -> Option<Layer> {
        let piece = self.pieces.get(self.pieces.partition_point(|piece| (piece.written.1 as usize) < range.start))?;
        (piece.written.0 as usize <= range.end).then_some(piece.layer)
    }

    fn piece_at(&self, written: usize) -> Option<&Piece> {
        let piece = &self.pieces[self.behind(written).checked_sub(1)?];
        (written < piece.written.1 as usize).then_some(piece)
    }

    /// How many pieces begin at or before a place.
    fn behind(&self, written: usize) -> usize {
        self.pieces.partition_point(|piece| piece.written.0 as usize <= written)
    }

    fn position(&self, written: usize, side: fn(&Piece) -> u32) -> usize {
        if let Some(piece) = self.piece_at(written) {
            return side(piece) as usize;
        }
        let last = self.behind(written).checked_sub(1).map(|last| &self.pieces[last]);
        last.map_or(written, |piece| written - piece.written.1 as usize + piece.original.1 as usize)
    }
}

impl Sink<'_> {
    /// Puts something in the place of a construct, which lies behind all that were replaced before.
    pub(super) fn replace(&mut self, range: Range<usize>, layer: Layer, write: impl FnOnce(&mut String)) {
        let Sheet { text, pieces } = &mut *self.sheet;
        text.push_str(&self.original[self.copied..range.start]);
        let start = text.len();
        write(text);
        pieces.push(Piece { original: offsets(range.clone()), written: offsets(start..text.len()), layer });
        self.copied = range.end;
    }

    /// Copies the rest, if anything was replaced.
    pub(super) fn finish(self) {
        if !self.sheet.is_untouched() {
            self.sheet.text.push_str(&self.original[self.copied..]);
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a text is at most 64 MiB long, and no construct grows by more than four"
)]
fn offsets(range: Range<usize>) -> (u32, u32) {
    (range.start as u32, range.end as u32)
}
