//! Matrix events to the fields that carry human text, and room state to scope.
//!
//! An event goes through [`json`] (the text, once, to a list of values), [`event`] (what every event has), [`field`] (which of
//! its strings, keys and numbers are text, with [`opaque`] and [`keys`] saying which are not) and, where a string is HTML,
//! [`html`]. Whether an event is looked at at all is decided in [`scope`]: room state to facts, facts and policy to a decision.
//!
//! What this crate must not know: rules, files, clocks, homeservers. Nothing here recurses, and nothing panics on any input.

pub mod event;
pub mod field;
pub mod html;
pub mod json;
pub mod keys;
pub mod opaque;
pub mod scope;
pub mod words;
