//! The Spanish identity number of a person: eight digits and a letter (DNI), or X, Y, Z, seven digits and a letter (NIE, for foreigners).
//!
//! Source: Real Decreto 1553/2005; Ministerio del Interior. The letter is the number modulo 23 in a list of letters; X, Y and Z count as 0, 1 and 2.

const LETTERS: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";

/// Whether this is a DNI or NIE.
pub(super) fn accepts(value: &str) -> bool {
    let Some((letter, number)) = value.as_bytes().split_last() else { return false };
    if number.len() != 8 {
        return false;
    }
    let first = match number[0] {
        byte @ b'X'..=b'Z' => u32::from(byte - b'X'),
        byte if byte.is_ascii_digit() => u32::from(byte - b'0'),
        _ => return false,
    };
    let rest = number[1..]
        .iter()
        .try_fold(first, |number, byte| byte.is_ascii_digit().then(|| (number * 10 + u32::from(byte - b'0')) % 23));
    rest.is_some_and(|rest| LETTERS[rest as usize % 23] == *letter)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["12345678Z", "54362315K", "00000000T", "X1234567L", "Y1234567X", "Z1234567R"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["12345678A", "54362315Z", "Y1234567L", "W1234567L", "1234567Z", "12345678z", "1234567é"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
