//! `tamis policy show`: the page of a rule, in the terminal.

use std::io::Write;
use std::process::ExitCode;

use clap::builder::styling::Style;
use serde::Serialize;

use super::arguments::ShowOptions;
use super::opened::Opened;
use super::page::{self, Secrets};
use crate::failure::Failure;
use crate::options::Format;
use crate::render::{json, printable};

/// Shows the page.
pub(crate) fn run(options: &ShowOptions) -> Result<ExitCode, Failure> {
    let opened = Opened::read(options.policy.as_deref(), &options.answer.keys)?;
    let rule = opened.rule(&options.rule)?;
    let secrets = if options.show_text { Secrets::Shown } else { Secrets::Masked };
    let page = page::markdown(rule, &opened.resolved, secrets);
    if options.answer.format == Format::Json {
        #[derive(Serialize)]
        struct Output<'o> {
            id: &'o str,
            path: &'o str,
            page: &'o str,
        }
        json(&Output { id: &options.rule, path: rule.path(), page: &page })?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&page).map_err(Failure::output)?;
    Ok(ExitCode::SUCCESS)
}

/// Markdown reads well as it is; on a terminal titles stand out, and a table's frame is left out.
fn print(page: &str) -> std::io::Result<()> {
    let mut out = anstream::stdout().lock();
    let bold = Style::new().bold();
    let mut in_code = false;
    for line in page.lines() {
        let line = printable(line);
        if line.starts_with("```") {
            in_code = !in_code;
        } else if in_code {
            writeln!(out, "  {line}")?;
        } else if line.starts_with('#') {
            writeln!(out, "{bold}{}{bold:#}", line.trim_start_matches(['#', ' ']).replace('`', ""))?;
        } else if line.starts_with("| |") || line.starts_with("| key | |") || line.starts_with("|--") {
            // A table's head.
        } else if let Some(row) = line.strip_prefix("| ").and_then(|row| row.strip_suffix(" |")) {
            let (key, value) = row.split_once(" | ").unwrap_or((row, ""));
            writeln!(out, "  {:16} {}", key.replace('`', ""), value.replace("\\|", "|"))?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
