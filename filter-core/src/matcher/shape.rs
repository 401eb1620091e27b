//! Groups of letters and digits: account numbers, cards, national identifiers.
//!
//! A shape is a class for each character of the value without separators, and how the value may be grouped when written.
//! It is asked about a [`Layout`]; wherever a value of it could end, the validator is asked, and the longest accepted value wins.

use super::layout::{Ends, Layout, MAX_LENGTH, end_after, ends_in_decimal, until};
use crate::gate::{MAX_LETTERS, MIN_DIGITS};
use crate::policy::model::Written;
use crate::validator::Validator;

/// A compiled shape.
#[derive(Debug)]
pub(crate) struct Shape {
    classes: Box<[Class]>,
    /// Bit *n*: character *n* must be a digit.
    digits: u64,
    /// Bit *n*: character *n* must be a letter.
    letters: u64,
    min: usize,
    groups: Groups,
    /// The ends that a first group may have, as in [`Groups::Lists`]. Most numbers are none of ours, and their first group says so.
    first_ends: u64,
    written: Written,
    validator: Option<&'static Validator>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Either,
}

#[derive(Debug)]
enum Groups {
    /// In one piece only.
    None,
    /// Any groups of two or more characters with the same sign between.
    Any,
    /// Any groups, any signs between.
    Free,
    /// One of these, or in one piece: for each a bit set, in which bit *n* says that a group ends after *n* + 1 characters.
    Lists(Vec<u64>),
}

/// A value in a text.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) end: usize,
    /// Whether it is written in groups.
    pub(crate) grouped: bool,
    /// Without separators, in capitals.
    pub(crate) value: String,
}

/// What the gate asks for where a shape leaves open which of its characters are digits.
const FEWEST_COUNTED: u32 = 2;

/// With separators between, no more digits than this need stand within the gate's window.
const MAX_COUNTED: u32 = 16;

/// Why a shape cannot be compiled: which key is wrong, and how.
#[derive(Debug)]
pub(crate) struct ShapeError {
    pub(crate) key: &'static str,
    pub(crate) message: String,
}

impl Shape {
    pub(crate) fn compile(
        shape: &str,
        groups: &[String],
        written: Written,
        validator: Option<&'static Validator>,
    ) -> Result<Self, ShapeError> {
        let error = |key, message: String| ShapeError { key, message };
        let (classes, min) = classes(shape).map_err(|message| error("shape", message))?;
        let digits = classes[..min].iter().filter(|class| **class == Class::Digit).count();
        let letters = classes.iter().take_while(|class| **class == Class::Letter).count();
        match classes[0] {
            Class::Digit if digits < MIN_DIGITS as usize => {
                let message = format!("a shape of digits needs at least {MIN_DIGITS} of them, this one has {digits}");
                return Err(error("shape", message));
            }
            Class::Letter if letters > MAX_LETTERS || letters == min => {
                let message =
                    format!("a shape begins with a digit, or with up to {MAX_LETTERS} letters and then others");
                return Err(error("shape", message));
            }
            Class::Either => {
                return Err(error("shape", "a shape begins with a letter (A) or a digit (D)".to_owned()));
            }
            Class::Digit | Class::Letter => {}
        }
        let groups = match groups {
            [] => Groups::None,
            [any] if any == "any" => Groups::Any,
            [free] if free == "free" => Groups::Free,
            lists => {
                let mut parsed = Vec::new();
                for list in lists {
                    let lengths: Option<Vec<usize>> = list.split_whitespace().map(|n| n.parse().ok()).collect();
                    let Some(lengths) = lengths.filter(|l| (min..=classes.len()).contains(&l.iter().sum())) else {
                        let message =
                            format!("`{list}` is no list of group lengths that adds up to the shape's length");
                        return Err(error("groups", message));
                    };
                    let mut end = 0;
                    parsed.push(lengths.iter().fold(0, |ends, length| {
                        end += length;
                        ends | end_after(end)
                    }));
                }
                Groups::Lists(parsed)
            }
        };
        let whole = (min..=classes.len()).fold(0, |ends, length| ends | end_after(length));
        let first_ends = match &groups {
            Groups::None => whole,
            Groups::Any | Groups::Free => u64::MAX,
            Groups::Lists(lists) => lists.iter().fold(whole, |ends, list| ends | list),
        };
        if written != Written::Either && matches!(groups, Groups::None) {
            return Err(error("groups", "a shape that is written in groups only needs their lengths".to_owned()));
        }
        let of = |wanted: Class| {
            classes.iter().enumerate().fold(0, |bits, (at, class)| bits | u64::from(*class == wanted) << at)
        };
        let (digits, letters) = (of(Class::Digit), of(Class::Letter));
        Ok(Self { classes: classes.into(), digits, letters, min, groups, first_ends, written, validator })
    }

    /// How many digits a value has at the least, as far as the gate counts.
    pub(crate) fn digits(&self) -> u32 {
        let digits = self.classes[..self.min].iter().map(|class| u32::from(*class == Class::Digit)).sum();
        let digits = if digits == 0 { FEWEST_COUNTED } else { digits };
        digits.min(MAX_COUNTED)
    }

    /// With how many letters a value may begin.
    pub(crate) fn letters(&self) -> core::ops::RangeInclusive<usize> {
        let letters = self.classes.iter().take_while(|class| **class == Class::Letter).count();
        let open = self.classes.get(letters) == Some(&Class::Either);
        letters..=if open { MAX_LETTERS } else { letters }
    }

    /// How many characters a value has at the most.
    pub(crate) fn longest(&self) -> usize {
        self.classes.len()
    }

