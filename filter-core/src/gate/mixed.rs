//! Words that people make up: letters and digits in one piece, whatever else is in it (`Zinc_Toiture9`, `admin:Nuage+Bleu8`).

use super::{Candidate, Trigger, index, is_word};

/// What is shorter is no password, what is longer a file, an address or a line of code.
const LENGTHS: core::ops::RangeInclusive<usize> = 6..=64;

/// The fewest letters: `14h30`, `B204` and `2nd` are common.
pub(super) const LETTERS: u32 = 3;

/// Where the first digit must stand: as far as the gate looks for digits.
const REACH: usize = 32;

/// How many signs may open a piece: `("`, `**`.
const OPENING: usize = 3;

/// Adds the word at a place if it is the first of its piece.
pub(super) fn candidate(text: &[u8], at: usize, candidates: &mut Vec<Candidate>) {
    let before = &text[..at];
    let signs = before.iter().rev().take_while(|byte| !byte.is_ascii_whitespace() && !is_word(**byte));
    let opening = signs.take(OPENING + 1).count();
    let begins = before.len() == opening || before[at - opening - 1].is_ascii_whitespace();
    if opening > OPENING || !begins {
        return;
    }
    let piece = text[at..].iter().take(LENGTHS.end() + 1).take_while(|byte| !byte.is_ascii_whitespace());
    let (mut length, mut letters, mut digits) = (0, 0, 0);
    for (place, byte) in piece.enumerate() {
        length += 1;
        letters += u32::from(byte.is_ascii_lowercase());
        digits += usize::from(byte.is_ascii_digit() && place < REACH);
    }
    if LENGTHS.contains(&length) && letters >= LETTERS && digits > 0 {
        candidates.push(Candidate { at: index(at), trigger: Trigger::MixedWord });
    }
}
