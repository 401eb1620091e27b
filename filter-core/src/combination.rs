//! Rules about what other rules found: all of these, some of those, none of a third kind, anywhere in the message or close together.
//!
//! Must not know text: how far « close » reaches was worked out for each part while its field was read.

use core::ops::Range;
use std::collections::{BTreeMap, BTreeSet};

use crate::counts::Counts;
use crate::engine::{Combination, Engine, Matcher};
use crate::found::Raw;
use crate::verdict::{Confidence, Place};

/// Parts that stand together.
pub(crate) struct Combined {
    pub(crate) rule: u32,
    pub(crate) confidence: Confidence,
    /// The parts' values, which tell whether it is the same leak in another field.
    pub(crate) value: String,
    /// Where the parts stand, in order.
    pub(crate) places: Vec<Place>,
}

/// What is missing, or in the way, for [`Engine::explain`].
pub(crate) enum Lack<'e> {
    /// Of `all` this was not found (near by).
    Missing(u32),
    /// Fewer of `any` than it takes were.
    TooFew { found: usize, combination: &'e Combination },
    /// This was.
    InTheWay(u32),
}

/// What the parts of combinations found.
struct Parts<'r> {
    raw: &'r [Raw],
    /// By rule, whose thresholds are reached.
    by_rule: BTreeMap<u32, Vec<Part>>,
    /// Combinations that came about.
    places: BTreeMap<u32, Vec<Place>>,
}

#[derive(Clone, Copy)]
struct Part {
    /// Index into the findings.
    n: usize,
    /// How far the rule's findings in this field reach that begin here or before.
    reaches: u32,
}

impl Parts<'_> {
    fn add(&mut self, n: usize) {
        let raw = &self.raw[n];
        let parts = self.by_rule.entry(raw.rule).or_default();
        let before = parts.last().filter(|last| self.raw[last.n].place.field == raw.place.field);
        let reaches = before.map_or(0, |last| last.reaches).max(raw.place.end);
        parts.push(Part { n, reaches });
    }

    fn are_there(&self, rule: u32) -> bool {
        self.by_rule.contains_key(&rule) || self.places.contains_key(&rule)
    }

    fn places_of(&self, rule: u32) -> impl Iterator<Item = Place> + '_ {
        let own = self.by_rule.get(&rule).into_iter().flatten().map(|part| self.raw[part.n].place.clone());
        own.chain(self.places.get(&rule).into_iter().flatten().cloned())
    }
}

impl Combination {
    fn wanted(&self) -> BTreeSet<u32> {
        self.all.iter().chain(&self.any).copied().collect()
    }

    fn lack(&self, is_there: impl Fn(u32) -> bool) -> Option<Lack<'_>> {
        if let Some(rule) = self.not.iter().find(|rule| is_there(**rule)) {
            return Some(Lack::InTheWay(*rule));
        }
        if let Some(rule) = self.all.iter().find(|rule| !is_there(**rule)) {
            return Some(Lack::Missing(*rule));
        }
        let found = self.any.iter().filter(|rule| is_there(**rule)).count();
        (found < self.at_least).then_some(Lack::TooFew { found, combination: self })
    }
}

impl Lack<'_> {
    /// In words.
    pub(crate) fn describe(&self, engine: &Engine) -> String {
        let id = |rule: u32| engine.rule(rule).id();
        match self {
            Self::Missing(rule) => format!("its part `{}` is missing", id(*rule)),
            Self::TooFew { combination, .. } if combination.at_least > combination.any.len() => {
                "one of its parts is switched off".to_owned()
            }
            Self::TooFew { found, combination } => {
                format!("{found} of its parts in `any` were found, it takes {}", combination.at_least)
            }
            Self::InTheWay(rule) => format!("`{}`, which it excludes, found something", id(*rule)),
        }
    }
}

