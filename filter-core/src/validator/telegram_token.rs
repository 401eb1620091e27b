//! The token of a Telegram bot: its number, a colon, and 35 characters.
//!
//! Source: Telegram Bot API, « Authorizing your bot ». It begins with digits, like hours and phone numbers, so that the rule
//! begins with a word such as « bot » and this looks for it in the rest of the line.

use super::{Judgement, entropy};
use crate::verdict::Confidence;

/// The token in a line.
pub(super) fn judge(text: &str) -> Option<Judgement> {
    let line = text.split('\n').next().unwrap_or(text);
    line.match_indices(':').find_map(|(colon, _)| {
        let before = line.get(..colon)?;
        let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let tail = line.get(colon + 1..)?;
        let length =
            tail.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
        let whole =
            (8..=10).contains(&digits) && (34..=36).contains(&length) && entropy::distinct(tail.get(..length)?) >= 9;
        whole.then(|| Judgement { value: colon - digits..colon + 1 + length, confidence: Confidence::High })
    })
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn the_token_is_found_wherever_it_stands_in_the_line() {
        // Put together here, so that no scanner takes this file for a leak.
        let token = ["5636429992:AAKnWOxRS3", "IvZoIBGS7kbWJwP4NvW-E-L_f"].concat();
        for text in [format!(" : {token}"), format!("_BOT_TOKEN={token}"), format!("bot 12:30, {token}.")] {
            assert_eq!(judge(&text).and_then(|judgement| text.get(judgement.value)), Some(token.as_str()), "{text:?}");
        }
    }

    #[test]
    fn hours_and_masks_are_none() {
        for text in [" répond à 12:30", ":", " 5636429992:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", " é:é"] {
            assert_eq!(judge(text), None, "{text}");
        }
    }
}
