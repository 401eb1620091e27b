//! The life of a message inside the engine, from top to bottom.
//!
//! Each field is folded; the gate names the places where a rule might begin, which for most messages are none; the rules are verified
//! there and nowhere else; what they found is mapped back to the text as it was sent. Then the whole message is looked at: one value
//! in several places is one finding, what another finding covers is dropped, counts and exceptions apply, and the policy says what
//! is to happen.
//!
//! Scanning cannot fail, reads no clock and remembers nothing: the same fields always get the same outcome.

use core::ops::Range;

use crate::engine::{Engine, Evidence, Literal, Matcher, Rule, canonical};
use crate::gate::{Candidate, Masks, Trigger};
use crate::matcher::cues::Words;
use crate::matcher::marking::{self, Cue, Occurrence};
use crate::policy::model::View;
use crate::text::{FoldBuffer, Folded, Visible, VisibleBuffer};
use crate::verdict::{Action, Confidence, Finding, Marking, Place, Severity};

/// Where a field's text comes from, as far as that changes how it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// What people write.
    #[default]
    Prose,
    /// The name of a file: a marking in it counts as one on its own line.
    FileName,
    /// The name of a member.
    Key,
    /// A number's literal.
    Number,
}

/// A piece of a message.
#[derive(Clone, Copy)]
pub struct Field<'t> {
    /// What is read.
    pub text: &'t str,
    /// Where it comes from.
    pub form: Form,
}

impl core::fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "<{} bytes, {:?}>", self.text.len(), self.form)
    }
}

/// What a policy may make depend on besides the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Attributes<'t> {
    /// Where the message goes.
    pub room: Option<&'t str>,
    /// Who sends it: `@name:server`.
    pub sender: Option<&'t str>,
}

/// Space that scans reuse; one for each thread.
#[derive(Default)]
pub struct Scratch {
    fold: FoldBuffer,
    visible: VisibleBuffer,
    masks: Masks,
    candidates: Vec<Candidate>,
    occurrences: Vec<(u32, Occurrence, Vec<Box<str>>)>,
    words: Words,
    raw: Vec<Raw>,
}

/// What a scan came to.
#[derive(Debug)]
pub struct Outcome {
    /// In order of field, place and rule.
    pub findings: Vec<Finding>,
    /// The highest action of all findings.
    pub action: Action,
    /// The same with the mode `enforce` and mature rules.
    pub would: Action,
    /// The work budget ran out: not everything was looked at.
    pub truncated: bool,
}

/// What became of one candidate, for [`Engine::explain`].
#[derive(Clone, Debug)]
pub struct Step {
    /// Index of the rule.
    pub rule: u32,
    /// Index of the field.
    pub field: u32,
    /// Byte offsets into the field's text.
    pub span: Range<usize>,
    /// In words; names cues and numbers, never text.
    pub outcome: String,
}

/// A message of up to this many bytes is always looked at in full.
pub const NEVER_TRUNCATED: usize = 64 << 10;

/// Beyond that: places verified for each KiB of text. A KiB of prose has some 180 words, few of which any rule begins with; a
/// flood of `mdp=` has 256 words that three rules begin with each.
const PLACES_PER_KIB: usize = 400;

/// A value in one place, before the message is looked at as a whole.
struct Raw {
    rule: u32,
    place: Place,
    confidence: Confidence,
    value: String,
    caveats: Vec<Box<str>>,
}

