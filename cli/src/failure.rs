//! Why the command could not do its job: one text for a person, and exit status 2. A reader that went away is no failure.

use std::io;
use std::process::ExitCode;

/// What stops the command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A file or stream.
    #[error("{0}")]
    Input(String),
    /// The output's reader has closed it, as `head` does.
    #[error("the output was closed")]
    OutputClosed,
    /// The output, in another way.
    #[error("cannot write: {0}")]
    Output(io::Error),
    /// The policy: `diagnostics` has printed what is wrong.
    #[error("the policy was not loaded, so nothing was checked")]
    Policy,
    /// The module cannot be used.
    #[error(transparent)]
    Module(#[from] tamis_host::ModuleError),
    /// The policy could not be loaded, for another reason than what stands in it.
    #[error(transparent)]
    Load(tamis_host::LoadError),
}

impl Failure {
    /// An error of writing to standard output.
    pub(crate) fn output(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::OutputClosed } else { Self::Output(error) }
    }

    /// Tells the person, and gives the exit status.
    pub(crate) fn report(&self) -> ExitCode {
        if matches!(self, Self::OutputClosed) {
            // 128 + SIGPIPE, as a shell counts it. Not 0, which would say that all was looked at and clean.
            return ExitCode::from(141);
        }
        eprintln!("tamis: {self}");
        ExitCode::from(2)
    }
}
