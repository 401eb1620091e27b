//! `kind = "marking"`: phrases and grammars with the caveats behind them, and of markings on the same words the longest.

use core::ops::Range;
use std::sync::LazyLock;

use filter_core::policy::model::MarkingRule;
use filter_core::text::{FoldBuffer, Folded};
use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};

use super::phrase::{Phrase, Phrases};
use super::{is_word, word_begins};

pub(super) struct Marking {
    phrases: Phrases,
    caveats: Vec<Vec<Phrase>>,
    grammar: Option<String>,
}

/// A marking in folded text.
pub(super) struct Occurrence {
    pub(super) rule: usize,
    pub(super) span: Range<usize>,
    pub(super) is_abbreviation: bool,
}

impl Marking {
    pub(super) fn new(written: &MarkingRule, fold: &mut FoldBuffer) -> Self {
        let mut phrases = Phrases::default();
        for phrase in &written.phrases {
            Phrase::all(phrase, fold).into_iter().for_each(|phrase| phrases.add(phrase));
        }
        for abbreviation in &written.abbreviations {
            phrases.add(Phrase::cased(abbreviation, fold));
        }
        if let Some(typos) = &written.typos {
            phrases.forgive(&typos.except, fold);
        }
        let mut caveat = |written: &String| {
            if written.chars().any(char::is_uppercase) {
                vec![Phrase::cased(written, fold)]
            } else {
                Phrase::all(written, fold)
            }
        };
        let caveats = written.caveats.values().map(|all| all.iter().flat_map(&mut caveat).collect()).collect();
        Self { phrases, caveats, grammar: written.grammar.clone() }
    }

    pub(super) fn occurrences(&self, rule: usize, folded: Folded<'_>) -> Vec<Occurrence> {
        let mut occurrences = Vec::new();
        for (mut span, is_abbreviation) in self.phrases.places(folded) {
            span.start -= usize::from(folded.bytes()[..span.start].ends_with(b"#"));
            span.end = self.end_of_caveats(folded, span.clone());
            occurrences.push(Occurrence { rule, span, is_abbreviation });
        }
        if let Some(grammar) = &self.grammar {
            // Every word of a block of lines is one of its heads: the first of them reads it.
            let mut read: Vec<Range<usize>> = Vec::new();
            for at in (0..folded.bytes().len()).filter(|at| word_begins(folded.bytes(), *at)) {
                if read.iter().any(|span| span.contains(&at)) {
                    continue;
                }
                if let Some(span) = filter_core::marking_of_grammar(grammar, folded, at) {
                    read.push(span.clone());
                    occurrences.push(Occurrence { rule, span, is_abbreviation: false });
                }
            }
        }
        occurrences
    }

    /// Where the marking ends with the caveats that follow one another behind it, none of which it has already.
    fn end_of_caveats(&self, folded: Folded<'_>, span: Range<usize>) -> usize {
        let text = folded.bytes();
        let starts = || span.clone().filter(|at| is_word(text[*at]) && (*at == span.start || !is_word(text[*at - 1])));
        let within = |phrase: &Phrase| starts().any(|at| phrase.at(folded, at).is_some_and(|own| own.end <= span.end));
        let mut open: Vec<&Vec<Phrase>> = self.caveats.iter().filter(|caveat| !caveat.iter().any(within)).collect();
        let mut end = span.end;
        while let Some((n, next)) = open.iter().enumerate().find_map(|(n, caveat)| {
            let after = |end: usize| {
                let between = text[end..].iter().take_while(|byte| !is_word(**byte)).count();
                let follows = (1..=8).contains(&between) && end + between < text.len();
                caveat.iter().filter(|_| follows).find_map(|phrase| phrase.at(folded, end + between))
            };
            let next = after(end).or_else(|| after(end_of_code_word(folded, end)?));
            next.filter(|own| is_stamped(text, end..own.end)).map(|own| (n, own.end))
        }) {
            end = next;
            open.remove(n);
        }
        end
    }
}

/// « TOP SECRET - UMBRA GATE - UK EYES ONLY »: where a word in capitals ends that is set off on both sides, within 40 bytes.
fn end_of_code_word(folded: Folded<'_>, from: usize) -> Option<usize> {
    static CODE_WORD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("[ /-]*[/-][ /-]*([a-z][a-z ]+[a-z]) *[/-]").expect("the expression is right"));
    let text = folded.bytes();
    let input = Input::new(text).range(from..text.len().min(from + 40)).anchored(Anchored::Yes);
    let mut captures = CODE_WORD.create_captures();
    CODE_WORD.search_captures(&input, &mut captures);
    let word = captures.get_group(1)?;
    let mut letters = word.range().filter(|at| text[*at] != b' ');
    letters.all(|at| folded.flags_at(at).was_upper).then_some(word.end)
}

/// On a new line a caveat has the line to itself.
fn is_stamped(text: &[u8], behind: Range<usize>) -> bool {
    let rest = &text[behind.end..text.len().min(behind.end + 64)];
    let line = rest.split(|byte| *byte == b'\n').next().unwrap_or(rest);
    !text[behind].contains(&b'\n')
        || !line.iter().any(|byte| is_word(*byte))
        || line.starts_with(b" -")
        || line.starts_with(b" :")
}

/// What is weighed: no marking within a longer one that stands on one line, and none of a rule that ends within its last.
pub(super) fn weighed(text: &[u8], mut all: Vec<Occurrence>) -> Vec<Occurrence> {
    all.sort_by_key(|o| (o.span.start, core::cmp::Reverse(o.span.end), o.rule, !o.is_abbreviation));
    let spans: Vec<Range<usize>> = all.iter().map(|o| o.span.clone()).collect();
    let holds = |outer: &Range<usize>, inner: &Range<usize>| {
        let around = outer.start <= inner.start && inner.end <= outer.end && inner.len() < outer.len();
        around && !text[outer.clone()].contains(&b'\n')
    };
    all.retain(|o| !spans.iter().any(|outer| holds(outer, &o.span)));
    let mut weighed: Vec<Occurrence> = Vec::new();
    for occurrence in all {
        let read = weighed.iter().filter(|o| o.rule == occurrence.rule).map(|o| o.span.end).max();
        if read.is_none_or(|read| occurrence.span.end > read) {
            weighed.push(occurrence);
        }
    }
    weighed
}
