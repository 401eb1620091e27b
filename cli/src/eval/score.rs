//! From verdicts to figures: what was stopped that had to be, what was stopped that had not, and where the findings lie.
//!
//! Must not know how messages are checked or how figures are shown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::corpus::{Expected, Message, Span};

/// What is read of a verdict.
#[derive(Debug, Deserialize)]
pub(crate) struct Verdict {
    pub(crate) verdict: String,
    pub(crate) findings: Vec<Finding>,
}

/// One finding of a verdict.
#[derive(Debug, Deserialize)]
pub(crate) struct Finding {
    pub(crate) rule: String,
    pub(crate) action: String,
    #[serde(flatten)]
    place: Place,
    #[serde(default)]
    also: Vec<Place>,
}

#[derive(Debug, Deserialize)]
struct Place {
    field: String,
    r#in: Option<String>,
    start: usize,
    end: usize,
}

/// Whether the sender is told: `warn`, `redact`, `block`.
fn stops(action: &str) -> bool {
    matches!(action, "warn" | "redact" | "block")
}

/// Counts of one label, one rule, or all together.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Counts {
    /// Messages that must be stopped, and those of them that are.
    pub(crate) to_stop: u32,
    pub(crate) stopped: u32,
    /// Things that must be found, those that a finding that stops touches, and those that one names to the letter.
    pub(crate) spans: u32,
    pub(crate) found: u32,
    pub(crate) exact: u32,
    /// Messages that are at most to be flagged, and those that are stopped.
    pub(crate) mentions: u32,
    pub(crate) mentions_stopped: u32,
    /// Messages that are to pass, and those that are stopped.
    pub(crate) near_misses: u32,
    pub(crate) near_misses_stopped: u32,
}

impl Counts {
    /// Of the messages that must be stopped, the share that is; none where there are none.
    pub(crate) fn recall(&self) -> Option<f64> {
        share(self.stopped, self.to_stop)
    }

    /// Of the messages that are stopped, the share that must be.
    pub(crate) fn precision(&self) -> Option<f64> {
        share(self.stopped, self.stopped + self.mentions_stopped + self.near_misses_stopped)
    }

    /// Of the things found, the share that is named to the letter.
    pub(crate) fn span_accuracy(&self) -> Option<f64> {
        share(self.exact, self.found)
    }
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

/// What one rule did.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct RuleCounts {
    /// Things that it found where something had to be found; and to the letter.
    pub(crate) found: u32,
    pub(crate) exact: u32,
    /// Findings of it that stop and lie on nothing that had to be found.
    pub(crate) stray: u32,
    /// Things under the labels that it finds more of than any other rule.
    pub(crate) own: u32,
    /// Those of them that it found.
    pub(crate) own_found: u32,
}

impl RuleCounts {
    pub(crate) fn recall(&self) -> Option<f64> {
        share(self.own_found, self.own)
    }

    pub(crate) fn precision(&self) -> Option<f64> {
        share(self.found, self.found + self.stray)
    }

    pub(crate) fn span_accuracy(&self) -> Option<f64> {
        share(self.exact, self.found)
    }
}

/// Everything that was counted.
#[derive(Debug, Default)]
pub(crate) struct Score {
    pub(crate) all: Counts,
    pub(crate) labels: BTreeMap<String, Counts>,
    pub(crate) rules: BTreeMap<String, RuleCounts>,
    /// By label, the rules whose findings lie on what had to be found; `-` for what nothing found.
    pub(crate) confusion: BTreeMap<String, BTreeMap<String, u32>>,
    pub(crate) failures: Vec<Failed>,
}

/// A message of which the verdict is not as labelled.
#[derive(Debug)]
pub(crate) struct Failed {
    /// Index into the corpus.
    pub(crate) message: usize,
    pub(crate) how: How,
    /// The rules whose findings were acted on.
    pub(crate) rules: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    Missed,
    /// Stopped, though a thing in it was not found.
    FoundElsewhere,
    Inexact,
    MentionStopped,
    NearMissStopped,
}

/// What the confusion table calls « no rule ».
pub(crate) const NOTHING: &str = "-";

