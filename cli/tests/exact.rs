//! Exact data match as its users meet it: a list is hashed, a policy finds what is on it, and neither the values nor the key are shown.

mod scratch;

use std::io::Write;
use std::process::Stdio;

use scratch::{Scratch, tamis};

const KEY: &str = "0123456789abcdef0123456789abcdef\n";

const POLICY: &str = r#"
[[rule]]
id = "test.staff"
kind = "shape"
title = "a number of our staff"
category = "identifier"
severity = "high"
shape = "D{8}"
groups = ["any"]
exact = { file = "staff.txt" }
"#;

fn scratch(name: &str) -> Scratch {
    let scratch = Scratch::new(&format!("exact-{name}"));
    scratch.write("staff.key", KEY);
    scratch.write("ours/policy.toml", POLICY);
    scratch
}

impl Scratch {
    /// What is printed, both streams, held against what must be in it.
    #[track_caller]
    fn check(&self, arguments: &[&str], input: &str, code: i32, says: &[&str]) -> String {
        let mut command = tamis();
        command.args(arguments).current_dir(&self.0).env("STAFF_KEY", KEY).env("SHORT_KEY", "hunter2");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn().expect("the command was built");
        // A command that does not read its input has closed it.
        let _ = running.stdin.take().map(|mut stdin| stdin.write_all(input.as_bytes()));
        let output = running.wait_with_output().expect("it ends");
        let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {printed}");
        for word in says {
            assert!(printed.contains(word), "{word:?} should be in:\n{printed}");
        }
        for secret in [KEY.trim(), "12345678", "12 345 678", "hunter2"] {
            assert!(!printed.contains(secret), "{arguments:?} shows what it must not:\n{printed}");
        }
        printed
    }

    #[track_caller]
    fn hash(&self, arguments: &[&str], input: &str, code: i32, says: &[&str]) -> String {
        self.check(&[&["policy", "hash"], arguments].concat(), input, code, says)
    }
}

const VALUES: &str = "12 345 678\n\n1234-5678\n - \r\n87654321\n";

#[test]
fn a_listed_value_is_found_and_no_other() {
    let scratch = scratch("found");
    let arguments = ["--name", "staff", "--key-file", "staff.key", "-o", "ours/staff.txt"];
    scratch.hash(&arguments, VALUES, 0, &["2 values hashed with the key `staff`; 2 lines left out"]);
    for engine in ["native", "wasm"] {
        let check = |text: &str, code: i32, verdict: &str| {
            let key = ["--key", "staff=staff.key", "--engine", engine];
            let arguments = [&["check", "--text", "--policy", "ours"], key.as_slice()].concat();
            scratch.check(&arguments, text, code, &[verdict]);
        };
        check("the number 12-34-56-78", 1, "\"verdict\":\"block\"");
        check("the number 12345679", 0, "\"verdict\":\"allow\"");
    }
}

#[test]
fn every_command_takes_the_key_and_says_when_it_lacks_it() {
    let scratch = scratch("commands");
    scratch.hash(&["--name", "staff", "--key-file", "staff.key", "-o", "ours/staff.txt"], VALUES, 0, &[]);
    scratch.write("events.jsonl", "");
    scratch.write("corpus.txt", "## test\n- the number 99999999\n");
    let native = ["--engine", "native"];
    for (command, takes_engine, code) in [
        (&["check", "--policy", "ours"][..], true, 2),
        (&["eval", "corpus.txt", "--policy", "ours"], true, 2),
        (&["policy", "check", "ours"], true, 1),
        (&["policy", "test", "ours"], true, 2),
        (&["policy", "explain", "--policy", "ours", "a number"], true, 2),
        (&["policy", "diff", "ours", "ours", "--on", "events.jsonl"], true, 2),
        (&["policy", "list", "ours"], false, 2),
        (&["policy", "show", "test.staff", "--policy", "ours"], false, 2),
        (&["policy", "pages", "ours", "--out", "pages"], false, 2),
    ] {
        let command = if takes_engine { [command, native.as_slice()].concat() } else { command.to_vec() };
        let says = ["[missing-key-value]", "--key staff=FILE"];
        let printed = scratch.check(&command, "", code, &says);
        assert_eq!(printed.matches("missing-key-value").count(), says.len() - 1, "{printed}");
        let with_key = [command.as_slice(), &["--key", "staff=staff.key"]].concat();
        scratch.check(&with_key, "", 0, &[]);
    }
}

#[test]
fn keys_that_cannot_be_used_are_told_of() {
    let scratch = scratch("keys");
    scratch.hash(&["--name", "staff", "--key-env", "STAFF_KEY", "-o", "ours/staff.txt"], VALUES, 0, &[]);
    scratch.write("other.key", "fedcba9876543210");
    scratch.write("short.key", "hunter2");
    for (keys, code, says) in [
        (&["staff=other.key"][..], 1, "[wrong-key]"),
        (&["staff=short.key"], 1, "[short-key]"),
        (&["staff=nowhere.key"], 2, "the key `staff` cannot be read from nowhere.key"),
        (&["hunter2"], 2, "--key takes the key's name and its file, NAME=FILE"),
        (&["staff=staff.key", "staff=other.key"], 2, "the key `staff` is named twice"),
        (&["other=other.key", "staff=staff.key"], 0, "fine"),
    ] {
        let keys = keys.iter().flat_map(|key| ["--key", key]).collect::<Vec<_>>();
        let arguments = [&["policy", "check", "--engine", "native", "ours"], keys.as_slice()].concat();
        scratch.check(&arguments, "", code, &[says]);
    }
}

#[test]
fn what_cannot_be_hashed_is_told_of_without_being_shown() {
    let scratch = scratch("refused");
    scratch.write("short.key", "hunter2");
    scratch.write("values.txt", VALUES);
    for (arguments, input, says) in [
        (&["--name", "staff"][..], "", "--key-file"),
        (&["--name", "staff", "--key-file", "staff.key", "--key-env", "STAFF_KEY"], "", "cannot be used with"),
        (&["--name", "staff", "--key-file", "short.key"], VALUES, "short.key has 7 bytes and needs 16 at least"),
        (&["--name", "staff", "--key-env", "SHORT_KEY"], VALUES, "has 7 bytes and needs 16 at least"),
        (&["--name", "staff", "--key-env", "NO_SUCH_KEY"], VALUES, "is not set"),
        (&["--name", "our staff", "--key-file", "staff.key"], VALUES, "letters, digits and dashes"),
        (&["--name", "staff", "--key-file", "staff.key"], "\n - \n", "no value to hash"),
        (&["--name", "staff", "--key-file", "staff.key", "nowhere.txt"], "", "nowhere.txt"),
        (&["--name", "staff", "--key-file", "staff.key", "-o", "staff.key"], VALUES, "would be written over"),
        (
            &["--name", "staff", "--key-file", "staff.key", "-o", "values.txt", "values.txt"],
            "",
            "would be written over",
        ),
    ] {
        scratch.hash(arguments, input, 2, &[says]);
    }
    scratch.hash(&["--help"], "", 0, &["openssl rand", "tamis check --policy ours --key"]);
}

#[test]
fn the_file_is_the_same_from_either_source_and_goes_to_standard_output() {
    let scratch = scratch("same");
    scratch.write("values.txt", VALUES);
    let from_file =
        scratch.hash(&["--name", "staff", "--key-file", "staff.key", "values.txt"], "", 0, &["tamis-exact 1\n"]);
    let from_env = scratch.hash(&["--name", "staff", "--key-env", "STAFF_KEY", "-"], VALUES, 0, &["key staff\n"]);
    assert_eq!(from_file, from_env);
}
