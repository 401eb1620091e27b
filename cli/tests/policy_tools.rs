//! `tamis policy …` as its users call it: the real binary, what it prints, its exit status.

mod scratch;

use std::fs;
use std::path::Path;
use std::process::Output;

use scratch::{Scratch, tamis};
use serde_json::Value;

const POLICY: &str = r#"
[[rule]]
id = "test.word"
kind = "terms"
title = "the word of the tests"
category = "test"
severity = "high"
terms = ["blue heron"]
examples = ["a Blue Heron"]
counter_examples = ["a heron, blue"]
"#;

fn scratch(name: &str, policy: &str) -> Scratch {
    let scratch = Scratch::new(&format!("policy-{name}"));
    scratch.write("policy.toml", policy);
    scratch
}

impl Scratch {
    /// From inside the folder, so that paths are short.
    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = tamis();
        command.arg("policy").args(arguments).current_dir(&self.0).env("LC_ALL", "C");
        Ran::from(&command.output().expect("the command was built"))
    }
}

struct Ran {
    code: Option<i32>,
    out: String,
    errors: String,
}

impl Ran {
    fn from(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), errors: text(&output.stderr) }
    }

    #[track_caller]
    fn check(self, code: i32, says: &[&str]) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.errors);
        for word in says {
            let said = self.out.contains(word) || self.errors.contains(word);
            assert!(said, "{:?} should be in:\n{}{}", word, self.out, self.errors);
        }
        assert!(!self.out.contains('\u{1b}'), "no colours in a pipe");
        self
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect("one object")
    }
}

#[test]
fn a_new_policy_is_right_and_passes_its_tests_and_is_never_written_over() {
    let scratch = scratch("new", POLICY);
    scratch.run(&["new", "ours"]).check(0, &["ours/policy.toml", "ours/tests/messages.toml", "Next:"]);
    scratch.run(&["check", "--strict", "ours"]).check(0, &["ours/policy.toml: fine"]);
    scratch.run(&["test", "ours"]).check(0, &["passed: 1 rule, 3 test messages"]);
    scratch.run(&["new", "ours"]).check(2, &["is there already, and is left as it is"]);
    scratch.run(&["new", "."]).check(2, &["policy.toml is there already"]);
    assert_eq!(fs::read_to_string(scratch.0.join("policy.toml")).expect("it is there"), POLICY);
}

#[test]
fn an_example_that_is_not_found_is_a_warning_in_its_place() {
    let scratch = scratch("warning", &POLICY.replace("a Blue Heron", "a blue bird"));
    let says = [
        "policy.toml:9:13: warning [example-not-found]",
        "  |             ^^^^^^^^^^^^^",
        "1 warning; it loads, 1 rule",
    ];
    scratch.run(&["check", "."]).check(0, &says);
    scratch.run(&["check", "--strict", "."]).check(1, &[]);
    let report = scratch.run(&["check", "--format", "json", "."]).check(0, &[]).json();
    assert_eq!(report["policies"][0]["diagnostics"][0]["code"], "example-not-found");
    scratch.run(&["test", "."]).check(1, &["failed", "example 1 is not found", "« a blue bird »"]);
    scratch.run(&["check", "nowhere", "."]).check(2, &["nowhere", "1 warning"]);
}

#[test]
fn what_loads_and_deserves_a_look_is_a_warning() {
    let scratch = scratch("lint", &POLICY.replace("counter_examples", "mentions"));
    let says = ["policy.toml:3:6: warning [no-counter-examples]", "= help: write ordinary messages that come close"];
    scratch.run(&["check", "--engine", "native", "."]).check(0, &says);
    scratch.run(&["check", "--engine", "native", "--strict", "."]).check(1, &[]);
}

#[test]
fn a_rule_that_acts_as_a_part_of_others_only_is_tested_as_well() {
    let part = POLICY.replace("terms =", "action = \"allow\"\nterms =");
    let both = "\n[[rule]]\nid = \"test.both\"\nkind = \"combination\"\ntitle = \"x\"\ncategory = \"test\"\n\
                severity = \"high\"\nall = [\"test.word\", \"test.none\"]\nexamples = [\"blue heron, kite\"]\n\
                counter_examples = [\"kite\"]\n";
    let none = POLICY.split_once("[[rule]]").expect("a rule").1.replace("test.word", "test.none");
    let none = none.replace("lue Heron", "lue Kite").replace("blue heron", "kite").replace("a Blue Kite", "a kite");
    let scratch = scratch("parts", &format!("{part}{both}\n[[rule]]{none}"));
    scratch.run(&["check", "--strict", "."]).check(0, &["fine, 3 rules"]);
    scratch.run(&["test", "."]).check(0, &["passed: 3 rules"]);
    // What it lacks has no place.
    scratch
        .run(&["explain", "--policy", ".", "--engine", "native", "--rule", "test.both", "blue heron"])
        .check(0, &["  test.both\n      its part `test.none` is missing", "test.both found nothing"]);
    scratch.write("policy.toml", part.replace("a Blue Heron", "a bird").replace("a heron, blue", "blue heron"));
    scratch.run(&["test", "."]).check(1, &["example 1 is not found", "is found, as a part of other rules"]);
    scratch.run(&["check", "--strict", "."]).check(1, &["[example-not-found]", "[counter-example-found]"]);
}

