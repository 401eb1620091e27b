//! What every event has, whatever it says: its type, its content, and the members around them.
//!
//! An event is read strictly where a wrong answer would decide about something else than what is stored (`type`, `content`,
//! the ids), and not at all where it is only text: a `body` that is a list is scanned like any list.
//!
//! ```
//! use filter_matrix::{event::Event, json::Scratch};
//! let mut scratch = Scratch::default();
//! let event = Event::read(br#"{"type":"m.room.message","content":{"body":17}}"#, &mut scratch).unwrap();
//! assert_eq!(event.event_type, "m.room.message");
//! let error = Event::read(br#"{"type":"m.room.message"}"#, &mut scratch).unwrap_err();
//! assert_eq!(error.to_string(), "the event has no `content`");
//! ```

use crate::json::{self, Document, Kind, Malformed, NodeId, Scratch};
use crate::keys::KEYS;
use crate::opaque::Shape;
use crate::scope::{ENCRYPTED, Subject};
use std::fmt;

const TYPE: usize = KEYS.position_of("type");
const CONTENT: usize = KEYS.position_of("content");
const EVENT_ID: usize = KEYS.position_of("event_id");
const ROOM_ID: usize = KEYS.position_of("room_id");
const SENDER: usize = KEYS.position_of("sender");
const STATE_KEY: usize = KEYS.position_of("state_key");
const ORIGIN_SERVER_TS: usize = KEYS.position_of("origin_server_ts");

/// An event that has been read. `Debug` prints its length only.
#[derive(Clone, Copy)]
pub struct Event<'a> {
    /// Every value of the event.
    pub document: Document<'a>,
    /// `type`
    pub event_type: &'a str,
    /// `content`, an object.
    pub content: NodeId,
    /// `event_id`: room versions 3 and later leave it out.
    pub event_id: Option<&'a str>,
    /// `room_id`: the first event of a room of version 12 has none.
    pub room_id: Option<&'a str>,
    /// `sender`
    pub sender: Option<&'a str>,
    /// `origin_server_ts`, as its literal stands.
    pub origin_server_ts: Option<&'a str>,
    /// `state_key`: an event with one is state, be the key empty or not.
    pub state_key: Option<&'a str>,
}

impl fmt::Debug for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Event({:?})", self.document)
    }
}

impl<'a> Event<'a> {
    /// Reads one event. What it holds borrows from the input and the buffers.
    pub fn read(input: &'a [u8], scratch: &'a mut Scratch) -> Result<Self, EventError> {
        let document = json::parse(input, scratch).map_err(EventError::Json)?;
        let root = document.root();
        if document.kind(root) != Kind::Object {
            return Err(EventError::NotAnObject);
        }
        let mut event_type = None;
        let mut content = None;
        let mut event = Self {
            document,
            event_type: "",
            content: root,
            event_id: None,
            room_id: None,
            sender: None,
            origin_server_ts: None,
            state_key: None,
        };
        for member in document.children(root) {
            let string = |name| expect(document, member, (name, Kind::String));
            match document.defined_key(member) {
                Some(TYPE) => event_type = Some(string("type")?),
                Some(CONTENT) => {
                    expect(document, member, ("content", Kind::Object))?;
                    content = Some(member);
                }
                Some(EVENT_ID) => event.event_id = Some(string("event_id")?),
                Some(ROOM_ID) => event.room_id = Some(string("room_id")?),
                Some(SENDER) => event.sender = Some(string("sender")?),
                Some(STATE_KEY) => event.state_key = Some(string("state_key")?),
                Some(ORIGIN_SERVER_TS) => {
                    event.origin_server_ts = Some(expect(document, member, ("origin_server_ts", Kind::Number))?);
                }
                _ => {}
            }
        }
        event.event_type = event_type.ok_or(EventError::Missing("type"))?;
        event.content = content.ok_or(EventError::Missing("content"))?;
        Ok(event)
    }

    /// What the decision about scope needs to know of the event.
    pub fn subject(&self) -> Subject<'a> {
        let is_ciphertext_only = self.event_type == ENCRYPTED && self.is_ciphertext_only();
        Subject { event_type: self.event_type, is_state: self.state_key.is_some(), is_ciphertext_only }
    }

    /// Whether the content holds a Megolm message and what the specification puts beside it, each in the form it promises, and
    /// nothing else. An « encrypted » event whose `ciphertext` is prose, or with a key of its own, is one that can be read.
    fn is_ciphertext_only(&self) -> bool {
        let document = self.document;
        let mut has_ciphertext = false;
        let all_as_promised = document.descendants(self.content).all(|id| {
            let (kind, text) = (document.kind(id), document.text(id));
            let depth_one = document.parent(id) == Some(self.content);
            match document.key(id) {
                Some("ciphertext") if depth_one => {
                    has_ciphertext = Shape::Megolm.holds(kind, text);
                    has_ciphertext
                }
                Some("algorithm") if depth_one => Shape::Identifier.holds(kind, text),
                Some("sender_key" | "session_id") if depth_one => Shape::Base64Of32.holds(kind, text),
                Some("device_id") if depth_one => kind == Kind::String && is_device_id(text),
                Some("m.relates_to") if depth_one => kind == Kind::Object,
                Some("m.in_reply_to") => kind == Kind::Object,
                Some("event_id") => Shape::EventId.holds(kind, text),
                Some("rel_type") => Shape::Identifier.holds(kind, text),
                Some("is_falling_back") => kind == Kind::Bool,
                _ => false,
            }
        });
        all_as_promised && has_ciphertext
    }
}

/// Ten capitals from most clients; others have other short tokens.
fn is_device_id(text: &str) -> bool {
    (1..=16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The text of a member of the event, if it is of the kind that it has to be.
fn expect<'a>(document: Document<'a>, id: NodeId, member: (&'static str, Kind)) -> Result<&'a str, EventError> {
    let (name, kind) = member;
    if document.kind(id) == kind { Ok(document.text(id)) } else { Err(EventError::WrongKind(name, kind)) }
}

/// An event that cannot be read. It is the event's fault, so trying again is no use. Holds no text of the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventError {
    /// No JSON.
    Json(Malformed),
    /// JSON, but not an object.
    NotAnObject,
    /// A member that every event has is not there.
    Missing(&'static str),
    /// A member is of another kind than the specification says (the second).
    WrongKind(&'static str, Kind),
}

impl EventError {
    /// JSON pointer to what is wrong, with `…` for keys that are not the specification's.
    pub fn pointer(&self) -> String {
        match self {
            Self::Json(malformed) => malformed.pointer().to_owned(),
            Self::NotAnObject => String::new(),
            Self::Missing(member) | Self::WrongKind(member, _) => format!("/{member}"),
        }
    }
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(malformed) => write!(f, "the event is not readable JSON: {malformed}"),
            Self::NotAnObject => f.write_str("the event is not a JSON object"),
            Self::Missing(member) => write!(f, "the event has no `{member}`"),
            Self::WrongKind(member, kind) => {
                let kind = match kind {
                    Kind::Object => "an object",
                    Kind::Number => "a number",
                    _ => "a string",
                };
                write!(f, "`/{member}` of the event is not {kind}")
            }
        }
    }
}

impl std::error::Error for EventError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Json(malformed) => Some(malformed),
            _ => None,
        }
    }
}
