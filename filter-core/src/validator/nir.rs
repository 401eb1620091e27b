//! The French social security number (NIR) with its key: sex, year, month, place, order, key.
//!
//! Source: INSEE's description of the répertoire national d'identification, and the Assurance maladie's own validator. The key is
//! 97 less the remainder of the thirteen characters by 97; before the division the Corsican departments 2A and 2B become 19 and 18.
//! Months run from 01 to 12, and from 20 to 99 where civil status is incomplete.
//!
//! Provisional numbers have the same key: 3 and 4 stand for people whose civil status is being checked (NIA), 5 and 6 for
//! migrants (MIG: then sex, year and a serial), 7 and 8 for those who wait for a number (NNP: sex or 0). They are asked for by name only.

/// Whether this is a NIR with its key: fifteen characters.
pub(super) fn accepts(value: &str) -> bool {
    let key = value.get(13..).filter(|key| key.len() == 2 && key.bytes().all(|byte| byte.is_ascii_digit()));
    let key = key.and_then(|key| key.parse::<u64>().ok());
    value.get(..13).and_then(number).zip(key).is_some_and(|(number, key)| key == 97 - number % 97)
}

/// Whether this is a provisional number with its key: fifteen characters.
pub(super) fn accepts_provisional(value: &str) -> bool {
    let (Some(kind), Some(sex)) = (value.get(..1), value.get(1..2)) else { return false };
    let key = value.get(13..).filter(|key| key.len() == 2).and_then(|key| key.parse::<u64>().ok());
    let digits =
        |body: &str| body.bytes().all(|byte| byte.is_ascii_digit()).then(|| body.parse::<u64>().ok()).flatten();
    let number = value.get(..13).and_then(|body| match kind {
        "3" | "4" => {
            // As a NIR of the same sex, from which it differs by its first digit.
            let as_nir = if kind == "3" { "1" } else { "2" };
            let difference = 2 * 10_u64.pow(12);
            number(&format!("{as_nir}{}", &body[1..])).map(|number| number + difference)
        }
        "5" | "6" if matches!(sex, "1" | "2") => digits(body),
        "7" | "8" if matches!(sex, "0" | "1" | "2") => digits(body),
        _ => None,
    });
    number.zip(key).is_some_and(|(number, key)| key == 97 - number % 97)
}

/// Whether this is a NIR without its key: thirteen characters.
pub(super) fn accepts_without_key(value: &str) -> bool {
    number(value).is_some()
}

/// The thirteen characters as a number, where sex, month, department, commune and order are such as are issued.
fn number(value: &str) -> Option<u64> {
    let bytes: &[u8; 13] = value.as_bytes().try_into().ok()?;
    let digits = |from: usize, to: usize| {
        bytes[from..to]
            .iter()
            .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0')))
    };
    let place = match &bytes[5..7] {
        b"2A" => 19,
        b"2B" => 18,
        _ => digits(5, 7)?,
    };
    let (head, month, commune, order) = (digits(0, 5)?, digits(3, 5)?, digits(7, 10)?, digits(10, 13)?);
    let issued =
        matches!(bytes[0], b'1' | b'2') && matches!(month, 1..=12 | 20..) && place > 0 && commune > 0 && order > 0;
    issued.then_some(((head * 100 + place) * 1_000 + commune) * 1_000 + order)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{accepts, accepts_provisional};

    #[test]
    fn provisional_numbers_have_the_same_key() {
        for body in ["3550814168025", "4840520321025", "5191234567890", "7021234567890"] {
            let key = 97 - body.parse::<u64>().expect("digits") % 97;
            assert!(accepts_provisional(&format!("{body}{key:02}")), "{body}");
            assert!(!accepts_provisional(&format!("{body}{:02}", key % 97 + 1)), "{body}");
        }
        for value in ["255081416802538", "593123456789012", "3550814168025é", "", "é"] {
            assert!(!accepts_provisional(value), "{value}");
        }
    }

    const VALID: &[&str] = &[
        "255081416802538",
        "269054958815780",
        "295109912611193",
        "151024610204325",
        "253072A07300443",
        "253072B07300470",
        "284052A32102552",
        "284202B32102528",
        "185057800608491",
    ];

    #[test]
    fn published_examples_pass() {
        for nir in VALID {
            assert!(accepts(nir), "{nir}");
        }
    }

    #[test]
    fn a_wrong_key_fails_even_where_the_web_repeats_it() {
        for nir in ["255081416802539", "253072A07300470", "185057800608436", "255081416802500"] {
            assert!(!accepts(nir), "{nir}");
        }
    }

    #[test]
    fn months_without_meaning_and_provisional_numbers_fail() {
        for (sex, month) in [('1', "00"), ('1', "13"), ('1', "19"), ('3', "05"), ('7', "05"), ('0', "05")] {
            for key in 1..=97 {
                let nir = format!("{sex}85{month}78006084{key:02}");
                assert!(!accepts(&nir), "{nir}");
            }
        }
    }

    #[test]
    fn thirteen_characters_signs_and_accents_fail() {
        for text in [
            "2550814168025",
            "2 55 08 14 168 025 38",
            "+55081416802538",
            "2550814168é2538",
            "253072a07300443",
            "253072C07300443",
        ] {
            assert!(!accepts(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_changed_digit_breaks_it(nir in prop::sample::select(VALID), place in 0usize..15, by in 1u8..10) {
            let mut bytes = nir.as_bytes().to_vec();
            prop_assume!(bytes[place].is_ascii_digit());
            bytes[place] = b'0' + (bytes[place] - b'0' + by) % 10;
            let changed: String = bytes.into_iter().map(char::from).collect();
            prop_assert!(!accepts(&changed));
        }
    }
}
