//! A policy, compiled: everything that can be prepared before the first message is.
//!
//! The data alone; `compile` makes it, and once that has worked nothing can fail: [`Engine::scan`](crate::scan) has no error to return.

use std::collections::BTreeMap;

use crate::gate::{Gate, MAX_LETTERS};
use crate::matcher::cues::Cues;
use crate::matcher::except::Except;
use crate::matcher::files::Files;
use crate::matcher::grammar::Grammar;
use crate::matcher::layout::Ends;
use crate::matcher::marking::Weights;
use crate::matcher::nearby::{Effect, Reach};
use crate::matcher::pattern::Pattern;
use crate::matcher::phrase::Phrase;
use crate::matcher::shape::Shape;
use crate::matcher::terms::Terms;
use crate::policy::Policy;
use crate::policy::exact::Exact;
use crate::policy::model::{self, Localised, Maturity, Mode, Threshold, View};
use crate::validator::Validator;
use crate::verdict::{Action, Confidence, Row, Severity};

/// The version that every verdict names.
pub const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// A compiled policy.
pub struct Engine {
    pub(crate) policy: Policy,
    pub(crate) rules: Vec<Rule>,
    pub(crate) gate: Gate,
    pub(crate) cues: Cues,
    pub(crate) phrases: Vec<RulePhrase>,
    /// By rule and first word.
    pub(crate) terms: Vec<RuleTerms>,
    /// What the numbers of the gate's literals stand for.
    pub(crate) literals: Vec<Literal>,
    pub(crate) starts: Starts,
    pub(crate) vocabulary_ids: Vec<String>,
    /// Rules that are combinations, each behind those that are parts of it.
    pub(crate) combinations: Vec<u32>,
    /// Rules about files.
    pub(crate) files: Vec<u32>,
}

/// A compiled rule.
pub struct Rule {
    pub(crate) id: Box<str>,
    pub(crate) title: Localised,
    pub(crate) messages: BTreeMap<String, String>,
    pub(crate) category: Box<str>,
    pub(crate) severity: Severity,
    pub(crate) actions: [Action; 3],
    /// Where they come from.
    pub(crate) actions_row: Row,
    pub(crate) maturity: Maturity,
    pub(crate) threshold: Threshold,
    pub(crate) except: Except,
    pub(crate) marking: Option<model::MarkingLabel>,
    pub(crate) contexts: Box<[Context]>,
    /// The values of which what is found must be one.
    pub(crate) exact: Option<Exact>,
    /// The combinations, by rule number, that ask how close it stands to others.
    pub(crate) part_of: Vec<u32>,
    pub(crate) matcher: Matcher,
}

pub(crate) enum Matcher {
    Marking { weights: Weights, caveats: Vec<(Box<str>, Vec<Phrase>)>, real_words: Vec<Box<[u8]>> },
    Pattern { pattern: Box<Pattern>, view: View, validator: Option<&'static Validator>, confidence: Confidence },
    Shape { shape: Shape, confidence: Confidence, grouped: Confidence },
    Terms { confidence: Confidence },
    Combination(Combination),
    File(Files),
}

/// A rule's context, compiled.
pub(crate) struct Context {
    /// Word lists, by number.
    pub(crate) lists: Vec<u32>,
    /// Rules, by number.
    pub(crate) rules: Vec<u32>,
    pub(crate) reach: Reach,
    pub(crate) at_least: u32,
    pub(crate) effect: Effect,
}

/// A combination, compiled; rules by number.
pub(crate) struct Combination {
    pub(crate) all: Vec<u32>,
    pub(crate) any: Vec<u32>,
    pub(crate) not: Vec<u32>,
    /// Of `any`.
    pub(crate) at_least: usize,
    pub(crate) reach: Option<Reach>,
    pub(crate) confidence: Confidence,
}

pub(crate) struct RuleTerms {
    pub(crate) rule: u32,
    pub(crate) terms: Terms,
}

pub(crate) struct RulePhrase {
    pub(crate) rule: u32,
    pub(crate) phrase: Phrase,
}

/// The rules that begin at other places than literals.
#[derive(Default)]
pub(crate) struct Starts {
    /// Shapes by how many letters they begin with and by the length of their first group: in a table of numbers every group is a
    /// candidate, in prose every word before a date, and their lengths rule most shapes out.
    pub(crate) shapes: [[Shapes; FIRST_GROUPS]; MAX_LETTERS + 1],
    pub(crate) digit_patterns: Vec<u32>,
    pub(crate) long_words: Vec<u32>,
    pub(crate) at_signs: Vec<u32>,
    pub(crate) fillers: Vec<u32>,
    pub(crate) mixed_words: Vec<u32>,
}

/// The shapes that may begin with a group of one length.
#[derive(Default)]
pub(crate) struct Shapes {
    /// The groups' ends that a value may have, and the rules of which it may be one: most numbers are none of ours, and their groups say
    /// so. Many rules have their groups in common.
    pub(crate) ends: Vec<(Ends, Vec<u32>)>,
    /// The rules that leave the groups open.
    pub(crate) any: Vec<u32>,
    /// How many characters the longest of them has.
    pub(crate) longest: usize,
}

impl Shapes {
    /// Adds a rule, and the groups' ends that a value of it may have.
    pub(crate) fn add(&mut self, ends: Option<Ends>, rule: u32) {
        let rules = match ends {
            None => &mut self.any,
            Some(ends) => match self.ends.iter().position(|(known, _)| *known == ends) {
                Some(at) => &mut self.ends[at].1,
                None => &mut self.ends.push_mut((ends, Vec::new())).1,
            },
        };
        if rules.last() != Some(&rule) {
            rules.push(rule);
        }
    }
}

/// First groups of this length and more share one list.
pub(crate) const FIRST_GROUPS: usize = 24;

pub(crate) enum Literal {
    Terms(u32),
    Phrase(u32),
    Pattern {
        rule: u32,
        lead: u32,
    },
    Grammar {
        rule: u32,
        grammar: &'static Grammar,
    },
    /// A word of a phrase that may have a slip in another word.
    Anchor {
        phrase: u32,
        word: u32,
    },
}

impl Engine {
    /// The policy that was compiled.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// A rule by the number that findings carry.
    #[must_use]
    pub fn rule(&self, number: u32) -> &Rule {
        &self.rules[number as usize]
    }

    /// All rules that are switched on.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether the policy only watches.
    #[must_use]
    pub fn observes(&self) -> bool {
        self.policy.header.mode == Mode::Observe
    }

    /// What a finding's action becomes by maturity and mode, and the row that lowers it.
    pub(crate) fn cap(&self, rule: &Rule, action: Action, row: Row) -> (Action, Row) {
        if action <= Action::Flag {
            (action, row)
        } else if rule.maturity == Maturity::Experimental {
            (Action::Flag, Row::Maturity)
        } else if self.observes() {
            (Action::Flag, Row::Mode)
        } else {
            (action, row)
        }
    }
}

impl Rule {
    /// `topic.thing`
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it is called in front of people.
    #[must_use]
    pub fn title(&self) -> &Localised {
        &self.title
    }

    /// What the sender is told of it, by language; empty where the policy's own texts serve.
    #[must_use]
    pub fn messages(&self) -> &BTreeMap<String, String> {
        &self.messages
    }

    /// `marking`, `identifier`, `secret`, or the policy's own.
    #[must_use]
    pub fn category(&self) -> &str {
        &self.category
    }

    /// How much harm a true finding does.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    pub(crate) fn action(&self, confidence: Confidence) -> Action {
        self.actions[confidence as usize]
    }
}
