//! The Spanish social security number: province, eight digits (seven before 1960), and two check digits.
//!
//! Source: Seguridad Social. The check is province and number, read as one, modulo 97; a number below ten million stands without its leading zero.

use super::digits::{digits, number};

/// Whether this is a social security number: twelve digits.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<12>(value) else { return false };
    let (province, own, check) = (number(&digits[..2]), number(&digits[2..10]), number(&digits[10..]));
    let whole = if own < 10_000_000 { own + province * 10_000_000 } else { own + province * 100_000_000 };
    // 01 to 52 are provinces, 53 and 66 are offices of their own.
    matches!(province, 1..=53 | 66) && own > 0 && whole % 97 == check
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["281234567840", "080012345601"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["281234567841", "991234567840", "28123456784", "280000000000"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
