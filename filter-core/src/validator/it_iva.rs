//! The Italian VAT number (partita IVA): eleven digits. Public data.
//!
//! Source: Agenzia delle Entrate: seven digits, the province of the office, the Luhn check digit.

use super::digits::{digits, number};
use super::luhn;

/// Whether this is a partita IVA: digits only.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<11>(value) else { return false };
    let office = number(&digits[7..10]);
    number(&digits[..7]) > 0 && matches!(office, 1..=100 | 120 | 121 | 888 | 999) && luhn::accepts(value)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["00743110157", "00488410010"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["00743110158", "00000000000", "0074311015", "00743115557"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
