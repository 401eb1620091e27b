//! Figures for people and for programs. Shows no text of a message unless it is asked to.

use std::io::{self, Write};
use std::path::Path;

use anstream::AutoStream;
use clap::builder::styling::{AnsiColor, Style};
use serde_json::{Value, json};

use super::corpus::Message;
use super::score::{Counts, How, NOTHING, Score};
use crate::render::printable;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const BAD: Style = Style::new().fg_color(Some(clap::builder::styling::Color::Ansi(AnsiColor::Red)));

/// What the report is about, and what it may show.
pub(crate) struct About<'a> {
    pub(crate) corpus: &'a Path,
    pub(crate) policy: &'a str,
    pub(crate) messages: &'a [Message],
    /// Names each message that is not treated as labelled.
    pub(crate) list: bool,
    /// With its text.
    pub(crate) show_text: bool,
}

/// For people: a table of labels, one of rules, the confusion table, and where asked for the failures.
pub(crate) fn text(score: &Score, about: &About<'_>) -> io::Result<()> {
    let mut out = io::BufWriter::new(AutoStream::auto(io::stdout().lock()));
    writeln!(
        out,
        "{BOLD}{}{BOLD:#}, {} messages, policy {}\n",
        about.corpus.display(),
        about.messages.len(),
        about.policy
    )?;
    writeln!(
        out,
        "{BOLD}{:<26} {:>13} {:>7} {:>7} {:>7}  {:>13} {:>13}{BOLD:#}",
        "label", "stopped", "recall", "precis.", "spans", "~ stopped", "- stopped"
    )?;
    for (label, counts) in &score.labels {
        row(&mut out, label, counts)?;
    }
    row(&mut out, "all", &score.all)?;
    writeln!(
        out,
        "\n{BOLD}{:<34} {:>6} {:>6} {:>7} {:>7} {:>7}{BOLD:#}",
        "rule", "found", "stray", "recall", "precis.", "spans"
    )?;
    for (rule, counts) in &score.rules {
        let [recall, precision, spans] = [counts.recall(), counts.precision(), counts.span_accuracy()].map(percent);
        writeln!(out, "{rule:<34} {:>6} {:>6} {recall:>7} {precision:>7} {spans:>7}", counts.found, counts.stray)?;
    }
    writeln!(
        out,
        "\n{BOLD}confusion{BOLD:#} {DIM}(which rule found what stands under a label; {NOTHING}: none did){DIM:#}"
    )?;
    for (label, rules) in &score.confusion {
        let mut rules: Vec<_> = rules.iter().collect();
        rules.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let cells: Vec<String> = rules.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
        writeln!(out, "{label:<26} {}", cells.join("  "))?;
    }
    if about.list {
        failures(&mut out, score, about)?;
    }
    out.flush()
}

fn row(out: &mut impl Write, label: &str, counts: &Counts) -> io::Result<()> {
    let of = |part: u32, whole: u32| if whole == 0 { "–".to_owned() } else { format!("{part}/{whole}") };
    let [recall, precision, spans] = [counts.recall(), counts.precision(), counts.span_accuracy()].map(percent);
    writeln!(
        out,
        "{label:<26} {:>13} {recall:>7} {precision:>7} {spans:>7}  {:>13} {:>13}",
        of(counts.stopped, counts.to_stop),
        of(counts.mentions_stopped, counts.mentions),
        of(counts.near_misses_stopped, counts.near_misses)
    )
}

fn percent(share: Option<f64>) -> String {
    share.map_or("–".to_owned(), |share| format!("{:.1} %", share * 100.0))
}

fn failures(out: &mut impl Write, score: &Score, about: &About<'_>) -> io::Result<()> {
    writeln!(out, "\n{BOLD}not as labelled{BOLD:#}")?;
    for failed in &score.failures {
        let message = &about.messages[failed.message];
        let rules = if failed.rules.is_empty() { NOTHING.to_owned() } else { failed.rules.join(", ") };
        let place = format!("{}:{}", message.file.display(), message.line);
        writeln!(out, "{place}  {BAD}{}{BAD:#}  {}  {DIM}{rules}{DIM:#}", failed.how.words(), message.label)?;
        if about.show_text {
            writeln!(out, "    {}", printable(&message.written))?;
        }
    }
    Ok(())
}

/// For programs: one object.
pub(crate) fn json(score: &Score, about: &About<'_>) -> io::Result<()> {
    let with = |counts: Value, recall: Option<f64>, precision: Option<f64>, span_accuracy: Option<f64>| {
        let mut object = counts;
        object["recall"] = json!(recall);
        object["precision"] = json!(precision);
        object["span_accuracy"] = json!(span_accuracy);
        object
    };
    let figures = |c: &Counts| with(json!(c), c.recall(), c.precision(), c.span_accuracy());
    let labels: serde_json::Map<_, _> = score.labels.iter().map(|(label, c)| (label.clone(), figures(c))).collect();
    let rules: serde_json::Map<_, _> = score
        .rules
        .iter()
        .map(|(rule, c)| (rule.clone(), with(json!(c), c.recall(), c.precision(), c.span_accuracy())))
        .collect();
    let mut report = json!({
        "policy": about.policy,
        "messages": about.messages.len(),
        "all": figures(&score.all),
        "labels": labels,
        "rules": rules,
        "confusion": score.confusion,
    });
    if about.list {
        let failures = score.failures.iter().map(|failed| {
            let message = &about.messages[failed.message];
            let mut failure = json!({
                "file": message.file, "line": message.line, "label": message.label,
                "how": failed.how.words(), "rules": failed.rules,
            });
            if about.show_text {
                failure["text"] = json!(message.written);
            }
            failure
        });
        report["failures"] = failures.collect();
    }
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &report)?;
    writeln!(out)
}

impl How {
    fn words(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::FoundElsewhere => "stopped for something else",
            Self::Inexact => "found with other borders",
            Self::MentionStopped => "mention stopped",
            Self::NearMissStopped => "near-miss stopped",
        }
    }
}
