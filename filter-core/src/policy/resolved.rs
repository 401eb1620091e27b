//! A policy whose files have been read and put together: what the compiler and the remarks work from.
//!
//! It keeps where each thing was written, so that whoever finds a mistake in it later can point at the line.

use core::ops::Range;
use std::collections::{BTreeMap, BTreeSet};

use super::bundle::BUILTIN;
use super::diagnostic::{Diagnostic, Level};
use super::exact::Exact;
use super::model::{Actions, Carry, Header, Limits, Localised, Rule, Scope, Vocabulary};
use super::source::{Keyed, Located};

/// A rule with everything that was said about it, wherever.
#[derive(Debug)]
pub struct ResolvedRule {
    /// As written, overrides applied.
    pub rule: Rule,
    /// The terms of its `file`, one a line.
    pub terms: Vec<String>,
    /// Its `file` could not be read, which has been told.
    pub(crate) lacks_terms: bool,
    /// The values of its `exact`.
    pub(crate) exact: Option<Exact>,
    pub(crate) origin: Origin,
}

/// Where something stands in the policy's files.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) path: String,
    spans: BTreeMap<&'static str, Keyed>,
    whole: Range<usize>,
}

/// Where a vocabulary stands, as far as it is pointed at.
#[derive(Debug)]
pub(super) struct VocabularyOrigin {
    pub(super) path: String,
    pub(super) words: Keyed,
    pub(super) weight: Range<usize>,
}

/// A key of a rule, or one item of the list that it is.
#[derive(Clone, Copy)]
pub(crate) struct At {
    key: &'static str,
    item: Option<usize>,
}

impl From<&'static str> for At {
    fn from(key: &'static str) -> Self {
        Self { key, item: None }
    }
}

impl From<(&'static str, usize)> for At {
    fn from((key, item): (&'static str, usize)) -> Self {
        Self { key, item: Some(item) }
    }
}

impl Origin {
    pub(super) fn of(path: &str, located: &Located<Rule>) -> Self {
        Self {
            path: path.to_owned(),
            spans: POINTED_AT.iter().filter_map(|key| Some((*key, located.keyed(key)?))).collect(),
            whole: located.span.clone(),
        }
    }

    fn span(&self, at: At) -> Range<usize> {
        let Some(keyed) = self.spans.get(at.key) else { return self.whole.clone() };
        at.item.and_then(|item| keyed.items.get(item)).unwrap_or(&keyed.whole).clone()
    }
}

/// A policy with nothing left to look up.
#[derive(Debug, Default)]
pub struct Policy {
    /// `[policy]`
    pub header: Header,
    /// `[scope]`
    pub scope: Scope,
    /// `[actions]`
    pub actions: Actions,
    /// `[limits]`
    pub limits: Limits,
    /// `[messages]`
    pub messages: BTreeMap<String, String>,
    /// `[[carry]]`
    pub carry: Vec<Carry>,
    /// `[[vocabulary]]`, in the order of their files.
    pub vocabularies: Vec<Vocabulary>,
    /// `[[rule]]`, in the order of their files, without those switched off.
    pub rules: Vec<ResolvedRule>,
    /// `sha256:` and 64 hexadecimal digits.
    pub hash: String,
    pub(super) sources: BTreeMap<String, String>,
    pub(super) vocabulary_origins: Vec<VocabularyOrigin>,
    /// Some could not be read, so that one that is not there need not be the author's mistake.
    pub(crate) lacks_vocabularies: bool,
    /// The same for rules.
    pub(crate) lacks_rules: bool,
    /// The ids of rules that could not be read.
    pub(crate) unread: BTreeSet<String>,
    /// What loads and does nothing, for `lint`: overrides that leave their rules as they are, exceptions for what no event has.
    pub(crate) idle: Vec<Diagnostic>,
    /// The ids of rules that are switched off.
    pub disabled: BTreeSet<String>,
}

impl Policy {
    /// A diagnostic that points at a key of a rule.
    pub(crate) fn diagnose(
        &self,
        level: Level,
        code: &'static str,
        rule: &ResolvedRule,
        at: impl Into<At>,
        message: String,
    ) -> Diagnostic {
        let origin = &rule.origin;
        let diagnostic = match level {
            Level::Error => Diagnostic::error(code, &origin.path, message),
            Level::Warning => Diagnostic::warning(code, &origin.path, message),
        };
        let span = origin.span(at.into());
        let source = self.sources.get(&origin.path).map_or("", String::as_str);
        diagnostic.at(source, span).rule(&rule.rule.common.id)
    }

    /// Whether the policy's author wrote it, and not a built-in pack.
    pub(crate) fn is_own_vocabulary(&self, vocabulary: usize) -> bool {
        self.vocabulary_origins.get(vocabulary).is_some_and(|origin| !origin.path.starts_with(BUILTIN))
    }

    /// A diagnostic that points at the words of a vocabulary, or at one of them.
    pub(crate) fn diagnose_words(
        &self,
        code: &'static str,
        vocabulary: usize,
        word: Option<usize>,
        message: String,
    ) -> Diagnostic {
        let Some(VocabularyOrigin { path, words, .. }) = self.vocabulary_origins.get(vocabulary) else {
            return Diagnostic::error(code, "", message);
        };
        let source = self.sources.get(path).map_or("", String::as_str);
        let span = word.and_then(|word| words.items.get(word)).unwrap_or(&words.whole);
        Diagnostic::error(code, path, message).at(source, span.clone())
    }

    /// A remark on the weight of a vocabulary.
    pub(crate) fn remark_on_weight(&self, code: &'static str, vocabulary: usize, message: String) -> Diagnostic {
        let Some(VocabularyOrigin { path, weight, .. }) = self.vocabulary_origins.get(vocabulary) else {
            return Diagnostic::warning(code, "", message);
        };
        let source = self.sources.get(path).map_or("", String::as_str);
        Diagnostic::warning(code, path, message).at(source, weight.clone())
    }
}

impl ResolvedRule {
    /// What the rule is called.
    #[must_use]
    pub fn title(&self) -> &Localised {
        &self.rule.common.title
    }

    /// The file that it stands in, as the host named it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.origin.path
    }
}

/// The keys of rules that later stages point at.
const POINTED_AT: &[&str] = &[
    "id",
    "title",
    "severity",
    "category",
    "phrases",
    "abbreviations",
    "caveats",
    "vocabularies",
    "grammar",
    "score",
    "marking",
    "shape",
    "groups",
    "validator",
    "context",
    "prefix",
    "longest",
    "lookback",
    "pattern",
    "terms",
    "file",
    "examples",
    "counter_examples",
    "mentions",
    "except",
    "exact",
    "messages",
    "all",
    "any",
    "not",
    "at_least",
    "within",
    "types",
    "extensions",
];
