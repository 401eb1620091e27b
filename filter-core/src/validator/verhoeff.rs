//! The Verhoeff check digit: it catches every single wrong digit and every swap of neighbours.
//!
//! Source: J. Verhoeff, Error Detecting Decimal Codes, 1969. Digits are multiplied in the dihedral group of order ten, each one permuted by its
//! place from the right.

/// The permutation that is applied once more for each place.
const PERMUTATION: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/// The product of two elements of the group: 0 to 4 are turns, 5 to 9 are reflections.
fn product(a: u32, b: u32) -> u32 {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    }
}

/// Whether the last digit fits the others. Digits below ten.
pub(super) fn holds(digits: &[u32]) -> bool {
    let check = digits.iter().rev().enumerate().fold(0, |check, (place, digit)| {
        let digit = (0..place % 8).fold(*digit, |digit, _| PERMUTATION[digit as usize % 10]);
        product(check, digit)
    });
    check == 0
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn known_numbers_hold() {
        assert!(holds(&[2, 3, 6, 3]));
        assert!(holds(&[1, 2, 3, 4, 5, 1]));
    }

    #[test]
    fn a_swap_of_neighbours_does_not() {
        assert!(!holds(&[3, 2, 6, 3]));
        assert!(!holds(&[1, 2, 4, 3, 5, 1]));
    }
}
