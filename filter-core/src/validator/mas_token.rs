//! Tokens of the Matrix Authentication Service: `mat_`, `mar_`, `mct_`, `mcr_`, `mpt_`.
//!
//! Source: matrix-authentication-service, `crates/data-model/src/tokens.rs`. Thirty characters, then the CRC-32 of all before its
//! underscore; its base62 digits stand in the opposite order to everybody else's (see [`super::base62`]).

use super::github_token::graded;
use super::{Judgement, base62, crc32::crc32, entropy};

const PREFIXES: &[&str] = &["mat_", "mar_", "mct_", "mcr_", "mpt_"];

/// A token whose sum fails was mistyped, or made up.
pub(super) fn judge(value: &str) -> Option<Judgement> {
    let base = base_of(value)?;
    graded(value, accepts(value), entropy::distinct(base) >= 10)
}

/// Whether this is a token of the service whose checksum holds.
pub(super) fn accepts(value: &str) -> bool {
    base_of(value).is_some_and(|base| value.as_bytes().ends_with(&base62::low_first(crc32(base.as_bytes()))))
}

/// What the sum is taken of, if all has the form of a token.
fn base_of(value: &str) -> Option<&str> {
    let (base, sum) = value.rsplit_once('_')?;
    let of_its_form = PREFIXES
        .iter()
        .filter_map(|prefix| base.strip_prefix(prefix))
        .any(|secret| secret.len() == 30 && secret.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        && sum.len() == 6
        && sum.bytes().all(|byte| byte.is_ascii_alphanumeric());
    of_its_form.then_some(base)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[track_caller]
    fn check(kind: &str, sum: &str, passes: bool) {
        // Put together here, so that no scanner takes this file for a leak.
        assert_eq!(accepts(&[kind, "EXAMPLEexampleEXAMPLEexample00", sum].join("_")), passes, "{kind} {sum}");
    }

    #[test]
    fn every_kind_of_token_passes() {
        check("mat", "kbapK1", true);
        check("mar", "0zzox1", true);
        check("mcr", "FFb2z1", true);
        check("mpt", "NXYW43", true);
    }

    #[test]
    fn a_checksum_of_five_digits_keeps_its_zero_in_front() {
        check("mct", "0CXM5g", true);
        check("mct", "CXM5g0", false);
    }

    #[test]
    fn a_wrong_checksum_or_prefix_fails() {
        check("mat", "kbapK2", false);
        check("mar", "kbapK1", false);
        check("mxt", "kbapK1", false);
        check("mat", "é", false);
    }
}
