//! Rules that look for values: patterns, shapes, lists of terms.

use serde::{Deserialize, Serialize};

use super::MarkingLabel;
use crate::verdict::Confidence;

/// Longer than all tokens but a few, which say so.
fn longest_match() -> u32 {
    512
}

pub(super) fn high() -> Confidence {
    Confidence::High
}

/// `exact = { … }`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ExactFile {
    /// A file of keyed hashes.
    pub file: String,
}

/// `kind = "shape"`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ShapeRule {
    /// `AADDX{11,30}`
    pub shape: String,
    /// How the value may be grouped.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Whether it must be.
    #[serde(default)]
    pub written: Written,
    /// Name of a validator.
    #[serde(default)]
    pub validator: Option<String>,
    /// The real values, of which what is found must be one.
    #[serde(default)]
    pub exact: Option<ExactFile>,
    /// Without context.
    #[serde(default = "high")]
    pub confidence: Confidence,
    /// Without context, when it is written in groups; as `confidence` where left out.
    #[serde(default)]
    pub grouped: Option<Confidence>,
}

/// Whether a shape is found in one piece, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Written {
    /// In one piece or in groups.
    #[default]
    Either,
    /// In groups only: nine digits in a row say nothing, 3-2-4 do.
    Grouped,
    /// In groups with dashes between: in a row of numbers with spaces 3-2-4 comes by chance.
    Dashed,
}

/// Where a pattern may begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PatternStart {
    /// At its own literals.
    #[default]
    Literal,
    /// At a number with seven digits or more in or right behind it, or at a plus sign or bracket before it.
    Digits,
    /// At a run of 26 letters and digits or more.
    LongWord,
    /// At the name before an `@`.
    AtSign,
    /// At a run of letters, digits and `<` that has `<<` in it.
    Filler,
    /// At what stands between spaces, has 6 to 64 bytes, three letters, and a digit among its first 32.
    MixedWord,
}

/// Which text a pattern reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// As written, without invisible characters.
    #[default]
    Exact,
    /// Lower case, without accents and disguise.
    Folded,
}

/// `kind = "pattern"`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PatternRule {
    /// What makes the engine try it.
    #[serde(default)]
    pub start: PatternStart,
    /// Must match just before; not part of the finding.
    #[serde(default)]
    pub prefix: Option<String>,
    /// What is found.
    pub pattern: String,
    /// Which text it reads.
    #[serde(default)]
    pub view: View,
    /// How many bytes a match may have.
    #[serde(default = "longest_match")]
    pub longest: u32,
    /// How many bytes before a match, on its line, the validator reads too.
    #[serde(default)]
    pub lookback: u32,
    /// Name of a validator.
    #[serde(default)]
    pub validator: Option<String>,
    /// What it says, where what is found is a marking.
    #[serde(default)]
    pub marking: Option<MarkingLabel>,
    /// The real values, of which what is found must be one.
    #[serde(default)]
    pub exact: Option<ExactFile>,
    /// Without context.
    #[serde(default = "high")]
    pub confidence: Confidence,
}

/// `kind = "terms"`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TermsRule {
    /// Words and phrases.
    #[serde(default)]
    pub terms: Vec<String>,
    /// A file of them, one a line.
    #[serde(default)]
    pub file: Option<String>,
    /// What it says, where what is found is a marking.
    #[serde(default)]
    pub marking: Option<MarkingLabel>,
    /// Without context.
    #[serde(default = "high")]
    pub confidence: Confidence,
}
