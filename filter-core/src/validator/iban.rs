//! International bank account numbers.
//!
//! Source: ISO 13616 and the SWIFT IBAN registry, release 101, for each country's form. Form and mod 97 leave about one random string of a country's
//! length in a hundred; what three countries say of their accounts themselves is added where it is cheap and we meet it daily:
//! a French or Monegasque account that is all digits always begins with FR76 or MC58, because the national key (« clé RIB »)
//! has already made the rest a multiple of 97; Belgian accounts end with a check of their own, Spanish ones have two digits in their middle.
//!
//! The French overseas territories write FR.

use super::digits::{digits, number, weighted};
use super::mod97;

/// Countries, and the form of what stands behind country and check digits: n a digit, a capital letter a, c either.
const FORMS: &[(&str, &str)] = &[
    ("AD", "8n12c"),
    ("AE", "19n"),
    ("AL", "8n16c"),
    ("AT", "16n"),
    ("AZ", "4a20c"),
    ("BA", "16n"),
    ("BE", "12n"),
    ("BG", "4a6n8c"),
    ("BH", "4a14c"),
    ("BI", "23n"),
    ("BR", "23n1a1c"),
    ("BY", "4c4n16c"),
    ("CH", "5n12c"),
    ("CR", "18n"),
    ("CY", "8n16c"),
    ("CZ", "20n"),
    ("DE", "18n"),
    ("DJ", "23n"),
    ("DK", "14n"),
    ("DO", "4c20n"),
    ("EE", "16n"),
    ("EG", "25n"),
    ("ES", "20n"),
    ("FI", "14n"),
    ("FK", "2a12n"),
    ("FO", "14n"),
    ("FR", "10n11c2n"),
    ("GB", "4a14n"),
    ("GE", "2a16n"),
    ("GI", "4a15c"),
    ("GL", "14n"),
    ("GR", "7n16c"),
    ("GT", "24c"),
    ("HN", "4a20n"),
    ("HR", "17n"),
    ("HU", "24n"),
    ("IE", "4a14n"),
    ("IL", "19n"),
    ("IQ", "4a15n"),
    ("IS", "22n"),
    ("IT", "1a10n12c"),
    ("JO", "4a4n18c"),
    ("KW", "4a22c"),
    ("KZ", "3n13c"),
    ("LB", "4n20c"),
    ("LC", "4a24c"),
    ("LI", "5n12c"),
    ("LT", "16n"),
    ("LU", "3n13c"),
    ("LV", "4a13c"),
    ("LY", "21n"),
    ("MC", "10n11c2n"),
    ("MD", "20c"),
    ("ME", "18n"),
    ("MK", "3n10c2n"),
    ("MN", "16n"),
    ("MR", "23n"),
    ("MT", "4a5n18c"),
    ("MU", "4a19n3a"),
    ("NI", "4a20n"),
    ("NL", "4a10n"),
    ("NO", "11n"),
    ("OM", "3n16c"),
    ("PK", "4a16c"),
    ("PL", "24n"),
    ("PS", "4a21c"),
    ("PT", "21n"),
    ("QA", "4a21c"),
    ("RO", "4a16c"),
    ("RS", "18n"),
    ("RU", "14n15c"),
    ("SA", "2n18c"),
    ("SC", "4a20n3a"),
    ("SD", "14n"),
    ("SE", "20n"),
    ("SI", "15n"),
    ("SK", "20n"),
    ("SM", "1a10n12c"),
    ("SO", "19n"),
    ("ST", "21n"),
    ("SV", "4a20n"),
    ("TL", "19n"),
    ("TN", "20n"),
    ("TR", "6n16c"),
    ("UA", "6n19c"),
    ("VA", "18n"),
    ("VG", "4a16n"),
    ("XK", "16n"),
    ("YE", "4a4n18c"),
];

/// Whether this is an IBAN. Digits and capitals only.
pub(super) fn accepts(value: &str) -> bool {
    let (Some(country), Some(check), Some(account)) = (value.get(..2), value.get(2..4), value.get(4..)) else {
        return false;
    };
    let form = FORMS.iter().find(|(known, _)| *known == country);
    // 00, 01 and 99 leave the right remainder for some accounts and are never issued.
    let check_in_use = check.parse::<u8>().is_ok_and(|check| (2..=98).contains(&check));
    form.is_some_and(|(_, form)| has_form(account.as_bytes(), form))
        && check_in_use
        && national_check(country, check, account)
        && mod97::remainder(account.bytes().chain(country.bytes()).chain(check.bytes())) == Some(1)
}

