//! The British National Insurance number: two letters, six digits, and A to D. It has no check digit, only letters that are never used.
//!
//! Source: HMRC, National Insurance Manual NIM39110.

const NEVER: [&str; 7] = ["BG", "GB", "NK", "KN", "NT", "TN", "ZZ"];

/// Whether this may be a National Insurance number. QQ, which forms print as an example, is none.
pub(super) fn accepts(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.len() == 9
        && value.is_ascii()
        && bytes[..2].iter().all(|byte| byte.is_ascii_uppercase() && !b"DFIQUV".contains(byte))
        && bytes[1] != b'O'
        && bytes[2..8].iter().all(u8::is_ascii_digit)
        && matches!(bytes[8], b'A'..=b'D')
        && !NEVER.contains(&&value[..2])
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["AB123456C", "ZY999999D", "JG103759A"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["QQ123456C", "BG123456A", "AB123456E", "DA123456A", "AO123456A", "AB12345C", "ÀB12345C"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
