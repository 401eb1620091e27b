//! The check digits of passports and identity cards (ICAO 9303): weights 7, 3, 1, digits as they are, A as 10, fillers as 0, modulo 10.
//!
//! Source: ICAO Doc 9303, part 3, section 4.9.

/// Whether the last character is the check digit of those before it.
pub(super) fn fits(field: &[u8], check: u8) -> bool {
    sum(field) == Some(u32::from(check.wrapping_sub(b'0')))
}

/// The check digit of a field; `None` where it has other characters than digits, capitals and `<`.
fn sum(field: &[u8]) -> Option<u32> {
    let weights = [7, 3, 1].into_iter().cycle();
    let sum = field.iter().zip(weights).try_fold(0, |sum, (byte, weight)| {
        let value = match byte {
            b'0'..=b'9' => u32::from(byte - b'0'),
            b'A'..=b'Z' => u32::from(byte - b'A') + 10,
            b'<' => 0,
            _ => return None,
        };
        Some(sum + value * weight)
    });
    sum.map(|sum| sum % 10)
}

/// Whether this is a document number of nine characters and its check digit.
pub(super) fn accepts(value: &str) -> bool {
    let Some((check, number)) = value.as_bytes().split_last() else { return false };
    number.len() == 9 && number.iter().any(u8::is_ascii_digit) && fits(number, *check)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["T220001293", "LZ6311T475", "L01X00T471", "C01X00T478", "X4RTBPFW46", "L898902C36"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["T220001294", "C01X00T470", "LZ6311T470", "ABCDEFGHI0", "T22000129", "t220001293", "T22000129É"]
        {
            assert!(!accepts(value), "{value}");
        }
    }
}
