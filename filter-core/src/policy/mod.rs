//! From the files of a policy to one resolved [`Policy`].
//!
//! [`Bundle`] holds the files, `source` parses one, `load` follows includes and applies overrides, `resolved` is what
//! becomes of them, [`model`] names what can be said, `lint` remarks on what loads. How the rules are then found in text is `engine.rs`'s business.

mod attributes;
mod bundle;
mod diagnostic;
pub mod exact;
mod lint;
mod load;
pub mod model;
pub mod placeholder;
mod plain_words;
mod resolved;
#[cfg(feature = "schema")]
pub mod schema;
mod source;

pub use bundle::{BUILTIN, Bundle};
pub use diagnostic::{Diagnostic, Level, did_you_mean};
pub(crate) use diagnostic::{MOST_DIAGNOSTICS, says_enough};
pub use lint::lint;
pub use load::{LoadError, resolve};
pub(crate) use resolved::At;
pub use resolved::{Policy, ResolvedRule};
