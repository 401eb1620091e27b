//! The Luxembourg identification number (matricule): birthday, serial, and two check digits over the eleven before them.
//!
//! Source: loi du 19 juin 2013 relative à l'identification des personnes physiques; Centre des technologies de l'information de l'État. The
//! first check digit is Luhn's, the second Verhoeff's, both over the same eleven digits. Numbers of companies (a year and a legal form of 00 to 99
//! with eleven digits) have another form.

use super::date;
use super::digits::{digits, number};
use super::luhn;
use super::verhoeff;

/// Whether this is a matricule of a natural person: thirteen digits.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<13>(value) else { return false };
    let (year, month, day) =
        (digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3], &digits[4..6], &digits[6..8]);
    let part = |digits: &[u32]| digits[0] * 10 + digits[1];
    let mut second = digits;
    second[11] = digits[12];
    (1880..2100).contains(&year)
        && date::exists(year, part(month), part(day))
        && number(&digits[8..11]) > 0
        && value.get(..12).is_some_and(luhn::accepts)
        && verhoeff::holds(&second[..12])
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["1984031705683", "1991092221828", "1893120105732"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in
            ["1984031705684", "1984031705693", "1984133105683", "198403170568", "1984031705683é", "0000000000000"]
        {
            assert!(!accepts(value), "{value}");
        }
    }
}
