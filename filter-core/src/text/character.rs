//! What one character folds to.
//!
//! [`Alphabets`] answers for any character. The answers for the scripts that chats are full of (everything of two bytes,
//! general punctuation, kana) are worked out once per process and read from a table of 20 KiB after that: 2 ns instead of
//! 30 to 200. The table is filled by the very code that answers for the rest, so the two cannot disagree.
//!
//! The folding of a text is the folding of its characters one by one: no character looks at its neighbours. That is what
//! makes « the original slice folds to the match » true, and every answer folds to itself, so folding twice changes nothing.
//!
//! Must not know: text, offsets.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::map::Kind;
use super::tables::{
    Alphabet, INVISIBLE, LATIN, LOOK_ALIKES, PUNCTUATION, SELECTORS, SPELT_OUT, STYLED_ALPHABETS,
    STYLED_NUMBERS, ZEROS,
};

/// What stands for one character in the folded text.
#[derive(Clone, Copy)]
pub(super) enum Answer {
    /// This one character, of whatever length.
    One(char, Kind),
    /// Two or three ASCII characters; the third is NUL if there are two.
    Few([u8; 3], Kind),
    /// Nothing.
    Dropped(Kind),
    /// More than fits here: ask [`Alphabets::spell`].
    More,
}

/// Everything known about characters, sorted for looking up.
pub(super) struct Alphabets {
    /// Characters that ASCII stands for, by code point.
    listed: Vec<(char, &'static str, Kind)>,
    two_bytes: Vec<Answer>,
    punctuation: Vec<Answer>,
    kana: Vec<Answer>,
}

/// Is it one of the characters that take no room on the screen?
pub(super) fn invisible(c: char) -> Option<Kind> {
    match c {
        _ if !is_within(INVISIBLE, c) => None,
        _ if is_within(SELECTORS, c) => Some(Kind::Selector),
        _ => Some(Kind::Invisible),
    }
}

fn is_within(ranges: &[(char, char)], c: char) -> bool {
    let after = ranges.partition_point(|(first, _)| *first <= c);
    after.checked_sub(1).is_some_and(|last| c <= ranges[last].1)
}

const ASCII_LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";

impl Alphabets {
    /// The one instance.
    pub(super) fn get() -> &'static Self {
        static INSTANCE: OnceLock<Alphabets> = OnceLock::new();
        INSTANCE.get_or_init(|| {
            let mut all = Self {
                listed: listed(),
                two_bytes: vec![],
                punctuation: vec![],
                kana: vec![],
            };
            all.two_bytes = ('\u{80}'..'\u{800}').map(|c| all.work_out(c)).collect();
            all.punctuation = ('\u{2000}'..'\u{2100}').map(|c| all.work_out(c)).collect();
            all.kana = ('\u{3000}'..'\u{3100}').map(|c| all.work_out(c)).collect();
            all
        })
    }

    /// What stands for `c`, which is not ASCII.
    #[inline]
    pub(super) fn answer(&self, c: char) -> Answer {
        let table = match c {
            '\u{80}'..'\u{800}' => self.two_bytes.get(c as usize - 0x80),
            '\u{2000}'..'\u{2100}' => self.punctuation.get(c as usize & 0xFF),
            '\u{3000}'..'\u{3100}' => self.kana.get(c as usize & 0xFF),
            // Han is itself and emoji are a space. Without this a message in Chinese costs forty times as much.
            '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' => {
                return Answer::One(c, Kind::Plain);
            }
            '\u{1F300}'..='\u{1FAFF}' => return Answer::One(' ', Kind::Separator),
            _ => None,
        };
        table.copied().unwrap_or_else(|| self.work_out(c))
    }

    fn work_out(&self, c: char) -> Answer {
        let mut text = String::new();
        let kind = self.spell(c, &mut text);
        let mut characters = text.chars();
        match (characters.next(), characters.next(), text.as_bytes()) {
            (None, ..) => Answer::Dropped(kind),
            (Some(only), None, _) => Answer::One(only, kind),
            (_, _, &[a, b]) => Answer::Few([a, b, 0], kind),
            (_, _, &[a, b, c]) if text.is_ascii() => Answer::Few([a, b, c], kind),
            _ => Answer::More,
        }
    }

    /// Writes what stands for `c` behind `text`. The slow and complete way.
    pub(super) fn spell(&self, c: char, text: &mut String) -> Kind {
        let start = text.len();
        if let Some(kind) = invisible(c) {
            return kind;
        }
        let disguised = self.write(c, text);
        let written = &text[start..];
        if written.len() > 1 && written.bytes().all(|b| b == b' ') {
            text.truncate(start + 1); // `∭` is three integrals to Unicode and one separator to us
        }
        let written = &text[start..];
        if written.is_empty() {
            Kind::Mark
        } else if disguised {
            Kind::Disguised
        } else if written
            .bytes()
            .all(|b| b.is_ascii() && !b.is_ascii_alphanumeric())
        {
            Kind::Separator
        } else {
            Kind::Plain
        }
    }

