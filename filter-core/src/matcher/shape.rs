//! Groups of letters and digits: account numbers, cards, national identifiers.
//!
//! A shape is a class for each character of the value without separators, and how the value may be grouped when written.
//! From its first character the value is collected group by group; after each group that could be the last, the validator is
//! asked, and the longest accepted value wins (`FR76 3000 … 189 merci` ends where its checksum says). At most 64 characters
//! are read for a candidate, whatever the text.

use crate::gate::{MAX_LETTERS, MIN_DIGITS, is_word};
use crate::policy::model::Written;
use crate::validator::Validator;

/// A compiled shape.
#[derive(Debug)]
pub(crate) struct Shape {
    classes: Box<[Class]>,
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
    /// Any groups of two or more characters.
    Any,
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

/// The longest value.
pub(crate) const MAX_LENGTH: usize = 64;

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
            Groups::Any => u64::MAX,
            Groups::Lists(lists) => lists.iter().fold(whole, |ends, list| ends | list),
        };
        if written == Written::Grouped && matches!(groups, Groups::None) {
            return Err(error("groups", "a shape that is written in groups only needs their lengths".to_owned()));
        }
        Ok(Self { classes: classes.into(), min, groups, first_ends, written, validator })
    }

    /// How many digits a value has at the least, as far as the gate counts.
    pub(crate) fn digits(&self) -> u32 {
        let digits = self.classes[..self.min].iter().map(|class| u32::from(*class == Class::Digit)).sum();
        let digits = if digits == 0 { FEWEST_COUNTED } else { digits };
        digits.min(MAX_COUNTED)
    }

    /// With how many letters a value may begin; `None` where it begins with a digit.
    pub(crate) fn letters(&self) -> Option<core::ops::RangeInclusive<usize>> {
        let letters = self.classes.iter().take_while(|class| **class == Class::Letter).count();
        let open = self.classes.get(letters) == Some(&Class::Either);
        (letters > 0).then_some(letters..=if open { MAX_LETTERS } else { letters })
    }

    /// Whether a value may begin with a group of this length.
    pub(crate) fn may_begin_with(&self, length: usize) -> bool {
        length <= self.classes.len() && self.first_ends & end_after(length) != 0
    }

    /// The value that begins at a word start, if one does.
    pub(crate) fn value_at(&self, text: &[u8], at: usize) -> Option<Found> {
        if begins_in_decimal(text, at) {
            return None;
        }
        let first = text[at..].iter().take(self.classes.len() + 1).take_while(|byte| is_word(**byte)).count();
        if first == 0 || !self.may_begin_with(first) {
            return None;
        }
        // On the stack: in a table of numbers every row is a candidate of every shape.
        let mut value = [0; MAX_LENGTH];
        let mut length = 0;
        let mut groups = Collected::default();
        let mut sign = None;
        let mut position = at;
        let mut found = None;
        loop {
            while let Some(byte) = text.get(position).filter(|byte| is_word(**byte)) {
                if !self.classes.get(length).is_some_and(|class| class.has(*byte)) {
                    return Self::cut(found, &value);
                }
                value[length] = byte.to_ascii_uppercase();
                length += 1;
                position += 1;
            }
            groups.end(length);
            if !self.may_continue(&groups) {
                return Self::cut(found, &value);
            }
            let may_end = length >= self.min && self.may_end(&groups) && !ends_in_decimal(text, position);
            if may_end && self.accepts(&value[..length]) {
                found = Some((position, length, self.is_grouped(&groups)));
            }
            let Some((next, between)) = separator(text, position) else {
                return Self::cut(found, &value);
            };
            // Only a list of group lengths says that groups with unlike signs between them belong together.
            if !matches!(self.groups, Groups::Lists(_)) && *sign.get_or_insert(between) != between {
                return Self::cut(found, &value);
            }
            position = next;
        }
    }

    fn accepts(&self, value: &[u8]) -> bool {
        let Some(validator) = self.validator else { return true };
        // Letters and digits only, so that it is always text.
        core::str::from_utf8(value).is_ok_and(validator.accepts)
    }

    fn cut(found: Option<(usize, usize, bool)>, value: &[u8; MAX_LENGTH]) -> Option<Found> {
        let (end, length, grouped) = found?;
        Some(Found { end, grouped, value: value[..length].iter().copied().map(char::from).collect() })
    }

    fn may_end(&self, groups: &Collected) -> bool {
        (groups.count == 1 && self.written == Written::Either)
            || match &self.groups {
                Groups::None => false,
                Groups::Any => groups.count > 1,
                // The list's last group ends where the value does.
                Groups::Lists(lists) => {
                    let ends = |list: &u64| match self.written {
                        Written::Either => groups.ends & !list == 0 && list.ilog2() == groups.ends.ilog2(),
                        Written::Grouped => groups.ends == *list,
                    };
                    groups.count > 1 && lists.iter().any(ends)
                }
            }
    }

    /// As evidence counts only what is written as a list says, and not any two parts.
    fn is_grouped(&self, groups: &Collected) -> bool {
        match &self.groups {
            Groups::None => false,
            Groups::Any => groups.count > 1,
            Groups::Lists(lists) => lists.contains(&groups.ends) && groups.count > 1,
        }
    }

    fn may_continue(&self, groups: &Collected) -> bool {
        groups.count == 1
            || match &self.groups {
                Groups::None => false,
                Groups::Any => !groups.short_inside,
                // Some separators may be missing (an invisible character stood there), none may be in the wrong place.
                Groups::Lists(lists) => lists.iter().any(|list| groups.ends & !list == 0),
            }
    }
}

