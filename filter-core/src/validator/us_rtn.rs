//! The routing number of an American bank: nine digits. Public data; with an account number beside it, it is a way to somebody's money.
//!
//! Source: American Bankers Association, Routing Number Policy: weights 3 7 1, a multiple of 10.

use super::digits::{digits, weighted};

/// Whether this is a routing number: digits only.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<9>(value) else { return false };
    let district = digits[0] * 10 + digits[1];
    matches!(district, 1..=12 | 21..=32 | 61..=72 | 80)
        && weighted(&digits, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["111000025", "021000021"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["111000026", "000000000", "991000025", "02100002"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
