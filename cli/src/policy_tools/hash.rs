//! `tamis policy hash`: a list of real values into the file of keyed hashes that `exact` reads.
//!
//! Neither a value nor the key is ever printed, in errors neither: a line is named by its number.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use filter_core::policy::exact::{self, Key, SHORTEST_KEY};
use tamis_host::MAX_REQUEST;

use super::arguments::HashOptions;
use crate::failure::Failure;
use crate::render::count;

/// Lines of the file before its hashes.
const HEADER_LINES: usize = 4;

/// Hashes the values.
pub(crate) fn run(options: &HashOptions) -> Result<ExitCode, Failure> {
    let key = key(options)?;
    let values = values(options.values.as_deref())?;
    let values = values.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>();
    let file = exact::file(&options.name, &key, values.iter().copied()).ok_or_else(|| {
        Failure::Input("the name of a key has letters, digits and dashes, up to 64 of them".to_owned())
    })?;
    let hashes = file.lines().count() - HEADER_LINES;
    if hashes == 0 {
        return Err(Failure::Input("there is no value to hash: one a line, with a letter or digit in it".to_owned()));
    }
    if file.len() > MAX_REQUEST {
        let most = MAX_REQUEST >> 20;
        return Err(Failure::Input(format!("the file would be longer than the {most} MiB that a policy may have")));
    }
    match &options.output {
        Some(path) => {
            for source in [&options.values, &options.key_file].into_iter().flatten() {
                if is_the_same(path, source) {
                    return Err(Failure::Input(format!("{} would be written over", source.display())));
                }
            }
            let cannot = |error| Failure::Input(format!("cannot write {}: {error}", path.display()));
            fs::write(path, file).map_err(cannot)?;
        }
        None => io::stdout().lock().write_all(file.as_bytes()).map_err(Failure::output)?,
    }
    let left_out = values.len() - hashes;
    let rest = match left_out {
        0 => String::new(),
        _ => format!("; {} left out, as repeated or without letters and digits", count(left_out, "line")),
    };
    eprintln!("tamis: {} hashed with the key `{}`{rest}", count(hashes, "value"), options.name);
    Ok(ExitCode::SUCCESS)
}

fn key(options: &HashOptions) -> Result<Key, Failure> {
    let (bytes, from) = match (&options.key_file, &options.key_env) {
        (Some(path), _) => {
            let from = path.display().to_string();
            let cannot = |error| Failure::Input(format!("the key cannot be read from {from}: {error}"));
            (fs::read(path).map_err(cannot)?, from)
        }
        (None, Some(name)) => {
            let value = std::env::var_os(name);
            let value = value.ok_or_else(|| Failure::Input("the variable of --key-env is not set".to_owned()))?;
            (value.into_encoded_bytes(), "the variable of --key-env".to_owned())
        }
        (None, None) => return Err(Failure::Input("a key is needed: --key-file or --key-env".to_owned())),
    };
    Key::new(&bytes).ok_or_else(|| {
        let have = bytes.trim_ascii().len();
        let help = "make one with: openssl rand -hex 32";
        Failure::Input(format!("the key in {from} has {have} bytes and needs {SHORTEST_KEY} at least; {help}"))
    })
}

fn values(path: Option<&Path>) -> Result<String, Failure> {
    let path = path.filter(|path| path.as_os_str() != "-");
    let shown = path.map_or("standard input".to_owned(), |path| path.display().to_string());
    let mut content = Vec::new();
    let read = match path {
        Some(path) => fs::read(path).map(|bytes| content = bytes),
        None => io::stdin().lock().read_to_end(&mut content).map(|_| ()),
    };
    read.map_err(|error| Failure::Input(format!("cannot read {shown}: {error}")))?;
    String::from_utf8(content).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure::Input(format!("{shown}:{line}: this is no UTF-8"))
    })
}

fn is_the_same(path: &Path, other: &Path) -> bool {
    matches!((path.canonicalize(), other.canonicalize()), (Ok(path), Ok(other)) if path == other)
}
