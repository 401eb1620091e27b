//! A token whose prefix names its service: what follows must look drawn at random, and be no stand-in.
//!
//! Source: this project; the prefixes are the services' own, each named at its rule. `glpat-xxxxxxxxxxxxxxxxxxxx` and
//! `sk_live_your_key_here` have the form of a token too, and stand in every manual.

use super::{entropy, placeholder};

/// Whether this is no stand-in and varied enough. Letters alone will do: the prefix has said what it is.
pub(super) fn accepts(value: &str) -> bool {
    value.len() >= 16
        && entropy::bits(value) >= 3.0
        && entropy::distinct(value) >= 9
        && !placeholder::stands_in(value)
        && varied(value)
}

/// Digits or capitals among small letters somewhere: `npm_config_registry_url_of_mine` has neither.
fn varied(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let capitals = value.bytes().filter(u8::is_ascii_uppercase).count();
    let small = value.bytes().filter(u8::is_ascii_lowercase).count();
    digits >= 2 || capitals >= 3 && small >= 3
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[track_caller]
    fn check(parts: [&str; 2], passes: bool) {
        // Put together here, so that no scanner takes this file for a leak.
        assert_eq!(accepts(&parts.concat()), passes, "{parts:?}");
    }

    #[test]
    fn random_bodies_pass() {
        check(["glpat-", "q8ZrLm2Tx9VbN4wKc7Yd"], true);
        check(["dop_v1_", "4ef7122772ab4bb6c9fb3efc1cc28801"], true);
        check(["hf_", "QzRtYpLmWxCvBnKjHgFdSaPoIuYt"], true);
    }

    #[test]
    fn stand_ins_and_words_fail() {
        check(["glpat-", "xxxxxxxxxxxxxxxxxxxx"], false);
        check(["sk_live_", "your_key_goes_here_12"], false);
        check(["npm_", "config_registry_url_of_mine"], false);
        check(["hf_", "short1"], false);
    }
}
