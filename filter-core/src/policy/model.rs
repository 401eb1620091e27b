//! The policy language as types: one struct a table of TOML, as written, before anything is resolved.
//!
//! What the keys mean is described in `docs/policies.md`. Nothing here knows how a rule is matched.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::verdict::{Action, Confidence, Severity};

/// Text for people: one for everybody, or one by language.
#[derive(Clone, Debug, Deserialize, Serialize)]
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

/// Whether the policy acts or only watches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
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
#[serde(deny_unknown_fields, default)]
pub struct Header {
    /// Its name.
    pub title: Option<Localised>,
    /// Whether it acts.
    pub mode: Mode,
}

/// Which rooms are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
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

/// `[overrides."id"]`
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
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

/// What a vocabulary's words do to a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// They support the marking.
    Cue,
    /// They show that something else is meant.
    Counter,
    /// They show that the marking is spoken about.
    Mention,
}

/// `[[vocabulary]]`
#[derive(Clone, Debug, Deserialize, Serialize)]
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
    /// Words and phrases, with `(s)` and `a|b`.
    pub words: Vec<String>,
}

/// A rule's action: one, or by confidence.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum RuleAction {
    /// Whatever the confidence.
    One(Action),
    /// By confidence.
    By(ByConfidence),
}

/// `action = { high = …, medium = …, low = … }`
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
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
#[serde(deny_unknown_fields, default)]
pub struct Threshold {
    /// Places.
    pub count: u32,
    /// Different values.
    pub distinct: u32,
}

impl Default for Threshold {
    fn default() -> Self {
        Self { count: 1, distinct: 1 }
    }
}

/// `except`
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Except {
    /// Values, compared without case, separators and accents.
    pub values: Vec<String>,
    /// Room ids.
    pub rooms: Vec<String>,
    /// User ids.
    pub senders: Vec<String>,
    /// Server names of senders.
    pub servers: Vec<String>,
}

/// An example: one string, or several that are joined so that no scanner takes it for a live secret.
#[derive(Clone, Debug, Deserialize, Serialize)]
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

/// The kinds of rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
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
}

/// The keys that every rule has.
#[derive(Clone, Debug, Deserialize, Serialize)]
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
    "known_false_positives",
    "examples",
    "mentions",
    "counter_examples",
];

/// `marking = { issuer = …, level = … }`
#[derive(Clone, Debug, Deserialize, Serialize)]
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

/// `kind = "marking"`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MarkingRule {
    /// What it says.
    pub marking: MarkingLabel,
    /// The phrases that it is written with.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// In the letter case in which they are written.
    #[serde(default)]
    pub abbreviations: Vec<String>,
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

/// `context = { … }`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Context {
    /// Ids of vocabularies.
    pub vocabularies: Vec<String>,
    /// Words of its own.
    pub words: Vec<String>,
    /// How many characters away.
    pub within: u32,
    /// Whether nothing is found without.
    pub required: bool,
    /// The confidence with it.
    pub confidence: Confidence,
}

impl Default for Context {
    fn default() -> Self {
        Self { vocabularies: vec![], words: vec![], within: 60, required: false, confidence: Confidence::High }
    }
}

/// Longer than all tokens but a few, which say so.
fn longest_match() -> u32 {
    512
}

fn high() -> Confidence {
    Confidence::High
}

/// `kind = "shape"`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ShapeRule {
    /// `AADDX{11,30}`
    pub shape: String,
    /// How the value may be grouped.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Name of a validator.
    #[serde(default)]
    pub validator: Option<String>,
    /// Without context.
    #[serde(default = "high")]
    pub confidence: Confidence,
    /// Words near by.
    #[serde(default)]
    pub context: Option<Context>,
}

/// Which text a pattern reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
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
#[serde(deny_unknown_fields)]
pub struct PatternRule {
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
    /// Name of a validator.
    #[serde(default)]
    pub validator: Option<String>,
    /// Without context.
    #[serde(default = "high")]
    pub confidence: Confidence,
    /// Words near by.
    #[serde(default)]
    pub context: Option<Context>,
}

/// `kind = "terms"`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TermsRule {
    /// Words and phrases.
    #[serde(default)]
    pub terms: Vec<String>,
    /// A file of them, one a line.
    #[serde(default)]
    pub file: Option<String>,
    /// Without context.
    #[serde(default = "high")]
    pub confidence: Confidence,
    /// Words near by.
    #[serde(default)]
    pub context: Option<Context>,
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
}

/// A rule as written.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The keys that every rule has.
    pub common: Common,
    /// The keys of its kind.
    pub kind: Kind,
}
