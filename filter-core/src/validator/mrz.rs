//! The machine-readable lines of passports (2 lines of 44), visas and older identity cards (2 of 36) and identity cards (3 of 30).
//!
//! Source: ICAO Doc 9303, parts 4 to 6. A line with dates has three check digits of its own: number, birthday and expiry in passports, birthday and expiry on
//! cards. They are what is asked for; a line that was retyped may have lost fillers at its end, and the one above it may be missing.
//! The French identity card of before 2021 has two lines of 36 of its own: the card's number, names and birthday stand in the second.
//! A lone first line of a passport has no check digit: it passes by its form, P, a country and « << » between the names.

use super::{date, icao9303};

/// Whether one of the lines is the machine-readable line of a document. Lines may be parted by any white space and be in small letters.
pub(super) fn accepts(value: &str) -> bool {
    value.split_whitespace().any(|line| {
        let line = line.to_ascii_uppercase();
        let line = line.as_bytes();
        passport(line) || card(line) || card_number(line) || french_card(line) || names(line)
    })
}

/// A field of a line, and the check digit behind it.
fn checked(line: &[u8], from: usize, to: usize) -> bool {
    line.get(from..to).zip(line.get(to)).is_some_and(|(field, check)| icao9303::fits(field, *check))
}

/// Six digits that are a day, and the check digit behind them.
fn dated(line: &[u8], from: usize) -> bool {
    let Some(digits) = line.get(from..from + 6) else { return false };
    let number =
        |at: usize| u32::from(digits[at].wrapping_sub(b'0')) * 10 + u32::from(digits[at + 1].wrapping_sub(b'0'));
    digits.iter().all(u8::is_ascii_digit)
        && date::exists_in_some_century(number(0), number(2), number(4))
        && checked(line, from, from + 6)
}

fn sex(line: &[u8], at: usize) -> bool {
    matches!(line.get(at), Some(b'M' | b'F' | b'X' | b'<'))
}

fn country(line: &[u8], from: usize) -> bool {
    line.get(from..from + 3).is_some_and(|code| {
        code[0].is_ascii_uppercase() && code.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'<')
    })
}

/// `L898902C36UTO7408122F1204159ZE184226B<<<<<10`: the second line of passports, visas and cards of two lines.
fn passport(line: &[u8]) -> bool {
    checked(line, 0, 9) && country(line, 10) && dated(line, 13) && sex(line, 20) && dated(line, 21)
}

/// `7408122F1204159UTO<<<<<<<<<<<6`: the second line of a card of three lines.
fn card(line: &[u8]) -> bool {
    dated(line, 0) && sex(line, 7) && dated(line, 8) && country(line, 15)
}

/// `I<UTOD231458907<<<<<<<<<<<<<<<`: its first line.
fn card_number(line: &[u8]) -> bool {
    line.len() == 30
        && matches!(line[0], b'I' | b'A' | b'C')
        && country(line, 2)
        && checked(line, 5, 14)
        && line[5..14].iter().filter(|byte| byte.is_ascii_digit()).count() >= 2
        && line.ends_with(b"<")
}

/// `8806923102858CORINNE<<<<<<<6512068F6`: number with its check digit, first names, birthday, sex.
fn french_card(line: &[u8]) -> bool {
    line.len() == 36
        && line[..12].iter().all(u8::is_ascii_digit)
        && checked(line, 0, 12)
        && line[13..27].iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'<')
        && dated(line, 27)
        && sex(line, 34)
}

/// `P<UTOERIKSSON<<ANNA<MARIA<<<<…`: 44 characters, or 36 on cards of two lines; fillers at the end may be missing or too many.
fn names(line: &[u8]) -> bool {
    let passport = line.len() >= 35 && line[0] == b'P';
    let card = (33..=38).contains(&line.len()) && line.starts_with(b"IDFRA");
    let letters = |part: &[u8]| !part.is_empty() && part.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'<');
    let Some(rest) = line.get(5..) else { return false };
    // Behind the names of a French card stands the office that issued it.
    let rest = if card { &rest[..25] } else { rest };
    let gap = rest.windows(2).position(|pair| pair == b"<<");
    (passport || card)
        && country(line, 2)
        && letters(rest)
        && gap.is_some_and(|gap| gap > 0)
        && line.iter().filter(|byte| **byte == b'<').count() >= 3
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn the_lines_of_the_standard_pass_whole_and_alone() {
        for value in [
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
            "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
            "l898902c36uto7408122f1204159ze184226b<<<<<10",
            "L898902C36UTO7408122F1204159ZE184226B",
            "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
            "7408122F1204159UTO<<<<<<<<<<<6",
            "I<UTOD231458907<<<<<<<<<<<<<<<",
            "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
            "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<\n8806923102858CORINNE<<<<<<<6512068F6",
            "8806923102858CORINNE<<<<<<<6512068F6",
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        ] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn a_wrong_check_digit_or_no_document_at_all_fails() {
        for value in [
            "L898902C37UTO7408122F1204159ZE184226B<<<<<10",
            "L898902C36UTO7408123F1204159ZE184226B<<<<<10",
            "7408122F1204158UTO<<<<<<<<<<<6",
            "7413122F1204159UTO<<<<<<<<<<<6",
            "8806923102850CORINNE<<<<<<<6512068F6",
            "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
            "I<UTOD231458908<<<<<<<<<<<<<<<",
            "PRINT<<ENDL",
            "É<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "P<UTO",
        ] {
            assert!(!accepts(value), "{value}");
        }
    }
}
