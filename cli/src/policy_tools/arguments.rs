//! How the questions are asked, and help that teaches with examples.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::keys::KeyOptions;
use crate::options::{EngineOptions, Format, Room};

/// Options of `tamis policy`.
#[derive(Args, Debug)]
#[command(after_help = ABOUT)]
pub(crate) struct PolicyOptions {
    #[command(subcommand)]
    pub(crate) command: PolicyCommand,
}

const ABOUT: &str = "\
An afternoon with a policy:
  tamis policy new ours                                 a commented policy to begin with
  tamis policy check ours                               is it right?
  tamis policy test ours                                does it do what it says?
  tamis policy explain --policy ours \"NOTE BLANCHE\"     why was this stopped, or not?
  tamis policy diff builtin:default ours --on LAST-MONTH.jsonl
                                                        what would change?

A PATH is a policy file, a folder with a `policy.toml`, or `builtin:NAME`. `tamis policy COMMAND --help` has examples.";

/// The questions.
#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Write a commented policy to begin with
    #[command(after_help = NEW_EXAMPLES)]
    New(NewOptions),
    /// Say everything that is wrong with policies, where, and what to do
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckOptions),
    /// Run the examples of a policy's rules, and the test messages beside it
    #[command(long_about = TEST_ABOUT, after_long_help = TEST_EXAMPLES, after_help = "See `tamis policy test --help` for the form of test messages.")]
    Test(TestOptions),
    /// Tell how a verdict comes about, and why a rule did not find anything
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainOptions),
    /// Tell what would change on real traffic from one policy to another
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(DiffOptions),
    /// List the rules of a policy
    #[command(after_help = LIST_EXAMPLES)]
    List(ListOptions),
    /// Show the page of a rule
    #[command(after_help = SHOW_EXAMPLES)]
    Show(ShowOptions),
    /// Write the pages of all rules, in Markdown, and an index
    #[command(after_help = PAGES_EXAMPLES)]
    Pages(PagesOptions),
    /// Hash a list of real values, so that a policy finds these and holds none of them
    #[command(long_about = HASH_ABOUT, after_help = HASH_EXAMPLES)]
    Hash(HashOptions),
    /// Print a JSON Schema of the language, for editors
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema,
}

/// Of every command that loads a policy and answers a question about it.
#[derive(Args, Debug)]
pub(crate) struct AnswerOptions {
    /// For people or for programs
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(crate) format: Format,

    #[command(flatten)]
    pub(crate) keys: KeyOptions,
}

/// Options of `tamis policy new`.
#[derive(Args, Debug)]
pub(crate) struct NewOptions {
    /// The folder to make; `policy.toml` and `tests/` are written into it
    #[arg(value_name = "PATH", default_value = "policy")]
    pub(crate) path: PathBuf,
}

const NEW_EXAMPLES: &str = "\
Examples:
  tamis policy new ours        ours/policy.toml and ours/tests/messages.toml
  tamis policy new             policy/policy.toml and policy/tests/messages.toml

What is there already is never written over.";

/// Options of `tamis policy check`.
#[derive(Args, Debug)]
pub(crate) struct CheckOptions {
    /// Policies: files, folders with a `policy.toml`, or `builtin:NAME`
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,

    /// Warnings count as errors
    #[arg(long)]
    pub(crate) strict: bool,

    #[command(flatten)]
    pub(crate) answer: AnswerOptions,

