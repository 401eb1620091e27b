//! From a resolved policy to an engine: each rule's matcher, and the literals that the gate looks for.
//!
//! Whatever cannot be compiled is a diagnostic at its place; all of them are told at once.

mod combination;
mod evidence;
mod limits;

use std::collections::BTreeMap;

use limits::Taken;

use crate::engine::{ENGINE_VERSION, Engine, FIRST_GROUPS, Literal, Matcher, Rule, RulePhrase, RuleTerms, Starts};
use crate::gate::{Atom, Gate, MIN_DIGITS, Wanted, is_word};
use crate::matcher::cues::{Cues, CuesError};
use crate::matcher::files::Files;
use crate::matcher::grammar;
use crate::matcher::layout::MAX_LENGTH;
use crate::matcher::marking::{MOST_VOCABULARIES, Weighted, Weights};
use crate::matcher::pattern::{MAX_BYTES, Pattern};
use crate::matcher::phrase::Phrase;
use crate::matcher::shape::Shape;
use crate::matcher::terms::{MOST_OTHERS, Terms};
use crate::policy::model::{self, Kind, PatternStart, RuleAction};
use crate::policy::{
    At, Bundle, Diagnostic, Level, LoadError, MOST_DIAGNOSTICS, Policy, ResolvedRule, did_you_mean, resolve,
    says_enough,
};
use crate::text::FoldBuffer;
use crate::validator::{self, Validator};
use crate::verdict::{Confidence, Row};

pub(crate) struct Parts {
    rules: Vec<Rule>,
    gate: Gate,
    cues: Cues,
    phrases: Vec<RulePhrase>,
    terms: Vec<RuleTerms>,
    literals: Vec<Literal>,
    starts: Starts,
    vocabulary_ids: Vec<String>,
    combinations: Vec<u32>,
    files: Vec<u32>,
}

/// A policy that loaded, and what deserves a look in it all the same.
pub struct Loaded {
    /// The engine.
    pub engine: Engine,
    /// Remarks, none of them an error.
    pub warnings: Vec<Diagnostic>,
}

impl Engine {
    /// Compiles a policy.
    ///
    /// # Errors
    /// As [`resolve`], and [`LoadError::Invalid`] for rules that cannot be compiled.
    pub fn load(bundle: &Bundle) -> Result<Loaded, LoadError> {
        let (policy, mut diagnostics) = resolve(bundle, ENGINE_VERSION)?;
        let engine = Compiler::new(&policy, &mut diagnostics).run();
        match engine {
            Some(parts) if diagnostics.iter().all(|d| d.severity != Level::Error) => {
                Ok(Loaded { engine: parts.finish(policy), warnings: diagnostics })
            }
            _ => {
                // In the order in which their author meets them, whichever stage found them.
                diagnostics.sort_by(|a, b| (&a.path, a.line, a.column).cmp(&(&b.path, b.line, b.column)));
                diagnostics.truncate(MOST_DIAGNOSTICS);
                Err(LoadError::Invalid(diagnostics))
            }
        }
    }
}

impl Parts {
    pub(crate) fn finish(self, policy: Policy) -> Engine {
        let Self { rules, gate, cues, phrases, terms, literals, starts, vocabulary_ids, combinations, files } = self;
        Engine { policy, rules, gate, cues, phrases, terms, literals, starts, vocabulary_ids, combinations, files }
    }
}

pub(crate) struct Compiler<'p> {
    policy: &'p Policy,
    diagnostics: &'p mut Vec<Diagnostic>,
    fold: FoldBuffer,
    /// Word lists: the policy's vocabularies, then those that rules bring themselves.
    lists: Vec<Vec<String>>,
    list_ids: Vec<String>,
    /// The key in which each of the rules' own lists stands.
    list_keys: Vec<&'static str>,
    by_id: BTreeMap<&'p str, u32>,
    rules_by_id: BTreeMap<&'p str, u32>,
    phrases: Vec<RulePhrase>,
    terms: Vec<RuleTerms>,
    literals: Vec<Literal>,
    atoms: Vec<(Atom, u32)>,
    starts: Starts,
    wanted: Wanted,
    taken: Taken,
}

