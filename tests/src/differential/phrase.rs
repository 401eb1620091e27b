//! Phrases, abbreviations and terms, each variant a regular expression; and phrases with one slip, word by word.

use core::ops::Range;
use std::collections::HashMap;

use filter_core::text::{FoldBuffer, Folded};
use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};

use super::{expression, is_word, word_begins};

/// What may stand between two words; a slash or plus only where the phrase has no punctuation of its own there.
const SEPARATORS: &str = r#" \t\r\n_.*~'">|`(\-"#;
/// The same without the full stop's followers that end a sentence.
const SOLID: &str = r#"_.*~'">|`(\-"#;

pub(super) struct Phrase {
    regex: Regex,
    first: Box<[u8]>,
    ends_with_word: bool,
    ends_with_stop: bool,
    /// For abbreviations, which of its letters are capitals.
    capitals: Option<Vec<bool>>,
    /// The words of a phrase that may have a slip.
    words: Vec<Box<[u8]>>,
}

impl Phrase {
    /// All that a phrase of the policy stands for.
    pub(super) fn all(written: &str, fold: &mut FoldBuffer) -> Vec<Self> {
        let mut phrases = Vec::new();
        for variant in variants(written) {
            let (lead, own) = variant.split_once(" > ").unwrap_or(("", &variant));
            let (lead, own) = (parts(fold.fold(lead).bytes()), parts(fold.fold(own).bytes()));
            let words: Vec<&[u8]> = own.iter().filter(|part| is_word(part[0])).map(|part| trim(part)).collect();
            let glued = words.concat();
            if lead.is_empty() && own.len() > 1 && words.len() == own.len() && glued.len() >= 10 {
                phrases.push(Self::new(&[], &[glued.clone().into()], None));
            }
            let undotted = own.iter().all(|part| !part.ends_with(b"."));
            let mut phrase = Self::new(&lead, &own, None);
            if lead.is_empty() && own.len() > 1 && words.len() == own.len() && glued.len() >= 10 && undotted {
                phrase.words = words.into_iter().map(Into::into).collect();
            }
            phrases.push(phrase);
        }
        phrases
    }

    /// In the letter case in which it is written.
    pub(super) fn cased(written: &str, fold: &mut FoldBuffer) -> Self {
        let folded = fold.fold(written);
        let capitals = letters(folded, 0..folded.bytes().len());
        Self::new(&[], &parts(folded.bytes()), Some(capitals))
    }

    fn new(lead: &[Box<[u8]>], own: &[Box<[u8]>], capitals: Option<Vec<bool>>) -> Self {
        let introduction = r#"[ \t_*~'"`:(\[=-]{1,8}"#;
        let lead_in = if lead.is_empty() { String::new() } else { joined(lead) + introduction };
        let last = own.last().map_or(&b""[..], |part| part);
        Self {
            regex: expression(&format!("{lead_in}({})", joined(own))),
            first: trim(lead.first().unwrap_or(&own[0])).into(),
            ends_with_word: is_word(last[0]),
            ends_with_stop: last.ends_with(b"."),
            capitals,
            words: Vec::new(),
        }
    }

    /// Where it stands if it begins at the start of a word, without what leads up to it.
    pub(super) fn at(&self, folded: Folded<'_>, at: usize) -> Option<Range<usize>> {
        let text = folded.bytes();
        let mut captures = self.regex.create_captures();
        let input = Input::new(text).range(at..).anchored(Anchored::Yes);
        self.regex.search_captures(&input, &mut captures);
        let own = captures.get_group(1)?;
        let mut end = own.end;
        if self.ends_with_word && text.get(end).is_some_and(|byte| is_word(*byte)) {
            return None;
        }
        end += usize::from(text[at..end].contains(&b'(') && text.get(end) == Some(&b')'));
        end += usize::from(self.ends_with_stop && text.get(end) == Some(&b'.'));
        let as_written = self.capitals.as_ref().is_none_or(|capitals| *capitals == letters(folded, at..end));
        as_written.then_some(own.start..end)
    }

