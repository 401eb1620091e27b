//! MOD 97-10: the number leaves 1 when divided by 97. Letters count as two digits, A = 10 to Z = 35.
//!
//! Source: ISO/IEC 7064. Catches every single error and every swap of neighbours in digits. Used as it stands by some national
//! numbers, and by IBAN after its first four characters were moved to the end.

/// Whether digits and capitals, at least four of them, leave 1.
pub(super) fn accepts(value: &str) -> bool {
    value.len() >= 4 && remainder(value.bytes()) == Some(1)
}

/// What digits and capitals leave when divided by 97; `None` where there is anything else.
pub(super) fn remainder(characters: impl Iterator<Item = u8>) -> Option<u32> {
    characters.into_iter().try_fold(0, |rest, byte| match byte {
        b'0'..=b'9' => Some((rest * 10 + u32::from(byte - b'0')) % 97),
        b'A'..=b'Z' => Some((rest * 100 + u32::from(byte - b'A') + 10) % 97),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::accepts;

    #[test]
    fn a_rearranged_iban_passes() {
        assert!(accepts("370400440532013000DE89"));
        assert!(!accepts("370400440532013001DE89"));
    }

    #[test]
    fn other_characters_fail() {
        for text in ["", "1", "98", "0001é", "370400440532013000de89", "3704 0044"] {
            assert!(!accepts(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_changed_digit_breaks_it(number in 1_000u64..1_000_000_000_000, place in 0u32..4, by in 1u64..10) {
            // Bring the number to the remainder 1, then turn one of its digits.
            let number = number * 97 + 1;
            let unit = 10u64.pow(place);
            let digit = number / unit % 10;
            let changed = number - digit * unit + (digit + by) % 10 * unit;
            prop_assert!(accepts(&number.to_string()));
            prop_assert!(!accepts(&changed.to_string()));
        }
    }
}
