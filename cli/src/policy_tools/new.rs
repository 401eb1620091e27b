//! `tamis policy new`: a commented policy to begin with, and test messages beside it. It never writes over anything.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use super::arguments::NewOptions;
use crate::failure::Failure;

/// What is written; kept as files so that the tests check and test them like any policy.
const FILES: &[(&str, &str)] = &[
    ("policy.toml", include_str!("starter/policy.toml")),
    ("tests/messages.toml", include_str!("starter/tests/messages.toml")),
];

/// Writes the files.
pub(crate) fn run(options: &NewOptions) -> Result<ExitCode, Failure> {
    let folder = &options.path;
    // All or nothing: half a policy of ours beside half of somebody's would be the worst of both.
    for (name, _) in FILES {
        let path = folder.join(name);
        if path.exists() {
            return Err(Failure::Input(format!("{} is there already, and is left as it is", path.display())));
        }
    }
    for (name, content) in FILES {
        write(&folder.join(name), content)?;
    }
    let shown = folder.display();
    let mut out = std::io::stdout().lock();
    for (name, _) in FILES {
        writeln!(out, "{shown}/{name}").map_err(Failure::output)?;
    }
    eprintln!("Next: tamis policy check {shown}; tamis policy test {shown}");
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, content: &str) -> Result<(), Failure> {
    let cannot = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::Input(format!("{} is there already, and is left as it is", path.display()))
        }
        _ => Failure::Input(format!("cannot write {}: {error}", path.display())),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(cannot)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(cannot)?;
    file.write_all(content.as_bytes()).map_err(cannot)
}
