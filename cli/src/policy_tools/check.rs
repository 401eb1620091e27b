//! `tamis policy check`: everything that is wrong with a policy, at once, in its place.
//!
//! What is wrong with the files is the engine's to say. Beyond that each example of the policy's own rules is tried as it stands: one that is
//! not found is a rule that does not do what its author thinks. `tamis policy test` tries them in every form.

use std::path::Path;
use std::process::ExitCode;

use filter_core::policy::lint;
use serde::Serialize;
use tamis_host::{Bundle, Diagnostic, LoadError, Loaded, Severity, Unread};

use super::arguments::CheckOptions;
use super::opened::{Opened, resolved};
use super::places::Place;
use super::test::promises;
use crate::diagnostics;
use crate::engine::Running;
use crate::failure::Failure;
use crate::options::Format;
use crate::policy::Policy;
use crate::render::{count, printable};

/// What is said of one policy.
#[derive(Serialize)]
struct Report {
    path: String,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<u64>,
    errors: usize,
    warnings: usize,
    /// As the person would type the paths.
    diagnostics: Vec<Diagnostic>,
}

/// Checks each of the policies; a mistake in one does not hide those of the next.
pub(crate) fn run(options: &CheckOptions) -> Result<ExitCode, Failure> {
    let mut engine = options.engine.start()?;
    let mut reports = Vec::new();
    let mut failed = None;
    for path in &options.paths {
        match check(&mut engine, path, options) {
            Ok(report) => reports.push(report),
            Err(failure) => {
                failed = Some(failure.report());
            }
        }
    }
    if options.answer.format == Format::Json {
        #[derive(Serialize)]
        struct Output {
            policies: Vec<Report>,
        }
        let ok = |report: &Report| report.ok && !(options.strict && report.warnings > 0);
        let all_fine = reports.iter().all(ok);
        crate::render::json(&Output { policies: reports })?;
        return Ok(failed.unwrap_or(if all_fine { ExitCode::SUCCESS } else { ExitCode::from(1) }));
    }
    let wrong = reports.iter().any(|report| report.errors > 0 || options.strict && report.warnings > 0);
    Ok(failed.unwrap_or(if wrong { ExitCode::from(1) } else { ExitCode::SUCCESS }))
}

fn check(engine: &mut Running, path: &Path, options: &CheckOptions) -> Result<Report, Failure> {
    let policy = Policy::find(Some(path), &options.answer.keys)?;
    let (summary, mut diagnostics, files, unread) = match engine.load_policy(&policy) {
        Ok(Loaded { summary, bundle, unread }) => {
            let mut diagnostics = summary.warnings.clone();
            if let Some(resolved) = resolved(&bundle) {
                diagnostics.extend(lint(&resolved).into_iter().map(as_read));
                let opened =
                    Opened { policy: Policy::find(Some(path), &options.answer.keys)?, files: bundle.clone(), resolved };
                diagnostics.extend(broken_promises(engine, &opened));
            }
            (Some(summary), diagnostics, bundle, unread)
        }
        Err(LoadError::Policy { diagnostics, bundle, unread }) => {
            (None, diagnostics.into_iter().map(diagnostics::with_pack_meant).collect(), bundle, unread)
        }
        Err(LoadError::Root { path, reason }) => {
            return Err(Failure::Input(format!("the policy {} cannot be read: {reason}", policy.shown(&path))));
        }
        Err(other) => return Err(Failure::Load(other)),
    };
    diagnostics.sort_by(|a, b| (&a.path, a.line, a.column).cmp(&(&b.path, b.line, b.column)));
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    let report = Report {
        path: policy.shown(&policy.root),
        ok: errors == 0,
        policy: summary.as_ref().map(|summary| summary.policy.clone()),
        rules: summary.as_ref().map(|summary| summary.rules),
        errors,
        warnings,
        diagnostics,
    };
    if options.answer.format == Format::Text {
        print(&report, &files, &unread, &policy).map_err(Failure::output)?;
    }
    let shown = |diagnostic: Diagnostic| Diagnostic { path: policy.shown(&diagnostic.path), ..diagnostic };
    Ok(Report { diagnostics: report.diagnostics.into_iter().map(shown).collect(), ..report })
}

/// The engine's remark as hosts read it.
fn as_read(remark: filter_core::Diagnostic) -> Diagnostic {
    let filter_core::Diagnostic { code, path, line, column, end_line, end_column, rule, message, help, .. } = remark;
    let (severity, code) = (Severity::Warning, code.to_owned());
    Diagnostic { severity, code, path, line, column, end_line, end_column, rule, message, help }
}

/// The examples, mentions and counter-examples that are not what they say, each as it stands.
fn broken_promises(engine: &mut Running, opened: &Opened) -> Vec<Diagnostic> {
    let rules = opened.own_rules().collect::<Vec<_>>();
    let mut found = Vec::new();
    for rule in rules {
        for broken in promises::broken_as_written(engine, &opened.resolved.actions, rule) {
            let id = rule.rule.common.id.as_str();
            let place = Place { path: rule.path(), rule: id, said: broken.said, number: broken.number };
            let message = format!("this {} {}", broken.said.word(), broken.outcome);
            let help =
                format!("`tamis policy explain --rule {id} …` tells why, with the text of the {}", broken.said.word());
            found.push(place.warning(&opened.files, broken.code, message, help));
        }
    }
    found
}

fn print(report: &Report, files: &Bundle, unread: &[Unread], policy: &Policy) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut out = anstream::stdout().lock();
    for diagnostic in &report.diagnostics {
        writeln!(out, "{}", diagnostics::render(diagnostic, files, policy))?;
    }
    for Unread { path, reason } in unread {
        writeln!(out, "{}: note: not read: {}\n", printable(path), printable(reason))?;
    }
    let path = printable(&report.path);
    let problems = [(report.errors, "error"), (report.warnings, "warning")];
    let problems = problems.iter().filter(|(number, _)| *number > 0).map(|(number, word)| count(*number, word));
    let problems = problems.collect::<Vec<_>>().join(", ");
    match (&report.rules, problems.is_empty()) {
        (Some(rules), true) => writeln!(out, "{path}: fine, {}", count(*rules as usize, "rule")),
        (Some(rules), false) => writeln!(out, "{path}: {problems}; it loads, {}", count(*rules as usize, "rule")),
        (None, _) => writeln!(out, "{path}: {problems}; it does not load"),
    }
}
