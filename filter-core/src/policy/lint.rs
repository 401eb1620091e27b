//! What loads and deserves a look all the same: remarks for the author of a policy, never for a host.
//!
//! Only what the author's own files say is looked at; built-in packs are somebody else's, and their vocabularies are there to choose from.
//! A remark that is wrong once is not read the second time, so that each of these asks for little: a rule that acts
//! only as a part of others, or with evidence near by, may well say what another says.

use std::collections::{BTreeMap, BTreeSet};

use super::bundle::BUILTIN;
use super::diagnostic::{Diagnostic, Level};
use super::model::{Kind, PatternStart, Role, RuleAction};
use super::resolved::{Policy, ResolvedRule};
use crate::gate::canonical;
use crate::matcher::pattern::literals_of;
use crate::text::FoldBuffer;
use crate::verdict::{Action, Confidence};

/// With what three words in a thousand or more of French and English messages begin. Other literals of three letters (« ipp », « ddn ») are
/// met too seldom to cost anything.
const COMMON_BEGINNINGS: &str = "all and any are but can com con des don est for fro get hav hel how ins jus kno lin not par pas \
    pro que see sho som tha the thi try use wha whe wit wor you";

/// Looks at a policy that loads.
#[must_use]
pub fn lint(policy: &Policy) -> Vec<Diagnostic> {
    let mut lint = Lint { policy, fold: FoldBuffer::new(), found: policy.idle.clone() };
    for rule in policy.rules.iter().filter(|rule| is_own(rule)) {
        lint.untested(rule);
        lint.slow(rule);
        lint.thresholds(rule);
    }
    lint.shadowed();
    lint.unused_vocabularies();
    lint.weights();
    lint.found
}

/// `\d\d` begins in a hundred ways, and that is every number.
const MANY_BEGINNINGS: usize = 100;

fn is_own(rule: &ResolvedRule) -> bool {
    !rule.path().starts_with(BUILTIN)
}

struct Lint<'p> {
    policy: &'p Policy,
    fold: FoldBuffer,
    found: Vec<Diagnostic>,
}

