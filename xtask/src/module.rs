//! `cargo xtask build`: the module in its two forms, what the Synapse package carries, then the command with the module inside.
//!
//! What the linker leaves is brought to what `docs/abi.md` says: rustc exports two symbols of the linker's on this target, and
//! there is no flag against it; toolchains also leave sections that tell how the module was made. `strip` takes both out. A
//! rewrite of one section and the copying of the others needs no library.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{About, Failure};
use crate::process::{output, run, succeeds};
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";

/// One form of the module.
struct Form {
    name: &'static str,
    /// A folder of cargo's own, or the two would take turns in undoing each other's work.
    folder: &'static str,
    flags: &'static [&'static str],
}

const FORMS: &[Form] = &[
    Form { name: "target/tamis.wasm", folder: "target/wasm-simd", flags: &["-Ctarget-feature=+simd128"] },
    Form { name: "target/tamis-nosimd.wasm", folder: "target/wasm-nosimd", flags: &["-Ctarget-feature=-simd128"] },
];

/// 4,096 pages of memory at most; a stack of 1 MiB, below the data, so that running over it is a trap and not a silent overwrite.
const LINK: &[&str] =
    &["-Clink-arg=--max-memory=268435456", "-Clink-arg=-zstack-size=1048576", "-Clink-arg=--strip-debug"];

/// The sections of ours; all other custom ones are taken out.
const SECTIONS: &[&str] = &["tamis.abi", "tamis.engine"];
/// Globals that the linker exports and the ABI does not know.
const LINKER_EXPORTS: &[&str] = &["__data_end", "__heap_base"];

/// Both forms of the module, the Synapse package's data, and the command.
pub(crate) fn build(workspace: &Workspace) -> Result<(), Failure> {
    ensure_target()?;
    for form in FORMS {
        build_module(workspace, form)?;
    }
    copy_to_synapse(workspace)?;
    run(&mut workspace.cargo(&["build", "--release", "--package", "tamis"]))?;
    for artefact in FORMS.iter().map(|form| form.name).chain(["target/release/tamis"]) {
        let path = workspace.path(artefact);
        let size = fs::metadata(&path).about("look at", &path)?.len();
        eprintln!("{artefact}  {} KiB", size.div_ceil(1024));
    }
    Ok(())
}

fn ensure_target() -> Result<(), Failure> {
    let libraries = output(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    if libraries.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    if !succeeds(Command::new("rustup").arg("--version")) {
        return Err(Failure::new(format!("Rust's standard library for {TARGET} is missing, and there is no rustup"))
            .help(format!("Install it with your system's packages (Debian: libstd-rust-dev-wasm32) or with `rustup target add {TARGET}`")));
    }
    run(Command::new("rustup").args(["target", "add", TARGET]))
}

fn build_module(workspace: &Workspace, form: &Form) -> Result<(), Failure> {
    let flags = [LINK, form.flags].concat();
    let mut cargo = workspace.cargo_with(
        &flags,
        &["build", "--release", "--package", "wasm-plugin", "--target", TARGET, "--target-dir", form.folder],
    );
    // One unit with everything inlined: the module is built seldom and run for each message.
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "fat").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1");
    run(&mut cargo)?;
    let built = workspace.path(form.folder).join(TARGET).join("release/wasm_plugin.wasm");
    let linked = fs::read(&built).about("read", &built)?;
    let module =
        strip(&linked).ok_or_else(|| Failure::new(format!("{} is no module that can be read", built.display())))?;
    write_if_changed(&workspace.path(form.name), &module)
}

/// The Synapse package carries the module and the packs.
fn copy_to_synapse(workspace: &Workspace) -> Result<(), Failure> {
    let data = workspace.path("hosts/synapse/synapse_tamis/data");
    fs::create_dir_all(&data).about("make", &data)?;
    let module = workspace.path("target/tamis.wasm");
    let bytes = fs::read(&module).about("read", &module)?;
    write_if_changed(&data.join("tamis.wasm"), &bytes)?;
    mirror(&workspace.path("policies"), &data.join("policies"))
}

