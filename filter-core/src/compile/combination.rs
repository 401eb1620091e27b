//! Combinations: their parts by number, and the order in which they can be worked out.

use std::collections::BTreeSet;

use super::{Compiler, number};
use crate::engine::{Combination, Matcher, Rule};
use crate::matcher::nearby::{MOST_WITHIN, Reach};
use crate::policy::ResolvedRule;
use crate::policy::model::{CombinationRule, Kind, Side, Unit};

/// How deep combinations may be made of combinations.
const MOST_NESTED: usize = 16;

impl<'p> Compiler<'p> {
    pub(super) fn combination(&mut self, resolved: &ResolvedRule, written: &CombinationRule) -> Option<Matcher> {
        let [all, any, not] =
            [("all", &written.all), ("any", &written.any), ("not", &written.not)].map(|(key, ids)| {
                let ids = ids.iter().enumerate();
                let numbers = ids.map(|(n, id)| (self.rule_number(resolved, (key, n), id), id.as_str()));
                numbers.collect::<Vec<_>>()
            });
        if written.all.is_empty() && written.any.is_empty() {
            let message = "a combination needs rules in `all` or `any`".to_owned();
            self.error("empty-rule", resolved, "not", message);
        }
        let most = written.any.len();
        let at_least = written.at_least.map_or(most.min(1), |n| n as usize);
        if written.at_least.is_some() && !(1..=most).contains(&at_least) {
            let message =
                format!("`at_least` counts the rules of `any`, of which there are {most}; this is {at_least}");
            self.error("out-of-range", resolved, "at_least", message);
        }
        let (limit, unit) = match written.unit {
            Unit::Characters => (MOST_WITHIN[0], "characters"),
            Unit::Words => (MOST_WITHIN[1], "words"),
        };
        if let Some(within) = written.within.filter(|within| !(1..=limit).contains(within)) {
            let message = format!("parts may stand 1 to {limit} {unit} apart, this is {within}");
            self.error("out-of-range", resolved, "within", message);
        }
        if written.within.is_some() {
            for (key, parts) in [("all", &all), ("any", &any), ("not", &not)] {
                let nested = parts.iter().filter(|(number, _)| number.is_some_and(|n| self.is_combination(n)));
                for (_, id) in nested.copied().collect::<Vec<_>>() {
                    let message = format!("`{id}` is a combination, which has no place of its own to be near to");
                    self.error("bad-combination", resolved, key, message).help =
                        Some("leave `within` out, or name its parts".to_owned());
                }
            }
        }
        let except = &resolved.rule.common.except;
        if !(except.values.is_empty() && except.patterns.is_empty() && except.terms.is_empty()) {
            let message = "a combination has no value of its own".to_owned();
            self.error("bad-combination", resolved, "except", message).help =
                Some("write the exception in the rule whose value it is".to_owned());
        }
        if !resolved.rule.common.context.is_empty() {
            let message = "a combination has no place of its own to have a context".to_owned();
            self.error("bad-combination", resolved, "context", message).help =
                Some("write the context in the rule that it is about, or make it a part".to_owned());
        }
        let known = |parts: Vec<(Option<u32>, &str)>| parts.into_iter().filter_map(|(number, _)| number).collect();
        let reach = written.within.map(|within| Reach { within, unit: written.unit, side: Side::Either });
        // A part that is switched off is never found, so that what needs it never is either.
        let is_possible = all.iter().all(|(number, _)| number.is_some());
        let at_least = if is_possible { at_least } else { usize::MAX };
        let (all, any, not) = (known(all), known(any), known(not));
        Some(Matcher::Combination(Combination { all, any, not, at_least, reach, confidence: written.confidence }))
    }

    fn is_combination(&self, rule: u32) -> bool {
        matches!(self.policy.rules[rule as usize].rule.kind, Kind::Combination(_))
    }

    /// Every combination behind those that are parts of it.
    pub(super) fn order(&mut self) -> Vec<u32> {
        let policy = self.policy;
        let mut walk = Walk { order: Vec::new(), done: BTreeSet::new() };
        for (n, resolved) in policy.rules.iter().enumerate() {
            if matches!(resolved.rule.kind, Kind::Combination(_)) {
                self.place(number(n), &mut Vec::new(), &mut walk);
            }
        }
        walk.order
    }

    fn place(&mut self, rule: u32, open: &mut Vec<u32>, walk: &mut Walk) {
        let resolved: &'p ResolvedRule = &self.policy.rules[rule as usize];
        let Kind::Combination(written) = &resolved.rule.kind else { return };
        if walk.done.contains(&rule) {
            return;
        }
        let id = |rule: &u32| self.policy.rules[*rule as usize].rule.common.id.as_str();
        if let Some(first) = open.iter().position(|open| *open == rule) {
            let through: Vec<&str> = open[first..].iter().chain([&rule]).map(id).collect();
            let (message, help) = ("the combination is a part of itself".to_owned(), through.join(" -> "));
            self.error("combination-cycle", resolved, "all", message).help = Some(help);
            walk.done.insert(rule);
            return;
        }
        if open.len() >= MOST_NESTED {
            let message = format!("combinations of combinations may go {MOST_NESTED} deep, and these go deeper");
            self.error("too-deep", resolved, "all", message);
            walk.done.insert(rule);
            return;
        }
        open.push(rule);
        for part in written.all.iter().chain(&written.any).chain(&written.not) {
            if let Some(part) = self.rules_by_id.get(part.as_str()).copied() {
                self.place(part, open, walk);
            }
        }
        open.pop();
        if walk.done.insert(rule) {
            walk.order.push(rule);
        }
    }
}

struct Walk {
    order: Vec<u32>,
    done: BTreeSet<u32>,
}

/// Tells rules which combinations ask how close they stand to others.
pub(super) fn tell_parts(rules: &mut [Rule]) {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for (n, rule) in rules.iter().enumerate() {
        if let Matcher::Combination(Combination { all, any, not: _, reach: Some(_), .. }) = &rule.matcher {
            parts.extend(all.iter().chain(any).map(|part| (*part, number(n))));
        }
    }
    parts.sort_unstable();
    parts.dedup();
    for (part, combination) in parts {
        if let Some(rule) = rules.get_mut(part as usize) {
            rule.part_of.push(combination);
        }
    }
}
