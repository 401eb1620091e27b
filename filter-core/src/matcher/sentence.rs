//! Where the sentences of a field end, found once for all of its markings.
//!
//! Each marking asks for its own sentence and for the neighbouring ones. A flood of 16,000 markings that each walked 480 bytes took a
//! third of the time that it cost. Must not know markings, cues or rules.

use core::ops::Range;

use super::surroundings::REACH;
use crate::gate::is_word;

/// The ends of sentences around some places of a text.
#[derive(Debug)]
pub(crate) struct Sentences<'t> {
    text: &'t [u8],
    /// Offsets just behind the mark that ends a sentence, in order.
    ends: Vec<usize>,
}

impl<'t> Sentences<'t> {
    /// Looks as far to either side of the spans, which are in order of their start, as anything is asked for.
    pub(crate) fn around_spans(text: &'t [u8], spans: &[Range<usize>]) -> Self {
        let mut ends = Vec::new();
        let mut looked = 0;
        for span in spans {
            let to = text.len().min(span.end + 2 * REACH);
            let from = span.start.saturating_sub(2 * REACH).max(looked);
            ends.extend((from..to).filter(|at| ends_sentence(text, *at)).map(|at| at + 1));
            looked = looked.max(to);
        }
        Self { text, ends }
    }

    /// The sentence around a span: up to the nearest line end, or `.` `!` `?` before a space.
    pub(super) fn of(&self, span: &Range<usize>) -> Range<usize> {
        let from = span.start.saturating_sub(REACH);
        let to = self.text.len().min(span.end + REACH);
        let mut start = self.last_end(from..span.start).unwrap_or(from);
        // « La charte dit : “aucun document DR” »: who is quoted belongs to the sentence.
        if start > from && self.text[start - 1] == b':' {
            start = self.last_end(from..start - 1).unwrap_or(from);
        }
        // The mark itself belongs to the sentence: a question is recognised by it.
        start..self.first_end(span.end..to).unwrap_or(to)
    }

    /// A sentence with its neighbours on the same line.
    pub(super) fn with_neighbours(&self, sentence: &Range<usize>) -> Range<usize> {
        let from = sentence.start.saturating_sub(REACH);
        let to = self.text.len().min(sentence.end + REACH);
        let before = sentence.start.saturating_sub(1);
        let start = if sentence.start == 0 || self.text[before] == b'\n' {
            sentence.start
        } else {
            self.last_end(from..before).unwrap_or(from)
        };
        let end = if self.text[..sentence.end].last() == Some(&b'\n') {
            sentence.end
        } else {
            self.first_end(sentence.end..to).unwrap_or(to)
        };
        start..end
    }

    /// All that may be heard from a span.
    pub(crate) fn hearing_distance(&self, span: &Range<usize>) -> Range<usize> {
        self.with_neighbours(&self.of(span))
    }

    /// Behind the last mark that stands in a range.
    fn last_end(&self, range: Range<usize>) -> Option<usize> {
        let before = self.ends.partition_point(|end| *end <= range.end);
        self.ends[..before].last().copied().filter(|end| *end > range.start)
    }

    /// Behind the first mark that stands in a range.
    fn first_end(&self, range: Range<usize>) -> Option<usize> {
        let first = self.ends.partition_point(|end| *end <= range.start);
        self.ends.get(first).copied().filter(|end| *end <= range.end)
    }
}

/// Words that end with a full stop and no sentence: French, German and Dutch ones of offices and levels.
const ABRIDGED: &[&[u8]] = &[
    b"cf", b"nr", b"stg", b"dep", b"str", b"geh", b"vertr", b"vs", b"dr", b"bijl", b"abs", b"art", b"az", b"ca",
    b"bzw", b"ggf", b"usw", b"doc", b"pag", b"prot", b"fig", b"ref", b"vgl", b"tel",
];

#[inline]
fn ends_sentence(text: &[u8], at: usize) -> bool {
    // Asked for hundreds of bytes around each marking, nearly all of which are letters and spaces.
    matches!(text[at], b'\n' | b':' | b'!' | b'?' | b'.') && mark_ends_sentence(text, at)
}

fn mark_ends_sentence(text: &[u8], at: usize) -> bool {
    match text[at] {
        b'\n' => true,
        // What follows is quoted: « la voilà : “seuls deux agents sont habilités” ».
        b':' => text[at + 1..].iter().find(|byte| **byte != b' ') == Some(&b'"'),
        b'!' | b'?' => text.get(at + 1).is_none_or(u8::is_ascii_whitespace),
        // « M. Martin », « p. 3 », « cf. note » go on.
        b'.' => {
            let word = text[..at].iter().rev().take_while(|byte| is_word(**byte)).count();
            let is_abridged = ABRIDGED.contains(&&text[at - word..at]);
            word != 1 && !is_abridged && text.get(at + 1).is_none_or(u8::is_ascii_whitespace)
        }
        _ => false,
    }
}
