//! The terms of one rule that share their first word, found without trying them one by one.
//!
//! They stand in the order of their words; at a candidate the text's words narrow the list down, a binary search for each. Tried one
//! by one, 100,000 terms that begin with « project » made each « project » of a flood cost a hundred thousand comparisons.

use super::phrase::Phrase;
use crate::gate::is_word;
use crate::text::Folded;

/// Terms by their words; all begin with the same one.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    by_words: Vec<Phrase>,
    /// Terms with signs that stand for themselves (`c++`), which words alone do not find.
    others: Vec<Phrase>,
}

/// The most terms with signs and one first word: they are tried one by one.
pub(crate) const MOST_OTHERS: usize = 64;

impl Terms {
    pub(crate) fn new(phrases: Vec<Phrase>) -> Self {
        let (mut by_words, others): (Vec<Phrase>, Vec<Phrase>) =
            phrases.into_iter().partition(|phrase| !phrase.has_signs());
        by_words.sort_by(|a, b| a.words().cmp(b.words()));
        by_words.dedup();
        Self { by_words, others }
    }

    pub(crate) fn others(&self) -> usize {
        self.others.len()
    }

    /// Calls back with the end of each term that begins at a word start, whose first word stands there.
    pub(crate) fn ends_at(&self, folded: Folded<'_>, at: usize, mut found: impl FnMut(usize)) {
        let text = folded.bytes();
        let mut left = self.by_words.as_slice();
        let mut position = at;
        for depth in 0.. {
            let end = text[position..].iter().position(|byte| !is_word(*byte)).map_or(text.len(), |n| position + n);
            let word = &text[position..end];
            let from = left.partition_point(|phrase| phrase.words().nth(depth).is_none_or(|other| other < word));
            let to = left.partition_point(|phrase| phrase.words().nth(depth).is_none_or(|other| other <= word));
            left = &left[from..to];
            // The shortest of those that begin alike come first: one, or two of which one has full stops.
            let whole = left.partition_point(|phrase| phrase.words().nth(depth + 1).is_none());
            if let Some(end) = left[..whole].iter().find_map(|phrase| phrase.end_at(folded, at)) {
                found(end);
            }
            left = &left[whole..];
            if left.is_empty() {
                break;
            }
            let Some(next) = text[end..].iter().take(MOST_BETWEEN).position(|byte| is_word(*byte)) else { break };
            position = end + next;
        }
        self.others.iter().filter_map(|phrase| phrase.end_at(folded, at)).for_each(found);
    }
}

/// Bytes between two words of a phrase, and one more.
const MOST_BETWEEN: usize = 9;
