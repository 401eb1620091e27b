//! From values in places to the findings of a message: exceptions, overlaps, one value in several places, counts, and the
//! policy's action.
//!
//! Must not know text: it sees spans, rules and values.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::account::{Stage, Step};
use crate::combination::Combined;
use crate::counts::Counts;
use crate::engine::{Engine, Rule};
use crate::evidence::ask_others;
use crate::found::Raw;
use crate::message::Attributes;
use crate::verdict::{Action, Confidence, Finding, Marking, Outcome, Place, Row, Severity};

impl Engine {
    /// From values in places to the findings of a message.
    pub(crate) fn conclude(
        &self,
        raw: &mut Vec<Raw>,
        attributes: &Attributes<'_>,
        truncated: bool,
        mut trace: Option<&mut Vec<Step>>,
    ) -> Outcome {
        if raw.is_empty() {
            return Outcome {
                findings: Vec::new(),
                unreported: Vec::new(),
                action: Action::Allow,
                would: Action::Allow,
                truncated,
            };
        }
        let tracing = trace.is_some();
        let mut drop = |raw: &Raw, stage: Stage| {
            note(&mut trace, raw.rule, &raw.place, stage);
            false
        };
        raw.retain(|raw| {
            if let Some(exception) = self.rules[raw.rule as usize].except.for_message(attributes) {
                return drop(raw, Stage::Excepted { by: exception });
            }
            true
        });
        ask_others(&self.rules, raw, |raw, stage| {
            drop(raw, stage);
        });
        raw.sort_by(|a, b| (&a.place, a.rule).cmp(&(&b.place, b.rule)));
        let mut lacks = Vec::new();
        let combined = self.combine(raw, |rule, lack| {
            if tracing {
                lacks.push((rule, lack.describe(self)));
            }
        });
        let covered = self.covered(raw);
        let mut position = 0;
        raw.retain(|raw| {
            position += 1;
            !covered[position - 1] || drop(raw, Stage::Covered)
        });

        for (rule, what) in lacks {
            note(&mut trace, rule, &Place { field: 0, start: 0, end: 0 }, Stage::Lacking { what });
        }

        let counts = Counts::of(raw);
        let mut findings = self.group(raw);
        findings.retain(|finding| {
            let threshold = self.rules[finding.rule as usize].threshold;
            let (count, distinct) = counts.of_rule(finding.rule);
            let enough = counts.reach(finding.rule, threshold);
            if !enough {
                note(&mut trace, finding.rule, &finding.places[0], Stage::below(threshold, count, distinct));
            }
            enough
        });
        self.join(&mut findings);
        findings.extend(self.combined(&combined, attributes));
        let unreported: Vec<Finding> = findings.extract_if(.., |finding| !self.decide(finding, attributes)).collect();
        for finding in findings.iter().chain(&unreported) {
            let Finding { row, action, would, .. } = *finding;
            note(&mut trace, finding.rule, &finding.places[0], Stage::Decided { row, action, would });
        }
        findings.sort_by(|a, b| (&a.places[0], a.rule).cmp(&(&b.places[0], b.rule)));
        Outcome {
            action: findings.iter().map(|f| f.action).max().unwrap_or(Action::Allow),
            would: findings.iter().map(|f| f.would).max().unwrap_or(Action::Allow),
            findings,
            unreported,
            truncated,
        }
    }

    /// Makes one finding of all values of a rule whose threshold says so, in each field from the first to the last.
    fn join(&self, findings: &mut Vec<Finding>) {
        let mut joined: BTreeMap<u32, Finding> = BTreeMap::new();
        for finding in findings.extract_if(.., |finding| self.rules[finding.rule as usize].threshold.joined) {
            match joined.entry(finding.rule) {
                Entry::Vacant(entry) => {
                    entry.insert(finding);
                }
                Entry::Occupied(mut entry) => {
                    let list = entry.get_mut();
                    list.confidence = list.confidence.max(finding.confidence);
                    list.places.extend(finding.places);
                }
            }
        }
        for mut list in joined.into_values() {
            let mut places: BTreeMap<u32, Place> = BTreeMap::new();
            for place in list.places.drain(..) {
                let whole = places.entry(place.field).or_insert_with(|| place.clone());
                whole.start = whole.start.min(place.start);
                whole.end = whole.end.max(place.end);
            }
            list.places = places.into_values().collect();
            findings.push(list);
        }
    }

