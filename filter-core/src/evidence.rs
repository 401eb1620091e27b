//! Evidence near what was found: words are looked for while a field is read, what other rules found once the message is.
//!
//! Contexts of one rule are judged together: those that support first, then those that speak against, so that the order in which
//! they are written does not matter.

use core::ops::Range;

use crate::account::Stage;
use crate::engine::{Context, Matcher, Rule};
use crate::found::{Found, Near, Raw, offset};
use crate::matcher::listing;
use crate::matcher::nearby::{Effect, Nearby};
use crate::policy::model::Side;
use crate::reading::Reading;
use crate::verdict::{Confidence, Place};

/// What is told of a context. Findings of other rules are not among the evidence yet.
fn stage(context: &Context, number: usize, evidence: u32) -> Stage {
    let effect = match context.effect {
        Effect::Support { .. } => "support",
        Effect::Exclude { .. } => "exclude",
    };
    Stage::Context { context: number + 1, effect, evidence, at_least: context.at_least }
}

/// What is left of a finding: a confidence, or the number of the context that speaks against it.
type Judgement = Result<Confidence, usize>;

/// Judges all contexts of a rule; `seen` says how much evidence each has.
fn judge(contexts: &[Context], confidence: Confidence, seen: impl Fn(usize) -> u32) -> Judgement {
    let supports = |context: &Context| matches!(context.effect, Effect::Support { .. });
    let mut confidence = confidence;
    for first in [true, false] {
        for (number, context) in contexts.iter().enumerate().filter(|(_, context)| supports(context) == first) {
            confidence = context.effect.on(confidence, seen(number) >= context.at_least).ok_or(number)?;
        }
    }
    Ok(confidence)
}

/// With something found in every so many bytes the windows around hold all of the text: a table of numbers, each of which may be one
/// of many things. To measure their windows took a tenth of the time.
const DENSE: usize = 64;

fn asks_rules(contexts: &[Context]) -> bool {
    contexts.iter().any(|context| !context.rules.is_empty())
}

