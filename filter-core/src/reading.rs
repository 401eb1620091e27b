//! One field being read: each candidate of the gate is verified, and markings are weighed.
//!
//! Must not know the other fields of the message, nor what becomes of what it finds.

use core::ops::Range;

use crate::account::{Stage, Step, Weight};
use crate::engine::{Engine, FIRST_GROUPS, Literal, Matcher};
use crate::found::{Found, Raw, Said};
use crate::gate::{Candidate, Trigger, canonical, is_word};
use crate::matcher::cues::Words;
use crate::matcher::grammar::Grammar;
use crate::matcher::hearing::Hearing;
use crate::matcher::layout::{Layout, Row};
use crate::matcher::marking::{self, Cue, Label, Occurrence, Sight};
use crate::matcher::nearby::Nearby;
use crate::matcher::phrase::Phrase;
use crate::matcher::sentence::Sentences;
use crate::message::Form;
use crate::policy::model::{Role, Score, View};
use crate::text::layer::{Layer, Rewritten};
use crate::text::{Folded, Visible};
use crate::validator::Judgement;
use crate::verdict::Confidence;

impl Engine {
    /// A glance at what stands beside a candidate, before anything is set up to verify it: nearly all of them are refused by it.
    pub(crate) fn may_hold(&self, candidate: Candidate, folded: Folded<'_>) -> bool {
        let Trigger::Literal(literal) = candidate.trigger else { return true };
        let at = candidate.at as usize;
        match self.literals[literal as usize] {
            Literal::Phrase(phrase) => self.phrases[phrase as usize].phrase.may_stand(folded, at),
            Literal::Anchor { phrase, word } => {
                self.phrases[phrase as usize].phrase.may_slip(folded.bytes(), word as usize, at)
            }
            Literal::Pattern { rule, lead } => {
                let Matcher::Pattern { pattern, view, .. } = &self.rules[rule as usize].matcher else { return true };
                let lead = lead as usize;
                let folds = || at.checked_sub(lead).is_some_and(|start| pattern.may_begin(folded.bytes(), start));
                let stands = || {
                    let start = folded.to_original(at..at + 1).start.checked_sub(lead);
                    start.is_some_and(|start| pattern.may_begin(folded.original().as_bytes(), start))
                };
                match view {
                    View::Folded => folds(),
                    // Where the fold took something out, the view for secrets may have, too.
                    View::Exact => folded.has_dropped() || stands() || pattern.has_prefix() && folds(),
                }
            }
            Literal::Terms(_) | Literal::Grammar { .. } => true,
        }
    }

    /// A glance at a pattern that begins with digits, where it reads folded text.
    fn may_begin(&self, rule: u32, folded: Folded<'_>, at: usize) -> bool {
        match &self.rules[rule as usize].matcher {
            Matcher::Pattern { pattern, view: View::Folded, .. } => pattern.may_begin(folded.bytes(), at),
            _ => true,
        }
    }

    /// Whether any rule is to be verified on the text as it was written.
    pub(crate) fn wants_exact(&self, candidates: &[Candidate]) -> bool {
        candidates.iter().any(|candidate| match candidate.trigger {
            Trigger::Literal(literal) => matches!(self.literals[literal as usize], Literal::Pattern { .. }),
            Trigger::Digits => self.starts.digit_patterns.iter().any(|rule| self.reads_exact(*rule)),
            Trigger::LongWord => self.starts.long_words.iter().any(|rule| self.reads_exact(*rule)),
            Trigger::AtSign => self.starts.at_signs.iter().any(|rule| self.reads_exact(*rule)),
            Trigger::Filler => self.starts.fillers.iter().any(|rule| self.reads_exact(*rule)),
            Trigger::MixedWord => self.starts.mixed_words.iter().any(|rule| self.reads_exact(*rule)),
            Trigger::Letters(_) => false,
        })
    }

