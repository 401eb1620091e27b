//! Verification: what a candidate must look like for a rule to mean it.
//!
//! One file a kind of evidence. None of them searches: each is handed one place and answers for it in bounded time.

pub(crate) mod cues;
pub(crate) mod except;
pub(crate) mod files;
pub(crate) mod grammar;
pub(crate) mod hearing;
pub(crate) mod layout;
pub(crate) mod listing;
pub(crate) mod marking;
pub(crate) mod nearby;
pub(crate) mod pattern;
pub(crate) mod phrase;
pub(crate) mod sentence;
pub(crate) mod shape;
mod surroundings;
pub(crate) mod terms;
mod typo;
