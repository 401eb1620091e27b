//! Tokens of Synapse: `syt_` (access), `syr_` (refresh), `syl_` (login).
//!
//! Source: Synapse, `synapse/handlers/auth.py`. The last six characters are the CRC-32 of everything before the last underscore, the
//! prefix included. The second field of `syt_` and `syr_` is the user's local part in base64: on a server that builds it from
//! e-mail addresses a token also tells whose it is.

use super::github_token::graded;
use super::{Judgement, base62, crc32::crc32, entropy};

/// A token whose sum fails was mistyped, or made up.
pub(super) fn judge(value: &str) -> Option<Judgement> {
    let base = base_of(value)?;
    graded(value, accepts(value), entropy::distinct(base.rsplit('_').next().unwrap_or_default()) >= 8)
}

/// Whether this is a token of Synapse whose checksum holds.
pub(super) fn accepts(value: &str) -> bool {
    base_of(value).is_some_and(|base| value.as_bytes().ends_with(&base62::high_first(crc32(base.as_bytes()))))
}

/// What the sum is taken of, if all has the form of a token.
fn base_of(value: &str) -> Option<&str> {
    let (base, sum) = value.rsplit_once('_')?;
    let (head, secret) = base.rsplit_once('_')?;
    let owner = match head.split_once('_') {
        Some(("syt" | "syr", owner)) => owner,
        None if head == "syl" => "",
        _ => return None,
    };
    let of_its_form = owner.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
        && secret.len() == 20
        && secret.bytes().all(|byte| byte.is_ascii_alphabetic())
        && sum.len() == 6
        && sum.bytes().all(|byte| byte.is_ascii_alphanumeric());
    of_its_form.then_some(base)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[track_caller]
    fn check(parts: &[&str], passes: bool) {
        // Put together here, so that no scanner takes this file for a leak.
        assert_eq!(accepts(&parts.join("_")), passes, "{parts:?}");
    }

    const SECRET: &str = "EXAMPLEexampleEXAMPL";

    #[test]
    fn every_kind_of_token_passes() {
        check(&["syt", "YWxpY2U", SECRET, "2Bd3Cx"], true);
        check(&["syt", "amVhbi5kdXBvbnQtaW50ZXJpZXVyLmdvdXYuZnI", SECRET, "3Jpdm0"], true);
        check(&["syr", "YWxpY2U", SECRET, "4edKoZ"], true);
        check(&["syl", SECRET, "34Cb6M"], true);
    }

    #[test]
    fn the_documentations_sample_fails() {
        check(&["syt", "AjfVef2", "L33JNpafeif", "0feKJfeaf0CQpoZk"], false);
    }

    #[test]
    fn a_wrong_checksum_or_prefix_fails() {
        check(&["syt", "YWxpY2U", SECRET, "2Bd3Cy"], false);
        check(&["syr", "YWxpY2U", SECRET, "2Bd3Cx"], false);
        check(&["syl", "YWxpY2U", SECRET, "2Bd3Cx"], false);
        check(&["syt", "é", SECRET, "2Bd3Cx"], false);
        check(&["syt", ""], false);
    }
}