impl Engine {
    /// The combinations that came about. `raw` is sorted by place; `lacking` hears of those of which only a part did.
    pub(crate) fn combine(&self, raw: &[Raw], mut lacking: impl FnMut(u32, Lack<'_>)) -> Vec<Combined> {
        let mut combined = Vec::new();
        if self.combinations.is_empty() {
            return combined;
        }
        let counts = Counts::of(raw);
        let mut parts = Parts { raw, by_rule: BTreeMap::new(), places: BTreeMap::new() };
        for (n, raw) in raw.iter().enumerate() {
            if counts.reach(raw.rule, self.rules[raw.rule as usize].threshold) {
                parts.add(n);
            }
        }
        // A combination stands behind the combinations that are parts of it.
        for rule in &self.combinations {
            let Matcher::Combination(combination) = &self.rules[*rule as usize].matcher else { continue };
            let wanted = combination.wanted();
            if !wanted.iter().any(|rule| parts.are_there(*rule)) {
                continue;
            }
            let mut found = |value: String, mut places: Vec<Place>| {
                places.sort();
                places.dedup();
                let (rule, confidence) = (*rule, combination.confidence);
                combined.push(Combined { rule, confidence, value, places: places.clone() });
                places
            };
            let places: Vec<Place> = match combination.reach {
                None => match combination.lack(|rule| parts.are_there(rule)) {
                    None => found(String::new(), wanted.iter().flat_map(|rule| parts.places_of(*rule)).collect()),
                    Some(lack) => {
                        lacking(*rule, lack);
                        continue;
                    }
                },
                Some(_) => {
                    let mut all = Vec::new();
                    for cluster in self.clusters(*rule, &wanted, &parts) {
                        let rules: BTreeSet<u32> = cluster.members.iter().map(|n| raw[*n].rule).collect();
                        let in_the_way = |rule: &u32| cluster.touches(*rule, &parts);
                        let is_there =
                            |rule| rules.contains(&rule) || combination.not.contains(&rule) && in_the_way(&rule);
                        match combination.lack(is_there) {
                            None => {
                                let members = || cluster.members.iter().map(|n| &raw[*n]);
                                let values: BTreeSet<&str> = members().map(|raw| raw.value.as_str()).collect();
                                let value = values.into_iter().collect::<Vec<_>>().join("\n");
                                all.extend(found(value, members().map(|raw| raw.place.clone()).collect()));
                            }
                            Some(lack) => lacking(*rule, lack),
                        }
                    }
                    all
                }
            };
            if !places.is_empty() {
                parts.places.insert(*rule, places);
            }
        }
        combined
    }

    /// Parts of a combination, each within its distance of the next.
    fn clusters(&self, combination: u32, wanted: &BTreeSet<u32>, parts: &Parts<'_>) -> Vec<Cluster> {
        let mut members: Vec<usize> =
            wanted.iter().filter_map(|rule| parts.by_rule.get(rule)).flatten().map(|part| part.n).collect();
        members.sort_unstable();
        let mut clusters: Vec<Cluster> = Vec::new();
        for n in members {
            let raw = &parts.raw[n];
            let position = self.rules[raw.rule as usize].part_of.iter().position(|c| *c == combination);
            let Some(around) = position.and_then(|position| raw.around.get(position)) else { continue };
            let joins =
                |cluster: &&mut Cluster| cluster.field == raw.place.field && raw.place.start <= cluster.around.end;
            match clusters.last_mut().filter(joins) {
                Some(cluster) => {
                    cluster.members.push(n);
                    cluster.around.start = cluster.around.start.min(around.start);
                    cluster.around.end = cluster.around.end.max(around.end);
                }
                None => {
                    clusters.push(Cluster { field: raw.place.field, members: vec![n], around: around.clone() });
                }
            }
        }
        clusters
    }
}

struct Cluster {
    field: u32,
    members: Vec<usize>,
    around: Range<u32>,
}

impl Cluster {
    /// Whether a rule found something near by.
    fn touches(&self, rule: u32, parts: &Parts<'_>) -> bool {
        let Some(found) = parts.by_rule.get(&rule) else { return false };
        let end = (self.field, self.around.end);
        let behind = found.partition_point(|part| {
            let place = &parts.raw[part.n].place;
            (place.field, place.start) <= end
        });
        let last = found[..behind].last().filter(|part| parts.raw[part.n].place.field == self.field);
        last.is_some_and(|part| part.reaches >= self.around.start)
    }
}
