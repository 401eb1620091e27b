//! GitHub tokens: `ghp_`, `gho_`, `ghu_`, `ghs_`, `ghr_` and `github_pat_`.
//!
//! Source: GitHub, « Behind GitHub's new authentication token formats » (2021). The classic form is a prefix and 36 characters
//! of which the last six are the CRC-32 of the other thirty, in base62. Samples in documentation fail it, and a random string of
//! the same form passes once in four thousand million times: there the checksum decides.
//!
//! The longer forms (fine-grained tokens, refresh tokens, the application tokens of 2026 that carry a JSON web token) have no
//! published layout, so a failed sum proves nothing: they pass on their form, unless they are an obvious `xxxx…`.

use super::{Judgement, base62, crc32::crc32, entropy};
use crate::verdict::Confidence;

const CLASSIC: &[&str] = &["ghp_", "gho_", "ghu_", "ghs_", "ghr_"];

/// A token whose sum holds is certain; one of the classic form whose sum fails was mistyped, or made up.
pub(super) fn judge(value: &str) -> Option<Judgement> {
    let classic = CLASSIC.iter().find_map(|prefix| value.strip_prefix(prefix));
    let of_its_form = classic.is_some_and(|rest| rest.len() == 36 && alphanumeric(rest) && entropy::accepts(rest));
    graded(value, accepts(value), of_its_form)
}

/// The judgement on a token that carries a checksum.
pub(super) fn graded(value: &str, sum_holds: bool, of_its_form: bool) -> Option<Judgement> {
    let confidence = if sum_holds {
        Confidence::High
    } else if of_its_form {
        Confidence::Medium
    } else {
        return None;
    };
    Some(Judgement { value: 0..value.len(), confidence })
}

/// Whether this is a GitHub token.
pub(super) fn accepts(value: &str) -> bool {
    if let Some(rest) = value.strip_prefix("github_pat_") {
        let Some((id, secret)) = rest.split_once('_') else {
            return false;
        };
        return id.len() == 22
            && secret.len() == 59
            && alphanumeric(id)
            && alphanumeric(secret)
            && entropy::distinct(secret) >= 6;
    }
    let Some(rest) = CLASSIC.iter().find_map(|prefix| value.strip_prefix(prefix)) else {
        return false;
    };
    if rest.len() == 36 && alphanumeric(rest) {
        return checksum_holds(rest);
    }
    // A classic token can only grow by a known form: what is merely longer is another program's identifier.
    let application = value.starts_with("ghs_")
        && rest.len() > 36
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
        && rest.contains('.');
    let refresh = value.starts_with("ghr_") && rest.len() == 76 && alphanumeric(rest);
    (application || refresh) && entropy::distinct(rest) >= 6
}

/// Whether the last six characters are the CRC-32 of those before, most significant digit first.
pub(super) fn checksum_holds(text: &str) -> bool {
    text.as_bytes()
        .split_last_chunk::<6>()
        .is_some_and(|(body, sum)| !body.is_empty() && base62::high_first(crc32(body)) == *sum)
}

fn alphanumeric(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::accepts;

    /// Put together here, so that no scanner takes this file for a leak.
    fn token(prefix: &str, rest: &[&str]) -> String {
        format!("{prefix}_{}", rest.concat())
    }

    #[test]
    fn tokens_whose_checksum_holds_pass() {
        for rest in [["zQWBuTSOoRi4A9spHcVY", "5ncnsDkxkJ0mLq17"], ["EXAMPLEexampleEXAMPL", "Eexample002dPYoc"]] {
            for prefix in ["ghp", "gho", "ghu", "ghs", "ghr"] {
                assert!(accepts(&token(prefix, &rest)), "{prefix}");
            }
        }
    }

    #[test]
    fn a_classic_token_with_a_wrong_checksum_fails() {
        assert!(!accepts(&token("ghp", &["EXAMPLEexampleEXAMPL", "Eexample002dPYod"])));
        assert!(!accepts(&token("ghp", &["xxxxxxxxxxxxxxxxxxxx", "xxxxxxxxxxxxxxxx"])));
    }

    #[test]
    fn longer_forms_pass_without_a_checksum() {
        let body = "EXAMPLEexampleEXAMPLEexampleEXAMPLEexampleEXAMPLEexam";
        assert!(accepts(&token("github_pat", &["11EXAMPLE0exampleEXAMP_", body, "2P6Ua8"])));
        assert!(accepts(&token("github_pat", &["11EXAMPLE0exampleEXAMP_", body, "2P6Ua9"])));
        assert!(accepts(&token(
            "ghs",
            &["123456_eyJhbGciOiJSUzI1NiJ9", ".eyJpc3MiOiJleGFtcGxlIn0", ".c2lnbmF0dXJlLXNhbXBsZQ"]
        )));
        assert!(accepts(&token("ghr", &["A1b2C3d4E5f6G7h8I9", &"j0K1".repeat(14), "l2"])));
    }

    #[test]
    fn other_lengths_and_fillers_fail() {
        assert!(!accepts(&token("github_pat", &["11EXAMPLE0exampleEXAMP_", &"x".repeat(59)])));
        assert!(!accepts(&token("github_pat", &["11EXAMPLE0exampleEXAMP"])));
        assert!(!accepts(&token("ghp", &["EXAMPLEexample"])));
        assert!(!accepts(&token("ghx", &["EXAMPLEexampleEXAMPL", "Eexample002dPYoc"])));
        assert!(!accepts("ghp_éééééééééééééééééé"));
    }

    proptest! {
        #[test]
        fn a_changed_character_breaks_a_classic_token(place in 0usize..36, to in "[0-9A-Za-z]") {
            let good = token("ghp", &["EXAMPLEexampleEXAMPL", "Eexample002dPYoc"]);
            let mut changed = good.clone();
            changed.replace_range(place + 4..place + 5, &to);
            prop_assume!(changed != good);
            prop_assert!(!accepts(&changed));
        }
    }
}
