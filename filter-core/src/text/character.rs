//! What one character folds to.
//!
//! [`Alphabets`] answers for any character. Its answers for a block of 256 characters are kept once one of them has been
//! asked for: 2 ns instead of 30 to 100. Blocks are filled by the very code that answers without them, so the two cannot
//! disagree, and only up to kana: whoever writes a character of every block makes a process spend a millisecond, once.
//!
//! The folding of a text is the folding of its characters one by one: no character looks at its neighbours. That is what
//! makes « the original slice folds to the match » true, and every answer folds to itself, so folding twice changes nothing.
//!
//! Must not know: text, offsets.

use once_cell::race::OnceBox;
use unicode_normalization::char::{decompose_canonical, decompose_compatible, is_combining_mark};

use super::tables::{
    Alphabet, INVISIBLE, LATIN, LOOK_ALIKES, PUNCTUATION, SELECTORS, SMALL_CAPITALS, SPELT_OUT, STYLED_ALPHABETS,
    STYLED_NUMBERS, ZEROS,
};

/// What becomes of a character that is not copied as it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Another length, nothing else to say (`é`, `ß`).
    Plain,
    /// Not a letter or digit, and ASCII punctuation or a space stands for it.
    Separator,
    /// A letter that only looks like the ASCII letter that stands for it.
    Disguised,
    /// Dropped, and part of the character before it.
    Mark,
    /// Dropped, part of the character before it, and has no business behind an ASCII letter.
    Selector,
    /// Dropped, and part of nothing.
    Invisible,
}

/// What stands for one character in the folded text.
#[derive(Clone, Copy)]
pub(super) enum Answer {
    /// This one character, of whatever length.
    One(char, Kind),
    /// Two or three ASCII characters; the third is NUL if there are two.
    Few([u8; 3], Kind),
    /// Nothing.
    Dropped(Kind),
    /// Not in a table, or too long for one: ask [`Alphabets::spell`].
    More,
}

/// How many blocks of 256 characters are kept: all before Han.
const KEPT: usize = 0x34;

/// Everything known about characters, sorted for looking up.
pub(super) struct Alphabets {
    /// Characters that ASCII stands for, by code point.
    listed: Vec<(char, &'static str, Kind)>,
    /// Filled by whoever comes first. Two threads may both fill a block, with the same answers; neither ever waits for the other,
    /// and nothing is needed that a module without threads does not have.
    kept: [OnceBox<[Answer; 256]>; KEPT],
}

/// The blocks of 256 characters, up to U+FFFF, that have an invisible one.
const BLOCKS: [bool; 256] = {
    let mut blocks = [false; 256];
    let mut row = 0;
    while row < INVISIBLE.len() && (INVISIBLE[row].1 as usize) < 0x1_0000 {
        blocks[INVISIBLE[row].0 as usize >> 8] = true;
        blocks[INVISIBLE[row].1 as usize >> 8] = true;
        row += 1;
    }
    blocks
};

/// Is it one of the characters that take no room on the screen?
#[inline]
pub(super) fn invisible(c: char) -> Option<Kind> {
    let may_be = BLOCKS.get(c as usize >> 8).copied().unwrap_or(true);
    match c {
        _ if !may_be || !is_within(INVISIBLE, c) => None,
        _ if is_within(SELECTORS, c) => Some(Kind::Selector),
        _ => Some(Kind::Invisible),
    }
}

/// Whether a character is drawn as a capital, of whatever height: `ꜰᴠᴇʏ`.
pub(super) fn is_capital(c: char) -> bool {
    c.is_uppercase() || !c.is_ascii() && SMALL_CAPITALS.contains(c)
}

fn is_within(ranges: &[(char, char)], c: char) -> bool {
    let after = ranges.partition_point(|(first, _)| *first <= c);
    after.checked_sub(1).is_some_and(|last| c <= ranges[last].1)
}

const ASCII_LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";

impl Alphabets {
    /// The one instance.
    pub(super) fn get() -> &'static Self {
        static INSTANCE: OnceBox<Alphabets> = OnceBox::new();
        INSTANCE.get_or_init(|| Box::new(Alphabets { listed: listed(), kept: [const { OnceBox::new() }; KEPT] }))
    }

    /// What stands for `c`, which is not ASCII.
    #[inline]
    pub(super) fn answer(&self, c: char) -> Answer {
        let code = c as usize;
        if let Some(block) = self.kept.get(code >> 8) {
            return block.get_or_init(|| self.fill(code & !0xFF))[code & 0xFF];
        }
        match c {
            // Han is itself and emoji are a space. Without this a message in Chinese costs twenty times as much.
            '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' => Answer::One(c, Kind::Plain),
            '\u{1F300}'..='\u{1FAFF}' => Answer::One(' ', Kind::Separator),
            _ => Answer::More,
        }
    }

