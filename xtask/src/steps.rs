//! `cargo xtask test`: one table of what must pass, in order. A new suite is one row here.
//!
//! The cheap steps come first. A step that cannot run is a step that failed: nothing is left out for want of a tool.

use std::time::{Duration, Instant};

use crate::corpus;
use crate::failure::Failure;
use crate::generated;
use crate::module;
use crate::process::run;
use crate::python::Python;
use crate::tool::NODE;
use crate::workspace::Workspace;

struct Step {
    name: &'static str,
    run: fn(&Workspace) -> Result<(), Failure>,
}

const STEPS: &[Step] = &[
    Step { name: "format", run: |on| run(&mut on.cargo(&["fmt", "--all", "--check"])) },
    Step { name: "build", run: module::build },
    Step { name: "generated", run: generated::check },
    Step { name: "clippy", run: clippy },
    Step { name: "docs", run: docs },
    Step { name: "rust", run: |on| run(&mut on.cargo(&["test", "--workspace", "--release"])) },
    Step { name: "stdnum", run: stdnum },
    Step { name: "corpus", run: corpus::measure },
    Step { name: "conformance-node", run: conformance_node },
    Step { name: "conformance-python", run: conformance_python },
    Step { name: "synapse-lint", run: synapse_lint },
    Step { name: "synapse", run: |on| pytest(on, "hosts/synapse") },
];

/// Runs the steps of these names, or those whose names contain one of the words, or all; stops at the first that fails.
pub(crate) fn run_steps(workspace: &Workspace, words: &[&str]) -> Result<(), Failure> {
    // `synapse` is a step, and not its linter, too.
    let named = |word: &str, step: &Step| {
        let exact = STEPS.iter().any(|step| step.name == word);
        if exact { step.name == word } else { step.name.contains(word) }
    };
    let chosen =
        STEPS.iter().filter(|step| words.is_empty() || words.iter().any(|word| named(word, step))).collect::<Vec<_>>();
    if chosen.is_empty() {
        let names = STEPS.iter().map(|step| step.name).collect::<Vec<_>>().join(", ");
        return Err(Failure::new("there is no such step").help(format!("The steps are: {names}")));
    }
    let mut times = Vec::new();
    for (index, step) in chosen.iter().enumerate() {
        eprintln!("\n=== {} ({} of {})", step.name, index + 1, chosen.len());
        let begun = Instant::now();
        (step.run)(workspace).map_err(|failure| {
            // An interrupt says all that there is to say.
            if failure.is_interrupt() {
                return failure;
            }
            failure.help(format!("This step again: cargo xtask test {}", step.name))
        })?;
        times.push((step.name, begun.elapsed()));
    }
    eprintln!("\n=== all passed");
    for (name, time) in &times {
        eprintln!("{name:20} {:6.1} s", time.as_secs_f64());
    }
    let all = times.iter().map(|(_, time)| *time).sum::<Duration>();
    eprintln!("{:20} {:6.1} s", "", all.as_secs_f64());
    Ok(())
}

fn clippy(workspace: &Workspace) -> Result<(), Failure> {
    run(&mut workspace.cargo(&["clippy", "--workspace", "--all-targets", "--release", "--", "--deny", "warnings"]))
}

fn docs(workspace: &Workspace) -> Result<(), Failure> {
    let mut cargo = workspace.cargo(&["doc", "--workspace", "--no-deps", "--release", "--document-private-items"]);
    run(cargo.env("RUSTDOCFLAGS", "-Dwarnings"))
}

/// Our validators against python-stdnum, which knows most of the same numbers.
fn stdnum(workspace: &Workspace) -> Result<(), Failure> {
    let python = Python::ensure(workspace)?;
    run(&mut workspace.cargo(&["build", "--release", "--package", "filter-core", "--example", "validate"]))?;
    run(python.command(workspace).args(["tests/stdnum/run.py", "target/release/examples/validate"]))
}

/// The module in both forms: Node is the host that runs the one without SIMD.
fn conformance_node(workspace: &Workspace) -> Result<(), Failure> {
    NODE.ensure()?;
    for module in ["target/tamis.wasm", "target/tamis-nosimd.wasm"] {
        run(workspace.command(NODE.program).args(["tests/conformance/run.mjs", module]))?;
    }
    Ok(())
}

fn conformance_python(workspace: &Workspace) -> Result<(), Failure> {
    let python = Python::ensure(workspace)?;
    run(python.command(workspace).args(["tests/conformance/run.py", "target/tamis.wasm"]))
}

/// ruff and mypy, as `hosts/synapse/pyproject.toml` sets them up.
fn synapse_lint(workspace: &Workspace) -> Result<(), Failure> {
    let python = Python::ensure(workspace)?;
    let folder = workspace.path("hosts/synapse");
    for arguments in [&["ruff", "check", "."][..], &["ruff", "format", "--check", "."], &["mypy"]] {
        run(python.command(workspace).current_dir(&folder).arg("-m").args(arguments))?;
    }
    Ok(())
}

fn pytest(workspace: &Workspace, folder: &str) -> Result<(), Failure> {
    let python = Python::ensure(workspace)?;
    run(python.command(workspace).current_dir(workspace.path(folder)).args(["-m", "pytest", "-q"]))
}
