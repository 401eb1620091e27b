//! Which words of the policy's lists stand near what was found in a field.
//!
//! The stretches around all findings are merged and read once, so that a thousand findings on one line cost no more than one:
//! a window of its own for each would read the same bytes again and again. Most fields have no finding, and are not read at all.

use core::ops::Range;

use super::cues::{Cues, Words};
use crate::policy::model::{Side, Unit};
use crate::verdict::Confidence;

/// How far evidence may be looked for to either side, whatever the policy counts in.
const MAX_WINDOW_BYTES: usize = 2_000;

/// How far, in what, and on which side evidence counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    pub(crate) within: u32,
    pub(crate) unit: Unit,
    pub(crate) side: Side,
}

impl Reach {
    /// Where evidence for a span counts. It holds the span itself; what overlaps that is no evidence.
    pub(crate) fn around(self, text: &[u8], span: &Range<usize>) -> Range<usize> {
        let start = if self.side == Side::After { span.start } else { self.back(text, span.start) };
        let end = if self.side == Side::Before { span.end } else { self.ahead(text, span.end) };
        start..end
    }

    fn back(self, text: &[u8], from: usize) -> usize {
        let least = from.saturating_sub(MAX_WINDOW_BYTES);
        // Almost all text is ASCII there, where a character is a byte and need not be counted.
        let straight = from.saturating_sub(self.within as usize).max(least);
        if self.unit == Unit::Characters && text[straight..from].is_ascii() {
            return straight;
        }
        let mut left = self.within;
        let mut at = from;
        while at > least && left > 0 {
            at -= 1;
            left -= u32::from(self.begins(text, at));
        }
        at
    }

    fn ahead(self, text: &[u8], from: usize) -> usize {
        let most = text.len().min(from + MAX_WINDOW_BYTES);
        let straight = most.min(from + self.within as usize);
        if self.unit == Unit::Characters && text[from..straight].is_ascii() {
            return straight;
        }
        let mut left = self.within;
        let mut at = from;
        while at < most && left > 0 {
            at += 1;
            left -= u32::from(self.ends(text, at));
        }
        // Ahead a character is left behind its first byte; the rest of it belongs to it.
        while at < most && text[at] & 0xc0 == 0x80 {
            at += 1;
        }
        at
    }

    /// Whether a unit begins at a place.
    fn begins(self, text: &[u8], at: usize) -> bool {
        match self.unit {
            Unit::Characters => text[at] & 0xc0 != 0x80,
            Unit::Words => crate::gate::is_word(text[at]) && (at == 0 || !crate::gate::is_word(text[at - 1])),
        }
    }

    /// Whether a unit ends before a place.
    fn ends(self, text: &[u8], at: usize) -> bool {
        match self.unit {
            Unit::Characters => text[at - 1] & 0xc0 != 0x80,
            Unit::Words => {
                crate::gate::is_word(text[at - 1]) && text.get(at).is_none_or(|byte| !crate::gate::is_word(*byte))
            }
        }
    }
}

/// The words that stand around the findings of one field.
#[derive(Debug, Default)]
pub(crate) struct Nearby {
    words: Words,
    windows: Vec<Range<usize>>,
    hits: Vec<Hit>,
    /// Lists, and entries of them, that stand in the name under which the text was sent.
    key: Vec<(u32, u32)>,
}

/// A word of a list, in folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    list: u32,
    start: u32,
    end: u32,
    /// The entry of the list, however it is spelt.
    entry: u32,
}

impl Nearby {
    /// Reads what lies in any of the windows.
    pub(crate) fn read(&mut self, text: &[u8], cues: &Cues, windows: impl Iterator<Item = Range<usize>>) {
        self.hits.clear();
        self.windows.clear();
        self.windows.extend(windows.filter(|window| !window.is_empty()));
        self.windows.sort_unstable_by_key(|window| (window.start, window.end));
        let mut at = 0;
        while let Some(first) = self.windows.get(at) {
            let mut stretch = first.clone();
            at += 1;
            while let Some(next) = self.windows.get(at).filter(|next| next.start <= stretch.end) {
                stretch.end = stretch.end.max(next.end);
                at += 1;
            }
            self.stretch(text, cues, stretch);
        }
        self.hits.sort_unstable();
    }

