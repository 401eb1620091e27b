//! International bank account numbers.
//!
//! Source: ISO 13616 and the SWIFT IBAN registry, release 101, for the lengths. The country's length and mod 97 leave about one
//! random string of that form in a hundred; two national facts are added where they cost nothing:
//! a French or Monegasque account has digits in bank, branch and key, and one that is all digits always begins with FR76 or MC58,
//! because the national key (« clé RIB ») has already made the rest a multiple of 97.
//!
//! The French overseas territories write FR.

use super::mod97;

/// Length of the whole number, and the countries that have it.
const LENGTHS: &[(usize, &str)] = &[
    (15, "NO"),
    (16, "BE"),
    (18, "DK FI FK FO GL NL SD"),
    (19, "MK SI"),
    (20, "AT BA EE KZ LT LU MN XK"),
    (21, "CH HR LI LV"),
    (22, "BG BH CR DE GB GE IE ME RS VA"),
    (23, "AE GI IL IQ OM SO TL"),
    (24, "AD CZ ES MD PK RO SA SE SK TN VG"),
    (25, "LY PT ST"),
    (26, "IS TR"),
    (27, "BI DJ FR GR IT MC MR SM"),
    (28, "AL AZ BY CY DO GT HN HU LB NI PL SV"),
    (29, "BR EG PS QA UA"),
    (30, "JO KW MU YE"),
    (31, "MT SC"),
    (32, "LC"),
    (33, "RU"),
];

/// Whether this is an IBAN. Digits and capitals only.
pub(super) fn accepts(value: &str) -> bool {
    let (Some(country), Some(check), Some(account)) = (value.get(..2), value.get(2..4), value.get(4..)) else {
        return false;
    };
    let known = LENGTHS
        .iter()
        .any(|(length, countries)| *length == value.len() && countries.split(' ').any(|known| known == country));
    // 00, 01 and 99 leave the right remainder for some accounts and are never issued.
    let check_in_use = check.parse::<u8>().is_ok_and(|check| (2..=98).contains(&check));
    known
        && check_in_use
        && national_form(country, check, account)
        && mod97::remainder(account.bytes().chain(country.bytes()).chain(check.bytes())) == Some(1)
}

/// What the registry says of the account itself, for the two countries where it is cheap and we meet it daily.
fn national_form(country: &str, check: &str, account: &str) -> bool {
    let always = match country {
        "FR" => "76",
        "MC" => "58",
        _ => return true,
    };
    let digits = |from: usize, to: usize| {
        account.get(from..to).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    digits(0, 10) && digits(21, 23) && (!digits(10, 21) || check == always)
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
