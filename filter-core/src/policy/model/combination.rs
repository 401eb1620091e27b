//! Rules about what other rules find.

use serde::{Deserialize, Serialize};

use super::Unit;
use super::value::high;
use crate::verdict::Confidence;

/// `kind = "combination"`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CombinationRule {
    /// Ids of rules that must all find something.
    #[serde(default)]
    pub all: Vec<String>,
    /// Ids of rules of which some must.
    #[serde(default)]
    pub any: Vec<String>,
    /// How many of `any`; one where left out.
    #[serde(default)]
    pub at_least: Option<u32>,
    /// Ids of rules that must find nothing.
    #[serde(default)]
    pub not: Vec<String>,
    /// How far from one part to the next; anywhere in the message where left out.
    #[serde(default)]
    pub within: Option<u32>,
    /// Characters or words.
    #[serde(default)]
    pub unit: Unit,
    /// Of its finding.
    #[serde(default = "high")]
    pub confidence: Confidence,
}
