//! What can be said on the command line, and how it is explained.
//!
//! Help teaches with examples: whoever reads it wants to have checked a message a minute later.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use crate::embedded::MODULE_HASH;
use crate::eval;
use crate::failure::Failure;
use crate::keys::KeyOptions;
use crate::options::{EngineOptions, Room};
use crate::policy_tools::PolicyOptions;

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let version = env!("CARGO_PKG_VERSION");
    let abi = filter_matrix::wire::ABI_VERSION;
    let engine = filter_matrix::ENGINE_VERSION;
    format!("{version}\nengine {engine}, ABI {abi}\nmodule sha256:{MODULE_HASH}")
});

/// Checks Matrix events for classification markings and sensitive data.
#[derive(Debug, Parser)]
#[command(name = "tamis", version, long_version = VERSION.as_str(), arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What the command does.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check events: one a line in, one verdict a line out
    #[command(long_about = CHECK_ABOUT, after_long_help = CHECK_EXAMPLES, after_help = "See `tamis check --help` for examples and exit codes.")]
    Check(CheckOptions),
    /// Write policies: check, test, explain, compare and list them
    Policy(PolicyOptions),
    /// Measure a policy on labelled messages: recall, precision, where the findings lie
    #[command(long_about = eval::ABOUT, after_long_help = eval::EXAMPLES, after_help = "See `tamis eval --help` for the format of a corpus, examples and exit codes.")]
    Eval(eval::EvalOptions),
    /// Print a script that completes the command's words in a shell
    #[command(after_help = "Example: tamis completions bash > ~/.local/share/bash-completion/completions/tamis")]
    Completions {
        /// Which shell
        shell: Shell,
    },
}

const CHECK_ABOUT: &str = "\
Check events: one a line in, one verdict a line out, in the same order.

A line is a Matrix event, or {\"room\":STATE,\"event\":EVENT} where STATE is the array of the room's current state events (or an \
object {\"state\":[…],\"listed\":false,\"rooms\":{…}}). An empty line is a malformed event; what stands after the last line break is \
a line only if it is not empty. A line that cannot be checked is answered in its place with a verdict of `error`.";

const CHECK_EXAMPLES: &str = "\
Examples:
  Is this message all right?
    echo 'Note DIFFUSION RESTREINTE' | tamis check --text --pretty

  Last month's traffic, with your policy; only what it would stop:
    tamis check --policy policies/ events.jsonl | grep '\"verdict\":\"block\"'

  The same text in a private room:
    echo 'Note DIFFUSION RESTREINTE' | tamis check --text --room private

  Is the policy all right? (No events, so only it is read.)
    tamis check --policy policies/ </dev/null

Exit codes:
  0    nothing above `flag` was found
  1    something was warned about, redacted or blocked
  2    the command could not do its job: usage, policy, files
  3    at least one event could not be checked, whatever else was found
  141  the reader of the output went away";

/// Options of `tamis check`.
#[derive(Args, Debug)]
pub(crate) struct CheckOptions {
    /// Files of events, one a line; `-` or none for standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// A policy file, or a folder with a `policy.toml`; it replaces the built-in packs
    #[arg(long, value_name = "PATH")]
    pub(crate) policy: Option<PathBuf>,

    /// Each line is the text of a message instead of an event
    #[arg(long)]
    pub(crate) text: bool,

    /// The room of lines that bring no state
    #[arg(long, value_enum, value_name = "KIND", default_value_t = Room::Public)]
    pub(crate) room: Room,

    /// Show verdicts for people instead of JSON lines
    #[arg(long)]
    pub(crate) pretty: bool,

    /// Put the text that was found into the verdicts; mind where they go
    #[arg(long)]
    pub(crate) show_text: bool,

    #[command(flatten)]
    pub(crate) keys: KeyOptions,

    #[command(flatten)]
    pub(crate) engine: EngineOptions,
}

/// Prints a completion script.
pub(crate) fn completions(shell: Shell) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "tamis", &mut script);
    std::io::Write::write_all(&mut std::io::stdout(), &script).map_err(Failure::output)?;
    Ok(ExitCode::SUCCESS)
}
