//! Base64 without padding, in the alphabet of URLs: the parts of a JSON web token.
//!
//! Source: RFC 4648, section 5. Nothing here decodes what people hide in base64; that is a layer of the fold.

/// The bytes, or `None` for another character. A last group that holds no whole byte is dropped, as lenient readers do.
pub(super) fn decode_url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut held, mut bits) = (0u32, 0);
    for byte in text.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(digit)) & 0xFFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xFF) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::decode_url;

    #[track_caller]
    fn check(text: &str, bytes: Option<&[u8]>) {
        assert_eq!(decode_url(text).as_deref(), bytes);
    }

    #[test]
    fn the_rfcs_vectors() {
        check("", Some(b""));
        check("Zg", Some(b"f"));
        check("Zm8", Some(b"fo"));
        check("Zm9vYmFy", Some(b"foobar"));
        check("-_-_", Some(&[0xFB, 0xFF, 0xBF]));
    }

    #[test]
    fn padding_and_the_other_alphabet_are_refused() {
        check("Zg==", None);
        check("Zm9+", None);
        check("Zm é", None);
    }
}
