//! What is a public room: room state to facts, facts and policy to a decision. Two pure functions, each held to a table of tests.
//!
//! [`classify()`] reads what a host knows of a room and writes [`RoomFacts`], which a host keeps until that state changes. They
//! say what is the case, not what a policy makes of it. [`decide`] is asked for every event: do we look at it?
//!
//! One rule runs through both: **what was not understood does not read as safe.** A join rule that we do not know is open, a
//! room that the host cannot learn about is open, an algorithm that the policy does not list is no encryption. A room is never
//! let out of scope by a state event that somebody made up.
//!
//! ```
//! use filter_matrix::scope::{classify, decide, Decision, Reply, RoomFacts, Scope, Subject};
//! let state = br#"{"state":[{"type":"m.room.join_rules","state_key":"","content":{"join_rule":"public"}}]}"#;
//! let Reply::Facts(facts) = classify(state) else { panic!() };
//! assert_eq!(facts, "1;a=open;r=0;l=0;e=");
//! let facts = RoomFacts::parse(facts.as_bytes()).unwrap();
//! let subject = Subject { event_type: "m.room.message", is_state: false, is_ciphertext_only: false };
//! assert_eq!(decide(&facts, &Scope::default(), subject), Decision::In);
//! ```

mod classify;
mod facts;

pub use classify::{Reply, StateError, classify};
pub use facts::{Access, MalformedFacts, RoomFacts};

pub use filter_core::policy::model::{Cleartext, Rooms, Scope};

/// The type of an encrypted event.
pub(crate) const ENCRYPTED: &str = "m.room.encrypted";

/// What a decision has to know of an event. [`Event::subject`](crate::event::Event::subject) makes it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The type of the event.
    pub event_type: &'a str,
    /// Whether it has a state key.
    pub is_state: bool,
    /// Whether it is encrypted and holds nothing that could be read.
    pub is_ciphertext_only: bool,
}

/// Whether an event is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is.
    In,
    /// It is not. That says nothing about what it holds.
    Out,
    /// It has no business here: a message in clear in an encrypted room, which the policy refuses unread.
    BlockCleartext,
}

/// Decides whether an event is looked at.
///
/// In a room that is not encrypted the policy's choice of rooms holds for every event. In one that is encrypted:
/// an event of nothing but ciphertext is out, whatever the policy says, for there is nothing to read; an encrypted event with
/// readable parts, a state event (never encrypted, by design of Matrix) and the types that the specification sends in clear
/// (reactions, redactions, calls, verification) are looked at as [`Cleartext::Scan`] says, unless the mode is `Ignore`;
/// any other readable event is what the mode is about.
pub fn decide(facts: &RoomFacts<'_>, policy: &Scope, subject: Subject<'_>) -> Decision {
    let is_open = facts.access == Access::Open || (facts.access == Access::Knock && policy.knock_is_open);
    let is_exposed = is_open || facts.readable || facts.listed;
    let is_encrypted =
        facts.algorithm.is_some_and(|algorithm| policy.encryption_algorithms.iter().any(|listed| listed == algorithm));
    if !is_encrypted {
        return match policy.rooms {
            Rooms::Public if !is_exposed => Decision::Out,
            Rooms::Public | Rooms::Unencrypted | Rooms::All => Decision::In,
        };
    }
    if subject.event_type == ENCRYPTED && subject.is_ciphertext_only {
        return Decision::Out;
    }
    let is_message = !subject.is_state && subject.event_type != ENCRYPTED && !is_clear_by_design(subject.event_type);
    match policy.cleartext_in_encrypted {
        Cleartext::Ignore => Decision::Out,
        Cleartext::Block if is_message => Decision::BlockCleartext,
        Cleartext::Block | Cleartext::Scan if is_exposed || policy.rooms == Rooms::All => Decision::In,
        Cleartext::Block | Cleartext::Scan => Decision::Out,
    }
}

/// Events that clients send in clear into encrypted rooms because the specification or the protocol of calls says so.
/// Names, not prefixes: `m.call.anything` would be a way around `Block`.
fn is_clear_by_design(event_type: &str) -> bool {
    matches!(
        event_type,
        "m.reaction"
            | "m.room.redaction"
            | "m.call.invite"
            | "m.call.candidates"
            | "m.call.answer"
            | "m.call.hangup"
            | "m.call.select_answer"
            | "m.call.reject"
            | "m.call.negotiate"
            | "m.call.sdp_stream_metadata_changed"
            | "org.matrix.call.sdp_stream_metadata_changed"
            | "m.call.notify"
            | "org.matrix.msc4075.call.notify"
            | "m.rtc.notification"
            | "org.matrix.msc4075.rtc.notification"
            | "m.rtc.decline"
            | "org.matrix.msc4310.rtc.decline"
            | "m.key.verification.ready"
            | "m.key.verification.start"
            | "m.key.verification.accept"
            | "m.key.verification.key"
            | "m.key.verification.mac"
            | "m.key.verification.done"
            | "m.key.verification.cancel"
            | "m.receipt"
            | "m.typing"
    )
}
