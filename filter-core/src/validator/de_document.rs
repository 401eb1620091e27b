//! The number of a German identity card or passport as people write it: nine characters, with or without the check digit, and D behind it.
//!
//! Source: Personalausweisverordnung; Passverordnung. Without the check digit only the alphabet and the digits in it speak for it.

use super::de_personalausweis::{self, LETTERS};

/// Whether this may be such a number.
pub(super) fn accepts(value: &str) -> bool {
    let bytes = value.as_bytes();
    let nine = bytes.len() == 9
        && LETTERS.contains(&bytes[0])
        && bytes.iter().all(|byte| byte.is_ascii_digit() || LETTERS.contains(byte))
        && bytes.iter().filter(|byte| byte.is_ascii_digit()).count() >= 2;
    nine || de_personalausweis::accepts(value)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["T22000129", "C01X00T47", "T220001293", "T220001293D"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["T220001294", "A22000129", "CFGHJKLMN", "T2200012", "T22000129É"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
