//! Words in a row, with what stands between them left open.
//!
//! `diffusion(s) restreinte(s)` is expanded into plain sequences of folded words when the policy loads; at a candidate they are
//! compared word by word. Spaces, line ends, dashes, underscores, quote marks and the like between two words do not matter, the
//! end of a sentence does. A phrase of ten letters or more is also found written in one word (`DiffusionRestreinte.pdf`).

use core::ops::Range;

use super::typo::is_slip;
use crate::gate::{Atom, is_word};
use crate::text::{FoldBuffer, Folded};

/// A sequence of words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    parts: Box<[Part]>,
    /// How many parts at the beginning only lead up to the phrase: « classified > secret ».
    lead: usize,
    /// For abbreviations: which letters must be capitals, bit by bit over the letters of all words.
    capitals: Option<u64>,
}

/// From how many letters on a phrase is itself in spite of a slip.
const SLIP_LETTERS: usize = 10;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// The word, and whether it is written with a full stop behind it (`diff. rest.`).
    Word(Box<[u8]>, bool),
    /// One of `:` `/` `+`.
    Punctuation(u8),
}

/// Bytes between two words: enough for a quote prefix on a new line (`\r\n> `) or a spaced dash, not for a gap in a table.
const MAX_SEPARATORS: usize = 8;

/// The words that most sentences have in them are no longer: « pour », « très », « with », « not ».
const LONGEST_COMMON: usize = 4;

/// From how many letters on a phrase is unmistakable in one word.
const GLUED_LETTERS: usize = 10;

/// More variants than this are a mistake in the policy.
const MAX_VARIANTS: usize = 256;

/// Why a phrase cannot be compiled.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PhraseError {
    Empty,
    TooManyVariants,
    Punctuation(char),
    BeginsWithPunctuation,
    TooLong,
}

impl core::fmt::Display for PhraseError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Empty => write!(f, "has no letters"),
            Self::TooManyVariants => write!(f, "stands for more than {MAX_VARIANTS} variants"),
            Self::Punctuation(c) => write!(f, "has `{c}` in it; of punctuation only : / + may stand in a phrase"),
            Self::BeginsWithPunctuation => write!(f, "must begin with a word"),
            Self::TooLong => write!(f, "has more than 64 letters, which is too long for an abbreviation"),
        }
    }
}

impl Phrase {
    /// All sequences that a phrase of the policy stands for.
    pub(crate) fn compile(written: &str, fold: &mut FoldBuffer) -> Result<Vec<Self>, PhraseError> {
        let mut phrases = Vec::new();
        for variant in variants(written)? {
            let (mut all, lead) = match variant.split_once(" > ") {
                Some((before, _)) => {
                    let before = parts(fold.fold(before).text())?;
                    let lead = before.len();
                    (before, lead)
                }
                None => (Vec::new(), 0),
            };
            let own = variant.split_once(" > ").map_or(&*variant, |(_, own)| own);
            all.extend(parts(fold.fold(own).text())?);
            if lead == 0
                && let Some(glued) = glue(&all)
            {
                phrases.push(Self { parts: [glued].into(), lead: 0, capitals: None });
            }
            phrases.push(Self { parts: all.into(), lead, capitals: None });
        }
        Ok(phrases)
    }

    /// An abbreviation: as [`Phrase::compile`], but letter case counts.
    pub(crate) fn compile_cased(written: &str, fold: &mut FoldBuffer) -> Result<Self, PhraseError> {
        let folded = fold.fold(written);
        let mut capitals = 0;
        for (n, (at, _)) in letters(folded.bytes(), 0..folded.bytes().len()).enumerate() {
            if n == 64 {
                return Err(PhraseError::TooLong);
            }
            capitals |= u64::from(folded.is_upper(at)) << n;
        }
        Ok(Self { parts: parts(folded.text())?.into(), lead: 0, capitals: Some(capitals) })
    }

