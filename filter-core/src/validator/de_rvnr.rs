//! The German pension insurance number (Versicherungsnummer): area, birthday, the first letter of the name at birth, serial, check digit.
//!
//! Source: Sozialgesetzbuch VI, section 147, and the Versicherungsnummern-Verordnung. The letter counts as its two-digit place in the alphabet; weights 2 1 2 5 7 1 2 1
//! 2 1 2 1, digit sums, modulo 10.

use super::digits::{cross_sum, digits};

const WEIGHTS: [u32; 12] = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];

/// Whether this is a pension insurance number: `DDDDDDDDADDD`.
pub(super) fn accepts(value: &str) -> bool {
    let (Some(head), Some(letter), Some(tail)) = (value.get(..8), value.as_bytes().get(8), value.get(9..)) else {
        return false;
    };
    let (Some(head), Some(tail)) = (digits::<8>(head), digits::<3>(tail)) else { return false };
    if !letter.is_ascii_uppercase() {
        return false;
    }
    let place = u32::from(letter - b'A') + 1;
    let mut all = [0; 12];
    all[..8].copy_from_slice(&head);
    all[8..].copy_from_slice(&[place / 10, place % 10, tail[0], tail[1]]);
    let sum: u32 = all.iter().zip(WEIGHTS).map(|(digit, weight)| cross_sum(digit * weight)).sum();
    // Days from 32 on are of people whose birthday has run out of serials.
    let day = head[2] * 10 + head[3];
    let month = head[4] * 10 + head[5];
    let area = head[0] * 10 + head[1];
    area > 0 && (1..=12).contains(&month) && (1..=62).contains(&day) && sum % 10 == tail[2]
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["65180539W001", "15070649C103", "65170839J003"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["65180539W002", "15070649C130", "00180539W001", "65181339W001", "6518053900011", "65180539É01"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
