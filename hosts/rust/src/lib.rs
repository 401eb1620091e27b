//! A host for the Tamis module, with wasmtime: it checks the module, compiles it once, keeps instances ready, and hands
//! them requests under a deadline and a memory cap.
//!
//! It must not know what a policy, a room or a finding is: it moves the bytes of `docs/abi.md`. All that it reads from a reply
//! is what the `needs` loops require.
//!
//! ```no_run
//! use tamis_host::{Folder, Pool, Sources};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let pool = Pool::builder(std::fs::read("target/tamis.wasm")?).build()?;
//! let folder = Folder::open("policies")?;
//! let loaded = pool.load("default.toml", &Sources::new(&[]).with_folder(folder))?;
//! eprintln!("{} rules, {}", loaded.summary.rules, loaded.summary.policy);
//! let verdict = pool.check(b"", None, br#"{"type":"m.room.message","content":{"body":"hi"}}"#)?;
//! # let _ = verdict; Ok(())
//! # }
//! ```
//!
//! | file | idea |
//! |---|---|
//! | `module` | what is checked in the bytes before anything of them runs |
//! | `instance` | one instance: a call, its ranges, what its failure was |
//! | `pool` | instances kept ready, thrown away after a failure, brought to the policy in force |
//! | `deadline` | the thread whose ticks end a call that takes too long |
//! | `cache` | where compiled modules are kept |
//! | `frames` | the encoding of a request |
//! | `engine` | the four calls, for the module and for the engine run natively alike |
//! | `load` | the loop that gives a policy its files; `files`: where these come from |
//! | `classify` | the loop that gives a room's state its other rooms |

mod cache;
mod classify;
mod deadline;
mod engine;
mod files;
mod frames;
mod instance;
mod load;
mod module;
mod pool;

pub use classify::{ClassifyError, classify};
pub use engine::{Engine, EngineError, Function, Refusal};
pub use files::{BUILTIN, Files, Folder, KEY, Sources};
pub use frames::{Frames, MAX_REQUEST};
pub use load::{Bundle, Diagnostic, LoadError, Loaded, Severity, Summary, Unread, load};
pub use module::{ABI_VERSION, Identity, ModuleError, identify};
pub use pool::{Builder, Lease, Pool};
