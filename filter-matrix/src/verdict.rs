//! From the outcome of a scan to the verdict that a host is given.
//!
//! Spans become places in the event as it was sent, findings get their words, the sender a message, the help desk a
//! reference. None of it holds text of the event: a key that is not plainly an identifier, or that something was found in, stands
//! as `…` in pointers.

use std::collections::BTreeSet;

use filter_core::{Action, ENGINE_VERSION, Engine, Finding, Severity};
use sha2::{Digest, Sha256};

use crate::checked::Checked;
use crate::event::Event;
use crate::field::Place;
use crate::message;
use crate::report::{Failure, FindingReport, InScope, PlaceReport, Verdict, reference};

/// A verdict on an event in which nothing was found, or that was not looked at.
pub(crate) fn passed<'e>(engine: &'e Engine, event_id: Option<&'e str>, scope: InScope) -> Verdict<'e> {
    Verdict {
        event_id,
        scope: Some(scope),
        verdict: Action::Allow.as_str(),
        would: None,
        policy: Some(&engine.policy().hash),
        engine: ENGINE_VERSION,
        reference: None,
        findings: Vec::new(),
        truncated: false,
        message: Default::default(),
        error: None,
    }
}

/// A verdict on an event that could not be looked at through its own fault.
pub(crate) fn unreadable<'e>(
    engine: &'e Engine,
    event_id: Option<&'e str>,
    scope: Option<InScope>,
    failure: Failure,
) -> Verdict<'e> {
    let code = failure.code;
    Verdict {
        scope,
        verdict: "error",
        message: message::unreadable(),
        reference: Some(reference_of(engine, event_id, |digest| digest.update(code))),
        error: Some(failure),
        ..passed(engine, event_id, InScope::In)
    }
}

/// The rule id of readable messages in encrypted rooms. It is no rule of any policy but of its scope.
const CLEARTEXT: &str = "scope.cleartext-in-encrypted";

/// A verdict on a readable message in an encrypted room, where the policy refuses those unread.
pub(crate) fn cleartext<'e>(engine: &'e Engine, event: &Event<'e>, event_id: Option<&'e str>) -> Verdict<'e> {
    let would = Action::Block;
    let action = if engine.observes() { Action::Flag } else { would };
    let reference = reference_of(engine, event_id, |digest| identify(digest, event));
    let place = PlaceReport { field: "/content".to_owned(), in_key: None, start: 0, end: 0 };
    Verdict {
        verdict: action.as_str(),
        would: (would != action).then_some(would.as_str()),
        message: if action >= Action::Warn {
            message::cleartext(engine, CLEARTEXT, &reference)
        } else {
            Default::default()
        },
        reference: Some(reference),
        findings: vec![FindingReport {
            rule: CLEARTEXT,
            category: "scope",
            severity: Severity::High,
            confidence: filter_core::Confidence::High,
            action,
            would: (would != action).then_some(would),
            place,
            also: Vec::new(),
            marking: None,
            text: None,
        }],
        ..passed(engine, event_id, InScope::In)
    }
}

/// The verdict on an event that was scanned.
pub(crate) fn of<'c>(checked: &'c Checked<'c>) -> Verdict<'c> {
    let Checked { engine, event, event_id, outcome, .. } = checked;
    if outcome.findings.is_empty() && !outcome.truncated {
        return passed(engine, *event_id, InScope::In);
    }
    let reference = reference_of(engine, *event_id, |digest| {
        identify(digest, event);
        for finding in &outcome.findings {
            digest.update(engine.rule(finding.rule).id());
            digest.update(finding.places[0].start.to_le_bytes());
        }
    });
    let keys_with_findings = keys_with_findings(checked);
    let mut findings: Vec<FindingReport<'c>> =
        outcome.findings.iter().map(|finding| finding_report(checked, finding, &keys_with_findings)).collect();
    findings.sort_by(|a, b| (&a.place.field, a.place.start, a.rule).cmp(&(&b.place.field, b.place.start, b.rule)));

    let too_costly = outcome.truncated && outcome.action <= Action::Flag;
    let mut verdict = Verdict {
        verdict: outcome.action.as_str(),
        would: (outcome.would != outcome.action).then_some(outcome.would.as_str()),
        message: match outcome.action {
            Action::Allow | Action::Flag => Default::default(),
            Action::Warn | Action::Redact | Action::Block => message::found(engine, &outcome.findings, &reference),
        },
        reference: Some(reference),
        findings,
        truncated: outcome.truncated,
        ..passed(engine, *event_id, InScope::In)
    };
    if too_costly {
        let message = "the work budget ran out before the whole event was looked at".to_owned();
        verdict.verdict = "error";
        verdict.would = None;
        verdict.message = message::unreadable();
        verdict.error = Some(Failure { code: "too-costly", message, permanent: true });
    }
    verdict
}

