//! A line's room into facts, remembered by the bytes of its state: a file of a room's history brings the same state on each line.
//!
//! What facts are, and which rooms are public, is the engine's affair.

use std::collections::HashMap;

use serde_json::value::RawValue;
use tamis_host::{Engine, classify};

use crate::verdict::Reason;

/// State that is kept to be recognised. Past it all is forgotten and learnt again: rooms come in runs.
const KEPT_BYTES: usize = 64 << 20;

pub(crate) struct Rooms {
    /// The description of rooms of which a line says nothing.
    assumed: &'static [u8],
    facts: HashMap<Vec<u8>, String>,
    bytes: usize,
}

impl Rooms {
    pub(crate) fn new(assumed: &'static [u8]) -> Self {
        Self { assumed, facts: HashMap::new(), bytes: 0 }
    }

    /// The facts of a room with this state (`STATE` of a line), or of the assumed one.
    pub(crate) fn facts(&mut self, engine: &mut impl Engine, state: Option<&RawValue>) -> Result<String, Reason> {
        let key = state.map_or(self.assumed, |state| state.get().as_bytes());
        if let Some(facts) = self.facts.get(key) {
            return Ok(facts.clone());
        }
        let described;
        let description = match state {
            // An object is a whole description; anything else is its `state`, right or wrong.
            Some(state) if !state.get().starts_with('{') => {
                described = format!(r#"{{"state":{}}}"#, state.get());
                described.as_bytes()
            }
            _ => key,
        };
        // A line cannot bring more than it brought: other rooms are unknown.
        let facts = classify(engine, description, |_| None)?;
        if self.bytes + key.len() > KEPT_BYTES {
            self.facts.clear();
            self.bytes = 0;
        }
        self.bytes += key.len();
        self.facts.insert(key.to_vec(), facts.clone());
        Ok(facts)
    }
}
