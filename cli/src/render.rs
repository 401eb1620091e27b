//! Verdicts for people: what becomes of each event, why, and what its sender would be told.
//!
//! It shows what the verdict says and adds nothing; a member that it does not know it leaves out. Whatever comes from an event or a
//! policy is made harmless for the terminal first.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::env;
use std::io::{self, BufWriter, StdoutLock, Write};

use anstream::AutoStream;
use clap::builder::styling::{AnsiColor, Style};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::verdict::Reason;

#[derive(Deserialize)]
struct Verdict {
    event_id: Option<String>,
    scope: Option<String>,
    verdict: String,
    would: Option<String>,
    reference: Option<String>,
    findings: Vec<Finding>,
    #[serde(default)]
    truncated: bool,
    #[serde(default)]
    message: BTreeMap<String, String>,
    error: Option<Reason>,
}

#[derive(Deserialize)]
struct Finding {
    rule: String,
    severity: String,
    confidence: String,
    action: String,
    #[serde(flatten)]
    place: Place,
    #[serde(default)]
    also: Vec<Place>,
    text: Option<String>,
}

#[derive(Deserialize)]
struct Place {
    field: String,
    r#in: Option<String>,
    start: u64,
    end: u64,
}

/// Standard output for people: with colours on a terminal, unless `NO_COLOR` is set.
pub(crate) struct Pretty {
    writer: BufWriter<AutoStream<StdoutLock<'static>>>,
    /// In the order in which they were first met.
    counts: Vec<(String, u64)>,
    number: u64,
    /// The language of the texts that senders would get, of those that the policy has.
    language: String,
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

impl Pretty {
    pub(crate) fn new() -> Self {
        let writer = BufWriter::new(AutoStream::auto(io::stdout().lock()));
        Self { writer, counts: Vec::new(), number: 0, language: language() }
    }

    pub(crate) fn verdict(&mut self, verdict: &[u8]) -> io::Result<()> {
        self.number += 1;
        let number = self.number;
        let Ok(verdict) = serde_json::from_slice::<Verdict>(verdict) else {
            self.count("error");
            return writeln!(
                self.writer,
                "{number:>4}  a verdict that this command cannot show; see it without --pretty"
            );
        };
        self.count(&verdict.verdict);
        let out = &mut self.writer;
        let style = style(&verdict.verdict);
        write!(out, "{number:>4}  {style}{:<6}{style:#}", printable(&verdict.verdict))?;
        if verdict.scope.as_deref() == Some("out") {
            write!(out, "  {DIM}not looked at: out of scope{DIM:#}")?;
        }
        if let Some(would) = &verdict.would {
            write!(out, "  would be {}", printable(would))?;
        }
        if let Some(event_id) = &verdict.event_id {
            write!(out, "  {DIM}{}{DIM:#}", printable(event_id))?;
        }
        if let Some(reference) = &verdict.reference {
            write!(out, "  ref. {}", printable(reference))?;
        }
        if verdict.truncated {
            write!(out, "  cut short")?;
        }
        writeln!(out)?;
        for finding in &verdict.findings {
            let style = self::style(&finding.action);
            write!(
                out,
                "      {style}{:<6}{style:#}  {BOLD}{}{BOLD:#}",
                printable(&finding.action),
                printable(&finding.rule)
            )?;
            write!(out, "  {} severity, {} confidence", printable(&finding.severity), printable(&finding.confidence))?;
            place(out, &finding.place)?;
            for other in &finding.also {
                place(out, other)?;
            }
            writeln!(out)?;
            if let Some(text) = &finding.text {
                writeln!(out, "              « {} »", printable(text))?;
            }
        }
        if let Some(reason) = &verdict.error {
            let fault = if reason.permanent { "the event's fault" } else { "not the event's fault" };
            writeln!(out, "      [{}] {} ({fault})", printable(&reason.code), printable(&reason.message))?;
        }
        let message = verdict.message.get(&self.language).or_else(|| verdict.message.get("en"));
        if let Some(message) = message.or_else(|| verdict.message.values().next()) {
            writeln!(out, "      {DIM}sender:{DIM:#} {}", printable(message))?;
        }
        Ok(())
    }

    /// How many of which.
    pub(crate) fn summary(&mut self) -> io::Result<()> {
        let counts = self.counts.iter().map(|(word, count)| format!("{count} {}", printable(word))).collect::<Vec<_>>();
        let events = if self.number == 1 { "event" } else { "events" };
        let separator = if counts.is_empty() { "" } else { ": " };
        writeln!(self.writer, "{BOLD}{} {events}{BOLD:#}{separator}{}", self.number, counts.join(", "))
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    fn count(&mut self, word: &str) {
        match self.counts.iter_mut().find(|(counted, _)| counted == word) {
            Some((_, count)) => *count += 1,
            None => self.counts.push((word.to_owned(), 1)),
        }
    }
}

fn place(out: &mut impl Write, place: &Place) -> io::Result<()> {
    let key = if place.r#in.is_some() { " (key)" } else { "" };
    write!(out, "\n              {}{key} {}..{}", printable(&place.field), place.start, place.end)
}

fn style(action: &str) -> Style {
    let colour = match action {
        "allow" => AnsiColor::Green,
        "flag" => AnsiColor::Cyan,
        "warn" | "redact" => AnsiColor::Yellow,
        _ => AnsiColor::Red,
    };
    Style::new().bold().fg_color(Some(colour.into()))
}

/// The person's language, as far as the environment tells.
pub(crate) fn language() -> String {
    let set = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default();
    let end = locale.find(['_', '.', '@', '-']).unwrap_or(locale.len());
    locale[..end].to_owned()
}

/// « 1 rule », « 2 rules ».
pub(crate) fn count(number: usize, word: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {word}{plural}")
}

/// One object for programs, on standard output.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from).map_err(Failure::output)?;
    writeln!(out).map_err(Failure::output)
}

/// Text in which nothing is a command to the terminal, turns the line around or breaks it.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let harmful = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let escaped = text.chars().map(|c| if harmful(c) { c.escape_default().to_string() } else { c.to_string() });
    Cow::Owned(escaped.collect())
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn what_would_command_a_terminal_is_spelled_out() {
        assert_eq!(printable("a\u{1b}[2J\nb\u{202e}c"), "a\\u{1b}[2J\\nb\\u{202e}c");
        assert_eq!(printable("été « 1 »"), "été « 1 »");
    }
}
