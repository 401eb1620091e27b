//! A text in the form in which rules look at it.
//!
//! ASCII is lower-cased; everything else goes through [`super::character`]. Stretches of ASCII are copied and lower-cased as
//! blocks, so a message without accents costs two passes over its bytes and no look-up.
//!
//! Must not know what a word, a rule or a field is; joining of spaced letters, hyphenation, HTML and encodings are layers
//! above this one.

use std::fmt;
use std::ops::Range;

use super::PADDING;
use super::character::{Alphabets, Answer, Kind, is_capital};
use super::map::{Map, Piece};

const ZEROS: &str = match std::str::from_utf8(&[0; PADDING]) {
    Ok(zeros) => zeros,
    Err(_) => panic!("NUL is UTF-8"),
};

/// Room for one folded text, used again for the next one.
pub struct FoldBuffer {
    alphabets: &'static Alphabets,
    folded: String,
    pieces: Vec<Piece>,
    has_odd: bool,
    has_dropped: bool,
}

/// A folded text and its original.
#[derive(Clone, Copy)]
pub struct Folded<'b> {
    map: Map<'b>,
    padded: &'b str,
    has_odd: bool,
    has_dropped: bool,
}

/// What the fold made even, and case rules and disguise rules have to know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// The original is a capital.
    pub was_upper: bool,
    /// The original is not ASCII, not a letter or digit, and a space or ASCII punctuation stands for it.
    pub was_separator: bool,
    /// The original is a look-alike or a letter of a drawn alphabet, or an invisible character stands just before it.
    pub was_disguised: bool,
}

impl FoldBuffer {
    /// An empty buffer. The first one in a process sorts the tables, which takes 0.1 ms.
    pub fn new() -> Self {
        Self {
            alphabets: Alphabets::get(),
            folded: String::new(),
            pieces: Vec::new(),
            has_odd: false,
            has_dropped: false,
        }
    }

    /// Folds `original`. Only the first [`LONGEST`](super::LONGEST) bytes are read; `Folded::original` tells which.
    pub fn fold<'b>(&'b mut self, original: &'b str) -> Folded<'b> {
        let original = super::readable(original);
        self.pieces.clear();
        self.has_odd = false;
        self.has_dropped = false;
        self.folded.clear();
        self.folded.reserve(original.len() + PADDING);
        self.folded.push_str(original);
        self.folded.push_str(ZEROS);
        if !self.blocks(original.len()).is_ascii() {
            self.folded.clear();
            self.fold_mixed(original);
            self.folded.push_str(ZEROS);
        }
        let len = self.folded.len() - PADDING;
        // Everything that the tables write is in lower case already: one pass at the end beats one per stretch.
        self.blocks(len).make_ascii_lowercase();
        let map = Map { original, derived: &self.folded[..len], pieces: &self.pieces };
        Folded { map, padded: &self.folded, has_odd: self.has_odd, has_dropped: self.has_dropped }
    }

    /// The first `len` bytes and as many of the zeros behind them as make whole blocks. Loops over whole blocks have no
    /// rest to go through byte by byte, which is half of the time for a short message.
    fn blocks(&mut self, len: usize) -> &mut str {
        &mut self.folded[..len.next_multiple_of(32)]
    }

    /// Writing eight bytes at a time into a slice, and over what was not ASCII, was slower (80 ns against 39 for French)
    /// than copying stretches of uneven length.
    fn fold_mixed(&mut self, original: &str) {
        let mut at = 0;
        loop {
            let stretch = at..at + super::ascii_prefix(&original.as_bytes()[at..]);
            self.folded.push_str(&original[stretch.clone()]);
            at = stretch.end;
            for c in original[at..].chars() {
                if c.is_ascii() {
                    break;
                }
                let end = at + c.len_utf8();
                self.fold_one(c, at..end);
                at = end;
            }
            if at == original.len() {
                return;
            }
        }
    }

