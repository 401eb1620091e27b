//! The module in wasmtime, or the engine linked into the command, behind the one trait: the rest of the command does not know which.
//!
//! Natively there is no deadline and no memory cap; it is there to compare.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use filter_matrix::Filter;
use tamis_host::{Engine, EngineError, Function, Pool};

use crate::arguments::{CheckOptions, EngineKind};
use crate::embedded::MODULE;
use crate::failure::Failure;
use crate::policy::Policy;
use crate::{check, diagnostics};

struct Native(Filter);

impl Engine for Native {
    fn call(&mut self, function: Function, request: &[u8]) -> Result<&[u8], EngineError> {
        Ok(match function {
            Function::Load => self.0.load(request),
            Function::Classify => self.0.classify(request),
            Function::Check => self.0.check(request),
            Function::Explain => self.0.explain(request),
        })
    }
}

/// Loads the policy and checks the lines.
pub(crate) fn check(options: &CheckOptions) -> Result<ExitCode, Failure> {
    let policy = Policy::find(options.policy.as_deref())?;
    match options.engine {
        EngineKind::Wasm => {
            // One reader, one instance.
            let pool = Pool::builder(MODULE).instances(1).cache(cache_folder(options)).build()?;
            let loaded = pool.load(&policy.root, &policy.sources);
            let summary = diagnostics::report(loaded, &policy)?;
            check::run(&mut pool.lease(), options, &summary)
        }
        EngineKind::Native => {
            let mut engine = Native(Filter::new());
            let loaded = tamis_host::load(&mut engine, &policy.root, &policy.sources);
            let summary = diagnostics::report(loaded, &policy)?;
            check::run(&mut engine, options, &summary)
        }
    }
}

/// Compiling the module takes half a second, which a command that is called for each file would pay each time.
fn cache_folder(options: &CheckOptions) -> Option<PathBuf> {
    if let Some(folder) = &options.cache {
        return (!folder.as_os_str().is_empty()).then(|| folder.clone());
    }
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    // What is not absolute is to be ignored, says the XDG Base Directory Specification.
    let caches = set("XDG_CACHE_HOME").filter(|path| path.is_absolute());
    Some(caches.or_else(|| env::home_dir().map(|home| home.join(".cache")))?.join("tamis"))
}