    /// Reads the name under which the text was sent, folded; empty where it has none. `{"nir": 2550814…}` says what it holds.
    pub(crate) fn read_key(&mut self, key: &[u8], cues: &Cues) {
        self.key.clear();
        if key.is_empty() {
            return;
        }
        let Self { words, key: seen, .. } = self;
        words.read_with_places(key, 0..key.len());
        cues.for_each_place(words, |cue| seen.push((cue.list, cue.entry)));
    }

    /// Whether no word of any list was seen.
    pub(crate) fn is_silent(&self) -> bool {
        self.hits.is_empty() && self.key.is_empty()
    }

    /// Whether a word of the lists stands in the text's name.
    pub(crate) fn is_key(&self, lists: &[u32]) -> bool {
        self.key.iter().any(|(list, _)| lists.contains(list))
    }

    /// Where the last word of the lists ends that stands in a window before a span.
    pub(crate) fn last_before(&self, lists: &[u32], window: &Range<usize>, span: &Range<usize>) -> Option<usize> {
        let ends = lists.iter().flat_map(|list| {
            let from = self.hits.partition_point(|hit| (hit.list, hit.start as usize) < (*list, window.start));
            let hits = self.hits[from..].iter().take_while(|hit| hit.list == *list);
            hits.map(|hit| hit.end as usize).take_while(|end| *end <= span.start)
        });
        ends.max()
    }

    fn stretch(&mut self, text: &[u8], cues: &Cues, stretch: Range<usize>) {
        self.words.read_with_places(text, stretch);
        let Self { words, hits, .. } = self;
        cues.for_each_place(words, |cue| {
            let (start, end) = (offset(cue.place.start), offset(cue.place.end));
            hits.push(Hit { list: cue.list, start, end, entry: cue.entry });
        });
    }

    /// How many different entries of the lists stand in a window, beside a span, or in the text's name; counted up to a number.
    pub(crate) fn count(
        &self,
        lists: &[u32],
        window: &Range<usize>,
        span: &Range<usize>,
        keyed: bool,
        up_to: u32,
    ) -> u32 {
        let mut seen = [(0, 0); MOST_EVIDENCE as usize];
        let mut count = 0;
        let named = self.key.iter().filter(|(list, _)| keyed && lists.contains(list));
        for name in named.take(up_to.min(MOST_EVIDENCE) as usize) {
            seen[count] = *name;
            count += 1;
        }
        if count >= up_to.min(MOST_EVIDENCE) as usize {
            return offset(count);
        }
        for list in lists {
            let from = self.hits.partition_point(|hit| (hit.list, hit.start as usize) < (*list, window.start));
            let hits =
                self.hits[from..].iter().take_while(|hit| hit.list == *list && (hit.start as usize) < window.end);
            for hit in hits {
                let is_beside = hit.end as usize <= span.start || hit.start as usize >= span.end;
                let known = seen[..count].contains(&(hit.list, hit.entry));
                if hit.end as usize <= window.end && is_beside && !known {
                    seen[count] = (hit.list, hit.entry);
                    count += 1;
                    if count >= up_to.min(MOST_EVIDENCE) as usize {
                        return offset(count);
                    }
                }
            }
        }
        offset(count)
    }
}

/// The most that `at_least` may ask for.
pub(crate) const MOST_EVIDENCE: u32 = 16;

/// The most that `within` may say, in characters and in words: evidence that far away is none.
pub(crate) const MOST_WITHIN: [u32; 2] = [1_000, 100];

/// What evidence does to a confidence, once it has been counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// With it the confidence is at least this; without it nothing is found, where it is required.
    Support { confidence: Confidence, required: bool },
    /// With it the confidence is at most this, or nothing is found.
    Exclude { confidence: Option<Confidence> },
}

impl Effect {
    /// `None`: nothing is left of the finding.
    pub(crate) fn on(self, confidence: Confidence, is_there: bool) -> Option<Confidence> {
        match self {
            Self::Support { confidence: with, .. } if is_there => Some(confidence.max(with)),
            Self::Support { required: true, .. } => None,
            Self::Exclude { confidence: with } if is_there => with.map(|most| confidence.min(most)),
            Self::Support { .. } | Self::Exclude { .. } => Some(confidence),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a text is at most 64 MiB long")]
fn offset(n: usize) -> u32 {
    n as u32
}
