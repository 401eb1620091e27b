//! What stands for a character by a rule of some encoding, one character or a few at a time.
//!
//! `%44`, `\u0044`, `&#68;`, `=44`: pieces are single characters, so that a finding's span stays tight. What decodes to a control
//! character or to nothing is left as it stands. Each reader answers how many bytes it dealt with, 0 for none.

use super::map::Sink;
use super::{Layer, before, behind, encoded, is_letter_before, is_letter_behind, mojibake, reversed};
use crate::text::entities::{self, Context};
use crate::text::is_invisible;

/// So many bytes to either side of a plus.
const CLOSE: usize = 8;

/// Deals with what may begin at a place.
pub(super) fn read(text: &str, at: usize, sink: &mut Sink<'_>) -> usize {
    match text.as_bytes()[at] {
        b'%' => percent(text, at, sink),
        b'+' if is_letter_before(text, at) && is_letter_behind(text, at + 1) => plus(text, at, sink),
        b'\\' => escape(text, at, sink),
        b'&' => entity(text, at, sink),
        b'=' => quoted(text, at, sink),
        b'?' | 0xEF => lost(text, at, sink),
        0xC3 | 0xE2 if text[at..].starts_with(reversed::OVERRIDE) => reversed::read(text, at, sink),
        0xC3 => mojibake::read(text, at, sink),
        0xF0 => indicators(text, at, sink),
        byte if byte.is_ascii_alphanumeric() => encoded::read(text, at, sink),
        _ => 0,
    }
}

fn replace(at: usize, found: Option<(char, usize)>, layer: Layer, sink: &mut Sink<'_>) -> usize {
    let Some((c, end)) = found else { return 0 };
    sink.replace(at..end, layer, |text| text.push(c));
    end - at
}

fn hex(text: &str, at: usize, digits: usize) -> Option<u32> {
    let written = text.get(at..at + digits).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(written, 16).ok()
}

/// How an encoding writes one byte: the byte, and where what stands for it ends.
type Unit = fn(&str, usize) -> Option<(u8, usize)>;

/// A character in UTF-8 whose bytes are written one by one; a letter of Latin-1 beside another letter, as old programs wrote it.
fn character(text: &str, at: usize, unit: Unit) -> Option<(char, usize)> {
    let (first, end) = unit(text, at)?;
    let len = match first {
        b' '..=b'~' | b'\t' | b'\n' | b'\r' => return Some((char::from(first), end)),
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => 1,
    };
    let mut bytes = [first, 0, 0, 0];
    let mut behind = end;
    let whole = bytes[1..len].iter_mut().all(|byte| match unit(text, behind) {
        Some((next, end)) => {
            (*byte, behind) = (next, end);
            true
        }
        None => false,
    });
    if whole && let Some(c) = std::str::from_utf8(&bytes[..len]).ok().and_then(|text| text.chars().next()) {
        return Some((c, behind));
    }
    let is_latin = first >= 0xC0 && (is_letter_before(text, at) || is_letter_behind(text, end));
    is_latin.then(|| (char::from(first), end))
}

fn percent(text: &str, at: usize, sink: &mut Sink<'_>) -> usize {
    let utf16 = || {
        let digits = text[at + 1..].starts_with(['u', 'U']).then(|| hex(text, at + 2, 4))?;
        Some((char::from_u32(digits?).filter(|c| !c.is_control())?, at + 6))
    };
    replace(at, character(text, at, percent_byte).or_else(utf16), Layer::Percent, sink)
}

/// `%44`, or `%2544`, however often the percent sign was encoded again.
fn percent_byte(text: &str, at: usize) -> Option<(u8, usize)> {
    let mut digits = at + 1;
    text.as_bytes().get(at).filter(|byte| **byte == b'%')?;
    // Four times is more than any chain of programs does, and enough of a limit.
    for _ in 0..4 {
        if hex(text, digits, 2) == Some(0x25) && hex(text, digits + 2, 2).is_some() {
            digits += 2;
        }
    }
    Some((u8::try_from(hex(text, digits, 2)?).ok()?, digits + 2))
}

