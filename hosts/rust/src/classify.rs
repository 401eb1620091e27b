//! The loop that turns a room's state into facts: the engine may ask for the state of other rooms.
//!
//! What makes a room open is the engine's affair. The caller says what it knows of another room; `None` is « cannot learn »,
//! which the engine counts as open.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use thiserror::Error;

use crate::engine::{Engine, EngineError, Refusal};
use crate::frames::Frames;

/// Why a room has no facts.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ClassifyError {
    /// The engine made no sense of the state.
    #[error("the engine refused the room's state: {0}")]
    Refused(Refusal),
    /// There was no reply.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The reply is none that `docs/abi.md` knows, or asks for what it was given.
    #[error("the engine's reply to a room's state makes no sense: {0}")]
    Senseless(&'static str),
}

#[derive(Deserialize)]
struct Reply {
    facts: Option<String>,
    needs: Option<Vec<String>>,
    error: Option<Refusal>,
}

/// A description whose `rooms` are filled in as the engine asks for them. The rest stays the text that it was.
struct Description {
    rooms: Members,
    others: Members,
}

type Members = BTreeMap<String, Option<Box<RawValue>>>;

const ROOMS: &str = "rooms";

impl Description {
    fn parse(description: &[u8]) -> serde_json::Result<Self> {
        let mut others: Members = serde_json::from_slice(description)?;
        let rooms = match others.remove(ROOMS).flatten() {
            Some(rooms) => serde_json::from_str(rooms.get())?,
            None => Members::new(),
        };
        Ok(Self { rooms, others })
    }

    fn render(&mut self) -> serde_json::Result<Vec<u8>> {
        let rooms = serde_json::value::to_raw_value(&self.rooms)?;
        self.others.insert(ROOMS.to_owned(), Some(rooms));
        serde_json::to_vec(&self.others)
    }
}

/// A room's description (`docs/abi.md`, `tamis_classify`) into facts. `state_of` gives the state events of another room, as a JSON array.
pub fn classify(
    engine: &mut impl Engine,
    description: &[u8],
    mut state_of: impl FnMut(&str) -> Option<Box<RawValue>>,
) -> Result<String, ClassifyError> {
    let mut request = Frames::new();
    request.push(description)?;
    let mut whole: Option<Description> = None;
    loop {
        let reply = engine.classify(request.as_bytes())?;
        let reply: Reply = serde_json::from_slice(reply)
            .map_err(|_| ClassifyError::Senseless("it is not of the form of docs/abi.md"))?;
        if let Some(refusal) = reply.error {
            return Err(ClassifyError::Refused(refusal));
        }
        if let Some(facts) = reply.facts {
            return Ok(facts);
        }
        let needs = reply.needs.ok_or(ClassifyError::Senseless("it says neither facts, needs nor error"))?;
        let whole = match &mut whole {
            Some(whole) => whole,
            // The engine has read it before it asked for more, so it is an object.
            None => whole.insert(
                Description::parse(description)
                    .map_err(|_| ClassifyError::Senseless("it asks for rooms without a description"))?,
            ),
        };
        let before = whole.rooms.len();
        for room in needs {
            whole.rooms.entry(room).or_insert_with_key(|room| state_of(room));
        }
        // Each turn brings a new room or is the last, and the longest request bounds the rooms.
        if whole.rooms.len() == before {
            return Err(ClassifyError::Senseless("it asks for rooms that it was sent"));
        }
        let description =
            whole.render().map_err(|_| ClassifyError::Senseless("the description cannot be written again"))?;
        request.clear();
        request.push(&description)?;
    }
}