impl Lint<'_> {
    fn warn(&mut self, code: &'static str, rule: &ResolvedRule, key: &'static str, message: String, help: &str) {
        self.found.push(self.policy.diagnose(Level::Warning, code, rule, key, message).help(help));
    }

    /// Rules about files have no text to try, and what `exact` lists must not stand in a policy.
    fn untested(&mut self, rule: &ResolvedRule) {
        if matches!(rule.rule.kind, Kind::File(_)) || rule.exact.is_some() {
            return;
        }
        let common = &rule.rule.common;
        if common.examples.is_empty() {
            let message = "no example shows what this rule finds, so that nothing notices when it finds it no more";
            let help = "write messages that it must stop into `examples`; `tamis policy test` tries them in many forms";
            self.warn("no-examples", rule, "id", message.to_owned(), help);
        }
        if common.counter_examples.is_empty() {
            let message = "no counter-example shows what this rule must let pass";
            let help = "write ordinary messages that come close into `counter_examples`";
            self.warn("no-counter-examples", rule, "id", message.to_owned(), help);
        }
    }

    fn slow(&mut self, rule: &ResolvedRule) {
        match &rule.rule.kind {
            Kind::Pattern(pattern) => {
                // How often in 100 KiB of chat, some 17,000 words: counted in 30,600 lines of public channels and forums.
                let (begins, often) = match pattern.start {
                    PatternStart::Literal => return self.short_literals(rule),
                    PatternStart::Digits => ("every number with seven digits or more nearby", 67),
                    PatternStart::LongWord => ("every run of 26 letters and digits or more", 3),
                    PatternStart::AtSign => ("every `@`", 8),
                    PatternStart::MixedWord => ("every word with letters and digits", 206),
                    PatternStart::Filler => return,
                };
                let message = format!(
                    "this pattern has no literal: it is tried at {begins}, some {often} times in 17,000 words of chat, and each costs 0.1 µs"
                );
                let help = "where what is looked for always has a word or prefix before it, begin with that (`prefix`)";
                self.warn("slow-rule", rule, "pattern", message, help);
            }
            Kind::Shape(shape) => {
                let is_digits = shape.shape.bytes().all(|byte| !byte.is_ascii_uppercase() || byte == b'D');
                let is_checked =
                    shape.validator.is_some() || rule.exact.is_some() || !rule.rule.common.context.is_empty();
                if is_digits && !is_checked {
                    let message = "this shape has digits only and nothing checks them: every number of this length, in every message, is tried and found";
                    let help = "name a `validator`, ask for words near by (`context`), or list the values (`exact`)";
                    self.warn("slow-rule", rule, "shape", message.to_owned(), help);
                }
            }
            Kind::Marking(_) | Kind::Terms(_) | Kind::Combination(_) | Kind::File(_) => {}
        }
    }

    fn short_literals(&mut self, rule: &ResolvedRule) {
        let Kind::Pattern(pattern) = &rule.rule.kind else { return };
        let literals = literals_of(pattern, &mut self.fold);
        let key = if pattern.prefix.is_some() { "prefix" } else { "pattern" };
        let is_common = |text: &[u8]| COMMON_BEGINNINGS.split(' ').any(|beginning| beginning.as_bytes() == text);
        // A word that must end there is met far less often than one that may go on.
        let short = literals.iter().map(|literal| &literal.atom).filter(|atom| !atom.whole && is_common(&atom.text));
        let short = short.map(|atom| format!("`{}`", String::from_utf8_lossy(&atom.text))).collect::<BTreeSet<_>>();
        let beginnings = literals.iter().map(|literal| literal.atom.text.iter().take(3).collect::<Vec<_>>());
        let beginnings = beginnings.collect::<BTreeSet<_>>().len();
        if beginnings >= MANY_BEGINNINGS {
            let message = format!(
                "this pattern may begin in {} ways: it is tried at every number or word that begins so, in every message",
                beginnings
            );
            let help = "begin it with the word or sign that always stands before it (`prefix`); numbers with check digits or groups are `shape`s";
            self.warn("slow-rule", rule, key, message, help);
            return;
        }
        if short.is_empty() {
            return;
        }
        let words = short.into_iter().take(3).collect::<Vec<_>>().join(", ");
        let message = format!(
            "this pattern begins with three letters with which many words begin: it is tried at each that begins with {words}, which many messages have"
        );
        let help = "a fourth letter, or a sign behind them, makes such words rare";
        self.warn("slow-rule", rule, key, message, help);
    }

    /// A confidence that no score reaches.
    fn thresholds(&mut self, rule: &ResolvedRule) {
        let Kind::Marking(marking) = &rule.rule.kind else { return };
        let (medium, high) = (marking.score.medium, marking.score.high);
        if medium > high {
            let message = format!("medium confidence begins at {medium}, above high, which begins at {high}");
            self.warn("wrong-score", rule, "score", message, "what is nearly sure needs the higher score: `high`");
        }
    }

    /// Words that speak for a marking and take points away from it, or the other way round.
    fn weights(&mut self) {
        let policy = self.policy;
        let weighed = policy.rules.iter().filter_map(|rule| match &rule.rule.kind {
            Kind::Marking(marking) => Some(&marking.vocabularies),
            _ => None,
        });
        let weighed: BTreeSet<&String> = weighed.flatten().collect();
        for (n, vocabulary) in policy.vocabularies.iter().enumerate() {
            let (is_wrong, words, sign) = match vocabulary.role {
                Role::Cue | Role::Share => (vocabulary.weight <= 0, "for a marking", "above"),
                Role::Counter | Role::Question | Role::Mention | Role::About => {
                    (vocabulary.weight >= 0, "against a marking", "below")
                }
                Role::Origin => continue,
            };
            if is_wrong && weighed.contains(&vocabulary.id) && policy.is_own_vocabulary(n) {
                let message = format!("words of this role speak {words}, and their weight is {}", vocabulary.weight);
                let help = format!("write a `weight` {sign} zero, or another `role`");
                self.found.push(policy.remark_on_weight("wrong-weight", n, message).help(help));
            }
        }
    }

    /// What two rules look for in the same words: where both find it one covers the other, and the second says nothing.
    fn shadowed(&mut self) {
        let mut seen: BTreeMap<String, &ResolvedRule> = BTreeMap::new();
        let policy = self.policy;
        for rule in policy.rules.iter().filter(|rule| acts_alone(rule)) {
            let mut told = false;
            for (key, written) in sought(rule, &mut self.fold) {
                let Some(other) = seen.get(&written) else {
                    seen.insert(written, rule);
                    continue;
                };
                let is_same_rule = other.rule.common.id == rule.rule.common.id;
                if told || is_same_rule || !is_own(rule) {
                    continue;
                }
                told = true;
                let other = &other.rule.common.id;
                let message = format!("the rule `{other}` looks for the same as one of these {}", named(key));
                let help = format!(
                    "where both find it only one is told of; leave it to `{other}`, or change that with [overrides.\"{other}\"]"
                );
                self.warn("shadowed", rule, key, message, &help);
            }
        }
    }

    fn unused_vocabularies(&mut self) {
        let policy = self.policy;
        if policy.lacks_rules {
            return;
        }
        let mut used = BTreeSet::new();
        for rule in &policy.rules {
            used.extend(rule.rule.common.context.iter().flat_map(|context| &context.vocabularies));
            if let Kind::Marking(marking) = &rule.rule.kind {
                used.extend(&marking.vocabularies);
            }
        }
        for (n, vocabulary) in policy.vocabularies.iter().enumerate() {
            if policy.is_own_vocabulary(n) && !used.contains(&vocabulary.id) {
                let message = format!("no rule names the vocabulary `{}`", vocabulary.id);
                let diagnostic = policy.diagnose_words("unused-vocabulary", n, None, message);
                let help = "name it in `vocabularies` of a marking or of a `context`";
                self.found.push(Diagnostic { severity: Level::Warning, ..diagnostic }.help(help));
            }
        }
    }
}

