//! What follows « clé API », « token », « client secret »: does it give a token away?
//!
//! Formats that have a prefix of their own are found by it. The others (a UUID, 32 hexadecimal digits, `AbC1Q~…`) look like ids and digests
//! and mean nothing alone; behind the name of a key they are one. Source: this project; the shapes that known services use are
//! listed by gitleaks and trufflehog.

use super::password::{bare, first_word, token_place};
use super::{Judgement, entropy, placeholder};
use crate::verdict::Confidence;

/// How far from the name the token may begin, in bytes, where nothing sets it off.
const REACH: usize = 80;

/// A token that nothing but its looks gives away.
const SHORTEST: usize = 16;

/// The token behind the name of a key, with a sign between them or beside it.
pub(super) fn judge(text: &str) -> Option<Judgement> {
    let Some((value, range)) = token_place(text).and_then(|start| random_word(text, start)) else {
        return farther_on(text);
    };
    let confidence =
        if entropy::is_hexadecimal_digest(value) && value.len() > 64 { Confidence::Medium } else { Confidence::High };
    Some(Judgement { value: range, confidence })
}

/// « token GitLab de prod 7Yd4wKc9VbNx2TqLm8ZrPs6 »: words between, so that no id or digest counts.
fn farther_on(text: &str) -> Option<Judgement> {
    let judgement = judge_near(text)?;
    let value = text.get(judgement.value.clone())?;
    let before = text.get(..judgement.value.start)?;
    let id =
        entropy::is_hexadecimal_digest(value) || value.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let mixed =
        value.bytes().any(|byte| byte.is_ascii_uppercase()) && value.bytes().filter(u8::is_ascii_digit).count() >= 2;
    let words = before.split_whitespace().count();
    let sentence = before.contains(['.', '?', '!', ';', '/']);
    (!id && mixed && value.len() >= 20 && words <= 5 && !sentence).then_some(judgement)
}

/// The first word of the same line that looks drawn at random: for rules whose key is the name of a service.
pub(super) fn judge_near(text: &str) -> Option<Judgement> {
    let line = text.split('\n').next().unwrap_or(text);
    let mut start = 0;
    for word in
        line.split(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | '`' | '|' | '>' | ',' | ';' | '('))
    {
        let here = word.as_ptr() as usize - line.as_ptr() as usize;
        if here > REACH {
            break;
        }
        start = start.max(here);
        if word.len() < SHORTEST {
            continue;
        }
        let value = bare(word);
        if value.len() >= SHORTEST && looks_random(value) {
            let at = value.as_ptr() as usize - line.as_ptr() as usize;
            return Some(Judgement { value: at..at + value.len(), confidence: Confidence::High });
        }
    }
    None
}

/// The same for services of which people speak all day: a word such as « key » must stand between, and digests are none.
pub(super) fn judge_secret(text: &str) -> Option<Judgement> {
    let judgement = judge_near(text)?;
    let value = text.get(judgement.value.clone())?;
    let before = text.get(..judgement.value.start)?.to_lowercase();
    let said = ["key", "token", "secret", "api", "clé", "cle ", "jeton", "auth", "sid", "password", "mdp", "schlüssel"];
    let region = value
        .rsplit_once("-us")
        .is_some_and(|(_, n)| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()));
    let about = ["commit", "build", "sha", "hash", "digest", "image", "/d/"].iter().any(|word| before.contains(word));
    (region || !about && said.iter().any(|word| before.contains(word))).then_some(judgement)
}

/// Whether the value itself looks drawn at random and names nothing.
pub(super) fn accepts_random(value: &str) -> bool {
    value.len() >= 16 && looks_random(value)
}

fn random_word(text: &str, start: usize) -> Option<(&str, core::ops::Range<usize>)> {
    let (value, range) = first_word(&text[start..])?;
    // Behind a scheme: « token: Bearer 9fK2… ».
    let scheme = ["bearer", "basic", "token", "apikey"].iter().any(|scheme| value.eq_ignore_ascii_case(scheme));
    if scheme {
        let next = start + range.end;
        let (value, range) = first_word(&text[next..])?;
        return (value.len() >= 16 && looks_random(value)).then(|| (value, next + range.start..next + range.end));
    }
    let short = (10..16).contains(&value.len()) && is_mixed(value) && !placeholder::stands_in(value);
    (short || value.len() >= 16 && looks_random(value)).then(|| (value, start + range.start..start + range.end))
}

