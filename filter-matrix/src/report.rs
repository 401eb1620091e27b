//! A verdict as JSON: one object for each event, the same bytes wherever it is reached.
//!
//! What stands in it is a contract, `docs/abi.md`. It never holds text of the event, unless the caller asked for it.

use std::collections::BTreeMap;

use filter_core::{Action, Confidence, Marking, Severity};
use serde::Serialize;

/// Whether the event was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum InScope {
    In,
    Out,
}

/// Why there is no verdict.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Failure {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// The request's or the event's fault: trying again is no use.
    pub(crate) permanent: bool,
}

/// A place, as a reader of the event finds it.
#[derive(Debug, Serialize)]
pub(crate) struct PlaceReport {
    pub(crate) field: String,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub(crate) in_key: Option<&'static str>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct FindingReport<'e> {
    pub(crate) rule: &'e str,
    pub(crate) category: &'e str,
    pub(crate) severity: Severity,
    pub(crate) confidence: Confidence,
    pub(crate) action: Action,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) would: Option<Action>,
    #[serde(flatten)]
    pub(crate) place: PlaceReport,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) also: Vec<PlaceReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) marking: Option<Marking>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Verdict<'e> {
    pub(crate) event_id: Option<&'e str>,
    pub(crate) scope: Option<InScope>,
    pub(crate) verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) would: Option<&'static str>,
    pub(crate) policy: Option<&'e str>,
    pub(crate) engine: &'static str,
    pub(crate) reference: Option<String>,
    pub(crate) findings: Vec<FindingReport<'e>>,
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) truncated: bool,
    pub(crate) message: BTreeMap<&'e str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<Failure>,
}

/// Serialises a reply.
pub(crate) fn to_json(reply: &mut Vec<u8>, value: &impl Serialize) -> serde_json::Result<()> {
    serde_json::to_writer(reply, value)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn is_false(value: &bool) -> bool {
    !value
}

/// Crockford's alphabet: no I, L, O, U, so that a code survives being read out on the telephone.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Forty bits of a digest as two groups of four.
pub(crate) fn reference(digest: &[u8; 32]) -> String {
    let bits = digest[..5].iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
    let mut code = String::with_capacity(9);
    for n in 0..8 {
        if n == 4 {
            code.push('-');
        }
        code.push(char::from(ALPHABET[(bits >> (35 - 5 * n) & 31) as usize]));
    }
    code
}
