//! `tamis policy explain`: what each stage saw of a message, and what came of it.
//!
//! The account is the engine's (`tamis_explain` in `docs/abi.md`); here it is put into lines for people, with the words of the rule that
//! was expected where it found nothing.

use std::fs;
use std::io::{self, BufWriter, Read, StdoutLock, Write};
use std::path::Path;
use std::process::ExitCode;

use anstream::AutoStream;
use clap::builder::styling::{AnsiColor, Style};
use serde::Deserialize;
use serde_json::Value;

use super::arguments::{ExplainOptions, Format};
use super::opened::{Opened, refused};
use super::page::{self, Secrets};
use crate::failure::Failure;
use crate::question::{LineForm, Questions};
use crate::render::{Pretty, count, printable};
use crate::verdict::Reason;

/// The reply of `tamis_explain`, as far as it is shown.
#[derive(Deserialize)]
struct Account {
    verdict: Value,
    fields: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    field: String,
    r#in: Option<String>,
    form: String,
    text: String,
    folded: String,
    #[serde(default)]
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    rule: String,
    start: usize,
    end: usize,
    outcome: String,
}

/// Explains the text, or each event.
pub(crate) fn run(options: &ExplainOptions) -> Result<ExitCode, Failure> {
    let opened = Opened::read(options.policy.as_deref())?;
    if let Some(rule) = &options.rule {
        opened.rule(rule)?;
    }
    let (form, events) = match (&options.text, &options.event) {
        (Some(text), _) => (LineForm::Text, vec![text.clone().into_bytes()]),
        (None, Some(path)) => (LineForm::Event, events(path)?),
        (None, None) => return Err(Failure::Input("there is nothing to explain".to_owned())),
    };
    let mut engine = options.engine.start()?;
    engine.load_policy(&opened.policy).map_err(|error| refused(error, &opened.policy))?;
    let mut questions = Questions::new(options.room, form).with_options(crate::question::SHOW_TEXT);
    let mut unchecked = false;
    for event in events {
        let account = questions.explain(&mut engine, &event);
        unchecked |= match &account {
            Ok(account) => is_error(account),
            Err(_) => true,
        };
        match options.format {
            Format::Json => print_json(account)?,
            Format::Text => print(account, options, &opened)?,
        }
    }
    Ok(if unchecked { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

/// One event that may be spread over lines, or one a line.
fn events(path: &Path) -> Result<Vec<Vec<u8>>, Failure> {
    let cannot = |error: io::Error| Failure::Input(format!("cannot read {}: {error}", path.display()));
    let mut content = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut content).map_err(cannot)?;
    } else {
        content = fs::read(path).map_err(cannot)?;
    }
    let content = content.trim_ascii();
    if content.is_empty() {
        return Err(Failure::Input(format!("{} holds no event", path.display())));
    }
    if serde_json::from_slice::<serde::de::IgnoredAny>(content).is_ok() {
        return Ok(vec![content.to_vec()]);
    }
    Ok(content.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).map(<[u8]>::to_vec).collect())
}

fn is_error(account: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Verdict {
        verdict: String,
    }
    #[derive(Deserialize)]
    struct Outline {
        verdict: Verdict,
    }
    serde_json::from_slice::<Outline>(account).is_ok_and(|account| account.verdict.verdict == "error")
}

/// The engine's account as it is, on one line.
fn print_json(account: Result<Vec<u8>, Reason>) -> Result<(), Failure> {
    let line = account.unwrap_or_else(|reason| serde_json::json!({ "error": reason }).to_string().into_bytes());
    let mut out = io::stdout().lock();
    out.write_all(&line).and_then(|()| out.write_all(b"\n")).map_err(Failure::output)
}

fn print(account: Result<Vec<u8>, Reason>, options: &ExplainOptions, opened: &Opened) -> Result<(), Failure> {
    let account = match account {
        Ok(account) => account,
        Err(reason) => {
            let (code, message) = (printable(&reason.code), printable(&reason.message));
            return writeln!(io::stdout().lock(), "error [{code}] {message}").map_err(Failure::output);
        }
    };
    let Ok(Account { verdict, fields }) = serde_json::from_slice::<Account>(&account) else {
        return Err(Failure::Input(
            "the account is none that this command can show; see it with --format json".to_owned(),
        ));
    };
    let mut pretty = Pretty::new();
    let shown = pretty.verdict(&serde_json::to_vec(&verdict).unwrap_or_default()).and_then(|()| pretty.flush());
    shown.map_err(Failure::output)?;
    drop(pretty);
    let mut out = BufWriter::new(AutoStream::auto(io::stdout().lock()));
    let account = Shown { verdict: &verdict, fields: &fields, options, opened };
    account.print(&mut out).and_then(|()| out.flush()).map_err(Failure::output)
}

struct Shown<'s> {
    verdict: &'s Value,
    fields: &'s [Field],
    options: &'s ExplainOptions,
    opened: &'s Opened,
}

type Out = BufWriter<AutoStream<StdoutLock<'static>>>;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