/// Makes `to` hold what `from` holds, and nothing else. Never empty in between: a server may be reading it.
fn mirror(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to).about("make", to)?;
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(from).about("read", from)? {
        let entry = entry.about("read", from)?;
        let path = entry.path();
        let target = to.join(entry.file_name());
        if path.is_dir() {
            mirror(&path, &target)?;
        } else {
            write_if_changed(&target, &fs::read(&path).about("read", &path)?)?;
        }
        names.insert(entry.file_name());
    }
    for entry in fs::read_dir(to).about("read", to)? {
        let entry = entry.about("read", to)?;
        if !names.contains(&entry.file_name()) {
            let path = entry.path();
            if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }.about("remove", &path)?;
        }
    }
    Ok(())
}

/// Leaves the time of an unchanged file alone, so that cargo does not build the command again.
fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    // Renamed into place: whoever reads it meanwhile gets a whole module.
    let partial = path.with_extension(format!("partial-{}", std::process::id()));
    fs::write(&partial, bytes).about("write", &partial)?;
    fs::rename(&partial, path).about("write", path)
}

/// The module without foreign custom sections and without the linker's exports; none where it cannot be read.
fn strip(module: &[u8]) -> Option<Vec<u8>> {
    const CUSTOM: u8 = 0;
    const EXPORT: u8 = 7;
    let (header, mut rest) = module.split_at_checked(8)?;
    let mut stripped = header.to_vec();
    while let Some((&kind, after)) = rest.split_first() {
        rest = after;
        let body = take_sized(&mut rest)?;
        let body = match kind {
            CUSTOM => {
                let name = take_sized(&mut &*body)?;
                if !SECTIONS.iter().any(|ours| ours.as_bytes() == name) {
                    continue;
                }
                body.to_vec()
            }
            EXPORT => without_linker_exports(body)?,
            _ => body.to_vec(),
        };
        stripped.push(kind);
        push_number(&mut stripped, body.len());
        stripped.extend(body);
    }
    Some(stripped)
}

fn without_linker_exports(mut section: &[u8]) -> Option<Vec<u8>> {
    let count = take_number(&mut section)?;
    let mut kept = Vec::new();
    let mut number = 0;
    for _ in 0..count {
        let whole = section;
        let name = take_sized(&mut section)?;
        section = section.get(1..)?;
        take_number(&mut section)?;
        let entry = &whole[..whole.len() - section.len()];
        if !LINKER_EXPORTS.iter().any(|linker| linker.as_bytes() == name) {
            kept.extend_from_slice(entry);
            number += 1;
        }
    }
    let mut section = Vec::new();
    push_number(&mut section, number);
    section.extend(kept);
    Some(section)
}

fn take_sized<'m>(rest: &mut &'m [u8]) -> Option<&'m [u8]> {
    let length = take_number(rest)?;
    let (part, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(part)
}

/// An unsigned LEB128 number.
fn take_number(rest: &mut &[u8]) -> Option<usize> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn push_number(bytes: &mut Vec<u8>, mut value: usize) {
    while value > 0x7f {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::{push_number, strip};

    fn module(sections: &[(u8, &[u8])]) -> Vec<u8> {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        for (kind, body) in sections {
            module.push(*kind);
            push_number(&mut module, body.len());
            module.extend_from_slice(body);
        }
        module
    }

    #[test]
    fn foreign_sections_and_the_linkers_exports_go_and_all_else_stays() {
        let code = [0x2a; 300];
        let linked = module(&[
            (7, b"\x03\x06memory\x02\x00\x0b__heap_base\x03\x81\x01\x05tamis\x00\x07"),
            (10, &code),
            (0, b"\x04name\x01\x02\x03"),
            (0, b"\x09tamis.abi\x01\x00\x00\x00"),
        ]);
        let wanted = module(&[
            (7, b"\x02\x06memory\x02\x00\x05tamis\x00\x07"),
            (10, &code),
            (0, b"\x09tamis.abi\x01\x00\x00\x00"),
        ]);
        assert_eq!(strip(&linked), Some(wanted.clone()));
        assert_eq!(strip(&wanted), Some(wanted));
    }

    #[test]
    fn a_truncated_module_is_not_passed_on() {
        let whole = module(&[(7, b"\x01\x06memory\x02\x00"), (10, &[0; 200])]);
        assert_eq!(strip(&whole[..whole.len() - 1]), None);
        assert_eq!(strip(&whole[..5]), None);
    }
}
