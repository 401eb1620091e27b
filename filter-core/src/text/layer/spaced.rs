//! Letters that stand one by one: `D I F F U S I O N`, `D.I.F.F…`, one letter a line.
//!
//! The gap between the first two is the gap inside words; a wider one, or one of another kind, parts two words. Where a small letter
//! meets a capital a word ends, too: « à D I F F U S I O N ». Six letters make a run, so that `S.N.C.F.` and `C.Q.F.D.` are left alone; an
//! alphabet is joined and means nothing to any rule.
//!
//! Digits are joined only in a run of twelve characters or more with one and the same sign between any two, which has its line to
//! itself among its neighbours: columns of a table must never become an account number. In any other run they stay, and part
//! words: « T/O/P S/E/C/R/E/T S/T/R/A/P/2 … at 1400 » is « TOP SECRET STRAP/2 … at 1400 ».

use std::ops::Range;

use super::map::Sink;
use super::{Layer, before, behind};
use crate::text::is_invisible;
use unicode_normalization::char::is_combining_mark;

const FEWEST: usize = 6;
const FEWEST_WITH_DIGITS: usize = 12;

/// After so many letters a row of words has shown a word.
const DECIDING: usize = 12;

/// How far neighbours are looked for: no line of a text may be read again for each run in it.
const AROUND: usize = 160;

/// Signs between two letters; farther apart they belong to different columns.
const WIDEST: usize = 8;

/// A run of letters one by one, walked from the first.
struct Walk<'t> {
    text: &'t str,
    /// Where the next letter begins.
    next: Option<usize>,
    /// The gap inside words.
    unit: Option<&'t str>,
    /// The gap before the next letter.
    gap: &'t str,
    capitals: usize,
    was_lower: bool,
    has_digits: bool,
}

/// One letter of a run.
struct Letter {
    /// With its marks.
    range: Range<usize>,
    is_digit: bool,
    begins_word: bool,
}

/// On a letter or digit, or the first byte of one. Passes over what it joined.
pub(super) fn read(text: &str, at: usize, sink: &mut Sink<'_>) -> usize {
    // Nearly all: a word of more than one letter.
    if text.as_bytes()[at].is_ascii() && text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_alphanumeric) {
        return 0;
    }
    if !behind(text, at).is_some_and(char::is_alphanumeric) || follows_word(text, at) {
        return 0;
    }
    let mut letters = 0;
    let mut digits = 0;
    let mut words = 0;
    let (mut length, mut longest) = (0, 0);
    let mut reads_as_words = false;
    let mut end = at;
    let mut walk = Walk::from(text, at);
    for letter in walk.by_ref() {
        letters += 1;
        digits += usize::from(letter.is_digit);
        words += usize::from(letter.begins_word);
        length = if letter.begins_word { 1 } else { length + 1 };
        longest = longest.max(length);
        end = letter.range.end;
        // `a/b?c=d&e` is no row of words, and its first letters say so: else each of a thousand would walk over all that follow.
        reads_as_words |= longest >= 4 || letters >= FEWEST && letters >= 3 * (words + 1);
        if letters >= DECIDING && !reads_as_words {
            return 0;
        }
    }
    let digits_stay =
        digits > 0 && (letters < FEWEST_WITH_DIGITS || !walk.has_one_sign_between() || has_neighbours(text, at..end));
    let joined = if digits_stay { letters - digits } else { letters };
    if joined < FEWEST || !reads_as_words {
        return if letters >= FEWEST_WITH_DIGITS { end - at } else { 0 };
    }
    let mut word: Option<Range<usize>> = None;
    for letter in Walk::from(text, at) {
        match &mut word {
            _ if digits_stay && letter.is_digit => join(text, word.take(), sink),
            Some(word) if !letter.begins_word => word.end = letter.range.end,
            _ => {
                join(text, word.take(), sink);
                word = Some(letter.range);
            }
        }
    }
    join(text, word, sink);
    end - at
}

fn join(text: &str, word: Option<Range<usize>>, sink: &mut Sink<'_>) {
    let Some(word) = word else { return };
    let letters = || text[word.clone()].chars().filter(|c| c.is_alphanumeric() || is_combining_mark(*c));
    if letters().filter(|c| c.is_alphanumeric()).count() > 1 {
        sink.replace(word.clone(), Layer::Spaced, |out| out.extend(letters()));
    }
}