    /// How far around a candidate its finding may reach.
    pub(crate) fn reach(&self, candidate: Candidate) -> Reach {
        let Trigger::Literal(literal) = candidate.trigger else { return Reach { back: 0, forth: LONGEST_WAY } };
        match self.literals[literal as usize] {
            Literal::Terms(_) => Reach { back: 0, forth: LONGEST_WAY },
            Literal::Phrase(_) | Literal::Anchor { .. } => Reach { back: LONGEST_FIRST_WORD, forth: LONGEST_WAY },
            Literal::Pattern { rule, lead } => {
                let lookback = match &self.rules[rule as usize].matcher {
                    Matcher::Pattern { pattern, .. } => pattern.lookback(),
                    _ => 0,
                };
                Reach { back: lookback + lead as usize, forth: LONGEST_WAY }
            }
            Literal::Grammar { .. } => Reach { back: LONGEST_MARKING, forth: LONGEST_MARKING },
        }
    }

    fn reads_exact(&self, rule: u32) -> bool {
        matches!(self.rules[rule as usize].matcher, Matcher::Pattern { view: View::Exact, .. })
    }
}

/// In bytes of the text that was folded.
pub(crate) struct Reach {
    pub(crate) back: usize,
    pub(crate) forth: usize,
}

/// How far before a construct a finding may begin that has to do with it. A private key in `%0A` has one in each of its lines.
const LONGEST_WAY: usize = 128;

/// The first word of a phrase is found by its second where it has a slip, and has up to three bytes a letter.
const LONGEST_FIRST_WORD: usize = 96;

/// A block of lines that a grammar reads as one.
const LONGEST_MARKING: usize = 512;

/// One field being read.
pub(crate) struct Reading<'r> {
    pub(crate) engine: &'r Engine,
    pub(crate) field: u32,
    pub(crate) form: Form,
    pub(crate) folded: Folded<'r>,
    /// The text that was folded, where it is not the field's own.
    pub(crate) rewritten: Option<Rewritten<'r>>,
    pub(crate) visible: Visible<'r>,
    pub(crate) words: &'r mut Words,
    pub(crate) nearby: &'r mut Nearby,
    pub(crate) hearing: &'r mut Hearing,
    /// What was found in the field so far.
    pub(crate) found: &'r mut Vec<Found>,
    pub(crate) raw: &'r mut Vec<Raw>,
    /// Where each rule's last value ended: the next one begins behind it, as with any search.
    pub(crate) taken: Vec<(u32, usize)>,
    pub(crate) trace: Option<&'r mut Vec<Step>>,
    /// The vocabularies that the field's beginning has words of, once somebody has asked.
    pub(crate) origins: Option<Vec<u32>>,
}

