//! The changes, for people and for programs.

use std::io::{self, Write};

use anstream::AutoStream;
use clap::builder::styling::{AnsiColor, Style};
use serde::Serialize;

use super::changes::{Changed, Changes, OldAndNew, Sample, Unchecked};
use crate::failure::Failure;
use crate::render::{count, printable};

/// A policy as it was named, and its hash.
type Side<'s> = (&'s str, &'s str);

/// One object.
pub(crate) fn json(changes: &Changes, [old, new]: [Side<'_>; 2]) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Policy<'p> {
        path: &'p str,
        policy: &'p str,
    }
    #[derive(Serialize)]
    struct Output<'o> {
        old: Policy<'o>,
        new: Policy<'o>,
        #[serde(flatten)]
        changes: &'o Changes,
    }
    let policy = |(path, policy)| Policy { path, policy };
    crate::render::json(&Output { old: policy(old), new: policy(new), changes })
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Lines for people.
pub(crate) fn print(changes: &Changes, [old, new]: [Side<'_>; 2], show_text: bool) -> io::Result<()> {
    let out = &mut AutoStream::auto(io::stdout().lock());
    writeln!(out, "old  {}  {DIM}{}{DIM:#}", printable(old.0), old.1)?;
    writeln!(out, "new  {}  {DIM}{}{DIM:#}", printable(new.0), new.1)?;
    writeln!(out, "{BOLD}{}{BOLD:#}", events(changes.events))?;
    writeln!(out, "  verdict       old       new")?;
    for (verdict, OldAndNew { old, new }) in &changes.verdicts {
        writeln!(out, "  {verdict:8} {old:>8}  {new:>8}")?;
    }
    if let Some(Unchecked { source, message }) = &changes.first_unchecked {
        let place = format!("{}:{}", printable(&source.path), source.line);
        writeln!(
            out,
            "{} could not be checked; the first: {place}: {}",
            events(changes.unchecked),
            printable(message)
        )?;
    }
    let red = BOLD.fg_color(Some(AnsiColor::Red.into()));
    let green = BOLD.fg_color(Some(AnsiColor::Green.into()));
    let yellow = BOLD.fg_color(Some(AnsiColor::Yellow.into()));
    kind(out, "newly stopped", red, &changes.newly_stopped)?;
    kind(out, "newly passed", green, &changes.newly_passed)?;
    kind(out, "changed otherwise", yellow, &changes.changed)?;
    if !show_text && !changes.is_none() {
        writeln!(out, "{DIM}The text that was found is shown with --show-text.{DIM:#}")?;
    }
    Ok(())
}

fn kind(out: &mut impl Write, name: &str, style: Style, changed: &Changed) -> io::Result<()> {
    writeln!(out, "{style}{name}{style:#}: {}", events(changed.events))?;
    let mut rules = changed.rules.iter().collect::<Vec<_>>();
    rules.sort_by_key(|(rule, by_rule)| (std::cmp::Reverse(by_rule.events), rule.as_str()));
    for (rule, by_rule) in rules {
        writeln!(out, "  {BOLD}{}{BOLD:#}  {}", printable(rule), by_rule.events)?;
        for Sample { source, event_id, old, new, field, start, end, text } in &by_rule.samples {
            let id = event_id.as_deref().map(|id| format!("  {}", printable(id))).unwrap_or_default();
            write!(out, "    {}:{}{id}  {old} → {new}  ", printable(&source.path), source.line)?;
            match text {
                Some(text) => writeln!(out, "« {} »", printable(text))?,
                None => writeln!(out, "{} {start}..{end}", printable(field))?,
            }
        }
    }
    Ok(())
}

fn events(number: u64) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), "event")
}
