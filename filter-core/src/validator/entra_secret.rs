//! The secret of an application in Microsoft Entra: forty characters, of which the fifth and sixth are `Q~`.
//!
//! Source: gitleaks, rule azure-ad-client-secret; secrets made since 2021 have a generation digit and `Q~` behind three characters.
//! The mark stands in the middle, so that the rule begins with a word such as « secret » and this looks for it in the rest of the line.

use super::{Judgement, entropy};
use crate::verdict::Confidence;

/// In bytes: « Secret client de l'application (valable deux ans) : ⏎ Value … ».
const REACH: usize = 160;

/// The secret behind the word, in its line or in one of the two below, where a portal's form shows it.
pub(super) fn judge(text: &str) -> Option<Judgement> {
    let mut reach = text.len().min(REACH);
    while !text.is_char_boundary(reach) {
        reach -= 1;
    }
    let line = &text[..text.match_indices('\n').nth(2).map_or(reach, |(end, _)| end.min(reach))];
    line.match_indices("Q~").find_map(|(mark, _)| {
        let start = mark.checked_sub(4)?;
        let head = line.get(start..mark)?;
        let formed = head.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'~' | b'.' | b'-'))
            && head.ends_with(|c: char| c.is_ascii_digit());
        let tail = line.get(mark + 2..)?;
        let length = tail
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'~' | b'.' | b'-'))
            .count();
        let tail = tail.get(..length)?.trim_end_matches('.');
        let whole = formed && (31..=34).contains(&tail.len()) && entropy::distinct(tail) >= 9;
        whole.then(|| Judgement { value: start..mark + 2 + tail.len(), confidence: Confidence::High })
    })
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn the_secret_is_found_wherever_it_stands_in_the_line() {
        // Put together here, so that no scanner takes this file for a leak.
        let secret = ["WF08Q~TY3WbA3BbR", "VSh4viszRvtgG3EqVxB60tQP"].concat();
        for text in [
            format!(" entra : {secret} (6 mois)"),
            format!(" client :\nValue {secret}\nexpire"),
            format!("={secret}"),
            format!(": \"{secret}\"."),
        ] {
            assert_eq!(judge(&text).and_then(|judgement| text.get(judgement.value)), Some(secret.as_str()), "{text:?}");
        }
    }

    #[test]
    fn the_mark_alone_is_none() {
        for text in ["Q~", " AbC1Q~short", "Q~TY3WbA3BbRVSh4viszRvtgG3EqVxB60tQP", " é8Q~é"] {
            assert_eq!(judge(text), None, "{text}");
        }
    }
}
