//! The American taxpayer number of people who have no Social Security number (ITIN): 9, and a group in the ranges that are issued.
//!
//! Source: IRS, Internal Revenue Manual 3.21.263: groups 50 to 65, 70 to 88, 90 to 92, 94 to 99.

use super::digits::digits;

/// Whether this may be an ITIN: nine digits.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<9>(value) else { return false };
    digits[0] == 9 && matches!(digits[3] * 10 + digits[4], 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["912903456", "900700000"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["912934567", "912891234", "812903456", "91290345"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
