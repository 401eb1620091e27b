//! How a number is laid out from a word start on: its characters without separators, and where its groups end.
//!
//! It is read once for all shapes that may begin there; each then asks bit sets. In a table of numbers every group is such a place
//! and a policy has fifty shapes, so that reading the text for each of them cost 300 ns a byte.

use crate::gate::is_word;

/// The longest value.
pub(crate) const MAX_LENGTH: usize = 64;

/// A number or code as it is written.
pub(crate) struct Layout {
    /// In capitals, without separators.
    pub(crate) value: [u8; MAX_LENGTH],
    /// Bit *n*: a group ends after *n* + 1 characters.
    pub(crate) ends: u64,
    /// Bit *n*: character *n* is a digit.
    pub(crate) digits: u64,
    /// Bit *n*: character *n* is a letter of ASCII.
    pub(crate) letters: u64,
    /// The length of the first group.
    pub(crate) first: usize,
    /// Up to which length all separators are alike.
    pub(crate) alike: usize,
    /// Where each character ends in the text.
    places: [u32; MAX_LENGTH],
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
}

impl Layout {
    /// Reads no more than `longest` characters; `None` where nothing can begin.
    pub(crate) fn read(text: &[u8], at: usize, longest: usize) -> Option<Self> {
        if begins_in_decimal(text, at) {
            return None;
        }
        let mut layout = Self {
            value: [0; MAX_LENGTH],
            ends: 0,
            digits: 0,
            letters: 0,
            first: 0,
            alike: MAX_LENGTH,
            places: [0; MAX_LENGTH],
        };
        let longest = longest.min(MAX_LENGTH);
        let mut length = 0;
        let mut position = at;
        let mut sign = None;
        loop {
            while let Some(byte) = text.get(position).filter(|byte| is_word(**byte)) {
                if length == longest {
                    return Some(layout);
                }
                layout.value[length] = byte.to_ascii_uppercase();
                layout.digits |= u64::from(byte.is_ascii_digit()) << length;
                layout.letters |= u64::from(byte.is_ascii_lowercase()) << length;
                position += 1;
                layout.places[length] = offset(position);
                length += 1;
            }
            if length == 0 {
                return None;
            }
            layout.ends |= end_after(length);
            if layout.first == 0 {
                layout.first = length;
            }
            let Some((next, between)) = separator(text, position) else {
                return Some(layout);
            };
            if *sign.get_or_insert(between) != between {
                layout.alike = layout.alike.min(length);
            }
            position = next;
        }
    }

    /// Where a value of this length ends in the text.
    pub(crate) fn place(&self, length: usize) -> usize {
        self.places[length - 1] as usize
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
    use super::Layout;

    #[track_caller]
    fn check(text: &str, value: &str, ends: &[usize]) {
        let layout = Layout::read(text.as_bytes(), 0, 16).expect("it begins with a word");
        let length = layout.value.iter().take_while(|byte| **byte != 0).count();
        assert_eq!(&layout.value[..length], value.as_bytes());
        let found: Vec<usize> = (1..=16).filter(|length| layout.ends_after(*length)).collect();
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
    fn what_is_longer_than_asked_for_has_no_end_there() {
        check("12 345678901234567", "1234567890123456", &[2]);
    }

    #[test]
    fn nothing_begins_in_a_decimal_number() {
        assert!(Layout::read(b"3.1234", 2, 16).is_none());
        assert!(Layout::read(b"3,1234", 2, 16).is_none());
        assert!(Layout::read(b"3,1234,5", 2, 16).is_some());
        assert!(Layout::read(b"13,1234", 3, 16).is_some());
    }
}
