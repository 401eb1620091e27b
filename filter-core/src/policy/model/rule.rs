//! The keys that every rule has, whatever its kind, and what an override may change of them.

use core::fmt;
use std::collections::BTreeMap;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::context::{Context, one_or_several};
use super::{Except, Localised};
use crate::verdict::{Action, Confidence, Severity};

/// `[overrides."id"]`
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Override {
    /// Switches the rule off or on.
    pub enabled: Option<bool>,
    /// Replaces its action.
    pub action: Option<RuleAction>,
    /// Replaces its severity.
    pub severity: Option<Severity>,
    /// Replaces its maturity.
    pub maturity: Option<Maturity>,
    /// Replaces its exceptions.
    pub except: Option<Except>,
    /// Replaces its threshold.
    pub threshold: Option<Threshold>,
}

/// A rule's action: one, or by confidence.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum RuleAction {
    /// Whatever the confidence.
    One(Action),
    /// By confidence.
    By(ByConfidence),
}

// Not derived, for the sake of what is told of a mistake: `untagged` forgets which word of which key was wrong.
impl<'de> Deserialize<'de> for RuleAction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = RuleAction;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an action, or a table of actions by confidence")
            }

            fn visit_str<E: de::Error>(self, action: &str) -> Result<Self::Value, E> {
                Action::deserialize(action.into_deserializer()).map(RuleAction::One)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                ByConfidence::deserialize(MapAccessDeserializer::new(map)).map(RuleAction::By)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// `action = { high = …, medium = …, low = … }`
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ByConfidence {
    /// At low confidence.
    pub low: Option<Action>,
    /// At medium confidence.
    pub medium: Option<Action>,
    /// At high confidence.
    pub high: Option<Action>,
}

impl RuleAction {
    /// The action for a confidence; a level left out takes the next lower one that is named, else `flag`.
    #[must_use]
    pub fn of(&self, confidence: Confidence) -> Action {
        match self {
            Self::One(action) => *action,
            Self::By(by) => {
                let low = by.low.unwrap_or(Action::Flag);
                let medium = by.medium.unwrap_or(low);
                match confidence {
                    Confidence::Low => low,
                    Confidence::Medium => medium,
                    Confidence::High => by.high.unwrap_or(medium),
                }
            }
        }
    }
}

/// How far a rule is trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Maturity {
    /// It may act.
    #[default]
    Stable,
    /// At most `flag`.
    Experimental,
}

/// `threshold`
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Threshold {
    /// Places.
    pub count: u32,
    /// Different values.
    pub distinct: u32,
    /// Whether they make one finding in each field, from the first value to the last: a list is one leak.
    pub joined: bool,
}

impl Default for Threshold {
    fn default() -> Self {
        Self { count: 1, distinct: 1, joined: false }
    }
}

/// An example: one string, or several that are joined so that no scanner takes it for a live secret.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Example {
    /// As it stands.
    Whole(String),
    /// To be joined.
    Parts(Vec<String>),
}

impl Example {
    /// The message.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Whole(text) => text.clone(),
            Self::Parts(parts) => parts.concat(),
        }
    }
}

/// The keys that every rule has.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Common {
    /// `topic.thing`
    pub id: String,
    /// What it is called in front of people.
    pub title: Localised,
    /// What harm it prevents.
    #[serde(default)]
    pub why: String,
    /// Where it is described.
    #[serde(default)]
    pub references: Vec<String>,
    /// `marking`, `identifier`, `secret`, or the policy's own.
    pub category: String,
    /// How much harm a true finding does.
    pub severity: Severity,
    /// What happens; else by severity.
    #[serde(default)]
    pub action: Option<RuleAction>,
    /// How far it is trusted.
    #[serde(default)]
    pub maturity: Maturity,
    /// How often it must find something.
    #[serde(default)]
    pub threshold: Threshold,
    /// What it lets pass.
    #[serde(default)]
    pub except: Except,
    /// Evidence near by.
    #[serde(default, deserialize_with = "one_or_several")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::policy::schema::OneOrSeveral"))]
    pub context: Vec<Context>,
    /// What the sender is told of it, by language.
    #[serde(default)]
    pub messages: BTreeMap<String, String>,
    /// In words.
    #[serde(default)]
    pub known_false_positives: Vec<String>,
    /// Messages it must act on.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// Messages it may at most flag.
    #[serde(default)]
    pub mentions: Vec<Example>,
    /// Near-misses.
    #[serde(default)]
    pub counter_examples: Vec<Example>,
}

/// The keys of [`Common`], for telling them from a kind's own.
pub const COMMON_KEYS: &[&str] = &[
    "id",
    "title",
    "why",
    "references",
    "category",
    "severity",
    "action",
    "maturity",
    "threshold",
    "except",
    "context",
    "messages",
    "known_false_positives",
    "examples",
    "mentions",
    "counter_examples",
];