impl Reading<'_> {
    /// Asks the rules that may begin at a place.
    pub(crate) fn verify(
        &mut self,
        candidate: Candidate,
        row: &mut Row,
        occurrences: &mut Vec<(u32, Occurrence, Vec<Box<str>>)>,
    ) {
        let at = candidate.at as usize;
        let engine = self.engine;
        match candidate.trigger {
            Trigger::Literal(literal) => match engine.literals[literal as usize] {
                Literal::Terms(terms) => self.terms(terms, at),
                Literal::Phrase(number) => {
                    let phrase = &engine.phrases[number as usize].phrase;
                    let start = phrase.start_at_hook(self.folded.bytes(), at);
                    if let Some(span) = start.and_then(|start| phrase.span_at(self.folded, start)) {
                        self.phrase(number, span, occurrences);
                    }
                }
                Literal::Anchor { phrase, word } => {
                    let entry = &engine.phrases[phrase as usize];
                    let Matcher::Marking { real_words, .. } = &engine.rules[entry.rule as usize].matcher else {
                        return;
                    };
                    if let Some(span) = entry.phrase.slip_at(self.folded.bytes(), word as usize, at, real_words) {
                        self.phrase(phrase, span, occurrences);
                    }
                }
                Literal::Pattern { rule, lead } => self.pattern(rule, lead as usize, at),
                Literal::Grammar { rule, grammar } => self.grammar(rule, grammar, at, occurrences),
            },
            Trigger::Digits => {
                self.shapes(0, at, row);
                let text = self.folded.bytes();
                let sign = text[..at].iter().rev().take(2).take_while(|b| matches!(b, b'+' | b'(')).count();
                for rule in &engine.starts.digit_patterns {
                    for at in at - sign..=at {
                        if self.trace.is_some() || engine.may_begin(*rule, self.folded, at) {
                            self.pattern(*rule, 0, at);
                        }
                    }
                }
            }
            Trigger::Letters(letters) => self.shapes(usize::from(letters), at, row),
            Trigger::LongWord => engine.starts.long_words.iter().for_each(|rule| self.pattern(*rule, 0, at)),
            Trigger::AtSign => engine.starts.at_signs.iter().for_each(|rule| self.pattern(*rule, 0, at)),
            Trigger::Filler => engine.starts.fillers.iter().for_each(|rule| self.pattern(*rule, 0, at)),
            Trigger::MixedWord => engine.starts.mixed_words.iter().for_each(|rule| self.pattern(*rule, 0, at)),
        }
    }

    /// A phrase stands in a span; what does its rule make of it?
    fn phrase(&mut self, phrase: u32, span: Range<usize>, occurrences: &mut Vec<(u32, Occurrence, Vec<Box<str>>)>) {
        let engine = self.engine;
        let entry = &engine.phrases[phrase as usize];
        match &engine.rules[entry.rule as usize].matcher {
            Matcher::Marking { caveats, .. } => {
                let mut span = span;
                // « #tlp_amber »
                span.start -= usize::from(self.folded.bytes()[..span.start].ends_with(b"#"));
                let mut names = self.caveats_within(&span, caveats);
                let own = names.len();
                // Caveats may follow one another: « DIFFUSION RESTREINTE – SPÉCIAL FRANCE – ACSSI ».
                while let Some((name, end)) = caveats.iter().find_map(|(name, phrases)| {
                    let unseen = !names.contains(name);
                    let after = |from| phrases.iter().filter(|_| unseen).find_map(|p| p.end_after(self.folded, from));
                    let found = after(span.end).or_else(|| after(self.code_word_end(span.end)?));
                    let found = found.filter(|end| self.is_stamped(span.end..*end));
                    found.map(|end| (name.clone(), end))
                }) {
                    names.push(name);
                    span.end = end;
                }
                let occurrence = Occurrence {
                    row: span.start,
                    led: entry.phrase.is_led(),
                    span,
                    abbreviation: entry.phrase.is_abbreviation(),
                    joined: names.len() > own,
                    listed: false,
                    file_name: self.form == Form::FileName,
                    layer: None,
                    label: None,
                };
                occurrences.push((entry.rule, occurrence, names));
            }
            Matcher::Pattern { .. }
            | Matcher::Shape { .. }
            | Matcher::Terms { .. }
            | Matcher::Combination(_)
            | Matcher::File(_) => {}
        }
    }

    /// Terms of one rule whose first word stands at a place.
    fn terms(&mut self, terms: u32, at: usize) {
        let entry = &self.engine.terms[terms as usize];
        let Matcher::Terms { confidence } = self.engine.rules[entry.rule as usize].matcher else { return };
        let folded = self.folded;
        entry.terms.ends_at(folded, at, |end| {
            self.found(entry.rule, at..end, confidence, canonical(&folded.bytes()[at..end]));
        });
    }

    fn grammar(
        &mut self,
        rule: u32,
        grammar: &Grammar,
        at: usize,
        occurrences: &mut Vec<(u32, Occurrence, Vec<Box<str>>)>,
    ) {
        // Every word of a block of lines is one of its heads: the first of them read it.
        if occurrences.iter().rev().take(NEIGHBOURS).any(|(r, o, _)| *r == rule && o.span.contains(&at)) {
            return;
        }
        let Some(parsed) = (grammar.parse)(self.folded, at) else {
            return self.note(rule, at..at, || Stage::NoMatch {
                asked: format!("no marking of the grammar `{}`", grammar.name),
            });
        };
        let occurrence = Occurrence {
            row: parsed.span.start,
            led: false,
            span: parsed.span,
            abbreviation: false,
            joined: false,
            listed: false,
            file_name: self.form == Form::FileName,
            layer: None,
            label: Some(Label { issuer: parsed.issuer, level: parsed.level }),
        };
        occurrences.push((rule, occurrence, parsed.caveats));
    }

    /// Where a code word ends that is set off by dashes or slashes: « TOP SECRET - UMBRA GATE - UK EYES ONLY ».
    fn code_word_end(&self, from: usize) -> Option<usize> {
        let rest = &self.folded.bytes()[from..];
        let rest = &rest[..rest.len().min(LONGEST_CODE_WORD)];
        let sign = |text: &[u8]| text.iter().take_while(|byte| b" -/".contains(byte)).count();
        let is_set_off = |text: &[u8]| text.iter().any(|byte| b"-/".contains(byte));
        let opens = sign(rest);
        let len = rest[opens..].iter().position(|byte| b"-/\n".contains(byte))?;
        let words = rest[opens..opens + len].trim_ascii_end();
        let end = opens + words.len();
        let fits =
            words.len() >= SHORTEST_CODE_WORD && words.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b' ');
        let is_capital = || {
            (from + opens..from + end).filter(|at| self.folded.bytes()[*at] != b' ').all(|at| self.folded.is_upper(at))
        };
        let closes = sign(&rest[end..]);
        (fits && is_set_off(&rest[..opens]) && is_set_off(&rest[end..end + closes]) && is_capital())
            .then_some(from + end)
    }

    /// On a new line a caveat has the line to itself: what goes on is the text (« OFFICIAL: Sensitive ⏎ Investigation into … »).
    fn is_stamped(&self, behind: Range<usize>) -> bool {
        let text = self.folded.bytes();
        let rest = &text[behind.end..text.len().min(behind.end + 64)];
        let line = rest.split(|byte| *byte == b'\n').next().unwrap_or(rest);
        !text[behind].contains(&b'\n')
            || !line.iter().any(|byte| is_word(*byte))
            || line.starts_with(b" -")
            || line.starts_with(b" :")
    }

    /// Caveats that a phrase holds itself: « TS-SF », « SPÉCIAL FRANCE – DIFFUSION RESTREINTE ».
    fn caveats_within(&self, span: &Range<usize>, caveats: &[(Box<str>, Vec<Phrase>)]) -> Vec<Box<str>> {
        let text = self.folded.bytes();
        let begins_word = |at: &usize| is_word(text[*at]) && (*at == span.start || !is_word(text[*at - 1]));
        let stands = |phrase: &Phrase| {
            let mut ends = span.clone().filter(begins_word).filter_map(|at| phrase.end_at(self.folded, at));
            ends.any(|end| end <= span.end)
        };
        caveats.iter().filter(|(_, phrases)| phrases.iter().any(stands)).map(|(name, _)| name.clone()).collect()
    }

    fn pattern(&mut self, rule: u32, lead: usize, at: usize) {
        let matcher = &self.engine.rules[rule as usize].matcher;
        let Matcher::Pattern { pattern, view, validator, confidence } = matcher else {
            return;
        };
        // What leads up to the literal is part of the match: « --BEGIN A--BEGIN B-- » holds one.
        let start = at.saturating_sub(lead);
        if self.is_taken(rule, start) || lead > 0 && self.is_inside_word(start) {
            return;
        }
        let span = match view {
            View::Folded => at.checked_sub(lead).and_then(|at| pattern.value_at(self.folded.bytes(), at)),
            View::Exact => {
                let original = self.folded.to_original(at..at + 1).start;
                let place = self.visible.to_visible(original).checked_sub(lead);
                place.and_then(|place| pattern.value_at(self.visible.bytes(), place)).or_else(|| {
                    // « m d p : … », « mоt de pаsse : … »: the name in disguise.
                    let end = pattern.prefix_end(self.folded.bytes(), at.checked_sub(lead)?)?;
                    let original = self.folded.to_original(end - 1..end).end;
                    pattern.value_from(self.visible.bytes(), self.visible.to_visible(original))
                })
            }
        };
        let Some(span) = span else {
            return self.note(rule, at..at, || no_match(matcher));
        };
        let text = match view {
            View::Folded => self.folded.text().get(span.clone()),
            View::Exact => self.visible.text().get(span.clone()),
        };
        // A match that ends inside a character is cut by a pattern over bytes; the value is then no text at all.
        let Some(text) = text else { return };
        let judgement = match validator {
            Some(validator) => validator.judge(text),
            None => Some(Judgement::whole(text)),
        };
        let Some((value, judgement)) = judgement.and_then(|j| Some((text.get(j.value.clone())?, j))) else {
            let name = validator.map_or("", |validator| validator.name);
            return self.note(rule, at..at, || Stage::Refused { validator: name.to_owned() });
        };
        let span = span.start + judgement.value.start..span.start + judgement.value.end;
        let original = match view {
            View::Folded => self.folded.to_original(span),
            View::Exact => self.visible.to_original(span),
        };
        let folded = self.folded.to_folded(original.start)..self.folded.to_folded(original.end);
        // The signs that cut a word are part of many a token, which is another one without them.
        if matches!(self.layer(&folded), Some(Layer::Split | Layer::Hyphenated)) {
            return;
        }
        let value = value.to_owned();
        self.found(rule, folded, judgement.confidence.min(*confidence), value);
    }

    /// Asks the shapes that may begin with so many letters and the group at a place.
    fn shapes(&mut self, letters: usize, at: usize, row: &mut Row) {
        let text = self.folded.bytes();
        let group = text[at..].iter().take(FIRST_GROUPS - 1).take_while(|byte| is_word(**byte)).count();
        let shapes = &self.engine.starts.shapes[letters][group];
        if shapes.ends.is_empty() && shapes.any.is_empty() {
            return;
        }
        let layout = row.layout(text, at, shapes.longest);
        if self.trace.is_some() {
            // Whoever asks for an account is told of each rule.
            let mut rules: Vec<u32> =
                shapes.ends.iter().flat_map(|(_, rules)| rules).chain(&shapes.any).copied().collect();
            rules.sort_unstable();
            rules.dedup();
            return rules.into_iter().for_each(|rule| self.shape(rule, at, layout.as_ref()));
        }
        let Some(layout) = layout else { return };
        for (ends, rules) in &shapes.ends {
            if layout.allows(*ends) {
                rules.iter().for_each(|rule| self.shape(*rule, at, Some(&layout)));
            }
        }
        shapes.any.iter().for_each(|rule| self.shape(*rule, at, Some(&layout)));
    }

    fn shape(&mut self, rule: u32, at: usize, layout: Option<&Layout<'_>>) {
        let matcher = &self.engine.rules[rule as usize].matcher;
        let Matcher::Shape { shape, confidence, grouped } = matcher else { return };
        match layout.and_then(|layout| shape.value_in(self.folded.bytes(), layout)) {
            // By another of its groups, or before.
            Some(_) if self.is_taken(rule, at) => {}
            Some(found) => {
                let confidence = if found.grouped { *grouped } else { *confidence };
                self.found(rule, at..found.end, confidence, found.value);
            }
            None => self.note(rule, at..at, || no_match(matcher)),
        }
    }

    /// Whether a word goes on here. Where the gate looks for a host (« api »), the scheme before it need not begin a word.
    fn is_inside_word(&self, at: usize) -> bool {
        let text = self.folded.bytes();
        at > 0 && text.get(at).is_some_and(|byte| is_word(*byte)) && is_word(text[at - 1])
    }

    fn is_taken(&self, rule: u32, at: usize) -> bool {
        self.taken.iter().any(|(taken, end)| *taken == rule && at < *end)
    }

    /// A value stands in a span of folded text.
    fn found(&mut self, rule: u32, span: Range<usize>, confidence: Confidence, value: String) {
        self.taken.retain(|(taken, _)| *taken != rule);
        self.taken.push((rule, span.end));
        self.found.push(Found { rule, span, confidence, value, said: Said::default() });
    }

    /// Scores the markings of the field, longest first where several rules read the same words.
    pub(crate) fn weigh(&mut self, occurrences: &mut Vec<(u32, Occurrence, Vec<Box<str>>)>) {
        if occurrences.is_empty() {
            return;
        }
        // Of a phrase and an abbreviation on the same words the abbreviation, which is the stricter reading, speaks.
        occurrences
            .sort_by_key(|(rule, o, _)| (o.span.start, core::cmp::Reverse(o.span.end), *rule, !o.led, !o.abbreviation));
        drop_inner(self.folded.bytes(), occurrences);
        let levels: Vec<u8> = occurrences.iter().map(|(rule, occurrence, _)| self.level(*rule, occurrence)).collect();
        let affinities: Vec<i32> = occurrences.iter().map(|(rule, ..)| self.affinity(*rule)).collect();
        let text = self.folded.bytes();
        let groups = Group::all_of(occurrences);
        let windows: Vec<Range<usize>> = groups.iter().map(|group| group.span.clone()).collect();
        let sentences = Sentences::around_spans(text, &windows);
        let windows = windows.iter().map(|span| sentences.hearing_distance(span));
        self.hearing.read(text, &self.engine.cues, windows);
        // How far each rule has read; at most one entry a rule, so that a thousand markings cost a thousand steps.
        let mut read: Vec<(u32, usize)> = Vec::new();
        let mut sight: Option<Sight<'_>> = None;
        let mut at = 0;
        for (number, (rule, mut occurrence, caveats)) in occurrences.drain(..).enumerate() {
            match read.iter_mut().find(|(r, _)| *r == rule) {
                Some((_, end)) if occurrence.span.end <= *end => continue,
                Some((_, end)) => *end = occurrence.span.end,
                None => read.push((rule, occurrence.span.end)),
            }
            while groups[at].members.end <= number {
                at += 1;
            }
            // Whose it is comes first: a question in one issuer's language is none in another's, whose rule would find it.
            if affinities[groups[at].members.clone()].iter().any(|other| *other > affinities[number]) {
                self.note(rule, occurrence.span, || Stage::OtherIssuer);
                continue;
            }
            let (before, after) = (&groups[at.saturating_sub(NEIGHBOURS)..at], &groups[at + 1..]);
            let neighbours = || before.iter().chain(after.iter().take(NEIGHBOURS));
            occurrence.joined |= neighbours().any(|other| stand_together(self.folded, &occurrence.span, &other.span));
            for Group { span, .. } in before.iter().rev() {
                if span.end <= occurrence.row
                    && stand_together(self.folded, span, &(occurrence.row..occurrence.span.end))
                {
                    occurrence.row = span.start;
                }
            }
            occurrence.listed = neighbours().any(|other| {
                let conjunction = conjunction(self.folded, &occurrence.span, &other.span);
                levels[other.members.clone()].iter().any(|level| match conjunction {
                    Conjunction::None => false,
                    Conjunction::Comma => levels[number] != *level && levels[number].min(*level) > 0,
                    Conjunction::Word => levels[number].min(*level) > 0,
                })
            });
            let Matcher::Marking { weights, .. } = &self.engine.rules[rule as usize].matcher else {
                continue;
            };
            occurrence.layer = self.layer(&occurrence.span);
            let seen = match sight.take().filter(|sight| sight.is_of(&occurrence)) {
                Some(seen) => seen,
                None => Sight::of(self.folded, &occurrence, &sentences),
            };
            let seen = sight.insert(seen);
            let mut account = Vec::new();
            let tracing = self.trace.is_some();
            let score = marking::score(self.folded, &occurrence, seen, weights, self.hearing, &mut |cue, weight| {
                if tracing {
                    account.push(describe(self.engine, cue, weight));
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
                let Score { high, medium, .. } = weights.score;
                Stage::Score { total: score, high, medium, cues: account }
            });
            if let Some(confidence) = confidence {
                let said = Said { caveats, label: occurrence.label, affinity: affinities[number] };
                let span = occurrence.span;
                self.found.push(Found { rule, span, confidence, value: String::new(), said });
            }
        }
    }

    /// How high a marking is; 0 for caveats.
    fn level(&self, rule: u32, occurrence: &Occurrence) -> u8 {
        let label = self.engine.rules[rule as usize].marking.as_ref();
        occurrence.label.map_or_else(|| label.map_or(0, |label| label.level), |label| label.level)
    }

    /// How much the field's language and subject speak for a rule's issuer: read once a field, and only for what was found.
    fn affinity(&mut self, rule: u32) -> i32 {
        let engine = self.engine;
        let Matcher::Marking { weights, .. } = &engine.rules[rule as usize].matcher else {
            return 0;
        };
        let speaking = weights.vocabularies.iter().filter(|weighted| weighted.role == Role::Origin);
        if speaking.clone().next().is_none() {
            return 0;
        }
        let Self { words, origins, folded, .. } = self;
        let origins = origins.get_or_insert_with(|| {
            let text = folded.bytes();
            words.read(&text[..text.len().min(ORIGIN_BYTES)]);
            let mut seen = Vec::new();
            engine.cues.for_each(words, |list| {
                if !seen.contains(&list) {
                    seen.push(list);
                }
            });
            seen
        });
        speaking.filter(|weighted| origins.contains(&weighted.number)).map(|weighted| weighted.weight).sum()
    }

    pub(crate) fn note(&mut self, rule: u32, folded: Range<usize>, stage: impl FnOnce() -> Stage) {
        if self.trace.is_none() {
            return;
        }
        let layer = self.layer(&folded);
        let span = self.place(folded);
        if let Some(trace) = &mut self.trace
            && (self.rewritten.is_none() || layer.is_some())
        {
            trace.push(Step { rule, field: self.field, span, layer, stage: stage() });
        }
    }

    /// Where a span of folded text stands in the field.
    pub(crate) fn place(&self, folded: Range<usize>) -> Range<usize> {
        let span = self.folded.to_original(folded);
        self.rewritten.map_or(span.clone(), |rewritten| rewritten.to_original(span))
    }

    /// The construct that a span of folded text touches.
    pub(crate) fn layer(&self, folded: &Range<usize>) -> Option<Layer> {
        self.rewritten?.touched(self.folded.to_original(folded.clone()))
    }
}