    /// The word it begins with.
    pub(crate) fn first_word(&self) -> &[u8] {
        self.words().next().unwrap_or_default()
    }

    /// What the gate looks for.
    pub(crate) fn atom(&self) -> Atom {
        Atom { text: self.words().nth(self.hook()).unwrap_or_default().into(), whole: true }
    }

    /// Which of its words the gate looks for: the first, or the longest where the first one is as short as the words of every
    /// sentence are. « très » stands in three messages of four, « secret » in few.
    pub(crate) fn hook(&self) -> usize {
        let words = if self.lead == 0 { self.parts.len() } else { 1 };
        let lengths = self.parts[..words].iter().map_while(|part| match part {
            Part::Word(word, _) => Some(word.len()),
            Part::Punctuation(_) => None,
        });
        let (mut hook, mut longest) = (0, 0);
        for (n, length) in lengths.enumerate() {
            if n == 0 && length > LONGEST_COMMON {
                return 0;
            }
            if length > longest {
                (hook, longest) = (n, length);
            }
        }
        hook
    }

    /// Where the phrase would begin whose hook stands at a place.
    pub(crate) fn start_at_hook(&self, text: &[u8], at: usize) -> Option<usize> {
        let mut start = at;
        for word in self.parts[..self.hook()].iter().rev() {
            let Part::Word(word, _) = word else { return None };
            let between = text[..start].iter().rev().take(MAX_SEPARATORS).take_while(|byte| !is_word(**byte)).count();
            let before = &text[..start - between];
            // Nearly all differ in their last letter, which costs less to see than a comparison.
            if before.last() != word.last() {
                return None;
            }
            let before = before.strip_suffix(&**word)?;
            if between == 0 || before.last().is_some_and(|byte| is_word(*byte)) {
                return None;
            }
            start = before.len();
        }
        Some(start)
    }

    /// A glance: whether what stands beside its hook lets it stand there. Most words by which phrases are found stand in other
    /// sentences all day: « les », « très », « d'accord ».
    pub(crate) fn may_stand(&self, folded: Folded<'_>, at: usize) -> bool {
        let Some(start) = self.start_at_hook(folded.bytes(), at) else { return false };
        let goes_on = match (self.hook(), &*self.parts) {
            (0, [Part::Word(first, _), Part::Word(second, _), ..]) if self.lead != 1 => {
                next_letter(folded.bytes(), at + first.len()) == second.first()
            }
            _ => true,
        };
        let is_cased =
            |capitals: u64| folded.is_upper(start) == (capitals & 1 != 0) || !starts_with_letter(folded, start);
        goes_on && self.capitals.is_none_or(is_cased)
    }

    /// The same of the phrase with a slip in it, which no word has in its first letter.
    pub(crate) fn may_slip(&self, text: &[u8], anchor: usize, at: usize) -> bool {
        let mut words = self.words();
        let (Some(first), Some(second)) = (words.next(), words.next()) else { return true };
        if anchor == 0 {
            return next_letter(text, at + first.len()) == second.first();
        }
        // Of a word that is cut in two the last letters stand there.
        let before = text[..at].iter().rposition(|byte| is_word(*byte)).map_or(0, |last| last + 1);
        let reach = before.saturating_sub(first.len() + 2);
        let word =
            text[reach..before].iter().rposition(|byte| !is_word(*byte)).map_or(reach, |space| reach + space + 1);
        before > 0 && (text.get(word) == first.first() || text.get(before - 1) == first.last())
    }

    /// Whether there is more in it than words.
    pub(crate) fn has_signs(&self) -> bool {
        self.words().count() < self.parts.len()
    }

    /// Whether other words lead up to it.
    pub(crate) fn is_led(&self) -> bool {
        self.lead > 0
    }

    pub(crate) fn is_abbreviation(&self) -> bool {
        self.capitals.is_some()
    }

