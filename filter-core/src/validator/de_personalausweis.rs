//! The number of a German identity card or passport: nine characters without vowels and a check digit, and D behind it on older ones.
//!
//! Source: Personalausweisverordnung; ICAO Doc 9303 for the check digit. The first letter says which kind of authority issued it.

use super::icao9303;

/// Letters of serial numbers: none that could spell a word.
pub(super) const LETTERS: &[u8] = b"CFGHJKLMNPRTVWXYZ";

/// Whether this is such a number with its check digit.
pub(super) fn accepts(value: &str) -> bool {
    let number = if value.len() == 11 { value.strip_suffix('D').unwrap_or(value) } else { value };
    let bytes = number.as_bytes();
    bytes.len() == 10
        && LETTERS.contains(&bytes[0])
        && bytes[1..9].iter().all(|byte| byte.is_ascii_digit() || LETTERS.contains(byte))
        && icao9303::accepts(number)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["T220001293", "LZ6311T475", "L01X00T471", "C01X00T478", "T220001293D"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["T220001294", "A220001293", "C01X00T470", "LZ6311T47", "1220001293", "T220001293X"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
