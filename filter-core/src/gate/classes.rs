//! Sixty-four bytes of folded text become three bit masks: which are word bytes, which are digits, which are spaces.

use crate::lanes::{self, Lane};

pub(crate) use lanes::BLOCK;

/// The masks of one block; bit *n* is byte *n*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes {
    /// `a`–`z`, `0`–`9`, and every byte of a letter or digit outside ASCII.
    pub(crate) word: u64,
    /// `0`–`9`.
    pub(crate) digit: u64,
    /// Spaces, of which most of what is no word consists.
    pub(crate) space: u64,
}

/// Classifies a block of folded text (which has no capitals).
#[inline]
pub(crate) fn classify(block: &[u8; BLOCK]) -> Classes {
    let digit = |lane: Lane| lane.within(b'0', b'9');
    // The highest bit stands for itself: a byte from 0x80 on is part of a letter.
    let word = |lane: Lane| lane.within(b'a', b'z').or(digit(lane)).or(lane);
    Classes {
        word: lanes::mask(block, word),
        digit: lanes::mask(block, digit),
        space: lanes::mask(block, |lane| lane.equal(b' ')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_in_its_classes() {
        for byte in (0..=255u8).filter(|byte| !byte.is_ascii_uppercase()) {
            let all = |holds: bool| if holds { u64::MAX } else { 0 };
            let (word, digit, space) = (super::super::is_word(byte), byte.is_ascii_digit(), byte == b' ');
            let expected = Classes { word: all(word), digit: all(digit), space: all(space) };
            assert_eq!(classify(&[byte; BLOCK]), expected, "byte {byte:#x}");
        }
    }
}
