//! Words near by: what supports a finding, what speaks against it, what shows that it is only spoken about.
//!
//! All vocabularies of a policy are one automaton, run over a sentence or a window around a candidate, never over whole
//! messages. The text is first reduced to words with single spaces between them, so that « d'accès » and « d’accès »
//! and line ends make no difference; a question mark is kept as a word of its own.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::phrase::{PhraseError, variants};
use crate::gate::is_word;
use crate::text::FoldBuffer;

/// The vocabularies of a policy, compiled.
pub(crate) struct Cues {
    automaton: Option<AhoCorasick>,
    /// The vocabulary that each pattern of the automaton belongs to.
    owner: Vec<u32>,
    /// The entry of its vocabulary that each pattern spells.
    entry: Vec<u32>,
    /// How many words each pattern has.
    words: Vec<u32>,
    /// How many vocabularies there are.
    lists: usize,
}

/// Why vocabularies cannot be compiled.
pub(crate) enum CuesError {
    /// One of their words is none.
    Word(PhraseError),
    /// Their automaton would take so many bytes.
    TooLarge(usize),
}

/// A word of a vocabulary that stands in a text.
pub(crate) struct CueAt {
    /// The vocabulary.
    pub(crate) list: u32,
    /// Its entry, however that is spelt.
    pub(crate) entry: u32,
    /// In the text that was reduced.
    pub(crate) place: core::ops::Range<usize>,
    /// How many words it has.
    pub(crate) words: u32,
}

/// A stretch of text reduced to words.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// Begins and ends with a space.
    text: Vec<u8>,
    /// Where each byte of `text` stands in the text that was reduced; only [`Words::read_with_places`] says.
    places: Vec<u32>,
}

impl Cues {
    /// Compiles lists of words into an automaton of so many bytes at the most; a list's position is its number.
    pub(crate) fn new(lists: &[Vec<String>], most: usize, fold: &mut FoldBuffer) -> Result<Self, CuesError> {
        let mut patterns: Vec<Vec<u8>> = Vec::new();
        let (mut owner, mut entry, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
        for (number, list) in lists.iter().enumerate() {
            for (n, written) in list.iter().enumerate() {
                for variant in variants(written).map_err(CuesError::Word)? {
                    let mut words = Words::default();
                    words.read(fold.fold(&variant).bytes());
                    if words.text.len() < 2 {
                        return Err(CuesError::Word(PhraseError::Empty));
                    }
                    let spaces = words.text.iter().filter(|byte| **byte == b' ').count();
                    lengths.push(u32::try_from(spaces - 1).unwrap_or(u32::MAX));
                    patterns.push(words.text);
                    owner.push(u32::try_from(number).unwrap_or(u32::MAX));
                    entry.push(u32::try_from(n).unwrap_or(u32::MAX));
                }
            }
        }
        let bytes = bytes_of(&mut patterns.iter().map(Vec::as_slice).collect::<Vec<_>>());
        if bytes > most {
            return Err(CuesError::TooLarge(bytes));
        }
        // Built in full: it must cost the same on the first run as on the last. A DFA reads a byte with fewer instructions, but the built-in
        // policy's words made one of 37 MiB in which nearly every look misses the cache: checks took 7 % longer than with this one of 1.1 MiB.
        // Patterns share the space between them, hence overlapping search, hence the standard match kind.
        let automaton = (!patterns.is_empty())
            .then(|| AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&patterns).ok())
            .flatten();
        Ok(Self { automaton, owner, entry, words: lengths, lists: lists.len() })
    }

    /// Calls back for each word of a vocabulary that stands in the text: which vocabulary.
    pub(crate) fn for_each(&self, words: &Words, mut found: impl FnMut(u32)) {
        if let Some(automaton) = &self.automaton {
            let hits = automaton.find_overlapping_iter(&words.text);
            hits.for_each(|hit| found(self.owner[hit.pattern().as_usize()]));
        }
    }

    /// How many vocabularies there are.
    pub(crate) fn lists(&self) -> usize {
        self.lists
    }

    /// Calls back for each word of a vocabulary that stands in the text, in the order in which they end.
    pub(crate) fn for_each_place(&self, words: &Words, mut found: impl FnMut(CueAt)) {
        let Some(automaton) = &self.automaton else {
            return;
        };
        for hit in automaton.find_overlapping_iter(&words.text) {
            // Without the spaces at its borders.
            let (first, last) = (words.places[hit.start() + 1], words.places[hit.end() - 2]);
            let pattern = hit.pattern().as_usize();
            found(CueAt {
                list: self.owner[pattern],
                entry: self.entry[pattern],
                place: first as usize..last as usize + 1,
                words: self.words[pattern],
            });
        }
    }
}

/// What the automaton of these patterns takes while it is built: a state for each of their prefixes. When it is done a quarter of that is left.
fn bytes_of(patterns: &mut [&[u8]]) -> usize {
    const BYTES_OF_A_STATE: usize = 32;
    patterns.sort_unstable();
    let mut states = 1;
    let mut last: &[u8] = &[];
    for pattern in patterns {
        let shared = last.iter().zip(*pattern).take_while(|(a, b)| a == b).count();
        states += pattern.len() - shared;
        last = pattern;
    }
    states * BYTES_OF_A_STATE
}

impl Words {
    /// Reduces a stretch of folded text, and remembers where each byte stood.
    pub(crate) fn read_with_places(&mut self, folded: &[u8], stretch: core::ops::Range<usize>) {
        let is_word_at = |at: usize| folded.get(at).is_some_and(|byte| is_word(*byte));
        let core::ops::Range { mut start, mut end } = stretch;
        // Half a word is none.
        while start > 0 && start < end && is_word_at(start - 1) && is_word_at(start) {
            start += 1;
        }
        while end > start && is_word_at(end - 1) && is_word_at(end) {
            end -= 1;
        }
        let stretch = start..end;
        self.text.clear();
        self.places.clear();
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

    /// Where each word stood; a question mark is one.
    pub(crate) fn starts(&self) -> impl Iterator<Item = u32> {
        let begins = self.text.windows(2).map(|pair| pair[0] == b' ' && pair[1] != b' ');
        self.places[1..].iter().zip(begins).filter(|(_, begins)| *begins).map(|(place, _)| *place)
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

    /// Reduces folded text.
    pub(crate) fn read(&mut self, folded: &[u8]) {
        self.text.clear();
        self.text.push(b' ');
        for byte in folded {
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
    }

    fn space(&mut self) {
        if self.text.last() != Some(&b' ') {
            self.text.push(b' ');
        }
    }
}