impl<'p> Compiler<'p> {
    pub(crate) fn new(policy: &'p Policy, diagnostics: &'p mut Vec<Diagnostic>) -> Self {
        Self {
            diagnostics,
            fold: FoldBuffer::new(),
            lists: policy.vocabularies.iter().map(|v| v.words.clone()).collect(),
            list_ids: policy.vocabularies.iter().map(|v| v.id.clone()).collect(),
            list_keys: Vec::new(),
            by_id: policy.vocabularies.iter().enumerate().map(|(n, v)| (v.id.as_str(), number(n))).collect(),
            rules_by_id: policy.rules.iter().enumerate().map(|(n, r)| (r.rule.common.id.as_str(), number(n))).collect(),
            policy,
            phrases: Vec::new(),
            terms: Vec::new(),
            literals: Vec::new(),
            atoms: Vec::new(),
            starts: Starts::default(),
            wanted: Wanted::default(),
            taken: Taken::default(),
        }
    }

    pub(crate) fn run(mut self) -> Option<Parts> {
        let policy = self.policy;
        if !self.count_rules() {
            return None;
        }
        let mut rules = Vec::new();
        for resolved in &policy.rules {
            if says_enough(self.diagnostics) {
                return None;
            }
            let matcher = self.matcher(number(rules.len()), resolved);
            // A rule that is wrong is looked at to its end, so that all of its mistakes are told; no engine comes of it.
            let matcher = matcher.unwrap_or(Matcher::Terms { confidence: Confidence::High });
            rules.push(self.rule(resolved, matcher));
            if self.taken.is_too_much() {
                return None;
            }
        }
        let combinations = self.order();
        let is_about_files = |rule: &Rule| matches!(rule.matcher, Matcher::File(_));
        let files = (0..).zip(&rules).filter(|(_, rule)| is_about_files(rule)).map(|(n, _)| n).collect();
        combination::tell_parts(&mut rules);
        let cues = match Cues::new(&self.lists, self.taken.left_for_words(), &mut self.fold) {
            Ok(cues) => cues,
            Err(CuesError::Word(_)) => {
                self.bad_words();
                return None;
            }
            Err(CuesError::TooLarge(bytes)) => {
                self.too_many_words(bytes);
                return None;
            }
        };
        let gate = Gate::new(&self.atoms, self.wanted);
        Some(Parts {
            rules,
            gate,
            cues,
            phrases: self.phrases,
            terms: self.terms,
            literals: self.literals,
            starts: self.starts,
            vocabulary_ids: self.list_ids,
            combinations,
            files,
        })
    }

    /// Says of every word of a list what is wrong with it. One automaton for each word, which only a broken policy pays for.
    fn bad_words(&mut self) {
        for (list, words) in self.lists.iter().enumerate() {
            for (n, word) in words.iter().enumerate() {
                let Err(CuesError::Word(error)) = Cues::new(&[vec![word.clone()]], usize::MAX, &mut self.fold) else {
                    continue;
                };
                let diagnostic = self.diagnose_list("bad-phrase", list, Some(n), format!("`{word}` {error}"));
                self.diagnostics.push(diagnostic);
            }
        }
    }

    fn diagnose_list(&self, code: &'static str, list: usize, word: Option<usize>, message: String) -> Diagnostic {
        let own = self.policy.vocabularies.len();
        let rule = self.policy.rules.iter().find(|rule| rule.rule.common.id == self.list_ids[list]);
        match rule {
            Some(rule) if list >= own => {
                self.policy.diagnose(Level::Error, code, rule, self.list_keys[list - own], message)
            }
            _ => self.policy.diagnose_words(code, list, word, message),
        }
    }

    fn rule(&mut self, resolved: &ResolvedRule, matcher: Matcher) -> Rule {
        let common = &resolved.rule.common;
        let action = |confidence| {
            common.action.map_or_else(|| self.policy.actions.of(common.severity), |action| action.of(confidence))
        };
        Rule {
            id: common.id.as_str().into(),
            title: common.title.clone(),
            messages: common.messages.clone(),
            category: common.category.as_str().into(),
            severity: common.severity,
            actions: [Confidence::Low, Confidence::Medium, Confidence::High].map(action),
            actions_row: match common.action {
                Some(RuleAction::By(_)) => Row::ByConfidence,
                Some(RuleAction::One(_)) => Row::ByRule,
                None => Row::BySeverity,
            },
            maturity: common.maturity,
            threshold: common.threshold,
            except: self.except(resolved),
            marking: match &resolved.rule.kind {
                Kind::Marking(rule) => Some(rule.marking.clone()),
                Kind::Pattern(rule) => self.label(resolved, rule.marking.as_ref()),
                Kind::Terms(rule) => self.label(resolved, rule.marking.as_ref()),
                Kind::Shape(_) | Kind::Combination(_) | Kind::File(_) => None,
            },
            part_of: Vec::new(),
            exact: resolved.exact.clone(),
            contexts: (0..)
                .zip(&common.context)
                .filter_map(|(n, written)| self.context(resolved, n, written))
                .collect(),
            matcher,
        }
    }

