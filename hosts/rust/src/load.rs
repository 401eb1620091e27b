//! The loop that gives a policy its files: the engine says what it needs, the host sends everything again with these.
//!
//! It reads from the replies only `needs`, and the diagnostics so that they can be shown; what a policy means is the engine's.
//! The finished [`Bundle`] is kept: a new instance loads the same bytes in one turn.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::engine::{Engine, EngineError, Refusal};
use crate::files::Files;
use crate::frames::Frames;

/// A policy's files in the form in which an engine loads them.
pub struct Bundle {
    request: Frames,
    files: Vec<(String, Option<Range<usize>>)>,
}

impl Bundle {
    fn new() -> Self {
        Self { request: Frames::new(), files: Vec::new() }
    }

    fn add(&mut self, path: &str, content: Option<&[u8]>) -> Result<(), EngineError> {
        self.request.push(path.as_bytes())?;
        self.request.push_or_absent(content)?;
        let end = self.request.as_bytes().len();
        let range = content.map(|content| end - content.len()..end);
        self.files.push((path.to_owned(), range));
        Ok(())
    }

    /// The request for `tamis_load`.
    pub fn request(&self) -> &[u8] {
        self.request.as_bytes()
    }

    /// The paths that were asked for, the root first.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, _)| path.as_str())
    }

    /// The content of one of its files.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        let (_, range) = self.files.iter().find(|(name, _)| name == path)?;
        self.request.as_bytes().get(range.clone()?)
    }
}

impl fmt::Debug for Bundle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paths = self.paths().collect::<Vec<_>>();
        formatter.debug_tuple("Bundle").field(&paths).finish()
    }
}

/// A policy that loaded.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What the engine says of it.
    pub summary: Summary,
    /// Its files.
    pub bundle: Arc<Bundle>,
    /// The paths that were asked for and could not be read, though something was there.
    pub unread: Vec<Unread>,
}

/// The object `ok` of a reply to `tamis_load`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Summary {
    /// The policy's hash.
    pub policy: String,
    /// The engine's version.
    pub engine: String,
    /// How many rules are on.
    pub rules: u64,
    /// What the author should look at.
    #[serde(default)]
    pub warnings: Vec<Diagnostic>,
}

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The policy does not load.
    Error,
    /// It loads.
    Warning,
    /// Anything else that a later engine says.
    #[serde(other)]
    Note,
}

/// What is wrong with a policy, where, and what to do.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A word for it, to look up in the docs.
    pub code: String,
    /// The file, as it was sent.
    pub path: String,
    /// From 1; none where it is about the whole file.
    pub line: Option<u32>,
    /// From 1, in characters.
    pub column: Option<u32>,
    /// Where it ends.
    pub end_line: Option<u32>,
    /// Where it ends, the first character after it.
    pub end_column: Option<u32>,
    /// The rule that it is about.
    pub rule: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// A file that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its path, as the policy names it.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// Why a policy did not load.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The policy's first file cannot be read.
    #[error("the policy `{path}` cannot be read: {reason}")]
    Root {
        /// Its path.
        path: String,
        /// Why.
        reason: String,
    },
    /// The policy is wrong; the diagnostics say where.
    #[error("the policy has {} error(s)", diagnostics.iter().filter(|d| d.severity == Severity::Error).count())]
    Policy {
        /// What is wrong, in the engine's order.
        diagnostics: Vec<Diagnostic>,
        /// The files, to show the lines in question.
        bundle: Arc<Bundle>,
        /// The files that could not be read.
        unread: Vec<Unread>,
    },
    /// The engine made no sense of the request.
    #[error("the engine refused to load: {0}")]
    Refused(Refusal),
    /// There was no reply.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The reply is none that `docs/abi.md` knows, or asks for what it was given.
    #[error("the engine's reply to a policy makes no sense: {0}")]
    Senseless(&'static str),
}

#[derive(Deserialize)]
struct Reply {
    ok: Option<Summary>,
    needs: Option<Vec<String>>,
    diagnostics: Option<Vec<Diagnostic>>,
    error: Option<Refusal>,
}

/// Whether a reply to `tamis_load` says that the policy is loaded.
pub(crate) fn is_loaded(reply: &[u8]) -> bool {
    serde_json::from_slice::<Reply>(reply).is_ok_and(|reply| reply.ok.is_some())
}

/// Loads the policy whose first file is `root`.
///
/// A file that cannot be read is sent as absent, so that the engine says where the policy asks for it; why is in `unread`.
pub fn load(engine: &mut impl Engine, root: &str, files: &dyn Files) -> Result<Loaded, LoadError> {
    let unreadable = |reason: String| LoadError::Root { path: root.to_owned(), reason };
    let content = files
        .read(root)
        .map_err(|error| unreadable(error.to_string()))?
        .ok_or_else(|| unreadable("there is no such file".to_owned()))?;
    let mut bundle = Bundle::new();
    bundle.add(root, Some(&content))?;
    let mut sent = HashSet::from([root.to_owned()]);
    let mut unread = Vec::new();
    loop {
        let reply = engine.load(bundle.request())?;
        let reply: Reply =
            serde_json::from_slice(reply).map_err(|_| LoadError::Senseless("it is not of the form of docs/abi.md"))?;
        if let Some(refusal) = reply.error {
            return Err(LoadError::Refused(refusal));
        }
        if let Some(diagnostics) = reply.diagnostics {
            return Err(LoadError::Policy { diagnostics, bundle: Arc::new(bundle), unread });
        }
        if let Some(summary) = reply.ok {
            return Ok(Loaded { summary, bundle: Arc::new(bundle), unread });
        }
        let needs = reply.needs.ok_or(LoadError::Senseless("it says neither ok, needs, diagnostics nor error"))?;
        let before = sent.len();
        for path in needs {
            if !sent.insert(path.clone()) {
                continue;
            }
            let content = files.read(&path).unwrap_or_else(|error| {
                let reason = error.to_string();
                let path = path.clone();
                unread.push(Unread { path, reason });
                None
            });
            bundle.add(&path, content.as_deref())?;
        }
        // Each turn brings a new path or is the last, and the longest request bounds the paths: the loop ends.
        if sent.len() == before {
            return Err(LoadError::Senseless("it asks for files that it was sent"));
        }
    }
}
