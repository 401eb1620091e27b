//! Matrix events to the fields that carry human text, and room state to scope.
//!
//! An event goes through [`json`] (the text, once, to a list of values), [`event`] (what every event has), [`field`] (which of
//! its strings, keys and numbers are text, with [`opaque`] and [`keys`] saying which are not) and, where a string is HTML,
//! [`html`]. Whether an event is looked at at all is decided in [`scope`]: room state to facts, facts and policy to a decision.
//!
//! [`filter`] puts them together: it is the module's ABI without the module's memory.
//!
//! What this crate must not know: how rules match, files, clocks, homeservers. Nothing here recurses, and nothing panics on any input.

mod attachment;
mod checked;
pub mod event;
mod explain;
pub mod field;
pub mod filter;
pub mod html;
pub mod json;
pub mod keys;
mod message;
pub mod opaque;
mod report;
pub mod scope;
mod verdict;
pub mod wire;
pub use filter_core::words;

pub use filter::Filter;
pub use filter_core::ENGINE_VERSION;
pub use wire::ABI_VERSION;