impl Scratch {
    /// Empty; it grows to what the messages need.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Engine {
    /// Reads a message.
    pub fn scan(&self, scratch: &mut Scratch, fields: &[Field<'_>], attributes: &Attributes<'_>) -> Outcome {
        self.run(scratch, fields, attributes, None)
    }

    /// Reads a message and tells what became of every candidate.
    pub fn explain(
        &self,
        scratch: &mut Scratch,
        fields: &[Field<'_>],
        attributes: &Attributes<'_>,
    ) -> (Outcome, Vec<Step>) {
        let mut steps = Vec::new();
        let outcome = self.run(scratch, fields, attributes, Some(&mut steps));
        (outcome, steps)
    }

    fn run(
        &self,
        scratch: &mut Scratch,
        fields: &[Field<'_>],
        attributes: &Attributes<'_>,
        mut trace: Option<&mut Vec<Step>>,
    ) -> Outcome {
        scratch.raw.clear();
        let bytes: usize = fields.iter().map(|field| field.text.len()).sum();
        let mut budget =
            if bytes <= NEVER_TRUNCATED { usize::MAX } else { bytes.div_ceil(1024).saturating_mul(PLACES_PER_KIB) };
        let mut truncated = false;
        for (number, field) in fields.iter().enumerate() {
            let Scratch { fold, visible, masks, candidates, occurrences, words, raw } = scratch;
            let folded = fold.fold(field.text);
            self.gate.candidates(folded, masks, candidates);
            if candidates.is_empty() {
                continue;
            }
            if candidates.len() > budget {
                candidates.truncate(budget);
                truncated = true;
            }
            budget -= candidates.len().min(budget);
            let mut reading = Reading {
                engine: self,
                field: u32::try_from(number).unwrap_or(u32::MAX),
                form: field.form,
                folded,
                visible: visible.show(if self.wants_exact(candidates) { field.text } else { "" }),
                words,
                raw,
                taken: Vec::new(),
                trace: trace.as_deref_mut(),
            };
            occurrences.clear();
            for candidate in candidates.iter() {
                reading.verify(*candidate, occurrences);
            }
            reading.weigh(occurrences);
        }
        self.conclude(&mut scratch.raw, attributes, truncated, trace)
    }
}

impl Engine {
    /// Whether any rule is to be verified on the text as it was written.
    fn wants_exact(&self, candidates: &[Candidate]) -> bool {
        candidates.iter().any(|candidate| match candidate.trigger {
            Trigger::Literal(literal) => matches!(self.literals[literal as usize], Literal::Pattern { .. }),
            Trigger::Digits | Trigger::LettersDigits => false,
        })
    }
}

/// One field being read.
struct Reading<'r> {
    engine: &'r Engine,
    field: u32,
    form: Form,
    folded: Folded<'r>,
    visible: Visible<'r>,
    words: &'r mut Words,
    raw: &'r mut Vec<Raw>,
    /// Where each rule's last value ended: the next one begins behind it, as with any search.
    taken: Vec<(u32, usize)>,
    trace: Option<&'r mut Vec<Step>>,
}

impl Reading<'_> {
    /// Asks the rules that may begin at a place.
    fn verify(&mut self, candidate: Candidate, occurrences: &mut Vec<(u32, Occurrence, Vec<Box<str>>)>) {
        let at = candidate.at as usize;
        let engine = self.engine;
        match candidate.trigger {
            Trigger::Literal(literal) => match engine.literals[literal as usize] {
                Literal::Phrase(phrase) => self.phrase(phrase, at, occurrences),
                Literal::Pattern { rule, lead } => self.pattern(rule, lead as usize, at),
            },
            Trigger::Digits => engine.digit_shapes.iter().for_each(|rule| self.shape(*rule, at)),
            Trigger::LettersDigits => engine.letter_shapes.iter().for_each(|rule| self.shape(*rule, at)),
        }
    }

    fn phrase(&mut self, phrase: u32, at: usize, occurrences: &mut Vec<(u32, Occurrence, Vec<Box<str>>)>) {
        let engine = self.engine;
        let entry = &engine.phrases[phrase as usize];
        let Some(end) = entry.phrase.end_at(self.folded, at) else {
            return;
        };
        match &engine.rules[entry.rule as usize].matcher {
            Matcher::Marking { caveats, .. } => {
                let mut span = at..end;
                let mut names: Vec<Box<str>> = Vec::new();
                // Caveats may follow one another: « DIFFUSION RESTREINTE – SPÉCIAL FRANCE – ACSSI ».
                while let Some((name, end)) = caveats.iter().find_map(|(name, phrases)| {
                    let unseen = !names.contains(name);
                    let found = phrases.iter().filter(|_| unseen).find_map(|p| p.end_after(self.folded, span.end));
                    found.map(|end| (name.clone(), end))
                }) {
                    names.push(name);
                    span.end = end;
                }
                let occurrence = Occurrence {
                    span,
                    abbreviation: entry.phrase.is_abbreviation(),
                    joined: !names.is_empty(),
                    file_name: self.form == Form::FileName,
                };
                occurrences.push((entry.rule, occurrence, names));
            }
            Matcher::Terms { evidence } => {
                let value = canonical(&self.folded.bytes()[at..end]);
                self.found(entry.rule, at..end, evidence, value);
            }
            Matcher::Pattern { .. } | Matcher::Shape { .. } => {}
        }
    }

    fn pattern(&mut self, rule: u32, lead: usize, at: usize) {
        let Matcher::Pattern { pattern, view, validator, evidence } = &self.engine.rules[rule as usize].matcher else {
            return;
        };
        if self.is_taken(rule, at) {
            return;
        }
        let span = match view {
            View::Folded => at.checked_sub(lead).and_then(|at| pattern.value_at(self.folded.bytes(), at)),
            View::Exact => {
                let original = self.folded.to_original(at..at + 1).start;
                let at = self.visible.to_visible(original).checked_sub(lead);
                at.and_then(|at| pattern.value_at(self.visible.bytes(), at))
            }
        };
        let Some(span) = span else {
            return self.note(rule, at..at, || "the pattern does not match here".to_owned());
        };
        let (text, original) = match view {
            View::Folded => (self.folded.text().get(span.clone()), self.folded.to_original(span)),
            View::Exact => (self.visible.text().get(span.clone()), self.visible.to_original(span)),
        };
        // A match that ends inside a character is cut by a pattern over bytes; the value is then no text at all.
        let Some(text) = text else { return };
        let folded = self.folded.to_folded(original.start)..self.folded.to_folded(original.end);
        if let Some(validator) = validator
            && !(validator.accepts)(text)
        {
            return self.note(rule, folded, || format!("the validator `{}` refuses the value", validator.name));
        }
        let value = text.to_owned();
        self.found(rule, folded, evidence, value);
    }

    fn shape(&mut self, rule: u32, at: usize) {
        let Matcher::Shape { shape, evidence } = &self.engine.rules[rule as usize].matcher else {
            return;
        };
        if self.is_taken(rule, at) {
            return;
        }
        match shape.value_at(self.folded.bytes(), at) {
            Some((end, value)) => self.found(rule, at..end, evidence, value),
            None => self.note(rule, at..at, || "no value of this shape, or its check digits are wrong".to_owned()),
        }
    }

    fn is_taken(&self, rule: u32, at: usize) -> bool {
        self.taken.iter().any(|(taken, end)| *taken == rule && at < *end)
    }

    /// A value stands in a span of folded text; is there context?
    fn found(&mut self, rule: u32, span: Range<usize>, evidence: &Evidence, value: String) {
        let mut confidence = evidence.confidence;
        if let Some(context) = &evidence.context {
            let text = self.folded.bytes();
            let window = span.start.saturating_sub(context.within)..text.len().min(span.end + context.within);
            self.words.read(&text[window.clone()], span.start - window.start..span.end - window.start);
            let mut near = false;
            self.engine.cues.for_each(self.words, |list, _| near |= context.vocabularies.contains(&list));
            if near {
                confidence = confidence.max(context.confidence);
            } else if context.required {
                return self.note(rule, span, || "no context word near by".to_owned());
            }
        }
        self.note(rule, span.clone(), || format!("found, {} confidence", confidence.as_str()));
        self.taken.retain(|(taken, _)| *taken != rule);
        self.taken.push((rule, span.end));
        self.keep(rule, &span, confidence, value, Vec::new());
    }

    /// Scores the markings of the field, longest first where several rules read the same words.
    fn weigh(&mut self, occurrences: &mut Vec<(u32, Occurrence, Vec<Box<str>>)>) {
        if occurrences.is_empty() {
            return;
        }
        // Of a phrase and an abbreviation on the same words the abbreviation, which is the stricter reading, speaks.
        occurrences.sort_by_key(|(rule, o, _)| (o.span.start, core::cmp::Reverse(o.span.end), *rule, !o.abbreviation));
        let spans: Vec<Range<usize>> = occurrences.iter().map(|(_, o, _)| o.span.clone()).collect();
        let text = self.folded.bytes();
        // How far each rule has read; at most one entry a rule, so that a thousand markings cost a thousand steps.
        let mut read: Vec<(u32, usize)> = Vec::new();
        for (number, (rule, mut occurrence, caveats)) in occurrences.drain(..).enumerate() {
            match read.iter_mut().find(|(r, _)| *r == rule) {
                Some((_, end)) if occurrence.span.end <= *end => continue,
                Some((_, end)) => *end = occurrence.span.end,
                None => read.push((rule, occurrence.span.end)),
            }
            let neighbours = &spans[number.saturating_sub(NEIGHBOURS)..spans.len().min(number + NEIGHBOURS)];
            occurrence.joined |= neighbours.iter().any(|other| stand_together(text, &occurrence.span, other));
            let Matcher::Marking { weights, .. } = &self.engine.rules[rule as usize].matcher else {
                continue;
            };
            let mut account = String::new();
            let tracing = self.trace.is_some();
            let score =
                marking::score(self.folded, &occurrence, weights, &self.engine.cues, self.words, &mut |cue, weight| {
                    if tracing {
                        account.push_str(&describe(self.engine, cue, weight));
                    }
                });
            let confidence = if score >= weights.score.high {
                Some(Confidence::High)
            } else if score >= weights.score.medium {
                Some(Confidence::Medium)
            } else {
                None
            };
            self.note(rule, occurrence.span.clone(), || {
                let needed = &weights.score;
                format!("score {score} ({account}); high from {}, medium from {}", needed.high, needed.medium)
            });
            if let Some(confidence) = confidence {
                self.keep(rule, &occurrence.span, confidence, String::new(), caveats);
            }
        }
    }

    fn keep(
        &mut self,
        rule: u32,
        folded: &Range<usize>,
        confidence: Confidence,
        value: String,
        caveats: Vec<Box<str>>,
    ) {
        let span = self.folded.to_original(folded.clone());
        let place = Place { field: self.field, start: offset(span.start), end: offset(span.end) };
        self.raw.push(Raw { rule, place, confidence, value, caveats });
    }

    fn note(&mut self, rule: u32, folded: Range<usize>, outcome: impl FnOnce() -> String) {
        if let Some(trace) = &mut self.trace {
            let span = self.folded.to_original(folded);
            trace.push(Step { rule, field: self.field, span, outcome: outcome() });
        }
    }
}

/// How many markings to either side are asked whether they stand together: several rules may read the same words.
const NEIGHBOURS: usize = 8;

/// Two markings with nothing but separators between them.
fn stand_together(text: &[u8], one: &Range<usize>, other: &Range<usize>) -> bool {
    let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
    let apart = first.end < second.start && second.start - first.end <= 5;
    apart && !text[first.end..second.start].iter().any(|byte| crate::gate::is_word(*byte) || *byte == b',')
}

fn describe(engine: &Engine, cue: Cue, weight: i32) -> String {
    let name = match cue {
        Cue::Cased => "in capitals or capitalised",
        Cue::Uncased => "in small letters",
        Cue::Abbreviation => "abbreviated",
        Cue::OwnLine => "on its own line",
        Cue::Segment => "set off on its line",
        Cue::Enclosed => "enclosed",
        Cue::Joined => "beside a marking or caveat",
        Cue::Capitals => "stands out in capitals",
        Cue::Vocabulary(list) => &engine.vocabulary_ids[list as usize],
    };
    format!("{name} {weight:+}; ")
}

impl Engine {
    /// From values in places to the findings of a message.
    fn conclude(
        &self,
        raw: &mut Vec<Raw>,
        attributes: &Attributes<'_>,
        truncated: bool,
        mut trace: Option<&mut Vec<Step>>,
    ) -> Outcome {
        if raw.is_empty() {
            return Outcome { findings: Vec::new(), action: Action::Allow, would: Action::Allow, truncated };
        }
        let mut drop = |raw: &Raw, why: &str| {
            if let Some(trace) = &mut trace {
                let span = raw.place.start as usize..raw.place.end as usize;
                let (rule, field) = (raw.rule, raw.place.field);
                trace.push(Step { rule, field, span, outcome: format!("dropped: {why}") });
            }
            false
        };
        raw.retain(|raw| {
            let except = &self.rules[raw.rule as usize].except;
            if except.lets_pass(attributes.room, attributes.sender) {
                return drop(raw, "an exception for the room, the sender or the server");
            }
            if except.lets_value_pass(&canonical(raw.value.to_lowercase().as_bytes())) {
                return drop(raw, "an exception for the value");
            }
            true
        });
        raw.sort_by(|a, b| (&a.place, a.rule).cmp(&(&b.place, b.rule)));
        let covered = self.covered(raw);
        let mut position = 0;
        raw.retain(|raw| {
            position += 1;
            !covered[position - 1] || drop(raw, "another finding covers it")
        });

        let mut findings = self.group(raw);
        findings.retain(|finding| {
            let threshold = self.rules[finding.rule as usize].threshold;
            if threshold.count <= 1 && threshold.distinct <= 1 {
                return true;
            }
            let same = || raw.iter().filter(|raw| raw.rule == finding.rule);
            let distinct: std::collections::BTreeSet<&str> = same().map(|raw| raw.value.as_str()).collect();
            same().count() >= threshold.count as usize && distinct.len() >= threshold.distinct as usize
        });
        for finding in &mut findings {
            self.decide(finding, attributes);
        }
        findings.sort_by(|a, b| (&a.places[0], a.rule).cmp(&(&b.places[0], b.rule)));
        Outcome {
            action: findings.iter().map(|f| f.action).max().unwrap_or(Action::Allow),
            would: findings.iter().map(|f| f.would).max().unwrap_or(Action::Allow),
            findings,
            truncated,
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
                if contains(other, this) && rank(other) >= rank(this) {
                    covered[i] = true;
                } else if contains(this, other) && rank(this) >= rank(other) {
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
        let mut by_value: std::collections::BTreeMap<(u32, &str), usize> = std::collections::BTreeMap::new();
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
                    places: Vec::new(),
                    marking,
                };
                findings.push(finding);
            }
            let finding = &mut findings[at];
            finding.confidence = finding.confidence.max(raw.confidence);
            finding.places.push(raw.place.clone());
            if let Some(marking) = &mut finding.marking {
                marking.caveats.extend(raw.caveats.iter().cloned());
                marking.caveats.sort();
                marking.caveats.dedup();
            }
        }
        findings
    }

    /// The table of `docs/policies.md`, « Which action », from its second row on.
    fn decide(&self, finding: &mut Finding, attributes: &Attributes<'_>) {
        let rule: &Rule = &self.rules[finding.rule as usize];
        let carried = finding.marking.as_ref().is_some_and(|marking| self.may_carry(attributes.room, marking));
        finding.would = if carried { Action::Allow } else { rule.action(finding.confidence) };
        finding.action = self.cap(rule, finding.would);
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

#[expect(clippy::cast_possible_truncation, reason = "a text is at most 64 MiB long")]
fn offset(n: usize) -> u32 {
    n as u32
}
