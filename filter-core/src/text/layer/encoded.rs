//! Runs of base64 or hexadecimal digits that decode to text.
//!
//! One layer, never decoded again. A run has at least 24 characters, and more than nine tenths of what it decodes to must be
//! characters that can be seen. The first 24 characters decide that nearly always, so that hashes, ids, keys and images cost four
//! short looks. The whole run is the construct. The parts of a JSON web token decode to text, too; they are a rule's business.

use std::ops::Range;

use super::map::Sink;
use super::{Layer, before, behind};

/// The shortest run that is looked at.
const SHORTEST: usize = 24;

/// Programs that break lines of base64 do so after 60 characters or more; a line of fewer ends its run.
const SHORTEST_LINE: usize = 60;

/// On a letter or digit.
pub(super) fn read(text: &str, at: usize, sink: &mut Sink<'_>) -> usize {
    let bytes = text.as_bytes();
    if at > 0 && is_base64(bytes[at - 1]) {
        return 0;
    }
    let head = bytes[at..].iter().take(SHORTEST).take_while(|byte| is_base64(**byte)).count();
    if head < SHORTEST || is_of_web_token(text, at) {
        return 0;
    }
    let head = &bytes[at..at + SHORTEST];
    if head.iter().all(u8::is_ascii_hexdigit) && begins_text(hex_bytes(head)) {
        let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        return replace(at..end, Layer::Hex, hex_bytes(&bytes[at..end]), sink);
    }
    // Characters in front that belong to something else put the groups of four out of step.
    let shift = (0..4).find(|shift| begins_text(base64_bytes(&head[*shift..])));
    let Some(shift) = shift else { return 0 };
    let end = end_of_base64(bytes, at);
    replace(at..end, Layer::Base64, base64_bytes(&bytes[at + shift..end]), sink)
}

/// Decodes the whole run, of which the head is text.
fn replace(range: Range<usize>, layer: Layer, decoded: impl Iterator<Item = u8>, sink: &mut Sink<'_>) -> usize {
    let length = range.len();
    let decoded: Vec<u8> = decoded.collect();
    if is_text(&decoded) {
        sink.replace(range, layer, |text| write(&decoded, text));
    }
    length
}

fn is_of_web_token(text: &str, at: usize) -> bool {
    let run = text.as_bytes()[at..].iter().take_while(|byte| is_base64(**byte)).count();
    before(text, at) == Some('.') || text[at..].starts_with("eyJ") && behind(text, at + run) == Some('.')
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

/// With its lines and its padding.
fn end_of_base64(bytes: &[u8], start: usize) -> usize {
    let mut line = start;
    loop {
        let end = line + bytes[line..].iter().take_while(|byte| is_base64(**byte)).count();
        let next = match &bytes[end..] {
            [b'\n', next, ..] if is_base64(*next) => end + 1,
            [b'\r', b'\n', next, ..] if is_base64(*next) => end + 2,
            rest => return end + rest.iter().take(2).take_while(|byte| **byte == b'=').count(),
        };
        if end - line < SHORTEST_LINE {
            return end;
        }
        line = next;
    }
}

fn base64_bytes(encoded: &[u8]) -> impl Iterator<Item = u8> {
    let mut bits = 0_u32;
    let mut many = 0;
    encoded.iter().filter_map(|byte| base64_value(*byte)).filter_map(move |value| {
        bits = bits << 6 | u32::from(value);
        many += 6;
        (many >= 8).then(|| {
            many -= 8;
            (bits >> many) as u8
        })
    })
}

fn base64_value(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

fn hex_bytes(digits: &[u8]) -> impl Iterator<Item = u8> {
    let value = |byte: u8| char::from(byte).to_digit(16).unwrap_or(0) as u8;
    digits.as_chunks::<2>().0.iter().map(move |[high, low]| value(*high) << 4 | value(*low))
}

/// As [`is_text`] for the first bytes. Of random ones six in ten are none of UTF-8 where they stand, so that three are soon found.
fn begins_text(decoded: impl Iterator<Item = u8>) -> bool {
    let (mut bad, mut zeros, mut seen, mut due) = (0, 0, 0, 0);
    for byte in decoded {
        let is_continuation = byte & 0xC0 == 0x80;
        let follows = if is_continuation { due > 0 } else { due == 0 };
        due = match byte {
            _ if is_continuation => i32::max(due - 1, 0),
            0xC2..=0xDF => 1,
            0xE0..=0xEF => 2,
            0xF0..=0xF4 => 3,
            _ => 0,
        };
        let is_sign = byte >= 0x80 || !byte.is_ascii_control() || b"\t\n\r".contains(&byte);
        seen += 1;
        if byte == 0 && seen % 2 == 0 {
            zeros += 1;
        } else if !follows || !is_sign || matches!(byte, 0xC0 | 0xC1 | 0xF5..) {
            bad += 1;
            if bad > 2 {
                return false;
            }
        }
    }
    // Half of UTF-16 is zeros; anywhere else there are none.
    zeros <= 1 || zeros * 2 >= seen - 2
}

/// Nine tenths of it can be seen, as UTF-8 or, where every other byte is zero, as UTF-16 (PowerShell's `-EncodedCommand`).
fn is_text(decoded: &[u8]) -> bool {
    if is_utf16(decoded) {
        return true;
    }
    let unseen = |chunk: std::str::Utf8Chunk<'_>| {
        let controls = chunk.valid().bytes().filter(|byte| byte.is_ascii_control() && !b"\t\n\r".contains(byte));
        controls.count() + chunk.invalid().len()
    };
    let unseen: usize = decoded.utf8_chunks().map(unseen).sum();
    // A group that is cut at the end of the looked-at part is no bad sign.
    unseen.saturating_sub(1) * 10 < decoded.len()
}

fn is_utf16(decoded: &[u8]) -> bool {
    let (pairs, _) = decoded.as_chunks::<2>();
    let seen = pairs.iter().filter(|pair| pair[1] == 0 && (b' '..0x7F).contains(&pair[0])).count();
    seen * 10 > pairs.len() * 9
}

fn write(decoded: &[u8], text: &mut String) {
    let start = text.len();
    if is_utf16(decoded) {
        let (pairs, _) = decoded.as_chunks::<2>();
        text.extend(char::decode_utf16(pairs.iter().map(|pair| u16::from_le_bytes(*pair))).map(|c| c.unwrap_or(' ')));
    } else {
        for chunk in decoded.utf8_chunks() {
            text.push_str(chunk.valid());
            // Latin-1, as far as it is more than a wrong guess.
            text.extend(chunk.invalid().iter().map(|byte| if *byte >= 0xC0 { char::from(*byte) } else { ' ' }));
        }
    }
    // What was put in front to shift the groups: `xDIFFUSION`.
    let shift = text[start..].bytes().take(4).take_while(u8::is_ascii_lowercase).count();
    let follows = text[start + shift..].bytes().take(2).filter(u8::is_ascii_uppercase).count();
    if (1..4).contains(&shift) && follows == 2 {
        text.insert(start + shift, ' ');
    }
}
