//! What the suites of this package share: where things stand in the checkout, requests, and the engine in two forms.
//!
//! The suites themselves are in `tests/`, their data beside them: `conformance/` is read by hosts in three languages, `policies/`
//! holds policies that must not load. Nothing here knows what a verdict ought to be.
//!
//! ```
//! use tamis_tests::{Host, Native, request};
//!
//! let reply = Native::default().call("tamis_check", &request(&[None, None, Some(b"{}")]));
//! assert_eq!(reply, br#"{"error":{"code":"no-policy","message":"no policy has been loaded","permanent":false}}"#);
//! ```

mod checkout;
pub mod differential;
mod host;
mod module;

pub use checkout::{MODULE, MODULE_WITHOUT_SIMD, policy_file, read, workspace};
pub use host::{Host, Native, check, follow, request};
pub use module::{Instance, Module};
