//! The number of a Belgian identity card: three digits, seven, and two check digits.
//!
//! Source: Service public fédéral Intérieur, carte d'identité électronique: the first ten digits modulo 97, 97 for 0.

use super::digits::{digits, number};

/// Whether this is such a number: twelve digits.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<12>(value) else { return false };
    let rest = number(&digits[..10]) % 97;
    digits[0] != 0 && number(&digits[10..]) == if rest == 0 { 97 } else { rest }
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["591012345677", "592123456732"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["591012345678", "59101234567", "000000000097"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
