//! `tamis eval` as a person or a program calls it: the real binary on a small corpus with a policy of its own.

mod scratch;

use std::process::Output;

use scratch::{Scratch, tamis};

const POLICY: &str = r#"
[[rule]]
id = "test.word"
kind = "terms"
title = "the word of the tests"
category = "test"
severity = "high"
terms = ["blue heron"]
"#;

const CORPUS: &str = "\
# the second is missed, the third is found with other borders, the last but one is stopped though it must not be
## test/bird
+ the ⟦blue heron⟧ flies
+ the ⟦grey heron⟧ flies
+ ⟦the blue heron⟧
~ what is a heron?
- blue heron, said the zoo
- good morning
";

fn folder(name: &str) -> Scratch {
    let folder = Scratch::new(&format!("eval-{name}"));
    folder.write("policy.toml", POLICY);
    folder.write("corpus.txt", CORPUS);
    folder
}

fn eval(folder: &Scratch, arguments: &[&str]) -> Output {
    let mut command = tamis();
    command
        .current_dir(&folder.0)
        .args(["eval", "corpus.txt", "--policy", "."])
        .args(arguments)
        .output()
        .expect("the command was built")
}

fn figures(output: &Output) -> serde_json::Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the report is JSON")
}

#[test]
fn counts_are_what_they_say() {
    let folder = folder("counts");
    for engine in ["wasm", "native"] {
        let report = figures(&eval(&folder, &["--format", "json", "--list", "--engine", engine]));
        let all = &report["all"];
        assert_eq!((&all["to_stop"], &all["stopped"]), (&3.into(), &2.into()));
        assert_eq!((&all["spans"], &all["found"], &all["exact"]), (&3.into(), &2.into(), &1.into()));
        assert_eq!((&all["near_misses"], &all["near_misses_stopped"]), (&2.into(), &1.into()));
        assert_eq!((&all["mentions"], &all["mentions_stopped"]), (&1.into(), &0.into()));
        assert_eq!(report["confusion"]["test/bird"], serde_json::json!({"test.word": 2, "-": 1}));
        assert_eq!(report["rules"]["test.word"]["stray"], 1);
        let how: Vec<_> = report["failures"].as_array().expect("a list").iter().map(|f| f["how"].clone()).collect();
        assert_eq!(how, ["missed", "found with other borders", "near-miss stopped"]);
    }
}

#[test]
fn texts_are_shown_only_when_asked_for() {
    let folder = folder("texts");
    let shows = |arguments: &[&str]| String::from_utf8_lossy(&eval(&folder, arguments).stdout).contains("grey heron");
    assert!(!shows(&["--list"]));
    assert!(!shows(&["--list", "--format", "json"]));
    assert!(shows(&["--list", "--show-text"]));
}

#[test]
fn halves_are_the_whole_and_never_change() {
    let folder = folder("halves");
    let count = |half| figures(&eval(&folder, &["--format", "json", "--half", half]))["messages"].clone();
    assert_eq!([count("tune"), count("held-out"), count("both")], [3, 3, 6]);
}

#[test]
fn a_figure_that_falls_is_exit_status_1() {
    let folder = folder("baseline");
    assert!(eval(&folder, &["--write-baseline", "b.json"]).status.success());
    assert!(eval(&folder, &["--baseline", "b.json"]).status.success());
    folder.write("policy.toml", POLICY.replace("blue heron", "heron flies"));
    let output = eval(&folder, &["--baseline", "b.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("fell below the baseline: all: span accuracy"));
}

#[test]
fn a_corpus_that_is_wrong_is_exit_status_2_and_tells_where() {
    let folder = folder("wrong");
    folder.write("corpus.txt", "## l\n- fine\n+ nothing in brackets\n");
    let output = eval(&folder, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("corpus.txt:3: what must be found"));
    assert!(output.stdout.is_empty());
}

#[test]
fn events_are_printed_for_other_hosts() {
    let folder = folder("events");
    let output = eval(&folder, &["--events"]);
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(lines.lines().count(), 6);
    assert!(!lines.contains('⟦'));
}
