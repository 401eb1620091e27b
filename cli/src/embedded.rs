//! What `build.rs` put into the command: the module and the built-in packs.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The module, with `simd128`: wasmtime runs that on every machine that it compiles for.
pub(crate) const MODULE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/tamis.wasm"));
