//! The JSON Schema for editors against what the engine says: it accepts every policy that ships, and sees every mistake of a kind that a
//! schema can see.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jsonschema::Validator;
use serde_json::Value;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn schema() -> Validator {
    let output = Command::new(env!("CARGO_BIN_EXE_tamis")).args(["policy", "schema"]).output().expect("it was built");
    let schema: Value = serde_json::from_slice(&output.stdout).expect("a schema is JSON");
    jsonschema::draft7::new(&schema).expect("it is a schema of draft 7")
}

fn toml_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        // Test messages are no policies.
        if path.is_dir() && !path.ends_with("tests") {
            toml_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
}

#[test]
fn every_policy_that_ships_is_accepted() {
    let schema = schema();
    let mut files = Vec::new();
    toml_files(&workspace().join("policies"), &mut files);
    assert!(files.len() >= 10);
    for path in files {
        let policy: Value = toml::from_str(&fs::read_to_string(&path).expect("it is text")).expect("it is TOML");
        let mistakes = schema.iter_errors(&policy).map(|error| format!("{}: {error}", error.instance_path()));
        assert_eq!(mistakes.collect::<Vec<_>>(), Vec::<String>::new(), "{}", path.display());
    }
}

/// What a schema cannot know: other files, other rules, what a regular expression is, what an id looks like.
const SEEN: &[&str] = &["unknown-key", "unknown-value", "wrong-type"];

#[test]
fn mistakes_of_form_are_seen() {
    let schema = schema();
    let mut seen = 0;
    for entry in fs::read_dir(workspace().join("tests/policies")).expect("the folder is there") {
        let folder = entry.expect("it can be listed").path();
        let expected = fs::read_to_string(folder.join("expected")).unwrap_or_default();
        let is_of_form = expected
            .lines()
            .filter(|line| line.starts_with("policy.toml:"))
            .any(|line| SEEN.iter().any(|code| line.contains(&format!(": {code}"))));
        let Ok(text) = fs::read_to_string(folder.join("policy.toml")) else { continue };
        // Where it is no TOML an editor says so itself.
        let Ok(policy) = toml::from_str::<Value>(&text) else { continue };
        if is_of_form {
            seen += 1;
            assert!(!schema.is_valid(&policy), "{}", folder.display());
        }
    }
    assert!(seen >= 30, "{seen} policies only");
}
