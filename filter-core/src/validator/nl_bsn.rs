//! The Dutch citizen service number (burgerservicenummer): nine digits, formerly eight.
//!
//! Source: Rijksdienst voor Identiteitsgegevens, « elfproef »: weights 9 to 2 and −1, a multiple of 11. A tenth of random numbers pass.

use super::digits::{digits, weighted};

/// Whether this is a BSN: nine digits.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<9>(value) else { return false };
    let sum = weighted(&digits[..8], &[9, 8, 7, 6, 5, 4, 3, 2]);
    sum > 0 && sum % 11 == digits[8]
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["111222333", "123456782", "999999990", "010464554"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["123456789", "111222334", "000000000", "11122233"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