/// Whether a finding of it is told of whenever it finds something.
fn acts_alone(rule: &ResolvedRule) -> bool {
    let common = &rule.rule.common;
    let is_silent = |action: &RuleAction| {
        [Confidence::Low, Confidence::Medium, Confidence::High].iter().any(|level| action.of(*level) == Action::Allow)
    };
    common.context.is_empty()
        && rule.exact.is_none()
        && common.threshold.count <= 1
        && common.threshold.distinct <= 1
        && !common.action.as_ref().is_some_and(is_silent)
}

fn named(key: &str) -> &str {
    if key == "file" { "terms" } else { key }
}

/// What a rule looks for, by key, in a form in which two spellings of one thing are one. Markings of different issuers share their
/// words, and what stands around tells whose they are: a marking's words are those of its issuer and level.
fn sought(rule: &ResolvedRule, fold: &mut FoldBuffer) -> Vec<(&'static str, String)> {
    let mut plain = |written: &str| canonical(fold.fold(written).bytes());
    match &rule.rule.kind {
        Kind::Terms(terms) => {
            let inline = terms.terms.iter().map(|term| ("terms", plain(term))).collect::<Vec<_>>();
            let listed = rule.terms.iter().map(|term| ("file", plain(term)));
            let all = inline.into_iter().chain(listed).filter(|(_, term)| !term.is_empty());
            all.map(|(key, term)| (key, format!("term {term}"))).collect()
        }
        Kind::Marking(marking) => {
            let label = &marking.marking;
            let phrases = marking.phrases.iter();
            phrases.map(|phrase| ("phrases", format!("marking {} {} {phrase}", label.issuer, label.level))).collect()
        }
        Kind::Pattern(pattern) => {
            let prefix = pattern.prefix.as_deref().unwrap_or("");
            vec![("pattern", format!("pattern {:?} {prefix}\n{}", pattern.view, pattern.pattern))]
        }
        Kind::Shape(_) | Kind::Combination(_) | Kind::File(_) => Vec::new(),
    }
}
