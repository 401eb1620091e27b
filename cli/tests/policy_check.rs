//! `tamis policy check` on every policy of `tests/policies/`: what it prints is kept beside each as `shown`.
//!
//! After a change of words: `TAMIS_WRITE_EXPECTED=1 cargo test --release -p tamis --test policy_check`, and read the difference.

mod scratch;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use scratch::tamis;

fn policies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/policies")
}

/// From the folder of all cases, so that no path of this machine is in what is printed.
fn check(arguments: &[&str]) -> Output {
    let mut command = tamis();
    command.args(["policy", "check"]).args(arguments).current_dir(policies());
    command.output().expect("the command was built")
}

/// A new validator must not change what is said of a policy that names none: their list is left out.
fn without_validators(printed: &str) -> String {
    let shown = |line: &str| match line.starts_with("  = help: known: ") {
        true => "  = help: known: …\n".to_owned(),
        false => format!("{line}\n"),
    };
    printed.lines().map(shown).collect()
}

fn cases() -> Vec<String> {
    let folders = fs::read_dir(policies()).expect("the folder is there");
    let names = folders.map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned());
    let mut names = names.collect::<Vec<_>>();
    names.sort();
    names
}

#[test]
fn what_is_printed_of_each_broken_policy_is_what_was_agreed() {
    let write = std::env::var_os("TAMIS_WRITE_EXPECTED").is_some();
    let mut different = Vec::new();
    let cases = cases();
    for name in &cases {
        let output = check(&["--engine", "native", name]);
        let printed = without_validators(&String::from_utf8_lossy(&output.stdout));
        assert_eq!(output.status.code(), Some(1), "{name}: {printed}");
        assert!(output.stderr.is_empty(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let path = policies().join(name).join("shown");
        if write {
            fs::write(&path, &printed).expect("the checkout is writable");
        }
        if fs::read_to_string(&path).unwrap_or_default() != printed {
            different.push(format!("--- {name}\n{printed}"));
        }
    }
    assert!(different.is_empty(), "these differ from their `shown`:\n{}", different.join("\n"));
    assert!(cases.len() >= 75, "there are {} cases only", cases.len());
}

#[test]
fn the_module_says_the_same_and_all_policies_are_told_of_in_one_run() {
    let cases = cases();
    let all = cases.iter().map(String::as_str).collect::<Vec<_>>();
    let outputs = ["wasm", "native"].map(|engine| check(&[&["--engine", engine], all.as_slice()].concat()));
    assert_eq!(outputs[0].status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&outputs[0].stdout), String::from_utf8_lossy(&outputs[1].stdout));
}

#[test]
fn programs_are_told_the_same() {
    for name in cases() {
        let output = check(&["--engine", "native", "--format", "json", &name]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one object");
        let policy = &report["policies"][0];
        assert_eq!(policy["ok"], false, "{name}");
        let expected = fs::read_to_string(policies().join(&name).join("expected")).unwrap_or_default();
        let told = policy["diagnostics"].as_array().expect("a list");
        assert_eq!(told.len(), expected.lines().count(), "{name}");
        for (diagnostic, line) in told.iter().zip(expected.lines()) {
            let code = diagnostic["code"].as_str().expect("a word");
            assert!(line.contains(&format!(": {code}")), "{name}: {line} and {diagnostic}");
        }
    }
}
