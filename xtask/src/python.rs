//! The Python environment of the Synapse module's tests and of the demo, in `target/venv`.
//!
//! It is made once and brought up to date when the requirements or the Python change. Nothing is installed outside `target`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::{About, Failure};
use crate::process::{output, run};
use crate::tool::{PYTHON, PYTHON_VENV, install};
use crate::workspace::Workspace;

const REQUIREMENTS: &str = "hosts/synapse/requirements-dev.txt";
const ENVIRONMENT: &str = "target/venv";
/// What was installed into the environment, to see whether it is still what is required.
const STAMP: &str = "target/venv/tamis-requirements";

/// A Python that has everything of the requirements.
pub(crate) struct Python {
    program: PathBuf,
}

impl Python {
    /// Makes the environment, or brings it up to date.
    pub(crate) fn ensure(workspace: &Workspace) -> Result<Self, Failure> {
        PYTHON.ensure()?;
        let requirements_path = workspace.path(REQUIREMENTS);
        let requirements = fs::read_to_string(&requirements_path).about("read", &requirements_path)?;
        let version = output(Command::new(PYTHON.program).arg("--version")).unwrap_or_default();
        let wanted = format!("{version}\n{requirements}");
        let stamp = workspace.path(STAMP);
        let python = Self { program: workspace.path(ENVIRONMENT).join("bin/python") };
        if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
            return Ok(python);
        }
        let create = || {
            let mut venv = workspace.command(PYTHON.program);
            venv.args(["-m", "venv", "--clear", ENVIRONMENT]);
            run(&mut venv)
        };
        if create().is_err() {
            install(PYTHON_VENV, "Python's venv")?;
            create()?;
        }
        let mut pip = python.command(workspace);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS]);
        run(&mut pip)?;
        fs::write(&stamp, wanted).about("write", &stamp)?;
        Ok(python)
    }

    /// A call of this Python, in the checkout.
    pub(crate) fn command(&self, workspace: &Workspace) -> Command {
        workspace.command(&self.program)
    }
}

/// The demo, for which the module must have been built.
pub(crate) fn demo(workspace: &Workspace) -> Result<(), Failure> {
    let python = Python::ensure(workspace)?;
    run(python.command(workspace).arg("hosts/synapse/demo/run.py"))
}
