//! What is hidden by more than one character: letters with spaces between, words that are cut, text that is encoded.
//!
//! The fold looks at one character at a time. Here a text is rewritten before it is folded once more: each construct is replaced
//! by what its reader sees or would get out of it, with a map in which it is one piece. First comes what decodes
//! (percent signs, escapes, entities, base64 …), then what joins (`D I F F U S I O N`, `RES-` at the end of a line). Nothing
//! is decoded twice, except percent signs that stand for percent signs; a text is read twice, whatever it holds.
//!
//! A layer only adds: the text is always read as it stands, too, and a rule's finding in the rewritten text counts only where it
//! touches a construct. So a construct that is none (`snake_case`, `C:\new`) costs time and says nothing.
//!
//! Must not know rules. Out of reach by decision: leet, ROT13, Morse, mirrored text without the control that
//! mirrors it, upside-down letters.
//!
//! ```
//! use filter_core::text::layer::{LayerBuffer, Naming};
//!
//! let mut buffer = LayerBuffer::default();
//! let original = "note : D I F F U S I O N   R E S T R E I N T E";
//! let rewritten = buffer.rewrite(original, Naming::Free).ok_or("nothing to rewrite")?;
//! assert_eq!(rewritten.text(), "note : DIFFUSION   RESTREINTE");
//! assert_eq!(&original[rewritten.to_original(7..16)], "D I F F U S I O N");
//! # Ok::<(), &str>(())
//! ```

mod decode;
mod encoded;
mod join;
mod map;
mod mojibake;
mod reversed;
mod spaced;

use std::ops::Range;

use map::{Sheet, Sink};

/// What a construct is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// `%C3%89`, and `%2520`
    Percent,
    /// `\u0044`, `\x44`
    Escape,
    /// `&eacute;` in plain text.
    Entity,
    /// `=C3=89`
    QuotedPrintable,
    /// `Ã©`
    Mojibake,
    /// `D?FENSE`
    LostLetter,
    /// Five regional indicators or more in a row.
    Indicators,
    /// Text behind a right-to-left override.
    Reversed,
    /// A run of base64 that decodes to text.
    Base64,
    /// A run of hexadecimal digits that decodes to text.
    Hex,
    /// `D I F F U S I O N`
    Spaced,
    /// A word that is cut at the end of a line.
    Hyphenated,
    /// `DIFF*USION`
    Split,
    /// `NoteSecret.pdf`
    Capitals,
}

impl Layer {
    /// In words, for accounts.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Percent => "percent-encoding",
            Self::Escape => "an escape",
            Self::Entity => "an entity",
            Self::QuotedPrintable => "quoted-printable",
            Self::Mojibake => "a letter in the wrong encoding",
            Self::LostLetter => "a lost letter",
            Self::Indicators => "regional indicators",
            Self::Reversed => "a right-to-left override",
            Self::Base64 => "base64",
            Self::Hex => "hexadecimal digits",
            Self::Spaced => "letters with spaces between",
            Self::Hyphenated => "a hyphen at the end of a line",
            Self::Split => "a word that is cut",
            Self::Capitals => "words set off by capitals",
        }
    }
}

/// How words are set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// By what stands between them.
    Free,
    /// By capitals, too, as in the names of files.
    Capitals,
}

/// Room for one rewritten text, used again for the next one. `Debug` prints no text.
#[derive(Default)]
pub struct LayerBuffer {
    decoded: Sheet,
    joined: Sheet,
}

impl std::fmt::Debug for LayerBuffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{} bytes>", self.decoded.text().len() + self.joined.text().len())
    }
}

/// A text with every construct replaced.
#[derive(Clone, Copy)]
pub struct Rewritten<'b> {
    original: &'b str,
    decoded: &'b Sheet,
    joined: &'b Sheet,
}

impl std::fmt::Debug for Rewritten<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{} bytes>", self.text().len())
    }
}

