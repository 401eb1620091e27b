//! Digits as numbers, and the sums that most check digits are made of.
//!
//! Must not know any identifier.

/// The digits of a value that has just so many and nothing else.
pub(super) fn digits<const N: usize>(value: &str) -> Option<[u32; N]> {
    let bytes: [u8; N] = value.as_bytes().try_into().ok()?;
    bytes.iter().all(u8::is_ascii_digit).then(|| bytes.map(|byte| u32::from(byte - b'0')))
}

/// Each digit times its weight, added up. The shorter of the two ends it.
pub(super) fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// Digits read as one number, as long as it fits.
pub(super) fn number(digits: &[u32]) -> u64 {
    digits.iter().fold(0, |number, digit| number * 10 + u64::from(*digit))
}

/// The digit sum of a number below a hundred.
pub(super) fn cross_sum(number: u32) -> u32 {
    number / 10 + number % 10
}

/// ISO/IEC 7064, MOD 11,10: whether the last digit fits the others.
pub(super) fn mod_11_10(digits: &[u32]) -> bool {
    let Some((check, body)) = digits.split_last() else { return false };
    let product = body.iter().fold(10, |product, digit| {
        let sum = (digit + product) % 10;
        if sum == 0 { 9 } else { sum * 2 % 11 }
    });
    (11 - product) % 10 == *check
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_number_of_ascii_digits_is_read() {
        assert_eq!(digits("123"), Some([1, 2, 3]));
        for text in ["12", "1234", "12é", "١٢٣", "+12", ""] {
            assert_eq!(digits::<3>(text), None, "{text}");
        }
    }

    #[test]
    fn mod_11_10_knows_the_example_of_the_standard() {
        assert!(mod_11_10(&[0, 7, 9, 4, 5]));
        assert!(!mod_11_10(&[0, 7, 9, 4, 6]));
    }
}
