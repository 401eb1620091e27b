//! Where a policy comes from: a file, a folder with a `policy.toml`, or the built-in packs. What it says is the engine's affair.

use std::path::{Path, PathBuf};

use tamis_host::{BUILTIN, Folder, Sources};

use crate::embedded::PACKS;
use crate::failure::Failure;

const IN_A_FOLDER: &str = "policy.toml";
const DEFAULT: &str = "builtin:default.toml";

/// The first file, and where it and the others are read.
#[derive(Debug)]
pub(crate) struct Policy {
    pub(crate) root: String,
    pub(crate) sources: Sources<'static>,
    /// The folder as the person named it, for messages.
    folder: PathBuf,
}

impl Policy {
    /// The policy that `--policy` names, or the built-in one.
    pub(crate) fn find(path: Option<&Path>) -> Result<Self, Failure> {
        let sources = Sources::new(PACKS);
        let Some(path) = path else {
            return Ok(Self { root: DEFAULT.to_owned(), sources, folder: PathBuf::new() });
        };
        let cannot = |why: &str| Failure::Input(format!("the policy {} cannot be read: {why}", path.display()));
        let kind = path.metadata().map_err(|error| cannot(&error.to_string()))?;
        let (folder, root) = if kind.is_dir() {
            (path, IN_A_FOLDER)
        } else {
            let name = path.file_name().and_then(|name| name.to_str());
            let name = name.ok_or_else(|| cannot("its name is no UTF-8"))?;
            (path.parent().unwrap_or(Path::new("")), name)
        };
        let opened = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let opened = Folder::open(opened).map_err(|error| cannot(&error.to_string()))?;
        Ok(Self { root: root.to_owned(), sources: sources.with_folder(opened), folder: folder.to_path_buf() })
    }

    /// A path of the policy as the person would type it.
    pub(crate) fn shown(&self, path: &str) -> String {
        if path.starts_with(BUILTIN) { path.to_owned() } else { self.folder.join(path).display().to_string() }
    }
}