    pub(super) fn is_abbreviation(&self) -> bool {
        self.capitals.is_some()
    }

    /// Where it stands with one slip in one word, if it begins at the start of a word.
    fn slipped_at(&self, text: &[u8], at: usize, real: &[Box<[u8]>]) -> Option<Range<usize>> {
        // « Diffusio.n » may be a word with a letter too few, or one that is cut: whichever the rest agrees with.
        let ends = (0..self.words.len())
            .find_map(|wrong| [true, false].into_iter().find_map(|cut| self.end_with(text, at, real, wrong, cut)));
        ends.map(|end| at..end)
    }

    /// Where it ends if the word of this number has a slip in it, or is cut in two, and all others are right.
    fn end_with(&self, text: &[u8], at: usize, real: &[Box<[u8]>], wrong: usize, cut: bool) -> Option<usize> {
        let mut end = at;
        for (n, meant) in self.words.iter().enumerate() {
            let begins = if n == 0 { at } else { end + gap(text, end)? };
            end = begins + text[begins..].iter().take_while(|byte| is_word(**byte)).count();
            let written = &text[begins..end];
            let is_right = written == &**meant;
            if n != wrong && !is_right || n == wrong && is_right {
                return None;
            }
            if n == wrong && cut {
                end = end_of_cut(text, begins, meant)?;
            } else if n == wrong && (real.iter().any(|real| **real == *written) || !is_slip(meant, written)) {
                return None;
            }
        }
        Some(end)
    }
}

/// The phrases of a rule, by the first word: trying a thousand regular expressions at each word takes a day for a million messages.
#[derive(Default)]
pub(super) struct Phrases {
    by_word: HashMap<Box<[u8]>, Vec<Phrase>>,
    real: Vec<Box<[u8]>>,
    forgives: bool,
}

impl Phrases {
    pub(super) fn add(&mut self, phrase: Phrase) {
        self.by_word.entry(phrase.first.clone()).or_default().push(phrase);
    }

    /// Forgives slips, but none that makes one of these words.
    pub(super) fn forgive(&mut self, real: &[String], fold: &mut FoldBuffer) {
        self.forgives = true;
        self.real = real.iter().map(|word| fold.fold(word).bytes().into()).collect();
    }

    /// All places, and whether an abbreviation stands there.
    pub(super) fn places(&self, folded: Folded<'_>) -> Vec<(Range<usize>, bool)> {
        let text = folded.bytes();
        let mut places = Vec::new();
        for at in (0..text.len()).filter(|at| word_begins(text, *at)) {
            let word = &text[at..at + text[at..].iter().take_while(|byte| is_word(**byte)).count()];
            for phrase in self.by_word.get(word).into_iter().flatten() {
                places.extend(phrase.at(folded, at).map(|span| (span, phrase.is_abbreviation())));
            }
            if !self.forgives {
                continue;
            }
            for phrase in self.by_word.values().flatten().filter(|phrase| !phrase.words.is_empty()) {
                // The first letter is always right.
                let first = &phrase.first;
                if first[0] == word[0] && (first.len().abs_diff(word.len()) < 2 || first.starts_with(word)) {
                    places.extend(phrase.slipped_at(text, at, &self.real).map(|span| (span, false)));
                }
            }
        }
        places
    }
}

/// The case of each letter.
fn letters(folded: Folded<'_>, range: Range<usize>) -> Vec<bool> {
    range.filter(|at| folded.bytes()[*at].is_ascii_lowercase()).map(|at| folded.is_upper(at)).collect()
}

/// Words, each with a full stop right behind it, and punctuation.
fn parts(folded: &[u8]) -> Vec<Box<[u8]>> {
    let regex = expression(r"[a-z0-9\x80-\xff]+\.?|[:/+]");
    regex.find_iter(folded).map(|found| folded[found.range()].into()).collect()
}

fn trim(part: &[u8]) -> &[u8] {
    part.strip_suffix(b".").unwrap_or(part)
}

