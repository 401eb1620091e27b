//! `exact`: of all values of a form only those that are listed, as keyed hashes.

use filter_core::policy::exact::{self, Key};
use filter_core::{Bundle, Engine, LoadError};

use super::{rule, scan};

const KEY: &[u8] = b"0123456789abcdef\n";

fn policy() -> String {
    rule("staff", "shape", "shape = \"D{8}\"\ngroups = [\"any\"]\nexact = { file = \"staff.txt\" }")
        + &rule("badge", "pattern", "pattern = 'BD-[A-Z0-9]{6}'\nexact = { file = \"staff.txt\" }")
}

fn hashes() -> String {
    let key = Key::new(KEY).expect("it is long enough");
    exact::file("staff", &key, ["12 345 678", "BD-A1B2C3", "", " - "]).expect("it is a name")
}

/// What loading comes to, in turns as a host takes them.
fn load(file: Option<&str>, key: Option<&[u8]>) -> Result<Engine, Vec<String>> {
    let mut bundle = Bundle::new();
    bundle.add("policy.toml", Some(policy().as_bytes()));
    for _ in 0..4 {
        match Engine::load(&bundle) {
            Ok(loaded) => return Ok(loaded.engine),
            Err(LoadError::Needs(paths)) => {
                for path in paths {
                    match path.as_str() {
                        "staff.txt" => bundle.add(&path, file.map(str::as_bytes)),
                        "key:staff" => bundle.add(&path, key),
                        other => panic!("asks for {other}"),
                    }
                }
            }
            Err(LoadError::Invalid(diagnostics)) => {
                return Err(diagnostics
                    .iter()
                    .map(|d| format!("{}:{}: {}", d.path, d.line.unwrap_or(0), d.code))
                    .collect());
            }
        }
    }
    panic!("it asks for ever")
}

#[test]
fn only_listed_values_are_found() {
    let engine = load(Some(&hashes()), Some(KEY)).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    for (text, found) in [
        ("number 12345678", 1),
        ("number 12-34-56-78", 1),
        ("number 12345679", 0),
        ("badge BD-A1B2C3", 1),
        ("badge BD-A1B2C4", 0),
    ] {
        assert_eq!(scan(&engine, text).findings.len(), found, "{text}");
    }
}

#[test]
fn neither_the_key_nor_a_value_is_in_the_policy() {
    let file = hashes();
    assert!(!file.contains("12345678") && !file.contains("0123456789abcdef"), "{file}");
    let hash = |key: &[u8]| load(Some(&hashes()), Some(key)).map(|engine| engine.policy().hash.clone()).ok();
    assert_eq!(hash(KEY), hash(KEY.trim_ascii()), "the hash of a policy does not depend on how its key is written");
    let engine = load(Some(&hashes()), Some(KEY)).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    assert!(!format!("{:?}", engine.policy()).contains("0123456789abcdef"));
}

#[test]
fn mistakes_are_told() {
    let check = |file: Option<&str>, key: Option<&[u8]>, expected: &[&str]| {
        assert_eq!(load(file, key).err().unwrap_or_default(), expected, "{file:?}");
    };
    let file = hashes();
    check(None, None, &["policy.toml:9: missing-file"]);
    check(Some(&file), None, &["policy.toml:9: missing-key-value"]);
    check(Some(&file), Some(b"short"), &["policy.toml:9: short-key"]);
    check(Some(&file), Some(b"another key that is long"), &["policy.toml:9: wrong-key"]);
    check(Some("12345678\n"), None, &["staff.txt:1: bad-exact"]);
    let broken = format!("{file}12345678\n");
    check(Some(&broken), Some(KEY), &["staff.txt:7: bad-exact"]);
    check(Some(&file.replace("exact 1", "exact 2")), Some(KEY), &["staff.txt:1: bad-exact"]);
}