    /// The groups' ends that a value with a first group of this length may have, for [`Layout::allows`]; `None` where any.
    pub(crate) fn ends_for(&self, first: usize) -> Vec<Option<Ends>> {
        let mut all = Vec::new();
        if self.written == Written::Either && (self.min..=self.classes.len()).contains(&first) {
            all.push(Some(Ends::of(end_after(first))));
        }
        match &self.groups {
            Groups::None => {}
            Groups::Any => all = vec![None],
            Groups::Free => {
                all.extend((self.min..=self.classes.len()).map(|length| Some(Ends::at(end_after(length)))));
            }
            Groups::Lists(lists) => {
                let fitting = lists.iter().filter(|list| **list & end_after(first) != 0);
                all.extend(fitting.map(|list| Some(Ends::of(*list))));
            }
        }
        all
    }

    /// Whether a value may begin with a group of this length.
    pub(crate) fn may_begin_with(&self, length: usize) -> bool {
        length <= self.classes.len() && self.first_ends & end_after(length) != 0
    }

    /// The longest value of this shape that a layout begins with, if there is one: « FR76 3000 … 189 merci » ends where its checksum
    /// says.
    pub(crate) fn value_in(&self, text: &[u8], layout: &Layout<'_>) -> Option<Found> {
        let mut best = 0;
        // A number in one piece has every one of the groupings: it is looked at once.
        let mut considered = 0;
        let mut consider = |length: usize| {
            let is_new = considered & end_after(length) == 0;
            considered |= end_after(length);
            let fits = is_new
                && length > best
                && (self.written != Written::Dashed || layout.is_dashed(length))
                && self.has_classes(layout, length)
                && !ends_in_decimal(text, layout.place(length));
            if fits && self.accepts(&layout.value[..length]) {
                best = length;
            }
        };
        if self.written == Written::Either && (self.min..=self.classes.len()).contains(&layout.first) {
            consider(layout.first);
        }
        match &self.groups {
            Groups::None => {}
            Groups::Any => {
                let longest = self.classes.len().min(layout.alike());
                let mut short = false;
                let mut last = 0;
                for length in (1..=longest).filter(|length| layout.ends_after(*length)) {
                    if short {
                        break;
                    }
                    if length >= self.min && length > layout.first {
                        consider(length);
                    }
                    // A group of one character may only be the last.
                    short = length - last < 2;
                    last = length;
                }
            }
            Groups::Free => {
                for length in (self.min..=self.classes.len()).filter(|length| layout.ends_after(*length)) {
                    if length > layout.first {
                        consider(length);
                    }
                }
            }
            Groups::Lists(lists) => {
                for list in lists {
                    let length = list.ilog2() as usize + 1;
                    let ends = layout.ends_until(length);
                    let matches = match self.written {
                        // Some separators may be missing (an invisible character stood there), none may be in the wrong place.
                        Written::Either => ends & !list == 0 && layout.ends_after(length),
                        Written::Grouped | Written::Dashed => ends == *list,
                    };
                    if matches {
                        consider(length);
                    }
                }
            }
        }
        (best > 0).then(|| Found {
            end: layout.place(best),
            grouped: self.is_grouped(layout.ends_until(best)),
            value: layout.value[..best].to_owned(),
        })
    }

    fn has_classes(&self, layout: &Layout<'_>, length: usize) -> bool {
        let until = until(length);
        let (digits, letters) = (self.digits & until, self.letters & until);
        layout.digits & digits == digits
            && layout.letters & letters == letters
            && (layout.digits | layout.letters) & until == until
    }

    /// As evidence counts only what is written as a list says, and not any two parts.
    fn is_grouped(&self, ends: u64) -> bool {
        ends.count_ones() > 1
            && match &self.groups {
                Groups::None => false,
                Groups::Any | Groups::Free => true,
                Groups::Lists(lists) => lists.contains(&ends),
            }
    }

    fn accepts(&self, value: &str) -> bool {
        self.validator.is_none_or(|validator| (validator.accepts)(value))
    }
}

/// The class of each character, and how many must be there.
fn classes(shape: &str) -> Result<(Vec<Class>, usize), String> {
    let mut classes = Vec::new();
    let mut optional = 0;
    let mut chars = shape.chars().filter(|c| !c.is_whitespace()).peekable();
    while let Some(c) = chars.next() {
        let class = match c {
            'A' => Class::Letter,
            'D' => Class::Digit,
            'X' => Class::Either,
            other => {
                return Err(format!("`{other}` is none of A (letter), D (digit), X (either), {{n}}, {{n,m}}"));
            }
        };
        let (from, to) = if chars.peek() == Some(&'{') {
            let rest: String = chars.clone().skip(1).collect();
            let Some((inside, _)) = rest.split_once('}') else {
                return Err("a `{` is not closed".to_owned());
            };
            let inside = inside.to_owned();
            chars.by_ref().take(inside.chars().count() + 2).for_each(drop);
            let (from, to) = inside.split_once(',').unwrap_or((&inside, &inside));
            match (from.parse::<usize>(), to.parse::<usize>()) {
                (Ok(from), Ok(to)) if from <= to && to <= MAX_LENGTH => (from, to),
                _ => {
                    return Err(format!("`{{{inside}}}` is no repetition like {{4}} or {{11,30}}, up to {MAX_LENGTH}"));
                }
            }
        } else {
            (1, 1)
        };
        if optional > 0 {
            return Err("only the last class may have a variable length".to_owned());
        }
        optional = to - from;
        classes.extend(core::iter::repeat_n(class, to));
    }
    match classes.len() {
        0 => Err("an empty shape finds nothing".to_owned()),
        n if n > MAX_LENGTH => Err(format!("a shape has at most {MAX_LENGTH} characters, this one has {n}")),
        n => Ok((classes, n - optional)),
    }
}
