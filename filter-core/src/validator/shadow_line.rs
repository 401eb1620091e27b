//! The hash in a line of `/etc/shadow` or `.htpasswd`: behind an account's name, before the fields of its ageing.
//!
//! Source: shadow(5), crypt(5); Apache, password formats. A hash by itself stops nothing: people talk about them, and programs
//! print them. A whole line is the account's, and weak passwords fall out of it in minutes.

use super::Judgement;
use crate::verdict::Confidence;

/// The hash, without the fields behind it.
pub(super) fn judge(value: &str) -> Option<Judgement> {
    let start = value.find('$')?;
    let hash = &value[start..];
    let end = start + hash.find(':').unwrap_or(hash.len());
    // Two dollars at the least: « root:$HOME ».
    let fields = value[start..end].bytes().filter(|byte| *byte == b'$').count();
    (fields >= 3 && end - start >= 25).then_some(Judgement { value: start..end, confidence: Confidence::High })
}

/// The hash at the end of a text, where the name of an account is joined to it: `marcel:$apr1$…`.
pub(super) fn judge_hash(value: &str) -> Option<Judgement> {
    const NO_ACCOUNTS: &[&str] = &["argon2", "bcrypt", "crypt", "digest", "format", "hash", "hashed", "md5", "password", "passwd", "sha256", "sha512"];
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

    #[test]
    fn the_hash_is_the_value() {
        let line = "$6$DL3YyT4dePiZzRBf$c97j2o7mXFb7CNqLdTeaMc:20411:0:99999:7:::";
        let found = judge(line).and_then(|judgement| line.get(judgement.value));
        assert_eq!(found, Some("$6$DL3YyT4dePiZzRBf$c97j2o7mXFb7CNqLdTeaMc"));
    }

    #[test]
    fn what_is_no_hash_is_refused() {
        assert_eq!(judge("root:$HOME:/bin"), None);
        assert_eq!(judge("$6$:"), None);
    }
}