#[test]
fn the_pack_that_was_meant_is_named() {
    let scratch = scratch("packs", "include = [\"builtin:packs/franc.toml\", \"builtin:packs/andromeda.toml\"]\n");
    let says = [
        "help: did you mean `builtin:packs/france.toml`?",
        "help: there are, as `builtin:packs/NAME.toml`: australia,",
    ];
    for arguments in [&["check", "--engine", "native", "."][..], &["list", "."]] {
        scratch.run(arguments).check(if arguments[0] == "check" { 1 } else { 2 }, &says);
    }
}

#[test]
fn test_messages_are_held_against_what_is_expected() {
    let scratch = scratch("messages", POLICY);
    scratch.write("tests/a.toml", "[[test]]\nname = \"one\"\ntext = \"blue heron\"\nverdict = \"allow\"\nrules = []\n");
    scratch.write("tests/b.jsonl", "{\"parts\":[\"blue\",\" heron\"],\"verdict\":\"block\",\"rules\":[\"test.word\"]}\n\n{\"event\":\"{\",\"verdict\":\"error\"}\n");
    let says =
        ["tests/a.toml:1: [test-message] one: the verdict is block, expected allow", "3 test messages", "1 failure"];
    scratch.run(&["test", "."]).check(1, &says);
    let report = scratch.run(&["test", "--format", "json", "--engine", "native", "."]).check(1, &[]).json();
    let policy = &report["policies"][0];
    assert_eq!((&policy["messages"]["run"], &policy["messages"]["failed"]), (&3.into(), &1.into()));
    assert_eq!(policy["rules"][0]["rule"], "test.word");
}

#[test]
fn a_test_file_that_cannot_be_read_is_told_of_with_its_line() {
    for (name, content, says) in [
        ("a.toml", "[[test]]\ntext = \"x\"\nverdict = \"stop\"\n", "tests/a.toml:1: `stop` is no verdict"),
        ("b.toml", "[[test]]\ntext = \"x\"\nverdcit = \"block\"\n", "tests/b.toml:3: this is no test"),
        ("c.toml", "[[test]]\nverdict = \"block\"\n", "one of `text`, `parts` and `event`"),
        ("d.jsonl", "{}\n", "tests/d.jsonl:1: this is no test"),
    ] {
        let scratch = scratch(&format!("test-file-{name}"), POLICY);
        scratch.write(&format!("tests/{name}"), content);
        scratch.run(&["test", "."]).check(2, &[says]);
    }
}

#[test]
fn an_account_tells_what_was_seen_and_why_nothing_was_found() {
    let scratch = scratch("explain", POLICY);
    let explain = |arguments: &[&str]| scratch.run(&[&["explain", "--policy", "."], arguments].concat());
    explain(&["the BLUE-HERON"])
        .check(0, &["block", "folded  the blue-heron", "4..14 « BLUE-HERON »", "found, high confidence"]);
    explain(&["--rule", "test.word", "a heron"])
        .check(0, &["no candidate", "no place in the text begins as it requires"]);
    explain(&["--rule", "test.word", "--room", "private", "blue heron"])
        .check(0, &["was not asked: the room is out of scope"]);
    explain(&["--rule", "test.word", "blue heron"]).check(0, &["test.word found it."]);
    scratch.write("off.toml", format!("[overrides.\"test.word\"]\nenabled = false\n{POLICY}"));
    scratch
        .run(&["explain", "--policy", "off.toml", "--rule", "test.word", "blue heron"])
        .check(0, &["test.word is switched off"]);
    explain(&["--rule", "test.wrod", "x"]).check(2, &["did you mean `test.word`?"]);
    explain(&[]).check(2, &["TEXT"]);
    scratch.write("event.json", "{\n\"type\": \"m.room.message\",\n\"content\": {\"body\": \"blue heron\"}\n}\n");
    let account = explain(&["--event", "event.json", "--format", "json"]).check(0, &[]).json();
    assert_eq!(account["verdict"]["verdict"], "block");
    scratch.write("broken.json", "{\"type\":1}\n");
    explain(&["--event", "broken.json"]).check(3, &["malformed-event"]);
    explain(&["--event", "nowhere.json"]).check(2, &["nowhere.json"]);
}

