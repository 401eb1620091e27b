//! `tamis`: reads Matrix events and says which of them carry classification markings or sensitive data.
//!
//! The command decides nothing: it reads lines, hands them to the engine, and prints what the engine says. Which words are markings,
//! which rooms are public and what becomes of a finding is the policy's, which the module reads.
//!
//! | file | idea |
//! |---|---|
//! | `arguments` | what can be said on the command line, and how it is explained |
//! | `options` | what several commands share of it |
//! | `check` | one line in, one verdict out |
//! | `policy_tools` | what the authors of policies work with: `tamis policy …` |
//! | `eval` | a policy measured on labelled messages |
//! | `question` | one line into one question to the engine |
//! | `lines` | lines of any length, in bounded memory |
//! | `rooms` | a line's room into facts, remembered |
//! | `verdict` | the verdicts that are not the engine's: there was nothing that it could look at |
//! | `engine` | the module, or the engine linked into the command, behind one trait |
//! | `policy` | where a policy comes from |
//! | `keys` | the keys of a policy's hashes |
//! | `diagnostics` | what is wrong with a policy, shown in its place |
//! | `render` | verdicts for people |

mod arguments;
mod check;
mod diagnostics;
mod embedded;
mod engine;
mod eval;
mod failure;
mod keys;
mod lines;
mod options;
mod policy;
mod policy_tools;
mod question;
mod render;
mod rooms;
mod verdict;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

fn main() -> ExitCode {
    // A usage error ends here with 2, help and version with 0.
    let arguments = Arguments::parse();
    let done = match &arguments.command {
        Command::Check(options) => check::run(options),
        Command::Policy(options) => policy_tools::run(options),
        Command::Eval(options) => eval::run(options),
        Command::Completions { shell } => arguments::completions(*shell),
    };
    match done {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}
