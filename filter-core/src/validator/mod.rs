//! Validators: the check digits, checksums and plausibility tests that tell a value from something of its shape.
//!
//! A rule names one; it is asked last, about a candidate that has already matched. It gets the *canonical* value: for a `shape`
//! without separators and in capitals, for a `pattern` the exact text that matched. It answers yes or no and says nothing else.
//!
//! [`VALIDATORS`] is the only list: the compiler looks names up in it, and the documents print it. To add one, write its file and
//! its row. A validator must not know rules, policies or what happens to its answer, and must bear any `&str`.
//!
//! ```
//! # use filter_core::validator::find;
//! let luhn = find("luhn").expect("a built-in validator");
//! assert!((luhn.accepts)("732829320"));
//! assert!(!(luhn.accepts)("732829321"));
//! ```

mod at_svnr;
mod aws_key_id;
mod base58;
mod base58check;
mod base62;
mod base64;
mod basic_auth;
mod be_card;
mod be_nn;
mod bic;
mod bitcoin_address;
mod bitcoin_key;
mod bitlocker;
mod card;
mod ch_ahv;
mod crc32;
mod date;
mod de_document;
mod de_idnr;
mod de_kvnr;
mod de_personalausweis;
mod de_rvnr;
mod digits;
mod document_number;
mod ean13;
mod eip55;
mod entra_secret;
mod entropy;
mod es_dni;
mod es_nss;
mod fr_agdref;
mod fr_cni;
mod fr_plate;
mod fr_rib;
mod fr_spi;
mod fr_tva;
mod gb_nhs;
mod gb_nino;
mod gb_utr;
mod github_token;
mod iban;
mod icao9303;
mod it_codice_fiscale;
mod it_iva;
mod jwt;
mod keyed_token;
mod lu_matricule;
mod luhn;
mod mas_token;
mod matrix_recovery_key;
mod mod97;
mod mrz;
mod nir;
mod nl_bsn;
mod npm_token;
mod password;
mod pl_dowod;
mod pl_nip;
mod pl_pesel;
mod placeholder;
mod pt_cc;
mod pt_nif;
mod pt_niss;
mod seed_phrase;
mod shadow_line;
mod siren;
mod siret;
mod synapse_token;
mod telegram_token;
mod token;
mod url_password;
mod us_itin;
mod us_npi;
mod us_rtn;
mod us_ssn;
mod verhoeff;
mod vin;

use core::ops::Range;

use crate::verdict::Confidence;

/// A named test of a canonical value.
#[derive(Clone, Copy, Debug)]
pub struct Validator {
    /// What a rule writes after `validator =`.
    pub name: &'static str,
    /// What it checks, in a line.
    pub summary: &'static str,
    /// The standard or the document it follows.
    pub source: &'static str,
    /// Whether the value passes. Total: any string has an answer.
    pub accepts: fn(&str) -> bool,
}

/// What a validator says of a candidate that it accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Which bytes of the candidate are the value. « mdp : Azerty123!, merci » is no password, `Azerty123!` is.
    pub value: Range<usize>,
    /// How sure it is. A token of the right form with a wrong checksum was mistyped, or made up.
    pub confidence: Confidence,
}

impl Judgement {
    /// All of the candidate, as good as certain.
    #[must_use]
    pub fn whole(candidate: &str) -> Self {
        Self { value: 0..candidate.len(), confidence: Confidence::High }
    }
}

type Judge = fn(&str) -> Option<Judgement>;

/// The validators that see more than yes or no, for patterns: which part of the match is the value, and how sure they are.
/// What they accept at all is said by the same name in [`VALIDATORS`].
const JUDGES: &[(&str, Judge)] = &[
    ("account-password", password::nearby::judge_account),
    ("access-code", password::code::judge),
    ("entra-secret", entra_secret::judge),
    ("github-token", github_token::judge),
    ("keyed-password", password::keyed::judge),
    ("keyed-token", keyed_token::judge),
    ("lock-code", password::lock::judge),
    ("login-pair", password::pair::judge),
    ("mas-token", mas_token::judge),
    ("near-secret", keyed_token::judge_secret),
    ("near-token", keyed_token::judge_near),
    ("npm-token", npm_token::judge),
    ("passphrase", password::assignment::judge_phrase),
    ("password-before", password::nearby::judge_before),
    ("password-assignment", password::assignment::judge),
    ("password-first", password::nearby::judge_first),
    ("password-last", password::nearby::judge_last),
    ("password-strong", password::assignment::judge_strong),
    ("password-told", password::told::judge),
    ("shadow-line", shadow_line::judge),
    ("synapse-token", synapse_token::judge),
    ("telegram-token", telegram_token::judge),
    ("url-password", url_password::judge),
];

