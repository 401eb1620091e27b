//! AWS access key ids: a known prefix of four characters and sixteen of base32.
//!
//! Source: AWS IAM User Guide, « Unique identifiers ». The id is no secret by itself, but it is pasted beside the secret key, and
//! tells a thief which account to try. AWS's documentation ends its samples in `EXAMPLE`.

use super::entropy;

const PREFIXES: &[&str] = &["ABIA", "ACCA", "AKIA", "ASIA"];

/// Whether this is an access key id that is not the documentation's.
pub(super) fn accepts(value: &str) -> bool {
    let (Some(prefix), Some(rest)) = (value.get(..4), value.get(4..)) else {
        return false;
    };
    // The old test accounts: A3T and any fourth character.
    let known = PREFIXES.contains(&prefix)
        || prefix
            .strip_prefix("A3T")
            .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()));
    known
        && rest.len() == 16
        && rest.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7'))
        && !rest.ends_with("EXAMPLE")
        && entropy::distinct(rest) >= 6
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[track_caller]
    fn check(prefix: &str, rest: &str, passes: bool) {
        // Put together here, so that no scanner takes this file for a leak.
        assert_eq!(accepts(&[prefix, rest].concat()), passes, "{rest}");
    }

    #[test]
    fn every_kind_of_id_passes() {
        for prefix in ["AKIA", "ASIA", "ABIA", "ACCA", "A3TX"] {
            check(prefix, "TAMIS2SAMPLE3KEY", true);
        }
    }

    #[test]
    fn the_documentations_id_fails() {
        check("AKIA", "IOSFODNN7EXAMPLE", false);
    }

    #[test]
    fn characters_outside_base32_fillers_and_other_lengths_fail() {
        check("AKIA", "TAMIS2SAMPLE1KEY", false);
        check("AKIA", "TAMIS2SAMPLE8KEY", false);
        check("AKIA", "XXXXXXXXXXXXXXXX", false);
        check("AKIA", "tamis2sample3key", false);
        check("AKIA", "TAMIS2SAMPLE3KE", false);
        check("AKIB", "TAMIS2SAMPLE3KEY", false);
        check("A3Té", "TAMIS2SAMPLE3KE", false);
    }
}