impl Reading<'_> {
    /// Looks for the evidence of everything that was found in the field, and hands on what is left.
    pub(crate) fn settle(&mut self) {
        if self.found.is_empty() {
            return;
        }
        let text = self.folded.bytes();
        let rules = &self.engine.rules;
        let mut every = core::mem::take(self.found);
        // Where no construct is touched the field's own text has been read already.
        every.retain(|found| self.rewritten.is_none() || self.layer(&found.span).is_some());
        every.retain(|found| {
            let Some(exact) = &rules[found.rule as usize].exact else { return true };
            let is_listed = exact.has(&text[found.span.clone()]);
            if !is_listed {
                let asked = "its value is not one of those listed".to_owned();
                self.note(found.rule, found.span.clone(), || Stage::NoMatch { asked });
            }
            is_listed
        });
        every.retain(|found| {
            let exception = self.exception(found);
            if let Some(exception) = exception {
                self.note(found.rule, found.span.clone(), || Stage::Excepted { by: exception });
            }
            exception.is_none()
        });
        if every.len() * DENSE >= text.len() {
            self.nearby.read(text, &self.engine.cues, core::iter::once(0..text.len()));
        } else {
            let windows = every.iter().flat_map(|found| {
                let contexts = rules[found.rule as usize].contexts.iter();
                contexts.filter(|c| !c.lists.is_empty()).map(|context| context.reach.around(text, &found.span))
            });
            self.nearby.read(text, &self.engine.cues, windows);
        }
        let mut listed: Vec<(u32, usize, Range<usize>)> = Vec::new();
        for found in every.drain(..) {
            let contexts = &rules[found.rule as usize].contexts;
            let words = |nearby: &Nearby, number: usize| {
                if nearby.is_silent() {
                    return 0;
                }
                let context = &contexts[number];
                let mut window = context.reach.around(text, &found.span);
                // Of the names before a value the nearest is its own: « fatura com NIF … » gives a tax number, not that of an invoice.
                let mut keyed = window.start == 0 && context.reach.side != Side::After;
                if matches!(context.effect, Effect::Exclude { .. }) && context.reach.side == Side::Before {
                    let names = contexts.iter().filter(|context| matches!(context.effect, Effect::Support { .. }));
                    for name in names {
                        let reach = name.reach.around(text, &found.span);
                        if let Some(end) = nearby.last_before(&name.lists, &reach, &found.span) {
                            window.start = window.start.max(end);
                        }
                        keyed &= window.start == 0 && !nearby.is_key(&name.lists);
                    }
                }
                nearby.count(&context.lists, &window, &found.span, keyed, context.at_least)
            };
            let mut near = Vec::new();
            let mut confidence = found.confidence;
            if self.trace.is_some() {
                let seen: Vec<Stage> =
                    (0..contexts.len()).map(|n| stage(&contexts[n], n, words(self.nearby, n))).collect();
                seen.into_iter().for_each(|stage| self.note(found.rule, found.span.clone(), || stage));
            }
            if asks_rules(contexts) {
                let view = |number: usize| {
                    let window = self.place(contexts[number].reach.around(text, &found.span));
                    Near { words: words(self.nearby, number), window: offset(window.start)..offset(window.end) }
                };
                near = (0..contexts.len()).map(view).collect();
            } else {
                match judge(contexts, confidence, |number| words(self.nearby, number)) {
                    Ok(left) => confidence = left,
                    Err(number) => {
                        self.note(found.rule, found.span, || Stage::Dropped { context: number + 1 });
                        continue;
                    }
                }
            }
            self.note(found.rule, found.span.clone(), || Stage::Found { confidence });
            let around = rules[found.rule as usize].part_of.iter().filter_map(|combination| {
                let Matcher::Combination(combination) = &rules[*combination as usize].matcher else { return None };
                let window = self.place(combination.reach?.around(text, &found.span));
                Some(offset(window.start)..offset(window.end))
            });
            let around = around.collect();
            if rules[found.rule as usize].threshold.joined {
                listed.push((found.rule, self.raw.len(), found.span.clone()));
            }
            let span = self.place(found.span);
            let place = Place { field: self.field, start: offset(span.start), end: offset(span.end) };
            let Found { rule, value, said, .. } = found;
            self.raw.push(Raw { rule, place, confidence, value, said, near, item: None, around });
        }
        self.itemize(listed);
        // Its space serves the next field.
        *self.found = every;
    }

    /// Finds the items in which the first and the last value of each list stand: rule, number of the value, span.
    fn itemize(&mut self, mut listed: Vec<(u32, usize, Range<usize>)>) {
        listed.sort_by_key(|(rule, _, span)| (*rule, span.start));
        for list in listed.chunk_by(|(a, ..), (b, ..)| a == b) {
            let [(_, first, _), .., (_, last, _)] = list else { continue };
            let spans: Vec<Range<usize>> = list.iter().map(|(.., span)| span.clone()).collect();
            let whole = self.place(listing::whole(self.folded.bytes(), &spans));
            let (start, end) = (offset(whole.start), offset(whole.end));
            let raw = &mut self.raw[*first];
            raw.item = Some(start.min(raw.place.start)..raw.place.end);
            let raw = &mut self.raw[*last];
            raw.item = Some(raw.place.start..end.max(raw.place.end));
        }
    }
}

/// Judges what asks for other rules' findings, all on the same view of the message: what one loses is still evidence for another.
pub(crate) fn ask_others(rules: &[Rule], raw: &mut Vec<Raw>, mut drop: impl FnMut(&Raw, Stage)) {
    if raw.iter().all(|raw| raw.near.is_empty()) {
        return;
    }
    raw.sort_by(|a, b| (&a.place, a.rule).cmp(&(&b.place, b.rule)));
    let judged: Vec<Judgement> = raw.iter().map(|this| judge_with_others(rules, raw, this)).collect();
    let mut judged = judged.into_iter();
    raw.retain_mut(|raw| match judged.next() {
        Some(Ok(confidence)) => {
            raw.confidence = confidence;
            true
        }
        Some(Err(number)) => {
            drop(raw, Stage::Dropped { context: number + 1 });
            false
        }
        None => true,
    });
}

fn judge_with_others(rules: &[Rule], raw: &[Raw], this: &Raw) -> Judgement {
    if this.near.is_empty() {
        return Ok(this.confidence);
    }
    let contexts = &rules[this.rule as usize].contexts;
    judge(contexts, this.confidence, |number| {
        let (context, near) = (&contexts[number], &this.near[number]);
        let from =
            raw.partition_point(|other| (other.place.field, other.place.start) < (this.place.field, near.window.start));
        let inside = raw[from..]
            .iter()
            .take_while(|other| other.place.field == this.place.field && other.place.start < near.window.end)
            .filter(|other| other.place.end <= near.window.end && context.rules.contains(&other.rule))
            .filter(|other| other.place.end <= this.place.start || this.place.end <= other.place.start);
        let mut seen: Vec<(u32, &str)> = Vec::new();
        for other in inside {
            if near.words + offset(seen.len()) >= context.at_least {
                break;
            }
            if !seen.contains(&(other.rule, &other.value)) {
                seen.push((other.rule, &other.value));
            }
        }
        near.words + offset(seen.len())
    })
}