/// Drawn at random, and neither an address, a name of a variable nor a stand-in.
pub(super) fn looks_random(value: &str) -> bool {
    // These have rules of their own, which know better how sure they are.
    let known = [
        "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "npm_", "syt_", "syr_", "syl_", "mat_", "mar_", "mct_", "sk_test_",
        "rk_test_", "pk_",
    ];
    if known.iter().any(|prefix| value.starts_with(prefix)) {
        return false;
    }
    let address = value.contains("://")
        || value.starts_with(['/', '@', '!', '$', '{', '<', '%', '[', '~'])
        || value.contains("/_")
        || mail(value);
    !address
        && entropy::accepts(value)
        && value.bytes().filter(u8::is_ascii_alphanumeric).count() * 10 >= value.len() * 7
        && !placeholder::stands_in(value)
        && !names(value)
}

/// Both cases and digits among them, and nothing that names or addresses have.
fn is_mixed(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let upper = value.bytes().filter(u8::is_ascii_uppercase).count();
    let lower = value.bytes().filter(u8::is_ascii_lowercase).count();
    digits >= 2 && upper >= 2 && lower >= 2 && digits + upper + lower == value.len()
}

fn mail(value: &str) -> bool {
    value.split_once('@').is_some_and(|(_, host)| host.contains('.') && !host.ends_with('.'))
}

/// `my-service-account-2`, `prod.eu-west-3.amazonaws.com`, `src/main/App2.java`: words with a number among them.
fn names(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['-', '_', '.', '/', ':']).filter(|part| !part.is_empty()).collect();
    let wordy = |part: &&&str| {
        let letters = part.bytes().filter(u8::is_ascii_alphabetic).count();
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        digits == part.len() && digits <= 4
            || letters >= part.len().saturating_sub(1) && !entropy::jumbled_case(part) && part.len() <= 12
    };
    parts.len() >= 3 && parts.iter().filter(wordy).count() == parts.len()
}

#[cfg(test)]
mod tests {
    use super::{judge, judge_near};

    #[track_caller]
    fn check(text: &str, value: Option<&str>) {
        assert_eq!(judge(text).and_then(|judgement| text.get(judgement.value)), value, "{text:?}");
    }

    #[track_caller]
    fn check_near(text: &str, value: Option<&str>) {
        assert_eq!(judge_near(text).and_then(|judgement| text.get(judgement.value)), value, "{text:?}");
    }

    #[test]
    fn a_token_behind_its_name_is_found() {
        check(" : 7Yd4wKc9VbNx2TqLm8ZrPs6", Some("7Yd4wKc9VbNx2TqLm8ZrPs6"));
        check(" du ministère : 7Yd4wKc9VbNx2TqLm8ZrPs6, merci", Some("7Yd4wKc9VbNx2TqLm8ZrPs6"));
        check("=\"3f9c1e7ab2d846058e1f7c9d0b2a4e6f\"", Some("3f9c1e7ab2d846058e1f7c9d0b2a4e6f"));
        check(" 9fK2mQx7TzR4vWb8NcY1pLs6", Some("9fK2mQx7TzR4vWb8NcY1pLs6"));
        check(": 68417ee7-95a9-6778-0003-13b0c5423b7a", Some("68417ee7-95a9-6778-0003-13b0c5423b7a"));
    }

    #[test]
    fn names_addresses_variables_and_sentences_are_not() {
        check(": ask-the-platform-team-2", None);
        check(" : https://example.org/a1b2c3d4e5f6", None);
        check("=${CLIENT_SECRET_2026}", None);
        check(": YOUR_API_KEY_GOES_HERE_1", None);
        check(" expired yesterday, renew it", None);
        check(": my-service-account-2", None);
    }

    #[test]
    fn the_first_random_word_of_the_line_is_found() {
        check_near(" secret 3f9c1e7ab2d846058e1f7c9d0b2a4e6f in the wiki", Some("3f9c1e7ab2d846058e1f7c9d0b2a4e6f"));
        check_near("_BOT_TOKEN=5636429992:AAKnWOxRS3IvZoIBGS7kbWJwP4", Some("5636429992:AAKnWOxRS3IvZoIBGS7kbWJwP4"));
        check_near(" is down again since 10:30", None);
        check_near("\n3f9c1e7ab2d846058e1f7c9d0b2a4e6f", None);
    }
}