/// Between words, as forms and search engines write a space. In base64 digits stand close by: « …9TvI+e8+Rz6M7… ».
fn plus(text: &str, at: usize, sink: &mut Sink<'_>) -> usize {
    let is_in_base64 = |byte: &u8| byte.is_ascii_digit() || *byte == b'/';
    let around = &text.as_bytes()[at.saturating_sub(CLOSE)..text.len().min(at + 1 + CLOSE)];
    if around
        .split(u8::is_ascii_whitespace)
        .any(|run| run.contains(&b'+') && run.iter().filter(|byte| is_in_base64(byte)).count() > 1)
    {
        return 0;
    }
    sink.replace(at..at + 1, Layer::Percent, |text| text.push(' '));
    1
}

fn escape(text: &str, at: usize, sink: &mut Sink<'_>) -> usize {
    // Text that went through two programs has two backslashes.
    let mark = at + text.as_bytes()[at..].iter().take(2).take_while(|byte| **byte == b'\\').count();
    let found = match text.as_bytes().get(mark) {
        Some(b'u') if text[mark + 1..].starts_with('{') => braced(text, mark + 2),
        Some(b'u') => utf16(text, mark + 1),
        Some(b'U') => hex(text, mark + 1, 8).and_then(char::from_u32).map(|c| (c, mark + 9)),
        Some(b'x') if mark == at + 1 => character(text, at, byte_escape),
        Some(b'x') => hex(text, mark + 1, 2).and_then(char::from_u32).map(|c| (c, mark + 3)),
        // `\nDIFFUSION`: what follows would be read as a word that begins with `n`.
        Some(b'n' | b'r') if is_letter_behind(text, mark + 1) => Some(('\n', mark + 1)),
        Some(b't') if is_letter_behind(text, mark + 1) => Some(('\t', mark + 1)),
        _ => None,
    };
    let found = found.filter(|(c, _)| !c.is_control() || matches!(c, '\n' | '\t' | '\r'));
    replace(at, found, Layer::Escape, sink)
}

fn byte_escape(text: &str, at: usize) -> Option<(u8, usize)> {
    let digits = text.get(at..)?.starts_with("\\x").then(|| hex(text, at + 2, 2))?;
    Some((u8::try_from(digits?).ok()?, at + 4))
}

/// Behind `\u{`.
fn braced(text: &str, at: usize) -> Option<(char, usize)> {
    let digits = text.as_bytes()[at..].iter().take(6).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let end = at + digits;
    (digits > 0 && text[end..].starts_with('}')).then_some(())?;
    Some((char::from_u32(hex(text, at, digits)?)?, end + 1))
}

/// Behind `\u`: one unit of UTF-16, or two.
fn utf16(text: &str, at: usize) -> Option<(char, usize)> {
    let first = hex(text, at, 4)?;
    if let Some(c) = char::from_u32(first) {
        return Some((c, at + 4));
    }
    let low = text[at + 4..].starts_with("\\u").then(|| hex(text, at + 6, 4))??;
    let pair = [u16::try_from(first).ok()?, u16::try_from(low).ok()?];
    let c = char::decode_utf16(pair).next()?.ok()?;
    Some((c, at + 10))
}

/// `&eacute;`, and `&amp;eacute;`; only with its semicolon: this is no HTML, and `?a=1&copy=2` is an address.
fn entity(text: &str, at: usize, sink: &mut Sink<'_>) -> usize {
    const AGAIN: &str = "amp;";
    let mut name = at + 1;
    while text[name..].starts_with(AGAIN) && name < at + 1 + 3 * AGAIN.len() {
        name += AGAIN.len();
    }
    let longest = text.as_bytes()[name..].iter().take(MOST_OF_ENTITY).position(|byte| *byte == b';');
    let decoded = longest.and_then(|end| {
        let mut source = String::with_capacity(MOST_OF_ENTITY + 1);
        source.push('&');
        source.push_str(&text[name..=name + end]);
        let mut decoded = String::new();
        let len = entities::decode(&source, Context::Attribute, &mut decoded)?;
        (len == source.len()).then_some((decoded, name + end + 1))
    });
    let Some((decoded, end)) = decoded else { return 0 };
    sink.replace(at..end, Layer::Entity, |text| text.push_str(&decoded));
    end - at
}

