//! The American number of a health-care provider (NPI): ten digits. Public data.
//!
//! Source: CMS, NPI Check Digit: Luhn with 80840 before it.

use super::luhn;

/// Whether this is an NPI: digits only.
pub(super) fn accepts(value: &str) -> bool {
    matches!(value.as_bytes(), [b'1' | b'2', ..]) && value.len() == 10 && luhn::accepts(&format!("80840{value}"))
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["1234567893", "1245319599"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["1234567890", "3234567893", "123456789"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