/// A longer marking on the same words is what they mean: « TOP SECRET » is not also « SECRET ». Sorted by start, longest first.
fn drop_inner(text: &[u8], occurrences: &mut Vec<(u32, Occurrence, Vec<Box<str>>)>) {
    // Of those that hold others the one that reaches furthest. What goes on over a line's end may be two things (« SECRET ⏎ Defence
    // Intelligence ») and holds nothing.
    let mut furthest: Range<usize> = 0..0;
    occurrences.retain(|(_, occurrence, _)| {
        let span = &occurrence.span;
        let is_inner = span.end <= furthest.end && span.len() < furthest.len();
        if !is_inner && span.end > furthest.end && !text[span.clone()].contains(&b'\n') {
            furthest = span.clone();
        }
        !is_inner
    });
}

/// « SECRET-U-… » has none.
const SHORTEST_CODE_WORD: usize = 3;

/// A code word of two words, with what sets it off.
const LONGEST_CODE_WORD: usize = 40;

/// How many markings to either side are asked whether they stand together.
const NEIGHBOURS: usize = 8;

/// What several rules read in the same words.
struct Group {
    span: Range<usize>,
    /// Which of the field's occurrences they are.
    members: Range<usize>,
}

impl Group {
    /// Of occurrences in order of their place.
    fn all_of(occurrences: &[(u32, Occurrence, Vec<Box<str>>)]) -> Vec<Self> {
        let mut start = 0;
        let groups = occurrences.chunk_by(|(_, one, _), (_, other, _)| one.span == other.span);
        groups
            .map(|group| {
                let members = start..start + group.len();
                start = members.end;
                Self { span: group[0].1.span.clone(), members }
            })
            .collect()
    }
}