/// The longest name has 31 letters.
const MOST_OF_ENTITY: usize = 32;

/// `=C3=89`; a single sign in ASCII only beside another one, for `x=20` is an equation.
fn quoted(text: &str, at: usize, sink: &mut Sink<'_>) -> usize {
    // A line that was broken because it was long.
    let broken = text[at + 1..].strip_prefix('\r').unwrap_or(&text[at + 1..]).starts_with('\n');
    if broken && is_letter_before(text, at) {
        let end = at + text[at..].find('\n').unwrap_or(0) + 1;
        if is_letter_behind(text, end) {
            sink.replace(at..end, Layer::QuotedPrintable, |_| {});
            return end - at;
        }
    }
    let is_beside = |end| quoted_byte(text, end).is_some() || at >= 3 && quoted_byte(text, at - 3).is_some();
    let found = character(text, at, quoted_byte);
    let found = found.filter(|(c, end)| !c.is_ascii() || is_beside(*end) || *c == ' ' && is_letter_behind(text, *end));
    replace(at, found, Layer::QuotedPrintable, sink)
}

fn quoted_byte(text: &str, at: usize) -> Option<(u8, usize)> {
    let written = text.get(at..at + 3)?.strip_prefix('=')?;
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte);
    written.bytes().all(is_digit).then(|| u8::from_str_radix(written, 16).ok()).flatten().map(|byte| (byte, at + 3))
}

/// A letter that some program could not decode or write: one or two `?` or U+FFFD inside a word.
fn lost(text: &str, at: usize, sink: &mut Sink<'_>) -> usize {
    let marks = text[at..].chars().take_while(|c| matches!(c, '?' | '\u{FFFD}')).take(3);
    let (count, bytes) = marks.fold((0, 0), |(count, bytes), c| (count + 1, bytes + c.len_utf8()));
    let end = at + bytes;
    if (1..=2).contains(&count)
        && let (Some(before), Some(behind)) = (before(text, at), behind(text, end))
        && before.is_ascii_alphabetic()
        && behind.is_ascii_alphabetic()
        && !is_query(&text[end..])
    {
        let letter = mojibake::lost_letter(before, behind);
        sink.replace(at..end, Layer::LostLetter, |text| text.push(letter));
    }
    bytes
}

/// `…?page=`
fn is_query(rest: &str) -> bool {
    let name = rest.bytes().take(24).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    rest[name..].starts_with('=')
}

/// Letters of flags. Two are a flag, and a row of flags is written without spaces; five or more may spell a word. So may single
/// ones with a space or something invisible between any two, which keeps programs from drawing flags.
fn indicators(text: &str, at: usize, sink: &mut Sink<'_>) -> usize {
    let letter = |c: char| ('\u{1F1E6}'..='\u{1F1FF}').contains(&c).then(|| c as u32 - 0x1F1E6);
    let is_letter = |at: usize| behind(text, at).is_some_and(|c| letter(c).is_some());
    let mut letters = 0;
    let mut end = at;
    let mut has_gaps = false;
    while is_letter(end) {
        letters += 1;
        end += LETTER;
        let gap = behind(text, end).filter(|c| *c == ' ' || is_invisible(*c)).map_or(0, char::len_utf8);
        if letters == 1 {
            has_gaps = gap > 0;
        }
        if has_gaps != (gap > 0) || !is_letter(end + gap) {
            break;
        }
        end += gap;
    }
    if letters >= 5 {
        for (offset, c) in text[at..end].char_indices() {
            if let Some(letter) = letter(c).and_then(|letter| char::from_u32(u32::from(b'A') + letter)) {
                let start = at + offset;
                sink.replace(start..start + LETTER, Layer::Indicators, |text| text.push(letter));
            }
        }
    }
    end - at
}

/// The bytes of a regional indicator.
const LETTER: usize = '\u{1F1E6}'.len_utf8();
