//! `tamis policy test`: does a policy do what its author says it does?
//!
//! | file | idea |
//! |---|---|
//! | `contexts` | the forms in which a text will be met, and which rules promise to be found in which |
//! | `promises` | what examples, mentions and counter-examples promise, and whether it is kept |
//! | `messages` | test messages in files beside the policy |
//! | `answers` | one event, asked of the module and natively; the two must agree |
//! | `report` | what is shown |

pub(super) mod answers;
mod contexts;
mod messages;
pub(super) mod promises;
mod report;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::arguments::{TestEngines, TestOptions};
use super::opened::{Opened, no_such_rule, refused};
use crate::engine::Running;
use crate::failure::Failure;
use crate::options::Format;
use crate::options::{EngineKind, EngineOptions};
use answers::Answers;
use report::Report;

/// Tests each of the policies, or the built-in one.
pub(crate) fn run(options: &TestOptions) -> Result<ExitCode, Failure> {
    let paths = options.paths.iter().cloned().map(Some).collect::<Vec<_>>();
    let paths = if paths.is_empty() { vec![None] } else { paths };
    let mut reports = Vec::new();
    for path in paths {
        let report = test(path, options)?;
        if options.answer.format == Format::Text {
            report.print().map_err(Failure::output)?;
        }
        reports.push(report);
    }
    if options.answer.format == Format::Json {
        report::print_json(&reports)?;
    }
    let passed = reports.iter().all(Report::has_passed);
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn test(path: Option<PathBuf>, options: &TestOptions) -> Result<Report, Failure> {
    let opened = Opened::read(path.as_deref(), &options.answer.keys)?;
    let kinds = match options.engine {
        TestEngines::Both => &[EngineKind::Wasm, EngineKind::Native][..],
        TestEngines::Wasm => &[EngineKind::Wasm],
        TestEngines::Native => &[EngineKind::Native],
    };
    let mut engines = Vec::new();
    for kind in kinds {
        let cache = EngineOptions { engine: *kind, cache: options.cache.clone() }.cache_folder();
        let mut engine = Running::start(*kind, cache)?;
        engine.load_policy(&opened.policy).map_err(|error| refused(error, &opened.policy))?;
        engines.push(engine);
    }
    let mut answers = Answers::new(engines);

    let chosen = |id: &str| options.rule.is_empty() || options.rule.iter().any(|rule| rule == id);
    let rules = match options.all {
        true => opened.resolved.rules.iter().collect::<Vec<_>>(),
        false => opened.own_rules().collect(),
    };
    let ids = || rules.iter().map(|rule| rule.rule.common.id.as_str());
    if let Some(unknown) = options.rule.iter().find(|rule| ids().all(|id| id != rule.as_str())) {
        return Err(Failure::Input(no_such_rule(unknown, ids())));
    }

    // The test messages first: a file that cannot be read must not cost the author a minute.
    let messages = if options.rule.is_empty() { messages::read(&opened.policy)? } else { Vec::new() };
    let mut report = Report::new(&opened, kinds);
    let rules = rules.into_iter().filter(|rule| chosen(&rule.rule.common.id)).collect::<Vec<_>>();
    let progress = progress(rules.len());
    for rule in rules {
        progress.set_message(rule.rule.common.id.clone());
        let tested = promises::test(&mut answers, &opened.resolved.actions, rule);
        report.rule(&opened, rule, tested);
        progress.inc(1);
    }
    progress.finish_and_clear();
    for message in &messages {
        report.message(message, message.test(&mut answers));
    }
    report.checks = answers.asked();
    report.differences(answers.differences());
    Ok(report)
}

/// On a terminal, and only for what takes longer than a glance.
fn progress(rules: usize) -> ProgressBar {
    const GLANCE: Duration = Duration::from_millis(150);
    let bar = ProgressBar::with_draw_target(Some(rules as u64), ProgressDrawTarget::stderr());
    // The template is a constant; a wrong one leaves the default style.
    if let Ok(style) = ProgressStyle::with_template("{bar:10} {pos}/{len} rules  {wide_msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(GLANCE);
    bar
}
