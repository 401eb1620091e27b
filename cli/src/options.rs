//! Options that several commands share.
//!
//! Must not know the commands.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What runs the engine, for every command that asks it.
#[derive(Args, Debug)]
pub(crate) struct EngineOptions {
    /// What runs the engine; `native` is there to compare, and gives the same bytes
    #[arg(long, value_enum, value_name = "KIND", default_value_t = EngineKind::Wasm)]
    pub(crate) engine: EngineKind,

    /// Where the compiled module is kept (default: `tamis` in the user's cache folder; empty: nowhere)
    #[arg(long, value_name = "FOLDER", env = "TAMIS_CACHE", hide_env_values = true)]
    pub(crate) cache: Option<PathBuf>,
}

/// What is assumed of a room of which nothing is known.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Room {
    /// Anyone may read it
    Public,
    /// By invitation
    Private,
    /// By invitation, and end-to-end encrypted
    Encrypted,
}

impl Room {
    /// As `tamis_classify` takes it.
    pub(crate) fn description(self) -> &'static [u8] {
        match self {
            Self::Public => br#"{"assume":"public"}"#,
            Self::Private => br#"{"assume":"private"}"#,
            Self::Encrypted => br#"{"assume":"encrypted"}"#,
        }
    }
}

/// What runs the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum EngineKind {
    /// The WebAssembly module, as in a homeserver
    Wasm,
    /// The same engine linked into this command
    Native,
}

/// For people or for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people; in colour on a terminal
    Text,
    /// For programs; `docs/policy-tools.md` has its members
    Json,
}
