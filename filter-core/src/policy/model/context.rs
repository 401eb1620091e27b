//! Evidence near by: words, and what other rules find.

use core::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::verdict::Confidence;

/// What a distance is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Characters of the folded text.
    #[default]
    Characters,
    /// Words.
    Words,
}

/// Where evidence counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// On either side of what was found.
    #[default]
    Either,
    /// Before it only.
    Before,
    /// Behind it only.
    After,
}

/// What evidence does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// It raises the confidence.
    #[default]
    Support,
    /// It drops what was found, or lowers the confidence.
    Exclude,
}

/// `context = { … }`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Context {
    /// Ids of vocabularies.
    pub vocabularies: Vec<String>,
    /// Words of its own.
    pub words: Vec<String>,
    /// Ids of rules.
    pub rules: Vec<String>,
    /// How far away: 60 characters or 10 words where left out.
    pub within: Option<u32>,
    /// Characters or words.
    pub unit: Unit,
    /// On which side.
    pub side: Side,
    /// How many different pieces of evidence it takes.
    pub at_least: u32,
    /// Whether nothing is found without.
    pub required: bool,
    /// Supporting: the confidence with it, `high` where left out. Excluding: the most that is left; where left out nothing is.
    pub confidence: Option<Confidence>,
    /// For or against.
    pub effect: Effect,
}

impl Default for Context {
    fn default() -> Self {
        Self {
            vocabularies: Vec::new(),
            words: Vec::new(),
            rules: Vec::new(),
            within: None,
            unit: Unit::Characters,
            side: Side::Either,
            at_least: 1,
            required: false,
            confidence: None,
            effect: Effect::Support,
        }
    }
}

/// One table, or a list of them. An untagged enum would do, but its mistakes have no place and no name.
pub(super) fn one_or_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Context>, D::Error> {
    struct Contexts;
    impl<'de> Visitor<'de> for Contexts {
        type Value = Vec<Context>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a table, or a list of tables")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            Context::deserialize(MapAccessDeserializer::new(map)).map(|context| vec![context])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(items))
        }
    }
    deserializer.deserialize_any(Contexts)
}
