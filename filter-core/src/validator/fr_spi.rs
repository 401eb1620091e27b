//! The French tax number of a person (SPI, « numéro fiscal de référence »): thirteen digits, the last three of them a check.
//!
//! Source: direction générale des finances publiques. The check is the first ten digits modulo 511; the first digit is 0 to 3.

use super::digits::{digits, number};

/// Whether this is a tax number: digits only.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<13>(value) else { return false };
    digits[0] <= 3 && number(&digits[..10]) % 511 == number(&digits[10..])
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["3023217600053", "0701987765493", "0123456789211"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in [
            "3023217600054",
            "0701987765432",
            "9701987765432",
            "0000000000000x",
            "302321760005",
            "30232176000é3",
            "0000000000001",
        ] {
            assert!(!accepts(value), "{value}");
        }
    }
}
