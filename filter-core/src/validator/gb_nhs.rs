//! The NHS number of England, Wales and the Isle of Man: ten digits, the last a check digit modulo 11.
//!
//! Source: NHS Data Model and Dictionary. Weights 10 to 2; a remainder that would need the check digit 10 is never issued. A tenth of all ten-digit
//! numbers pass, telephone numbers too.

use super::digits::{digits, weighted};

/// Whether this is an NHS number: digits only.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<10>(value) else { return false };
    let sum = weighted(&digits[..9], &[10, 9, 8, 7, 6, 5, 4, 3, 2]);
    // One digit ten times over passes now and then, and is what people type into a form.
    (11 - sum % 11) % 11 == digits[9] && digits.iter().any(|digit| *digit != digits[0])
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["9434765919", "4010232137", "9000000009", "9876543210"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["9434765918", "1234567890", "9876543211", "943476591", "0000000000"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
