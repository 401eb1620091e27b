//! The recovery phrase of a wallet: 12, 15, 18, 21 or 24 words, numbered or not.
//!
//! Source: Bitcoin Improvement Proposal 39. Its word list has 2,048 words of three to eight letters; a rule asks for them right behind « seed phrase: », so that
//! the list itself is not needed, nor the checksum, which a phrase with a typing mistake would fail.

/// Whether the words are as many as a phrase has, and not one and the same.
pub(super) fn accepts(value: &str) -> bool {
    let words: Vec<&str> = value.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
    let lengths = words.iter().all(|word| (3..=8).contains(&word.len()));
    lengths && matches!(words.len(), 12 | 15 | 18 | 21 | 24) && words.iter().any(|word| *word != words[0])
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in [
            "legal winner thank year wave sausage worth useful legal winner thank yellow",
            "1. legal 2. winner 3. thank 4. year 5. wave 6. sausage 7. worth 8. useful 9. legal 10. winner 11. thank 12. yellow",
        ] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in [
            "word word word word word word word word word word word word",
            "legal winner thank",
            "a legal winner thank year wave sausage worth useful legal winner thank",
            "",
        ] {
            assert!(!accepts(value), "{value}");
        }
    }
}
