//! Text: the form in which rules look at it, and the way back.
//!
//! [`FoldBuffer::fold`] evens out what people and programs vary without meaning anything: case, accents, kinds of spaces,
//! dashes and quotes, drawn alphabets, and letters that look like other letters. Look-alikes come before case, because
//! `Н` is drawn like `H` and its small form `н` like nothing in ASCII. [`VisibleBuffer::show`] takes out invisible characters
//! only. Both keep an exact map, so that a finding is reported where it stands in what was sent.
//!
//! This module folds characters one at a time. It must not know words, rules, fields or Matrix; whatever needs to look at
//! two characters together (letters with spaces between, flags that spell, hyphens at line ends) is a layer above.
//!
//! ```
//! use filter_core::text::FoldBuffer;
//!
//! let mut buffer = FoldBuffer::new();
//! let folded = buffer.fold("Note : RЕЅТRЕІNТЕ"); // eight of the capitals are Cyrillic
//! assert_eq!(folded.text(), "note : restreinte");
//! assert_eq!(&folded.original()[folded.to_original(7..17)], "RЕЅТRЕІNТЕ");
//! assert!(folded.flags_at(8).was_disguised && folded.is_upper(8));
//! ```

mod character;
pub mod entities;
mod fold;
pub mod layer;
mod map;
mod tables;
mod visible;

pub use fold::{Flags, FoldBuffer, Folded};
pub use visible::{Visible, VisibleBuffer};

/// Zero bytes that stand behind the folded text, so that whole blocks may be loaded at its end.
pub const PADDING: usize = 64;

/// The longest text that is read: 64 MiB. Offsets take four bytes in the map; whoever hands over texts limits and reports
/// their length long before this.
pub const LONGEST: usize = 64 << 20;

/// Is it one of the characters that take no room on the screen and that both forms leave out?
pub fn is_invisible(c: char) -> bool {
    character::invisible(c).is_some()
}

/// As much of `text` as offsets can tell.
fn readable(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

/// How many bytes of ASCII the text begins with.
fn ascii_prefix(bytes: &[u8]) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (words, rest) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let high = u64::from_le_bytes(*word) & HIGH;
        if high != 0 {
            return at * 8 + high.trailing_zeros() as usize / 8;
        }
    }
    words.len() * 8 + rest.iter().take_while(|byte| byte.is_ascii()).count()
}
