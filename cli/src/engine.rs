//! The module in wasmtime, or the engine linked into the command, behind the one trait: the rest of the command does not know which.
//!
//! Natively there is no deadline and no memory cap; it is there to compare.

use std::env;
use std::path::PathBuf;

use filter_matrix::Filter;
use tamis_host::{Engine, EngineError, Function, Lease, LoadError, Loaded, Pool};

use crate::embedded::MODULE;
use crate::failure::Failure;
use crate::options::{EngineKind, EngineOptions};
use crate::policy::Policy;

/// What answers questions, with a policy or without.
pub(crate) enum Running {
    /// The module.
    Wasm {
        /// One reader, one instance.
        pool: &'static Pool,
        /// The instance, from the first call on.
        lease: Option<Box<Lease<'static>>>,
    },
    /// The engine linked into this command.
    Native(Box<Filter>),
}

impl Running {
    /// Starts an engine without a policy.
    pub(crate) fn start(kind: EngineKind, cache: Option<PathBuf>) -> Result<Self, Failure> {
        Ok(match kind {
            EngineKind::Wasm => {
                let pool = Pool::builder(MODULE).instances(1).cache(cache).build()?;
                // An engine is used until the command ends, and there are two of them at most.
                let pool: &'static Pool = Box::leak(Box::new(pool));
                Self::Wasm { pool, lease: None }
            }
            EngineKind::Native => Self::Native(Box::default()),
        })
    }

    /// Loads a policy, giving the engine the files that it asks for.
    pub(crate) fn load_policy(&mut self, policy: &Policy) -> Result<Loaded, LoadError> {
        match self {
            Self::Wasm { pool, lease } => {
                // The pool has one instance, which loading takes for itself.
                *lease = None;
                pool.load(&policy.root, &policy.sources)
            }
            Self::Native(_) => tamis_host::load(self, &policy.root, &policy.sources),
        }
    }
}

impl Engine for Running {
    fn call(&mut self, function: Function, request: &[u8]) -> Result<&[u8], EngineError> {
        match self {
            Self::Wasm { pool, lease } => lease.get_or_insert_with(|| Box::new(pool.lease())).call(function, request),
            Self::Native(filter) => Ok(match function {
                Function::Load => filter.load(request),
                Function::Classify => filter.classify(request),
                Function::Check => filter.check(request),
                Function::Explain => filter.explain(request),
            }),
        }
    }
}

impl EngineOptions {
    /// Starts the engine that was asked for.
    pub(crate) fn start(&self) -> Result<Running, Failure> {
        Running::start(self.engine, self.cache_folder())
    }

    /// Compiling the module takes half a second, which a command that is called for each file would pay each time.
    pub(crate) fn cache_folder(&self) -> Option<PathBuf> {
        if let Some(folder) = &self.cache {
            return (!folder.as_os_str().is_empty()).then(|| folder.clone());
        }
        let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        // What is not absolute is to be ignored, says the XDG Base Directory Specification.
        let caches = set("XDG_CACHE_HOME").filter(|path| path.is_absolute());
        Some(caches.or_else(|| env::home_dir().map(|home| home.join(".cache")))?.join("tamis"))
    }
}
