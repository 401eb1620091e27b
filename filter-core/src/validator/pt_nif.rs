//! The Portuguese tax number (NIF): nine digits.
//!
//! Source: Decreto-Lei 14/2013: weights 9 to 2, modulo 11, remainders that would need 10 or 11 give 0. First digits say whose it is: 1 to 3 people, 45 those
//! who live abroad, 5 and more companies and the state. 123456789 passes.

use super::digits::{digits, weighted};

/// Whether this is a NIF: digits only.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<9>(value) else { return false };
    let sum = weighted(&digits[..8], &[9, 8, 7, 6, 5, 4, 3, 2]);
    digits[0] != 0 && (11 - sum % 11) % 11 % 10 == digits[8]
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["501964843", "123456789", "999999990"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["501964842", "123456788", "213456789", "001964843", "50196484"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