    /// Where the phrase ends that begins at a word start, if it stands there.
    pub(crate) fn end_at(&self, folded: Folded<'_>, at: usize) -> Option<usize> {
        self.span_at(folded, at).map(|span| span.end)
    }

    /// The same, and where it begins behind the words that lead up to it.
    pub(crate) fn span_at(&self, folded: Folded<'_>, at: usize) -> Option<Range<usize>> {
        let text = folded.bytes();
        let mut position = at;
        let mut start = at;
        for (n, part) in self.parts.iter().enumerate() {
            if n > 0 && n == self.lead {
                position = skip_introduction(text, position)?;
                start = position;
            } else if n > 0 {
                let punctuation = |part| matches!(part, &Part::Punctuation(_));
                let optional = punctuation(part) || punctuation(&self.parts[n - 1]);
                let dotted = matches!(self.parts[n - 1], Part::Word(_, true));
                position = skip_separators(text, position, Between { optional, dotted })?;
            }
            match part {
                Part::Word(word, _) => {
                    if !text[position..].starts_with(word) {
                        return None;
                    }
                    position += word.len();
                    if text.get(position).is_some_and(|byte| is_word(*byte)) {
                        return None;
                    }
                }
                Part::Punctuation(byte) => {
                    if text.get(position) != Some(byte) {
                        return None;
                    }
                    position += 1;
                }
            }
        }
        // « SECRET (Loi 11.12.1998) » ends with the bracket that it opened.
        if text[at..position].contains(&b'(') && text.get(position) == Some(&b')') {
            position += 1;
        }
        // « D.R. » ends with its own full stop.
        if matches!(self.parts.last(), Some(Part::Word(_, true))) && text.get(position) == Some(&b'.') {
            position += 1;
        }
        match self.capitals {
            Some(capitals) => {
                let mut cased = letters(text, at..position).enumerate();
                cased.all(|(n, (i, _))| folded.is_upper(i) == (capitals >> n & 1 != 0)).then_some(start..position)
            }
            None => Some(start..position),
        }
    }

    /// The words by which a phrase with a slip in it is found: one of its first two is right whichever other one is wrong.
    /// Abbreviations, short phrases and those with punctuation have none.
    pub(crate) fn anchors(&self) -> impl Iterator<Item = (usize, Atom)> {
        let letters: usize = self.words().map(<[u8]>::len).sum();
        let forgives = self.capitals.is_none()
            && self.lead == 0
            && self.parts.len() > 1
            && letters >= SLIP_LETTERS
            && self.parts.iter().all(|part| matches!(part, Part::Word(_, false)));
        self.words().take(if forgives { 2 } else { 0 }).map(|word| Atom { text: word.into(), whole: true }).enumerate()
    }

    pub(crate) fn words(&self) -> impl Iterator<Item = &[u8]> {
        self.parts.iter().filter_map(|part| match part {
            Part::Word(word, _) => Some(&**word),
            Part::Punctuation(_) => None,
        })
    }

    /// Where the phrase stands with one slip in it, found by its first or second word, which is right. A word in `real` is no slip.
    pub(crate) fn slip_at(&self, text: &[u8], anchor: usize, at: usize, real: &[Box<[u8]>]) -> Option<Range<usize>> {
        let slips = |meant: &[u8], written: &[u8]| is_slip(meant, written) && !real.iter().any(|r| **r == *written);
        let between = Between { optional: false, dotted: false };
        let (mut start, mut slipped) = (at, false);
        if anchor > 0 {
            let from = at.saturating_sub(MAX_SEPARATORS);
            let end = (from..at).rev().find(|i| is_word(text[*i]))? + 1;
            let meant = self.words().next()?;
            let reach = end.saturating_sub(meant.len() + 2);
            start = (reach..end).rev().find(|i| !is_word(text[*i])).map_or(reach, |i| i + 1);
            if skip_separators(text, end, between) != Some(at) {
                return None;
            }
            match start_of_cut(meant, text, start, end) {
                Some(from) => start = from,
                None if !slips(meant, &text[start..end]) => return None,
                None => {}
            }
            slipped = true;
        }
        let mut position = at;
        for (n, word) in self.words().enumerate().skip(anchor) {
            if n > anchor {
                position = skip_separators(text, position, between)?;
            }
            let length = text[position..].iter().take(word.len() + 2).take_while(|byte| is_word(**byte)).count();
            let written = &text[position..position + length];
            position += length;
            if written != word {
                if slipped {
                    return None;
                }
                // « FRANC E » first: without its last letter it would be a slip, too.
                match end_of_cut(word, written, text, position) {
                    Some(end) => position = end,
                    None if !slips(word, written) => return None,
                    None => {}
                }
                slipped = true;
            }
        }
        slipped.then_some(start..position)
    }

