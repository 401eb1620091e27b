//! What a rule lets pass, compiled: values, patterns and terms, rooms, senders and sorts of events.

use regex_automata::dfa::dense;
use serde::Serialize;

use super::pattern::{self, PatternError};
use crate::gate::canonical;
use crate::message::Attributes;
use crate::policy::model;
use crate::text::FoldBuffer;

/// Exceptions, ready to compare.
#[derive(Default)]
pub(crate) struct Except {
    pub(crate) values: Vec<String>,
    /// All patterns in one automaton.
    pub(crate) patterns: Option<Box<dense::DFA<Vec<u32>>>>,
    /// The list of the engine's cues that holds the terms.
    pub(crate) terms: Option<u32>,
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
