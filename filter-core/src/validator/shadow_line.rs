//! The hash in a line of `/etc/shadow` or `.htpasswd`, behind an account's name.
//!
//! Source: shadow(5), crypt(5); Apache, password formats. A hash by itself stops nothing: people talk about them, and programs
//! print them. A whole line is the account's, and weak passwords fall out of it in minutes.

use super::Judgement;
use crate::verdict::Confidence;

/// The hash at the end of a text, where the name of an account is joined to it: `marcel:$apr1$…`.
pub(super) fn judge(value: &str) -> Option<Judgement> {
    const NO_ACCOUNTS: &[&str] = &[
        "argon2", "bcrypt", "crypt", "digest", "format", "hash", "hashed", "md5", "password", "passwd", "sha256",
        "sha512",
    ];
    let start = value.find('$')?;
    let before = value[..start].strip_suffix(':')?;
    let name = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '=')).next()?;
    let account = (2..=32).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
        && !NO_ACCOUNTS.contains(&name.to_ascii_lowercase().as_str());
    account.then_some(Judgement { value: start..value.len(), confidence: Confidence::High })
}

/// Whether there is one.
pub(super) fn accepts(value: &str) -> bool {
    judge(value).is_some()
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[track_caller]
    fn check(text: &str, value: Option<&str>) {
        assert_eq!(judge(text).and_then(|judgement| text.get(judgement.value)), value, "{text:?}");
    }

    #[test]
    fn the_hash_is_the_value() {
        check("la ligne : marcel:$apr1$q8ZrLm2T$x9VbN4wKc7", Some("$apr1$q8ZrLm2T$x9VbN4wKc7"));
        check("root:$6$DL3YyT4deP$c97j2o7mXFb7", Some("$6$DL3YyT4deP$c97j2o7mXFb7"));
    }

    #[test]
    fn a_hash_without_an_account_is_none() {
        check("$apr1$q8ZrLm2T$x9VbN4wKc7", None);
        check("password_hash: $2b$12$abcdef", None);
        check("bcrypt:$2b$12$abcdef", None);
        check("é:$6$", None);
    }
}