    /// Where the phrase ends that begins a little behind a place, separators skipped: for caveats after a marking.
    pub(crate) fn end_after(&self, folded: Folded<'_>, from: usize) -> Option<usize> {
        let text = folded.bytes();
        let mut at = from;
        while at < text.len() && at - from < MAX_SEPARATORS && !is_word(text[at]) {
            at += 1;
        }
        (at > from && at < text.len()).then(|| self.end_at(folded, at)).flatten()
    }
}

/// The first letter of the next word that may belong to a phrase.
fn next_letter(text: &[u8], from: usize) -> Option<&u8> {
    text[from..].iter().take(MAX_SEPARATORS + 1).find(|byte| is_word(**byte))
}

fn starts_with_letter(folded: Folded<'_>, at: usize) -> bool {
    folded.bytes()[at].is_ascii_lowercase()
}

/// « DIFF-USION », « RESTR EINTE »: where a word ends whose first letters end before a sign.
fn end_of_cut(meant: &[u8], written: &[u8], text: &[u8], at: usize) -> Option<usize> {
    let rest = meant.strip_prefix(written).filter(|rest| !rest.is_empty() && meant.len() >= LONGEST_UNCUT)?;
    let end = at + 1 + rest.len();
    let is_cut = text.get(at).is_some_and(|sign| CUTS.contains(sign)) && text.get(at + 1..end) == Some(rest);
    (is_cut && !text.get(end).is_some_and(|byte| is_word(*byte))).then_some(end)
}

/// Where a word begins whose last letters stand in a span.
fn start_of_cut(meant: &[u8], text: &[u8], start: usize, end: usize) -> Option<usize> {
    let first = meant.strip_suffix(&text[start..end]).filter(|rest| !rest.is_empty() && rest.len() < meant.len())?;
    let from = start.checked_sub(1 + first.len()).filter(|_| meant.len() >= LONGEST_UNCUT)?;
    let is_cut = CUTS.contains(&text[start - 1]) && &text[from..start - 1] == first;
    (is_cut && !(from > 0 && is_word(text[from - 1]))).then_some(from)
}

/// Signs that cut a word in two.
const CUTS: &[u8] = b" -.";

/// Words of fewer letters fall apart into others.
const LONGEST_UNCUT: usize = 6;

fn letters(text: &[u8], range: core::ops::Range<usize>) -> impl Iterator<Item = (usize, u8)> {
    range.filter_map(|i| text.get(i).filter(|b| b.is_ascii_lowercase()).map(|b| (i, *b)))
}

/// What may stand between two parts of a phrase.
#[derive(Clone, Copy)]
struct Between {
    /// Nothing may stand there too: before punctuation.
    optional: bool,
    /// A full stop there is an abbreviation's.
    dotted: bool,
}

/// Between the words that lead up to a phrase and the phrase: « Einstufung: \[GEHEIM\] », « classified “Secret” ».
fn skip_introduction(text: &[u8], from: usize) -> Option<usize> {
    let skipped = text[from..].iter().take_while(|byte| b" \t_-*~'\"`:([=".contains(byte)).count();
    ((1..=MAX_SEPARATORS).contains(&skipped)).then_some(from + skipped)
}