    #[inline]
    fn fold_one(&mut self, c: char, original: Range<usize>) {
        let start = self.folded.len();
        self.has_odd |= is_odd(c);
        let kind = match self.alphabets.answer(c) {
            Answer::One(folded, kind) => {
                self.folded.push(folded);
                // In step, and nothing to say that the original does not: most Cyrillic, Greek and all of Han.
                if kind == Kind::Plain && folded.len_utf8() == original.len() {
                    return;
                }
                kind
            }
            Answer::Few(letters, kind) => {
                let shown = letters.into_iter().filter(|letter| *letter != 0);
                self.folded.extend(shown.map(char::from));
                kind
            }
            Answer::Dropped(kind) => {
                self.has_dropped = true;
                kind
            }
            Answer::More => self.alphabets.spell(c, &mut self.folded),
        };
        self.pieces.push(Piece::new(original, start..self.folded.len(), kind));
    }
}

/// Characters that say something about their neighbours: what `Ã©` begins with, a right-to-left override, the letters of flags, what
/// is left of a letter that could not be decoded, and a soft hyphen, behind which a line may end.
#[inline]
fn is_odd(c: char) -> bool {
    matches!(c, 'Â'..='Å' | '\u{AD}' | '\u{202E}' | '\u{FFFD}' | '\u{1F1E6}'..='\u{1F1FF}')
}

impl Default for FoldBuffer {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for FoldBuffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes, {} pieces>", self.folded.len(), self.pieces.len())
    }
}

impl<'b> Folded<'b> {
    /// The folded text. Every byte from 0x80 up belongs to a letter or digit that is not in ASCII.
    pub fn text(&self) -> &'b str {
        self.map.derived
    }

    /// [`Folded::text`] as bytes.
    pub fn bytes(&self) -> &'b [u8] {
        self.map.derived.as_bytes()
    }

    /// [`Folded::bytes`] and [`PADDING`] zeros.
    pub fn padded(&self) -> &'b [u8] {
        self.padded.as_bytes()
    }

    /// The text that was folded.
    pub fn original(&self) -> &'b str {
        self.map.original
    }

    /// Do all offsets mean the same in both texts? (The texts may still differ in case.)
    pub fn is_identity(&self) -> bool {
        self.map.pieces.is_empty()
    }

    /// Whether a character was met that says something about its neighbours, so that a layer above the fold may have work to do.
    pub(crate) fn has_odd(&self) -> bool {
        self.has_odd
    }

    /// Whether a character was taken out.
    pub(crate) fn has_dropped(&self) -> bool {
        self.has_dropped
    }

    /// The whole original characters that became `folded`, with the dropped marks behind the last of them and without the
    /// invisible characters before the first. Folding that slice gives these bytes again, or a few more if the range cuts
    /// a character. Bounds past the end count as the end, an empty or backward range is empty at its start.
    pub fn to_original(&self, folded: Range<usize>) -> Range<usize> {
        self.map.to_original(folded)
    }

    /// Where the folding of the character at this original offset begins; for a dropped one, where it would have stood.
    pub fn to_folded(&self, original_offset: usize) -> usize {
        self.map.to_derived(original_offset)
    }

    /// The flags of the character that this folded byte belongs to; none past the end.
    pub fn flags_at(&self, folded: usize) -> Flags {
        if self.is_identity() {
            return Flags { was_upper: self.is_upper(folded), ..Flags::default() };
        }
        let Some(found) = self.map.find(folded) else {
            return Flags::default();
        };
        // Behind an emoji or a keycap digit a selector is ordinary; behind a letter it only serves to part a word.
        let is_parted = |byte: &u8| byte.is_ascii_alphabetic() && found.has_selector();
        Flags {
            was_upper: found.character().is_some_and(is_capital),
            was_separator: found.kind() == Kind::Separator,
            was_disguised: found.kind() == Kind::Disguised
                || found.follows_invisible()
                || self.bytes().get(folded).is_some_and(is_parted),
        }
    }

    /// How many letters of ASCII a range of folded text has, and how many of them were capitals; less work than asking for each.
    pub fn letters_and_capitals(&self, folded: core::ops::Range<usize>) -> (usize, usize) {
        self.map.letters_and_capitals(folded)
    }

    /// Is the original of this folded byte a capital? No past the end.
    pub fn is_upper(&self, folded: usize) -> bool {
        // ASCII in a text that the fold left in place: most capitals that anybody asks for.
        if self.is_identity()
            && let Some(byte) = self.original().as_bytes().get(folded)
            && byte.is_ascii()
        {
            return byte.is_ascii_uppercase();
        }
        self.map.find(folded).and_then(|found| found.character()).is_some_and(is_capital)
    }
}

impl fmt::Debug for Folded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.map.derived.len())
    }
}
