//! What rules found, before the message is looked at as a whole.

use core::ops::Range;

use crate::matcher::marking::Label;
use crate::verdict::{Confidence, Place};

/// Something that a rule found in the field that is being read.
pub(crate) struct Found {
    pub(crate) rule: u32,
    /// In folded text.
    pub(crate) span: Range<usize>,
    pub(crate) confidence: Confidence,
    pub(crate) value: String,
    pub(crate) said: Said,
}

/// What was seen of a context in the field, for contexts that ask for other rules too.
#[derive(Debug)]
pub(crate) struct Near {
    /// Different words.
    pub(crate) words: u32,
    /// Where findings of other rules count, in the field's own text.
    pub(crate) window: Range<u32>,
}

/// A value in one place, before the message is looked at as a whole.
pub(crate) struct Raw {
    pub(crate) rule: u32,
    pub(crate) place: Place,
    pub(crate) confidence: Confidence,
    pub(crate) value: String,
    pub(crate) said: Said,
    /// For each context of its rule what was seen of it; empty unless other rules' findings are evidence for it.
    pub(crate) near: Vec<Near>,
    /// For the first and the last value of a list that makes one finding: the item that it stands in.
    pub(crate) item: Option<Range<u32>>,
    /// For each combination that asks how close its parts stand: where the next part may begin or end.
    pub(crate) around: Vec<Range<u32>>,
}

/// What a marking says of itself, and how much speaks for it.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) caveats: Vec<Box<str>>,
    /// In place of the rule's own.
    pub(crate) label: Option<Label>,
    /// Of several rules on the same words the one stays whose origin words the message has.
    pub(crate) affinity: i32,
}

#[expect(clippy::cast_possible_truncation, reason = "a text is at most 64 MiB long")]
pub(crate) fn offset(n: usize) -> u32 {
    n as u32
}
