//! The JSON Schema for editors against what the engine says: it accepts every policy that ships, and sees every mistake of a kind that a
//! schema can see.
//!
//! Validated by hand, by what little of JSON Schema ours uses, and a keyword that is not known here fails: a crate for it would bring features with
//! it that build wasmtime a second time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn schema() -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_tamis")).args(["policy", "schema"]).output().expect("it was built");
    serde_json::from_slice(&output.stdout).expect("a schema is JSON")
}

/// What of a value the schema does not allow, by pointer.
fn mistakes(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else {
        if *schema == Value::Bool(false) {
            found.push(format!("{at}: nothing may stand here"));
        }
        return;
    };
    let is_valid = |schema: &Value| {
        let mut found = Vec::new();
        mistakes(root, schema, value, at, &mut found);
        found.is_empty()
    };
    let list = |value: &'_ Value| value.as_array().cloned().unwrap_or_default();
    for (keyword, wanted) in keywords {
        let holds = match keyword.as_str() {
            "$schema" | "title" | "description" | "default" | "definitions" => true,
            // What editors make of it differs; here it is what the type holds.
            "format" => wanted != "uint32" || value.as_i64().is_none_or(|number| u32::try_from(number).is_ok()),
            "$ref" => {
                let pointer =
                    wanted.as_str().and_then(|reference| reference.strip_prefix('#')).expect("ours are local");
                mistakes(root, root.pointer(pointer).expect("it is defined"), value, at, found);
                true
            }
            "type" => match wanted {
                Value::Array(types) => types.iter().any(|name| is_of_type(value, name)),
                name => is_of_type(value, name),
            },
            "const" => value == wanted,
            "enum" => list(wanted).contains(value),
            "minimum" => value.as_f64().is_none_or(|number| Some(number) >= wanted.as_f64()),
            "maximum" => value.as_f64().is_none_or(|number| Some(number) <= wanted.as_f64()),
            "allOf" => {
                list(wanted).iter().for_each(|schema| mistakes(root, schema, value, at, found));
                true
            }
            "anyOf" => list(wanted).iter().any(is_valid),
            "oneOf" => list(wanted).iter().filter(|schema| is_valid(schema)).count() == 1,
            "required" => list(wanted)
                .iter()
                .all(|key| value.as_object().is_none_or(|object| object.contains_key(key.as_str().unwrap_or("")))),
            "items" => {
                for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                    mistakes(root, wanted, item, &format!("{at}/{number}"), found);
                }
                true
            }
            "properties" => {
                for (key, member) in value.as_object().into_iter().flatten() {
                    if let Some(schema) = wanted.get(key) {
                        mistakes(root, schema, member, &format!("{at}/{key}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                let is_own =
                    |key: &str| keywords.get("properties").is_some_and(|properties| properties.get(key).is_some());
                for (key, member) in value.as_object().into_iter().flatten().filter(|(key, _)| !is_own(key)) {
                    mistakes(root, wanted, member, &format!("{at}/{key}"), found);
                }
                true
            }
            unknown => panic!("the keyword `{unknown}` is not known here"),
        };
        if !holds {
            found.push(format!("{at}: `{keyword}` does not hold"));
        }
    }
}

fn is_of_type(value: &Value, name: &Value) -> bool {
    match name.as_str().expect("a type is a word") {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("there is no type `{other}`"),
    }
}

#[track_caller]
fn all_mistakes(schema: &Value, policy: &Value) -> Vec<String> {
    let mut found = Vec::new();
    mistakes(schema, schema, policy, "", &mut found);
    found
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
        assert_eq!(all_mistakes(&schema, &policy), Vec::<String>::new(), "{}", path.display());
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
            assert!(!all_mistakes(&schema, &policy).is_empty(), "{}", folder.display());
        }
    }
    assert!(seen >= 30, "{seen} policies only");
}
