//! The credentials of HTTP's Basic scheme: a name, a colon and a password in base64.
//!
//! Source: RFC 7617. Docker keeps the credentials of its registries in the same form (`"auth": "…"`).

use super::{base64::decode_url, placeholder};

/// Whether the value decodes to a name and a password that is no stand-in.
pub(super) fn accepts(value: &str) -> bool {
    pair(value).is_some_and(|(name, password)| {
        name.chars().chain(password.chars()).count() >= 4
            && password.chars().count() >= 3
            && !placeholder::stands_in(&password)
    })
}

/// Whether the value decodes to a name and a password, whatever they are.
pub(super) fn is_a_pair(value: &str) -> bool {
    value.len() >= 8 && pair(value).is_some()
}

fn pair(value: &str) -> Option<(String, String)> {
    let alphabet: String = value
        .trim_end_matches('=')
        .chars()
        .map(|c| match c {
            '+' => '-',
            '/' => '_',
            c => c,
        })
        .collect();
    let text = String::from_utf8(decode_url(&alphabet)?).ok()?;
    let (name, password) = text.split_once(':')?;
    (!text.chars().any(char::is_control)).then(|| (name.to_owned(), password.to_owned()))
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
    fn a_name_and_a_password_pass() {
        // app:Bleu-Horizon4
        check(["YXBwOkJsZXU", "tSG9yaXpvbjQ="], true);
    }

    #[test]
    fn stand_ins_other_text_and_bytes_fail() {
        // user:password, « no colon here », bytes
        check(["dXNlcjpw", "YXNzd29yZA=="], false);
        check(["bm8gY29sb24", "gaGVyZQ=="], false);
        check(["////", "////"], false);
        check(["é", ""], false);
    }
}
