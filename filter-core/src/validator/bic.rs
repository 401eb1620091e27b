//! Bank identifier codes (BIC, « SWIFT code »): four letters of the bank, a country, two characters of the place, perhaps three of the branch.
//!
//! Source: ISO 9362. There is no check digit, and DOCUMENT and BULLETIN have the form, with the countries ME and ET: only the list of countries is
//! checked here, a rule must ask for more.

const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO \
FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE \
JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO \
MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW \
PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM \
TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// Whether this has the form of a BIC, in any letter case.
pub(super) fn accepts(value: &str) -> bool {
    let value = value.to_ascii_uppercase();
    let (Some(bank), Some(country), Some(rest)) = (value.get(..4), value.get(4..6), value.get(6..)) else {
        return false;
    };
    matches!(rest.len(), 2 | 5)
        && bank.bytes().all(|byte| byte.is_ascii_uppercase())
        && rest.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && COUNTRIES.split(' ').any(|known| known == country)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn codes_of_banks_pass() {
        for value in ["BNPAFRPP", "SOGEFRPPXXX", "DEUTDEFF500", "bnpafrpp"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn other_lengths_and_countries_fail() {
        for value in ["BNPAZZPP", "BNPAFRP", "BNPAFRPPX", "1NPAFRPP", "BNPAFRÉP", "BNPAFRPPXXXX"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
