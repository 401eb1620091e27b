//! Where a byte of a derived text came from: the map between a text and a shorter or longer copy of it.
//!
//! Only characters that were dropped, changed their length or deserve a flag leave a [`Piece`]; between two pieces the texts
//! run in step, byte for byte. Writing happens for every message and looking up only for candidates, so writing is one push
//! and looking up is a binary search. (An offset for every byte costs four bytes a byte and made the fold three times
//! slower: 180 ns against 53 for a message of 112 bytes.)
//!
//! Must not know how the copy was made. Every look-up accepts every number: what lies past the end counts as the end.

use std::ops::Range;

use super::character::{Kind, is_capital};

/// One character of the original and where its copy stands.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    original: u32,
    derived: u32,
    original_len: u8,
    derived_len: u8,
    kind: Kind,
}

impl Piece {
    #[inline]
    pub(super) fn new(original: Range<usize>, derived: Range<usize>, kind: Kind) -> Self {
        // Texts are cut at `LONGEST` before they come here, and no character becomes more than 33 bytes.
        Self {
            original: original.start as u32,
            derived: derived.start as u32,
            original_len: (original.end - original.start) as u8,
            derived_len: (derived.end - derived.start) as u8,
            kind,
        }
    }

    fn original(self) -> Range<usize> {
        self.original as usize..self.original as usize + usize::from(self.original_len)
    }

    fn derived(self) -> Range<usize> {
        self.derived as usize..self.derived as usize + usize::from(self.derived_len)
    }

    fn is_dropped(self) -> bool {
        self.derived_len == 0
    }
}

/// A text, its copy, and the pieces where they differ, in the order of the text.
#[derive(Clone, Copy)]
pub(super) struct Map<'b> {
    pub(super) original: &'b str,
    pub(super) derived: &'b str,
    pub(super) pieces: &'b [Piece],
}

/// One character of the copy, found in the original.
pub(super) struct Found<'b> {
    map: Map<'b>,
    original: Range<usize>,
    kind: Kind,
    /// How many pieces stand before the character, and with it.
    before: usize,
    through: usize,
}

impl<'b> Map<'b> {
    /// The smallest range of whole original characters that became `derived`. Dropped marks behind the last character
    /// belong to it, dropped invisible characters before the first do not.
    pub(super) fn to_original(self, derived: Range<usize>) -> Range<usize> {
        let Some(first) = self.find(derived.start) else {
            return self.original.len()..self.original.len();
        };
        let start = first.original.start;
        if derived.end <= derived.start {
            return start..start;
        }
        // Patterns ask for the place of one byte, for every candidate.
        let last = if derived.len() == 1 { None } else { self.find(derived.end.min(self.derived.len()) - 1) };
        start..last.unwrap_or(first).end_with_marks()
    }

    /// Where the copy of the character at `original` begins; for a dropped one, where it would have stood.
    pub(super) fn to_derived(self, original: usize) -> usize {
        let before = self.pieces.partition_point(|piece| piece.original as usize <= original);
        let Some(piece) = before.checked_sub(1).map(|last| self.pieces[last]) else {
            return self.derived.floor_char_boundary(original);
        };
        if original < piece.original().end {
            return piece.derived().start;
        }
        let derived = (original - piece.original().end).saturating_add(piece.derived().end);
        self.derived.floor_char_boundary(derived)
    }

    /// The character that byte `derived` of the copy belongs to; none past the end.
    pub(super) fn find(self, derived: usize) -> Option<Found<'b>> {
        if derived >= self.derived.len() {
            return None;
        }
        let through = self.pieces.partition_point(|piece| piece.derived as usize <= derived);
        self.find_behind(through, derived)
    }

    /// How many letters of ASCII a range of the copy has, and how many of them were capitals.
    pub(super) fn letters_and_capitals(self, derived: Range<usize>) -> (usize, usize) {
        let end = derived.end.min(self.derived.len());
        let mut at = derived.start;
        let mut through = self.pieces.partition_point(|piece| piece.derived as usize <= at);
        let (mut letters, mut capitals) = (0, 0);
        while at < end {
            let last = through.checked_sub(1).map(|last| self.pieces[last]);
            let stop;
            if let Some(piece) = last.filter(|piece| at < piece.derived().end) {
                stop = end.min(piece.derived().end);
                let own = count(&self.derived.as_bytes()[at..stop], u8::is_ascii_lowercase);
                letters += own;
                if own > 0 && self.original[piece.original()].starts_with(is_capital) {
                    capitals += own;
                }
            } else {
                // Between two pieces the texts run in step: nearly all letters stand there, and are not asked for one by one.
                let next = self.pieces.get(through).map_or(end, |piece| piece.derived as usize);
                stop = end.min(next);
                let original = last.map_or(at, |piece| at - piece.derived().end + piece.original().end);
                let original = &self.original.as_bytes()[original..original + stop - at];
                letters += count(original, u8::is_ascii_alphabetic);
                capitals += count(original, u8::is_ascii_uppercase);
            }
            at = stop;
            while self.pieces.get(through).is_some_and(|piece| piece.derived as usize <= at) {
                through += 1;
            }
        }
        (letters, capitals)
    }

    /// The character of a byte of the copy that so many pieces stand before or at.
    #[inline]
    fn find_behind(self, through: usize, derived: usize) -> Option<Found<'b>> {
        let last = through.checked_sub(1).map(|last| self.pieces[last]);
        if let Some(piece) = last
            && derived < piece.derived().end
        {
            let before = through - 1;
            return Some(Found { map: self, original: piece.original(), kind: piece.kind, before, through });
        }
        let at = last.map_or(derived, |piece| derived - piece.derived().end + piece.original().end);
        let is_ascii = self.original.as_bytes().get(at).is_some_and(u8::is_ascii);
        let (start, end) = if is_ascii {
            (at, at + 1)
        } else {
            (self.original.floor_char_boundary(at), self.original.ceil_char_boundary(at + 1))
        };
        Some(Found { map: self, original: start..end, kind: Kind::Plain, before: through, through })
    }
}

/// How many of the bytes are of a kind: in pieces whose number fits into a byte, so that sixteen are counted at once.
fn count(bytes: &[u8], is: impl Fn(&u8) -> bool) -> usize {
    let piece = |piece: &[u8]| piece.iter().map(|byte| u8::from(is(byte))).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|bytes| usize::from(piece(bytes))).sum()
}

impl Found<'_> {
    pub(super) fn character(&self) -> Option<char> {
        self.map.original[self.original.clone()].chars().next()
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Does an invisible character stand just before, or between the character before and its marks?
    pub(super) fn follows_invisible(&self) -> bool {
        let mut start = self.original.start;
        for piece in self.map.pieces[..self.before].iter().rev() {
            if !piece.is_dropped() || piece.original().end != start {
                return false;
            }
            if piece.kind == Kind::Invisible {
                return true;
            }
            start = piece.original().start;
        }
        false
    }

    /// Does a variation selector stand behind it?
    pub(super) fn has_selector(&self) -> bool {
        self.dropped_behind().any(|piece| piece.kind == Kind::Selector)
    }

    fn end_with_marks(&self) -> usize {
        let marks = self.dropped_behind().filter(|piece| piece.kind != Kind::Invisible);
        marks.last().map_or(self.original.end, |piece| piece.original().end)
    }

    fn dropped_behind(&self) -> impl Iterator<Item = Piece> {
        let mut end = self.original.end;
        self.map.pieces[self.through..].iter().copied().take_while(move |piece| {
            let adjoins = piece.is_dropped() && piece.original().start == end;
            end = piece.original().end;
            adjoins
        })
    }
}
