//! Where the files of a policy come from: a folder on disk that nothing leads out of, and the built-in packs that the caller brings.
//!
//! It must not know what stands in a file or why the module asks for it. A path that leads outside the folder is an error
//! rather than « not there »: the author is told why the include does not work.
//!
//! ```
//! use tamis_host::{Files, Sources};
//!
//! let sources = Sources::new(&[("packs/a.toml", b"id = 1")]);
//! assert_eq!(sources.read("builtin:packs/a.toml")?.as_deref(), Some(&b"id = 1"[..]));
//! assert_eq!(sources.read("builtin:packs/b.toml")?, None);
//! # Ok::<(), std::io::Error>(())
//! ```

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use crate::frames::MAX_REQUEST;

/// How a path of the built-in packs begins.
pub const BUILTIN: &str = "builtin:";

/// Something that has a policy's files.
pub trait Files {
    /// The content of a file, `None` where there is none of that path, an error where it cannot be read.
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>>;
}

/// A folder, from which only what lies within it is read: no absolute path, no `..`, no symbolic link that leads out.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Takes the folder as it stands now; a link that leads to it may change later without effect.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let root = path.as_ref().canonicalize()?;
        if !root.is_dir() {
            return Err(io::Error::new(io::ErrorKind::NotADirectory, "this is no folder"));
        }
        Ok(Self { root })
    }
}

impl Files for Folder {
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !inside || path.is_empty() || path.contains('\0') {
            return Err(refused("the path leads outside the policy's folder (absolute, or with `..`)"));
        }
        let found = match self.root.join(path).canonicalize() {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        if !found.starts_with(&self.root) {
            return Err(refused("a symbolic link leads outside the policy's folder"));
        }
        // A named pipe would block for ever, and a folder cannot be read.
        if !found.metadata()?.is_file() {
            return Err(refused("this is no regular file"));
        }
        let mut content = Vec::new();
        // The limit holds for what is read, not for what the folder says: the file may grow.
        File::open(&found)?.take(MAX_REQUEST as u64 + 1).read_to_end(&mut content)?;
        if content.len() > MAX_REQUEST {
            return Err(refused("the file is longer than a policy may be"));
        }
        Ok(Some(content))
    }
}

fn refused(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}

/// How the path of a key begins, with which a policy's hashes of real values were made.
pub const KEY: &str = "key:";

/// The built-in packs, a folder where there is one, and the files of keys, which lie elsewhere.
#[derive(Clone, Debug)]
pub struct Sources<'b> {
    builtin: &'b [(&'b str, &'b [u8])],
    folder: Option<Folder>,
    keys: Vec<(String, PathBuf)>,
}

impl<'b> Sources<'b> {
    /// The built-in packs alone: paths without `builtin:`, and contents.
    pub fn new(builtin: &'b [(&'b str, &'b [u8])]) -> Self {
        Self { builtin, folder: None, keys: Vec::new() }
    }

    /// And a folder for all other paths.
    pub fn with_folder(self, folder: Folder) -> Self {
        Self { folder: Some(folder), ..self }
    }

    /// And a file for the key of that name, wherever it lies.
    pub fn with_key(mut self, name: impl Into<String>, file: impl Into<PathBuf>) -> Self {
        self.keys.push((name.into(), file.into()));
        self
    }
}

impl Files for Sources<'_> {
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        if let Some(name) = path.strip_prefix(KEY) {
            let file = self.keys.iter().find(|(known, _)| known == name);
            return file.map(|(_, file)| std::fs::read(file)).transpose();
        }
        match (path.strip_prefix(BUILTIN), &self.folder) {
            (Some(name), _) => {
                Ok(self.builtin.iter().find(|(path, _)| *path == name).map(|(_, content)| content.to_vec()))
            }
            (None, Some(folder)) => folder.read(path),
            (None, None) => Ok(None),
        }
    }
}
