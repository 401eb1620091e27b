//! `tamis policy pages`: a page a rule and an index, from the rules themselves, so that they cannot be out of date for long.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use filter_core::Action;

use super::arguments::PagesOptions;
use super::opened::Opened;
use super::page::{self, Secrets};
use crate::failure::Failure;
use crate::render::count;

const INDEX: &str = "README.md";
/// Every page that is written begins and ends as ours do; a file without this line is somebody's own and stays.
const MARK: &str = "<!-- Written by `tamis policy pages`; what is changed here is lost. -->";

/// Writes the pages, or looks whether they are current.
pub(crate) fn run(options: &PagesOptions) -> Result<ExitCode, Failure> {
    let opened = Opened::read(options.path.as_deref(), &options.keys)?;
    let wanted = pages(&opened);
    let existing = written(&options.out)?;
    let stale = existing.iter().filter(|(name, _)| !wanted.contains_key(*name)).map(|(name, _)| name.clone());
    let stale = stale.collect::<Vec<_>>();
    let changed = wanted.iter().filter(|(name, page)| existing.get(*name) != Some(page)).collect::<Vec<_>>();
    if options.check {
        if stale.is_empty() && changed.is_empty() {
            eprintln!("{}: {} are current", options.out.display(), count(wanted.len(), "page"));
            return Ok(ExitCode::SUCCESS);
        }
        for name in changed.iter().map(|(name, _)| name.as_str()).chain(stale.iter().map(String::as_str)) {
            eprintln!("{}: not current", options.out.join(name).display());
        }
        return Ok(ExitCode::from(1));
    }
    let cannot =
        |path: &Path, error: std::io::Error| Failure::Input(format!("cannot write {}: {error}", path.display()));
    fs::create_dir_all(&options.out).map_err(|error| cannot(&options.out, error))?;
    for (name, page) in &changed {
        let path = options.out.join(name);
        fs::write(&path, page).map_err(|error| cannot(&path, error))?;
    }
    for name in &stale {
        let path = options.out.join(name);
        fs::remove_file(&path).map_err(|error| cannot(&path, error))?;
    }
    let removed = if stale.is_empty() { String::new() } else { format!(", {} removed", stale.len()) };
    eprintln!("{}: {}, {} written{removed}", options.out.display(), count(wanted.len(), "page"), changed.len());
    Ok(ExitCode::SUCCESS)
}

fn pages(opened: &Opened) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for rule in &opened.resolved.rules {
        let page = page::markdown(rule, &opened.resolved, Secrets::Masked);
        pages.insert(format!("{}.md", rule.rule.common.id), format!("{MARK}\n{page}"));
    }
    pages.insert(INDEX.to_owned(), index(opened));
    pages
}

/// The rules by the file that they stand in.
fn index(opened: &Opened) -> String {
    let mut by_file: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for rule in &opened.resolved.rules {
        by_file.entry(rule.path()).or_default().push(rule);
    }
    let mut index = format!(
        "{MARK}\n# Rules\n\n{} in {}.\n",
        count(opened.resolved.rules.len(), "rule"),
        count(by_file.len(), "file")
    );
    for (path, mut rules) in by_file {
        rules.sort_by(|a, b| a.rule.common.id.cmp(&b.rule.common.id));
        let _ = writeln!(index, "\n## `{path}`\n\n| rule | finds | severity | action |\n|---|---|---|---|");
        for rule in rules {
            let common = &rule.rule.common;
            let [_, _, high] = page::actions(rule, &opened.resolved).map(Action::as_str);
            let title = common.title.get("en").replace('|', "\\|");
            let severity = page::severity(common.severity);
            let _ = writeln!(index, "| [`{0}`]({0}.md) | {title} | {severity} | {high} |", common.id);
        }
    }
    index
}

/// The pages that were written before.
fn written(folder: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let cannot = |error: std::io::Error| Failure::Input(format!("cannot read {}: {error}", folder.display()));
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(cannot(error)),
    };
    let mut pages = BTreeMap::new();
    for entry in entries {
        let entry = entry.map_err(cannot)?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if name.ends_with(".md") {
            // One that is no text is none of ours.
            let page = fs::read_to_string(entry.path()).unwrap_or_default();
            if page.starts_with(MARK) {
                pages.insert(name, page);
            }
        }
    }
    Ok(pages)
}
