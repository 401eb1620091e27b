//! What a rule lets pass: by the value itself, or by where the message goes, who sends it and what sort of event it is.
//!
//! Exceptions on the value are asked while its field is read, since they need the text; the others once the message is.

use core::ops::Range;

use regex_automata::dfa::dense;
use serde::Serialize;

use crate::engine::Matcher;
use crate::evidence::Found;
use crate::gate::is_word;
use crate::matcher::pattern::{self, PatternError};
use crate::policy::model;
use crate::reading::Reading;
use crate::scan::Attributes;
use crate::text::FoldBuffer;

/// Exceptions, ready to compare.
#[derive(Default)]
pub(crate) struct Except {
    values: Vec<String>,
    /// All patterns in one automaton.
    patterns: Option<Box<dense::DFA<Vec<u32>>>>,
    /// The list of the engine's cues that holds the terms.
    terms: Option<u32>,
    rooms: Vec<String>,
    senders: Vec<String>,
    servers: Vec<String>,
    types: Vec<String>,
}

/// Which exception let a finding pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Exception {
    /// One of `values`.
    Value,
    /// One of `patterns`.
    Pattern,
    /// One of `terms`.
    Term,
    /// One of `rooms`.
    Room,
    /// One of `senders`.
    Sender,
    /// One of `servers`.
    Server,
    /// One of `types`.
    Type,
}

impl Exception {
    /// In words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Pattern => "pattern",
            Self::Term => "term",
            Self::Room => "room",
            Self::Sender => "sender",
            Self::Server => "server",
            Self::Type => "type",
        }
    }
}

impl Except {
    /// What the automaton of its patterns takes.
    pub(crate) fn bytes(&self) -> usize {
        self.patterns.as_ref().map_or(0, |dfa| dfa.memory_usage())
    }

    /// `terms`: the list that holds them.
    pub(crate) fn compile(
        written: &model::Except,
        terms: Option<u32>,
        fold: &mut FoldBuffer,
    ) -> Result<Self, Vec<PatternError>> {
        let patterns = match written.patterns.as_slice() {
            [] => None,
            patterns => Some(Box::new(pattern::anywhere("except", patterns)?)),
        };
        Ok(Self {
            values: written.values.iter().map(|value| canonical(fold.fold(value).bytes())).collect(),
            patterns,
            terms,
            rooms: written.rooms.clone(),
            senders: written.senders.clone(),
            servers: written.servers.clone(),
            types: written.types.clone(),
        })
    }

    /// The exception that holds for a whole message.
    pub(crate) fn for_message(&self, attributes: &Attributes<'_>) -> Option<Exception> {
        let names = |list: &[String], name: Option<&str>| name.is_some_and(|name| list.iter().any(|n| n == name));
        let server = attributes.sender.and_then(|sender| sender.split_once(':')).map(|(_, server)| server);
        [
            (&self.rooms, attributes.room, Exception::Room),
            (&self.senders, attributes.sender, Exception::Sender),
            (&self.servers, server, Exception::Server),
            (&self.types, attributes.event_type, Exception::Type),
        ]
        .into_iter()
        .find_map(|(list, name, exception)| names(list, name).then_some(exception))
    }
}

impl Reading<'_> {
    /// The exception that lets a value pass.
    pub(crate) fn exception(&mut self, found: &Found) -> Option<Exception> {
        let rule = &self.engine.rules[found.rule as usize];
        let except = &rule.except;
        let Range { start, end } = found.span;
        let folded = &self.folded.bytes()[start..end];
        if !except.values.is_empty() && except.values.contains(&canonical(folded)) {
            return Some(Exception::Value);
        }
        if let Some(patterns) = &except.patterns {
            let text = match rule.matcher {
                Matcher::Pattern { .. } | Matcher::Shape { .. } => found.value.as_bytes(),
                Matcher::Marking { .. } | Matcher::Terms { .. } | Matcher::Combination(_) | Matcher::File(_) => folded,
            };
            if pattern::is_in(patterns, text) {
                return Some(Exception::Pattern);
            }
        }
        if let Some(terms) = except.terms {
            self.words.read(folded);
            let mut has_term = false;
            self.engine.cues.for_each(self.words, |list| has_term |= list == terms);
            if has_term {
                return Some(Exception::Term);
            }
        }
        None
    }
}

/// A value without case, accents and separators: two spellings of one leak are one.
pub(crate) fn canonical(folded: &[u8]) -> String {
    let kept: Vec<u8> = folded.iter().copied().filter(|byte| is_word(*byte)).collect();
    String::from_utf8_lossy(&kept).into_owned()
}
