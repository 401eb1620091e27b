//! Whether a text is worth a second reading: is there anything in it that a layer above the fold might undo?
//!
//! Asked for every text and answered from the gate's masks, with a look at the text only where a sign stands as in encodings or
//! cut words. Nearly all texts have none. To say yes costs time, to say no must be right: what the layers undo shows
//! here ([`crate::text::layer`]), or in characters that the fold meets ([`Folded::has_odd`]).

use super::classes::{BLOCK, Classes};
use super::{Masks, ahead};
use crate::text::Folded;
use unicode_normalization::char::is_combining_mark;

/// Whether a layer may apply to the text whose masks these are.
pub(crate) fn may_hide(folded: Folded<'_>, masks: &Masks) -> bool {
    if folded.has_odd() {
        return true;
    }
    let text = folded.bytes();
    let mut carry = 0;
    masks.0.windows(2).enumerate().any(|(block, pair)| {
        let (here, next) = (pair[0], pair[1]);
        // Signs before a word, and those between a word and another sign.
        let sign = !(here.word | here.space);
        let behind = ahead(sign, !(next.word | next.space), 1);
        let mut signs = sign & (ahead(here.word, next.word, 1) | (here.word << 1 | carry) & behind);
        while signs != 0 {
            let at = block * BLOCK + signs.trailing_zeros() as usize;
            signs &= signs - 1;
            // Most are apostrophes, hyphens and quotation marks.
            if text.get(at).is_some_and(|byte| MAY_TELL[usize::from(*byte)]) && is_telling(text, at) {
                return true;
            }
        }
        let alone = here.word & !(here.word << 1 | carry) & !ahead(here.word, next.word, 1);
        carry = here.word >> 63;
        any(spaced(alone), |bit| is_spaced(text, block * BLOCK + bit))
            || any(long(here, next), |bit| is_encoded(text, block * BLOCK + bit))
    }) || !text.is_ascii() && is_spaced_beyond_ascii(folded.text())
}

/// Signs that encodings and cut words have in them, and what ends a line.
const MAY_TELL: [bool; 256] = {
    let mut may_tell = [false; 256];
    let signs = b"%&#\\=+?*_~^|-\n";
    let mut at = 0;
    while at < signs.len() {
        may_tell[signs[at] as usize] = true;
        at += 1;
    }
    may_tell
};

/// A sign that stands as it does in an encoding, or inside a word.
#[cold]
fn is_telling(text: &[u8], at: usize) -> bool {
    let (before, rest) = (&text[..at], &text[at + 1..]);
    let follows_letter = before.last().is_some_and(|byte| is_letter(*byte));
    let letter_behind = rest.first().is_some_and(|byte| is_letter(*byte));
    let hex_behind = matches!(rest, [one, two, ..] if one.is_ascii_hexdigit() && two.is_ascii_hexdigit());
    let line_ends = matches!(rest, [b'\n', ..] | [b'\r', b'\n', ..]);
    match text[at] {
        b'%' => hex_behind || rest.first() == Some(&b'u'),
        b'&' => letter_behind,
        b'#' => before.last() == Some(&b'&'),
        b'\\' => matches!(rest.first(), Some(b'u' | b'x' | b'n' | b'r' | b't')),
        b'=' => hex_behind || follows_letter && line_ends,
        b'+' => follows_letter && letter_behind,
        b'?' => letter_behind && (follows_letter || before.last() == Some(&b'?')),
        sign @ (b'*' | b'_' | b'~' | b'^' | b'|') => {
            let first = before.iter().rposition(|byte| *byte != sign);
            letter_behind && first.is_some_and(|first| is_letter(before[first]))
        }
        b'-' => follows_letter && line_ends,
        // With spaces before it: `RES-  \nTREINTE`.
        b'\n' => before.trim_ascii_end().last() == Some(&b'-'),
        _ => false,
    }
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte >= 0x80
}

/// Asks at the beginning of each run of bits: what is nothing (`a b c`) may stand before what is something.
fn any(mut bits: u64, is_there: impl Fn(usize) -> bool) -> bool {
    bits &= !(bits << 1);
    while bits != 0 {
        if is_there(bits.trailing_zeros() as usize) {
            return true;
        }
        bits &= bits - 1;
    }
    false
}

/// Where three bytes of words of one byte each are the same two to four bytes apart. A run of six letters has three of them in
/// one block, wherever the blocks part it.
fn spaced(alone: u64) -> u64 {
    // Most blocks have fewer than three words of one byte.
    let second = alone & alone.wrapping_sub(1);
    if second & second.wrapping_sub(1) == 0 {
        return 0;
    }
    (2..=4).fold(0, |found, apart| found | alone & alone >> apart & alone >> (2 * apart))
}

/// Five words of one byte around a place.
#[cold]
fn is_spaced(text: &[u8], at: usize) -> bool {
    const WIDEST: usize = 9;
    let is_word = |byte: &u8| super::is_word(*byte);
    let mut count = 1;
    let mut end = at + 1;
    while let Some(gap) = text[end..].iter().take(WIDEST).position(is_word).filter(|gap| *gap > 0) {
        let letter = end + gap;
        if text.get(letter + 1).is_some_and(is_word) || count > 5 {
            break;
        }
        count += 1;
        end = letter + 1;
    }
    let mut start = at;
    while let Some(gap) = text[..start].iter().rev().take(WIDEST).position(is_word).filter(|gap| *gap > 0) {
        let letter = start - gap - 1;
        if letter.checked_sub(1).and_then(|before| text.get(before)).is_some_and(is_word) || count > 5 {
            break;
        }
        count += 1;
        start = letter;
    }
    count >= 5
}

/// Five words of one letter in a row. The masks count bytes, and a Greek letter has two; Latin letters have lost their accents here, so
/// that only texts in other alphabets pay for it.
#[cold]
fn is_spaced_beyond_ascii(text: &str) -> bool {
    let (mut words, mut letters) = (0, 0);
    for c in text.chars().chain([' ']) {
        if c.is_ascii_alphanumeric() || !c.is_ascii() {
            letters += usize::from(!is_combining_mark(c));
            continue;
        }
        words = if letters > 1 { 0 } else { words + letters };
        letters = 0;
        if words >= 5 {
            return true;
        }
    }
    false
}

/// Where a word of twenty bytes begins, or goes on.
fn long(here: Classes, next: Classes) -> u64 {
    let (mut low, mut high) = (here.word, next.word);
    for step in [1, 2, 4] {
        low &= ahead(low, high, step);
        high &= high >> step;
    }
    // No prose has eight words' bytes in a row in every block, but few blocks have sixteen.
    if low == 0 { 0 } else { low & ahead(low, high, 8) }
}

/// Twenty-four bytes around a place that base64 is written with. Folded text has no capitals, but the rest shows.
#[cold]
fn is_encoded(text: &[u8], at: usize) -> bool {
    let is_base64 = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_');
    let before = text[..at].iter().rev().take(24).take_while(is_base64).count();
    let behind = text[at..].iter().take(24).take_while(is_base64).count();
    before + behind >= 24
}
