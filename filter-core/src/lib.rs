//! The Tamis engine: text in, findings out.
//!
//! [`Engine::load`] compiles a policy, [`Engine::scan`] reads the fields of one message. In between stand, in the order in which a
//! message meets them: [`text`] (the fold), `gate` (candidates in one pass), `matcher` and [`validator`] (verification around
//! candidates only), and the decision. `scan.rs` tells the whole story from top to bottom.
//!
//! What this crate must not know: Matrix, JSON, rooms' state, files, clocks, threads. Once a policy has compiled, scanning cannot fail.
//!
//! ```
//! use filter_core::{Action, Attributes, Bundle, Engine, Field, Form, Scratch};
//!
//! let mut bundle = Bundle::new();
//! bundle.add("policy.toml", Some(br#"
//!     [[rule]]
//!     id = "ours.projects"
//!     kind = "terms"
//!     title = "name of a secret project"
//!     category = "ours"
//!     severity = "high"
//!     terms = ["blue heron"]
//! "#));
//! let engine = Engine::load(&bundle).map_err(|_| "the policy does not load")?.engine;
//! let field = Field { text: "Notes on BLUE-HERON", form: Form::Prose };
//! let outcome = engine.scan(&mut Scratch::new(), &[field], &Attributes::default());
//! assert_eq!(outcome.action, Action::Block);
//! let place = &outcome.findings[0].places[0];
//! assert_eq!((place.start, place.end), (9, 19));
//! # Ok::<(), &str>(())
//! ```

mod account;
mod attachment;
mod combination;
mod compile;
mod conclusion;
mod counts;
mod engine;
mod evidence;
mod exception;
mod explain;
mod found;
mod gate;
pub mod lanes;
mod matcher;
mod message;
pub mod policy;
mod reading;
mod scan;
pub mod text;
pub mod validator;
mod verdict;
pub mod words;

pub use account::{Stage, Step, Weight};
pub use compile::Loaded;
pub use engine::{ENGINE_VERSION, Engine, Rule};
pub use explain::RuleAccount;
pub use matcher::except::Exception;
// For the differential test: a grammar has no plainer definition than itself, and its names say nothing without its heads.
#[doc(hidden)]
pub use matcher::grammar::marking_of_grammar;
pub use message::{Attachment, Attributes, Field, Form};
pub use policy::{Bundle, Diagnostic, LoadError};
pub use scan::{NEVER_TRUNCATED, Scratch};
pub use verdict::{Action, Confidence, Finding, Marking, Outcome, Place, Row, Severity};
