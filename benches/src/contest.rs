//! The two ways to run the filter, behind one trait, with the built-in policy loaded: linked into this program, and the
//! module in wasmtime. They take the same bytes and must answer with the same bytes.

use std::path::PathBuf;

use filter_matrix::{Filter, wire::push_frame};
use tamis_host::{Engine, EngineError, Function, ModuleError, Pool, Sources};

use crate::built_in;
use crate::policies::Files;

/// The filter, linked in.
#[derive(Default)]
pub struct Native(Filter);

impl std::fmt::Debug for Native {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Native")
    }
}

impl Engine for Native {
    fn call(&mut self, function: Function, request: &[u8]) -> Result<&[u8], EngineError> {
        Ok(match function {
            Function::Load => self.0.load(request),
            Function::Classify => self.0.classify(request),
            Function::Check => self.0.check(request),
            Function::Explain => self.0.explain(request),
        })
    }
}

impl Native {
    /// With the built-in policy.
    ///
    /// # Panics
    /// When that does not load.
    #[must_use]
    pub fn loaded() -> Self {
        let mut native = Self::default();
        let reply = native.0.load(&load_request(&built_in::files()));
        assert!(reply.starts_with(b"{\"ok\":"), "the built-in policy does not load");
        native
    }
}

/// The request that loads a policy.
#[must_use]
pub fn load_request(files: &Files) -> Vec<u8> {
    let mut request = Vec::new();
    for (path, content) in files {
        push_frame(&mut request, Some(path.as_bytes()));
        push_frame(&mut request, Some(content));
    }
    request
}

/// The request that checks an event in a room of which nothing is known: it counts as public.
#[must_use]
pub fn check_request(event: &str) -> Vec<u8> {
    let mut request = Vec::with_capacity(event.len() + 12);
    for frame in [Some(b"".as_slice()), None, Some(event.as_bytes())] {
        push_frame(&mut request, frame);
    }
    request
}

/// Where `cargo xtask build` leaves the module.
#[must_use]
pub fn module_path() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/tamis.wasm"))
}

/// The module in wasmtime, with the built-in policy, the limits that hosts set, and one instance.
///
/// # Errors
/// When the bytes are no module of this ABI.
///
/// # Panics
/// When the built-in policy does not load.
pub fn module(bytes: Vec<u8>) -> Result<Pool, ModuleError> {
    let pool = Pool::builder(bytes).instances(1).build()?;
    let files = built_in::files();
    let packs: Vec<(&str, &[u8])> = files
        .iter()
        .filter_map(|(path, content)| Some((path.strip_prefix(tamis_host::BUILTIN)?, content.as_slice())))
        .collect();
    let loaded = pool.load(built_in::ROOT, &Sources::new(&packs));
    assert!(loaded.is_ok(), "the built-in policy does not load in the module");
    Ok(pool)
}
