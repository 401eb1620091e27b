//! Which words of the policy's vocabularies are heard beside a marking, and how near.
//!
//! The stretches around all markings of a field are merged and read once; each marking then looks up what lies in its own sentence,
//! and all rules that ask about one place share the answer. A flood of 64 KiB of « SECRET » read 240 bytes to either side again
//! for each of its 9,000 markings and each rule, and took two seconds. Must not know what a word says for or against a marking.

use core::ops::Range;

use super::cues::{Cues, Words};
use crate::gate::is_word;
use crate::policy::model::Side;

/// How many words of vocabularies are heard to either side. People who write a sentence reach a dozen; a flood of « DR » 240.
const MOST_HITS: usize = 64;

/// The words that stand around the markings of one field.
#[derive(Debug, Default)]
pub(crate) struct Hearing {
    words: Words,
    /// Where each word begins that was read.
    starts: Vec<u32>,
    /// In the order in which they end.
    hits: Vec<Hit>,
    /// What was heard in a marking's sentence, and with the neighbouring ones.
    ears: [Ear; 2],
}

/// A word of a vocabulary, in folded text.
#[derive(Clone, Copy, Debug)]
struct Hit {
    list: u32,
    start: u32,
    end: u32,
    /// Its first and its last word, as numbers of all that were read.
    first: u32,
    last: u32,
}

/// How far something is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Sentence,
    Neighbours,
}

/// What is heard from one place within one window.
#[derive(Debug, Default)]
pub(crate) struct Ear {
    span: Range<usize>,
    window: Range<usize>,
    /// For each vocabulary how many words its nearest one is away.
    nearest: Vec<Nearest>,
    /// The vocabularies that were heard.
    heard: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Nearest {
    before: u32,
    after: u32,
}

impl Nearest {
    const NOTHING: Self = Self { before: u32::MAX, after: u32::MAX };

    fn before_at(&mut self, words: u32) {
        self.before = self.before.min(words);
    }

    fn after_at(&mut self, words: u32) {
        self.after = self.after.min(words);
    }
}

impl Hearing {
    /// Reads what lies in any of the windows, which are in order of their start.
    pub(crate) fn read(&mut self, text: &[u8], cues: &Cues, windows: impl Iterator<Item = Range<usize>>) {
        self.starts.clear();
        self.hits.clear();
        for ear in &mut self.ears {
            ear.forget();
            ear.nearest.resize(cues.lists(), Nearest::NOTHING);
        }
        let mut stretch = 0..0;
        for window in windows {
            if window.start <= stretch.end {
                stretch.end = stretch.end.max(window.end);
            } else {
                self.stretch(text, cues, stretch);
                stretch = window;
            }
        }
        self.stretch(text, cues, stretch);
    }

    fn stretch(&mut self, text: &[u8], cues: &Cues, stretch: Range<usize>) {
        if stretch.is_empty() {
            return;
        }
        let Self { words, starts, hits, .. } = self;
        words.read_with_places(text, stretch);
        let mut read = starts.len();
        starts.extend(words.starts());
        cues.for_each_place(words, |cue| {
            // Hits come in the order in which they end.
            while starts.get(read).is_some_and(|start| (*start as usize) < cue.place.end) {
                read += 1;
            }
            let last = offset(read.saturating_sub(1));
            let first = last.saturating_sub(cue.words - 1);
            hits.push(Hit { list: cue.list, start: offset(cue.place.start), end: offset(cue.place.end), first, last });
        });
    }

    /// What is heard from a span within a window.
    pub(crate) fn from(&mut self, text: &[u8], span: &Range<usize>, window: &Range<usize>, scope: Scope) -> &Ear {
        let Self { starts, hits, ears, .. } = self;
        let ear = &mut ears[scope as usize];
        if ear.span == *span && ear.window == *window {
            return ear;
        }
        ear.forget();
        ear.span = span.clone();
        ear.window = window.clone();
        let words_before = |at: usize| starts.partition_point(|start| (*start as usize) < at);
        let within_word = span.start > 0 && is_word(text[span.start - 1]) && is_word(text[span.start]);
        let first = offset(words_before(span.start) - usize::from(within_word));
        let last = offset(words_before(span.end).saturating_sub(1));
        let middle = hits.partition_point(|hit| hit.end as usize <= span.start);
        let (before, behind) = hits.split_at(middle);
        let heard = before.iter().rev().take_while(|hit| hit.end as usize > window.start);
        for hit in heard.filter(|hit| hit.start as usize >= window.start).take(MOST_HITS) {
            let pause = pauses(&text[hit.end as usize..span.start]);
            ear.hear(hit.list).before_at(first.saturating_sub(hit.last + 1).max(pause));
        }
        let heard = behind.iter().take_while(|hit| hit.end as usize <= window.end);
        for hit in heard.filter(|hit| hit.start as usize >= span.end.max(window.start)).take(MOST_HITS) {
            let pause = pauses(&text[span.end..hit.start as usize]);
            ear.hear(hit.list).after_at(hit.first.saturating_sub(last + 1).max(pause));
        }
        ear
    }
}

impl Ear {
    /// What is known of a vocabulary, which is noted as heard.
    fn hear(&mut self, list: u32) -> &mut Nearest {
        let nearest = &mut self.nearest[list as usize];
        if nearest.before & nearest.after == u32::MAX {
            self.heard.push(list);
        }
        nearest
    }

    fn forget(&mut self) {
        for list in self.heard.drain(..) {
            self.nearest[list as usize] = Nearest::NOTHING;
        }
        self.span = 0..0;
        self.window = 0..0;
    }

    /// Whether nothing was heard.
    pub(crate) fn is_empty(&self) -> bool {
        self.heard.is_empty()
    }

    /// Whether a word of a vocabulary was heard on a side, at most so many words away.
    pub(crate) fn hears(&self, list: u32, side: Side, within: Option<u32>) -> bool {
        let nearest = self.nearest[list as usize];
        let distance = match side {
            Side::Before => nearest.before,
            Side::After => nearest.after,
            Side::Either => nearest.before.min(nearest.after),
        };
        distance <= within.unwrap_or(u32::MAX - 1)
    }
}

/// « hi all, NATO SECRET sitrep »: beyond a comma or a bracket nothing stands right beside a marking. One word away, if so.
fn pauses(between: &[u8]) -> u32 {
    u32::from(between.iter().take(LONGEST_PAUSE).any(|byte| b",;(".contains(byte)))
}

/// A comma, a space or two, a quotation mark: farther away stand other words, which keep the distance themselves.
const LONGEST_PAUSE: usize = 4;

#[expect(clippy::cast_possible_truncation, reason = "a text is at most 64 MiB long")]
fn offset(n: usize) -> u32 {
    n as u32
}
