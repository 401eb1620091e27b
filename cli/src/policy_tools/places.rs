//! Where in a policy's file an example stands, so that a failure can be shown in its place.
//!
//! The language's types do not keep places; the file's text still has them.

use core::ops::Range;

use tamis_host::{Bundle, Diagnostic, Severity};
use toml::de::{DeTable, DeValue};

/// Which of a rule's lists of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// Must be found.
    Example,
    /// Flagged at most.
    Mention,
    /// Must not be found.
    CounterExample,
}

impl Said {
    /// The key of the language.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Example => "examples",
            Self::Mention => "mentions",
            Self::CounterExample => "counter_examples",
        }
    }

    /// In a sentence.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Example => "example",
            Self::Mention => "mention",
            Self::CounterExample => "counter-example",
        }
    }
}

/// One of a rule's messages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'p> {
    pub(crate) path: &'p str,
    pub(crate) rule: &'p str,
    pub(crate) said: Said,
    /// From 0.
    pub(crate) number: usize,
}

impl Place<'_> {
    /// A warning about the message, in its place.
    pub(crate) fn warning(&self, files: &Bundle, code: &str, message: String, help: String) -> Diagnostic {
        let source = files.file(self.path).and_then(|content| std::str::from_utf8(content).ok()).unwrap_or("");
        let span = self.span(source);
        let position = |offset: usize| position(source, offset);
        let (start, end) =
            (span.as_ref().map(|span| position(span.start)), span.as_ref().map(|span| position(span.end)));
        Diagnostic {
            severity: Severity::Warning,
            code: code.to_owned(),
            path: self.path.to_owned(),
            line: start.map(|(line, _)| line),
            column: start.map(|(_, column)| column),
            end_line: end.map(|(line, _)| line),
            end_column: end.map(|(_, column)| column),
            rule: Some(self.rule.to_owned()),
            message,
            help: Some(help),
        }
    }

    /// `line:column`, or nothing where it cannot be told.
    pub(crate) fn line_and_column(&self, files: &Bundle) -> Option<(u32, u32)> {
        let source = std::str::from_utf8(files.file(self.path)?).ok()?;
        Some(position(source, self.span(source)?.start))
    }

    fn span(&self, source: &str) -> Option<Range<usize>> {
        let file = DeTable::parse(source).ok()?;
        let rules = file.get_ref().get("rule")?.get_ref().as_array()?;
        let is_ours = |table: &DeTable<'_>| table.get("id").and_then(|id| id.get_ref().as_str()) == Some(self.rule);
        let table = rules.iter().filter_map(|rule| rule.get_ref().as_table()).find(|table| is_ours(table))?;
        let DeValue::Array(messages) = table.get(self.said.key())?.get_ref() else { return None };
        messages.get(self.number).map(toml::Spanned::span)
    }
}

fn position(source: &str, offset: usize) -> (u32, u32) {
    let before = source.get(..offset).unwrap_or(source);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}
