//! The words of a decision: actions, confidence, severity, findings.
//!
//! Shared by the policy (which asks for them), the scan (which reaches them) and whoever reports them. A [`Finding`]
//! knows where something stands and which rule says so; it never holds the text itself, so that it may be logged.

use serde::{Deserialize, Serialize};

/// What is to happen to a message, in ascending order of severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Nothing.
    Allow,
    /// It is recorded; the sender learns nothing.
    Flag,
    /// It passes and the sender is told.
    Warn,
    /// It passes with what was found masked, where the host can do that; else as [`Action::Block`].
    Redact,
    /// It is refused before it is stored.
    Block,
}

impl Action {
    /// The word that the verdict uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Flag => "flag",
            Self::Warn => "warn",
            Self::Redact => "redact",
            Self::Block => "block",
        }
    }
}

/// The row of the table of precedence that decided about a finding. An exception, the first row, leaves none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Row {
    /// An exception of the rule lets it pass.
    Exception,
    /// The room may carry the marking.
    Carry,
    /// The rule's action for the confidence reached.
    ByConfidence,
    /// The rule's action.
    ByRule,
    /// The action for the rule's severity.
    BySeverity,
    /// An experimental rule only flags.
    Maturity,
    /// The policy only observes.
    Mode,
}

impl Row {
    /// Its number in `docs/policies.md`.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// In words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exception => "an exception of the rule",
            Self::Carry => "the room may carry the marking",
            Self::ByConfidence => "the rule's action for this confidence",
            Self::ByRule => "the rule's action",
            Self::BySeverity => "the action for the rule's severity",
            Self::Maturity => "an experimental rule only flags",
            Self::Mode => "the policy only observes",
        }
    }
}

/// How sure a rule is that its finding is what it looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Possible.
    Low,
    /// Likely.
    Medium,
    /// As good as certain.
    High,
}

impl Confidence {
    /// The word that the verdict uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// How much harm a true finding does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A matter of order.
    Low,
    /// Harm to a few.
    Medium,
    /// Serious harm.
    High,
    /// Harm that cannot be undone.
    Critical,
}

/// What a classification marking says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Marking {
    /// Who classifies: `fr`, `nato`, `eu`, `tlp`…
    pub issuer: Box<str>,
    /// 0 (unclassified) to 4 (top secret).
    pub level: u8,
    /// Restrictions that were found with it: `special-france`…, sorted.
    pub caveats: Vec<Box<str>>,
}

/// One place of a message where a finding stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index into the fields that were handed to the scan.
    pub field: u32,
    /// Byte offset into that field's text.
    pub start: u32,
    /// Byte offset behind the last byte.
    pub end: u32,
}

/// One leak: a value that one rule found, in one or more places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Index of the rule; [`crate::Engine::rule`] tells the rest.
    pub rule: u32,
    /// The highest confidence that one of its places reached.
    pub confidence: Confidence,
    /// What is to happen on its account.
    pub action: Action,
    /// What would happen with the mode `enforce` and a mature rule.
    pub would: Action,
    /// Which row of the table of precedence decided.
    pub row: Row,
    /// Where it stands, in order; never empty.
    pub places: Vec<Place>,
    /// What the marking says, where the rule is one.
    pub marking: Option<Marking>,
}

/// What a scan came to.
#[derive(Debug)]
pub struct Outcome {
    /// In order of field, place and rule.
    pub findings: Vec<Finding>,
    /// What rules found that act only as parts of others. No verdict names it; tests of such rules read it.
    pub unreported: Vec<Finding>,
    /// The highest action of all findings.
    pub action: Action,
    /// The same with the mode `enforce` and mature rules.
    pub would: Action,
    /// The work budget ran out: not everything was looked at.
    pub truncated: bool,
}
