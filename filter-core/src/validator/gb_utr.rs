//! The British Unique Taxpayer Reference: ten digits, the first a check digit of the others.
//!
//! Source: HMRC, as the validator of the Government Gateway applies it: weights 6 7 8 9 10 5 4 3 2, modulo 11.

use super::digits::{digits, weighted};

const CHECKS: [u32; 11] = [2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1];

/// Whether this is a UTR: digits only.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<10>(value) else { return false };
    let sum = weighted(&digits[1..], &[6, 7, 8, 9, 10, 5, 4, 3, 2]);
    CHECKS[(sum % 11) as usize] == digits[0]
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["1955839661", "2509342356"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["2955839661", "195583966", "195583966K"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
