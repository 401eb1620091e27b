//! The Italian tax code of a person: letters of surname and name, year, month letter, day (40 more for women), place, check letter.
//!
//! Source: Ministero delle Finanze, decreto 23 dicembre 1976. Characters in odd places count by a table, those in even places by their value; the sum modulo 26 is the check letter. Where two people would have the same code, digits
//! are replaced by letters (« omocodia »).

use super::date;

/// What a character in an odd place counts, by its value.
const ODD: [u32; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/// Letters that stand for the digits 0 to 9.
const OMOCODIA: &[u8] = b"LMNPQRSTUV";
const MONTHS: &[u8] = b"ABCDEHLMPRST";

/// Whether this is a tax code of sixteen characters.
pub(super) fn accepts(value: &str) -> bool {
    let Ok(code) = <[u8; 16]>::try_from(value.as_bytes()) else { return false };
    if !code.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
        return false;
    }
    let digit = |place: usize| match code[place] {
        byte @ b'0'..=b'9' => Some(u32::from(byte - b'0')),
        byte => OMOCODIA.iter().position(|letter| *letter == byte).and_then(|place| u32::try_from(place).ok()),
    };
    let letters = code[..6].iter().chain([&code[11], &code[15]]).all(u8::is_ascii_uppercase);
    let numbers = [6, 7, 9, 10, 12, 13, 14].into_iter().all(|place| digit(place).is_some());
    let Some(month) = MONTHS.iter().position(|letter| *letter == code[8]).and_then(|at| u32::try_from(at + 1).ok())
    else {
        return false;
    };
    let two = |at: usize| digit(at).zip(digit(at + 1)).map_or(0, |(tens, units)| tens * 10 + units);
    let (year, day) = (two(6), two(9) % 40);
    letters && numbers && date::exists_in_some_century(year, month, day) && check(&code) == code[15]
}

fn check(code: &[u8; 16]) -> u8 {
    let value = |byte: u8| if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' };
    let sum: u32 = code[..15]
        .iter()
        .enumerate()
        // The first place is odd.
        .map(|(at, byte)| if at % 2 == 0 { ODD[usize::from(value(*byte))] } else { u32::from(value(*byte)) })
        .sum();
    b'A' + u8::try_from(sum % 26).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn known_numbers_pass() {
        for value in ["RCCMNL83S18D969H", "RSSMRA85T10A562S", "MRTMTT91D08F205J", "CNTCHR83T41D969D"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_numbers_and_other_text_fail() {
        for value in [
            "RCCMNL83S18D969A",
            "RSSMRA85T10A562T",
            "MRTMTT91D08F205K",
            "RCCMNL83S00D969H",
            "RCCMNL83S1BD969H",
            "RCCMNL83S18D96",
            "RCCMNL83S18D96É",
        ] {
            assert!(!accepts(value), "{value}");
        }
    }
}