/// The groups of a value so far.
#[derive(Default)]
struct Collected {
    count: usize,
    /// As [`Groups::Lists`].
    ends: u64,
    last_end: usize,
    last_is_short: bool,
    /// A group of one character that is not the last.
    short_inside: bool,
}

impl Collected {
    fn end(&mut self, length: usize) {
        self.short_inside |= self.last_is_short;
        self.last_is_short = length - self.last_end < 2;
        self.last_end = length;
        self.count += 1;
        self.ends |= end_after(length);
    }
}

fn end_after(length: usize) -> u64 {
    1 << (length - 1).min(MAX_LENGTH - 1)
}

/// What may stand between two groups: a tab, dot, dash, slash or underscore with a space or two around it, an opening bracket
/// before the key, or one or two spaces. Never the end of a line. Where the next group begins, and the sign.
fn separator(text: &[u8], from: usize) -> Option<(usize, u8)> {
    let spaces = |from: usize| text[from..].iter().take(2).take_while(|byte| **byte == b' ').count();
    let mut at = from + spaces(from);
    let mut sign = b' ';
    if let Some(byte @ (b'.' | b'-' | b'/' | b'_' | b'(' | b'\t')) = text.get(at) {
        sign = *byte;
        at += 1;
        // « Fin de 4111. 1111 reste » is the end of a sentence.
        if sign != b'.' {
            at += spaces(at);
        }
    }
    (at > from && text.get(at).is_some_and(|byte| is_word(*byte))).then_some((at, sign))
}

/// « 0.4111… », « 3,14159… »: the tail of a decimal number. A comma in a table of values is none: then the part before it has not
/// just one digit, or another comma follows.
fn begins_in_decimal(text: &[u8], at: usize) -> bool {
    match text[..at] {
        [.., digit, b'.'] => digit.is_ascii_digit(),
        [.., digit, b','] if digit.is_ascii_digit() => {
            let whole = text[..at - 1].iter().rev().take_while(|byte| is_word(**byte)).count();
            let length = text[at..].iter().take_while(|byte| is_word(**byte)).count();
            whole == 1 && text.get(at + length) != Some(&b',')
        }
        _ => false,
    }
}

/// « 4111111111111111,50 » is an amount: two digits, and no further value behind. A full stop there is more often the end of a sentence.
fn ends_in_decimal(text: &[u8], end: usize) -> bool {
    match text[end..] {
        [b',', tens, units, ref rest @ ..] => {
            let goes_on = rest.first().is_some_and(|byte| is_word(*byte) || matches!(byte, b',' | b'/' | b'-' | b';'));
            tens.is_ascii_digit() && units.is_ascii_digit() && !goes_on
        }
        _ => false,
    }
}

impl Class {
    fn has(self, byte: u8) -> bool {
        match self {
            Self::Letter => byte.is_ascii_lowercase(),
            Self::Digit => byte.is_ascii_digit(),
            Self::Either => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
        }
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
