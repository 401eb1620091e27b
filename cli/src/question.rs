//! One line into one question to the engine, and its answer: the event, the room that it is in, what it is wrapped in.
//!
//! `tamis check`, `tamis policy diff` and `tamis policy explain` read the same lines; this is the one place that knows their form.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use tamis_host::{Engine, Frames, Function, MAX_REQUEST, Refusal};

use crate::options::Room;
use crate::rooms::Rooms;
use crate::verdict::Reason;

/// The options of a check whose findings show their text.
pub(crate) const SHOW_TEXT: &[u8] = br#"{"show_text":true}"#;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineForm {
    /// An event, or `{"room":STATE,"event":EVENT}`.
    Event,
    /// The body of a message.
    Text,
}

/// Turns lines into requests; remembers the rooms that it has met.
pub(crate) struct Questions {
    rooms: Rooms,
    request: Frames,
    form: LineForm,
    options: Vec<u8>,
}

impl Questions {
    /// `room` is for lines that bring no state.
    pub(crate) fn new(room: Room, form: LineForm) -> Self {
        Self { rooms: Rooms::new(room.description()), request: Frames::new(), form, options: Vec::new() }
    }

    /// With the options of `docs/abi.md`, as JSON.
    pub(crate) fn with_options(self, options: &[u8]) -> Self {
        Self { options: options.to_vec(), ..self }
    }

    /// One line into one verdict.
    pub(crate) fn check(&mut self, engine: &mut impl Engine, line: &[u8]) -> Result<Vec<u8>, Reason> {
        self.prepare(engine, line)?;
        verdict_of(engine.check(self.request.as_bytes())?)
    }

    /// One line into an account of its verdict.
    pub(crate) fn explain(&mut self, engine: &mut impl Engine, line: &[u8]) -> Result<Vec<u8>, Reason> {
        self.prepare(engine, line)?;
        let reply = engine.call(Function::Explain, self.request.as_bytes())?;
        match serde_json::from_slice::<Account>(reply) {
            Ok(Account { verdict: Some(_), .. }) => Ok(reply.to_vec()),
            Ok(Account { error: Some(refusal), .. }) => Err(refusal.into()),
            _ => Err(senseless("the module's reply is no account of a verdict")),
        }
    }

    /// The verdict on the line that was asked about last, from another engine: a room's facts do not depend on the policy.
    pub(crate) fn check_again(&self, engine: &mut impl Engine) -> Result<Vec<u8>, Reason> {
        verdict_of(engine.check(self.request.as_bytes())?)
    }

    fn prepare(&mut self, engine: &mut impl Engine, line: &[u8]) -> Result<(), Reason> {
        if self.form == LineForm::Text {
            let event = message_of(line)?;
            return self.event(engine, None, &event);
        }
        match WithRoom::of(line)? {
            Some(WithRoom { room, event }) => self.event(engine, room, event.get().as_bytes()),
            // What is no JSON is told of by the engine, as in a homeserver.
            None => self.event(engine, None, line),
        }
    }

    fn event(&mut self, engine: &mut impl Engine, room: Option<&RawValue>, event: &[u8]) -> Result<(), Reason> {
        let facts = self.rooms.facts(engine, room)?;
        self.request.clear();
        self.request.push(&self.options)?;
        self.request.push(facts.as_bytes())?;
        self.request.push(event)?;
        Ok(())
    }
}

/// What is said of a line that is longer than a request may be.
pub(crate) fn too_long() -> Reason {
    Reason::of_the_event("too-large", format!("the line is longer than {} MiB", MAX_REQUEST >> 20))
}

fn senseless(message: &str) -> Reason {
    Reason { code: "module-lie".to_owned(), message: message.to_owned(), permanent: false }
}

fn verdict_of(reply: &[u8]) -> Result<Vec<u8>, Reason> {
    match serde_json::from_slice::<Reply<'_>>(reply) {
        Ok(Reply { verdict: Some(_), .. }) => Ok(reply.to_vec()),
        Ok(Reply { error: Some(refusal), .. }) => Err(refusal.into()),
        _ => Err(senseless("the module's reply is no verdict")),
    }
}

#[derive(Deserialize)]
struct Reply<'r> {
    #[serde(borrow)]
    verdict: Option<std::borrow::Cow<'r, str>>,
    error: Option<Refusal>,
}

#[derive(Deserialize)]
struct Account {
    verdict: Option<IgnoredAny>,
    error: Option<Refusal>,
}

/// A line's text as the body of a message.
pub(crate) fn message_of(line: &[u8]) -> Result<Vec<u8>, Reason> {
    let body = std::str::from_utf8(line).map_err(|error| {
        let message = format!("the line is no UTF-8 (byte {})", error.valid_up_to());
        Reason::of_the_event("malformed-event", message)
    })?;
    let mut event = br#"{"type":"m.room.message","content":{"msgtype":"m.text","body":"#.to_vec();
    // A string always serialises into memory.
    let _ = serde_json::to_writer(&mut event, body);
    event.extend_from_slice(b"}}");
    Ok(event)
}

/// `{"room":STATE,"event":EVENT}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WithRoom<'l> {
    #[serde(borrow)]
    room: Option<&'l RawValue>,
    #[serde(borrow)]
    event: &'l RawValue,
}

/// What tells such a line from an event, which has a type and a content.
#[derive(Deserialize)]
struct Outline {
    #[serde(rename = "type")]
    kind: Option<IgnoredAny>,
    content: Option<IgnoredAny>,
    event: Option<IgnoredAny>,
}

impl<'l> WithRoom<'l> {
    /// None where the line is an event, or no JSON.
    fn of(line: &'l [u8]) -> Result<Option<Self>, Reason> {
        // The mark is rare in events, and a line is not read twice for nothing.
        const MARK: &[u8] = b"\"event\"";
        if !line.windows(MARK.len()).any(|window| window == MARK) {
            return Ok(None);
        }
        match serde_json::from_slice::<Outline>(line) {
            Ok(Outline { kind: None, content: None, event: Some(_) }) => {}
            _ => return Ok(None),
        }
        serde_json::from_slice(line).map(Some).map_err(|error| {
            // serde names the member, and of what else stands in the line only the column.
            let message = format!(
                "a line with `event` has that and `room`, once each, and nothing else (column {})",
                error.column()
            );
            Reason::of_the_event("malformed-event", message)
        })
    }
}
