//! The number of a Portuguese citizen card: eight digits, a check digit, two characters of version, and a check digit over all.
//!
//! Source: Agência para a Modernização Administrativa, « validação de número de documento do Cartão de Cidadão »: every second character from the right doubled as in Luhn, A as 10.

/// Whether this is the number of a citizen card: `DDDDDDDDDXXD`.
pub(super) fn accepts(value: &str) -> bool {
    let Ok(bytes) = <[u8; 12]>::try_from(value.as_bytes()) else { return false };
    let sum = bytes.iter().enumerate().try_fold(0, |sum, (at, byte)| {
        let digit = match byte {
            b'0'..=b'9' => u32::from(byte - b'0'),
            b'A'..=b'Z' if at == 9 || at == 10 => u32::from(byte - b'A') + 10,
            _ => return None,
        };
        let doubled = if at % 2 == 0 { digit * 2 } else { digit };
        Some(sum + if at % 2 == 0 && doubled > 9 { doubled - 9 } else { doubled })
    });
    sum.is_some_and(|sum| sum.is_multiple_of(10))
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["000000000ZZ4", "679652703ZX9"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["000000000ZZ5", "00000000AZZ4", "000000000ZZ"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
