//! Room state to facts.
//!
//! A description that has not the documented shape (a state that is no list, an event without content, two events of one type)
//! is the host's mistake and an error. What stands *inside* the content of a state event is written by whoever may change the
//! room's settings, so it is never an error: it is read, and read toward « public » where it makes no sense.

use super::facts::{Access, RoomFacts};
use crate::json::{self, Document, Kind, Malformed, NodeId, Scratch};
use std::fmt;

/// The answer to a description of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The facts, encoded.
    Facts(String),
    /// The rooms whose state is wanted as well, sorted.
    Needs(Vec<String>),
    /// The description makes no sense.
    Malformed(StateError),
}

/// A description of a room that has not the documented shape. Holds no text of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StateError {
    /// No JSON.
    Json(Malformed),
    /// A part of it is not what it has to be.
    Shape {
        /// JSON pointer to the part, with `…` for keys that are not the specification's.
        pointer: String,
        /// What it has to be.
        expected: &'static str,
    },
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(malformed) => write!(f, "the room state is not readable JSON: {malformed}"),
            Self::Shape { pointer, expected } if pointer.is_empty() => {
                write!(f, "the description of the room has to be {expected}")
            }
            Self::Shape { pointer, expected } => write!(f, "`{pointer}` of the room state has to be {expected}"),
        }
    }
}

impl std::error::Error for StateError {}

/// How many rooms lead into one before we stop following them and call it open.
const MOST_ROOMS: usize = 64;

/// Reads a description: `{"assume":…}`, or `{"state":[…],"listed":…,"rooms":{…}}`.
pub fn classify(description: &[u8]) -> Reply {
    let mut scratch = Scratch::default();
    let reply = json::parse(description, &mut scratch).map_err(StateError::Json).and_then(read);
    reply.unwrap_or_else(Reply::Malformed)
}

fn read(document: Document<'_>) -> Result<Reply, StateError> {
    let root = document.root();
    let wrong = |id, expected| Err(wrong_shape(document, id, expected));
    if document.kind(root) != Kind::Object {
        return wrong(root, "an object");
    }
    let (mut assume, mut state, mut listed, mut rooms) = (None, None, false, None);
    for member in document.children(root) {
        match (document.key(member), document.kind(member)) {
            (Some("assume"), Kind::String) => assume = Some(member),
            (Some("state"), Kind::Array) => state = Some(member),
            (Some("listed"), Kind::Bool) => listed = document.text(member) == "true",
            (Some("rooms"), Kind::Object) => rooms = Some(member),
            (Some("assume"), _) => return wrong(member, "a string"),
            (Some("state"), _) => return wrong(member, "a list of state events"),
            (Some("listed"), _) => return wrong(member, "true or false"),
            (Some("rooms"), _) => return wrong(member, "an object"),
            // A misspelt `listed` must not read as « not listed ».
            _ => return wrong(member, "one of `assume`, `state`, `listed`, `rooms`"),
        }
    }
    match (assume, state) {
        (Some(assume), None) if document.len() == 2 => match assumed(document.text(assume)) {
            Some(facts) => Ok(Reply::Facts(facts.encode())),
            None => wrong(assume, "`public`, `private` or `encrypted`"),
        },
        (None, Some(state)) => read_state(document, state, &Surroundings { listed, rooms }),
        _ => wrong(root, "an object with either `assume` alone or `state`"),
    }
}

fn assumed(word: &str) -> Option<RoomFacts<'static>> {
    let private = RoomFacts { access: Access::Closed, ..RoomFacts::unknown() };
    match word {
        "public" => Some(RoomFacts::unknown()),
        "private" => Some(private),
        "encrypted" => Some(RoomFacts { algorithm: Some("m.megolm.v1.aes-sha2"), ..private }),
        _ => None,
    }
}

/// What is known of a room besides its own state.
struct Surroundings {
    listed: bool,
    rooms: Option<NodeId>,
}

fn read_state(document: Document<'_>, state: NodeId, around: &Surroundings) -> Result<Reply, StateError> {
    // Whatever the answer, a room's state that is malformed is: an answer must not depend on which rooms were looked at first.
    for room in around.rooms.into_iter().flat_map(|rooms| document.children(rooms)) {
        match document.kind(room) {
            Kind::Null => {}
            Kind::Array => _ = Settings::read(document, room)?,
            _ => return Err(wrong_shape(document, room, "a list of state events or null")),
        }
    }
    let settings = Settings::read(document, state)?;
    let access = match access(document, &settings, around.rooms)? {
        Reached::Access(access) => access,
        Reached::Unknown(rooms) => return Ok(Reply::Needs(rooms)),
    };
    let facts = RoomFacts {
        access,
        // Guests still have to get in, and Synapse lets them into every private room that its clients make (measured): the
        // permission alone says nothing about who can read.
        readable: settings.is_world_readable(document)
            || (settings.may_guests_join(document) && access != Access::Closed),
        listed: around.listed,
        algorithm: settings
            .encryption
            .and_then(|content| document.member(content, "algorithm"))
            .and_then(|id| document.string(id)),
    };
    Ok(Reply::Facts(facts.encode()))
}

/// The contents of the four state events that matter.
#[derive(Default)]
struct Settings {
    join_rules: Option<NodeId>,
    encryption: Option<NodeId>,
    history_visibility: Option<NodeId>,
    guest_access: Option<NodeId>,
}

