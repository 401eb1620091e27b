//! How `tamis eval` is asked, and how it is explained.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::keys::KeyOptions;
use crate::options::EngineOptions;
use crate::options::Format;

pub(crate) const ABOUT: &str = "\
Measure a policy on labelled messages: what is stopped that must be, what is stopped that must not be, and whether findings lie on \
the text that they name.

A corpus is a file, or a folder of `.txt` files. `## label` sets the label of the lines below it; a message is a line that begins with \
`+ ` (must be stopped, and what must be found stands in ⟦ and ⟧), `~ ` (at most flagged) or `- ` (must pass). A message that begins \
with `{\"` is a whole event as JSON; in any other \\n, \\t, \\\\ and \\u{…} are escapes. ⌇ is left out when read.

`stopped` means warned about, redacted or blocked. `spans` is the share of the things found that are named to the letter, whatever \
punctuation stands around them. A rule's recall is over the labels of which it finds more than any other rule does.";

pub(crate) const EXAMPLES: &str = "\
Examples:
  How good are the built-in packs?
    tamis eval tests/corpus

  What does my policy miss in the half that I tune it on?
    tamis eval tests/corpus --policy policies/ --half tune --list --show-text

  Has anything become worse?
    tamis eval tests/corpus --baseline tests/corpus/baseline.json

Exit codes:
  0    measured; with --baseline, no figure has fallen
  1    a figure has fallen below the baseline
  2    the command could not do its job: usage, policy, corpus";

/// Options of `tamis eval`.
#[derive(Args, Debug)]
pub(crate) struct EvalOptions {
    /// A file of labelled messages, or a folder of `.txt` files
    #[arg(value_name = "CORPUS")]
    pub(crate) corpus: PathBuf,

    /// Only the half that rules are tuned on, or the one that they have never seen
    #[arg(long, value_enum, value_name = "HALF", default_value_t = HalfOption::Both)]
    pub(crate) half: HalfOption,

    /// How the figures are shown
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// Name each message that is not treated as labelled
    #[arg(long)]
    pub(crate) list: bool,

    /// With --list: show these messages' texts
    #[arg(long, requires = "list")]
    pub(crate) show_text: bool,

    /// Fail when a figure is lower than in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write the figures to this file, for --baseline
    #[arg(long, value_name = "FILE")]
    pub(crate) write_baseline: Option<PathBuf>,

    /// Print the messages as events, one a line, and check nothing
    #[arg(long, conflicts_with_all = ["list", "baseline", "write_baseline"])]
    pub(crate) events: bool,

    /// A policy file, or a folder with a `policy.toml`; it replaces the built-in packs
    #[arg(long, value_name = "PATH")]
    pub(crate) policy: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) keys: KeyOptions,

    #[command(flatten)]
    pub(crate) engine: EngineOptions,
}

/// Which part of a corpus is read.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum HalfOption {
    /// All of it
    Both,
    /// What rules may be tuned on
    Tune,
    /// What they have never seen
    HeldOut,
}
