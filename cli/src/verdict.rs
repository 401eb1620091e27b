//! The verdicts that are not the engine's: it was never asked, or gave no verdict.
//!
//! They have the form of `docs/abi.md`, so that whoever reads the output needs to know only one. They hold no text of an event.

use serde::{Deserialize, Serialize};
use tamis_host::{ClassifyError, EngineError, Refusal, Summary};

/// The member `error` of a verdict.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Reason {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) permanent: bool,
}

impl Reason {
    pub(crate) fn of_the_event(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), permanent: true }
    }
}

impl From<Refusal> for Reason {
    fn from(Refusal { code, message, permanent }: Refusal) -> Self {
        Self { code, message, permanent }
    }
}

impl From<EngineError> for Reason {
    fn from(error: EngineError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), permanent: error.is_permanent() }
    }
}

impl From<ClassifyError> for Reason {
    fn from(error: ClassifyError) -> Self {
        match error {
            ClassifyError::Refused(refusal) => refusal.into(),
            ClassifyError::Engine(error) => error.into(),
            // `Senseless`, and what later versions may add: the module's fault.
            other => Self { code: "module-lie".to_owned(), message: other.to_string(), permanent: false },
        }
    }
}

/// In the order of the members in the engine's own verdicts.
#[derive(Serialize)]
struct ErrorVerdict<'v> {
    event_id: Option<&'v str>,
    scope: Option<&'v str>,
    verdict: &'v str,
    policy: &'v str,
    engine: &'v str,
    reference: Option<&'v str>,
    findings: [u8; 0],
    message: Nothing,
    error: &'v Reason,
}

#[derive(Serialize)]
struct Nothing {}

/// A verdict of `error`, as one line.
pub(crate) fn error(summary: &Summary, reason: &Reason) -> Vec<u8> {
    let verdict = ErrorVerdict {
        event_id: None,
        scope: None,
        verdict: "error",
        policy: &summary.policy,
        engine: &summary.engine,
        reference: None,
        findings: [],
        message: Nothing {},
        error: reason,
    };
    // Strings and booleans always serialise.
    serde_json::to_vec(&verdict).unwrap_or_default()
}