    /// What a finding says as a marking, for rules that need not be one.
    fn label(&mut self, resolved: &ResolvedRule, label: Option<&model::MarkingLabel>) -> Option<model::MarkingLabel> {
        let label = label?;
        if label.level > 4 {
            let message = format!("a level goes from 0 to 4, this is {}", label.level);
            self.error("bad-level", resolved, "marking", message);
        }
        Some(label.clone())
    }

    fn error(
        &mut self,
        code: &'static str,
        rule: &ResolvedRule,
        at: impl Into<At>,
        message: String,
    ) -> &mut Diagnostic {
        let diagnostic = self.policy.diagnose(Level::Error, code, rule, at, message);
        self.diagnostics.push(diagnostic);
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    fn matcher(&mut self, rule: u32, resolved: &ResolvedRule) -> Option<Matcher> {
        match &resolved.rule.kind {
            Kind::Marking(marking) => self.marking(rule, resolved, marking),
            Kind::Pattern(pattern) => self.pattern(rule, resolved, pattern),
            Kind::Shape(shape) => self.shape(rule, resolved, shape),
            Kind::Terms(terms) => self.terms(rule, resolved, terms),
            Kind::Combination(combination) => self.combination(resolved, combination),
            Kind::File(file) => self.file(resolved, file),
        }
    }

    fn file(&mut self, resolved: &ResolvedRule, written: &model::FileRule) -> Option<Matcher> {
        if written.types.is_empty() && written.extensions.is_empty() {
            let message = "a rule about files needs `types` or `extensions`; `types = [\"*\"]` means all".to_owned();
            self.error("empty-rule", resolved, "types", message);
        }
        for (key, entries) in [("types", &written.types), ("extensions", &written.extensions)] {
            for (n, entry) in entries.iter().enumerate() {
                let inner = entry.strip_suffix('*').filter(|_| key == "types").unwrap_or(entry);
                let is_wrong =
                    entry.is_empty() || inner.contains(['*', ' ']) || key == "extensions" && inner.starts_with('.');
                if is_wrong {
                    let message = format!(
                        "`{entry}` is no type like `application/pdf` or `image/*`, or no extension like `docx`"
                    );
                    self.error("bad-file", resolved, (key, n), message);
                }
            }
        }
        Some(Matcher::File(Files::new(written)))
    }

    fn marking(&mut self, rule: u32, resolved: &ResolvedRule, marking: &model::MarkingRule) -> Option<Matcher> {
        if marking.phrases.is_empty() && marking.abbreviations.is_empty() && marking.grammar.is_none() {
            let message = "a marking needs `phrases`, `abbreviations` or a `grammar`".to_owned();
            self.error("empty-rule", resolved, "phrases", message);
        }
        if let Some(name) = &marking.grammar {
            self.grammar(rule, resolved, name);
        }
        if marking.marking.level > 4 {
            let message = format!("a level goes from 0 to 4, this is {}", marking.marking.level);
            self.error("bad-level", resolved, "marking", message);
        }
        for (n, written) in marking.phrases.iter().enumerate() {
            for phrase in self.phrase(resolved, ("phrases", n), written) {
                if marking.typos.is_some() {
                    self.add_anchors(&phrase);
                }
                self.add_phrase(rule, phrase);
            }
        }
        let real = marking.typos.iter().flat_map(|typos| &typos.except);
        let real_words = real.map(|word| self.fold.fold(word).bytes().into()).collect();
        for (n, written) in marking.abbreviations.iter().enumerate() {
            match Phrase::compile_cased(written, &mut self.fold) {
                Ok(phrase) => self.add_phrase(rule, phrase),
                Err(error) => {
                    self.error("bad-phrase", resolved, ("abbreviations", n), format!("`{written}` {error}"));
                }
            }
        }
        let mut caveats = Vec::new();
        for (name, written) in &marking.caveats {
            let mut phrases = Vec::new();
            for written in written {
                // « SF » means something in capitals only, « spécial france » in any case.
                if written.chars().any(char::is_uppercase) {
                    match Phrase::compile_cased(written, &mut self.fold) {
                        Ok(phrase) => phrases.push(phrase),
                        Err(error) => {
                            self.error("bad-phrase", resolved, "caveats", format!("`{written}` {error}"));
                        }
                    }
                } else {
                    phrases.extend(self.phrase(resolved, "caveats", written));
                }
            }
            caveats.push((name.as_str().into(), phrases));
        }
        if marking.vocabularies.len() > MOST_VOCABULARIES {
            let message = format!(
                "a marking may name {MOST_VOCABULARIES} vocabularies, this one names {}",
                marking.vocabularies.len()
            );
            self.error("too-many-vocabularies", resolved, "vocabularies", message).help =
                Some("words of one role, weight and distance can stand in one vocabulary".to_owned());
        }
        let mut vocabularies = Vec::new();
        for (n, id) in marking.vocabularies.iter().enumerate() {
            if let Some(number) = self.vocabulary(resolved, ("vocabularies", n), id) {
                let vocabulary = &self.policy.vocabularies[number as usize];
                let model::Vocabulary { role, weight, within, side, .. } = *vocabulary;
                vocabularies.push(Weighted { number, role, weight, within, side });
            }
        }
        Some(Matcher::Marking { weights: Weights::new(marking.score, vocabularies), caveats, real_words })
    }

    fn grammar(&mut self, rule: u32, resolved: &ResolvedRule, name: &str) {
        let Some(grammar) = grammar::find(name) else {
            let known: Vec<&str> = grammar::GRAMMARS.iter().map(|grammar| grammar.name).collect();
            let help = match did_you_mean(name, known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("known: {}", known.join(", ")),
            };
            self.error("unknown-grammar", resolved, "grammar", format!("there is no grammar `{name}`")).help =
                Some(help);
            return;
        };
        for head in grammar.heads {
            let whole = head.bytes().all(is_word);
            self.atoms.push((Atom { text: head.as_bytes().into(), whole }, number(self.literals.len())));
            self.literals.push(Literal::Grammar { rule, grammar });
        }
    }

    fn phrase(&mut self, resolved: &ResolvedRule, at: impl Into<At>, written: &str) -> Vec<Phrase> {
        match Phrase::compile(written, &mut self.fold) {
            Ok(phrases) => phrases,
            Err(error) => {
                self.error("bad-phrase", resolved, at, format!("`{written}` {error}"));
                Vec::new()
            }
        }
    }

    /// For the phrase that is added next.
    fn add_anchors(&mut self, phrase: &Phrase) {
        for (word, atom) in phrase.anchors() {
            self.atoms.push((atom, number(self.literals.len())));
            self.literals.push(Literal::Anchor { phrase: number(self.phrases.len()), word: number(word) });
        }
    }

    fn add_phrase(&mut self, rule: u32, phrase: Phrase) {
        let literal = number(self.literals.len());
        self.atoms.push((phrase.atom(), literal));
        self.literals.push(Literal::Phrase(number(self.phrases.len())));
        self.phrases.push(RulePhrase { rule, phrase });
    }

    fn pattern(&mut self, rule: u32, resolved: &ResolvedRule, written: &model::PatternRule) -> Option<Matcher> {
        let validator = self.validator(resolved, written.validator.as_deref());
        if written.longest > MAX_BYTES {
            let message = format!("a match may have {MAX_BYTES} bytes, this rule asks for {}", written.longest);
            self.error("too-long", resolved, "longest", message);
        }
        match Pattern::compile(written, &mut self.fold) {
            Ok((pattern, literals)) => {
                self.count_automata(resolved, "pattern", pattern.bytes());
                self.start_pattern(rule, written.start);
                for literal in literals {
                    let n = number(self.literals.len());
                    self.atoms.push((literal.atom, n));
                    self.literals.push(Literal::Pattern { rule, lead: number(literal.lead) });
                }
                Some(Matcher::Pattern {
                    pattern: Box::new(pattern),
                    view: written.view,
                    validator: validator?,
                    confidence: written.confidence,
                })
            }
            Err(error) => {
                self.error(error.code, resolved, error.key, error.message).help = Some(error.help.to_owned());
                None
            }
        }
    }

    fn shape(&mut self, rule: u32, resolved: &ResolvedRule, written: &model::ShapeRule) -> Option<Matcher> {
        let validator = self.validator(resolved, written.validator.as_deref());
        match Shape::compile(&written.shape, &written.groups, written.written, validator.flatten()) {
            Ok(shape) => {
                self.start_shape(rule, &shape);
                let confidence = written.confidence;
                Some(Matcher::Shape { shape, confidence, grouped: written.grouped.unwrap_or(confidence) })
            }
            Err(error) => {
                self.error("bad-shape", resolved, error.key, error.message);
                None
            }
        }
    }

    fn start_shape(&mut self, rule: u32, shape: &Shape) {
        let fewest = |known: Option<u32>| Some(known.map_or(shape.digits(), |n| n.min(shape.digits())));
        for letters in shape.letters() {
            let wanted = if letters == 0 { &mut self.wanted.digits } else { &mut self.wanted.letters[letters] };
            *wanted = fewest(*wanted);
            for (length, shapes) in self.starts.shapes[letters].iter_mut().enumerate().skip(1) {
                let longest = if length + 1 < FIRST_GROUPS { length } else { MAX_LENGTH };
                for length in (length..=longest).filter(|length| shape.may_begin_with(*length)) {
                    shape.ends_for(length).into_iter().for_each(|ends| shapes.add(ends, rule));
                    shapes.longest = shapes.longest.max(shape.longest());
                }
            }
        }
    }

    fn start_pattern(&mut self, rule: u32, start: PatternStart) {
        let (Starts { digit_patterns, long_words, at_signs, fillers, mixed_words, .. }, wanted) =
            (&mut self.starts, &mut self.wanted);
        match start {
            PatternStart::Literal => {}
            PatternStart::Digits => {
                wanted.digits = Some(wanted.digits.map_or(MIN_DIGITS, |n| n.min(MIN_DIGITS)));
                digit_patterns.push(rule);
            }
            PatternStart::LongWord => {
                wanted.long_words = true;
                long_words.push(rule);
            }
            PatternStart::AtSign => {
                wanted.at_signs = true;
                at_signs.push(rule);
            }
            PatternStart::Filler => {
                wanted.fillers = true;
                fillers.push(rule);
            }
            PatternStart::MixedWord => {
                wanted.mixed_words = true;
                mixed_words.push(rule);
            }
        }
    }

    fn terms(&mut self, rule: u32, resolved: &ResolvedRule, written: &model::TermsRule) -> Option<Matcher> {
        let count = written.terms.len() + resolved.terms.len();
        if count == 0 && !resolved.lacks_terms {
            self.error(
                "empty-rule",
                resolved,
                if written.file.is_some() { "file" } else { "terms" },
                "a list of terms needs `terms` or a `file` with some".to_owned(),
            );
        }
        if !self.count_terms(resolved, count) {
            return None;
        }
        let written_here = written.terms.len();
        let mut by_word: BTreeMap<Box<[u8]>, Vec<Phrase>> = BTreeMap::new();
        for (n, written) in written.terms.iter().chain(&resolved.terms).enumerate() {
            match Phrase::compile(written, &mut self.fold) {
                Ok(phrases) => {
                    for phrase in phrases {
                        by_word.entry(phrase.first_word().into()).or_default().push(phrase);
                    }
                }
                // By number: what must not be said in a room should not stand in a log of diagnostics either.
                Err(error) => {
                    let (at, what): (At, _) = match n.checked_sub(written_here) {
                        Some(n) => ("file".into(), format!("term {} of the file", n + 1)),
                        None => (("terms", n).into(), format!("term {} of the rule", n + 1)),
                    };
                    self.error("bad-phrase", resolved, at, format!("{what} {error}"));
                }
            }
        }
        for (text, phrases) in by_word {
            let terms = Terms::new(phrases);
            if terms.others() > MOST_OTHERS {
                let message =
                    format!("{} terms with signs in them begin with one word, and {MOST_OTHERS} may", terms.others());
                self.error("too-many-terms", resolved, "terms", message).help =
                    Some("terms of words alone may be as many as there are".to_owned());
            }
            self.atoms.push((Atom { text, whole: true }, number(self.literals.len())));
            self.literals.push(Literal::Terms(number(self.terms.len())));
            self.terms.push(RuleTerms { rule, terms });
        }
        Some(Matcher::Terms { confidence: written.confidence })
    }

    /// Outer `None`: named but unknown.
    fn validator(&mut self, resolved: &ResolvedRule, name: Option<&str>) -> Option<Option<&'static Validator>> {
        let Some(name) = name else { return Some(None) };
        let found = validator::find(name);
        if found.is_none() {
            let known: Vec<&str> = validator::VALIDATORS.iter().map(|v| v.name).collect();
            let help = match did_you_mean(name, known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("known: {}", known.join(", ")),
            };
            self.error("unknown-validator", resolved, "validator", format!("there is no validator `{name}`")).help =
                Some(help);
        }
        found.map(Some)
    }

    fn vocabulary(&mut self, resolved: &ResolvedRule, at: impl Into<At>, id: &str) -> Option<u32> {
        let found = self.by_id.get(id).copied();
        if found.is_none() {
            if self.policy.lacks_vocabularies {
                return None;
            }
            let meant = did_you_mean(id, self.by_id.keys().copied()).map(|meant| format!("did you mean `{meant}`?"));
            self.error("unknown-vocabulary", resolved, at, format!("there is no vocabulary `{id}`")).help = meant;
        }
        found
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a policy of four billion items does not fit any memory")]
fn number(n: usize) -> u32 {
    n as u32
}
