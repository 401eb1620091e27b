//! The fourteen-digit number of a French establishment (SIRET): its enterprise's SIREN and five digits more.
//!
//! Source: INSEE. The whole passes Luhn, but for the establishments of La Poste, which had more of them than check digits: their
//! digits add up to a multiple of five, and the head office passes Luhn as well.

use super::digits::digits;
use super::{luhn, siren};

const LA_POSTE: &str = "356000000";

/// Whether this is a SIRET number: digits only.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<14>(value) else { return false };
    let enterprise = &value[..9];
    if enterprise == LA_POSTE && value != "35600000000048" {
        return digits.iter().sum::<u32>().is_multiple_of(5);
    }
    siren::accepts(enterprise) && luhn::accepts(value)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["73282932000074", "13002526500013", "35600000049837", "35600000009075", "35600000000048"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["73282932000079", "35600000049838", "13002526500014", "1300252650001", "00000000000000"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
