//! Words near by: what supports a finding, what speaks against it, what shows that it is only spoken about.
//!
//! All vocabularies of a policy are one automaton, run over a sentence or a window around a candidate, never over whole
//! messages. The text is first reduced to words with single spaces between them, so that « d'accès » and « d’accès »
//! and line ends make no difference; a question mark is kept as a word of its own.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::phrase::{PhraseError, variants};
use crate::gate::is_word;
use crate::policy::model::Side;
use crate::text::FoldBuffer;

/// The vocabularies of a policy, compiled.
pub(crate) struct Cues {
    automaton: Option<AhoCorasick>,
    /// The vocabulary that each pattern of the automaton belongs to.
    owner: Vec<u32>,
    /// The entry of its vocabulary that each pattern spells.
    entry: Vec<u32>,
}

/// A stretch of text reduced to words.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// Begins and ends with a space.
    text: Vec<u8>,
    /// The words that the candidate itself takes up, as offsets into `text`.
    own: core::ops::Range<usize>,
    /// Where each byte of `text` stands in the text that was reduced; only [`Words::read_with_places`] says.
    places: Vec<u32>,
}

impl Cues {
    /// Compiles lists of words; a list's position is its number.
    pub(crate) fn new(lists: &[Vec<String>], fold: &mut FoldBuffer) -> Result<Self, (usize, String, PhraseError)> {
        let mut patterns: Vec<Vec<u8>> = Vec::new();
        let (mut owner, mut entry) = (Vec::new(), Vec::new());
        for (number, list) in lists.iter().enumerate() {
            for (n, written) in list.iter().enumerate() {
                for variant in variants(written).map_err(|error| (number, written.clone(), error))? {
                    let mut words = Words::default();
                    words.read(fold.fold(&variant).bytes(), 0..0);
                    if words.text.len() < 2 {
                        return Err((number, written.clone(), PhraseError::Empty));
                    }
                    patterns.push(words.text);
                    owner.push(u32::try_from(number).unwrap_or(u32::MAX));
                    entry.push(u32::try_from(n).unwrap_or(u32::MAX));
                }
            }
        }
        // A full DFA: it is run over a few hundred bytes at a time and must cost the same on the first run as on the last.
        // Patterns share the space between them, hence overlapping search, hence the standard match kind.
        let automaton = (!patterns.is_empty())
            .then(|| AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(&patterns).ok())
            .flatten();
        Ok(Self { automaton, owner, entry })
    }

    /// Calls back for each word of a vocabulary that stands beside the candidate: which vocabulary, how many words away, on which side.
    pub(crate) fn for_each(&self, words: &Words, mut found: impl FnMut(u32, u32, Side)) {
        let Some(automaton) = &self.automaton else {
            return;
        };
        for hit in automaton.find_overlapping_iter(&words.text) {
            // Both share the space at their border.
            let inside = hit.start() + 1 < words.own.end && words.own.start + 1 < hit.end();
            if inside && !words.own.is_empty() {
                continue;
            }
            let (side, between) = if hit.end() <= words.own.start + 1 {
                (Side::Before, &words.text[hit.end() - 1..=words.own.start.min(words.text.len() - 1)])
            } else {
                (Side::After, &words.text[words.own.end.saturating_sub(1).min(hit.start())..=hit.start()])
            };
            let spaces = between.iter().filter(|byte| **byte == b' ').count();
            let distance = u32::try_from(spaces.saturating_sub(1)).unwrap_or(u32::MAX);
            found(self.owner[hit.pattern().as_usize()], distance, side);
        }
    }
}

impl Cues {
    /// Calls back for each word of a vocabulary that stands in the text: which vocabulary, which of its entries, and where, as
    /// places in the text that was reduced.
    pub(crate) fn for_each_place(&self, words: &Words, mut found: impl FnMut(u32, u32, core::ops::Range<usize>)) {
        let Some(automaton) = &self.automaton else {
            return;
        };
        for hit in automaton.find_overlapping_iter(&words.text) {
            // Without the spaces at its borders.
            let (first, last) = (words.places[hit.start() + 1], words.places[hit.end() - 2]);
            let pattern = hit.pattern().as_usize();
            found(self.owner[pattern], self.entry[pattern], first as usize..last as usize + 1);
        }
    }
}

impl Words {
    /// Reduces a stretch of folded text, and remembers where each byte stood.
    pub(crate) fn read_with_places(&mut self, folded: &[u8], stretch: core::ops::Range<usize>) {
        self.text.clear();
        self.places.clear();
        self.own = 0..0;
        self.put(b' ', stretch.start);
        for at in stretch.clone() {
            match folded[at] {
                byte if is_word(byte) => self.put(byte, at),
                b'?' => {
                    self.gap(at);
                    self.put(b'?', at);
                    self.put(b' ', at);
                }
                _ => self.gap(at),
            }
        }
        self.gap(stretch.end);
    }

    fn put(&mut self, byte: u8, at: usize) {
        self.text.push(byte);
        self.places.push(u32::try_from(at).unwrap_or(u32::MAX));
    }

    fn gap(&mut self, at: usize) {
        if self.text.last() != Some(&b' ') {
            self.put(b' ', at);
        }
    }

    /// Reduces folded text; `own` is where the candidate stands in it.
    pub(crate) fn read(&mut self, folded: &[u8], own: core::ops::Range<usize>) {
        self.text.clear();
        self.text.push(b' ');
        let mut mapped = 0..0;
        for (at, byte) in folded.iter().enumerate() {
            if at == own.start {
                mapped.start = self.text.len() - usize::from(self.text.last() == Some(&b' '));
            }
            if at == own.end {
                mapped.end = self.text.len() + usize::from(self.text.last() != Some(&b' '));
            }
            if is_word(*byte) {
                self.text.push(*byte);
            } else if *byte == b'?' {
                self.space();
                self.text.extend_from_slice(b"? ");
            } else {
                self.space();
            }
        }
        self.space();
        if own.end >= folded.len() {
            mapped.end = self.text.len();
        }
        self.own = if own.is_empty() { 0..0 } else { mapped };
    }

    fn space(&mut self) {
        if self.text.last() != Some(&b' ') {
            self.text.push(b' ');
        }
    }
}
