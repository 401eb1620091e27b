//! A policy's files, read into the types of the language: what can be listed, shown and tested.
//!
//! It is loaded by the engine first, so that a policy with a mistake is told of in the engine's words, once.

use std::path::Path;
use std::sync::Arc;

use filter_core::policy::{BUILTIN, ResolvedRule, resolve};
use tamis_host::{Bundle, LoadError, Loaded};

use crate::diagnostics;
use crate::engine::Running;
use crate::failure::Failure;
use crate::keys::KeyOptions;
use crate::options::EngineKind;
use crate::policy::Policy;

/// A policy that loads.
pub(crate) struct Opened {
    /// Where it comes from.
    pub(crate) policy: Policy,
    /// Its files.
    pub(crate) files: Arc<Bundle>,
    /// What they say.
    pub(crate) resolved: filter_core::policy::Policy,
}

impl Opened {
    /// Reads a policy; prints what is wrong with it where it does not load.
    pub(crate) fn read(path: Option<&Path>, keys: &KeyOptions) -> Result<Self, Failure> {
        let policy = Policy::find(path, keys)?;
        let loaded = Running::start(EngineKind::Native, None)?.load_policy(&policy);
        match loaded {
            Ok(Loaded { bundle, .. }) => {
                let resolved = resolved(&bundle).ok_or_else(not_the_same)?;
                Ok(Self { policy, files: bundle, resolved })
            }
            Err(error) => Err(refused(error, &policy)),
        }
    }

    /// The rules that are this policy's own: those of built-in packs belong to whoever writes the packs, unless it is one itself.
    pub(crate) fn own_rules(&self) -> impl Iterator<Item = &ResolvedRule> {
        let built_in = self.policy.root.starts_with(BUILTIN);
        let folder = self.policy.root.rsplit_once('/').map(|(folder, _)| folder);
        self.resolved.rules.iter().filter(move |rule| match folder {
            // `builtin:hospital/policy.toml` owns what lies beside it; `builtin:default.toml` owns the packs.
            Some(folder) if built_in => rule.path().starts_with(folder),
            _ => built_in || !rule.path().starts_with(BUILTIN),
        })
    }

    /// A rule by id; else what the person may have meant.
    pub(crate) fn rule(&self, id: &str) -> Result<&ResolvedRule, Failure> {
        let ids = || self.resolved.rules.iter().map(|rule| rule.rule.common.id.as_str());
        let found = self.resolved.rules.iter().find(|rule| rule.rule.common.id == id);
        found.ok_or_else(|| Failure::Input(no_such_rule(id, ids())))
    }
}

/// The words for a rule that is not there.
pub(crate) fn no_such_rule<'i>(id: &str, ids: impl Iterator<Item = &'i str>) -> String {
    let meant = filter_core::policy::did_you_mean(id, ids).map(|meant| format!("; did you mean `{meant}`?"));
    format!("no rule of the policy is called `{id}`{}", meant.unwrap_or_default())
}

/// A policy's files as the types of the language; none where they do not resolve.
pub(crate) fn resolved(files: &Bundle) -> Option<filter_core::policy::Policy> {
    let mut bundle = filter_core::Bundle::new();
    for path in files.paths() {
        bundle.add(path, files.file(path));
    }
    resolve(&bundle, filter_core::ENGINE_VERSION).ok().map(|(policy, _)| policy)
}

/// Prints why a policy does not load.
pub(crate) fn refused(error: LoadError, policy: &Policy) -> Failure {
    match diagnostics::report(Err(error), policy) {
        Err(failure) => failure,
        Ok(_) => not_the_same(),
    }
}

fn not_the_same() -> Failure {
    Failure::Input("the policy changed while it was read".to_owned())
}
