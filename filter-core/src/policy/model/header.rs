//! What the root file alone says: whether the policy acts, where, how far, and what rooms may carry.

use serde::{Deserialize, Serialize};

use super::Localised;
use crate::verdict::{Action, Severity};

/// Whether the policy acts or only watches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// At most `flag`.
    Observe,
    /// Actions are carried out.
    #[default]
    Enforce,
}

/// `[policy]`
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Header {
    /// Its name.
    pub title: Option<Localised>,
    /// Whether it acts.
    pub mode: Mode,
}

/// Which rooms are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Rooms {
    /// Not encrypted and open, readable or listed.
    #[default]
    Public,
    /// Not encrypted.
    Unencrypted,
    /// All.
    All,
}

/// What happens to readable events in an encrypted room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Cleartext {
    /// They are scanned where the room is otherwise in scope.
    #[default]
    Scan,
    /// They are refused.
    Block,
    /// They pass.
    Ignore,
}

/// `[scope]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Scope {
    /// Which rooms.
    pub rooms: Rooms,
    /// Whether a room that one may knock at counts as open.
    pub knock_is_open: bool,
    /// The algorithms that count as encryption: an invented one does not blind the filter.
    pub encryption_algorithms: Vec<String>,
    /// Readable events in encrypted rooms.
    pub cleartext_in_encrypted: Cleartext,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            rooms: Rooms::default(),
            knock_is_open: false,
            encryption_algorithms: vec!["m.megolm.v1.aes-sha2".to_owned()],
            cleartext_in_encrypted: Cleartext::default(),
        }
    }
}

/// `[actions]`
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Actions {
    /// For rules of low severity.
    pub low: Action,
    /// … medium.
    pub medium: Action,
    /// … high.
    pub high: Action,
    /// … critical.
    pub critical: Action,
}

impl Default for Actions {
    fn default() -> Self {
        Self { low: Action::Flag, medium: Action::Warn, high: Action::Block, critical: Action::Block }
    }
}

impl Actions {
    /// The action for a severity.
    #[must_use]
    pub fn of(&self, severity: Severity) -> Action {
        match severity {
            Severity::Low => self.low,
            Severity::Medium => self.medium,
            Severity::High => self.high,
            Severity::Critical => self.critical,
        }
    }
}

/// `[limits]`
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// The longest event that is read, in bytes of JSON.
    pub event_bytes: u32,
}

impl Default for Limits {
    /// 2 MiB: 32 times what Matrix lets through, so that the command line can be fed exports. The deepest nesting of that length takes
    /// 120 MiB of the module's memory, of 4 MiB all but a little of what it may have.
    fn default() -> Self {
        Self { event_bytes: 2 << 20 }
    }
}

/// `[[carry]]`: what rooms may carry.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Carry {
    /// Room ids.
    pub rooms: Vec<String>,
    /// Whose markings.
    pub issuer: String,
    /// Up to which level.
    pub level: u8,
    /// With which caveats.
    #[serde(default)]
    pub caveats: Vec<String>,
}
