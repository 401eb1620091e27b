//! Strings: finding their end, decoding their escapes.
//!
//! Nearly all strings of an event are shorter than 50 bytes and hold no escape, so the search starts with words of eight
//! bytes held in a register and takes to blocks of 32, which the compiler turns into vector code, only for long ones.

use super::{IN_ARENA, Problem, Text};

/// Why a string ended badly, and where.
pub(super) type Fault = (Problem, usize);

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;
const WORD: usize = 8;
const BLOCK: usize = 32;

/// A high bit for each byte that is `"`, `\` or a control character. Borrows can make bits above the lowest one lie, never
/// the lowest: only that one is used.
#[inline]
fn special_bits(word: u64) -> u64 {
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    let bits = (quote.wrapping_sub(ONES) & !quote)
        | (backslash.wrapping_sub(ONES) & !backslash)
        | (word.wrapping_sub(ONES * 0x20) & !word);
    bits & HIGHS
}

#[inline]
fn word_at(bytes: &[u8], at: usize) -> Option<u64> {
    let word = bytes.get(at..at + WORD)?;
    Some(u64::from_le_bytes(word.try_into().expect("eight bytes were taken")))
}

/// The first `"`, `\` or control character at or after `from`, or the length.
#[inline]
pub(super) fn next_special(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    let words_until = from + BLOCK;
    while at < words_until {
        let Some(word) = word_at(bytes, at) else { return next_special_bytewise(bytes, at) };
        let bits = special_bits(word);
        if bits != 0 {
            return at + bits.trailing_zeros() as usize / WORD;
        }
        at += WORD;
    }
    next_special_in_long(bytes, at)
}

fn next_special_in_long(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    for block in bytes[from..].chunks_exact(BLOCK) {
        // No early exit inside a block: that is what lets the compiler use vectors.
        let found = block.iter().fold(0_u8, |found, &byte| found | is_special(byte) as u8);
        if found != 0 {
            break;
        }
        at += BLOCK;
    }
    while let Some(word) = word_at(bytes, at) {
        let bits = special_bits(word);
        if bits != 0 {
            return at + bits.trailing_zeros() as usize / WORD;
        }
        at += WORD;
    }
    next_special_bytewise(bytes, at)
}

#[inline]
fn is_special(byte: u8) -> bool {
    (byte == b'"') | (byte == b'\\') | (byte < 0x20)
}

fn next_special_bytewise(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|&byte| is_special(byte)).map_or(bytes.len(), |found| from + found)
}

/// Reads a string whose opening quote stands before `start`. Returns its text and the byte after its closing quote.
#[inline]
pub(super) fn read(input: &str, start: usize, arena: &mut String) -> Result<(Text, usize), Fault> {
    let bytes = input.as_bytes();
    let end = next_special(bytes, start);
    if bytes.get(end) == Some(&b'"') {
        return Ok((Text { start: start as u32, len: (end - start) as u32 }, end + 1));
    }
    read_escaped(input, (start, end), arena)
}

/// The rest of [`read`]: `first` is the stretch up to the first byte that is not plain.
#[cold]
fn read_escaped(input: &str, first: (usize, usize), arena: &mut String) -> Result<(Text, usize), Fault> {
    let bytes = input.as_bytes();
    let arena_start = arena.len();
    let (mut plain_from, mut at) = first;
    loop {
        // Both ends are next to ASCII bytes, so the slice cannot cut a character.
        arena.push_str(&input[plain_from..at]);
        match bytes.get(at) {
            None => return Err((Problem::UnexpectedEnd, at)),
            Some(b'"') => {
                let len = (arena.len() - arena_start) as u32 | IN_ARENA;
                return Ok((Text { start: arena_start as u32, len }, at + 1));
            }
            Some(b'\\') => {
                let (character, after) = read_escape(bytes, at)?;
                arena.push(character);
                plain_from = after;
                at = next_special(bytes, after);
            }
            Some(_) => return Err((Problem::ControlCharacter, at)),
        }
    }
}

/// Decodes the escape whose backslash stands at `at`.
fn read_escape(bytes: &[u8], at: usize) -> Result<(char, usize), Fault> {
    let character = match bytes.get(at + 1) {
        None => return Err((Problem::UnexpectedEnd, bytes.len())),
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return read_unicode_escape(bytes, at),
        Some(_) => return Err((Problem::BadEscape, at)),
    };
    Ok((character, at + 2))
}

fn read_unicode_escape(bytes: &[u8], at: usize) -> Result<(char, usize), Fault> {
    let first = read_hex(bytes, at)?;
    if let Some(character) = char::from_u32(first) {
        return Ok((character, at + 6));
    }
    let paired = (0xD800..0xDC00).contains(&first) && bytes[at + 6..].starts_with(b"\\u");
    if !paired {
        return Err((Problem::LoneSurrogate, at));
    }
    let second = read_hex(bytes, at + 6)?;
    if !(0xDC00..0xE000).contains(&second) {
        return Err((Problem::LoneSurrogate, at));
    }
    let character = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    Ok((char::from_u32(character).expect("two halves of a pair make a character"), at + 12))
}

/// The four digits of the `\u` at `at`.
fn read_hex(bytes: &[u8], at: usize) -> Result<u32, Fault> {
    let mut value = 0;
    for offset in 2..6 {
        let Some(&byte) = bytes.get(at + offset) else { return Err((Problem::UnexpectedEnd, bytes.len())) };
        let Some(digit) = (byte as char).to_digit(16) else { return Err((Problem::BadEscape, at)) };
        value = value * 16 + digit;
    }
    Ok(value)
}