#[test]
fn what_would_change_is_counted_by_rule_and_the_text_is_not_shown_unless_asked() {
    let scratch = scratch("diff", POLICY);
    scratch.write("next/policy.toml", POLICY.replace("blue heron", "grey heron").replace("Blue Heron", "Grey Heron"));
    scratch.write("events.txt", "a blue heron\na grey heron\na sparrow\n");
    let diff =
        |arguments: &[&str]| scratch.run(&[&["diff", ".", "next", "--text", "--on", "events.txt"], arguments].concat());
    let ran = diff(&[]).check(
        1,
        &["newly stopped: 1 event", "events.txt:2  allow → block", "newly passed: 1 event", "/content/body 2..12"],
    );
    assert!(!ran.out.contains("heron"), "{}", ran.out);
    diff(&["--show-text"]).check(1, &["« grey heron »", "« blue heron »"]);
    let report = diff(&["--format", "json", "--samples", "0"]).check(1, &[]).json();
    assert_eq!(report["newly_stopped"]["rules"]["test.word"]["events"], 1);
    assert_eq!(report["newly_stopped"]["rules"]["test.word"]["samples"], Value::Array(Vec::new()));
    assert_eq!(report["verdicts"]["block"]["old"], 1);
    scratch.run(&["diff", ".", ".", "--text", "--on", "events.txt"]).check(0, &["newly stopped: 0 events"]);
    scratch
        .run(&["diff", ".", "next", "--on", "events.txt"])
        .check(3, &["3 events could not be checked; the first: events.txt:1"]);
    scratch.run(&["diff", ".", "nowhere", "--on", "events.txt"]).check(2, &["nowhere"]);
    scratch.run(&["diff", ".", "next", "--on", "nowhere.txt"]).check(2, &["nowhere.txt"]);
}

#[test]
fn rules_are_listed_and_shown() {
    let scratch = scratch("list", POLICY);
    scratch.run(&["list", "."]).check(0, &["test.word  terms    high      block   the word of the tests"]);
    assert_eq!(
        scratch.run(&["list", "--format", "json", "."]).check(0, &[]).json()["rules"][0]["actions"]["high"],
        "block"
    );
    scratch
        .run(&["show", "test.word", "--policy", "."])
        .check(0, &["The word of the tests.", "1 words or phrases", "a Blue Heron"]);
    scratch.run(&["show", "bank.ibam"]).check(2, &["did you mean `bank.iban`?"]);
    scratch.run(&["list", "builtin:nowhere"]).check(2, &["there is no policy builtin:nowhere; there are:", "hospital"]);
}

#[test]
fn pages_are_written_kept_current_and_nobody_elses_file_is_touched() {
    let scratch = scratch("pages", POLICY);
    scratch.write("pages/notes.md", "somebody's own\n");
    scratch.run(&["pages", "--out", "pages", "--check", "."]).check(1, &["pages/test.word.md: not current"]);
    scratch.run(&["pages", "--out", "pages", "."]).check(0, &["2 pages, 2 written"]);
    scratch.run(&["pages", "--out", "pages", "--check", "."]).check(0, &["2 pages are current"]);
    scratch.write("policy.toml", POLICY.replace("test.word", "test.other"));
    scratch.run(&["pages", "--out", "pages", "."]).check(0, &["2 written, 1 removed"]);
    assert!(!scratch.0.join("pages/test.word.md").exists());
    assert!(scratch.0.join("pages/notes.md").exists());
}

/// The packs and the policies that ship, in every form, in the module and natively.
#[test]
fn everything_that_ships_does_what_it_says() {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies");
    let mut shipped = Vec::new();
    for entry in fs::read_dir(policies).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        if path.join("policy.toml").exists() {
            let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
            assert!(path.join("tests").is_dir(), "{name} has test messages");
            shipped.push(format!("builtin:{name}"));
        }
    }
    assert!(shipped.len() >= 4);
    let scratch = scratch("shipped", POLICY);
    let shipped = shipped.iter().map(String::as_str).collect::<Vec<_>>();
    scratch.run(&[&["test"], shipped.as_slice()].concat()).check(0, &[]);
    scratch.run(&[&["check", "--strict"], shipped.as_slice()].concat()).check(0, &[]);
    scratch.run(&["test", "builtin:default"]).check(0, &[]);
}

#[test]
fn help_teaches_with_examples() {
    let scratch = scratch("help", POLICY);
    for command in ["new", "check", "test", "explain", "diff", "list", "show", "pages", "schema"] {
        scratch.run(&[command, "--help"]).check(0, &["Examples:", &format!("tamis policy {command}")]);
    }
    scratch.run(&["--help"]).check(0, &["An afternoon with a policy:"]);
}
