//! How a number is laid out from a word start on: its characters without separators, and where its groups end.
//!
//! A row of groups is read once for all places in it and for all shapes that may begin there; each then asks bit sets. In a table of
//! numbers every group is such a place and a policy has fifty shapes, so that reading the text for each of them cost 300 ns a byte.

use crate::gate::is_word;

/// The longest value.
pub(crate) const MAX_LENGTH: usize = 64;

/// Stands for a byte that is neither a digit nor a letter of ASCII, so that a value is text whose lengths are those of its bytes.
const NEITHER: char = '\u{7f}';

/// Groups in a row, read as far as somebody asked for: every group of a table begins a candidate, and each of them sees what stands
/// behind it.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// The characters of all groups, in capitals; what is not ASCII as [`NEITHER`].
    value: String,
    /// A set for each 64 of them.
    marks: Vec<Marks>,
    groups: Vec<Group>,
    /// The group that was asked about last.
    asked: usize,
    /// How far the text was read, the separator before that, and whether no further group is in the row.
    position: usize,
    sign: u8,
    is_whole: bool,
}

/// Where a group begins.
#[derive(Clone, Copy, Debug)]
struct Group {
    /// In the text.
    at: u32,
    /// In the row.
    before: u32,
    /// The separator before it.
    sign: u8,
}

/// Bit *n* is about character *n*.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    /// A group ends behind it.
    ends: u64,
    /// It is a digit.
    digits: u64,
    /// It is a letter of ASCII.
    letters: u64,
}

/// A number or code as it is written: the next [`MAX_LENGTH`] characters of a row.
#[derive(Debug)]
pub(crate) struct Layout<'r> {
    /// In capitals, without separators.
    pub(crate) value: &'r str,
    /// Bit *n*: a group ends after *n* + 1 characters.
    pub(crate) ends: u64,
    /// Bit *n*: character *n* is a digit.
    pub(crate) digits: u64,
    /// Bit *n*: character *n* is a letter of ASCII.
    pub(crate) letters: u64,
    /// The length of the first group.
    pub(crate) first: usize,
    /// The first group and those behind it.
    groups: &'r [Group],
}

/// Where the groups of a shape end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ends {
    last: u64,
    /// Before the last: where none of them does.
    others: u64,
}

impl Ends {
    /// Of a set of bits as [`Layout::ends`].
    pub(crate) fn of(ends: u64) -> Self {
        let until = u64::MAX >> ends.leading_zeros().min(63);
        Self { last: until ^ until >> 1, others: until & !ends }
    }

    /// Of a value that ends there and whose groups may end anywhere before.
    pub(crate) fn at(last: u64) -> Self {
        Self { last, others: 0 }
    }
}

impl Row {
    /// Forgets the text.
    pub(crate) fn clear(&mut self) {
        self.value.clear();
        self.marks.clear();
        self.groups.clear();
        self.asked = 0;
        self.is_whole = false;
    }

    /// What is laid out from a word start on, for shapes of `longest` characters at the most; `None` where nothing can begin.
    pub(crate) fn layout(&mut self, text: &[u8], at: usize, longest: usize) -> Option<Layout<'_>> {
        if begins_in_decimal(text, at) {
            return None;
        }
        // Places are asked in the order of the text.
        while self.groups.get(self.asked).is_some_and(|group| group.at < offset(at)) {
            self.asked += 1;
        }
        if self.groups.get(self.asked).is_none_or(|group| group.at != offset(at)) {
            self.clear();
            self.position = at;
        }
        let before = self.groups.get(self.asked).map_or(0, |group| group.before as usize);
        while !self.is_whole && self.value.len() < before + longest.min(MAX_LENGTH) {
            self.read_group(text);
        }
        let Marks { ends, digits, letters } = self.marks_from(before);
        let end = self.value.len().min(before + MAX_LENGTH);
        (before < end).then(|| Layout {
            value: &self.value[before..end],
            ends,
            digits,
            letters,
            // A longer one is none of a shape's.
            first: (ends.trailing_zeros() as usize + 1).min(MAX_LENGTH),
            groups: &self.groups[self.asked..],
        })
    }

    fn read_group(&mut self, text: &[u8]) {
        let rest = &text[self.position..];
        let length = rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len());
        self.groups.push(Group { at: offset(self.position), before: offset(self.value.len()), sign: self.sign });
        for byte in &rest[..length] {
            let bit = self.value.len() % MAX_LENGTH;
            if bit == 0 {
                self.marks.push(Marks::default());
            }
            self.value.push(if byte.is_ascii() { char::from(byte.to_ascii_uppercase()) } else { NEITHER });
            if let Some(marks) = self.marks.last_mut() {
                marks.digits |= u64::from(byte.is_ascii_digit()) << bit;
                marks.letters |= u64::from(byte.is_ascii_lowercase()) << bit;
            }
        }
        if let (Some(marks), Some(last)) = (self.marks.last_mut(), self.value.len().checked_sub(1)) {
            marks.ends |= 1 << (last % MAX_LENGTH);
        }
        match separator(text, self.position + length) {
            Some((next, sign)) => (self.position, self.sign) = (next, sign),
            None => self.is_whole = true,
        }
    }

    /// The sets of the characters from one on.
    fn marks_from(&self, first: usize) -> Marks {
        let of = |block: usize| self.marks.get(block).copied().unwrap_or_default();
        let (here, next, bit) = (of(first / MAX_LENGTH), of(first / MAX_LENGTH + 1), first % MAX_LENGTH);
        // Two shifts, since a shift by 64 is none.
        let join = |here: u64, next: u64| here >> bit | next << 1 << (MAX_LENGTH - 1 - bit);
        Marks {
            ends: join(here.ends, next.ends),
            digits: join(here.digits, next.digits),
            letters: join(here.letters, next.letters),
        }
    }
}

