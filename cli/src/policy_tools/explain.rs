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
use filter_core::policy::model::Kind;
use serde::Deserialize;
use serde_json::Value;

use super::arguments::ExplainOptions;
use super::opened::{Opened, refused};
use super::page::{self, Secrets};
use crate::failure::Failure;
use crate::options::Format;
use crate::question::{LineForm, Questions};
use crate::render::{Pretty, count, printable};
use crate::verdict::Reason;

/// The reply of `tamis_explain`, as far as it is shown.
#[derive(Deserialize)]
struct Account {
    verdict: Value,
    fields: Vec<Field>,
    rule: Option<RuleState>,
}

/// What became of the rule that was asked about.
#[derive(Deserialize)]
struct RuleState {
    id: String,
    state: String,
    #[serde(default)]
    looks_for: Vec<String>,
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
    let opened = Opened::read(options.policy.as_deref(), &options.answer.keys)?;
    if let Some(rule) = options.rule.as_ref().filter(|rule| !opened.resolved.disabled.contains(*rule)) {
        opened.rule(rule)?;
    }
    let (form, events) = match (&options.text, &options.event) {
        (Some(text), _) => (LineForm::Text, vec![text.clone().into_bytes()]),
        (None, Some(path)) => (LineForm::Event, events(path)?),
        (None, None) => return Err(Failure::Input("there is nothing to explain".to_owned())),
    };
    let mut engine = options.engine.start()?;
    engine.load_policy(&opened.policy).map_err(|error| refused(error, &opened.policy))?;
    let mut questions = Questions::new(options.room, form).with_options(&asked(options));
    let mut unchecked = false;
    for event in events {
        let account = questions.explain(&mut engine, &event);
        unchecked |= match &account {
            Ok(account) => is_error(account),
            Err(_) => true,
        };
        match options.answer.format {
            Format::Json => print_json(account)?,
            Format::Text => print(account, options, &opened)?,
        }
    }
    Ok(if unchecked { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

/// The options of `tamis_explain`.
fn asked(options: &ExplainOptions) -> Vec<u8> {
    match &options.rule {
        Some(rule) => serde_json::json!({ "show_text": true, "rule": rule }).to_string().into_bytes(),
        None => crate::question::SHOW_TEXT.to_vec(),
    }
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
    let Ok(Account { verdict, fields, rule }) = serde_json::from_slice::<Account>(&account) else {
        return Err(Failure::Input(
            "the account is none that this command can show; see it with --format json".to_owned(),
        ));
    };
    let mut pretty = Pretty::new();
    let shown = pretty.verdict(&serde_json::to_vec(&verdict).unwrap_or_default()).and_then(|()| pretty.flush());
    shown.map_err(Failure::output)?;
    drop(pretty);
    let mut out = BufWriter::new(AutoStream::auto(io::stdout().lock()));
    let account = Shown { fields: &fields, rule: rule.as_ref(), options, opened };
    account.print(&mut out).and_then(|()| out.flush()).map_err(Failure::output)
}

struct Shown<'s> {
    fields: &'s [Field],
    rule: Option<&'s RuleState>,
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
            self.field(out, field, &steps)?;
        }
        if quiet > 0 {
            writeln!(out, "{DIM}nothing is a candidate in {}{DIM:#}", count(quiet, "other field"))?;
        }
        match self.rule {
            Some(rule) => self.expected(out, rule),
            None => Ok(()),
        }
    }

    /// Why the rule that was expected did, or did not, find anything.
    fn expected(&self, out: &mut Out, rule: &RuleState) -> io::Result<()> {
        let RuleState { id, state, looks_for } = rule;
        let id = printable(id);
        write!(out, "\n{BOLD}{id}{BOLD:#} ")?;
        match state.as_str() {
            "fired" => writeln!(out, "found it."),
            "unreported" => {
                writeln!(
                    out,
                    "found it, and is not reported: its action is `allow`, so that it acts as a part of other rules only."
                )
            }
            "out-of-scope" => writeln!(
                out,
                "was not asked: the room is out of scope, and no rule is. See `[scope]` of the policy, and --room."
            ),
            "not-read" => writeln!(out, "was not asked: the event could not be read."),
            "disabled" => writeln!(out, "is switched off: `[overrides.\"{id}\"]` says `enabled = false`."),
            "stopped" => writeln!(
                out,
                "found nothing: the candidates above are all that it looked at, each with what was missing."
            ),
            "no-candidate" => {
                writeln!(out, "found nothing: no place in the text begins as it requires. What it looks for:")?;
                self.page_of(out, &rule.id, looks_for)
            }
            other => writeln!(out, "found nothing ({}).", printable(other)),
        }
    }

    /// What it looks for as its page has it; where it has none, as the engine says it.
    fn page_of(&self, out: &mut Out, id: &str, looks_for: &[String]) -> io::Result<()> {
        let page = self.opened.rule(id).ok().map(|rule| page::markdown(rule, &self.opened.resolved, Secrets::Masked));
        let page = page.unwrap_or_default();
        let section =
            page.split("## What it looks for").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap_or("");
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | ")).collect::<Vec<_>>();
        for (key, value) in &rows {
            writeln!(out, "  {key:16} {}", printable(value.trim_end_matches(" |")))?;
        }
        if rows.is_empty() {
            for what in looks_for {
                writeln!(out, "  {}", printable(what))?;
            }
        }
        Ok(())
    }

    /// What was seen of a field.
    fn field(&self, out: &mut Out, field: &Field, steps: &[&Step]) -> io::Result<()> {
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
        let each = self.options.rule.is_some();
        // What a combination lacks has no place.
        let is_placeless = |step: &Step| {
            let rule = self.opened.resolved.rules.iter().find(|rule| rule.rule.common.id == step.rule);
            step.start == step.end && rule.is_some_and(|rule| matches!(rule.rule.kind, Kind::Combination(_)))
        };
        let is_miss = |step: &&&Step| !each && step.start == step.end && !is_placeless(step);
        let (missed, told) = steps.iter().partition::<Vec<&Step>, _>(is_miss);
        for step in told {
            let words = field.text.get(step.start..step.end).filter(|words| !words.is_empty());
            let words = words.map(|words| format!(" « {} »", shortened(words))).unwrap_or_default();
            let place =
                if is_placeless(step) { String::new() } else { format!("  {}..{}{words}", step.start, step.end) };
            writeln!(out, "  {BOLD}{}{BOLD:#}{place}", printable(&step.rule))?;
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
