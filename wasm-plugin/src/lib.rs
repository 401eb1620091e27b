//! Tamis as a core WebAssembly module without a single import.
//!
//! This crate is the ABI of `docs/abi.md` and nothing else: it moves bytes between the module's memory
//! and [`filter_matrix::Filter`], which reads the requests and writes the replies. It must not know what a policy, a
//! room or an event is; a test or a host that calls `Filter` natively gets the same bytes.
//!
//! - `instance`: what lives from one call to the next, in safe Rust.
//! - `abi`: the exported names and the custom sections; the one file here that needs `unsafe`, for attributes only.
//!
//! Built by `cargo xtask build`, twice: `tamis.wasm` with `simd128`, `tamis-nosimd.wasm` without.

mod abi;
mod instance;