impl Score {
    /// Counts one message.
    pub(crate) fn add(&mut self, number: usize, message: &Message, verdict: &Verdict) {
        let stopped = stops(&verdict.verdict);
        let acting: Vec<&Finding> = verdict.findings.iter().filter(|finding| stops(&finding.action)).collect();
        let mut counts = Counts::default();
        let how;
        match message.expected {
            Expected::Stopped => {
                counts.to_stop = 1;
                counts.stopped = u32::from(stopped);
                let text: serde_json::Value = serde_json::from_slice(&message.event).unwrap_or_default();
                for span in &message.spans {
                    counts.spans += 1;
                    let (found, exact) = self.span(&message.label, span, &acting, &text);
                    counts.found += u32::from(found);
                    counts.exact += u32::from(exact);
                }
                how = if !stopped {
                    Some(How::Missed)
                } else if counts.found < counts.spans {
                    Some(How::FoundElsewhere)
                } else {
                    (counts.exact < counts.spans).then_some(How::Inexact)
                };
            }
            Expected::FlaggedAtMost => {
                counts.mentions = 1;
                counts.mentions_stopped = u32::from(stopped);
                how = stopped.then_some(How::MentionStopped);
            }
            Expected::Passed => {
                counts.near_misses = 1;
                counts.near_misses_stopped = u32::from(stopped);
                how = stopped.then_some(How::NearMissStopped);
            }
        }
        for finding in &acting {
            if !message.spans.iter().any(|span| finding.on(span).is_some()) {
                self.rules.entry(finding.rule.clone()).or_default().stray += 1;
            }
        }
        self.all.sum(&counts);
        self.labels.entry(message.label.clone()).or_default().sum(&counts);
        if let Some(how) = how {
            let rules = acting.iter().map(|finding| finding.rule.clone()).collect();
            self.failures.push(Failed { message: number, how, rules });
        }
    }

    fn span(&mut self, label: &str, span: &Span, acting: &[&Finding], event: &serde_json::Value) -> (bool, bool) {
        let on: Vec<(&Finding, &Place)> =
            acting.iter().filter_map(|finding| Some((*finding, finding.on(span)?))).collect();
        let exactly = |place: &Place| {
            let text = if span.in_key { span.field.rsplit('/').next() } else { event.pointer(&span.field)?.as_str() };
            Some(core_of(text?, span.start, span.end)? == core_of(text?, place.start, place.end)?)
        };
        let exact = on.iter().find(|(_, place)| exactly(place).unwrap_or(false));
        let best = exact.or_else(|| on.first());
        let row = self.confusion.entry(label.to_owned()).or_default();
        *row.entry(best.map_or(NOTHING, |(finding, _)| &finding.rule).to_owned()).or_default() += 1;
        if let Some((finding, _)) = best {
            let rule = self.rules.entry(finding.rule.clone()).or_default();
            rule.found += 1;
            rule.exact += u32::from(exact.is_some());
        }
        (best.is_some(), exact.is_some())
    }

    /// Which labels are a rule's own can be told only when all is counted.
    pub(crate) fn finish(&mut self) {
        for row in self.confusion.values() {
            let rules = row.iter().filter(|(rule, _)| *rule != NOTHING);
            let Some((rule, found)) = rules.max_by_key(|(_, count)| **count) else { continue };
            let counts = self.rules.entry(rule.clone()).or_default();
            counts.own += row.values().sum::<u32>();
            counts.own_found += found;
        }
    }
}

impl Counts {
    fn sum(&mut self, other: &Self) {
        self.to_stop += other.to_stop;
        self.stopped += other.stopped;
        self.spans += other.spans;
        self.found += other.found;
        self.exact += other.exact;
        self.mentions += other.mentions;
        self.mentions_stopped += other.mentions_stopped;
        self.near_misses += other.near_misses;
        self.near_misses_stopped += other.near_misses_stopped;
    }
}

impl Finding {
    /// The place of this finding that touches what had to be found.
    fn on(&self, span: &Span) -> Option<&Place> {
        std::iter::once(&self.place).chain(&self.also).find(|place| {
            place.field == span.field
                && place.r#in.is_some() == span.in_key
                && place.start < span.end
                && span.start < place.end
        })
    }
}

/// A span without the punctuation and space at its borders: brackets and quote marks may be counted in or not.
fn core_of(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let inside = text.get(start..end)?;
    let trimmed = inside.trim_start_matches(|c: char| !c.is_alphanumeric());
    let start = end - trimmed.len();
    Some((start, start + trimmed.trim_end_matches(|c: char| !c.is_alphanumeric()).len()))
}
