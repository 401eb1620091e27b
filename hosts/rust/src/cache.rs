//! Where compiled modules are kept: wasmtime's own cache, which is keyed by the module's bytes, the compiler's version and the settings.
//!
//! What stands there is machine code that this process will run, so the folder must be one that only its user can write to. A folder
//! that is not, or that cannot be made, is not used, and that is no failure: compiling takes half a second.

use std::fs::DirBuilder;
use std::io;
use std::path::Path;

use wasmtime::{Cache, CacheConfig};

/// The cache in this folder, which is made where it is missing.
pub(crate) fn at(folder: &Path) -> Option<Cache> {
    create(folder).ok()?;
    if !only_its_user_writes(folder) {
        return None;
    }
    let mut config = CacheConfig::new();
    config.with_directory(folder);
    Cache::new(config).ok()
}

#[cfg(unix)]
fn create(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(folder)
}

#[cfg(unix)]
fn only_its_user_writes(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    const GROUP_OR_OTHERS_WRITE: u32 = 0o022;
    std::fs::metadata(folder).is_ok_and(|folder| folder.permissions().mode() & GROUP_OR_OTHERS_WRITE == 0)
}

/// Elsewhere a user's folders are the user's own unless someone shares them.
#[cfg(not(unix))]
fn only_its_user_writes(_folder: &Path) -> bool {
    true
}
