//! Base58, the alphabet without `0 O I l`: how Matrix writes a recovery key so that a person can type it.
//!
//! Source: the alphabet of Bitcoin addresses, named by the Matrix specification. Long division by hand, byte by byte: the one key
//! we decode has 48 characters.

const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// The longest text that is looked at: division takes quadratic time, and a stranger writes the text.
const LONGEST: usize = 128;

/// The bytes, most significant first, or `None` for another character or too long a text. A leading `1` is not kept as a zero byte.
pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut low_first: Vec<u8> = Vec::with_capacity(text.len());
    for character in text {
        let mut carry = ALPHABET.iter().position(|known| known == character)?;
        for byte in &mut low_first {
            carry += usize::from(*byte) * 58;
            *byte = (carry & 0xFF) as u8;
            carry >>= 8;
        }
        if carry > 0 {
            low_first.push((carry & 0xFF) as u8);
        }
    }
    low_first.reverse();
    Some(low_first)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn a_known_text_decodes() {
        assert_eq!(decode(b"2NEpo7TZRRrLZSi2U").as_deref(), Some(&b"Hello World!"[..]));
    }

    #[test]
    fn ambiguous_letters_are_refused() {
        for text in [&b"0"[..], b"O", b"I", b"l", b"2NEp o7TZ"] {
            assert_eq!(decode(text), None);
        }
    }

    #[test]
    fn a_long_text_is_refused() {
        assert_eq!(decode(&[b'z'; 129]), None);
    }
}
