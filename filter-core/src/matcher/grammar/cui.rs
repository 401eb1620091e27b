//! Controlled Unclassified Information: `CUI//SP-CTI/PRVCY//NOFORN`, `CONTROLLED//SP-PRVCY`, `(CUI//PRVCY)`.
//!
//! The registry of categories grows, so any capitals behind `CUI//` count as one.

use super::Parsed;
use super::capco_values;
use super::cursor::{Cursor, with_brackets};
use crate::text::Folded;

pub(super) const HEADS: &[&str] = &["cui", "controlled/", "controlled /"];

const LIMITS: &[&str] =
    &["fed only", "fedonly", "fedcon", "nocon", "dl only", "dlonly", "deliberative", "attorney client", "attorney wp"];

pub(super) fn parse(text: Folded<'_>, at: usize) -> Option<Parsed> {
    let mut cursor = Cursor::new(text, at);
    let is_short = cursor.eat_words("cui");
    if !is_short && !cursor.eat_words("controlled") || !cursor.is_capital(at..cursor.at) {
        return None;
    }
    let mut caveats: Vec<Box<str>> = vec!["cui".into()];
    let mut is_certain = false;
    let mut end = cursor.at;
    while caveats.len() < 16 {
        cursor.skip_spaces();
        let is_double = cursor.eat("//");
        let goes_on = is_double || cursor.eat("/") || end == cursor.at && cursor.eat("-");
        if !goes_on {
            break;
        }
        cursor.skip_spaces();
        let Some((value, is_known)) = value(&mut cursor) else { break };
        is_certain |= is_known || is_double && is_short;
        caveats.push(value.into());
        end = cursor.at;
    }
    is_certain.then(|| Parsed::new(with_brackets(text, at..end), "us", 1, caveats))
}

/// A category or a limit, and whether it is beyond doubt.
fn value(cursor: &mut Cursor<'_>) -> Option<(String, bool)> {
    let start = cursor.at;
    if cursor.eat_words("sp") && cursor.eat_capitals("-", 10) {
        return Some((String::from_utf8_lossy(cursor.since(start)).into_owned(), true));
    }
    cursor.at = start;
    if let Some(limit) = LIMITS.iter().find(|words| cursor.eat_words(words)) {
        return Some((limit.replace(' ', "-"), true));
    }
    if let Some(value) = capco_values::read(cursor) {
        return Some((value.caveat, value.is_distinctive));
    }
    cursor.at = start;
    cursor.eat_capitals("", 10).then(|| (String::from_utf8_lossy(cursor.since(start)).into_owned(), false))
}
