//! Markings: phrases, and the vocabularies whose words weigh for and against them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::context::Side;

/// What a vocabulary's words do to a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// They support the marking, where it is not merely spoken about.
    Cue,
    /// They hand something over: « ci-joint ». They support the marking and make a question harmless.
    Share,
    /// They show that something else is meant.
    Counter,
    /// They ask or remind: the marking is spoken about, unless something is handed over in the same sentence.
    Question,
    /// They show that the marking is spoken about.
    Mention,
    /// They tell whose marking it is where the same word belongs to several issuers, and never whether it is one.
    Origin,
    /// They speak of the marking itself (« que veut dire », « le timbre »), even behind a stamp that begins its line.
    About,
}

/// `[[vocabulary]]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// By which rules name it.
    pub id: String,
    /// What its words do.
    pub role: Role,
    /// What they add to the score, once.
    #[serde(default)]
    pub weight: i32,
    /// How many words away they may stand; the whole sentence where left out.
    #[serde(default)]
    pub within: Option<u32>,
    /// On which side of the marking they stand.
    #[serde(default)]
    pub side: Side,
    /// Words and phrases, with `(s)` and `a|b`.
    pub words: Vec<String>,
}

/// `marking = { issuer = …, level = … }`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MarkingLabel {
    /// Who classifies.
    pub issuer: String,
    /// 0 to 4.
    pub level: u8,
    /// Caveats that the phrases themselves carry.
    #[serde(default)]
    pub caveats: Vec<String>,
}

/// `score = { … }`
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Score {
    /// A phrase in capitals or capitalised.
    pub cased: i32,
    /// A phrase otherwise.
    pub other: i32,
    /// An abbreviation.
    pub abbreviation: i32,
    /// From where confidence is high.
    pub high: i32,
    /// From where it is medium.
    pub medium: i32,
}

impl Default for Score {
    fn default() -> Self {
        Self { cased: 3, other: 0, abbreviation: 0, high: 3, medium: 1 }
    }
}

/// `typos = { except = […] }`
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Typos {
    /// Real words that look like a slip: « dépense » beside « défense ».
    pub except: Vec<String>,
}

/// `kind = "marking"`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MarkingRule {
    /// What it says.
    pub marking: MarkingLabel,
    /// The phrases that it is written with.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Whether a slip of the finger is forgiven in phrases of ten letters or more.
    #[serde(default)]
    pub typos: Option<Typos>,
    /// In the letter case in which they are written.
    #[serde(default)]
    pub abbreviations: Vec<String>,
    /// Name of a grammar, which then says issuer, level and caveats.
    #[serde(default)]
    pub grammar: Option<String>,
    /// By name, the phrases that add it.
    #[serde(default)]
    pub caveats: BTreeMap<String, Vec<String>>,
    /// Ids of vocabularies.
    #[serde(default)]
    pub vocabularies: Vec<String>,
    /// Weights and thresholds.
    #[serde(default)]
    pub score: Score,
}
