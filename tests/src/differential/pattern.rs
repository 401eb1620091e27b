//! `kind = "pattern"`: leftmost matches of a regular expression that begin where a word does.

use core::ops::Range;

use filter_core::policy::model::{PatternRule, PatternStart, View};
use filter_core::text::{Folded, Visible};
use filter_core::validator::{self, Validator};
use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};

use super::{expression, is_word, word_begins};

pub(super) struct Pattern {
    prefix: Option<Regex>,
    value: Regex,
    longest: usize,
    lookback: usize,
    view: View,
    start: PatternStart,
    validator: Option<&'static Validator>,
}

impl Pattern {
    pub(super) fn new(written: &PatternRule) -> Self {
        Self {
            prefix: written.prefix.as_deref().map(expression),
            value: expression(&written.pattern),
            longest: written.longest as usize,
            lookback: written.lookback as usize,
            view: written.view,
            start: written.start,
            validator: written.validator.as_deref().and_then(validator::find),
        }
    }

    /// How far before a match its validator reads.
    pub(super) fn lookback(&self) -> usize {
        self.lookback
    }

    /// All values, from left to right, none of which begins within the one before; `may` is asked of a match's
    /// beginning and of its value whether it can be one at all.
    pub(super) fn values(
        &self,
        folded: Folded<'_>,
        visible: Visible<'_>,
        may: impl Fn(usize, &Range<usize>) -> bool,
    ) -> Vec<Range<usize>> {
        let mut values: Vec<Range<usize>> = Vec::new();
        let mut offer = |begins: usize, place: Range<usize>| {
            if values.last().is_some_and(|last| begins < last.end) {
                return;
            }
            if let Some(value) = self.judge(folded, visible, place).filter(|value| may(begins, value)) {
                values.push(value);
            }
        };
        let text = match self.view {
            View::Folded => folded.bytes(),
            View::Exact => visible.bytes(),
        };
        if self.start == PatternStart::Literal {
            let mut places = Vec::new();
            let mut from = 0;
            while let Some((begins, place)) = self.next(text, from) {
                from = begins + 1;
                let in_folded = |at: usize| match self.view {
                    View::Folded => at,
                    View::Exact => folded.to_folded(visible.to_original(at..at + 1).start),
                };
                // Its first letter or digit begins a word.
                let first = (begins..place.end).map(in_folded).find(|at| is_word(folded.bytes()[*at]));
                if first.is_some_and(|at| word_begins(folded.bytes(), at)) {
                    places.push((in_folded(begins), place));
                }
            }
            let exact = places.len();
            places.extend(self.disguised(folded, visible));
            // Where a name is read both ways it is the one that was written.
            let written: Vec<usize> = places[..exact].iter().map(|(begins, _)| *begins).collect();
            let mut number = 0;
            places.retain(|(begins, _)| {
                number += 1;
                number <= exact || !written.contains(begins)
            });
            places.sort_by_key(|(begins, _)| *begins);
            for (begins, place) in places {
                offer(begins, place);
            }
        } else {
            for at in starts(self.start, folded.bytes()) {
                let here = match self.view {
                    View::Folded => at,
                    View::Exact => visible.to_visible(folded.to_original(at..at + 1).start),
                };
                if let Some(place) = self.at(text, here) {
                    offer(at, place);
                }
            }
        }
        values
    }

    /// What stands behind a prefix that matches folded text: a name in disguise. Where it begins in folded text, and the value.
    fn disguised(&self, folded: Folded<'_>, visible: Visible<'_>) -> Vec<(usize, Range<usize>)> {
        let Some(prefix) = self.prefix.as_ref().filter(|_| self.view == View::Exact && self.lookback == 0) else {
            return Vec::new();
        };
        let text = folded.bytes();
        let mut places = Vec::new();
        let mut from = 0;
        while let Some(found) = prefix.search(&Input::new(text).range(from..)) {
            let begins = found.start();
            from = begins + 1;
            let first = (begins..text.len()).find(|at| is_word(text[*at]));
            if first.is_some_and(|at| word_begins(text, at)) {
                let range = begins..text.len().min(begins + self.longest);
                let end =
                    prefix.search(&Input::new(text).range(range).anchored(Anchored::Yes)).map(|found| found.end());
                let value = end.and_then(|end| {
                    let start = visible.to_visible(folded.to_original(end - 1..end).end);
                    let range = start..visible.bytes().len().min(start + self.longest);
                    let found = self.value.search(&Input::new(visible.bytes()).range(range).anchored(Anchored::Yes))?;
                    (found.end() > start).then_some(start..found.end())
                });
                places.extend(value.map(|value| (begins, value)));
            }
            if from > text.len() {
                break;
            }
        }
        places
    }