/// Enough to tell a language by.
const ORIGIN_BYTES: usize = 2048;

/// Two markings with nothing but separators between them.
fn stand_together(folded: Folded<'_>, one: &Range<usize>, other: &Range<usize>) -> bool {
    let text = folded.bytes();
    let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
    let apart = first.end < second.start && second.start - first.end <= 5;
    let is_apart = |byte: &u8| is_word(*byte) || *byte == b',';
    apart && !text[first.end..second.start].iter().any(is_apart) && !points(folded, first.end..second.start)
}

/// « NATO SECRET ↔ SEGRETO »: an arrow, of which the fold makes a space.
fn points(folded: Folded<'_>, between: Range<usize>) -> bool {
    let original = folded.original().get(folded.to_original(between)).unwrap_or("");
    !original.is_ascii() && original.contains(|c| matches!(c, '\u{2190}'..='\u{21FF}' | '\u{27F5}'..='\u{27FF}'))
        || original.contains("->")
}

/// What stands between two things that are named in a row.
enum Conjunction {
    None,
    Comma,
    /// « et », « or », « de RESTREINT à SECRET », « = » and arrows.
    Word,
}

fn conjunction(folded: Folded<'_>, one: &Range<usize>, other: &Range<usize>) -> Conjunction {
    let text = folded.bytes();
    let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
    if first.end >= second.start || second.start - first.end > LONGEST_CONJUNCTION {
        return Conjunction::None;
    }
    let between = &text[first.end..second.start];
    let is_border = |byte: &u8| b" \t\"'`*()[]".contains(byte);
    let start = between.iter().take_while(|byte| is_border(byte)).count();
    let end = between.len() - between[start..].iter().rev().take_while(|byte| is_border(byte)).count();
    match &between[start..end] {
        b"," => Conjunction::Comma,
        word if CONJUNCTIONS.contains(&word) => Conjunction::Word,
        _ if points(folded, first.end..second.start) => Conjunction::Word,
        _ => Conjunction::None,
    }
}

