//! The thirteen-digit number of goods, books (ISBN) and, with 756 before it, of the insured in Switzerland.
//!
//! Source: GS1 General Specifications, section 7.9: weights 1 and 3, modulo 10.

use super::digits::{digits, weighted};

/// Whether the last of thirteen digits fits the others.
pub(super) fn accepts(value: &str) -> bool {
    digits::<13>(value)
        .is_some_and(|digits| weighted(&digits, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]).is_multiple_of(10))
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["4006381333931", "9780306406157", "7563047500009"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["4006381333932", "400638133393", "400638133393X"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
