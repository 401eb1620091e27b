//! What became of each event under both policies, counted by rule, with a few samples of each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::policy_tools::arguments::DiffOptions;
use crate::policy_tools::test::answers::rank;
use crate::verdict::Reason;

/// Where an event stands.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) line: u64,
}

/// What is read of a verdict.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Judged {
    event_id: Option<String>,
    verdict: String,
    would: Option<String>,
    #[serde(default)]
    findings: Vec<Finding>,
    error: Option<Reason>,
}

#[derive(Debug, Deserialize)]
struct Finding {
    rule: String,
    action: String,
    would: Option<String>,
    field: String,
    start: u64,
    end: u64,
    text: Option<String>,
}

impl Judged {
    pub(crate) fn read(verdict: &[u8]) -> Self {
        // A verdict that cannot be read counts as one that could not be reached.
        serde_json::from_slice(verdict).unwrap_or_else(|_| Self { verdict: "error".to_owned(), ..Self::default() })
    }

    fn act(&self, would: bool) -> &str {
        self.would.as_deref().filter(|_| would).unwrap_or(&self.verdict)
    }
}

impl Finding {
    fn act(&self, would: bool) -> &str {
        self.would.as_deref().filter(|_| would).unwrap_or(&self.action)
    }
}

/// An event that is shown.
#[derive(Debug, Serialize)]
pub(crate) struct Sample {
    #[serde(flatten)]
    pub(crate) source: Source,
    pub(crate) event_id: Option<String>,
    pub(crate) old: String,
    pub(crate) new: String,
    pub(crate) field: String,
    pub(crate) start: u64,
    pub(crate) end: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
}

/// The events of one rule.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ByRule {
    pub(crate) events: u64,
    pub(crate) samples: Vec<Sample>,
}

/// A kind of change.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Changed {
    pub(crate) events: u64,
    pub(crate) rules: BTreeMap<String, ByRule>,
}

/// An event about which nothing is known.
#[derive(Debug, Serialize)]
pub(crate) struct Unchecked {
    #[serde(flatten)]
    pub(crate) source: Source,
    pub(crate) message: String,
}

/// Counts under both policies.
#[derive(Debug, Default, Serialize)]
pub(crate) struct OldAndNew {
    pub(crate) old: u64,
    pub(crate) new: u64,
}

/// Everything that was counted.
#[derive(Debug, Serialize)]
pub(crate) struct Changes {
    pub(crate) events: u64,
    pub(crate) unchecked: u64,
    /// The first of those that could not be checked.
    pub(crate) first_unchecked: Option<Unchecked>,
    /// How many events got which verdict: under the old policy, under the new one.
    pub(crate) verdicts: BTreeMap<String, OldAndNew>,
    pub(crate) newly_stopped: Changed,
    pub(crate) newly_passed: Changed,
    /// Stopped or passed under both, in another way.
    pub(crate) changed: Changed,
    #[serde(skip)]
    would: bool,
    #[serde(skip)]
    samples: usize,
}

impl Changes {
    pub(crate) fn new(options: &DiffOptions) -> Self {
        Self {
            events: 0,
            unchecked: 0,
            first_unchecked: None,
            verdicts: BTreeMap::new(),
            newly_stopped: Changed::default(),
            newly_passed: Changed::default(),
            changed: Changed::default(),
            would: options.would,
            samples: options.samples,
        }
    }

    /// An event that could not be checked.
    pub(crate) fn unchecked(&mut self, source: Source, reason: &Reason) {
        self.events += 1;
        self.count_unchecked(source, reason.message.clone());
    }

    fn count_unchecked(&mut self, source: Source, message: String) {
        self.unchecked += 1;
        self.first_unchecked.get_or_insert(Unchecked { source, message });
    }

    /// An event, with what both policies say.
    pub(crate) fn event(&mut self, source: Source, old: &Judged, new: &Judged) {
        self.events += 1;
        let would = self.would;
        self.verdicts.entry(old.act(would).to_owned()).or_default().old += 1;
        self.verdicts.entry(new.act(would).to_owned()).or_default().new += 1;
        if let Some(reason) = old.error.as_ref().or(new.error.as_ref()) {
            return self.count_unchecked(source, reason.message.clone());
        }
        let is_stopped = |judged: &Judged| rank(judged.act(would)) >= rank("warn");
        let acts = |judged: &Judged| {
            let mut acts =
                judged.findings.iter().map(|f| (f.rule.clone(), f.act(would).to_owned())).collect::<Vec<_>>();
            acts.sort();
            acts.dedup();
            acts
        };
        // A newly stopped event is told of under the rules that stop it, a newly passed one under those that did.
        let (kind, culprits, minimum) = match (is_stopped(old), is_stopped(new)) {
            (false, true) => (&mut self.newly_stopped, new, "warn"),
            (true, false) => (&mut self.newly_passed, old, "warn"),
            _ if old.act(would) == new.act(would) && acts(old) == acts(new) => return,
            _ if new.findings.is_empty() => (&mut self.changed, old, "allow"),
            _ => (&mut self.changed, new, "allow"),
        };
        kind.events += 1;
        let other = if std::ptr::eq(culprits, old) { new } else { old };
        let elsewhere = acts(other);
        let mut told = Vec::new();
        for finding in culprits.findings.iter().filter(|finding| rank(finding.act(would)) >= rank(minimum)) {
            let act = (finding.rule.clone(), finding.act(would).to_owned());
            // What is the same under both is not what changed.
            if told.contains(&finding.rule) || minimum == "allow" && elsewhere.contains(&act) {
                continue;
            }
            told.push(finding.rule.clone());
            kind.rules.entry(finding.rule.clone()).or_default().add(self.samples, || Sample {
                source: source.clone(),
                event_id: culprits.event_id.clone(),
                old: old.act(would).to_owned(),
                new: new.act(would).to_owned(),
                field: finding.field.clone(),
                start: finding.start,
                end: finding.end,
                text: finding.text.clone(),
            });
        }
    }

    /// Nothing would change.
    pub(crate) fn is_none(&self) -> bool {
        self.newly_stopped.events + self.newly_passed.events + self.changed.events == 0
    }

    /// Some event could not be checked under one of them.
    pub(crate) fn could_not_check(&self) -> bool {
        self.unchecked > 0
    }
}

impl ByRule {
    fn add(&mut self, most: usize, sample: impl FnOnce() -> Sample) {
        self.events += 1;
        if self.samples.len() < most {
            self.samples.push(sample());
        }
    }
}
