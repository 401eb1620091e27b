//! The policy language as types: one struct a table of TOML, as written, before anything is resolved.
//!
//! What the keys mean is described in `docs/policies.md`. Nothing here knows how a rule is matched.

mod combination;
mod context;
mod except;
mod file;
mod header;
mod marking;
mod rule;
mod value;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use combination::CombinationRule;
pub use context::{Context, Effect, Side, Unit};
pub use except::Except;
pub use file::FileRule;
pub use header::{Actions, Carry, Cleartext, Header, Limits, Mode, Rooms, Scope};
pub use marking::{MarkingLabel, MarkingRule, Role, Score, Typos, Vocabulary};
pub use rule::{ByConfidence, COMMON_KEYS, Common, Example, Maturity, Override, RuleAction, Threshold};
pub use value::{ExactFile, PatternRule, PatternStart, ShapeRule, TermsRule, View, Written};

/// Text for people: one for everybody, or one by language.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Localised {
    /// In no particular language.
    Plain(String),
    /// By language tag.
    ByLanguage(BTreeMap<String, String>),
}

impl Localised {
    /// The text in a language, else in English, else any.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::ByLanguage(texts) => texts
                .get(language)
                .or_else(|| texts.get("en"))
                .or_else(|| texts.values().next())
                .map_or("", |text| text),
        }
    }
}

/// The kinds of rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum KindName {
    /// A classification marking, by score.
    Marking,
    /// A regular expression.
    Pattern,
    /// Groups of letters and digits.
    Shape,
    /// A list of words and phrases.
    Terms,
    /// What other rules find, together.
    Combination,
    /// Files by type or by the ending of their names.
    File,
}

/// What a rule looks for.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `kind = "marking"`
    Marking(MarkingRule),
    /// `kind = "pattern"`
    Pattern(PatternRule),
    /// `kind = "shape"`
    Shape(ShapeRule),
    /// `kind = "terms"`
    Terms(TermsRule),
    /// `kind = "combination"`
    Combination(CombinationRule),
    /// `kind = "file"`
    File(FileRule),
}

/// A rule as written.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The keys that every rule has.
    pub common: Common,
    /// The keys of its kind.
    pub kind: Kind,
}
