//! What is wrong with a policy, where, and what to do about it.
//!
//! A policy is never refused with one sentence: everything that can be said at once is collected, each with its file, line
//! and column. Diagnostics quote keys and ids of the policy. They are made when a policy loads, so that no message text can be near.

use core::ops::Range;

use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The policy does not load.
    Error,
    /// It loads, and deserves a look.
    Warning,
}

/// Nobody reads on after so many, and each place costs a walk through the text: two megabytes of the same mistake took half a
/// minute to describe before there was a limit.
pub(crate) const MOST_DIAGNOSTICS: usize = 200;

/// Whether so much is wrong that no more need be looked for. Warnings do not count: where this is true the policy must not load.
pub(crate) fn says_enough(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == Level::Error).count() >= MOST_DIAGNOSTICS
}

/// One remark on a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Whether the policy loads all the same.
    pub severity: Level,
    /// A stable word for programs: `unknown-key`, `duplicate-id`…
    pub code: &'static str,
    /// The file, as the host named it.
    pub path: String,
    /// From 1; nothing where the whole file is meant.
    pub line: Option<u32>,
    /// From 1, in characters.
    pub column: Option<u32>,
    /// Line of the last character.
    pub end_line: Option<u32>,
    /// Column behind the last character.
    pub end_column: Option<u32>,
    /// The rule that it is about, by id.
    pub rule: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error about a whole file.
    pub(crate) fn error(code: &'static str, path: &str, message: impl Into<String>) -> Self {
        Self {
            severity: Level::Error,
            code,
            path: path.to_owned(),
            line: None,
            column: None,
            end_line: None,
            end_column: None,
            rule: None,
            message: message.into(),
            help: None,
        }
    }

    pub(crate) fn warning(code: &'static str, path: &str, message: impl Into<String>) -> Self {
        Self { severity: Level::Warning, ..Self::error(code, path, message) }
    }

    /// Points at a byte range of the file's text.
    pub(crate) fn at(mut self, source: &str, span: Range<usize>) -> Self {
        let (line, column) = position(source, span.start);
        // A span that covers a whole table would underline half the file: its first line is enough.
        let first_line_end =
            source[floor(source, span.start)..].find('\n').map_or(source.len(), |n| n + floor(source, span.start));
        let (end_line, end_column) = position(source, span.end.min(first_line_end));
        self.line = Some(line);
        self.column = Some(column);
        self.end_line = Some(end_line);
        self.end_column = Some(end_column);
        self
    }

    pub(crate) fn rule(mut self, id: &str) -> Self {
        self.rule = Some(id.to_owned());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

fn floor(source: &str, mut offset: usize) -> usize {
    offset = offset.min(source.len());
    while !source.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn position(source: &str, offset: usize) -> (u32, u32) {
    let before = &source[..floor(source, offset)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before[line_start..].chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

/// The candidate nearest to what was written, if it is near enough to be what was meant.
pub fn did_you_mean<'c>(written: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    candidates
        .into_iter()
        .map(|candidate| (distance(written, candidate), candidate))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance. Keys and ids are short, so that the quadratic table costs nothing.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
