//! `tamis policy list`: the rules that are in force, a line each.

use std::io::Write;
use std::process::ExitCode;

use filter_core::Action;
use filter_core::policy::model::{Maturity, Mode};
use serde::Serialize;

use super::arguments::ListOptions;
use super::opened::Opened;
use super::page;
use crate::failure::Failure;
use crate::options::Format;
use crate::render::{count, json, language, printable};

#[derive(Serialize)]
struct Listed<'l> {
    id: &'l str,
    kind: &'static str,
    category: &'l str,
    severity: &'static str,
    /// By confidence.
    actions: Actions,
    maturity: &'static str,
    title: &'l str,
    path: &'l str,
}

#[derive(Serialize)]
struct Actions {
    low: Action,
    medium: Action,
    high: Action,
}

/// Lists the rules.
pub(crate) fn run(options: &ListOptions) -> Result<ExitCode, Failure> {
    let opened = Opened::read(options.path.as_deref(), &options.answer.keys)?;
    let language = language();
    let rules = opened.resolved.rules.iter().map(|rule| {
        let common = &rule.rule.common;
        let [low, medium, high] = page::actions(rule, &opened.resolved);
        Listed {
            id: &common.id,
            kind: page::kind(&rule.rule.kind),
            category: &common.category,
            severity: page::severity(common.severity),
            actions: Actions { low, medium, high },
            maturity: match common.maturity {
                Maturity::Stable => "stable",
                Maturity::Experimental => "experimental",
            },
            title: common.title.get(&language),
            path: rule.path(),
        }
    });
    let rules = rules.collect::<Vec<_>>();
    let policy = &opened.resolved.hash;
    if options.answer.format == Format::Json {
        #[derive(Serialize)]
        struct Output<'o> {
            policy: &'o str,
            rules: Vec<Listed<'o>>,
        }
        json(&Output { policy, rules })?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&rules, &opened).map_err(Failure::output)?;
    Ok(ExitCode::SUCCESS)
}

fn print(rules: &[Listed<'_>], opened: &Opened) -> std::io::Result<()> {
    let mut out = anstream::stdout().lock();
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    for rule in rules {
        let Actions { high, .. } = rule.actions;
        let experimental = if rule.maturity == "experimental" { "  (experimental)" } else { "" };
        writeln!(
            out,
            "{:width$}  {:7}  {:8}  {:6}  {}{experimental}",
            rule.id,
            rule.kind,
            rule.severity,
            high.as_str(),
            printable(rule.title)
        )?;
    }
    let mode = match opened.resolved.header.mode {
        Mode::Enforce => "",
        Mode::Observe => "; mode = \"observe\": nothing is stopped",
    };
    let path = opened.policy.shown(&opened.policy.root);
    // Not among the rules: `tamis policy list | wc -l` counts them.
    anstream::eprintln!("{}: {}{mode}, {}", printable(&path), count(rules.len(), "rule"), opened.resolved.hash);
    Ok(())
}
