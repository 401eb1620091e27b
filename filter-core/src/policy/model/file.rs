//! Rules about files that are sent, by what they are and not by what they say.

use serde::{Deserialize, Serialize};

/// `kind = "file"`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FileRule {
    /// Media types (`application/pdf`, `image/*`), types of messages (`m.video`), or `*`.
    #[serde(default)]
    pub types: Vec<String>,
    /// Endings of names, without the dot: `docx`, `tar.gz`.
    #[serde(default)]
    pub extensions: Vec<String>,
}