impl Layout<'_> {
    /// Where a value of this length ends in the text.
    pub(crate) fn place(&self, length: usize) -> usize {
        let behind = self.groups.partition_point(|group| self.before(group) < length);
        self.groups[..behind].last().map_or(0, |group| group.at as usize + length - self.before(group))
    }

    /// How many characters of the value stand before a group.
    fn before(&self, group: &Group) -> usize {
        (group.before - self.groups[0].before) as usize
    }

    /// Up to which length all separators are alike.
    pub(crate) fn alike(&self) -> usize {
        let mut others = self.groups.iter().skip(1);
        let Some(second) = others.next() else { return MAX_LENGTH };
        others.find(|group| group.sign != second.sign).map_or(MAX_LENGTH, |group| self.before(group))
    }

    /// Whether a dash stands between all groups of a value of this length.
    pub(crate) fn is_dashed(&self, length: usize) -> bool {
        self.groups.iter().skip(1).take_while(|group| self.before(group) < length).all(|group| group.sign == b'-')
    }

    /// Whether a group ends after this many characters.
    pub(crate) fn ends_after(&self, length: usize) -> bool {
        self.ends & end_after(length) != 0
    }

    /// Whether a value may end where the last of a shape's groups does: no group ends before it that is none of the shape's.
    pub(crate) fn allows(&self, ends: Ends) -> bool {
        self.ends & ends.others == 0 && self.ends & ends.last != 0
    }

    /// The groups' ends among the first so many characters.
    pub(crate) fn ends_until(&self, length: usize) -> u64 {
        self.ends & until(length)
    }
}

/// The bit of a group that ends after so many characters.
pub(crate) fn end_after(length: usize) -> u64 {
    1 << (length - 1).min(MAX_LENGTH - 1)
}

/// The bits of the first so many characters.
pub(crate) fn until(length: usize) -> u64 {
    u64::MAX >> (MAX_LENGTH - length.clamp(1, MAX_LENGTH))
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
            let is_one_digit = !matches!(text[..at - 2], [.., byte] if is_word(byte));
            let length = text[at..].iter().take(MAX_LENGTH).take_while(|byte| is_word(**byte)).count();
            is_one_digit && text.get(at + length) != Some(&b',')
        }
        _ => false,
    }
}

/// « 4111111111111111,50 » is an amount: two digits, and no further value behind. A full stop there is more often the end of a
/// sentence.
pub(crate) fn ends_in_decimal(text: &[u8], end: usize) -> bool {
    match text[end..] {
        [b',', tens, units, ref rest @ ..] => {
            let goes_on = rest.first().is_some_and(|byte| is_word(*byte) || matches!(byte, b',' | b'/' | b'-' | b';'));
            tens.is_ascii_digit() && units.is_ascii_digit() && !goes_on
        }
        _ => false,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a text is at most 64 MiB long")]
fn offset(n: usize) -> u32 {
    n as u32
}

#[cfg(test)]
mod tests {
    use super::{MAX_LENGTH, Row};

    #[track_caller]
    fn check(text: &str, value: &str, ends: &[usize]) {
        let mut row = Row::default();
        let layout = row.layout(text.as_bytes(), 0, 16).expect("it begins with a word");
        assert_eq!(layout.value, value);
        let found: Vec<usize> = (1..=MAX_LENGTH).filter(|length| layout.ends_after(*length)).collect();
        assert_eq!(found, ends);
    }

    #[test]
    fn groups_end_at_separators() {
        check("12.34-56 (78) 9", "12345678", &[2, 4, 6, 8]);
        check("ab 12  34 - 5", "AB12345", &[2, 4, 6, 7]);
    }

    #[test]
    fn a_line_end_a_comma_or_three_spaces_end_it() {
        check("12 34\n56", "1234", &[2, 4]);
        check("12,34", "12", &[2]);
        check("12   34", "12", &[2]);
        check("12. 34", "12", &[2]);
    }

    #[test]
    fn a_group_is_read_to_its_end() {
        check("12 345678901234567 89", "12345678901234567", &[2, 17]);
    }

    #[test]
    fn each_group_of_a_row_sees_what_stands_behind_it() {
        let text = "12-34 567 ".repeat(40) + "8, 90";
        let mut row = Row::default();
        for at in (0..text.len()).filter(|at| b" -".contains(&text.as_bytes()[at.saturating_sub(1)]) || *at == 0) {
            let seen = format!("{:?}", row.layout(text.as_bytes(), at, 24).map(|l| (l.alike(), l.place(9), l)));
            let alone =
                format!("{:?}", Row::default().layout(text.as_bytes(), at, 24).map(|l| (l.alike(), l.place(9), l)));
            let sets = |of: &str| of.split("groups").next().map(str::to_owned);
            assert_eq!(sets(&seen), sets(&alone), "from {at}");
        }
    }

    #[test]
    fn nothing_begins_in_a_decimal_number() {
        assert!(Row::default().layout(b"3.1234", 2, 16).is_none());
        assert!(Row::default().layout(b"3,1234", 2, 16).is_none());
        assert!(Row::default().layout(b"3,1234,5", 2, 16).is_some());
        assert!(Row::default().layout(b"13,1234", 3, 16).is_some());
    }
}
