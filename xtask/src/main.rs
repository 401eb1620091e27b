//! `cargo xtask …`: what builds, tests and shows the project, on a developer's machine and in CI alike.
//!
//! ```text
//! cargo xtask build           target/tamis.wasm, target/tamis-nosimd.wasm, target/release/tamis
//! cargo xtask test [STEP…]    everything that must pass; or the steps whose names contain a word
//! cargo xtask gen             the rules' pages and the schema of the language, from the rules and the language themselves
//! cargo xtask demo            a real Synapse refuses a marked message
//! cargo xtask ci              what CI runs: the same as `test`
//! ```
//!
//! Each command installs what it needs. It must not know how the project works: it starts programs, in an order.

mod corpus;
mod failure;
mod generated;
mod module;
mod process;
mod python;
mod steps;
mod tool;
mod workspace;

use std::process::ExitCode;

use failure::Failure;
use workspace::Workspace;

const HELP: &str = "\
usage: cargo xtask COMMAND

  build           the module (target/tamis.wasm, target/tamis-nosimd.wasm) and the command (target/release/tamis)
  test [STEP…]    everything that must pass; with words: the steps whose names contain one of them
  gen             docs/rules/ and docs/policy.schema.json, from the rules and the language themselves
  demo            a real Synapse on loopback refuses marked messages; needs Python 3.10 or later
  ci              what CI runs: the same as `test`
";

fn main() -> ExitCode {
    process::stop_children_when_interrupted();
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    let words = arguments.iter().map(String::as_str).collect::<Vec<_>>();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            failure.exit_code()
        }
    }
}

fn run(words: &[&str]) -> Result<(), Failure> {
    let workspace = || Workspace::find();
    match words {
        ["build"] => module::build(&workspace()?),
        ["gen"] => {
            let workspace = workspace()?;
            module::build(&workspace)?;
            generated::write(&workspace)
        }
        ["test" | "ci"] => steps::run_steps(&workspace()?, &[]),
        ["test", names @ ..] => steps::run_steps(&workspace()?, names),
        ["demo"] => {
            let workspace = workspace()?;
            module::build(&workspace)?;
            python::demo(&workspace)
        }
        ["help" | "--help" | "-h"] => {
            eprint!("{HELP}");
            Ok(())
        }
        _ => Err(Failure::new(format!("`cargo xtask {}` is no command of this project", words.join(" "))).help(HELP)),
    }
}
