//! All rules of a policy, each by its plain definition.

use std::collections::BTreeSet;

use filter_core::Form;
use filter_core::policy::Policy;
use filter_core::policy::model::Kind;
use filter_core::text::layer::{Layer, LayerBuffer, Naming, Rewritten};
use filter_core::text::{FoldBuffer, VisibleBuffer};

use super::marking::{Marking, Occurrence, weighed};
use super::pattern::Pattern;
use super::phrase::{Phrase, Phrases};
use super::shape::Shape;

/// Rule, start and end, in the message as it was sent.
pub(super) type Place = (usize, usize, usize);

/// An engine without a gate.
pub struct Plain {
    rules: Vec<Definition>,
    fold: FoldBuffer,
    visible: VisibleBuffer,
    layers: LayerBuffer,
}

enum Definition {
    Marking(Marking),
    Pattern(Pattern),
    Shape(Shape),
    Terms(Phrases),
    /// What looks at no text.
    Other,
}

impl Plain {
    /// The rules of a policy that loads.
    #[must_use]
    pub fn new(policy: &Policy) -> Self {
        let mut fold = FoldBuffer::new();
        let rules = policy.rules.iter().map(|resolved| match &resolved.rule.kind {
            Kind::Marking(written) => Definition::Marking(Marking::new(written, &mut fold)),
            Kind::Pattern(written) => Definition::Pattern(Pattern::new(written)),
            Kind::Shape(written) => Definition::Shape(Shape::new(written)),
            Kind::Terms(written) => {
                let mut phrases = Phrases::default();
                for term in written.terms.iter().chain(&resolved.terms) {
                    Phrase::all(term, &mut fold).into_iter().for_each(|phrase| phrases.add(phrase));
                }
                Definition::Terms(phrases)
            }
            Kind::Combination(_) | Kind::File(_) => Definition::Other,
        });
        Self {
            rules: rules.collect(),
            fold: FoldBuffer::new(),
            visible: VisibleBuffer::new(),
            layers: LayerBuffer::default(),
        }
    }

    /// Every place in a message.
    pub(super) fn places(&mut self, text: &str, form: Form) -> BTreeSet<Place> {
        let mut places = BTreeSet::new();
        self.read(text, None, &mut places);
        let mut layers = core::mem::take(&mut self.layers);
        let naming = if form == Form::FileName { Naming::Capitals } else { Naming::Free };
        if let Some(rewritten) = layers.rewrite(text, naming) {
            self.read(rewritten.text(), Some(rewritten), &mut places);
        }
        self.layers = layers;
        places
    }

    fn read(&mut self, text: &str, rewritten: Option<Rewritten<'_>>, places: &mut BTreeSet<Place>) {
        let folded = self.fold.fold(text);
        let visible = self.visible.show(text);
        let layer = |span: &core::ops::Range<usize>| {
            rewritten.and_then(|rewritten| rewritten.touched(folded.to_original(span.clone())))
        };
        let mut markings: Vec<Occurrence> = Vec::new();
        let mut found: Vec<(usize, core::ops::Range<usize>)> = Vec::new();
        for (number, rule) in self.rules.iter().enumerate() {
            match rule {
                Definition::Marking(marking) => markings.extend(marking.occurrences(number, folded)),
                Definition::Pattern(pattern) => {
                    // The signs that cut a word are part of many a token. And where a long one is touched far behind its beginning
                    // by a construct, it is not read again.
                    let may = |begins: usize, span: &core::ops::Range<usize>| {
                        let begins = folded.to_original(begins..begins + 1).start;
                        !matches!(layer(span), Some(Layer::Split | Layer::Hyphenated))
                            && rewritten.is_none_or(|rewritten| {
                                rewritten
                                    .touched(begins.saturating_sub(pattern.lookback())..begins + LONGEST_WAY)
                                    .is_some()
                            })
                    };
                    found.extend(pattern.values(folded, visible, may).into_iter().map(|span| (number, span)));
                }
                Definition::Shape(shape) => {
                    found.extend(shape.values(folded.bytes()).into_iter().map(|span| (number, span)));
                }
                Definition::Terms(phrases) => {
                    found.extend(phrases.places(folded).into_iter().map(|(span, _)| (number, span)));
                }
                Definition::Other => {}
            }
        }
        found.extend(weighed(folded.bytes(), markings).into_iter().map(|marking| (marking.rule, marking.span)));
        for (rule, span) in found {
            // A layer only adds: what touches no construct has been found in the text as it stands.
            if rewritten.is_some() && layer(&span).is_none() {
                continue;
            }
            let span = folded.to_original(span);
            let span = rewritten.map_or(span.clone(), |rewritten| rewritten.to_original(span));
            places.insert((rule, span.start, span.end));
        }
    }
}

/// How far before a construct a pattern may begin that has to do with it.
const LONGEST_WAY: usize = 128;