fn joined(parts: &[Box<[u8]>]) -> String {
    let mut pattern = String::new();
    for (n, part) in parts.iter().enumerate() {
        if let Some(before) = n.checked_sub(1).map(|n| &parts[n]) {
            let optional = !is_word(before[0]) || !is_word(part[0]);
            pattern += &between(optional, before.ends_with(b".") && is_word(before[0]));
        }
        for byte in trim(part) {
            pattern += &format!(r"\x{byte:02x}");
        }
    }
    pattern
}

fn between(optional: bool, dotted: bool) -> String {
    let any = if optional { SEPARATORS.to_owned() } else { format!("/+{SEPARATORS}") };
    let solid = if optional { SOLID.to_owned() } else { format!("/+{SOLID}") };
    // Not a full stop and then a space, which ends a sentence; nor the end of a name in angle brackets.
    let some = format!(r"(?:[{any}&&[^.>]][{any}]{{0,7}}|\.(?:[{solid}][{any}]{{0,6}})?)");
    match (optional, dotted) {
        (true, true) => format!("(?:[{any}&&[^>]][{any}]{{0,7}})?"),
        (true, false) => format!("{some}?"),
        (false, true) => format!("[{any}&&[^>]][{any}]{{0,7}}"),
        (false, false) => some,
    }
}

/// Where a word of six letters or more ends that a space, a dash or a full stop cuts in two.
fn end_of_cut(text: &[u8], at: usize, meant: &[u8]) -> Option<usize> {
    let end = at + meant.len() + 1;
    let written = text.get(at..end)?;
    let whole = meant.len() >= 6 && !text.get(end).is_some_and(|byte| is_word(*byte));
    let cut = |n: usize| written[..n] == meant[..n] && b" -.".contains(&written[n]) && written[n + 1..] == meant[n..];
    (whole && (1..meant.len()).any(cut)).then_some(end)
}

/// How many bytes stand between two words of a phrase with a slip.
fn gap(text: &[u8], from: usize) -> Option<usize> {
    static GAP: std::sync::LazyLock<Regex> =
        std::sync::LazyLock::new(|| expression(&(between(false, false) + r"[a-z0-9\x80-\xff]")));
    let found = GAP.search(&Input::new(text).range(from..).anchored(Anchored::Yes))?;
    Some(found.len() - 1)
}

/// `(s)` and `a|b`.
fn variants(written: &str) -> Vec<String> {
    let mut variants = vec![String::new()];
    for word in written.split_whitespace() {
        let choices = word.split('|').flat_map(|choice| match choice.split_once('(') {
            Some((stem, rest)) => {
                let (ending, rest) = rest.split_once(')').unwrap_or((rest, ""));
                vec![format!("{stem}{rest}"), format!("{stem}{ending}{rest}")]
            }
            None => vec![choice.to_owned()],
        });
        let choices: Vec<String> = choices.collect();
        variants =
            variants.iter().flat_map(|before| choices.iter().map(move |choice| format!("{before} {choice}"))).collect();
    }
    variants.into_iter().map(|variant| variant.trim_start().to_owned()).collect()
}

/// One letter too many, too few, another one, or two that changed places, in a word of five letters or more; never the first.
fn is_slip(meant: &[u8], written: &[u8]) -> bool {
    if meant.len() < 5 || meant.first() != written.first() || meant == written {
        return false;
    }
    let without = |word: &[u8], at: usize| [&word[..at], &word[at + 1..]].concat();
    let missing = || (0..meant.len()).any(|at| without(meant, at) == written);
    let added = || (0..written.len()).any(|at| without(written, at) == meant);
    let other = || {
        let differ = meant.iter().zip(written).filter(|(a, b)| a != b).count();
        meant.len() == written.len() && differ == 1
    };
    let swapped = || {
        (1..meant.len()).any(|at| {
            let mut swapped = meant.to_vec();
            swapped.swap(at - 1, at);
            swapped == written
        })
    };
    missing() || added() || other() || swapped()
}