    #[command(flatten)]
    pub(crate) engine: EngineOptions,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  tamis policy check ours                    ours/policy.toml and everything that it includes
  tamis policy check --strict policies/*     in CI: a warning fails too
  tamis policy check --format json ours      for an editor

Exit codes:
  0  fine (there may be warnings, without --strict)
  1  errors, or warnings with --strict
  2  the command could not do its job: usage, files";

/// What runs the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TestEngines {
    /// Both; a difference is a failure
    Both,
    /// The WebAssembly module alone
    Wasm,
    /// The engine linked into this command alone
    Native,
}

/// Options of `tamis policy test`.
#[derive(Args, Debug)]
pub(crate) struct TestOptions {
    /// Policies; none: the built-in one, with all its packs
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The rules of included built-in packs too
    #[arg(long)]
    pub(crate) all: bool,

    /// These rules only
    #[arg(long, value_name = "ID")]
    pub(crate) rule: Vec<String>,

    #[command(flatten)]
    pub(crate) answer: AnswerOptions,

    /// What runs the tests
    #[arg(long, value_enum, value_name = "KIND", default_value_t = TestEngines::Both)]
    pub(crate) engine: TestEngines,

    /// Where the compiled module is kept (default: `tamis` in the user's cache folder; empty: nowhere)
    #[arg(long, value_name = "FOLDER", env = "TAMIS_CACHE", hide_env_values = true)]
    pub(crate) cache: Option<PathBuf>,
}

const TEST_ABOUT: &str = "\
Run the examples of a policy's rules, and the test messages beside it.

An example must be found with high confidence, and then again in every form in which it will be met: in a reply, in bold, in a list, in \
code, in an edit, as a caption, with no-break spaces, in capitals, without accents, with accents apart. A form that a kind of rule does not \
promise is left out: a token is not tested in capitals. A mention must be flagged at most, a counter-example must find nothing.

Everything runs in the WebAssembly module and natively; a difference between the two is a failure.";

const TEST_EXAMPLES: &str = "\
Examples:
  tamis policy test                          the built-in packs
  tamis policy test ours                     ours/policy.toml: its own rules, and ours/tests/
  tamis policy test --all ours               the rules of the packs that it includes, too
  tamis policy test --rule ours.projects ours

Test messages stand in tests/*.toml beside the policy, or in tests/*.jsonl, one a line with the same keys:
  [[test]]
  name = \"a stamp in a public room\"          said when it fails
  text = \"DIFFUSION RESTREINTE\"              or event = '{\"type\":…}', or parts = [\"gh\", \"p_…\"], joined
  room = \"public\"                            public (default), private, encrypted
  room_id = \"!a:example.org\"                 for exceptions and what rooms may carry
  sender = \"@a:example.org\"
  verdict = \"block\"                          required: allow, flag, warn, redact, block, error
  rules = [\"fr.diffusion-restreinte\"]        all rules that find something; left out: not looked at

Exit codes:
  0  all passed
  1  something failed
  2  the command could not do its job: usage, a policy that does not load, a test file that cannot be read";

/// Options of `tamis policy explain`.
#[derive(Args, Debug)]
pub(crate) struct ExplainOptions {
    /// The text of a message
    #[arg(value_name = "TEXT", required_unless_present = "event", conflicts_with = "event")]
    pub(crate) text: Option<String>,

    /// An event instead, or `{"room":STATE,"event":EVENT}`, from a file or `-`; several: one a line
    #[arg(long, value_name = "FILE")]
    pub(crate) event: Option<PathBuf>,

    /// The policy; none: the built-in one
    #[arg(long, value_name = "PATH")]
    pub(crate) policy: Option<PathBuf>,

    /// The room, where the event brings no state
    #[arg(long, value_enum, value_name = "KIND", default_value_t = Room::Public)]
    pub(crate) room: Room,

    /// Of this rule only; and why it found nothing, where it did not
    #[arg(long, value_name = "ID")]
    pub(crate) rule: Option<String>,

    #[command(flatten)]
    pub(crate) answer: AnswerOptions,

    #[command(flatten)]
    pub(crate) engine: EngineOptions,
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  tamis policy explain \"ci-joint la fiche Diffusion Restreinte\"
  tamis policy explain --rule fr.diffusion-restreinte \"la diffusion restreinte du film\"
  tamis policy explain --policy ours --room private \"blue heron\"
  tamis policy explain --event event.json

It shows the text of the message, by its nature: mind where it goes.";

/// Options of `tamis policy diff`.
#[derive(Args, Debug)]
pub(crate) struct DiffOptions {
    /// The policy in force
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,

    /// The policy that is to take its place
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,

    /// Files of events, one a line, as `tamis check` reads them; `-` for standard input
    #[arg(long, value_name = "EVENTS", required = true, num_args = 1..)]
    pub(crate) on: Vec<PathBuf>,

    /// Each line is the text of a message instead of an event
    #[arg(long)]
    pub(crate) text: bool,

    /// The room of lines that bring no state
    #[arg(long, value_enum, value_name = "KIND", default_value_t = Room::Public)]
    pub(crate) room: Room,

    /// Compare what the policies would do if both were in the mode `enforce` and all their rules mature
    #[arg(long)]
    pub(crate) would: bool,

    /// How many samples of each rule are shown
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) samples: usize,

    /// Show the text that was found, in the samples; mind where it goes
    #[arg(long)]
    pub(crate) show_text: bool,

    #[command(flatten)]
    pub(crate) answer: AnswerOptions,

    #[command(flatten)]
    pub(crate) engine: EngineOptions,
}

const DIFF_EXAMPLES: &str = "\
Examples:
  tamis policy diff builtin:default ours --on last-month.jsonl
  tamis policy diff ours ours-next --would --samples 10 --show-text --on a.jsonl b.jsonl
  zcat last-month.jsonl.gz | tamis policy diff ours ours-next --format json --on -

Exit codes:
  0    nothing would change
  1    something would change
  2    the command could not do its job: usage, policies, files
  3    at least one event could not be checked, whatever else was found";

/// Options of `tamis policy list`.
#[derive(Args, Debug)]
pub(crate) struct ListOptions {
    /// The policy; none: the built-in one
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) answer: AnswerOptions,
}

const LIST_EXAMPLES: &str = "\
Examples:
  tamis policy list                  what is built in
  tamis policy list ours             what is in force with ours/policy.toml
  tamis policy list | grep ^bank
  tamis policy list --format json";

/// Options of `tamis policy show`.
#[derive(Args, Debug)]
pub(crate) struct ShowOptions {
    /// The rule
    #[arg(value_name = "ID")]
    pub(crate) rule: String,

    /// A policy; none: the built-in one
    #[arg(long, value_name = "PATH")]
    pub(crate) policy: Option<PathBuf>,

    /// Show the secrets in examples, too
    #[arg(long)]
    pub(crate) show_text: bool,

    #[command(flatten)]
    pub(crate) answer: AnswerOptions,
}

const SHOW_EXAMPLES: &str = "\
Examples:
  tamis policy show bank.iban
  tamis policy show ours.projects --policy ours";

/// Options of `tamis policy pages`.
#[derive(Args, Debug)]
pub(crate) struct PagesOptions {
    /// The policy; none: the built-in one
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,

    /// The folder that the pages are written into; pages of rules that are no more are removed from it
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,

    /// Write nothing; exit with 1 where a page is not current
    #[arg(long)]
    pub(crate) check: bool,

    #[command(flatten)]
    pub(crate) keys: KeyOptions,
}

const PAGES_EXAMPLES: &str = "\
Examples:
  tamis policy pages --out docs/rules             one page a rule, and README.md, which lists them
  tamis policy pages --out docs/rules --check     in CI: are they current?";

/// Options of `tamis policy hash`.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("secret").required(true).args(["key_file", "key_env"]))]
pub(crate) struct HashOptions {
    /// The values, one a line; `-` or none for standard input
    #[arg(value_name = "FILE")]
    pub(crate) values: Option<PathBuf>,

    /// What the key is called; hosts supply it under this name
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,

    /// The file that holds the key; spaces and line ends around it do not count
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,

    /// The environment variable that holds the key
    #[arg(long, value_name = "NAME")]
    pub(crate) key_env: Option<String>,

    /// Where the hashes are written; left out: standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

const HASH_ABOUT: &str = "\
Hash a list of real values, so that a policy finds these and holds none of them.

The file goes to the policy and holds keyed hashes only. The key has 16 bytes or more, stays with the operator, and never stands on a \
command line: whoever has both can try out values. Values are compared without case, accents and separators.";

const HASH_EXAMPLES: &str = "\
Examples:
  (umask 077; openssl rand -hex 32 > staff.key)
  tamis policy hash --name staff --key-file staff.key -o ours/staff.txt numbers.txt
  psql -Atc 'select number from staff' | tamis policy hash --name staff --key-env STAFF_KEY -o ours/staff.txt

In the policy, on a shape or pattern:
  exact = { file = \"staff.txt\" }

Every command that loads it is told where the key is:
  tamis check --policy ours --key staff=staff.key events.jsonl";

const SCHEMA_EXAMPLES: &str = "\
Examples:
  tamis policy schema > tamis.schema.json

Then, as the first line of a policy, for editors that know taplo (« Even Better TOML »):
  #:schema ./tamis.schema.json";
