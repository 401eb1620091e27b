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

mod aws_key_id;
mod base58;
mod base62;
mod base64;
mod card;
mod crc32;
mod entropy;
mod github_token;
mod iban;
mod jwt;
mod luhn;
mod mas_token;
mod matrix_recovery_key;
mod mod97;
mod nir;
mod npm_token;
mod password;
mod placeholder;
mod synapse_token;
mod url_password;

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

/// Every validator, by name.
pub const VALIDATORS: &[Validator] = &[
    Validator {
        name: "aws-key-id",
        summary: "four known letters and sixteen of base32; the documentation's …EXAMPLE is none",
        source: "AWS IAM User Guide, unique identifiers",
        accepts: aws_key_id::accepts,
    },
    Validator {
        name: "card",
        summary: "issuer range for its length, and the Luhn check digit",
        source: "ISO/IEC 7812; the schemes' published issuer ranges",
        accepts: card::accepts,
    },
    Validator {
        name: "entropy",
        summary: "16 characters or more of at least 3 bits each, in two classes: looks drawn at random",
        source: "C. E. Shannon, A Mathematical Theory of Communication, 1948",
        accepts: entropy::accepts,
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
        name: "jwt",
        summary: "the header and the claims decode to JSON, and the header names an algorithm",
        source: "RFC 7519, RFC 7515",
        accepts: jwt::accepts,
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
        name: "nir",
        summary: "a French social security number with its key, Corsica included",
        source: "INSEE, arrêté of 1982 on the NIR; Assurance maladie, nir-validation",
        accepts: nir::accepts,
    },
    Validator {
        name: "npm-token",
        summary: "an npm access token whose CRC-32 holds",
        source: "GitHub: Announcing npm's new access token format, 2021",
        accepts: npm_token::accepts,
    },
    Validator {
        name: "password",
        summary: "what stands after « mot de passe : » is a password: no word, placeholder, mask, variable, date or address",
        source: "this project; measured on ordinary chat",
        accepts: password::accepts,
    },
    Validator {
        name: "synapse-token",
        summary: "an access, refresh or login token of Synapse whose CRC-32 holds",
        source: "Synapse, synapse/handlers/auth.py",
        accepts: synapse_token::accepts,
    },
    Validator {
        name: "url-password",
        summary: "a URL with a user and a password that is no placeholder",
        source: "RFC 3986, section 3.2.1",
        accepts: url_password::accepts,
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
