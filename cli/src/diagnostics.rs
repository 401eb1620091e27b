//! What is wrong with a policy, in its place: `path:line:column: error [code] message`, the line with a mark below, what to do.
//!
//! The words are the engine's. Printed to standard error, so that standard output is verdicts only.

use std::fmt::Write as _;

use clap::builder::styling::{AnsiColor, Style};
use tamis_host::{BUILTIN, Bundle, Diagnostic, LoadError, Loaded, Severity, Summary, Unread};

use crate::embedded::PACKS;
use crate::failure::Failure;
use crate::policy::Policy;
use crate::render::printable;

/// Prints the warnings of a policy that loaded, or why it did not.
pub(crate) fn report(loaded: Result<Loaded, LoadError>, policy: &Policy) -> Result<Summary, Failure> {
    match loaded {
        Ok(Loaded { summary, bundle, unread }) => {
            print(&summary.warnings, &bundle, &unread, policy);
            Ok(summary)
        }
        Err(LoadError::Policy { diagnostics, bundle, unread }) => {
            let diagnostics = diagnostics.into_iter().map(with_pack_meant).collect::<Vec<_>>();
            print(&diagnostics, &bundle, &unread, policy);
            Err(Failure::Policy)
        }
        Err(LoadError::Root { path, reason }) => {
            let path = policy.shown(&path);
            Err(Failure::Input(format!("the policy {path} cannot be read: {reason}")))
        }
        Err(other) => Err(Failure::Load(other)),
    }
}

fn print(diagnostics: &[Diagnostic], bundle: &Bundle, unread: &[Unread], policy: &Policy) {
    for diagnostic in diagnostics {
        anstream::eprintln!("{}", render(diagnostic, bundle, policy));
    }
    for Unread { path, reason } in unread {
        anstream::eprintln!("{}: note: not read: {}\n", printable(path), printable(reason));
    }
}

/// What the engine cannot know: which packs there are, of a name that none has.
pub(crate) fn with_pack_meant(diagnostic: Diagnostic) -> Diagnostic {
    let named = diagnostic.message.split('`').nth(1).and_then(|path| path.strip_prefix(BUILTIN));
    let Some(name) = named.filter(|_| diagnostic.code == "missing-file") else { return diagnostic };
    // By the bare name: what all paths share would make any two of them alike.
    let bare = name.trim_start_matches("packs/").trim_end_matches(".toml");
    let known = packs();
    let help = match filter_core::policy::did_you_mean(bare, known.iter().copied()) {
        Some(meant) => format!("did you mean `{BUILTIN}packs/{meant}.toml`?"),
        None => format!("there are, as `{BUILTIN}packs/NAME.toml`: {}", known.join(", ")),
    };
    Diagnostic { help: Some(help), ..diagnostic }
}

fn packs() -> Vec<&'static str> {
    PACKS.iter().filter_map(|(path, _)| path.strip_prefix("packs/")?.strip_suffix(".toml")).collect()
}

/// One diagnostic, with colours that the stream takes out where they are not wanted.
pub(crate) fn render(diagnostic: &Diagnostic, bundle: &Bundle, policy: &Policy) -> String {
    let (word, colour) = match diagnostic.severity {
        Severity::Error => ("error", AnsiColor::Red),
        Severity::Warning => ("warning", AnsiColor::Yellow),
        Severity::Note => ("note", AnsiColor::Blue),
    };
    let style = Style::new().bold().fg_color(Some(colour.into()));
    let bold = Style::new().bold();
    let mut text = printable(&policy.shown(&diagnostic.path)).into_owned();
    if let Some(line) = diagnostic.line {
        let _ = write!(text, ":{line}:{}", diagnostic.column.unwrap_or(1));
    }
    let (code, message) = (printable(&diagnostic.code), printable(&diagnostic.message));
    let _ = write!(text, ": {style}{word}{style:#} [{code}] {bold}{message}{bold:#}");
    if let Some(excerpt) = Excerpt::of(diagnostic, bundle) {
        let Excerpt { number, line, before, marked } = excerpt;
        let margin = " ".repeat(number.len());
        let _ = write!(text, "\n{margin} |\n{number} | {line}\n{margin} | ");
        let _ = write!(text, "{}{style}{}{style:#}", " ".repeat(before), "^".repeat(marked));
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, "\n  = help: {}", printable(help));
    }
    text.push('\n');
    text
}

/// The line in question, cut to a terminal's width around the place.
struct Excerpt {
    number: String,
    line: String,
    before: usize,
    marked: usize,
}

const WIDTH: usize = 100;
/// What is shown to the left of the place in a long line.
const LEAD: usize = 30;

impl Excerpt {
    fn of(diagnostic: &Diagnostic, bundle: &Bundle) -> Option<Self> {
        let number = diagnostic.line?;
        let content = String::from_utf8_lossy(bundle.file(&diagnostic.path)?);
        let line = content.lines().nth(usize::try_from(number).ok()?.checked_sub(1)?)?;
        // One column each, whatever it is: the mark must stand below its place.
        let characters = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<Vec<_>>();
        let column = |column: Option<u32>| Some((column? as usize).saturating_sub(1).min(characters.len()));
        let start = column(diagnostic.column).unwrap_or(0);
        let end = match diagnostic.end_line {
            Some(last) if last > number => characters.len(),
            _ => column(diagnostic.end_column).unwrap_or(start),
        };
        let cut = if characters.len() > WIDTH { start.saturating_sub(LEAD) } else { 0 };
        let line = characters.iter().skip(cut).take(WIDTH).collect::<String>();
        let marked = end.saturating_sub(start).clamp(1, WIDTH.saturating_sub(start - cut).max(1));
        Some(Self { number: number.to_string(), line: line.trim_end().to_owned(), before: start - cut, marked })
    }
}
