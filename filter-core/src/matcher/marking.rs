//! Is this phrase a marking, a mention of one, or just words? A score of small integers, each cue once.
//!
//! The form in which a phrase stands says more than any vocabulary: stamps are written in capitals, alone on their line, in
//! brackets, before a dash. Words near by support it; words in the same sentence show that something else is meant
//! (a film, an MRI), or that the marking is only spoken about, but never on a banner, a portion mark or a file name:
//! else one « rappel : » would disarm any leak.

use core::ops::Range;

use super::cues::{Cues, Words};
use crate::gate::is_word;
use crate::policy::model::{Role, Score};
use crate::text::Folded;

/// What a rule weighs.
#[derive(Debug)]
pub(crate) struct Weights {
    pub(crate) score: Score,
    pub(crate) vocabularies: Vec<Weighted>,
}

/// A vocabulary as a marking uses it.
#[derive(Clone, Debug)]
pub(crate) struct Weighted {
    pub(crate) number: u32,
    pub(crate) role: Role,
    pub(crate) weight: i32,
    pub(crate) within: Option<u32>,
}

/// A phrase that stands somewhere.
#[derive(Clone, Debug)]
pub(crate) struct Occurrence {
    /// In folded text; caveats included.
    pub(crate) span: Range<usize>,
    pub(crate) abbreviation: bool,
    /// It stands right beside another marking, or carries a caveat.
    pub(crate) joined: bool,
    /// The field is a file name.
    pub(crate) file_name: bool,
    /// What a grammar read in it.
    pub(crate) label: Option<Label>,
}

/// Whose marking it is and how high, where the text itself says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) issuer: &'static str,
    pub(crate) level: u8,
}

/// Something that was added to a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    Cased,
    Uncased,
    Abbreviation,
    OwnLine,
    Segment,
    Enclosed,
    Joined,
    Capitals,
    Vocabulary(u32),
}

const FORM: i32 = 3;
const CAPITALS: i32 = 2;

/// How far a sentence is followed to either side.
const SENTENCE_BYTES: usize = 240;

/// Adds up the cues of an occurrence; each is reported with its weight.
pub(crate) fn score(
    folded: Folded<'_>,
    occurrence: &Occurrence,
    weights: &Weights,
    cues: &Cues,
    words: &mut Words,
    report: &mut dyn FnMut(Cue, i32),
) -> i32 {
    let mut total = 0;
    let mut add = |cue, weight| {
        total += weight;
        report(cue, weight);
    };
    let span = &occurrence.span;
    if occurrence.abbreviation {
        add(Cue::Abbreviation, weights.score.abbreviation);
    } else if is_marking_cased(folded, span) {
        add(Cue::Cased, weights.score.cased);
    } else {
        add(Cue::Uncased, weights.score.other);
    }

    let surroundings = Surroundings::of(folded.bytes(), span);
    let banner = occurrence.file_name || surroundings.is_alone();
    if banner {
        add(Cue::OwnLine, FORM);
    } else if surroundings.is_segment() {
        add(Cue::Segment, FORM);
    }
    // A grammar takes the brackets of a portion mark for part of it.
    let has_brackets = occurrence.label.is_some() && b"([".contains(&folded.bytes()[span.start]);
    let enclosed = has_brackets
        || surroundings.is_enclosed()
            && !(occurrence.abbreviation && surroundings.is_acronym_definition(&folded.bytes()[span.clone()]));
    if enclosed {
        add(Cue::Enclosed, FORM);
    }
    if occurrence.joined {
        add(Cue::Joined, FORM);
    }
    if !banner && !occurrence.abbreviation && stands_out_in_capitals(folded, span) {
        add(Cue::Capitals, CAPITALS);
    }

    // A stamp that opens its line is one too: « DIFFUSION RESTREINTE - formation des opérateurs ».
    let stamp = surroundings.begins_line() && (surroundings.is_segment() && is_in_capitals(folded, span) || enclosed);
    let disarmed = banner || stamp;
    let sentence = sentence(folded.bytes(), span);
    words.read(&folded.bytes()[sentence.clone()], span.start - sentence.start..span.end - sentence.start);
    let mut seen = 0u64;
    cues.for_each(words, |vocabulary, distance| {
        for (n, weighted) in weights.vocabularies.iter().enumerate().take(64) {
            let near = weighted.within.is_none_or(|within| distance <= within);
            let counts = weighted.role == Role::Cue || weighted.role != Role::Origin && !disarmed;
            if weighted.number == vocabulary && near && counts && seen >> n & 1 == 0 {
                seen |= 1 << n;
                add(Cue::Vocabulary(vocabulary), weighted.weight);
            }
        }
    });
    total
}

/// Every word in capitals or capitalised; words of up to three letters inside may be small (« Secret de l'Enquête »).
fn is_marking_cased(folded: Folded<'_>, span: &Range<usize>) -> bool {
    let text = folded.bytes();
    let mut at = span.start;
    let mut first = true;
    while at < span.end {
        if !is_word(text[at]) {
            at += 1;
            continue;
        }
        let end = (at..span.end).find(|i| !is_word(text[*i])).unwrap_or(span.end);
        let small = !first && end - at <= 3;
        if text[at].is_ascii_lowercase() && !small && !folded.is_upper(at) {
            return false;
        }
        first = false;
        at = end;
    }
    true
}

