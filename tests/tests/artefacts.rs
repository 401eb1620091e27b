//! What `cargo xtask build` leaves: no path of the build machine in any of it, no import in the module, and of exports and custom
//! sections exactly what `docs/abi.md` says.
//!
//! The artefacts are read where that command puts them; a missing one is a failure, not a reason to pass.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

const MODULES: [&str; 2] = ["target/tamis.wasm", "target/tamis-nosimd.wasm"];
const COMMAND: &str = "target/release/tamis";

fn workspace() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for tests");
    Path::new(&manifest).parent().expect("the package lies in the workspace").to_path_buf()
}

#[track_caller]
fn artefact(name: &str) -> Vec<u8> {
    let path = workspace().join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask build`", path.display()))
}

/// A section's kind and content.
fn sections(module: &[u8]) -> Vec<(u8, &[u8])> {
    let mut rest = module.strip_prefix(b"\0asm\x01\0\0\0").expect("it is a core module");
    let mut sections = Vec::new();
    while let Some((kind, after)) = rest.split_first() {
        rest = after;
        sections.push((*kind, sized(&mut rest)));
    }
    sections
}

fn sized<'m>(rest: &mut &'m [u8]) -> &'m [u8] {
    let length = number(rest);
    let (part, after) = rest.split_at(length);
    *rest = after;
    part
}

fn number(rest: &mut &[u8]) -> usize {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let (byte, after) = rest.split_first().expect("the module is whole");
        *rest = after;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    value
}

fn name(rest: &mut &[u8]) -> String {
    String::from_utf8(sized(rest).to_vec()).expect("names are UTF-8")
}

/// The first column of the table of exports in `docs/abi.md`.
fn documented_exports() -> BTreeSet<String> {
    let page = fs::read_to_string(workspace().join("docs/abi.md")).expect("the page is there");
    let (_, after) = page.split_once("\n## Exports\n").expect("the page has the heading");
    let (table, _) = after.split_once("\n## ").unwrap_or((after, ""));
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    rows.map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn no_path_of_the_build_machine_is_in_any_artefact() {
    let home = |variable: &str, folder: &str| {
        let default = || env::home_dir().map(|home| home.join(folder));
        env::var_os(variable).map(PathBuf::from).or_else(default).expect("cargo and rustup live somewhere")
    };
    let paths = [workspace(), home("CARGO_HOME", ".cargo"), home("RUSTUP_HOME", ".rustup")];
    for artefact_name in MODULES.iter().chain([&COMMAND]) {
        let bytes = artefact(artefact_name);
        for path in &paths {
            let path = path.to_str().expect("the paths are UTF-8");
            let found = bytes.windows(path.len()).position(|window| window == path.as_bytes());
            let around = found.map(|at| String::from_utf8_lossy(&bytes[at..bytes.len().min(at + 120)]).into_owned());
            assert_eq!(around, None, "{artefact_name} contains {path}");
        }
    }
}

#[test]
fn the_module_imports_nothing() {
    const IMPORT: u8 = 2;
    for module in MODULES {
        for (_, mut section) in sections(&artefact(module)).into_iter().filter(|(kind, _)| *kind == IMPORT) {
            assert_eq!(number(&mut section), 0, "{module}");
        }
    }
}

#[test]
fn the_module_exports_what_the_page_says_and_nothing_else() {
    const EXPORT: u8 = 7;
    let documented = documented_exports();
    assert!(documented.contains("tamis_check"), "{documented:?}");
    for module in MODULES {
        let bytes = artefact(module);
        let sections = sections(&bytes);
        let &(_, mut section) = sections.iter().find(|(kind, _)| *kind == EXPORT).expect("it exports something");
        let mut exports = BTreeSet::new();
        for _ in 0..number(&mut section) {
            exports.insert(name(&mut section));
            section = &section[1..];
            number(&mut section);
        }
        assert_eq!(exports, documented, "{module}");
    }
}

#[test]
fn the_custom_sections_are_the_two_of_the_page() {
    const CUSTOM: u8 = 0;
    for module in MODULES {
        let bytes = artefact(module);
        let custom = sections(&bytes).into_iter().filter(|(kind, _)| *kind == CUSTOM).map(|(_, mut section)| {
            let name = name(&mut section);
            (name, section.to_vec())
        });
        let expected = [
            ("tamis.abi".to_owned(), filter_matrix::wire::ABI_VERSION.to_le_bytes().to_vec()),
            ("tamis.engine".to_owned(), filter_matrix::ENGINE_VERSION.as_bytes().to_vec()),
        ];
        assert_eq!(custom.collect::<BTreeSet<_>>(), BTreeSet::from(expected), "{module}");
    }
}

#[test]
fn the_memory_has_a_maximum_of_4096_pages() {
    const MEMORY: u8 = 5;
    const HAS_MAXIMUM: u8 = 1;
    for module in MODULES {
        let bytes = artefact(module);
        let sections = sections(&bytes);
        let &(_, mut section) = sections.iter().find(|(kind, _)| *kind == MEMORY).expect("it has a memory");
        assert_eq!(number(&mut section), 1, "{module}");
        let (flags, mut limits) = section.split_first().expect("a memory has limits");
        let (_minimum, maximum) = (number(&mut limits), number(&mut limits));
        assert_eq!((*flags, maximum), (HAS_MAXIMUM, 4096), "{module}");
    }
}

#[test]
fn the_form_without_simd_is_valid_for_a_host_that_has_none_and_the_other_is_not() {
    let mut config = wasmtime::Config::new();
    config.wasm_simd(false).wasm_relaxed_simd(false);
    let host = wasmtime::Engine::new(&config).expect("the host starts");
    let valid = MODULES.map(|module| wasmtime::Module::validate(&host, &artefact(module)).is_ok());
    assert_eq!(valid, [false, true]);
}
