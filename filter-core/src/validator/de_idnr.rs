//! The German tax identification number of a person (Steuer-IdNr.): eleven digits.
//!
//! Source: Bundeszentralamt für Steuern. Among the first ten digits one stands twice or three times and the others at most once (three of a kind not in a row);
//! the last is the check digit of ISO/IEC 7064, MOD 11,10. 12345678911 passes.

use super::digits::{digits, mod_11_10};

/// Whether this is a Steuer-IdNr.: digits only.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<11>(value) else { return false };
    let body = &digits[..10];
    let mut counts = [0; 10];
    for digit in body {
        counts[*digit as usize] += 1;
    }
    let repeated: Vec<u32> = counts.into_iter().filter(|count| *count > 1).collect();
    let three_in_a_row = body.windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
    digits[0] != 0 && matches!(repeated[..], [2 | 3]) && !three_in_a_row && mod_11_10(&digits)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["36574261809", "86095742719", "65929970489", "47036892816", "12345678911"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["36574261890", "36554266806", "86095742718", "06095742719", "3657426180", "3657426180é"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
