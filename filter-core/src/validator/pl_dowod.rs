//! The number of a Polish identity card: three letters, a check digit, five digits.
//!
//! Source: Rozporządzenie w sprawie wzoru dowodu osobistego; the check digit weighs letters (A as 10) 7 3 1 and digits 7 3 1 7 3.

use super::digits::{digits, weighted};

/// Whether this is the number of an identity card.
pub(super) fn accepts(value: &str) -> bool {
    let Ok(bytes) = <[u8; 9]>::try_from(value.as_bytes()) else { return false };
    if bytes[..3].iter().any(|byte| !byte.is_ascii_uppercase() || matches!(byte, b'O' | b'Q')) {
        return false;
    }
    let Some(digits) = value.get(3..).and_then(digits::<6>) else { return false };
    let letters = [bytes[0], bytes[1], bytes[2]].map(|byte| u32::from(byte - b'A') + 10);
    (weighted(&letters, &[7, 3, 1]) + weighted(&digits[1..], &[7, 3, 1, 7, 3])) % 10 == digits[0]
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["ABS123456", "ABA300000"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["ABS223456", "ABO300000", "ABA30000", "AB1300000"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
