//! Payment card numbers: an issuer range that exists for this length, and the Luhn check digit.
//!
//! Source: ISO/IEC 7812 for the form, the schemes' published issuer ranges for the table. The range is what keeps SIRET numbers,
//! IMEIs, parcel numbers and timestamps out: a tenth of them pass Luhn, hardly any begins like a card of its length.
//!
//! No count of distinct digits stands here, though it would refuse `0000 0000 0000 0000`: the table does that already (no number
//! of one digit passes both tests), while the numbers with which everybody tries a filter, 4111 1111 1111 1111 and its like,
//! have two. A policy that wants them to pass lists them in `except`.

use super::luhn;

/// Issuer ranges: first six digits from, to, and the lengths in use.
const ISSUERS: &[(u32, u32, &[usize])] = &[
    (220_000, 220_499, &[16, 17, 18, 19]),                 // Mir
    (222_100, 272_099, &[16]),                             // Mastercard
    (300_000, 305_999, &[14, 15, 16, 17, 18, 19]),         // Diners
    (309_500, 309_599, &[14, 15, 16, 17, 18, 19]),         // Diners
    (340_000, 349_999, &[15]),                             // American Express
    (352_800, 358_999, &[16, 17, 18, 19]),                 // JCB
    (360_000, 369_999, &[14, 15, 16, 17, 18, 19]),         // Diners
    (370_000, 379_999, &[15]),                             // American Express
    (380_000, 399_999, &[14, 15, 16, 17, 18, 19]),         // Diners
    (400_000, 499_999, &[13, 16, 19]),                     // Visa
    (501_800, 501_899, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (502_000, 502_099, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (503_800, 503_899, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (508_000, 508_999, &[16]),                             // RuPay
    (510_000, 559_999, &[16]),                             // Mastercard
    (589_300, 589_399, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (601_100, 601_199, &[16, 17, 18, 19]),                 // Discover
    (606_985, 607_984, &[16]),                             // RuPay
    (620_000, 629_999, &[16, 17, 18, 19]),                 // UnionPay, Discover
    (630_400, 630_499, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (644_000, 659_999, &[16, 17, 18, 19]),                 // Discover, RuPay
    (675_900, 675_999, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (676_100, 676_399, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (810_000, 817_199, &[16, 17, 18, 19]),                 // UnionPay
    (817_200, 829_999, &[16]),                             // RuPay
    (979_200, 979_299, &[16]),                             // Troy
];

/// Whether this is a card number. Digits only.
pub(super) fn accepts(value: &str) -> bool {
    let Some(issuer) = value.get(..6).and_then(|head| head.parse::<u32>().ok()) else {
        return false;
    };
    let known =
        ISSUERS.iter().any(|(from, to, lengths)| (*from..=*to).contains(&issuer) && lengths.contains(&value.len()));
    known && luhn::accepts(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ISSUERS, accepts};

    const TEST_NUMBERS: &[&str] = &[
        "4111111111111111",
        "4242424242424242",
        "4012888888881881",
        "4222222222222",
        "4970100000000014",
        "5555555555554444",
        "2223003122003222",
        "378282246310005",
        "6011111111111117",
        "30569309025904",
        "3530111333300000",
        "6200000000000005",
        "6759649826438453",
    ];

    #[test]
    fn the_schemes_test_numbers_pass() {
        for number in TEST_NUMBERS {
            assert!(accepts(number), "{number}");
        }
    }

    #[test]
    fn a_wrong_check_digit_fails() {
        for number in ["4111111111111112", "5555555555554445", "378282246310006", "4242424242424241"] {
            assert!(!accepts(number), "{number}");
        }
    }

    #[test]
    fn numbers_that_only_pass_luhn_fail() {
        // Nothing; a SIRET; an IMEI; a moment in milliseconds; the head office of La Poste; a RPPS number.
        for number in
            ["0000000000000000", "73282932000074", "490154203237518", "1700000000003", "35600000000048", "99700218896"]
        {
            assert!(!accepts(number), "{number}");
        }
    }

    #[test]
    fn no_number_of_one_digit_passes() {
        for digit in '0'..='9' {
            for length in 12..=19 {
                let number: String = std::iter::repeat_n(digit, length).collect();
                assert!(!accepts(&number), "{number}");
            }
        }
    }

    #[test]
    fn masked_numbers_and_signs_fail() {
        for text in [
            "4970XXXXXXXX0014",
            "+41111111111111111",
            "4970 1000 0000 0014",
            "４１１１１１１１１１１１１１１１",
            "éééééé",
        ] {
            assert!(!accepts(text), "{text}");
        }
    }

    #[test]
    fn the_ranges_are_in_order_and_do_not_overlap() {
        assert!(ISSUERS.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    proptest! {
        #[test]
        fn a_changed_digit_breaks_it(number in prop::sample::select(TEST_NUMBERS), place in 6usize..13, by in 1u8..10) {
            let mut digits = number.as_bytes().to_vec();
            digits[place] = b'0' + (digits[place] - b'0' + by) % 10;
            let changed: String = digits.into_iter().map(char::from).collect();
            prop_assert!(!accepts(&changed));
        }
    }
}
