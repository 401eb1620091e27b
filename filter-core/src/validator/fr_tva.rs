//! The French number for value-added tax: FR, two characters of key, and the SIREN. Public data.
//!
//! Source: Code général des impôts, article 286 ter; the European Commission's VIES for the form. A key of digits is twelve and three times the SIREN modulo 97,
//! modulo 97 (Monaco writes FR too, with a number that is no SIREN). A key with a letter has a check of its own, modulo 11.

use super::digits::{digits, number};
use super::siren;

/// The characters of keys: neither I nor O.
const KEYS: &str = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Whether this is a French VAT number, with or without FR before it.
pub(super) fn accepts(value: &str) -> bool {
    let value = value.strip_prefix("FR").unwrap_or(value);
    let (Some(key), Some(enterprise)) = (value.get(..2), value.get(2..)) else { return false };
    let Some(digits) = digits::<9>(enterprise) else { return false };
    // Monaco's numbers begin with 000 and are no SIREN.
    if !enterprise.starts_with("000") && !siren::accepts(enterprise) {
        return false;
    }
    let number = number(&digits);
    if let Ok(key) = key.parse::<u64>() {
        return (number * 100 + 12) % 97 == key;
    }
    let places: Option<Vec<u64>> = key.chars().map(|c| KEYS.find(c).map(|place| place as u64)).collect();
    let Some([first, second]) = places.as_deref() else { return false };
    let whole = if *first < 10 { first * 24 + second - 10 } else { first * 34 + second - 100 };
    (number + 1 + whole / 11) % 11 == whole % 11
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["FR40303265045", "FR44732829320", "FRK7399859412", "40303265045"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["FR45732829320", "FR84323140391", "FRIO334175221", "FR", "FR4073282932", "FRÉ732829320"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
