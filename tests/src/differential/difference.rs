//! Both engines on one message, and the shortest message on which they still differ.

use std::collections::BTreeSet;

use filter_core::policy::model::Kind;
use filter_core::{Attributes, Engine, Field, Form, Scratch, Stage};

use super::plain::{Place, Plain};

/// Both engines.
pub struct Comparison<'e> {
    engine: &'e Engine,
    plain: Plain,
    scratch: Scratch,
}

/// What one finds and the other does not, on a message that cannot be made shorter by leaving out some of it.
pub struct Difference {
    /// The message.
    pub text: String,
    /// One line for each place.
    pub lines: Vec<String>,
}

impl<'e> Comparison<'e> {
    /// Of an engine and the plain definitions of its policy.
    #[must_use]
    pub fn new(engine: &'e Engine) -> Self {
        Self { engine, plain: Plain::new(engine.policy()), scratch: Scratch::new() }
    }

    /// How many places there are in a message, or on what the engines differ.
    ///
    /// # Errors
    /// When they do.
    pub fn compare(&mut self, text: &str, form: Form) -> Result<usize, Difference> {
        let (gated, plain) = self.both(text, form);
        if gated == plain { Ok(plain.len()) } else { Err(self.minimise(text.to_owned(), form)) }
    }

    fn both(&mut self, text: &str, form: Form) -> (BTreeSet<Place>, BTreeSet<Place>) {
        let rules = &self.engine.policy().rules;
        let (_, steps) = self.engine.explain(&mut self.scratch, &[Field { text, form }], &Attributes::default());
        let reached = steps.iter().filter(|step| match (&rules[step.rule as usize].rule.kind, &step.stage) {
            (Kind::Marking(_), stage) => matches!(stage, Stage::Score { .. } | Stage::OtherIssuer),
            (Kind::Pattern(_) | Kind::Shape(_) | Kind::Terms(_), stage) => {
                matches!(stage, Stage::Excepted { .. } | Stage::Dropped { .. } | Stage::Found { .. })
            }
            (Kind::Combination(_) | Kind::File(_), _) => false,
        });
        let gated = reached.map(|step| (step.rule as usize, step.span.start, step.span.end)).collect();
        (gated, self.plain.places(text, form))
    }

    /// Leaves out halves, quarters … as long as some rule is still found by one engine only.
    fn minimise(&mut self, mut text: String, form: Form) -> Difference {
        let rules = |comparison: &mut Self, text: &str| -> BTreeSet<usize> {
            let (gated, plain) = comparison.both(text, form);
            gated.symmetric_difference(&plain).map(|place| place.0).collect()
        };
        let meant = rules(self, &text);
        let mut length = text.chars().count();
        while length > 0 {
            let mut at = 0;
            while at < text.chars().count() {
                let without: String =
                    text.chars().enumerate().filter(|(n, _)| *n < at || at + length <= *n).map(|(_, c)| c).collect();
                if rules(self, &without).is_disjoint(&meant) {
                    at += length;
                } else {
                    text = without;
                }
            }
            length /= 2;
        }
        let (gated, plain) = self.both(&text, form);
        let line = |who: &str, (rule, start, end): &Place| {
            format!("{} {who} at {start}..{end}", self.engine.policy().rules[*rule].rule.common.id)
        };
        let mut lines: Vec<String> = gated.difference(&plain).map(|place| line("gated only", place)).collect();
        lines.extend(plain.difference(&gated).map(|place| line("plain only", place)));
        Difference { text, lines }
    }
}
