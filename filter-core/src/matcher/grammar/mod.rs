//! Grammars: markings that say whose they are and what they demand, and are read for it instead of looked up.
//!
//! `SECRET//SI/TK//REL TO USA, FVEY` is one of millions of lines that the same few rules produce; no list of phrases holds them.
//! A grammar is handed the place where the gate saw one of its heads and answers with the whole marking around it: where it
//! stands, its issuer, level and caveats. It searches nothing, and looks a few hundred bytes to either side at most.
//!
//! [`GRAMMARS`] is the only list: the compiler looks names up in it. To add one, write its file and its row. A grammar must not
//! know rules, scores or what happens to its answer, and must bear any text.

mod australian_email;
mod authority_block;
mod capco;
mod capco_values;
mod countries;
mod cui;
mod cursor;
mod paragraphs;
mod releasability;

use core::ops::Range;

use crate::gate::is_word;
use crate::text::Folded;

/// A way in which an issuer writes its markings.
#[derive(Debug)]
pub(crate) struct Grammar {
    /// What a rule writes after `grammar =`.
    pub(crate) name: &'static str,
    /// Folded words that the gate looks for; with punctuation behind, the word counts only where that follows.
    pub(crate) heads: &'static [&'static str],
    /// The marking that a head at this place belongs to. Total: any text has an answer.
    pub(crate) parse: fn(Folded<'_>, usize) -> Option<Parsed>,
}

/// A marking that was read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Parsed {
    /// In folded text.
    pub(crate) span: Range<usize>,
    pub(crate) issuer: &'static str,
    /// 0 to 4.
    pub(crate) level: u8,
    /// Sorted, each once.
    pub(crate) caveats: Vec<Box<str>>,
}

/// Every grammar, by name.
pub(crate) const GRAMMARS: &[Grammar] = &[
    // X-Protective-Marking and subject suffixes: Australian Government Email Protective Marking Standard 2025.1.
    Grammar { name: "australian-email", heads: australian_email::HEADS, parse: australian_email::parse },
    // Banner lines and portion marks: Intelligence Community Authorized Classification and Control Markings, 31 December 2016.
    Grammar { name: "capco", heads: capco::HEADS, parse: capco::parse },
    // The same of NATO.
    Grammar { name: "capco-nato", heads: capco::HEADS, parse: capco::parse_nato },
    // « (NR) … (NU) … » without `//`, as staffs write it.
    Grammar { name: "capco-nato-paragraphs", heads: paragraphs::NATO_HEADS, parse: paragraphs::parse_nato },
    // « (S) … (U) … » at the beginnings of paragraphs; same source.
    Grammar { name: "capco-paragraphs", heads: paragraphs::HEADS, parse: paragraphs::parse },
    // « Classified By: … Derived From: … Declassify On: … »: 32 CFR 2001.21 to 2001.22.
    Grammar { name: "classification-authority", heads: authority_block::HEADS, parse: authority_block::parse },
    // Controlled Unclassified Information: 32 CFR 2002.20, CUI Registry.
    Grammar { name: "cui", heads: cui::HEADS, parse: cui::parse },
    // « Controlled by: … CUI Category: … POC: … »: DoDI 5200.48.
    Grammar { name: "cui-designation", heads: authority_block::CUI_HEADS, parse: authority_block::parse_cui },
    // Lists of countries without a classification; same source as `capco`.
    Grammar { name: "releasability", heads: releasability::HEADS, parse: releasability::parse },
];

/// The grammar of a name.
pub(crate) fn find(name: &str) -> Option<&'static Grammar> {
    GRAMMARS.iter().find(|grammar| grammar.name == name)
}

/// The span of the marking that a grammar reads at a place, if one of its heads stands there. Whoever has no gate asks everywhere.
#[must_use]
pub fn marking_of_grammar(name: &str, folded: Folded<'_>, at: usize) -> Option<Range<usize>> {
    let grammar = find(name)?;
    let rest = folded.bytes().get(at..)?;
    let is_head = |head: &&str| {
        let whole = head.bytes().all(is_word);
        rest.starts_with(head.as_bytes()) && !(whole && rest.get(head.len()).is_some_and(|byte| is_word(*byte)))
    };
    let parsed = if grammar.heads.iter().any(is_head) { (grammar.parse)(folded, at) } else { None };
    parsed.map(|parsed| parsed.span)
}

impl Parsed {
    fn new(span: Range<usize>, issuer: &'static str, level: u8, mut caveats: Vec<Box<str>>) -> Self {
        caveats.sort();
        caveats.dedup();
        Self { span, issuer, level, caveats }
    }
}

#[cfg(test)]
mod tests;
