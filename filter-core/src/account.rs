//! The account of a scan: what each stage made of each candidate, as data that can be shown as words.
//!
//! For the authors of policies. It names rules, cues and numbers, never text of the message.

use core::fmt;
use core::ops::Range;

use serde::Serialize;

use crate::matcher::except::Exception;
use crate::policy::model::Threshold;
use crate::text::layer::Layer;
use crate::verdict::{Action, Confidence, Row};

/// What became of one candidate or finding, for [`Engine::explain`](crate::Engine::explain).
#[derive(Clone, Debug)]
pub struct Step {
    /// Index of the rule.
    pub rule: u32,
    /// Index of the field.
    pub field: u32,
    /// Byte offsets into the field's text.
    pub span: Range<usize>,
    /// The construct without which nothing would have been seen here.
    pub layer: Option<Layer>,
    /// What happened.
    pub stage: Stage,
}

/// What one stage made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum Stage {
    /// A candidate that is none after all.
    NoMatch {
        /// What was asked.
        asked: String,
    },
    /// The same words are another issuer's marking, for whom more speaks in the field.
    OtherIssuer,
    /// It has the form; its value does not have what the validator asks for.
    Refused {
        /// The validator's name.
        validator: String,
    },
    /// A marking was weighed.
    Score {
        /// The sum.
        total: i32,
        /// What high confidence takes.
        high: i32,
        /// What medium confidence takes; below nothing was found.
        medium: i32,
        /// What was added up.
        cues: Vec<Weight>,
    },
    /// Evidence was looked for.
    Context {
        /// Which of the rule's contexts, from 1.
        context: usize,
        /// `support` or `exclude`.
        effect: &'static str,
        /// How much of it there is, counted up to what it takes.
        evidence: u32,
        /// How much it takes.
        at_least: u32,
    },
    /// Too little evidence, where it is required, or too much of what excludes.
    Dropped {
        /// The context that decided, from 1.
        context: usize,
    },
    /// An exception of the rule lets it pass.
    Excepted {
        /// Which.
        by: Exception,
    },
    /// Something was found.
    Found {
        /// How surely.
        confidence: Confidence,
    },
    /// A finding that weighs at least as much holds it.
    Covered,
    /// There is not enough of it in the message.
    BelowThreshold {
        /// Places, and how many it takes.
        count: [u32; 2],
        /// Different values, and how many it takes.
        distinct: [u32; 2],
    },
    /// Some parts of a combination were found, and it did not come about.
    Lacking {
        /// In words, with ids of rules.
        what: String,
    },
    /// The finding stands; what is to happen on its account.
    Decided {
        /// The row of the table of precedence that decided.
        row: Row,
        /// The action.
        action: Action,
        /// Without maturity and mode.
        would: Action,
    },
}

/// Something that was added to a score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Weight {
    /// A form, or the id of a vocabulary.
    pub cue: String,
    /// What it added.
    pub weight: i32,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMatch { asked } => write!(f, "{asked}"),
            Self::OtherIssuer => write!(f, "the same words are another issuer's, for whom more speaks"),
            Self::Refused { validator } => write!(f, "the validator `{validator}` refuses the value"),
            Self::Score { total, high, medium, cues } => {
                write!(f, "score {total} (")?;
                for (n, Weight { cue, weight }) in cues.iter().enumerate() {
                    write!(f, "{}{cue} {weight:+}", if n > 0 { "; " } else { "" })?;
                }
                write!(f, "); high from {high}, medium from {medium}")
            }
            Self::Context { context, effect, evidence, at_least } => {
                write!(f, "context {context} ({effect}): {evidence} of {at_least} pieces of evidence near by")
            }
            Self::Dropped { context } => write!(f, "dropped: context {context} decides against it"),
            Self::Excepted { by } => write!(f, "dropped: an exception for the {}", by.as_str()),
            Self::Found { confidence } => write!(f, "found, {} confidence", confidence.as_str()),
            Self::Covered => write!(f, "dropped: another finding covers it"),
            Self::BelowThreshold { count, distinct } => write!(
                f,
                "dropped: {} places of {}, {} different values of {}",
                count[0], count[1], distinct[0], distinct[1]
            ),
            Self::Lacking { what } => write!(f, "{what}"),
            Self::Decided { row, action, would } => {
                write!(f, "{} by row {}, {}", action.as_str(), row.number(), row.as_str())?;
                if action == would { Ok(()) } else { write!(f, "; else {}", would.as_str()) }
            }
        }
    }
}

impl Stage {
    pub(crate) fn below(threshold: Threshold, count: u32, distinct: u32) -> Self {
        Self::BelowThreshold { count: [count, threshold.count], distinct: [distinct, threshold.distinct] }
    }
}
