//! The Belgian national number (rijksregisternummer, numéro de registre national): birthday, serial, two check digits.
//!
//! Source: arrêté royal du 3 avril 1984; Registre national. The check is 97 less the nine digits modulo 97, for those born from 2000 on with a 2 before the nine. Days and months may be 00 where they are not known;
//! 20 or 40 added to the month makes it a number for people who are not registered (« bis »).

use super::date;
use super::digits::{digits, number};

/// Whether this is a national or bis number: eleven digits.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<11>(value) else { return false };
    let (body, check) = (number(&digits[..9]), number(&digits[9..]));
    let (month, day) = (digits[2] * 10 + digits[3], digits[4] * 10 + digits[5]);
    let month = match month {
        0..=12 => month,
        20..=32 => month - 20,
        40..=52 => month - 40,
        _ => return false,
    };
    let serial = number(&digits[6..9]);
    let dated =
        month == 0 || (day == 0 && month <= 12) || date::exists_in_some_century(digits[0] * 10 + digits[1], month, day);
    let fits = |body: u64| 97 - body % 97 == check;
    dated && day <= 31 && (1..=998).contains(&serial) && (fits(body) || fits(2_000_000_000 + body))
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["85073003328", "17073003384", "93051822361"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in ["85073003329", "93051822362", "12345678901", "85133003328", "8507300332", "00000000097"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