    /// Ends because each way that asks again has brought `c` nearer to a form that it leaves alone: listed characters become
    /// ASCII, decompositions cannot be decomposed and small letters cannot be made small again.
    fn write(&self, c: char, text: &mut String) -> bool {
        if c.is_ascii() {
            text.push(c.to_ascii_lowercase());
            return false;
        }
        if let Ok(row) = self.listed.binary_search_by_key(&c, |row| row.0) {
            let (_, ascii, kind) = self.listed[row];
            text.push_str(ascii);
            return kind == Kind::Disguised;
        }
        if let Some(value) = digit(c) {
            text.push(char::from(b'0' + value));
            return false;
        }
        if is_combining_mark(c) || invisible(c).is_some() {
            return false;
        }
        if c.is_whitespace() {
            text.push(' ');
            return false;
        }
        if std::iter::once(c).nfkd().next() != Some(c) || std::iter::once(c).nfkd().count() != 1 {
            let start = text.len();
            let disguised = std::iter::once(c)
                .nfkd()
                .fold(false, |disguised, part| self.write(part, text) | disguised);
            // `𝐃`, `Ⓓ`, `Ｄ`; not `ﬁ`, `№`, `²`, which print shops and keyboards make, and not `é`.
            let styled = text.len() == start + 1
                && text.as_bytes()[start].is_ascii_alphabetic()
                && std::iter::once(c).nfd().next() == Some(c);
            return disguised || styled;
        }
        match other_case(c) {
            Some(small) => self.write(small, text),
            None => {
                text.push(if c.is_alphanumeric() { c } else { ' ' });
                false
            }
        }
    }
}

/// The small letter that `c` is written with when case does not count, if that is another one: `Д` → `д`, `ς` → `σ`.
fn other_case(c: char) -> Option<char> {
    let small = single(single(c, char::to_uppercase), char::to_lowercase);
    (small != c).then_some(small)
}

/// `c` in the other case if that is one character, `c` otherwise.
fn single<I: ExactSizeIterator<Item = char>>(c: char, change: fn(char) -> I) -> char {
    let mut changed = change(c);
    if changed.len() == 1 {
        changed.next().unwrap_or(c)
    } else {
        c
    }
}

/// The value of a decimal digit of any script.
fn digit(c: char) -> Option<u8> {
    let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= c)].last()?;
    u8::try_from(c as u32 - *zero as u32)
        .ok()
        .filter(|value| *value < 10)
}

/// Every character that the tables answer for, sorted. What a table names itself wins over the other case of something else.
fn listed() -> Vec<(char, &'static str, Kind)> {
    let mut rows = Vec::new();
    for (ascii, characters) in PUNCTUATION {
        rows.extend(characters.chars().map(|c| (c, *ascii, Kind::Separator)));
    }
    rows.extend(SPELT_OUT.iter().map(|(c, ascii)| (*c, *ascii, Kind::Plain)));
    rows.extend(
        LATIN
            .iter()
            .flat_map(pairs)
            .map(|(c, ascii)| (c, ascii, Kind::Plain)),
    );
    rows.extend(
        LOOK_ALIKES
            .iter()
            .flat_map(pairs)
            .map(|(c, ascii)| (c, ascii, Kind::Disguised)),
    );
    for first in STYLED_ALPHABETS {
        rows.extend(
            (*first..)
                .zip(letters())
                .map(|(c, ascii)| (c, ascii, Kind::Disguised)),
        );
    }
    for (first, last, value) in STYLED_NUMBERS {
        rows.extend(
            (*first..=*last)
                .zip(usize::from(*value)..)
                .map(|(c, value)| (c, NUMBERS[value], Kind::Plain)),
        );
    }
    let named = rows.len();
    for row in 0..named {
        let (c, ascii, kind) = rows[row];
        for other in [single(c, char::to_lowercase), single(c, char::to_uppercase)] {
            if !other.is_ascii() && rows.iter().all(|row| row.0 != other) {
                rows.push((other, ascii, kind));
            }
        }
    }
    rows.sort_unstable_by_key(|row| row.0);
    rows
}

const NUMBERS: [&str; 21] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "20",
];

fn letters() -> impl Iterator<Item = &'static str> {
    (0..ASCII_LETTERS.len()).map(|at| &ASCII_LETTERS[at..=at])
}

fn pairs(alphabet: &Alphabet) -> impl Iterator<Item = (char, &'static str)> {
    alphabet
        .letters
        .chars()
        .zip((0..alphabet.ascii.len()).map(|at| &alphabet.ascii[at..=at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_cuts_say_what_the_long_way_says() {
        let alphabets = Alphabets::get();
        for c in '\u{80}'..=char::MAX {
            let mut text = String::new();
            let kind = alphabets.spell(c, &mut text);
            let short = match alphabets.answer(c) {
                Answer::One(folded, short) => (String::from(folded), short),
                Answer::Few(letters, short) => (
                    letters
                        .into_iter()
                        .filter(|b| *b != 0)
                        .map(char::from)
                        .collect(),
                    short,
                ),
                Answer::Dropped(short) => (String::new(), short),
                Answer::More => continue,
            };
            assert!(short == (text, kind), "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn tables_are_whole() {
        for alphabet in LATIN.iter().chain(LOOK_ALIKES) {
            assert_eq!(
                alphabet.letters.chars().count(),
                alphabet.ascii.len(),
                "{}",
                alphabet.letters
            );
            assert!(alphabet.ascii.bytes().all(|b| b.is_ascii_lowercase()));
        }
        let listed = listed();
        for pair in listed.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} is listed twice", pair[0].0);
        }
        assert!(listed.iter().all(|(c, ..)| !c.is_ascii()));
        for ranges in [INVISIBLE, SELECTORS] {
            assert!(ranges.iter().all(|(first, last)| first <= last));
            assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
        assert!(
            ZEROS
                .windows(2)
                .all(|pair| (pair[0] as u32) + 9 < pair[1] as u32)
        );
    }
}
