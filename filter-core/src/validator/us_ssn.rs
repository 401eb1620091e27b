//! The American Social Security number. It has no check digit, only numbers that are never issued.
//!
//! Source: Social Security Administration, POMS RM 10201.035: no area 000, 666 or from 900 on, no group 00, no serial 0000; and three that were printed in advertisements.

use super::digits::{digits, number};

const PRINTED: [&str; 5] = ["078051120", "219099999", "457555462", "123456789", "111111111"];

/// Whether this may be a Social Security number: nine digits.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<9>(value) else { return false };
    let (area, group, serial) = (number(&digits[..3]), number(&digits[3..5]), number(&digits[5..]));
    !matches!(area, 0 | 666 | 900..) && group > 0 && serial > 0 && !PRINTED.contains(&value)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["536904399", "001010001"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in
            ["078051120", "219099999", "457555462", "666123456", "900123456", "123001234", "123450000", "53690439"]
        {
            assert!(!accepts(value), "{value}");
        }
    }
}