impl Settings {
    fn read(document: Document<'_>, state: NodeId) -> Result<Self, StateError> {
        let mut settings = Self::default();
        for event in document.children(state) {
            if document.kind(event) != Kind::Object {
                return Err(wrong_shape(document, event, "a state event"));
            }
            let member = |key, kind, expected| match document.member(event, key) {
                Some(member) if document.kind(member) == kind => Ok(member),
                Some(member) => Err(wrong_shape(document, member, expected)),
                None => Err(wrong_shape(document, event, "a state event with `type`, `state_key` and `content`")),
            };
            let event_type = document.text(member("type", Kind::String, "a string")?);
            let state_key = document.text(member("state_key", Kind::String, "a string")?);
            let content = member("content", Kind::Object, "an object")?;
            let setting = match event_type {
                "m.room.join_rules" => &mut settings.join_rules,
                "m.room.encryption" => &mut settings.encryption,
                "m.room.history_visibility" => &mut settings.history_visibility,
                "m.room.guest_access" => &mut settings.guest_access,
                _ => continue,
            };
            // `m.room.join_rules` under another state key is no join rule.
            if !state_key.is_empty() {
                continue;
            }
            if setting.replace(content).is_some() {
                return Err(wrong_shape(document, event, "the only current event of its type and state key"));
            }
        }
        Ok(settings)
    }

    /// Absent is `shared`. A value that we do not know may be one that shows the room.
    fn is_world_readable(&self, document: Document<'_>) -> bool {
        let Some(value) = self.history_visibility.and_then(|content| document.member(content, "history_visibility"))
        else {
            return false;
        };
        !matches!(document.string(value), Some("invited" | "joined" | "shared"))
    }

    fn may_guests_join(&self, document: Document<'_>) -> bool {
        let value = self.guest_access.and_then(|content| document.member(content, "guest_access"));
        value.is_some_and(|value| document.string(value) != Some("forbidden"))
    }
}

/// What a room's own join rule says.
enum Entry {
    Access(Access),
    /// At least this much, and whatever the rooms that the list names allow.
    Through(Access, NodeId),
}

/// The join rule. Absent is `invite`, for the room (no event) and for the event (no `join_rule`: a redacted one).
fn entry(document: Document<'_>, settings: &Settings) -> Entry {
    let Some(content) = settings.join_rules else { return Entry::Access(Access::Closed) };
    let Some(rule) = document.member(content, "join_rule") else { return Entry::Access(Access::Closed) };
    let allow = document.member(content, "allow");
    let through = |least| match allow {
        Some(allow) if document.kind(allow) == Kind::Array => Entry::Through(least, allow),
        // Not a list: not understood.
        Some(_) => Entry::Access(Access::Open),
        None => Entry::Access(least),
    };
    match document.string(rule) {
        Some("invite" | "private") => Entry::Access(Access::Closed),
        Some("knock") => Entry::Access(Access::Knock),
        Some("restricted") => through(Access::Closed),
        Some("knock_restricted") => through(Access::Knock),
        // `public`, and every rule that we do not know.
        _ => Entry::Access(Access::Open),
    }
}

enum Reached {
    Access(Access),
    Unknown(Vec<String>),
}

/// The widest way into a room: its own rule, or that of any room from which one may come, or from which one may come there…
/// Each room is looked at once, so a circle of rooms that let each other's members in is as closed as the widest of them.
fn access(document: Document<'_>, settings: &Settings, rooms: Option<NodeId>) -> Result<Reached, StateError> {
    let mut widest = Access::Closed;
    let mut unknown = Vec::new();
    // Rooms named so far; those from `next` on have not been looked at.
    let mut named: Vec<&str> = Vec::new();
    let mut next = 0;
    let mut present = entry(document, settings);
    loop {
        let (least, allow) = match present {
            Entry::Access(access) => (access, None),
            Entry::Through(least, allow) => (least, Some(allow)),
        };
        widest = widest.max(least);
        for item in allow.into_iter().flat_map(|allow| document.children(allow)) {
            match allowed_room(document, item) {
                Some(room) if named.contains(&room) => {}
                Some(room) if named.len() < MOST_ROOMS => named.push(room),
                // One room too many, or a way in that we do not know.
                _ => widest = Access::Open,
            }
        }
        // Nothing is wider, so what is still unknown does not matter.
        if widest == Access::Open {
            return Ok(Reached::Access(Access::Open));
        }
        present = loop {
            let Some(&room) = named.get(next) else {
                unknown.sort();
                return Ok(if unknown.is_empty() { Reached::Access(widest) } else { Reached::Unknown(unknown) });
            };
            next += 1;
            match rooms.and_then(|rooms| document.member(rooms, room)) {
                None => unknown.push(room.to_owned()),
                Some(state) if document.kind(state) == Kind::Null => break Entry::Access(Access::Open),
                Some(state) => break entry(document, &Settings::read(document, state)?),
            }
        };
    }
}

/// The room of `{"type":"m.room_membership","room_id":"!…"}`; `None` for anything else.
fn allowed_room(document: Document<'_>, item: NodeId) -> Option<&str> {
    if document.kind(item) != Kind::Object {
        return None;
    }
    let kind = document.member(item, "type").and_then(|member| document.string(member))?;
    let room = document.member(item, "room_id").and_then(|member| document.string(member))?;
    (kind == "m.room_membership").then_some(room)
}

fn wrong_shape(document: Document<'_>, id: NodeId, expected: &'static str) -> StateError {
    let may_show = |key: &str| matches!(key, "assume" | "state" | "listed" | "rooms") || crate::keys::is_defined(key);
    StateError::Shape { pointer: document.pointer_with(id, may_show), expected }
}
