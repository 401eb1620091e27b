//! The four calls of the ABI as a trait, so that the module and the engine run natively serve the same loops and
//! the same command, and what can go wrong with a call.
//!
//! A refusal by the engine (`{"error":…}`) is a reply, not an error here: what the bytes say is for the caller to read. Errors
//! here mean that there was no reply. None of them can hold text of a message.

use serde::Deserialize;
use thiserror::Error;

/// Which call of the ABI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// `tamis_load`
    Load,
    /// `tamis_classify`
    Classify,
    /// `tamis_check`
    Check,
    /// `tamis_explain`
    Explain,
}

impl Function {
    /// All of them, in the order of `docs/abi.md`.
    pub const ALL: [Self; 4] = [Self::Load, Self::Classify, Self::Check, Self::Explain];

    /// The name of the module's export.
    pub fn export(self) -> &'static str {
        match self {
            Self::Load => "tamis_load",
            Self::Classify => "tamis_classify",
            Self::Check => "tamis_check",
            Self::Explain => "tamis_explain",
        }
    }
}

/// Something that answers requests: the module in wasmtime ([`crate::Lease`]), or the engine compiled into the caller.
pub trait Engine {
    /// Answers one request with one JSON object on one line. The reply stands until the next call.
    fn call(&mut self, function: Function, request: &[u8]) -> Result<&[u8], EngineError>;

    /// Loads a policy: one turn of the loop in [`crate::load()`].
    fn load(&mut self, request: &[u8]) -> Result<&[u8], EngineError> {
        self.call(Function::Load, request)
    }

    /// Room state into room facts: one turn of the loop in [`crate::classify()`].
    fn classify(&mut self, request: &[u8]) -> Result<&[u8], EngineError> {
        self.call(Function::Classify, request)
    }

    /// One event into one verdict.
    fn check(&mut self, request: &[u8]) -> Result<&[u8], EngineError> {
        self.call(Function::Check, request)
    }

    /// One event into an account of its verdict.
    fn explain(&mut self, request: &[u8]) -> Result<&[u8], EngineError> {
        self.call(Function::Explain, request)
    }
}

/// Why a call brought no reply.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum EngineError {
    /// The request is longer than the module takes.
    #[error("the request is longer than {} MiB", crate::MAX_REQUEST >> 20)]
    RequestTooLong,
    /// The module ran into a trap.
    #[error("the module trapped in {function}: {trap}", function = function.export())]
    Trap {
        /// The call that trapped.
        function: Function,
        /// The kind of trap, from wasmtime's list.
        trap: String,
    },
    /// The call took longer than the deadline.
    #[error("the module did not answer {function} within {milliseconds} ms", function = function.export())]
    Deadline {
        /// The call that was ended.
        function: Function,
        /// The deadline.
        milliseconds: u64,
    },
    /// The call wanted more memory than the cap allows.
    #[error("the module wanted more than its {} MiB of memory in {function}", cap >> 20, function = function.export())]
    Memory {
        /// The call that was ended.
        function: Function,
        /// The cap, in bytes.
        cap: usize,
    },
    /// The module gave an address, a length or a reply that breaks the ABI.
    #[error("the module broke its ABI in {function}: {what}", function = function.export())]
    Lie {
        /// The call whose reply it was.
        function: Function,
        /// What does not hold.
        what: &'static str,
    },
    /// No instance could be made.
    #[error("the module cannot be instantiated: {0}")]
    Instantiate(String),
    /// A new instance did not accept the policy that is in force.
    #[error("a new instance of the module refused the policy in force")]
    Reload,
}

impl EngineError {
    /// Whether the request itself is at fault, so that trying again is no use. All else is the module's failure: the host's
    /// failure mode decides what becomes of the event.
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::RequestTooLong)
    }

    /// A word for logs and metrics, of which there are as many as there are variants here.
    pub fn code(&self) -> &'static str {
        match self {
            Self::RequestTooLong => "too-large",
            Self::Trap { .. } => "module-trap",
            Self::Deadline { .. } => "module-deadline",
            Self::Memory { .. } => "module-memory",
            Self::Lie { .. } => "module-lie",
            Self::Instantiate(_) => "module-instantiate",
            Self::Reload => "module-reload",
        }
    }
}

/// The engine's own words for a request that it could not make sense of: the object `error` of `docs/abi.md`.
#[derive(Clone, Debug, Deserialize, Error, PartialEq, Eq)]
#[error("[{code}] {message}")]
pub struct Refusal {
    /// One of the codes of `docs/abi.md`.
    pub code: String,
    /// For a person; holds no text of a message.
    pub message: String,
    /// Whether the request or event is at fault.
    pub permanent: bool,
}
