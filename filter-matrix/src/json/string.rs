//! Strings: finding their end, decoding their escapes.
//!
//! The bytes that end a plain stretch are found by [`Marks`].

use super::marks::Marks;
use super::{IN_ARENA, Problem, Text};

/// Why a string ended badly, and where.
pub(super) type Fault = (Problem, usize);

/// Reads a string whose opening quote stands before `start`. Returns its text and the byte after its closing quote.
#[inline]
pub(super) fn read(
    input: &str,
    marks: &mut Marks<'_>,
    start: usize,
    arena: &mut String,
) -> Result<(Text, usize), Fault> {
    let end = marks.next(start);
    if input.as_bytes().get(end) == Some(&b'"') {
        return Ok((Text { start: start as u32, len: (end - start) as u32 }, end + 1));
    }
    read_escaped(input, marks, (start, end), arena)
}

/// The rest of [`read`]: `first` is the stretch up to the first byte that is not plain.
#[cold]
fn read_escaped(
    input: &str,
    marks: &mut Marks<'_>,
    first: (usize, usize),
    arena: &mut String,
) -> Result<(Text, usize), Fault> {
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
                at = marks.next(after);
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