fn finding_report<'c>(checked: &'c Checked<'c>, finding: &Finding, hidden: &BTreeSet<usize>) -> FindingReport<'c> {
    let rule = checked.engine.rule(finding.rule);
    let mut places: Vec<PlaceReport> =
        finding.places.iter().filter_map(|place| place_report(checked, place, hidden)).collect();
    places.sort_by(|a, b| (&a.field, a.in_key, a.start).cmp(&(&b.field, b.in_key, b.start)));
    let text = checked.show_text.then(|| matched_text(checked, finding)).flatten();
    let mut places = places.into_iter();
    let place = places.next().unwrap_or(PlaceReport { field: String::new(), in_key: None, start: 0, end: 0 });
    FindingReport {
        rule: rule.id(),
        category: rule.category(),
        severity: rule.severity(),
        confidence: finding.confidence,
        action: finding.action,
        would: (finding.would != finding.action).then_some(finding.would),
        place,
        also: places.collect(),
        marking: finding.marking.clone(),
        text,
    }
}

pub(crate) fn place_report(
    checked: &Checked<'_>,
    place: &filter_core::Place,
    hidden: &BTreeSet<usize>,
) -> Option<PlaceReport> {
    let field = checked.fields.get(place.field as usize)?;
    let span = field.to_source(place.start as usize..place.end as usize);
    Some(PlaceReport {
        field: pointer(checked, field.place, hidden),
        in_key: field.place.in_key.then_some("key"),
        start: span.start,
        end: span.end,
    })
}

/// The longest pointer that a verdict spells out, in bytes.
const MAX_POINTER: usize = 1024;

pub(crate) fn pointer(checked: &Checked<'_>, place: Place, hidden: &BTreeSet<usize>) -> String {
    if checked.show_text {
        return checked.fields.pointer(place);
    }
    let mut pointer =
        checked.fields.pointer_with(place, |node, key| is_identifier(key) && !hidden.contains(&node.index()));
    if pointer.len() > MAX_POINTER {
        // Nested a thousand deep: what stands there is still scanned, but a thousand findings there must not answer
        // an event of 64 KiB with a verdict of a gigabyte.
        pointer.truncate(pointer.floor_char_boundary(MAX_POINTER));
        pointer.push('…');
    }
    pointer
}

/// The members whose keys hold something that was found: no pointer may spell them.
pub(crate) fn keys_with_findings(checked: &Checked<'_>) -> BTreeSet<usize> {
    let places = checked.outcome.findings.iter().flat_map(|finding| &finding.places);
    let fields = places.filter_map(|place| checked.fields.get(place.field as usize));
    fields.filter(|field| field.place.in_key).map(|field| field.place.node.index()).collect()
}

/// `org.example.note`, `m.relates_to`: what programs write. Anything else may be what a person wrote.
fn is_identifier(key: &str) -> bool {
    key.len() <= 64 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

fn matched_text(checked: &Checked<'_>, finding: &Finding) -> Option<String> {
    let place = &finding.places[0];
    let field = checked.fields.get(place.field as usize)?;
    field.text.get(place.start as usize..place.end as usize).map(str::to_owned)
}

/// What an event is known by, apart from its text.
fn identify(digest: &mut Sha256, event: &Event<'_>) {
    for part in [event.room_id, event.sender, event.origin_server_ts, Some(event.event_type)] {
        digest.update(part.unwrap_or(""));
        digest.update([0]);
    }
}

fn reference_of(engine: &Engine, event_id: Option<&str>, otherwise: impl FnOnce(&mut Sha256)) -> String {
    let mut digest = Sha256::new();
    digest.update(&engine.policy().hash);
    match event_id {
        Some(id) => digest.update(id),
        None => otherwise(&mut digest),
    }
    reference(&digest.finalize().into())
}
