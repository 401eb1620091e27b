//! Who may see a text, without a classification before it: `REL TO USA, FVEY`, `GBR/USA EYES ONLY`.

use super::Parsed;
use super::capco_values;
use super::cursor::{Cursor, last_word};
use crate::text::Folded;

/// The countries of the Five Eyes begin their lists; with others first it is somebody else's list.
pub(super) const HEADS: &[&str] = &[
    "rel",
    "releasable",
    "display",
    "aus",
    "can",
    "gbr",
    "nzl",
    "usa",
    "uk/",
    "us/",
    "fvey",
    "acgu",
    "teye",
    "auscannzukus",
];

pub(super) fn parse(text: Folded<'_>, at: usize) -> Option<Parsed> {
    let before = text.bytes()[..at].last();
    // In the middle of a list, or of an address.
    if before.is_some_and(|byte| b"/,.@&=".contains(byte)) {
        return None;
    }
    // « NATO CONFIDENTIAL REL TO EU » is one marking, whoever reads its first words.
    let level = last_word(&text.bytes()[..at]).map(|(_, word)| word);
    if matches!(level, Some(b"secret" | b"confidential" | b"restricted" | b"unclassified" | b"classified")) {
        return None;
    }
    let mut cursor = Cursor::new(text, at);
    let short = ["uk/us eyes only", "us/uk eyes only", "uk/aus eyes only", "uk/us/can eyes only"];
    let caveat = match short.into_iter().find(|words| cursor.eat(words)) {
        Some(words) => words.replace(['/', ' '], "-"),
        None => capco_values::release(&mut cursor).filter(|value| value.is_distinctive && value.names_who())?.caveat,
    };
    let issuer = if caveat.starts_with("uk-") { "uk" } else { "five-eyes" };
    Some(Parsed::new(at..cursor.at, issuer, 1, vec![caveat.into()]))
}