    /// Which values stand wholly within another that weighs at least as much. Only covered values are dropped: what is
    /// masked for the other finding masks them too.
    fn covered(&self, raw: &[Raw]) -> Vec<bool> {
        let rank = |raw: &Raw| -> (Action, Severity, Confidence) {
            let rule = &self.rules[raw.rule as usize];
            (rule.action(raw.confidence), rule.severity, raw.confidence)
        };
        let contains =
            |outer: &Raw, inner: &Raw| outer.place.start <= inner.place.start && inner.place.end <= outer.place.end;
        let mut covered = vec![false; raw.len()];
        let mut open: Vec<usize> = Vec::new();
        for (i, this) in raw.iter().enumerate() {
            open.retain(|o| raw[*o].place.field == this.place.field && raw[*o].place.end > this.place.start);
            for o in &open {
                let (o, other) = (*o, &raw[*o]);
                if covered[o] {
                    continue;
                }
                // Of two on the same span the earlier rule stays when they weigh the same.
                // Of two on the same words the issuer's language decides before how grave either would be.
                let weighs = |raw: &Raw, against: &Raw| {
                    let same = raw.place == against.place;
                    let affinity = |raw: &Raw| (rank(raw).0, if same { raw.said.affinity } else { 0 });
                    affinity(raw).cmp(&affinity(against)).then_with(|| rank(raw).cmp(&rank(against)))
                };
                if contains(other, this) && weighs(other, this).is_ge() {
                    covered[i] = true;
                } else if contains(this, other) && weighs(this, other).is_ge() {
                    covered[o] = true;
                }
            }
            open.push(i);
        }
        covered
    }

    /// One value of one rule is one finding, wherever it stands.
    fn group(&self, raw: &[Raw]) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        let mut by_value: BTreeMap<(u32, &str), usize> = BTreeMap::new();
        for raw in raw {
            let next = findings.len();
            let at = *by_value.entry((raw.rule, &raw.value)).or_insert(next);
            if at == next {
                let label = self.rules[raw.rule as usize].marking.as_ref();
                let marking = label.map(|label| Marking {
                    issuer: label.issuer.as_str().into(),
                    level: label.level,
                    caveats: label.caveats.iter().map(|caveat| caveat.as_str().into()).collect(),
                });
                let finding = Finding {
                    rule: raw.rule,
                    confidence: raw.confidence,
                    action: Action::Allow,
                    would: Action::Allow,
                    row: Row::BySeverity,
                    places: Vec::new(),
                    marking,
                };
                findings.push(finding);
            }
            let finding = &mut findings[at];
            finding.confidence = finding.confidence.max(raw.confidence);
            let item = raw.item.as_ref().map(|item| Place { start: item.start, end: item.end, ..raw.place });
            finding.places.push(item.unwrap_or_else(|| raw.place.clone()));
            if let Some(marking) = &mut finding.marking {
                if let Some(label) = raw.said.label
                    && (at == next || label.level > marking.level)
                {
                    marking.issuer = label.issuer.into();
                    marking.level = label.level;
                }
                marking.caveats.extend(raw.said.caveats.iter().cloned());
                marking.caveats.sort();
                marking.caveats.dedup();
            }
        }
        findings
    }

    /// Combinations as findings: each stands where its parts do. The same values in several places are one, as in [`Self::group`].
    fn combined(&self, combined: &[Combined], attributes: &Attributes<'_>) -> Vec<Finding> {
        let field = |combined: &Combined| combined.places.first().map_or(0, |place| place.field);
        let counts = Counts::among(combined.iter().map(|c| (c.rule, c.value.as_str(), field(c))));
        let mut findings: Vec<Finding> = Vec::new();
        let mut by_value: BTreeMap<(u32, &str), usize> = BTreeMap::new();
        for Combined { rule, value, confidence, places } in combined {
            let Rule { threshold, except, .. } = &self.rules[*rule as usize];
            if !counts.reach(*rule, *threshold) || except.for_message(attributes).is_some() {
                continue;
            }
            let next = findings.len();
            let at = *by_value.entry((*rule, value)).or_insert(next);
            if at < next {
                findings[at].places.extend(places.iter().cloned());
                continue;
            }
            let (rule, confidence, places) = (*rule, *confidence, places.clone());
            let (action, would) = (Action::Allow, Action::Allow);
            findings.push(Finding { rule, confidence, action, would, row: Row::BySeverity, places, marking: None });
        }
        findings
    }

    /// The table of `docs/policies.md`, « Which action », from its second row on. Whether the finding is reported: one of a rule
    /// whose own action is `allow` is a part for others and nothing else.
    fn decide(&self, finding: &mut Finding, attributes: &Attributes<'_>) -> bool {
        let rule: &Rule = &self.rules[finding.rule as usize];
        let own = rule.action(finding.confidence);
        let carried = finding.marking.as_ref().is_some_and(|marking| self.may_carry(attributes.room, marking));
        let row;
        (finding.would, row) = if carried { (Action::Allow, Row::Carry) } else { (own, rule.actions_row) };
        (finding.action, finding.row) = self.cap(rule, finding.would, row);
        own > Action::Allow
    }

    fn may_carry(&self, room: Option<&str>, marking: &Marking) -> bool {
        let Some(room) = room else { return false };
        self.policy.carry.iter().any(|carry| {
            carry.rooms.iter().any(|r| r == room)
                && *carry.issuer == *marking.issuer
                && marking.level <= carry.level
                && marking.caveats.iter().all(|caveat| carry.caveats.iter().any(|c| **c == **caveat))
        })
    }
}

fn note(trace: &mut Option<&mut Vec<Step>>, rule: u32, place: &Place, stage: Stage) {
    if let Some(trace) = trace {
        let span = place.start as usize..place.end as usize;
        trace.push(Step { rule, field: place.field, span, layer: None, stage });
    }
}
