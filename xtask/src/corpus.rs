//! The labelled corpus: no figure has fallen, and its events and verdicts lie ready for the hosts in other languages.

use std::fs;
use std::process::Stdio;

use crate::failure::{About, Failure};
use crate::process::run;
use crate::workspace::Workspace;

const CORPUS: &str = "tests/corpus";
const BASELINE: &str = "tests/corpus/baseline.json";
const TAMIS: &str = "target/release/tamis";

/// Measures in the module and natively, then writes `target/corpus/{events,verdicts}.jsonl`.
pub(crate) fn measure(workspace: &Workspace) -> Result<(), Failure> {
    for engine in ["native", "wasm"] {
        let mut eval = workspace.command(workspace.path(TAMIS));
        run(eval.args(["eval", CORPUS, "--engine", engine, "--baseline", BASELINE]))?;
    }
    let folder = workspace.path("target/corpus");
    fs::create_dir_all(&folder).about("make", &folder)?;
    let output = |name: &str| {
        let path = folder.join(name);
        fs::File::create(&path).about("write", &path)
    };
    let mut events = workspace.command(workspace.path(TAMIS));
    run(events.args(["eval", CORPUS, "--events"]).stdout(Stdio::from(output("events.jsonl")?)))?;
    // Exit status 1: something was found, of course.
    let mut check = workspace.command("sh");
    check.arg("-c").arg(format!("{TAMIS} check --engine native target/corpus/events.jsonl || test $? = 1"));
    run(check.stdout(Stdio::from(output("verdicts.jsonl")?)))
}
