//! The Austrian social insurance number: three digits, a check digit, the birthday.
//!
//! Source: Dachverband der Sozialversicherungsträger: weights 3 7 9, then 5 8 4 2 1 6 for the birthday, modulo 11. Months 13 to 15 are of those whose birthday has run out of serials.

use super::date;
use super::digits::{digits, weighted};

/// Whether this is a social insurance number: ten digits.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<10>(value) else { return false };
    let sum = weighted(&digits, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]);
    let (day, month) = (digits[4] * 10 + digits[5], digits[6] * 10 + digits[7]);
    digits[0] != 0
        && sum % 11 == digits[3]
        && (date::exists_in_some_century(digits[8] * 10 + digits[9], month, day)
            || (matches!(month, 13..=15) && matches!(day, 1..=31)))
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["1237010180", "6572150685"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["2237010180", "1237320180", "0237010180", "123701018"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
