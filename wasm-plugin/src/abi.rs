//! The names and sections that hosts see: one exported function for each row of the table in `docs/abi.md`, and two
//! custom sections that a host reads before it runs anything.
//!
//! `unsafe` stands here as an attribute only: `no_mangle` and `link_section` promise the linker that the name is ours.
//! There is no unsafe block in this crate; addresses leave it as numbers and are never made pointers again.
#![allow(unsafe_code, reason = "`no_mangle` and `link_section` are unsafe attributes; no block of code here is")]

use filter_matrix::wire::ABI_VERSION;
use filter_matrix::{ENGINE_VERSION, Filter};

use crate::instance;

const ENGINE: [u8; ENGINE_VERSION.len()] = {
    let mut bytes = [0; ENGINE_VERSION.len()];
    bytes.copy_from_slice(ENGINE_VERSION.as_bytes());
    bytes
};

// SAFETY: on wasm32 a static of plain bytes with a section name becomes a custom section; nothing loads it or relies on
// its address. Elsewhere section names have rules of their own, so the attribute is left out.
#[cfg_attr(target_arch = "wasm32", unsafe(link_section = "tamis.abi"))]
#[used]
static ABI_SECTION: [u8; 4] = ABI_VERSION.to_le_bytes();

// SAFETY: as above.
#[cfg_attr(target_arch = "wasm32", unsafe(link_section = "tamis.engine"))]
#[used]
static ENGINE_SECTION: [u8; ENGINE_VERSION.len()] = ENGINE;

// SAFETY (for each `no_mangle` below): every name begins with `tamis_`, and no other crate of this module exports a symbol.

#[unsafe(no_mangle)]
extern "C" fn tamis_abi_version() -> u32 {
    ABI_VERSION
}

#[unsafe(no_mangle)]
extern "C" fn tamis_input(length: u32) -> u32 {
    // Addresses of wasm32 fit; natively this function is compiled but never called.
    instance::announce(length as usize) as u32
}

#[unsafe(no_mangle)]
extern "C" fn tamis_load(length: u32) -> u64 {
    packed(instance::answer(length as usize, Filter::load))
}

#[unsafe(no_mangle)]
extern "C" fn tamis_classify(length: u32) -> u64 {
    packed(instance::answer(length as usize, Filter::classify))
}

#[unsafe(no_mangle)]
extern "C" fn tamis_check(length: u32) -> u64 {
    packed(instance::answer(length as usize, Filter::check))
}

#[unsafe(no_mangle)]
extern "C" fn tamis_explain(length: u32) -> u64 {
    packed(instance::answer(length as usize, Filter::explain))
}

#[unsafe(no_mangle)]
extern "C" fn tamis_reset() {
    instance::reset();
}

/// Address and length in one number, since a function of the C ABI returns one value without writing to memory.
fn packed((address, length): (usize, usize)) -> u64 {
    (address as u64) << 32 | length as u64
}
