//! The Polish personal number (PESEL): birthday with the century in the month, serial with the sex, check digit.
//!
//! Source: Ustawa o ewidencji ludności. Weights 1 3 7 9, modulo 10; months from 81 for those born in the 19th century, from 21 for the 21st, and so on.

use super::date;
use super::digits::{digits, weighted};

/// Whether this is a PESEL: eleven digits.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<11>(value) else { return false };
    let sum = weighted(&digits, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]);
    let (month, day) = (digits[2] * 10 + digits[3], digits[4] * 10 + digits[5]);
    let century = match month / 20 {
        0 => 1900,
        1 => 2000,
        2 => 2100,
        3 => 2200,
        _ => 1800,
    };
    let year = century + digits[0] * 10 + digits[1];
    sum.is_multiple_of(10) && date::exists(year, month % 20, day)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["44051401359", "02070803628", "02211307589"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["44051401358", "02381307589", "12345678901", "4405140135"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
