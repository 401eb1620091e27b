//! Where the modules and the policies stand.

use std::fs;
use std::path::{Path, PathBuf};

/// The module with `simd128`, as `cargo xtask build` leaves it.
pub const MODULE: &str = "target/tamis.wasm";
/// The module without.
pub const MODULE_WITHOUT_SIMD: &str = "target/tamis-nosimd.wasm";

/// The folder of the checkout.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the workspace").to_path_buf()
}

/// A file of the checkout. A missing one is a failure, not a reason to pass.
#[track_caller]
pub fn read(path: impl AsRef<Path>) -> Vec<u8> {
    let path = workspace().join(path);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask build`", path.display()))
}

/// A file that a policy asks for: `builtin:…` from the packs, all else from a folder of the checkout.
pub fn policy_file(folder: &str, path: &str) -> Option<Vec<u8>> {
    let path = match path.strip_prefix("builtin:") {
        Some(name) => workspace().join("policies").join(name),
        None => workspace().join(folder).join(path),
    };
    fs::read(path).ok()
}
