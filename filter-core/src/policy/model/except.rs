//! What a rule lets pass.

use serde::{Deserialize, Serialize};

/// `except`
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Except {
    /// Values, compared without case, separators and accents.
    pub values: Vec<String>,
    /// Regular expressions that match somewhere in the value.
    pub patterns: Vec<String>,
    /// Words and phrases that stand in the value.
    pub terms: Vec<String>,
    /// Room ids.
    pub rooms: Vec<String>,
    /// User ids.
    pub senders: Vec<String>,
    /// Server names of senders.
    pub servers: Vec<String>,
    /// Types of events.
    pub types: Vec<String>,
}
