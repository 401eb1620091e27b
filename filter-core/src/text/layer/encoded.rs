//! Runs of base64 or hexadecimal digits that decode to text.
//!
//! One layer, never decoded again. A run has at least 24 characters, and more than nine tenths of what it decodes to must be
//! characters that can be seen. The first 24 characters decide that nearly always, so that hashes, ids, keys and images cost four
//! short looks. The whole run is the construct. The parts of a JSON web token decode to text, too; they are a rule's business.

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
    let head = at..at + SHORTEST;
    let is_hex = bytes[head.clone()].iter().all(u8::is_ascii_hexdigit);
    if is_hex && is_text(&from_hex(&bytes[head.clone()])) {
        let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        return replace(at..end, Layer::Hex, &from_hex(&bytes[at..end]), sink);
    }
    // Characters in front that belong to something else put the groups of four out of step.
    let shift = (0..4).find(|shift| is_text(&from_base64(&bytes[head.start + shift..head.end])));
    let Some(shift) = shift else { return 0 };
    let end = end_of_base64(bytes, at);
    replace(at..end, Layer::Base64, &from_base64(&bytes[at + shift..end]), sink)
}

fn replace(range: std::ops::Range<usize>, layer: Layer, decoded: &[u8], sink: &mut Sink<'_>) -> usize {
    let length = range.len();
    if is_text(decoded) {
        sink.replace(range, layer, |text| write(decoded, text));
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

fn from_base64(encoded: &[u8]) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let mut decoded = Vec::with_capacity(encoded.len() / 4 * 3 + 3);
    let mut bits = 0_u32;
    for (n, value) in encoded.iter().filter_map(|byte| value(*byte)).enumerate() {
        bits = bits << 6 | u32::from(value);
        match n % 4 {
            0 => {}
            1 => decoded.push((bits >> 4) as u8),
            2 => decoded.push((bits >> 2) as u8),
            _ => decoded.push(bits as u8),
        }
    }
    decoded
}

fn from_hex(digits: &[u8]) -> Vec<u8> {
    let value = |byte: u8| char::from(byte).to_digit(16).unwrap_or(0) as u8;
    digits.chunks_exact(2).map(|pair| value(pair[0]) << 4 | value(pair[1])).collect()
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
