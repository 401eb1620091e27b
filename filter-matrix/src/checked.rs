//! An event that was read, and what came of it: what a verdict and an account are written from.

use filter_core::{Engine, Outcome};

use crate::event::Event;
use crate::field::Fields;

/// An event that was read, and what came of it.
pub(crate) struct Checked<'c> {
    pub(crate) engine: &'c Engine,
    pub(crate) event: Event<'c>,
    pub(crate) event_id: Option<&'c str>,
    pub(crate) fields: Fields<'c>,
    pub(crate) outcome: Outcome,
    pub(crate) show_text: bool,
}
