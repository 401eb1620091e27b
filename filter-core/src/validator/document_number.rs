//! The look of a document number: letters and digits mixed, two digits or more, so that no word of capitals is taken for one.
//!
//! Source: this project. Numbers of identity cards of the last years are drawn at random from letters and digits and have no check digit in print.

/// Whether letters and at least two digits stand in it and nothing else.
pub(super) fn accepts(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    digits >= 2 && letters >= 1 && digits + letters == value.len()
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn letters_and_digits_pass_and_words_fail() {
        assert!(accepts("X4RTBPFW4") && accepts("D2H6862M2"));
        for value in ["DOCUMENTS", "DOCUMENT1", "123456789", "X4RTBPFÉ4", "X4 TBPFW4", ""] {
            assert!(!accepts(value), "{value}");
        }
    }
}
