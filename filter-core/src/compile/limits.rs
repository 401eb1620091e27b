//! How much a policy may be: checked while it is compiled, so that one that is too large is told so with the figure and the limit,
//! at its place, before the module's memory is at an end.
//!
//! What is too large is not compiled any further. The limits for one thing (a pattern's automaton, a phrase's variants) stand with it.

use super::Compiler;
use crate::policy::ResolvedRule;

/// In the module 20,000 rules of all kinds take 166 MiB of its 256 and load in a second and a half, 10,000 take 84 MiB.
const MOST_RULES: usize = 20_000;

/// A quarter of the module's memory, for patterns and words together. The built-in policy's take 11 MiB, those of 10,000 rules of
/// which 3,000 are patterns 22 MiB; those of 10,000 tokens 52 MiB.
const MOST_AUTOMATA: usize = 64 << 20;

/// What one rule may list.
const MOST_TERMS_OF_A_RULE: usize = 100_000;

/// Of all rules. In the module they take 194 MiB, and a second and a half to load.
const MOST_TERMS: usize = 200_000;

/// What the rules that were compiled take.
#[derive(Default)]
pub(super) struct Taken {
    /// Bytes of the automata of patterns.
    automata: usize,
    terms: usize,
}

impl Taken {
    pub(super) fn is_too_much(&self) -> bool {
        self.automata > MOST_AUTOMATA || self.terms > MOST_TERMS
    }

    /// How many bytes the automaton of all words may take.
    pub(super) fn left_for_words(&self) -> usize {
        MOST_AUTOMATA.saturating_sub(self.automata)
    }
}

impl Compiler<'_> {
    /// Whether there are no more rules than there may be.
    pub(super) fn count_rules(&mut self) -> bool {
        let policy = self.policy;
        let Some(first_too_many) = policy.rules.get(MOST_RULES) else { return true };
        let message = format!("a policy may have {MOST_RULES} rules, this one has {}", policy.rules.len());
        self.error("too-many-rules", first_too_many, "id", message);
        false
    }

    /// Whether there are no more terms than there may be, with those of this rule.
    pub(super) fn count_terms(&mut self, resolved: &ResolvedRule, count: usize) -> bool {
        self.taken.terms += count;
        let message = if count > MOST_TERMS_OF_A_RULE {
            format!("a rule may have {MOST_TERMS_OF_A_RULE} terms, this one has {count}")
        } else if self.taken.terms > MOST_TERMS {
            format!("a policy may have {MOST_TERMS} terms, with this rule it has {}", self.taken.terms)
        } else {
            return true;
        };
        self.error("too-many-terms", resolved, "terms", message);
        false
    }

    /// Counts the automata of a rule's key.
    pub(super) fn count_automata(&mut self, resolved: &ResolvedRule, key: &'static str, bytes: usize) {
        self.taken.automata += bytes;
        if (self.taken.automata - bytes..self.taken.automata).contains(&MOST_AUTOMATA) {
            let message = format!(
                "up to this rule the automata of patterns take {}, and {} may",
                mebibytes(self.taken.automata),
                mebibytes(MOST_AUTOMATA)
            );
            self.error("automata-too-large", resolved, key, message).help =
                Some("use shorter repetitions, or words in rules of `terms`, which take far less".to_owned());
        }
    }

    /// Points at the longest of all lists of words.
    pub(super) fn too_many_words(&mut self, bytes: usize) {
        let length = |list: &usize| self.lists[*list].iter().map(String::len).sum::<usize>();
        let Some(longest) = (0..self.lists.len()).max_by_key(length) else { return };
        let words: usize = self.lists.iter().map(Vec::len).sum();
        let message = format!(
            "the {words} words of all vocabularies, contexts and exceptions would make an automaton of {}, the patterns' take {}, and together {} may",
            mebibytes(bytes),
            mebibytes(self.taken.automata),
            mebibytes(MOST_AUTOMATA)
        );
        let diagnostic = self.diagnose_list("automata-too-large", longest, None, message);
        self.diagnostics.push(diagnostic.help(
            "this is the longest list; what only has to be found can be a rule of `terms`, which takes far less",
        ));
    }
}

fn mebibytes(bytes: usize) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}