impl LayerBuffer {
    /// Rewrites a text; `None` where no construct stands. Only the first [`LONGEST`](super::LONGEST) bytes are read.
    pub fn rewrite<'b>(&'b mut self, original: &'b str, naming: Naming) -> Option<Rewritten<'b>> {
        let original = super::readable(original);
        let Self { decoded, joined } = self;
        run(original, decoded, |_| true, decode::read);
        let text = if decoded.is_untouched() { original } else { decoded.text() };
        let is_inner = |byte: u8| naming == Naming::Free || !byte.is_ascii_uppercase();
        // `DIFUSI%C3%93N%20LIMITADA_acta.pdf`: in a name that a program has written an underscore parts two words.
        let parts = !decoded.is_untouched() && original.contains('%');
        run(text, joined, is_inner, |text, at, sink| {
            if parts && text.as_bytes()[at] == b'_' { 0 } else { join::read(text, at, sink, naming) }
        });
        let rewritten = Rewritten { original, decoded, joined };
        (!decoded.is_untouched() || !joined.is_untouched()).then_some(rewritten)
    }
}

/// Asks at each place where a construct may begin how many bytes there were dealt with: replaced, or known to be nothing. That is never
/// within a word, except at a letter that is not inner.
fn run(
    text: &str,
    sheet: &mut Sheet,
    is_inner: impl Fn(u8) -> bool,
    read: impl Fn(&str, usize, &mut Sink<'_>) -> usize,
) {
    let bytes = text.as_bytes();
    let mut sink = sheet.begin(text);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match PLACES[usize::from(*byte)] {
            Place::Nothing => at += 1,
            // Every construct begins and ends at a border of characters; where none begins, one byte is passed.
            Place::Begins => at += read(text, at, &mut sink).max(1),
            Place::Word => {
                at += read(text, at, &mut sink).max(1);
                let is_rest = |byte: &&u8| PLACES[usize::from(**byte)] == Place::Word && is_inner(**byte);
                if bytes[at - 1].is_ascii_alphanumeric() {
                    at += bytes[at..].iter().take_while(is_rest).count();
                }
            }
        }
    }
    sink.finish();
}

/// What may begin with a byte.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Nothing,
    Word,
    Begins,
}

const PLACES: [Place; 256] = {
    let mut places = [Place::Nothing; 256];
    let mut byte = 0;
    while byte < 256 {
        places[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Place::Word,
            b'%' | b'+' | b'\\' | b'&' | b'=' | b'?' | b'*' | b'_' | b'~' | b'^' | b'|' | b'-' | 0xC2.. => {
                Place::Begins
            }
            _ => Place::Nothing,
        };
        byte += 1;
    }
    places
};

impl<'b> Rewritten<'b> {
    /// The rewritten text.
    pub fn text(&self) -> &'b str {
        if !self.joined.is_untouched() {
            self.joined.text()
        } else if !self.decoded.is_untouched() {
            self.decoded.text()
        } else {
            self.original
        }
    }

    /// Where a range of the rewritten text comes from: whole constructs. A range that cuts a character is widened.
    pub fn to_original(&self, range: Range<usize>) -> Range<usize> {
        let text = self.text();
        let range = text.floor_char_boundary(range.start)..text.ceil_char_boundary(range.end);
        let range = if self.joined.is_untouched() { range } else { self.joined.to_original(range) };
        if self.decoded.is_untouched() { range } else { self.decoded.to_original(range) }
    }

    /// The construct that lies in a range of the rewritten text, or right beside it.
    pub fn touched(&self, range: Range<usize>) -> Option<Layer> {
        if self.joined.is_untouched() {
            return self.decoded.touched(range);
        }
        self.joined.touched(range.clone()).or_else(|| {
            let range = self.joined.to_original(range);
            if self.decoded.is_untouched() { None } else { self.decoded.touched(range) }
        })
    }
}

/// The character that ends at a place.
fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The character that begins at a place.
fn behind(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

fn is_letter_before(text: &str, at: usize) -> bool {
    before(text, at).is_some_and(char::is_alphabetic)
}

fn is_letter_behind(text: &str, at: usize) -> bool {
    behind(text, at).is_some_and(char::is_alphabetic)
}
