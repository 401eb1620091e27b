//! The policy that comes with Tamis, from its files.
//!
//! Must not know what the rules say; that is what makes a bench of it a bench of what people run.

use std::path::{Path, PathBuf};

use filter_core::policy::BUILTIN;
use filter_core::{Bundle, Engine, LoadError};

/// The root of the policy.
pub const ROOT: &str = "builtin:default.toml";

/// Where the packs' files stand.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies")
}

/// All files that the policy asks for, the root first.
///
/// # Panics
/// When the built-in policy does not load: there is nothing to measure then.
#[must_use]
pub fn files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut bundle = Bundle::new();
    let mut wanted = vec![ROOT.to_owned()];
    loop {
        for path in wanted {
            let file = folder().join(path.strip_prefix(BUILTIN).unwrap_or(&path));
            let content = std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            bundle.add(&path, Some(&content));
            files.push((path, content));
        }
        match Engine::load(&bundle) {
            Ok(_) => return files,
            Err(LoadError::Needs(paths)) => wanted = paths,
            Err(LoadError::Invalid(diagnostics)) => {
                let codes: Vec<_> = diagnostics.iter().map(|d| (&d.path, d.line, d.code)).collect();
                panic!("the built-in policy does not load: {codes:?}")
            }
        }
    }
}

/// The files as a bundle.
#[must_use]
pub fn bundle(files: &[(String, Vec<u8>)]) -> Bundle {
    let mut bundle = Bundle::new();
    for (path, content) in files {
        bundle.add(path, Some(content));
    }
    bundle
}

/// The compiled policy.
///
/// # Panics
/// As [`files`].
#[must_use]
pub fn engine() -> Engine {
    match Engine::load(&bundle(&files())) {
        Ok(loaded) => loaded.engine,
        Err(_) => unreachable!("`files` has just loaded it"),
    }
}