/// `None` where what stands there does not belong between two words of one phrase.
fn skip_separators(text: &[u8], from: usize, between: Between) -> Option<usize> {
    let Between { optional, .. } = between;
    let mut at = from;
    // A colon or slash of the phrase itself must not be skipped, so it is no separator here.
    while at < text.len() && b" \t\r\n_-.*~'\"|`(".contains(&text[at])
        || (!optional && matches!(text.get(at), Some(b'/' | b'+')))
        // Of quoted mail, behind the end of a line; « <@sam:example.uk> SECRET » is no UK SECRET.
        || (text.get(at) == Some(&b'>') && at > from)
    {
        at += 1;
    }
    let skipped = &text[from..at];
    // « … la diffusion. Restreinte … » are two sentences; « Diff. Rest. » is one phrase.
    let sentence_ends =
        !between.dotted && skipped.first() == Some(&b'.') && skipped.get(1).is_some_and(u8::is_ascii_whitespace);
    ((optional || at > from) && skipped.len() <= MAX_SEPARATORS && !sentence_ends).then_some(at)
}

fn parts(folded: &str) -> Result<Vec<Part>, PhraseError> {
    let mut parts = Vec::new();
    let mut word = Vec::new();
    for c in folded.chars().chain([' ']) {
        let mut buffer = [0; 4];
        let bytes = c.encode_utf8(&mut buffer).as_bytes();
        if bytes.iter().all(|b| is_word(*b)) {
            word.extend_from_slice(bytes);
            continue;
        }
        if !word.is_empty() {
            parts.push(Part::Word(core::mem::take(&mut word).into(), c == '.'));
        }
        match c {
            ':' | '/' | '+' => parts.push(Part::Punctuation(bytes[0])),
            ' ' | '-' | '\'' | '.' | '_' | '\n' | '\t' | '"' => {}
            other => return Err(PhraseError::Punctuation(other)),
        }
    }
    match parts.first() {
        None => Err(PhraseError::Empty),
        Some(Part::Punctuation(_)) => Err(PhraseError::BeginsWithPunctuation),
        Some(Part::Word(..)) => Ok(parts),
    }
}

fn glue(parts: &[Part]) -> Option<Part> {
    let mut glued = Vec::new();
    for part in parts {
        match part {
            Part::Word(word, _) => glued.extend_from_slice(word),
            Part::Punctuation(_) => return None,
        }
    }
    (parts.len() > 1 && glued.len() >= GLUED_LETTERS).then(|| Part::Word(glued.into(), false))
}

/// Expands `(s)` and `a|b`.
pub(crate) fn variants(written: &str) -> Result<Vec<String>, PhraseError> {
    let mut variants = vec![String::new()];
    for word in written.split_whitespace() {
        let mut choices = Vec::new();
        for choice in word.split('|') {
            match (choice.find('('), choice.find(')')) {
                (Some(open), Some(close)) if open < close => {
                    let (stem, ending, rest) = (&choice[..open], &choice[open + 1..close], &choice[close + 1..]);
                    choices.push(format!("{stem}{rest}"));
                    choices.push(format!("{stem}{ending}{rest}"));
                }
                (None, None) => choices.push(choice.to_owned()),
                _ => return Err(PhraseError::Punctuation('(')),
            }
        }
        variants = variants
            .iter()
            .flat_map(|so_far| {
                choices.iter().map(
                    move |choice| {
                        if so_far.is_empty() { choice.clone() } else { format!("{so_far} {choice}") }
                    },
                )
            })
            .collect();
        if variants.len() > MAX_VARIANTS {
            return Err(PhraseError::TooManyVariants);
        }
    }
    Ok(variants)
}
