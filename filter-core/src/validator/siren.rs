//! The nine-digit number of a French enterprise (SIREN). Public data: it names no person, but for those who trade under their own name.
//!
//! Source: INSEE, ISO/IEC 7812-1 for the check digit.

use super::luhn;

/// Whether this is a SIREN number: digits only.
pub(super) fn accepts(value: &str) -> bool {
    value.len() == 9 && value != "000000000" && luhn::accepts(value)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["732829320", "552100554", "130025265", "356000000"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["732829321", "552100545", "130025256", "000000000", "73282932", "7328293200"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
