//! The Luhn check digit: from the right, every second digit doubled, the sum a multiple of ten.
//!
//! Source: ISO/IEC 7812-1, annex B. It catches every single wrong digit and most swaps of neighbours, and lets a tenth of all
//! random numbers pass: alone it proves nothing, a rule adds an issuer range, a grouping or a word beside it.

/// Whether the last digit fits the others. Only digits, at least two.
pub(super) fn accepts(value: &str) -> bool {
    if value.len() < 2 || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let sum: usize = value
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = usize::from(byte - b'0');
            match (place % 2, digit) {
                (0, digit) => digit,
                (_, 0..=4) => digit * 2,
                (_, digit) => digit * 2 - 9,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::accepts;

    #[test]
    fn registered_numbers_pass() {
        for number in
            ["732829320", "552100554", "130025265", "73282932000074", "13002526500013", "99700218896", "750712184"]
        {
            assert!(accepts(number), "{number}");
        }
    }

    #[test]
    fn one_wrong_digit_or_a_swap_fails() {
        for number in ["732829321", "552100545", "130025256", "73282932000079", "99700218897", "750712185"] {
            assert!(!accepts(number), "{number}");
        }
    }

    #[test]
    fn what_is_not_all_digits_fails() {
        for text in ["", "0", "7328 29320", "73282932O", "٧٣٢٨٢٩٣٢٠", "-18"] {
            assert!(!accepts(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_changed_digit_breaks_it(mut digits in prop::collection::vec(0u8..10, 2..20), place in any::<prop::sample::Index>(), by in 1u8..10) {
            let text = |digits: &[u8]| digits.iter().map(|digit| char::from(b'0' + digit)).collect::<String>();
            let last = digits.len() - 1;
            let check = (0..10).find(|check| { digits[last] = *check; accepts(&text(&digits)) });
            digits[last] = check.expect("one of ten check digits fits");
            let place = place.index(digits.len());
            digits[place] = (digits[place] + by) % 10;
            prop_assert!(!accepts(&text(&digits)));
        }
    }
}
