//! Where a policy comes from: a file, a folder with a `policy.toml`, or what is built in (`builtin:hospital`). What it says is the
//! engine's affair.

use std::path::{Path, PathBuf};

use tamis_host::{BUILTIN, Folder, Sources};

use crate::embedded::PACKS;
use crate::failure::Failure;
use crate::keys::KeyOptions;

const IN_A_FOLDER: &str = "policy.toml";
/// Beside the policy: messages with what is expected of them.
const TESTS: &str = "tests";
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
    pub(crate) fn find(path: Option<&Path>, keys: &KeyOptions) -> Result<Self, Failure> {
        let sources = keys.add_to(Sources::new(PACKS))?;
        let Some(path) = path else {
            return Ok(Self { root: DEFAULT.to_owned(), sources, folder: PathBuf::new() });
        };
        if let Some(name) = path.to_str().and_then(|path| path.strip_prefix(BUILTIN)) {
            return Self::built_in(name, sources);
        }
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

    /// `builtin:hospital`: a file of those that the command brings, or a folder of them.
    fn built_in(name: &str, sources: Sources<'static>) -> Result<Self, Failure> {
        let name = name.trim_end_matches('/');
        let candidates = [name.to_owned(), format!("{name}/{IN_A_FOLDER}"), format!("{name}.toml")];
        let found = candidates.iter().find(|candidate| PACKS.iter().any(|(path, _)| path == candidate));
        let Some(found) = found else {
            let whole = PACKS.iter().filter_map(|(path, _)| path.strip_suffix("/policy.toml"));
            let known = whole.chain(["default"]).collect::<Vec<_>>().join(", ");
            return Err(Failure::Input(format!("there is no policy {BUILTIN}{name}; there are: {known}")));
        };
        Ok(Self { root: format!("{BUILTIN}{found}"), sources, folder: PathBuf::new() })
    }

    /// The test messages beside the policy: paths as the person would type them, and contents, in order.
    pub(crate) fn test_files(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let is_test = |path: &str| path.ends_with(".toml") || path.ends_with(".jsonl");
        if let Some(root) = self.root.strip_prefix(BUILTIN) {
            let beside = root.rsplit_once('/').map_or(TESTS.to_owned(), |(folder, _)| format!("{folder}/{TESTS}"));
            let files = PACKS.iter().filter(|(path, _)| {
                path.strip_prefix(&beside).is_some_and(|rest| rest.starts_with('/')) && is_test(path)
            });
            return Ok(files.map(|(path, content)| (format!("{BUILTIN}{path}"), content.to_vec())).collect());
        }
        let folder = self.folder.join(TESTS);
        let cannot = |path: &Path, error: std::io::Error| {
            Failure::Input(format!("the test messages {} cannot be read: {error}", path.display()))
        };
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(cannot(&folder, error)),
        };
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| cannot(&folder, error))?.path();
            if path.to_str().is_some_and(is_test) {
                paths.push(path);
            }
        }
        paths.sort();
        let read = |path: PathBuf| match std::fs::read(&path) {
            Ok(content) => Ok((path.display().to_string(), content)),
            Err(error) => Err(cannot(&path, error)),
        };
        paths.into_iter().map(read).collect()
    }

    /// A path of the policy as the person would type it.
    pub(crate) fn shown(&self, path: &str) -> String {
        if path.starts_with(BUILTIN) { path.to_owned() } else { self.folder.join(path).display().to_string() }
    }
}
