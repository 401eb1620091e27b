//! Where things are, and the flags that every call of cargo shares.
//!
//! One set of flags: cargo builds anew whatever was built with others, and wasmtime takes three minutes. They take the paths of this
//! machine out of what is built, so that two machines build the same bytes and an artefact does not tell who built it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;

/// The checkout, and the two folders whose paths rustc would write into what it builds.
pub(crate) struct Workspace {
    root: PathBuf,
    cargo_home: PathBuf,
    rustup_home: PathBuf,
}

impl Workspace {
    pub(crate) fn find() -> Result<Self, Failure> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .ok_or_else(|| Failure::new("where the checkout is, is not known; run `cargo xtask …` in it"))?;
        let root = Path::new(&manifest)
            .parent()
            .ok_or_else(|| Failure::new("xtask does not lie in a checkout"))?
            .to_path_buf();
        Ok(Self { root, cargo_home: home("CARGO_HOME", ".cargo")?, rustup_home: home("RUSTUP_HOME", ".rustup")? })
    }

    /// A path below the root.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// The path prefixes that rustc replaces.
    pub(crate) fn flags(&self) -> Vec<String> {
        [(&self.root, "/tamis"), (&self.cargo_home, "/cargo"), (&self.rustup_home, "/rustup")]
            .map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display()))
            .to_vec()
    }

    /// A call of cargo with the shared flags.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        self.cargo_with(&[], arguments)
    }

    /// A call of cargo with the shared flags and others for rustc.
    pub(crate) fn cargo_with(&self, flags: &[&str], arguments: &[&str]) -> Command {
        let mut all = self.flags();
        all.extend(flags.iter().map(|flag| (*flag).to_owned()));
        let mut cargo = self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(arguments)
            // Encoded, a path may hold a space.
            .env("CARGO_ENCODED_RUSTFLAGS", all.join("\u{1f}"))
            .env_remove("RUSTFLAGS")
            // The documented places of the artefacts are below the checkout.
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("CARGO_BUILD_TARGET");
        cargo
    }

    /// Any program, in the checkout.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        // What `cargo run` tells xtask of itself is no business of the programs that xtask starts.
        for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PRIMARY_PACKAGE"] {
            command.env_remove(name);
        }
        command
    }
}

fn home(variable: &str, folder: &str) -> Result<PathBuf, Failure> {
    if let Some(path) = env::var_os(variable) {
        return Ok(path.into());
    }
    env::home_dir()
        .map(|home| home.join(folder))
        .ok_or_else(|| Failure::new(format!("neither {variable} nor a home folder is set")))
}
