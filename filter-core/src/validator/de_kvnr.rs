//! The lifelong part of a German health insurance number: a letter and nine digits, the last of them a check.
//!
//! Source: Sozialgesetzbuch V, section 290; GKV-Spitzenverband, Prüfziffernberechnung der Krankenversichertennummer: the letter as two digits, weights 1 and 2, digit sums, modulo 10.

use super::digits::{cross_sum, digits};

/// Whether this is such a number.
pub(super) fn accepts(value: &str) -> bool {
    let (Some(letter), Some(rest)) = (value.as_bytes().first(), value.get(1..)) else { return false };
    let Some(digits) = digits::<9>(rest) else { return false };
    if !letter.is_ascii_uppercase() {
        return false;
    }
    let place = u32::from(letter - b'A') + 1;
    let body = [place / 10, place % 10].into_iter().chain(digits[..8].iter().copied());
    let sum: u32 = body.zip([1, 2].into_iter().cycle()).map(|(digit, weight)| cross_sum(digit * weight)).sum();
    sum % 10 == digits[8]
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["A123456780", "X110411675"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["A123456781", "A12345678", "É23456780", "a123456780", "1123456780"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
