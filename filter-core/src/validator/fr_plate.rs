//! French number plates since 2009: two letters, three digits, two letters.
//!
//! Source: arrêté du 9 février 2009. Neither I, O nor U, which look like digits or V; no SS; WW stands on temporary plates, where the digits follow.

/// Whether this may stand on a plate.
pub(super) fn accepts(value: &str) -> bool {
    let Ok(bytes) = <[u8; 7]>::try_from(value.as_bytes()) else { return false };
    let letters = [bytes[0], bytes[1], bytes[5], bytes[6]];
    letters.iter().all(|byte| byte.is_ascii_uppercase() && !b"IOU".contains(byte))
        && bytes[2..5].iter().all(u8::is_ascii_digit)
        && bytes[2..5] != *b"000"
        && letters[..2] != *b"SS"
        && letters[2..] != *b"SS"
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["AB123CD", "GT042ZE", "WW123AB"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["AI123CD", "SS123AA", "AB12CD", "AB000CD", "ÀB123C"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
