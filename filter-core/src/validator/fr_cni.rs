//! The number of a French identity card of 1988 to 2021: year and month of issue, the issuing department, a serial. It has no check digit in print.
//!
//! Source: décret 55-1397 du 22 octobre 1955; ICAO Doc 9303 for the machine-readable line, where the check digit stands.

/// Whether this may be such a number: twelve characters, of which the department may have a letter.
pub(super) fn accepts(value: &str) -> bool {
    let Ok(bytes) = <[u8; 12]>::try_from(value.as_bytes()) else { return false };
    let number = |at: usize| u32::from(bytes[at].wrapping_sub(b'0')) * 10 + u32::from(bytes[at + 1].wrapping_sub(b'0'));
    // Corsica's departments are 2A and 2B; serials may have a letter where the digits did not suffice.
    let digits = |part: &[u8]| part.iter().filter(|byte| !byte.is_ascii_digit()).count();
    let letters = digits(&bytes[4..]);
    digits(&bytes[..4]) == 0
        && (1..=12).contains(&number(2))
        && matches!(number(0), 0..=21 | 88..)
        && letters <= 1
        && value.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn numbers_of_cards_pass() {
        for value in ["880692310285", "04022A300123", "170375200123", "040275D00123"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn months_and_years_without_cards_fail() {
        for value in ["881392310285", "500692310285", "8806AB31C285", "88069231028", "88069231028é"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