    /// The leftmost match from a place on: where it begins with its prefix, and the value.
    fn next(&self, text: &[u8], mut from: usize) -> Option<(usize, Range<usize>)> {
        let first = self.prefix.as_ref().unwrap_or(&self.value);
        loop {
            let begins = first.search(&Input::new(text).range(from..))?.start();
            if let Some(value) = self.at(text, begins) {
                return Some((begins, value));
            }
            from = begins + 1;
            if from > text.len() {
                return None;
            }
        }
    }

    fn at(&self, text: &[u8], at: usize) -> Option<Range<usize>> {
        let end = |regex: &Regex, at: usize| {
            let range = at..text.len().min(at + self.longest);
            regex.search(&Input::new(text).range(range).anchored(Anchored::Yes)).map(|found| found.end())
        };
        let start = self.prefix.as_ref().map_or(Some(at), |prefix| end(prefix, at))?;
        let end = end(&self.value, start)?;
        if self.lookback == 0 {
            return (end > start).then_some(start..end);
        }
        let mut begins = at - self.lookback.min(at);
        begins += text[begins..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |line| line + 1);
        while text.get(begins).is_some_and(|byte| byte & 0xC0 == 0x80) {
            begins += 1;
        }
        (end > start).then_some(begins..end)
    }

    /// In folded text, what the validator makes of a match.
    fn judge(&self, folded: Folded<'_>, visible: Visible<'_>, place: Range<usize>) -> Option<Range<usize>> {
        let text = match self.view {
            View::Folded => folded.text().get(place.clone()),
            View::Exact => visible.text().get(place.clone()),
        }?;
        let value = match self.validator {
            Some(validator) => validator.judge(text)?.value,
            None => 0..text.len(),
        };
        text.get(value.clone())?;
        let place = place.start + value.start..place.start + value.end;
        let original = match self.view {
            View::Folded => folded.to_original(place),
            View::Exact => visible.to_original(place),
        };
        Some(folded.to_folded(original.start)..folded.to_folded(original.end))
    }
}

/// The places at which patterns without literals may begin, in folded text.
fn starts(start: PatternStart, text: &[u8]) -> Vec<usize> {
    let run = |at: usize, belongs: fn(u8) -> bool| text[at..].iter().take_while(|byte| belongs(**byte)).count();
    let all = 0..text.len();
    match start {
        PatternStart::Literal => Vec::new(),
        PatternStart::Digits => {
            let digits = |at: &usize| text[*at..].iter().take(32).filter(|byte| byte.is_ascii_digit()).count();
            let numbers = all.filter(|at| word_begins(text, *at) && text[*at].is_ascii_digit() && digits(at) >= 7);
            let with_signs = numbers.flat_map(|at| {
                let signs = text[..at].iter().rev().take(2).take_while(|byte| b"+(".contains(byte)).count();
                at - signs..=at
            });
            with_signs.collect()
        }
        PatternStart::LongWord => all.filter(|at| word_begins(text, *at) && run(*at, is_word) >= 26).collect(),
        PatternStart::AtSign => {
            let is_name = |byte: u8| is_word(byte) || b"._%+-".contains(&byte);
            let mut starts = Vec::new();
            for at in all.filter(|at| text[*at] == b'@') {
                let name = text[..at].iter().rev().take(64).take_while(|byte| is_name(**byte)).count();
                if name > 0 && text.get(at + 1).is_some_and(|byte| is_word(*byte)) {
                    starts.push(at - name);
                }
            }
            starts
        }
        PatternStart::Filler => {
            let is_line = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'<';
            let begins = |at: &usize| is_line(text[*at]) && (*at == 0 || !is_line(text[*at - 1]));
            let filled = |at: &usize| text[*at..*at + run(*at, is_line)].windows(2).any(|two| two == b"<<");
            all.filter(begins).filter(filled).collect()
        }
        PatternStart::MixedWord => {
            let is_space = |byte: &u8| byte.is_ascii_whitespace();
            let piece_begins = |at: &usize| {
                let begins = text[..*at].iter().rposition(is_space).map_or(0, |space| space + 1);
                *at - begins <= 3 && !text[begins..*at].iter().any(|byte| is_word(*byte))
            };
            let mixed = |at: &usize| {
                let piece = &text[*at..*at + run(*at, |byte| !byte.is_ascii_whitespace())];
                (6..=64).contains(&piece.len())
                    && piece.iter().filter(|byte| byte.is_ascii_lowercase()).count() >= 3
                    && piece.iter().take(32).any(u8::is_ascii_digit)
            };
            all.filter(|at| word_begins(text, *at) && piece_begins(at) && mixed(at)).collect()
        }
    }
}