impl<'t> Walk<'t> {
    fn from(text: &'t str, at: usize) -> Self {
        Self { text, next: Some(at), unit: None, gap: "", capitals: 0, was_lower: false, has_digits: false }
    }

    fn has_one_sign_between(&self) -> bool {
        let mut signs = self.unit.unwrap_or("").chars();
        let (first, second) = (signs.next(), signs.next());
        second.is_none() && first.is_some_and(|c| matches!(c, ' ' | '-' | '.' | '\u{A0}' | '\u{202F}'))
    }

    /// Finds the next letter behind one that ends here.
    fn look_on(&mut self, end: usize) {
        let rest = &self.text[end..];
        let signs = rest.char_indices().take(WIDEST + 1).find(|(_, c)| c.is_alphanumeric());
        self.gap = signs.map_or("", |(len, _)| &rest[..len]);
        let fits = match self.unit {
            _ if self.gap.is_empty() => false,
            None => {
                self.unit = Some(self.gap);
                true
            }
            Some(unit) => is_same(unit, self.gap) || self.gap.chars().count() >= unit.chars().count(),
        };
        let next = end + self.gap.len();
        // One line below another with digits in them is a table.
        let digits = self.has_digits || behind(self.text, next).is_some_and(char::is_numeric);
        self.next = (fits && !(digits && self.gap.contains('\n'))).then_some(next);
    }
}

impl Iterator for Walk<'_> {
    type Item = Letter;

    fn next(&mut self) -> Option<Letter> {
        let start = self.next.take()?;
        let c = behind(self.text, start).filter(|c| c.is_alphanumeric())?;
        let marks =
            self.text[start + c.len_utf8()..].char_indices().find(|(_, c)| !is_combining_mark(*c) && !is_invisible(*c));
        let end = marks.map_or(self.text.len(), |(len, _)| start + c.len_utf8() + len);
        if behind(self.text, end).is_some_and(char::is_alphanumeric) {
            return None;
        }
        let parted = self.unit.is_some_and(|unit| !is_same(unit, self.gap));
        let changes = c.is_uppercase() && self.was_lower || c.is_lowercase() && self.capitals > 1;
        let begins_word = parted || changes;
        if begins_word {
            self.capitals = 0;
        }
        self.capitals += usize::from(c.is_uppercase());
        self.was_lower = c.is_lowercase();
        self.has_digits |= c.is_numeric();
        self.look_on(end);
        Some(Letter { range: start..end, is_digit: c.is_numeric(), begins_word })
    }
}

/// Are two gaps of one kind? Every space that does not end a line is one.
fn is_same(one: &str, other: &str) -> bool {
    fn kinds(gap: &str) -> impl Iterator<Item = char> {
        gap.chars()
            .filter(|c| *c != '\r')
            .map(|c| if c.is_whitespace() && c != '\n' || c == '\u{2800}' { ' ' } else { c })
    }
    one == other || kinds(one).eq(kinds(other))
}

/// Does a letter or digit stand right before, be it with marks?
fn follows_word(text: &str, at: usize) -> bool {
    let mut at = at;
    while let Some(c) = before(text, at) {
        if !is_combining_mark(c) && !is_invisible(c) {
            return c.is_alphanumeric();
        }
        at -= c.len_utf8();
    }
    false
}

/// Does the line above or below hold digits one by one as well?
fn has_neighbours(text: &str, run: Range<usize>) -> bool {
    let from = text.floor_char_boundary(run.start.saturating_sub(AROUND));
    let to = text.floor_char_boundary(run.end + AROUND);
    let mut above = text[from..run.start].rsplit('\n').take(2);
    let mut below = text[run.end..to].split('\n').take(2);
    let is_row = |line: Option<&str>| {
        let bytes = line.unwrap_or("").trim().as_bytes();
        matches!(bytes, [digit, sign, next, ..] if digit.is_ascii_digit() && !sign.is_ascii_alphanumeric() && next.is_ascii_digit())
    };
    let rest_of_line =
        above.next().into_iter().chain(below.next()).any(|rest| rest.bytes().any(|byte| byte.is_ascii_digit()));
    rest_of_line || is_row(above.next()) || is_row(below.next())
}
