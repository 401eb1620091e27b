//! The files of a policy, as a host hands them over: paths and bytes.
//!
//! The engine has no files of its own. Who loads a policy begins with its root and adds what [`crate::LoadError::Needs`] asks for.

use std::collections::BTreeMap;

/// Prefix of paths that name a file of the packs that come with the engine.
pub const BUILTIN: &str = "builtin:";

/// A policy's files.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    root: Option<String>,
    files: BTreeMap<String, Option<Vec<u8>>>,
}

impl Bundle {
    /// An empty bundle. The first file added is the root.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; `None` for one that could not be read.
    pub fn add(&mut self, path: &str, content: Option<&[u8]>) {
        self.root.get_or_insert_with(|| path.to_owned());
        self.files.insert(path.to_owned(), content.map(<[u8]>::to_vec));
    }

    /// The path of the first file.
    #[must_use]
    pub fn root(&self) -> Option<&str> {
        self.root.as_deref()
    }

    /// Outer `None`: not in the bundle. Inner `None`: the host could not read it.
    pub(crate) fn get(&self, path: &str) -> Option<Option<&[u8]>> {
        self.files.get(path).map(Option::as_deref)
    }
}

/// Whether a path may be asked of a host: relative, `/` between parts, no way out of the policy's folder.
pub(crate) fn is_confined(path: &str) -> bool {
    let inside = path.strip_prefix(BUILTIN).unwrap_or(path);
    !inside.is_empty()
        && !inside.contains(['\\', '\0', ':'])
        && inside.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}
