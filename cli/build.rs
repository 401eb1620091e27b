//! Puts the module and the built-in packs into the command: one file to install, and no path to get wrong.
//!
//! The files are copied to cargo's output folder and included from there, so that no path of the build machine gets into the
//! command. The module must have been built before; cargo cannot do it from here without a second build inside this one.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::{env, io};

use sha2::{Digest, Sha256};

const MODULE_VARIABLE: &str = "TAMIS_MODULE";

fn main() {
    if let Err(error) = embed() {
        // cargo shows it below « failed to run custom build command ».
        eprintln!("\n{error}\n");
        std::process::exit(1);
    }
}

fn embed() -> Result<(), String> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).ok_or_else(|| format!("cargo has not set {name}"));
    let workspace = folder("CARGO_MANIFEST_DIR")?.join("..");
    let out = folder("OUT_DIR")?;

    println!("cargo::rerun-if-env-changed={MODULE_VARIABLE}");
    let module = env::var_os(MODULE_VARIABLE).map_or_else(|| workspace.join("target/tamis.wasm"), PathBuf::from);
    println!("cargo::rerun-if-changed={}", module.display());
    let bytes = fs::read(&module).map_err(|error| {
        format!(
            "The module is not there: {} ({error}).\nBuild it, and then this command, with:  cargo xtask build\n\
             Or name one that is there in the variable {MODULE_VARIABLE}.",
            module.display()
        )
    })?;
    let cannot = |error: io::Error| format!("cannot write to {}: {error}", out.display());
    fs::write(out.join("tamis.wasm"), &bytes).map_err(cannot)?;

    let policies = workspace.join("policies");
    println!("cargo::rerun-if-changed={}", policies.display());
    let mut packs = Vec::new();
    collect(&policies, "", &mut packs)
        .map_err(|error| format!("cannot read the built-in packs in {}: {error}", policies.display()))?;
    packs.sort();
    if !packs.iter().any(|path| path == "default.toml") {
        return Err(format!("{} is missing", policies.join("default.toml").display()));
    }

    let mut list = format!("/// The module's SHA-256.\npub(crate) const MODULE_HASH: &str = \"{}\";\n\n", hex(&bytes));
    list.push_str("/// The built-in packs: what stands after `builtin:`, and the content.\n");
    list.push_str("pub(crate) const PACKS: &[(&str, &[u8])] = &[\n");
    for (index, path) in packs.iter().enumerate() {
        fs::copy(policies.join(path), out.join(format!("pack-{index}"))).map_err(cannot)?;
        let _ = writeln!(list, "    ({path:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/pack-{index}\"))),");
    }
    list.push_str("];\n");
    fs::write(out.join("embedded.rs"), list).map_err(cannot)
}

/// The files below a folder, as paths with `/`.
fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
