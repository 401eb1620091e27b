//! The life of a message inside the engine, from top to bottom.
//!
//! Each field is folded; the gate names the places where a rule might begin, which for most messages are none; the rules are verified
//! there and nowhere else; what they found is mapped back to the text as it was sent. Then the whole message is looked at: one value
//! in several places is one finding, what another finding covers is dropped, counts and exceptions apply, and the policy says what
//! is to happen.
//!
//! Scanning cannot fail, reads no clock and remembers nothing: the same fields always get the same outcome.

use crate::account::Step;
use crate::engine::Engine;
use crate::found::{Found, Raw};
use crate::gate::{Candidate, Masks, may_hide};
use crate::matcher::cues::Words;
use crate::matcher::hearing::Hearing;
use crate::matcher::layout::Row;
use crate::matcher::marking::Occurrence;
use crate::matcher::nearby::Nearby;
use crate::message::{Attributes, Field, Form};
use crate::reading::{Reach, Reading};
use crate::text::layer::{LayerBuffer, Naming, Rewritten};
use crate::text::{FoldBuffer, VisibleBuffer};
use crate::verdict::Outcome;

/// Space that scans reuse; one for each thread.
#[derive(Default)]
pub struct Scratch {
    fold: FoldBuffer,
    /// For the names under which texts were sent.
    key: FoldBuffer,
    visible: VisibleBuffer,
    layers: LayerBuffer,
    masks: Masks,
    candidates: Vec<Candidate>,
    occurrences: Vec<(u32, Occurrence, Vec<Box<str>>)>,
    words: Words,
    nearby: Nearby,
    hearing: Hearing,
    row: Row,
    found: Vec<Found>,
    raw: Vec<Raw>,
}

/// A message of up to this many bytes is always looked at in full.
pub const NEVER_TRUNCATED: usize = 64 << 10;

/// Beyond that: places verified for each KiB of text. A KiB of prose has some 180 words, few of which any rule begins with; a
/// flood of `mdp=` has 256 words that three rules begin with each.
const PLACES_PER_KIB: usize = 400;

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
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            // A name stands right before its value.
            let before = (number as usize).checked_sub(1).and_then(|before| fields.get(before));
            let key = before.filter(|before| before.form == Form::Key && field.form != Form::Key);
            let key = key.map_or("", |key| key.text);
            let mut pass = Pass { engine: self, scratch, number, form: field.form, key, budget, truncated };
            let may_hide = pass.read(field.text, None, trace.as_deref_mut());
            // Letters with spaces between, base64 …: the few texts that may hide something are read once more, rewritten.
            if may_hide || field.form == Form::FileName {
                let naming = if field.form == Form::FileName { Naming::Capitals } else { Naming::Free };
                let mut layers = core::mem::take(&mut pass.scratch.layers);
                if let Some(rewritten) = layers.rewrite(field.text, naming) {
                    pass.read(rewritten.text(), Some(rewritten), trace.as_deref_mut());
                }
                pass.scratch.layers = layers;
            }
            Pass { budget, truncated, .. } = pass;
        }
        self.find_files(fields, attributes, &mut scratch.raw);
        self.conclude(&mut scratch.raw, attributes, truncated, trace)
    }
}

/// One field's texts, as they stand and rewritten.
struct Pass<'p> {
    engine: &'p Engine,
    scratch: &'p mut Scratch,
    number: u32,
    form: Form,
    key: &'p str,
    budget: usize,
    truncated: bool,
}

impl Pass<'_> {
    /// Reads one text; answers whether there may be more in it than is seen.
    fn read(&mut self, text: &str, rewritten: Option<Rewritten<'_>>, trace: Option<&mut Vec<Step>>) -> bool {
        let Scratch {
            fold, key, visible, masks, candidates, occurrences, words, nearby, hearing, row, found, raw, ..
        } = &mut *self.scratch;
        let engine = self.engine;
        let folded = fold.fold(text);
        engine.gate.candidates(folded, masks, candidates);
        let may_hide = rewritten.is_none() && may_hide(folded, masks);
        if let Some(rewritten) = rewritten {
            candidates.retain(|candidate| {
                let at = candidate.at as usize;
                let at = folded.to_original(at..at + 1).start;
                let Reach { back, forth } = engine.reach(*candidate);
                rewritten.touched(at.saturating_sub(back)..at + forth).is_some()
            });
        }
        if candidates.is_empty() {
            return may_hide;
        }
        if candidates.len() > self.budget {
            candidates.truncate(self.budget);
            self.truncated = true;
        }
        self.budget -= candidates.len().min(self.budget);
        // Whoever asks for an account is told of each place.
        if trace.is_none() {
            candidates.retain(|candidate| engine.may_hold(*candidate, folded));
            if candidates.is_empty() {
                return may_hide;
            }
        }
        let mut reading = Reading {
            engine: self.engine,
            field: self.number,
            form: self.form,
            folded,
            rewritten,
            visible: visible.show(if self.engine.wants_exact(candidates) { text } else { "" }),
            words,
            nearby,
            hearing,
            found,
            raw,
            taken: Vec::new(),
            trace,
            origins: None,
        };
        row.clear();
        occurrences.clear();
        for candidate in candidates.iter() {
            reading.verify(*candidate, row, occurrences);
        }
        reading.weigh(occurrences);
        // Only what was found asks for names.
        let name = if reading.found.is_empty() || self.key.is_empty() { "".into() } else { in_words(self.key) };
        reading.nearby.read_key(key.fold(&name).bytes(), &self.engine.cues);
        reading.settle();
        may_hide
    }
}

/// A name as a program writes it, in words: `numeroSecu`.
fn in_words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 8);
    let mut small = false;
    for letter in name.chars() {
        if small && letter.is_uppercase() {
            words.push(' ');
        }
        small = letter.is_lowercase();
        words.push(letter);
    }
    words
}