impl Shown<'_> {
    fn print(&self, out: &mut Out) -> io::Result<()> {
        let only = self.options.rule.as_deref();
        let mut quiet = 0;
        for field in self.fields {
            let steps = field.steps.iter().filter(|step| only.is_none_or(|rule| step.rule == rule)).collect::<Vec<_>>();
            // An event has twenty fields; those in which nothing was a candidate are counted, unless they are what people wrote.
            let is_text = self.options.text.is_some() || field.field.starts_with("/content") && field.r#in.is_none();
            if steps.is_empty() && !is_text {
                quiet += 1;
                continue;
            }
            field_account(out, field, &steps, only.is_some())?;
        }
        if quiet > 0 {
            writeln!(out, "{DIM}{quiet} other fields were read; nothing in them is a candidate{DIM:#}")?;
        }
        match only {
            Some(rule) => self.expected(out, rule),
            None => Ok(()),
        }
    }

    /// Why the rule that was expected did, or did not, find anything.
    fn expected(&self, out: &mut Out, rule: &str) -> io::Result<()> {
        let findings = self.verdict["findings"].as_array().map_or(&[][..], Vec::as_slice);
        let candidates = self.fields.iter().flat_map(|field| &field.steps).filter(|step| step.rule == rule).count();
        writeln!(out)?;
        if findings.iter().any(|finding| finding["rule"] == rule) {
            return writeln!(out, "{BOLD}{rule}{BOLD:#} found it.");
        }
        if self.verdict["scope"] == "out" {
            return writeln!(
                out,
                "{BOLD}{rule}{BOLD:#} was not asked: the room is out of scope, and no rule is. See `[scope]` of the policy, and --room."
            );
        }
        if candidates > 0 {
            return writeln!(
                out,
                "{BOLD}{rule}{BOLD:#} found nothing: the candidates above are all that it looked at, each with what was missing."
            );
        }
        writeln!(
            out,
            "{BOLD}{rule}{BOLD:#} found nothing: no place in the text begins as it requires. What it looks for:"
        )?;
        let Some(rule) = self.opened.rule(rule).ok() else { return Ok(()) };
        let page = page::markdown(rule, &self.opened.resolved, Secrets::Masked);
        let section =
            page.split("## What it looks for").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap_or("");
        for row in section.lines().filter_map(|line| line.strip_prefix("| `")) {
            if let Some((key, value)) = row.split_once("` | ") {
                writeln!(out, "  {key:16} {}", printable(value.trim_end_matches(" |")))?;
            }
        }
        Ok(())
    }
}

fn field_account(out: &mut Out, field: &Field, steps: &[&Step], each: bool) -> io::Result<()> {
    let key = if field.r#in.is_some() { " (the key itself)" } else { "" };
    writeln!(out, "{BOLD}{}{BOLD:#}{key}  {DIM}{}{DIM:#}", printable(&field.field), printable(&field.form))?;
    writeln!(out, "  {DIM}read   {DIM:#} {}", shortened(&field.text))?;
    if field.folded != field.text {
        writeln!(out, "  {DIM}folded {DIM:#} {}", shortened(&field.folded))?;
    }
    if steps.is_empty() {
        return writeln!(out, "  {DIM}no candidate{DIM:#}");
    }
    // A digit may begin a value of many rules: places at which nothing was found are counted, unless one rule was asked about.
    let (missed, told) = steps.iter().partition::<Vec<&Step>, _>(|step| !each && step.start == step.end);
    for step in told {
        let words = field.text.get(step.start..step.end).filter(|words| !words.is_empty());
        let words = words.map(|words| format!(" « {} »", shortened(words))).unwrap_or_default();
        writeln!(out, "  {BOLD}{}{BOLD:#}  {}..{}{words}", printable(&step.rule), step.start, step.end)?;
        outcome(out, &step.outcome)?;
    }
    let mut counted: Vec<(&str, &str, usize)> = Vec::new();
    for step in missed {
        match counted.iter_mut().find(|(rule, outcome, _)| *rule == step.rule && *outcome == step.outcome) {
            Some((_, _, places)) => *places += 1,
            None => counted.push((&step.rule, &step.outcome, 1)),
        }
    }
    for (rule, outcome, places) in counted {
        writeln!(
            out,
            "  {DIM}{}, tried at {}: {}{DIM:#}",
            printable(rule),
            count(places, "place"),
            printable(outcome)
        )?;
    }
    Ok(())
}

/// A score has its cues a line each.
fn outcome(out: &mut Out, outcome: &str) -> io::Result<()> {
    let scored = outcome.strip_prefix("score ").and_then(|rest| {
        let (score, rest) = rest.split_once(" (")?;
        let (cues, rest) = rest.split_once(");")?;
        Some((score, cues, rest.trim()))
    });
    let Some((score, cues, thresholds)) = scored else {
        return writeln!(out, "      {}", printable(outcome));
    };
    for cue in cues.split(';').map(str::trim).filter(|cue| !cue.is_empty()) {
        let (name, weight) = cue.rsplit_once(' ').unwrap_or((cue, ""));
        let colour = if weight.starts_with('-') { AnsiColor::Red } else { AnsiColor::Green };
        let style = Style::new().fg_color(Some(colour.into()));
        writeln!(out, "      {style}{weight:>4}{style:#}  {}", printable(name))?;
    }
    writeln!(out, "      {BOLD}{score:>4}{BOLD:#}  {}", printable(thresholds))
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 300;
    let mut characters = text.chars();
    let shown = characters.by_ref().take(SHOWN).collect::<String>();
    let rest = characters.count();
    let shown = shown.replace('\n', " ⏎ ");
    if rest > 0 { format!("{}… ({rest} more)", printable(&shown)) } else { printable(&shown).into_owned() }
}