    #[cold]
    fn fill(&self, first: usize) -> Box<[Answer; 256]> {
        Box::new(std::array::from_fn(|at| {
            let c = u32::try_from(first + at).ok().and_then(char::from_u32);
            c.map_or(Answer::More, |c| self.work_out(c))
        }))
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
        } else if written.bytes().all(|b| b.is_ascii() && !b.is_ascii_alphanumeric()) {
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
        if let '\u{AC00}'..='\u{D7A3}' = c {
            decompose_canonical(c, |part| text.push(part)); // letters of Korean syllables stand for themselves
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
        if is_decomposed(c, |c, part| decompose_compatible(c, part)) {
            let start = text.len();
            let mut disguised = false;
            decompose_compatible(c, |part| disguised |= self.write(part, text));
            // `𝐃`, `Ⓓ`, `Ｄ`; not `ﬁ`, `№`, `²`, which print shops and keyboards make, and not `é`.
            let is_letter = text.len() == start + 1 && text.as_bytes()[start].is_ascii_alphabetic();
            return disguised || is_letter && !is_decomposed(c, |c, part| decompose_canonical(c, part));
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

fn is_decomposed(c: char, decompose: fn(char, &mut dyn FnMut(char))) -> bool {
    let mut is_decomposed = false;
    decompose(c, &mut |part| is_decomposed |= part != c);
    is_decomposed
}

/// The small letter that `c` is written with when case does not count, if that is another one: `Д` → `д`, `ς` → `σ`.
fn other_case(c: char) -> Option<char> {
    let small = single(single(c, char::to_uppercase), char::to_lowercase);
    (small != c).then_some(small)
}

/// `c` in the other case if that is one character, `c` otherwise.
fn single<I: ExactSizeIterator<Item = char>>(c: char, change: fn(char) -> I) -> char {
    let mut changed = change(c);
    if changed.len() == 1 { changed.next().unwrap_or(c) } else { c }
}

/// The value of a decimal digit of any script.
fn digit(c: char) -> Option<u8> {
    let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= c)].last()?;
    u8::try_from(c as u32 - *zero as u32).ok().filter(|value| *value < 10)
}

/// Every character that the tables answer for, sorted. What a table names itself wins over the other case of something else.
fn listed() -> Vec<(char, &'static str, Kind)> {
    let mut rows = Vec::new();
    for (ascii, characters) in PUNCTUATION {
        rows.extend(characters.chars().map(|c| (c, *ascii, Kind::Separator)));
    }
    rows.extend(SPELT_OUT.iter().map(|(c, ascii)| (*c, *ascii, Kind::Plain)));
    rows.extend(LATIN.iter().flat_map(pairs).map(|(c, ascii)| (c, ascii, Kind::Plain)));
    rows.extend(LOOK_ALIKES.iter().flat_map(pairs).map(|(c, ascii)| (c, ascii, Kind::Disguised)));
    for first in STYLED_ALPHABETS {
        rows.extend((*first..).zip(letters()).map(|(c, ascii)| (c, ascii, Kind::Disguised)));
    }
    for (first, last, value) in STYLED_NUMBERS {
        rows.extend((*first..=*last).zip(usize::from(*value)..).map(|(c, value)| (c, NUMBERS[value], Kind::Plain)));
    }
    rows.sort_unstable_by_key(|row| row.0);
    let others: Vec<_> = rows
        .iter()
        .flat_map(|(c, ascii, kind)| {
            let cases = [single(*c, char::to_lowercase), single(*c, char::to_uppercase)];
            cases.map(|other| (other, *ascii, *kind))
        })
        .filter(|(other, ..)| !other.is_ascii() && rows.binary_search_by_key(other, |row| row.0).is_err())
        .collect();
    rows.extend(others);
    rows.sort_unstable_by_key(|row| row.0);
    rows
}

const NUMBERS: [&str; 21] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20",
];

fn letters() -> impl Iterator<Item = &'static str> {
    (0..ASCII_LETTERS.len()).map(|at| &ASCII_LETTERS[at..=at])
}

fn pairs(alphabet: &Alphabet) -> impl Iterator<Item = (char, &'static str)> {
    alphabet.letters.chars().zip((0..alphabet.ascii.len()).map(|at| &alphabet.ascii[at..=at]))
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
                Answer::Few(letters, short) => {
                    (letters.into_iter().filter(|b| *b != 0).map(char::from).collect(), short)
                }
                Answer::Dropped(short) => (String::new(), short),
                Answer::More => continue,
            };
            assert!(short == (text, kind), "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn tables_are_whole() {
        for alphabet in LATIN.iter().chain(LOOK_ALIKES) {
            assert_eq!(alphabet.letters.chars().count(), alphabet.ascii.len(), "{}", alphabet.letters);
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
        assert!(ZEROS.windows(2).all(|pair| (pair[0] as u32) + 9 < pair[1] as u32));
    }
}
