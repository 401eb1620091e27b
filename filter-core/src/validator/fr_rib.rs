//! A French bank account as it stood before the IBAN and still stands on paper (RIB): bank, branch, account, and a key of two digits.
//!
//! Source: Comité français d'organisation et de normalisation bancaires. Letters of the account stand for digits, A and J for 1 up to R and
//! Z for 9; the key makes the whole a multiple of 97.

/// Whether this is a RIB: twenty-three digits and capitals.
pub(super) fn accepts(value: &str) -> bool {
    let bytes = value.as_bytes();
    if bytes.len() != 23 || bytes[..10].iter().chain(&bytes[21..]).any(|byte| !byte.is_ascii_digit()) {
        return false;
    }
    let rest = bytes.iter().try_fold(0u32, |rest, byte| {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'A'..=b'I' => byte - b'A' + 1,
            b'J'..=b'R' => byte - b'J' + 1,
            b'S'..=b'Z' => byte - b'S' + 2,
            _ => return None,
        };
        Some((rest * 10 + u32::from(digit)) % 97)
    });
    rest == Some(0) && bytes[..5] != *b"00000"
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["20041010050500013M02606", "30006000011234567890189", "30001007941234567890185"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in [
            "20041010050500013M02607",
            "30006000011234567890198",
            "30001007941234567890158",
            "00000000000000000000000",
            "2004101005050001é02606",
        ] {
            assert!(!accepts(value), "{value}");
        }
    }
}
