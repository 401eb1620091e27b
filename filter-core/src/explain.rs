//! Whether one rule found something in a message, and why not: read from the account of a scan.

use serde::Serialize;

use crate::account::Step;
use crate::engine::Engine;
use crate::policy::did_you_mean;
use crate::policy::model::Kind;
use crate::verdict::Outcome;

/// Whether one rule found something, and why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum RuleAccount {
    /// It found something, and the verdict says so.
    Fired,
    /// It found something, and its own action is `allow`: it acts as a part of others only.
    Unreported,
    /// Nothing in the message begins like what it looks for.
    NoCandidate {
        /// That is.
        looks_for: Vec<String>,
    },
    /// There were candidates; the last stage that one of them reached.
    Stopped {
        /// In words.
        why: String,
    },
    /// The policy switches it off.
    Disabled,
    /// The policy has no such rule.
    Unknown {
        /// It may be meant.
        did_you_mean: Option<String>,
    },
}

impl Engine {
    /// What became of one rule in a message that was explained.
    #[must_use]
    pub fn account_of(&self, id: &str, outcome: &Outcome, steps: &[Step]) -> RuleAccount {
        let Some(number) = self.rules.iter().position(|rule| &*rule.id == id) else {
            if self.policy.disabled.contains(id) {
                return RuleAccount::Disabled;
            }
            let meant = did_you_mean(id, self.rules.iter().map(|rule| &*rule.id)).map(str::to_owned);
            return RuleAccount::Unknown { did_you_mean: meant };
        };
        let is_own = |rule: u32| rule as usize == number;
        if outcome.findings.iter().any(|finding| is_own(finding.rule)) {
            return RuleAccount::Fired;
        }
        if outcome.unreported.iter().any(|finding| is_own(finding.rule)) {
            return RuleAccount::Unreported;
        }
        match steps.iter().rev().find(|step| is_own(step.rule)) {
            Some(step) => RuleAccount::Stopped { why: step.stage.to_string() },
            None => RuleAccount::NoCandidate { looks_for: self.looks_for(number) },
        }
    }

    /// What makes the engine look at a place, as the rule's author wrote it.
    fn looks_for(&self, rule: usize) -> Vec<String> {
        let resolved = &self.policy.rules[rule];
        match &resolved.rule.kind {
            Kind::Marking(marking) => marking.phrases.iter().chain(&marking.abbreviations).cloned().collect(),
            Kind::Pattern(pattern) => vec![pattern.prefix.as_ref().unwrap_or(&pattern.pattern).clone()],
            Kind::Shape(shape) => vec![shape.shape.clone()],
            Kind::Terms(terms) => terms.terms.iter().chain(&resolved.terms).take(MOST_TERMS).cloned().collect(),
            Kind::File(written) => written.types.iter().chain(&written.extensions).cloned().collect(),
            Kind::Combination(written) => written.all.iter().chain(&written.any).cloned().collect(),
        }
    }
}

/// How many terms of a list an account names.
const MOST_TERMS: usize = 20;
