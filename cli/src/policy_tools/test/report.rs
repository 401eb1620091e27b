//! What the tests came to, for people and for programs.

use std::io::{self, Write};

use anstream::AutoStream;
use clap::builder::styling::{AnsiColor, Style};
use filter_core::policy::ResolvedRule;
use serde::Serialize;

use super::messages::Message;
use super::promises::{Broken, Tested};
use crate::failure::Failure;
use crate::options::EngineKind;
use crate::policy_tools::opened::Opened;
use crate::policy_tools::places::Place;
use crate::render::{count, printable};

/// One policy's tests.
#[derive(Serialize)]
pub(crate) struct Report {
    path: String,
    policy: String,
    engines: Vec<&'static str>,
    /// Events that were asked about.
    pub(crate) checks: u64,
    passed: bool,
    rules: Vec<RuleReport>,
    messages: Counts,
    failures: Vec<Failed>,
}

#[derive(Serialize)]
struct RuleReport {
    rule: String,
    examples: usize,
    rendered: usize,
    mentions: usize,
    counter_examples: usize,
    failed: usize,
}

#[derive(Default, Serialize)]
struct Counts {
    run: usize,
    failed: usize,
}

/// Something that is not as it should be.
#[derive(Serialize)]
pub(crate) struct Failed {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    path: String,
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<&'static str>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl Report {
    pub(crate) fn new(opened: &Opened, kinds: &[EngineKind]) -> Self {
        let word = |kind: &EngineKind| match kind {
            EngineKind::Wasm => "wasm",
            EngineKind::Native => "native",
        };
        Self {
            path: opened.policy.shown(&opened.policy.root),
            policy: opened.resolved.hash.clone(),
            engines: kinds.iter().map(word).collect(),
            checks: 0,
            passed: true,
            rules: Vec::new(),
            messages: Counts::default(),
            failures: Vec::new(),
        }
    }

    pub(crate) fn has_passed(&self) -> bool {
        self.passed
    }

    /// What became of a rule's examples.
    pub(crate) fn rule(&mut self, opened: &Opened, rule: &ResolvedRule, tested: Tested) {
        let id = rule.rule.common.id.as_str();
        self.rules.push(RuleReport {
            rule: id.to_owned(),
            examples: tested.examples,
            rendered: tested.rendered,
            mentions: tested.mentions,
            counter_examples: tested.counter_examples,
            failed: tested.broken.len(),
        });
        for Broken { said, number, context, code, outcome, text } in tested.broken {
            let place = Place { path: rule.path(), rule: id, said, number };
            let place = place.line_and_column(&opened.files);
            self.fail(Failed {
                code,
                rule: Some(id.to_owned()),
                path: opened.policy.shown(rule.path()),
                line: place.map(|(line, _)| line),
                context: Some(context),
                message: format!("{} {} {outcome}", said.word(), number + 1),
                text: Some(text),
            });
        }
    }

    /// What became of a test message.
    pub(crate) fn message(&mut self, message: &Message, outcome: Result<(), String>) {
        self.messages.run += 1;
        if let Err(outcome) = outcome {
            self.messages.failed += 1;
            self.fail(Failed {
                code: "test-message",
                rule: None,
                path: message.path.clone(),
                line: u32::try_from(message.line).ok(),
                context: None,
                message: format!("{}: {outcome}", message.name),
                text: None,
            });
        }
    }

    /// Where the module and the native engine did not agree.
    pub(crate) fn differences(&mut self, differences: &[String]) {
        for difference in differences {
            self.fail(Failed {
                code: "engines-differ",
                rule: None,
                path: self.path.clone(),
                line: None,
                context: None,
                message: format!("{difference}: the module and the native engine do not give the same verdict"),
                text: None,
            });
        }
    }

    fn fail(&mut self, failed: Failed) {
        self.passed = false;
        self.failures.push(failed);
    }

    pub(crate) fn print(&self) -> io::Result<()> {
        let out = &mut AutoStream::auto(io::stdout().lock());
        let bold = Style::new().bold();
        let red = bold.fg_color(Some(AnsiColor::Red.into()));
        let green = bold.fg_color(Some(AnsiColor::Green.into()));
        writeln!(out, "{bold}{}{bold:#}", printable(&self.path))?;
        if !self.rules.is_empty() {
            let width = self.rules.iter().map(|rule| rule.rule.len()).max().unwrap_or(0).max(4);
            writeln!(out, "  {:width$}  examples  in other forms  mentions  counter-examples", "rule")?;
            for RuleReport { rule, examples, rendered, mentions, counter_examples, failed } in &self.rules {
                write!(out, "  {rule:width$}  {examples:>8}  {rendered:>14}  {mentions:>8}  {counter_examples:>16}")?;
                if *failed > 0 {
                    write!(out, "  {red}{failed} failed{red:#}")?;
                }
                writeln!(out)?;
            }
        }
        for Failed { code, rule, path, line, context, message, text } in &self.failures {
            write!(out, "{red}failed{red:#} {}", printable(path))?;
            if let Some(line) = line {
                write!(out, ":{line}")?;
            }
            write!(out, ": [{code}]")?;
            if let Some(rule) = rule {
                write!(out, " {bold}{}{bold:#}:", printable(rule))?;
            }
            write!(out, " {}", printable(message))?;
            if let Some(context) = context {
                write!(out, " (form: {context})")?;
            }
            writeln!(out)?;
            if let Some(text) = text {
                writeln!(out, "         « {} »", printable(&shortened(text)))?;
            }
        }
        let engines = match self.engines.as_slice() {
            [one] => (*one).to_owned(),
            _ => "the module and natively".to_owned(),
        };
        let (word, style) = if self.passed { ("passed", green) } else { ("failed", red) };
        let messages = count(self.messages.run, "test message");
        write!(out, "{style}{word}{style:#}: {}, {messages}, ", count(self.rules.len(), "rule"))?;
        write!(out, "{} in {engines}", count(usize::try_from(self.checks).unwrap_or(usize::MAX), "check"))?;
        if !self.passed {
            write!(out, "; {}", count(self.failures.len(), "failure"))?;
        }
        writeln!(out)
    }
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 120;
    let mut characters = text.chars();
    let shown = characters.by_ref().take(SHOWN).collect::<String>();
    if characters.next().is_some() { format!("{shown}…") } else { shown }
}

/// All reports as one object.
pub(crate) fn print_json(reports: &[Report]) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Output<'r> {
        policies: &'r [Report],
    }
    crate::render::json(&Output { policies: reports })
}
