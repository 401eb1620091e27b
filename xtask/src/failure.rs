//! What a person is told when a command could not do its work: what failed, and what to do.

use std::fmt;
use std::process::ExitCode;

/// Why a command stopped.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    help: Option<String>,
    interrupted: bool,
}

impl Failure {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), help: None, interrupted: false }
    }

    /// The person asked for it.
    pub(crate) fn interrupted() -> Self {
        Self { interrupted: true, ..Self::new("interrupted; what was started has been stopped") }
    }

    pub(crate) fn is_interrupt(&self) -> bool {
        self.interrupted
    }

    /// What to do, below what was said before.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        let help = help.into();
        let help = match &self.help {
            Some(first) => format!("{first}\n{help}"),
            None => help,
        };
        Self { help: Some(help), ..self }
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        // 130: as a shell counts SIGINT.
        ExitCode::from(if self.interrupted { 130 } else { 1 })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "xtask: {}", self.what)?;
        match &self.help {
            Some(help) => write!(formatter, "\n{help}"),
            None => Ok(()),
        }
    }
}

/// Says which file or folder an I/O error is about.
pub(crate) trait About<T> {
    fn about(self, doing: &str, path: &std::path::Path) -> Result<T, Failure>;
}

impl<T> About<T> for std::io::Result<T> {
    fn about(self, doing: &str, path: &std::path::Path) -> Result<T, Failure> {
        self.map_err(|error| Failure::new(format!("cannot {doing} {}: {error}", path.display())))
    }
}
