//! A folder of its own for one test, and the real command.

#![allow(dead_code, reason = "no file of tests needs all of it")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Removed at the end of the test.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the target folder is writable");
        Self(path)
    }

    /// Where it stands then.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("the target folder is writable");
        fs::write(&path, content).expect("the target folder is writable");
        path.display().to_string()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The compiled module is kept below the target folder: the tests leave the person's own cache alone.
pub(crate) fn tamis() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tamis"));
    command.env("TAMIS_CACHE", concat!(env!("CARGO_TARGET_TMPDIR"), "/check-modules"));
    command
}
