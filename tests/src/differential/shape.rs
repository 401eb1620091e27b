//! `kind = "shape"`: at each start of a word all groups that could belong together are collected, then the longest value is taken
//! that is written as the shape says and that the validator accepts.

use core::ops::Range;
use std::sync::LazyLock;

use filter_core::policy::model::{ShapeRule, Written};
use filter_core::validator::{self, Validator};
use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};

use super::{expression, is_word, word_begins};

pub(super) struct Shape {
    /// A regular expression for the value without separators.
    value: Regex,
    longest: usize,
    groups: Vec<String>,
    written: Written,
    validator: Option<&'static Validator>,
    /// What is looked at as one at all.
    begins: Begins,
}

/// With a digit, or with up to six letters and two separators before the first digit: all else is taken for words.
enum Begins {
    Digit,
    Letters,
}

struct Group {
    /// The sign before it; the first has none.
    sign: u8,
    text: Range<usize>,
}

impl Shape {
    pub(super) fn new(written: &ShapeRule) -> Self {
        let pattern: String = written
            .shape
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| match c {
                'A' => "[a-z]".to_owned(),
                'D' => "[0-9]".to_owned(),
                'X' => "[a-z0-9]".to_owned(),
                other => other.to_string(),
            })
            .collect();
        let value = expression(&format!("^(?:{pattern})$"));
        let longest = (1..=64).rev().find(|n| fits_length(&pattern, *n)).unwrap_or(64);
        let begins = if written.shape.trim_start().starts_with('D') { Begins::Digit } else { Begins::Letters };
        Self {
            value,
            longest,
            groups: written.groups.clone(),
            written: written.written,
            validator: written.validator.as_deref().and_then(validator::find),
            begins,
        }
    }

    pub(super) fn values(&self, text: &[u8]) -> Vec<Range<usize>> {
        let mut values: Vec<Range<usize>> = Vec::new();
        for at in (0..text.len()).filter(|at| word_begins(text, *at)) {
            if values.last().is_some_and(|last| at < last.end) || !self.may_begin(text, at) {
                continue;
            }
            values.extend(self.end(text, at).map(|end| at..end));
        }
        values
    }

    fn may_begin(&self, text: &[u8], at: usize) -> bool {
        match self.begins {
            Begins::Digit => text[at].is_ascii_digit(),
            Begins::Letters => {
                let Some(before) = text[at..].iter().position(u8::is_ascii_digit) else { return false };
                let separators = text[at..at + before].iter().filter(|byte| !is_word(**byte)).count();
                (1..=6).contains(&(before - separators)) && separators <= 2
            }
        }
    }

    fn end(&self, text: &[u8], at: usize) -> Option<usize> {
        if is_tail_of_decimal(text, at) {
            return None;
        }
        let groups = collect(text, at, self.longest);
        (1..=groups.len()).rev().find_map(|count| {
            let end = groups[count - 1].text.end;
            (self.is_value(text, &groups[..count]) && !is_amount(text, end)).then_some(end)
        })
    }

    fn is_value(&self, text: &[u8], groups: &[Group]) -> bool {
        let value: Vec<u8> = groups.iter().flat_map(|group| &text[group.text.clone()]).copied().collect();
        if !self.value.is_match(&value) || !self.is_written_well(groups) {
            return false;
        }
        let value = String::from_utf8(value).map(|value| value.to_uppercase());
        value.is_ok_and(|value| self.validator.is_none_or(|validator| (validator.accepts)(&value)))
    }

    fn is_written_well(&self, groups: &[Group]) -> bool {
        if groups.len() == 1 {
            return self.written == Written::Either;
        }
        if self.written == Written::Dashed && groups[1..].iter().any(|group| group.sign != b'-') {
            return false;
        }
        match &*self.groups {
            [] => false,
            [free] if free == "free" => true,
            [any] if any == "any" => {
                let (_, inner) = groups.split_last().expect("there are two");
                inner.iter().all(|group| group.text.len() >= 2)
                    && groups[1..].iter().all(|group| group.sign == groups[1].sign)
            }
            lists => lists.iter().any(|list| {
                let meant = borders(list.split_whitespace().filter_map(|length| length.parse().ok()));
                let written = borders(groups.iter().map(|group| group.text.len()));
                match self.written {
                    Written::Grouped | Written::Dashed => meant == written,
                    // Some separators may be missing, none may be in the wrong place.
                    Written::Either => {
                        meant.last() == written.last() && written.iter().all(|border| meant.contains(border))
                    }
                }
            }),
        }
    }
}

fn borders(lengths: impl Iterator<Item = usize>) -> Vec<usize> {
    lengths
        .scan(0, |end, length| {
            *end += length;
            Some(*end)
        })
        .collect()
}

/// Whether a shape, as a regular expression of classes and repetitions, takes so many characters. `[0-9]` stands in all classes.
fn fits_length(pattern: &str, length: usize) -> bool {
    let digits = pattern.replace("[a-z]", "[0-9]").replace("[a-z0-9]", "[0-9]");
    expression(&format!("^(?:{digits})$")).is_match("0".repeat(length).as_bytes())
}

/// The words from a place on that have nothing but one separator between each two, up to the shape's length and a word more.
fn collect(text: &[u8], at: usize, longest: usize) -> Vec<Group> {
    static SEPARATOR: LazyLock<Regex> =
        LazyLock::new(|| expression(r"(?: {0,2}[-/_(\t] {0,2}| {0,2}\.| {1,2})[a-z0-9\x80-\xff]"));
    let word = |at: usize| at..at + text[at..].iter().take_while(|byte| is_word(**byte)).count();
    let mut groups = vec![Group { sign: 0, text: word(at) }];
    let mut length = groups[0].text.len();
    while length <= longest {
        let end = groups.last().map_or(at, |group| group.text.end);
        let Some(found) = SEPARATOR.search(&Input::new(text).range(end..).anchored(Anchored::Yes)) else { break };
        let begins = found.end() - 1;
        let sign = text[end..begins].iter().copied().find(|byte| *byte != b' ').unwrap_or(b' ');
        let group = Group { sign, text: word(begins) };
        length += group.text.len();
        groups.push(group);
    }
    groups
}

/// « 0.4111… », « 3,14159… »
fn is_tail_of_decimal(text: &[u8], at: usize) -> bool {
    static POINT: LazyLock<Regex> = LazyLock::new(|| expression(r"[0-9]\.$"));
    static COMMA: LazyLock<Regex> = LazyLock::new(|| expression(r"(?:^|[^a-z0-9\x80-\xff])[0-9],$"));
    // The sign, the digit before it, and what stands before that.
    let before = &text[at.saturating_sub(3)..at];
    let behind = text[at..].iter().find(|byte| !is_word(**byte));
    POINT.is_match(before) || (COMMA.is_match(before) && behind != Some(&b','))
}

/// « 4111111111111111,50 »
fn is_amount(text: &[u8], end: usize) -> bool {
    static CENTS: LazyLock<Regex> = LazyLock::new(|| expression(r"^,[0-9]{2}(?:[^a-z0-9\x80-\xff,/;-]|$)"));
    CENTS.is_match(&text[end..text.len().min(end + 4)])
}