/// `10n11c2n`: ten digits, eleven digits or letters, two digits.
fn has_form(account: &[u8], form: &str) -> bool {
    let mut left = account;
    let mut count = 0;
    for byte in form.bytes() {
        if byte.is_ascii_digit() {
            count = count * 10 + usize::from(byte - b'0');
            continue;
        }
        let Some((part, rest)) = left.split_at_checked(count) else { return false };
        let fits = part.iter().all(|c| match byte {
            b'n' => c.is_ascii_digit(),
            b'a' => c.is_ascii_uppercase(),
            _ => c.is_ascii_digit() || c.is_ascii_uppercase(),
        });
        if !fits {
            return false;
        }
        (left, count) = (rest, 0);
    }
    left.is_empty()
}

fn national_check(country: &str, check: &str, account: &str) -> bool {
    let all_digits = account.bytes().all(|byte| byte.is_ascii_digit());
    match country {
        "FR" => !all_digits || check == "76",
        "MC" => !all_digits || check == "58",
        "BE" => digits::<12>(account).is_some_and(|digits| {
            let rest = number(&digits[..10]) % 97;
            number(&digits[10..]) == if rest == 0 { 97 } else { rest }
        }),
        "ES" => digits::<20>(account).is_some_and(|digits| {
            let weights = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
            let check = |part: &[u32], weights: &[u32]| match 11 - weighted(part, weights) % 11 {
                10 => 1,
                11 => 0,
                digit => digit,
            };
            check(&digits[..8], &weights[2..]) == digits[8] && check(&digits[10..], &weights) == digits[9]
        }),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::accepts;

    const VALID: &[&str] = &[
        "FR1420041010050500013M02606",
        "FR7630006000011234567890189",
        "FR7630001007941234567890185",
        "DE89370400440532013000",
        "GB29NWBK60161331926819",
        "ES9121000418450200051332",
        "IT60X0542811101000000123456",
        "NL91ABNA0417164300",
        "BE71096123456769",
        "CH9300762011623852957",
        "LU280019400644750000",
        "MC5811222000010123456789030",
        "MT84MALT011000012345MTLCAST001S",
        "NO9386011117947",
    ];

    #[test]
    fn published_examples_pass() {
        for iban in VALID {
            assert!(accepts(iban), "{iban}");
        }
    }

    #[test]
    fn a_wrong_digit_or_two_swapped_fail() {
        for iban in [
            "FR7630006000011234567890188",
            "FR7630006000011234567890198",
            "FR1420041010050500013M02607",
            "DE89370400440532013001",
            "GB29NWBK60161331926818",
        ] {
            assert!(!accepts(iban), "{iban}");
        }
    }

    #[test]
    fn another_countrys_length_fails() {
        for iban in ["FR763000600001123456789018", "DE8937040044053201300000000", "ZZ89370400440532013000", "FR76"] {
            assert!(!accepts(iban), "{iban}");
        }
    }

    #[test]
    fn a_french_account_of_digits_begins_with_fr76() {
        // Mod 97 holds, the national key does not: nobody has such an account.
        let account = "30006000011234567890112";
        let check = (2..=98).find(|check| super::mod97::remainder(format!("{account}FR{check:02}").bytes()) == Some(1));
        let check = check.expect("one check number fits every account");
        assert_ne!(check, 76);
        assert!(!accepts(&format!("FR{check:02}{account}")));
    }

    #[test]
    fn lower_case_separators_and_accents_fail() {
        for text in ["fr7630006000011234567890189", "FR76 3000 6000 0112 3456 7890 189", "FRé6", "ÉÉ76", "F"] {
            assert!(!accepts(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_changed_digit_breaks_it(iban in prop::sample::select(VALID), place in any::<prop::sample::Index>(), by in 1u8..10) {
            let mut bytes = iban.as_bytes().to_vec();
            let place = place.index(bytes.len());
            prop_assume!(bytes[place].is_ascii_digit());
            bytes[place] = b'0' + (bytes[place] - b'0' + by) % 10;
            let changed: String = bytes.into_iter().map(char::from).collect();
            prop_assert!(!accepts(&changed));
        }
    }
}
