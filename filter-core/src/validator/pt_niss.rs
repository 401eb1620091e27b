//! The Portuguese social security number (NISS): eleven digits, the first 1 for people.
//!
//! Source: Segurança Social: weights 29 23 19 17 13 11 7 5 3 2, nine less the last digit of the sum.

use super::digits::{digits, weighted};

/// Whether this is the number of a person: digits only.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<11>(value) else { return false };
    let sum = weighted(&digits[..10], &[29, 23, 19, 17, 13, 11, 7, 5, 3, 2]);
    digits[0] == 1 && 9 - sum % 10 == digits[10]
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["11234567892", "12000000012"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["11234567891", "21234567892", "1123456789"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
