//! The number of a vehicle (VIN): seventeen digits and capitals without I, O and Q.
//!
//! Source: ISO 3779; Code of Federal Regulations, title 49, part 565 for the check digit in the ninth place, which vehicles for North America and China have and European ones need not.

const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/// Whether the check digit in the ninth place fits.
pub(super) fn accepts(value: &str) -> bool {
    let Ok(bytes) = <[u8; 17]>::try_from(value.as_bytes()) else { return false };
    let sum = bytes.iter().zip(WEIGHTS).try_fold(0, |sum, (byte, weight)| {
        let value = match byte {
            b'0'..=b'9' => byte - b'0',
            b'A'..=b'H' => byte - b'A' + 1,
            b'J'..=b'N' => byte - b'J' + 1,
            b'P' => 7,
            b'R' => 9,
            b'S'..=b'Z' => byte - b'S' + 2,
            _ => return None,
        };
        Some(sum + u32::from(value) * weight)
    });
    let check = match bytes[8] {
        b'X' => 10,
        byte => u32::from(byte.wrapping_sub(b'0')),
    };
    let mixed = bytes.iter().any(u8::is_ascii_uppercase) && bytes[13..].iter().all(u8::is_ascii_digit);
    mixed && sum.is_some_and(|sum| sum % 11 == check)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["1HGCM82633A004352", "1M8GDM9AXKP042788"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["1HGCM82633A004353", "11111111111111111", "1M8GDM9AXKP04278", "1M8GDM9AXKPO42788"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