fn is_in_capitals(folded: Folded<'_>, span: &Range<usize>) -> bool {
    span.clone().filter(|i| folded.bytes()[*i].is_ascii_lowercase()).all(|i| folded.is_upper(i))
}

/// In capitals while less than 60 % of the letters around it are.
fn stands_out_in_capitals(folded: Folded<'_>, span: &Range<usize>) -> bool {
    if !is_in_capitals(folded, span) {
        return false;
    }
    let text = folded.bytes();
    let is_letter = |i: &usize| text[*i].is_ascii_lowercase();
    let around = span.start.saturating_sub(SENTENCE_BYTES)..text.len().min(span.end + SENTENCE_BYTES);
    let letters = || around.clone().filter(|i| !span.contains(i)).filter(is_letter);
    let total = letters().count();
    let capitals = letters().filter(|i| folded.is_upper(*i)).count();
    total >= 8 && capitals * 10 < total * 6
}

/// What stands on the same line, before and behind.
struct Surroundings<'t> {
    before: &'t [u8],
    behind: &'t [u8],
}

impl<'t> Surroundings<'t> {
    /// Lines are followed for a few hundred bytes only: what stands farther away sets nothing off, and a thousand markings on
    /// one line of 64 KiB must not each read all of it.
    fn of(text: &'t [u8], span: &Range<usize>) -> Self {
        let before = &text[span.start.saturating_sub(SENTENCE_BYTES)..span.start];
        let behind = &text[span.end..text.len().min(span.end + SENTENCE_BYTES)];
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let end = behind.iter().position(|byte| *byte == b'\n').unwrap_or(behind.len());
        Self { before: &before[start..], behind: &behind[..end] }
    }

    fn begins_line(&self) -> bool {
        !self.before.iter().any(|byte| is_word(*byte))
    }

    fn ends_line(&self) -> bool {
        !self.behind.iter().any(|byte| is_word(*byte))
    }

    fn is_alone(&self) -> bool {
        self.begins_line() && self.ends_line()
    }

    /// First or last of the line, or between two, set off by punctuation.
    fn is_segment(&self) -> bool {
        let closed = opens_segment(self.behind);
        let opened = closes_segment(self.before);
        self.begins_line() && closed || self.ends_line() && opened || opened && closed
    }

    fn is_enclosed(&self) -> bool {
        let before = self.before.iter().rev().find(|byte| **byte != b' ');
        let behind = self.behind.iter().find(|byte| **byte != b' ');
        match (before, behind) {
            (Some(b'['), Some(b']')) | (Some(b'('), Some(b')')) | (Some(b'{'), Some(b'}')) => true,
            (Some(before), Some(behind)) => before == behind && b"\"*`'".contains(before),
            _ => false,
        }
    }

    /// « droit de retrait (DR) »: the initials of the words before the bracket spell what is in it.
    fn is_acronym_definition(&self, abbreviation: &[u8]) -> bool {
        let wanted: Vec<u8> = abbreviation.iter().copied().filter(|b| is_word(*b)).collect();
        let words: Vec<&[u8]> = self.before.split(|b| !is_word(*b)).filter(|w| w.len() > 2 || w.len() == 1).collect();
        let initials = |words: &[&[u8]]| words.iter().map(|w| w[0]).collect::<Vec<u8>>();
        words.len() >= wanted.len() && initials(&words[words.len() - wanted.len()..]) == wanted
    }
}

/// `: …`, ` - …`, `| …`, `/ …`, `] …`, `// …`; a dash needs a space beside it, else « DR-Bretagne » were one.
fn opens_segment(behind: &[u8]) -> bool {
    match behind.trim_ascii_start() {
        [b':' | b'|' | b']', ..] => true,
        [b'/', b'/', ..] => true,
        [b'-', next, ..] => behind[0] == b' ' || *next == b' ',
        _ => false,
    }
}

fn closes_segment(before: &[u8]) -> bool {
    match before.trim_ascii_end() {
        [.., b':' | b'|' | b']'] => true,
        [.., b'/', b'/'] => true,
        [.., previous, b'-'] => *previous == b' ' || before.ends_with(b" "),
        _ => false,
    }
}

/// The sentence around a span: up to the nearest line end, or `.` `!` `?` before a space.
fn sentence(text: &[u8], span: &Range<usize>) -> Range<usize> {
    let ends =
        |i: usize| text[i] == b'\n' || b".!?".contains(&text[i]) && text.get(i + 1).is_none_or(u8::is_ascii_whitespace);
    let from = span.start.saturating_sub(SENTENCE_BYTES);
    let to = text.len().min(span.end + SENTENCE_BYTES);
    let start = (from..span.start).rev().find(|i| ends(*i)).map_or(from, |i| i + 1);
    // The mark itself belongs to the sentence: a question is recognised by it.
    let end = (span.end..to).find(|i| ends(*i)).map_or(to, |i| i + 1);
    start..end
}
