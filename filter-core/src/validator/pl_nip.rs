//! The Polish tax number (NIP): ten digits. Public for enterprises.
//!
//! Source: Ustawa o zasadach ewidencji i identyfikacji podatników: weights 6 5 7 2 3 4 5 6 7, modulo 11.

use super::digits::{digits, weighted};

/// Whether this is a NIP: digits only.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<10>(value) else { return false };
    let sum = weighted(&digits[..9], &[6, 5, 7, 2, 3, 4, 5, 6, 7]);
    sum > 0 && sum % 11 == digits[9]
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["8567346215", "5261040828"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["8567346216", "0000000000", "856734621"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
