//! npm access tokens: `npm_` and 36 characters, the last six the CRC-32 of the others.
//!
//! Source: GitHub, « Announcing npm's new access token format » (2021); the layout is that of GitHub's classic tokens.

use super::github_token::{checksum_holds, graded};
use super::{Judgement, entropy};

/// A token whose sum fails was mistyped, or made up.
pub(super) fn judge(value: &str) -> Option<Judgement> {
    let of_its_form = value.strip_prefix("npm_").is_some_and(|rest| {
        rest.len() == 36 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()) && entropy::accepts(rest)
    });
    graded(value, accepts(value), of_its_form)
}

/// Whether this is an npm token whose checksum holds.
pub(super) fn accepts(value: &str) -> bool {
    value.strip_prefix("npm_").is_some_and(|rest| {
        rest.len() == 36 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()) && checksum_holds(rest)
    })
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[track_caller]
    fn check(rest: [&str; 2], passes: bool) {
        // Put together here, so that no scanner takes this file for a leak.
        assert_eq!(accepts(&["npm_", rest[0], rest[1]].concat()), passes);
    }

    #[test]
    fn published_and_made_up_tokens_pass() {
        check(["EXAMPLEexampleEXAMPL", "Eexample021n8Vva"], true);
        check(["qkJaB6MffYVzZXWqmcoF", "49yrUxP3wf0LsakP"], true);
    }

    #[test]
    fn a_wrong_checksum_or_length_fails() {
        check(["EXAMPLEexampleEXAMPL", "Eexample021n8Vvb"], false);
        check(["EXAMPLEexampleEXAMPL", "Eexample021n8Vv"], false);
        check(["install_and_then_run", "_build_and_tests"], false);
    }
}
