//! The Swiss social insurance number (AHV-Nummer, numéro AVS): 756, nine digits without meaning, a check digit.
//!
//! Source: Verordnung über die Alters- und Hinterlassenenversicherung; GS1 for the check digit.

use super::ean13;

/// Whether this is an AHV number: thirteen digits.
pub(super) fn accepts(value: &str) -> bool {
    value.starts_with("756") && ean13::accepts(value)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["7569217076985", "7561234567897", "7563047500009"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["7569217076984", "7561234567898", "7559217076985", "756921707698"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
