//! Programs that are not Rust's: whether they are there, and how to get them.
//!
//! On Debian and as root a missing one is installed; otherwise the person is told the package's name.

use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::process::{output, run, succeeds};

/// A program and the Debian package that has it.
pub(crate) struct Tool {
    pub(crate) program: &'static str,
    pub(crate) package: &'static str,
}

pub(crate) const PYTHON: Tool = Tool { program: "python3", package: "python3" };
pub(crate) const NODE: Tool = Tool { program: "node", package: "nodejs" };

/// The package that has `python3 -m venv`, which Debian keeps apart from Python.
pub(crate) const PYTHON_VENV: &str = "python3-venv";

impl Tool {
    /// Makes sure that the program can be run.
    pub(crate) fn ensure(&self) -> Result<(), Failure> {
        if self.runs() {
            return Ok(());
        }
        install(self.package, self.program)?;
        if self.runs() { Ok(()) } else { Err(missing(self.package, self.program)) }
    }

    fn runs(&self) -> bool {
        succeeds(Command::new(self.program).arg("--version"))
    }
}

/// Installs a Debian package, or says that it is missing.
pub(crate) fn install(package: &str, what: &str) -> Result<(), Failure> {
    let root = output(Command::new("id").arg("-u")).as_deref() == Some("0");
    if !root || !Path::new("/usr/bin/apt-get").exists() {
        return Err(missing(package, what));
    }
    eprintln!("xtask: {what} is missing; installing {package}");
    let apt = |arguments: &[&str]| {
        let mut apt = Command::new("apt-get");
        apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        run(&mut apt)
    };
    apt(&["update", "-qq"])?;
    apt(&["install", "-y", "-qq", package])
}

fn missing(package: &str, what: &str) -> Failure {
    Failure::new(format!("{what} is not installed"))
        .help(format!("On Debian or Ubuntu: sudo apt-get install {package}"))
}
