//! Contexts and exceptions of rules.

use super::{Compiler, number};
use crate::engine::Context;
use crate::matcher::except::Except;
use crate::matcher::nearby::{Effect, MOST_EVIDENCE, MOST_WITHIN, Reach};
use crate::policy::model::{self, Unit};
use crate::policy::{At, ResolvedRule, did_you_mean};
use crate::verdict::Confidence;

impl Compiler<'_> {
    /// A list of words of a rule's own.
    pub(super) fn list(&mut self, resolved: &ResolvedRule, key: &'static str, words: &[String]) -> u32 {
        self.lists.push(words.to_vec());
        self.list_ids.push(resolved.rule.common.id.clone());
        self.list_keys.push(key);
        number(self.lists.len() - 1)
    }

    pub(super) fn except(&mut self, resolved: &ResolvedRule) -> Except {
        let written = &resolved.rule.common.except;
        let terms = (!written.terms.is_empty()).then(|| self.list(resolved, "except", &written.terms));
        match Except::compile(written, terms, &mut self.fold) {
            Ok(except) => {
                self.count_automata(resolved, "except", except.bytes());
                except
            }
            Err(errors) => {
                for error in errors {
                    self.error(error.code, resolved, error.key, error.message).help = Some(error.help.to_owned());
                }
                Except::default()
            }
        }
    }

    /// The one of this number.
    pub(super) fn context(&mut self, resolved: &ResolvedRule, n: usize, written: &model::Context) -> Option<Context> {
        let here = ("context", n);
        let mut lists: Vec<u32> =
            written.vocabularies.iter().filter_map(|id| self.vocabulary(resolved, here, id)).collect();
        if !written.words.is_empty() {
            lists.push(self.list(resolved, "context", &written.words));
        }
        let rules: Vec<u32> = written.rules.iter().filter_map(|id| self.rule_number(resolved, here, id)).collect();
        if written.vocabularies.is_empty() && written.words.is_empty() && written.rules.is_empty() {
            let message = "a context needs words, vocabularies or rules".to_owned();
            self.error("empty-context", resolved, here, message);
        }
        let (within, most, unit) = match written.unit {
            Unit::Characters => (written.within.unwrap_or(60), MOST_WITHIN[0], "characters"),
            Unit::Words => (written.within.unwrap_or(10), MOST_WITHIN[1], "words"),
        };
        if within == 0 || within > most {
            let message = format!("evidence may stand 1 to {most} {unit} away, this is {within}");
            self.error("out-of-range", resolved, here, message);
        }
        if written.at_least == 0 || written.at_least > MOST_EVIDENCE {
            let message = format!("`at_least` goes from 1 to {MOST_EVIDENCE}, this is {}", written.at_least);
            self.error("out-of-range", resolved, here, message);
        }
        let effect = match written.effect {
            model::Effect::Support => Effect::Support {
                confidence: written.confidence.unwrap_or(Confidence::High),
                required: written.required,
            },
            model::Effect::Exclude => {
                if written.required {
                    let message = "what excludes cannot be required".to_owned();
                    self.error("bad-context", resolved, here, message).help =
                        Some("leave `required` out, or write `effect = \"support\"`".to_owned());
                }
                Effect::Exclude { confidence: written.confidence }
            }
        };
        let reach = Reach { within, unit: written.unit, side: written.side };
        Some(Context { lists, rules, reach, at_least: written.at_least, effect })
    }

    /// The number of a rule; `None` where it is switched off, or unknown, which is told.
    pub(super) fn rule_number(&mut self, resolved: &ResolvedRule, at: impl Into<At>, id: &str) -> Option<u32> {
        let found = self.rules_by_id.get(id).copied();
        let policy = self.policy;
        let may_be_there = policy.lacks_rules || policy.disabled.contains(id) || policy.unread.contains(id);
        if found.is_none() && !may_be_there {
            let meant =
                did_you_mean(id, self.rules_by_id.keys().copied()).map(|meant| format!("did you mean `{meant}`?"));
            self.error("unknown-rule", resolved, at, format!("there is no rule `{id}`")).help = meant;
        }
        found
    }
}
