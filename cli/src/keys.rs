//! The keys of policies with an exact data match: named on the command line, read from files, shown nowhere.
//!
//! A key never stands on the command line itself, where every process of the machine can read it.

use std::collections::BTreeSet;

use clap::Args;
use tamis_host::Sources;

use crate::failure::Failure;

/// For every command that loads a policy.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct KeyOptions {
    /// A key that the policy's hashes of real values were made with, and its file; may be repeated
    // Taken apart below: what cannot be parsed is repeated by clap, and may be a key that somebody put here.
    #[arg(long = "key", value_name = "NAME=FILE")]
    keys: Vec<String>,
}

impl KeyOptions {
    /// Adds the keys to what a policy is read from. A file that is not there is told of at once, not as a key that nobody named.
    pub(crate) fn add_to<'b>(&self, mut sources: Sources<'b>) -> Result<Sources<'b>, Failure> {
        let mut seen = BTreeSet::new();
        for written in &self.keys {
            let parts = written.split_once('=').filter(|(name, file)| !name.is_empty() && !file.is_empty());
            let Some((name, file)) = parts else {
                return Err(Failure::Input("--key takes the key's name and its file, NAME=FILE".to_owned()));
            };
            if !seen.insert(name) {
                return Err(Failure::Input(format!("the key `{name}` is named twice")));
            }
            if let Err(error) = std::fs::File::open(file) {
                return Err(Failure::Input(format!("the key `{name}` cannot be read from {file}: {error}")));
            }
            sources = sources.with_key(name, file);
        }
        Ok(sources)
    }
}