/// With spaces and quotes around.
const LONGEST_CONJUNCTION: usize = 12;

const CONJUNCTIONS: &[&[u8]] = &[
    b"=", b"et", b"ou", b"and", b"or", b"und", b"oder", b"vs", b"versus", b"y", b"e", b"o", b"en", b"of", b"ni",
    b"than", b"a", b"to", b"bis", b"tot", b"through", b"hasta", b"fino a", b"jusqu'a",
];

fn describe(engine: &Engine, cue: Cue, weight: i32) -> Weight {
    let name = match cue {
        Cue::Cased => "in capitals or capitalised",
        Cue::Uncased => "in small letters",
        Cue::Abbreviation => "abbreviated",
        Cue::OwnLine => "on its own line",
        Cue::Segment => "set off on its line",
        Cue::Enclosed => "enclosed",
        Cue::Heading => "behind the first word of its line",
        Cue::Begins => "at the head of its line",
        Cue::Joined => "beside a marking or caveat",
        Cue::Capitals => "stands out in capitals",
        Cue::OneOfTwo => "one of two words with a slash between",
        Cue::Listed => "one of several levels in a row",
        Cue::SpeltOut => "beside other words that it stands for",
        Cue::Disguised => "disguised",
        Cue::Content => "before a colon with words behind",
        Cue::Quoted => "before a colon and a quotation",
        Cue::Cited => "in a sentence that is quoted",
        Cue::Numbers => "among numbers",
        Cue::Bare => "nothing is told or handed over",
        Cue::Nearby => "handed over in the next sentence",
        Cue::Playful => "beside a smiley",
        Cue::Vocabulary(list) => &engine.vocabulary_ids[list as usize],
    };
    Weight { cue: name.to_owned(), weight }
}

/// What is said of a candidate that is none.
fn no_match(matcher: &Matcher) -> Stage {
    let asked = match matcher {
        Matcher::Marking { .. } => "no marking here",
        Matcher::Pattern { .. } => "the pattern does not match here",
        Matcher::Shape { .. } => "no value of this shape, or its check digits are wrong",
        Matcher::Terms { .. } | Matcher::Combination(_) | Matcher::File(_) => "not here",
    };
    Stage::NoMatch { asked: asked.to_owned() }
}
