//! How random a string looks: Shannon's entropy of its own characters, in bits each.
//!
//! Source: C. E. Shannon, « A Mathematical Theory of Communication », 1948. French and English words of 16 letters lie between
//! 2.8 and 3.6 bits, hexadecimal at 3.2 to 4, base64 above: the number alone does not tell words from tokens, so the validator
//! wants two classes of characters as well. For anything with a checksum use that instead.

/// Shorter strings have too few characters to count.
const SHORTEST: usize = 16;

/// Whether this looks drawn at random: long enough, 3 bits a character, digits with letters or capitals within small letters.
pub(super) fn accepts(value: &str) -> bool {
    value.chars().count() >= SHORTEST && bits(value) >= 3.0 && mixed(value)
}

/// Shannon's entropy in bits for each character; 0 for the empty string.
pub(super) fn bits(value: &str) -> f64 {
    let mut characters: Vec<char> = value.chars().collect();
    characters.sort_unstable();
    let length = characters.len() as f64;
    characters
        .chunk_by(|one, other| one == other)
        .map(|same| {
            let share = same.len() as f64 / length;
            -share * share.log2()
        })
        .sum()
}

/// How many different characters there are.
pub(super) fn distinct(value: &str) -> usize {
    let mut characters: Vec<char> = value.chars().collect();
    characters.sort_unstable();
    characters.dedup();
    characters.len()
}

/// Digits among letters, more than a counter with a prefix has (`s72594_4483_1934`), or capitals as no words have them.
fn mixed(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    (digits >= 1 && letters >= 4) || jumbled_case(value)
}

/// Whether capitals stand as at random: the case changes in nine of twenty places. `getUserNameFromToken` has eight.
pub(super) fn jumbled_case(value: &str) -> bool {
    let letters: Vec<bool> = value.chars().filter(|letter| letter.is_alphabetic()).map(char::is_uppercase).collect();
    let changes = letters.windows(2).filter(|pair| pair[0] != pair[1]).count();
    letters.len() >= 8 && changes * 20 >= letters.len() * 9
}

/// Whether this has the form of a digest: hexadecimal, of the length of MD5, SHA-1 or SHA-2.
pub(super) fn is_hexadecimal_digest(value: &str) -> bool {
    matches!(value.len(), 32 | 40 | 56 | 64 | 96 | 128) && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::{accepts, bits, distinct};

    #[test]
    fn tokens_of_every_alphabet_look_random() {
        for token in [
            "9fceb02d0ae598e95dc970b74767f193",
            "wJalrXUtnFEMI7MDENGbPxRfiCY",
            "qT8s+Zb/4mY1LrKx0dWc",
            "xKqTbZmYLrWcPvNs",
        ] {
            assert!(accepts(token), "{token}");
        }
    }

    #[test]
    fn words_and_fillers_do_not() {
        for text in [
            "anticonstitutionnellement",
            "getUserNameFromToken",
            "s72594_4483_1934_12_99_1",
            "AAAAAAAAAAAAAAAA1111",
            "0123456789012345",
            "x9K2",
            "",
        ] {
            assert!(!accepts(text), "{text}");
        }
    }

    #[test]
    fn bits_are_those_of_the_book() {
        assert_eq!(bits(""), 0.0);
        assert_eq!(bits("aaaa"), 0.0);
        assert_eq!(bits("abab"), 1.0);
        assert_eq!(bits("abcdefgh"), 3.0);
    }

    #[test]
    fn distinct_counts_characters_not_bytes() {
        assert_eq!(distinct("éèéè"), 2);
    }
}