impl Validator {
    /// What it says of a candidate; `None` where it refuses it.
    #[must_use]
    pub fn judge(&self, candidate: &str) -> Option<Judgement> {
        match JUDGES.iter().find(|(name, _)| *name == self.name) {
            Some((_, judge)) => judge(candidate),
            None => (self.accepts)(candidate).then(|| Judgement::whole(candidate)),
        }
    }
}

/// Every validator, by name.
pub const VALIDATORS: &[Validator] = &[
    Validator {
        name: "access-code",
        summary: "as `password-assignment`, for codes of doors and networks: a short number is one",
        source: "this project; measured on ordinary chat",
        accepts: |text| password::code::judge(text).is_some(),
    },
    Validator {
        name: "account-password",
        summary: "the name of an account, a sign and a password: `admin:Zinc_Toiture9`",
        source: "this project",
        accepts: |text| password::nearby::judge_account(text).is_some(),
    },
    Validator {
        name: "at-svnr",
        summary: "an Austrian social insurance number: check digit and birthday",
        source: "Dachverband der Sozialversicherungsträger",
        accepts: at_svnr::accepts,
    },
    Validator {
        name: "aws-key-id",
        summary: "four known letters and sixteen of base32; the documentation's …EXAMPLE is none",
        source: "AWS IAM User Guide, unique identifiers",
        accepts: aws_key_id::accepts,
    },
    Validator {
        name: "basic-auth",
        summary: "base64 of a name, a colon and a password that is no stand-in",
        source: "RFC 7617",
        accepts: basic_auth::accepts,
    },
    Validator {
        name: "be-card",
        summary: "a Belgian identity card number: modulo 97",
        source: "Service public fédéral Intérieur",
        accepts: be_card::accepts,
    },
    Validator {
        name: "be-nn",
        summary: "a Belgian national or bis number: birthday, and 97 less the remainder by 97",
        source: "Arrêté royal du 3 avril 1984; Registre national",
        accepts: be_nn::accepts,
    },
    Validator {
        name: "bic",
        summary: "the form of a bank identifier code with a country that exists",
        source: "ISO 9362",
        accepts: bic::accepts,
    },
    Validator {
        name: "bitcoin-address",
        summary: "a Bitcoin address whose checksum holds",
        source: "Bitcoin Improvement Proposals 13, 173 and 350",
        accepts: bitcoin_address::accepts,
    },
    Validator {
        name: "bitcoin-key",
        summary: "a private key of Bitcoin, single or extended, whose checksum holds",
        source: "Bitcoin wiki, Wallet import format; Bitcoin Improvement Proposal 32",
        accepts: bitcoin_key::accepts,
    },
    Validator {
        name: "bitlocker",
        summary: "a BitLocker recovery key: eight groups below 720,896",
        source: "Microsoft Learn, BitLocker recovery overview",
        accepts: bitlocker::accepts,
    },
    Validator {
        name: "card",
        summary: "issuer range for its length, and the Luhn check digit",
        source: "ISO/IEC 7812; the schemes' published issuer ranges",
        accepts: card::accepts,
    },
    Validator {
        name: "ch-ahv",
        summary: "a Swiss social insurance number: 756 and the check digit of EAN-13",
        source: "AHVV, article 133; GS1 General Specifications",
        accepts: ch_ahv::accepts,
    },
    Validator {
        name: "de-document",
        summary: "a German identity card or passport number, with or without its check digit",
        source: "Personalausweisverordnung; Passverordnung",
        accepts: de_document::accepts,
    },
    Validator {
        name: "de-idnr",
        summary: "a German tax identification number: its repeated digit, and MOD 11,10",
        source: "Bundeszentralamt für Steuern; ISO/IEC 7064",
        accepts: de_idnr::accepts,
    },
    Validator {
        name: "de-kvnr",
        summary: "the lifelong part of a German health insurance number",
        source: "Sozialgesetzbuch V, section 290; GKV-Spitzenverband",
        accepts: de_kvnr::accepts,
    },
    Validator {
        name: "de-personalausweis",
        summary: "the number of a German identity card or passport with its check digit",
        source: "Personalausweisverordnung; ICAO Doc 9303",
        accepts: de_personalausweis::accepts,
    },
    Validator {
        name: "de-rvnr",
        summary: "a German pension insurance number: birthday, letter, check digit",
        source: "Sozialgesetzbuch VI, section 147",
        accepts: de_rvnr::accepts,
    },
    Validator {
        name: "document-number",
        summary: "letters and digits mixed, at least two digits",
        source: "this project",
        accepts: document_number::accepts,
    },
    Validator {
        name: "ean13",
        summary: "thirteen digits, the last the check digit of GS1",
        source: "GS1 General Specifications, section 7.9",
        accepts: ean13::accepts,
    },
    Validator {
        name: "eip55",
        summary: "an Ethereum address; in mixed case its capitals are a checksum",
        source: "Ethereum Improvement Proposal 55",
        accepts: eip55::accepts,
    },
    Validator {
        name: "entra-secret",
        summary: "in the rest of a line, forty characters with `Q~` in the fifth place",
        source: "gitleaks, azure-ad-client-secret",
        accepts: |text| entra_secret::judge(text).is_some(),
    },
    Validator {
        name: "entropy",
        summary: "16 characters or more of at least 3 bits each, in two classes: looks drawn at random",
        source: "C. E. Shannon, A Mathematical Theory of Communication, 1948",
        accepts: entropy::accepts,
    },
    Validator {
        name: "es-dni",
        summary: "a Spanish DNI or NIE with its letter",
        source: "Real Decreto 1553/2005; Ministerio del Interior",
        accepts: es_dni::accepts,
    },
    Validator {
        name: "es-nss",
        summary: "a Spanish social security number: modulo 97",
        source: "Seguridad Social",
        accepts: es_nss::accepts,
    },
    Validator {
        name: "fr-agdref",
        summary: "the form of a French foreigner’s number",
        source: "Ministère de l’Intérieur, AGDREF",
        accepts: fr_agdref::accepts,
    },
    Validator {
        name: "fr-cni",
        summary: "the form of a French identity card number of before 2021",
        source: "Décret 55-1397 du 22 octobre 1955",
        accepts: fr_cni::accepts,
    },
    Validator {
        name: "fr-plate",
        summary: "a French number plate with letters that are in use",
        source: "Arrêté du 9 février 2009",
        accepts: fr_plate::accepts,
    },
    Validator {
        name: "fr-rib",
        summary: "a French bank account with its key",
        source: "Comité français d’organisation et de normalisation bancaires",
        accepts: fr_rib::accepts,
    },
    Validator {
        name: "fr-spi",
        summary: "a French tax number: the first ten digits modulo 511",
        source: "Direction générale des finances publiques",
        accepts: fr_spi::accepts,
    },
    Validator {
        name: "fr-tva",
        summary: "a French VAT number with its key",
        source: "Code général des impôts, article 286 ter",
        accepts: fr_tva::accepts,
    },
    Validator {
        name: "gb-nhs",
        summary: "an NHS number: modulo 11",
        source: "NHS Data Model and Dictionary",
        accepts: gb_nhs::accepts,
    },
    Validator {
        name: "gb-nino",
        summary: "a National Insurance number with letters that are issued",
        source: "HMRC, National Insurance Manual NIM39110",
        accepts: gb_nino::accepts,
    },
    Validator {
        name: "gb-utr",
        summary: "a British Unique Taxpayer Reference with its check digit",
        source: "HMRC",
        accepts: gb_utr::accepts,
    },
    Validator {
        name: "github-token",
        summary: "a GitHub token; the CRC-32 in its last six characters holds where its place is documented",
        source: "GitHub: Behind GitHub's new authentication token formats, 2021",
        accepts: github_token::accepts,
    },
    Validator {
        name: "iban",
        summary: "length of its country, mod 97 = 1, and for France and Monaco the national form",
        source: "ISO 13616; SWIFT IBAN registry, release 101",
        accepts: iban::accepts,
    },
    Validator {
        name: "icao9303",
        summary: "a document number of nine characters and its check digit",
        source: "ICAO Doc 9303, part 3",
        accepts: icao9303::accepts,
    },
    Validator {
        name: "it-codice-fiscale",
        summary: "an Italian tax code: date, letters of omocodia, check letter",
        source: "Decreto ministeriale 23 dicembre 1976",
        accepts: it_codice_fiscale::accepts,
    },
    Validator {
        name: "it-iva",
        summary: "an Italian VAT number: office and Luhn",
        source: "Agenzia delle Entrate",
        accepts: it_iva::accepts,
    },
    Validator {
        name: "jwt",
        summary: "the header and the claims decode to JSON, and the header names an algorithm",
        source: "RFC 7519, RFC 7515",
        accepts: jwt::accepts,
    },
    Validator {
        name: "keyed-password",
        summary: "a password in the sentence that begins with the name of what it opens: « pour le wifi mets … »",
        source: "this project; measured on ordinary chat",
        accepts: |text| password::keyed::judge(text).is_some(),
    },
    Validator {
        name: "keyed-random",
        summary: "16 characters or more that look drawn at random and are no name, address or stand-in",
        source: "this project",
        accepts: keyed_token::accepts_random,
    },
    Validator {
        name: "keyed-token",
        summary: "what follows « clé API », « token », « client secret » is 16 characters or more that look drawn at random",
        source: "this project; measured on ordinary chat",
        accepts: |text| keyed_token::judge(text).is_some(),
    },
    Validator {
        name: "lock-code",
        summary: "a code in the sentence that begins with the name of what it opens: « le portail, maintenant c'est 49B31 »",
        source: "this project; measured on ordinary chat",
        accepts: |text| password::lock::judge(text).is_some(),
    },
    Validator {
        name: "login-pair",
        summary: "what follows « identifiants » is a name and its password: « : jdupont / Soleil2024 »",
        source: "this project; measured on ordinary chat",
        accepts: |text| password::pair::judge(text).is_some(),
    },
    Validator {
        name: "lu-matricule",
        summary: "a Luxembourg identification number: birthday, Luhn and Verhoeff",
        source: "Loi du 19 juin 2013 relative à l’identification des personnes physiques",
        accepts: lu_matricule::accepts,
    },
    Validator {
        name: "luhn",
        summary: "the last digit is the Luhn check digit of the others",
        source: "ISO/IEC 7812-1, annex B",
        accepts: luhn::accepts,
    },
    Validator {
        name: "mas-token",
        summary: "a token of the Matrix Authentication Service whose CRC-32 holds",
        source: "matrix-authentication-service, crates/data-model/src/tokens.rs",
        accepts: mas_token::accepts,
    },
    Validator {
        name: "matrix-recovery-key",
        summary: "base58, 35 bytes, header 8B 01, parity zero",
        source: "Matrix specification, client-server API, key backup: recovery key",
        accepts: matrix_recovery_key::accepts,
    },
    Validator {
        name: "mod97",
        summary: "digits and letters (A = 10) that leave 1 when divided by 97",
        source: "ISO/IEC 7064, MOD 97-10",
        accepts: mod97::accepts,
    },
    Validator {
        name: "mrz",
        summary: "the machine-readable lines of a passport or identity card",
        source: "ICAO Doc 9303, parts 4 to 6",
        accepts: mrz::accepts,
    },
    Validator {
        name: "near-secret",
        summary: "as `near-token`, with a word such as « key » or « token » between, and no digest",
        source: "this project; measured on ordinary chat",
        accepts: |text| keyed_token::judge_secret(text).is_some(),
    },
    Validator {
        name: "near-token",
        summary: "the first word of the rest of the line that looks drawn at random, for rules whose key is a service",
        source: "this project; measured on ordinary chat",
        accepts: |text| keyed_token::judge_near(text).is_some(),
    },
    Validator {
        name: "nir",
        summary: "a French social security number with its key, Corsica included",
        source: "INSEE, arrêté of 1982 on the NIR; Assurance maladie, nir-validation",
        accepts: nir::accepts,
    },
    Validator {
        name: "nir-provisional",
        summary: "a provisional French social security number (NIA, MIG, NNP) with its key",
        source: "Assurance maladie, nir-validation",
        accepts: nir::accepts_provisional,
    },
    Validator {
        name: "nir-without-key",
        summary: "the thirteen characters of a French social security number without its key",
        source: "INSEE",
        accepts: nir::accepts_without_key,
    },
    Validator {
        name: "nl-bsn",
        summary: "a Dutch citizen service number: modulo 11",
        source: "Rijksdienst voor Identiteitsgegevens",
        accepts: nl_bsn::accepts,
    },
    Validator {
        name: "npm-token",
        summary: "an npm access token whose CRC-32 holds",
        source: "GitHub: Announcing npm's new access token format, 2021",
        accepts: npm_token::accepts,
    },
    Validator {
        name: "passphrase",
        summary: "as `password-assignment`, and four words or more that make no sentence",
        source: "this project",
        accepts: |text| password::assignment::judge_phrase(text).is_some(),
    },
    Validator {
        name: "password",
        summary: "a value that looks like a password: no word, placeholder, mask, variable, date or address",
        source: "this project; measured on ordinary chat",
        accepts: password::accepts,
    },
    Validator {
        name: "password-assignment",
        summary: "what follows « mot de passe » gives one away: a sign or a verb, and a value that is no answer like « oublié »",
        source: "this project; measured on ordinary chat",
        accepts: |text| password::assignment::judge(text).is_some(),
    },
    Validator {
        name: "password-before",
        summary: "a password before its name, with which the text ends: for a rule with `lookback`",
        source: "this project",
        accepts: |text| password::nearby::judge_before(text).is_some(),
    },
    Validator {
        name: "password-codes",
        summary: "several codes in a column or a row, each with digits in it",
        source: "this project",
        accepts: |text| {
            let codes =
                || text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|code| !code.is_empty());
            codes().count() > 1 && codes().all(|code| code.bytes().any(|byte| byte.is_ascii_digit()))
        },
    },
    Validator {
        name: "password-first",
        summary: "the password at the beginning of a text, whatever follows it",
        source: "this project",
        accepts: |text| password::nearby::judge_first(text).is_some(),
    },
    Validator {
        name: "password-last",
        summary: "the password at the end of a text, behind the name of an account",
        source: "this project",
        accepts: |text| password::nearby::judge_last(text).is_some(),
    },
    Validator {
        name: "password-literal",
        summary: "a value where nothing but a password stands: no stand-in, variable or answer such as « prompt »",
        source: "this project",
        accepts: password::is_written_out,
    },
    Validator {
        name: "password-made",
        summary: "a value that looks like a password and like no name with a number: both cases with digits, or a mark",
        source: "this project",
        accepts: password::is_made,
    },
    Validator {
        name: "password-strong",
        summary: "as `password-assignment`, for names that mean other things too: no plain word or number is one",
        source: "this project; measured on ordinary chat",
        accepts: |text| password::assignment::judge_strong(text).is_some(),
    },
    Validator {
        name: "password-told",
        summary: "a made-up word with which the text ends, behind an account (`jdupont / Zinc_Toiture9`), a misspelt name or a key (🔑); low where it needs a context",
        source: "this project; measured on ordinary chat",
        accepts: |text| password::told::judge(text).is_some(),
    },
    Validator {
        name: "pl-dowod",
        summary: "the number of a Polish identity card with its check digit",
        source: "Rozporządzenie w sprawie wzoru dowodu osobistego",
        accepts: pl_dowod::accepts,
    },
    Validator {
        name: "pl-nip",
        summary: "a Polish tax number: modulo 11",
        source: "Ustawa o zasadach ewidencji i identyfikacji podatników",
        accepts: pl_nip::accepts,
    },
    Validator {
        name: "pl-pesel",
        summary: "a Polish personal number: birthday and check digit",
        source: "Ustawa o ewidencji ludności",
        accepts: pl_pesel::accepts,
    },
    Validator {
        name: "pt-cc",
        summary: "the number of a Portuguese citizen card with both check digits",
        source: "Agência para a Modernização Administrativa",
        accepts: pt_cc::accepts,
    },
    Validator {
        name: "pt-nif",
        summary: "a Portuguese tax number: modulo 11",
        source: "Decreto-Lei 14/2013",
        accepts: pt_nif::accepts,
    },
    Validator {
        name: "pt-niss",
        summary: "a Portuguese social security number with its check digit",
        source: "Segurança Social",
        accepts: pt_niss::accepts,
    },
    Validator {
        name: "seed-phrase",
        summary: "as many words as the recovery phrase of a wallet has",
        source: "Bitcoin Improvement Proposal 39",
        accepts: seed_phrase::accepts,
    },
    Validator {
        name: "shadow-line",
        summary: "the hash of an account's line in /etc/shadow or .htpasswd",
        source: "shadow(5), crypt(5)",
        accepts: shadow_line::accepts,
    },
    Validator {
        name: "siren",
        summary: "a French enterprise number: Luhn",
        source: "INSEE; ISO/IEC 7812-1",
        accepts: siren::accepts,
    },
    Validator {
        name: "siret",
        summary: "a French establishment number: Luhn, but for La Poste",
        source: "INSEE",
        accepts: siret::accepts,
    },
    Validator {
        name: "synapse-token",
        summary: "an access, refresh or login token of Synapse whose CRC-32 holds",
        source: "Synapse, synapse/handlers/auth.py",
        accepts: synapse_token::accepts,
    },
    Validator {
        name: "telegram-token",
        summary: "in the rest of a line, the number of a bot, a colon and 35 characters",
        source: "Telegram Bot API, authorising your bot",
        accepts: |text| telegram_token::judge(text).is_some(),
    },
    Validator {
        name: "token",
        summary: "behind a known prefix 16 characters or more that look drawn at random; no stand-in",
        source: "this project; the prefixes are the services' own",
        accepts: token::accepts,
    },
    Validator {
        name: "url-password",
        summary: "a URL with a user and a password that is no placeholder",
        source: "RFC 3986, section 3.2.1",
        accepts: url_password::accepts,
    },
    Validator {
        name: "us-itin",
        summary: "an American ITIN with a group that is issued",
        source: "Internal Revenue Manual 3.21.263",
        accepts: us_itin::accepts,
    },
    Validator {
        name: "us-npi",
        summary: "an American health-care provider number: Luhn behind 80840",
        source: "CMS, NPI Check Digit",
        accepts: us_npi::accepts,
    },
    Validator {
        name: "us-rtn",
        summary: "an American bank routing number: district and check digit",
        source: "American Bankers Association",
        accepts: us_rtn::accepts,
    },
    Validator {
        name: "us-ssn",
        summary: "an American Social Security number that may have been issued",
        source: "SSA, POMS RM 10201.035",
        accepts: us_ssn::accepts,
    },
    Validator {
        name: "vin",
        summary: "a vehicle number whose check digit holds",
        source: "ISO 3779; 49 CFR 565",
        accepts: vin::accepts,
    },
];

/// The validator of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Validator> {
    VALIDATORS.iter().find(|validator| validator.name == name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_sorted_and_unique() {
        assert!(VALIDATORS.windows(2).all(|pair| pair[0].name < pair[1].name));
    }

    #[test]
    fn an_unknown_name_finds_nothing() {
        assert!(find("lunh").is_none());
    }

    #[test]
    fn nothing_is_not_a_value() {
        for validator in VALIDATORS {
            assert!(!(validator.accepts)(""), "{} accepts the empty string", validator.name);
        }
    }

    proptest! {
        /// Whatever text comes, in whatever script, every validator has an answer.
        #[test]
        fn every_validator_bears_any_text(text in any::<String>(), tail in "\\PC{0,40}") {
            let prefixes = [
                "", "ghp_", "github_pat_", "ghs_", "npm_", "AKIA", "syt_", "syl_", "mat_", "eyJ", "EsTc ", "FR76", "2A",
                "postgres://é:", "https://", "<", "${", "«",
            ];
            for validator in VALIDATORS {
                for prefix in prefixes {
                    let _ = (validator.accepts)(&format!("{prefix}{text}"));
                    let _ = (validator.accepts)(&format!("{prefix}{tail}"));
                }
            }
        }
    }
}
