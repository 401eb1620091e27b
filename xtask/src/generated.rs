//! `cargo xtask gen`: what is written from the rules and the language themselves, and kept in the repository because people read it there.
//!
//! It needs the built command, which has the packs inside it. The step `generated` of the tests fails where one of the files is not current.

use std::fs;

use crate::failure::{About, Failure};
use crate::process::{output, run};
use crate::workspace::Workspace;

const TAMIS: &str = "target/release/tamis";
const PAGES: &str = "docs/rules";
const SCHEMA: &str = "docs/policy.schema.json";

/// Writes the rules' pages and the schema.
pub(crate) fn write(workspace: &Workspace) -> Result<(), Failure> {
    run(workspace.command(tamis(workspace)).args(["policy", "pages", "--out", PAGES]))?;
    let path = workspace.path(SCHEMA);
    fs::write(&path, schema(workspace)?).about("write", &path)
}

/// Fails where they are not current.
pub(crate) fn check(workspace: &Workspace) -> Result<(), Failure> {
    let again = "They are written by: cargo xtask gen";
    run(workspace.command(tamis(workspace)).args(["policy", "pages", "--out", PAGES, "--check"]))
        .map_err(|failure| failure.help(again))?;
    let path = workspace.path(SCHEMA);
    let kept = fs::read_to_string(&path).about("read", &path)?;
    if kept == schema(workspace)? {
        return Ok(());
    }
    Err(Failure::new(format!("{SCHEMA} is not current")).help(again))
}

fn tamis(workspace: &Workspace) -> String {
    workspace.path(TAMIS).display().to_string()
}

fn schema(workspace: &Workspace) -> Result<String, Failure> {
    let printed = output(workspace.command(tamis(workspace)).args(["policy", "schema"]));
    let printed = printed.ok_or_else(|| Failure::new(format!("{TAMIS} prints no schema")))?;
    Ok(format!("{}\n", printed.trim_end()))
}
