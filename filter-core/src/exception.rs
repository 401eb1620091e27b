//! What a rule lets pass by the value itself, asked while its field is read, since that needs the text.
//!
//! Where the message goes, who sends it and what sort of event it is are asked once it has been read: `conclusion`.

use core::ops::Range;

use crate::engine::Matcher;
use crate::found::Found;
use crate::gate::canonical;
use crate::matcher::except::Exception;
use crate::matcher::pattern;
use crate::reading::Reading;

impl Reading<'_> {
    /// The exception that lets a value pass.
    pub(crate) fn exception(&mut self, found: &Found) -> Option<Exception> {
        let rule = &self.engine.rules[found.rule as usize];
        let except = &rule.except;
        let Range { start, end } = found.span;
        let folded = &self.folded.bytes()[start..end];
        if !except.values.is_empty() && except.values.contains(&canonical(folded)) {
            return Some(Exception::Value);
        }
        if let Some(patterns) = &except.patterns {
            let text = match rule.matcher {
                Matcher::Pattern { .. } | Matcher::Shape { .. } => found.value.as_bytes(),
                Matcher::Marking { .. } | Matcher::Terms { .. } | Matcher::Combination(_) | Matcher::File(_) => folded,
            };
            if pattern::is_in(patterns, text) {
                return Some(Exception::Pattern);
            }
        }
        if let Some(terms) = except.terms {
            self.words.read(folded);
            let mut has_term = false;
            self.engine.cues.for_each(self.words, |list| has_term |= list == terms);
            if has_term {
                return Some(Exception::Term);
            }
        }
        None
    }
}
