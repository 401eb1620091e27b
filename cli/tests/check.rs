//! The command as a person or a program calls it: the real binary, its output, its exit status.

mod scratch;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Output, Stdio};

use scratch::{Scratch, tamis};

/// A rule of our own: the tests are of the command, not of the built-in packs.
const POLICY: &str = r#"
[[rule]]
id = "test.word"
kind = "terms"
title = "the word of the tests"
category = "test"
severity = "high"
terms = ["blue heron"]
"#;

const CLEAN: &str = r#"{"type":"m.room.message","content":{"msgtype":"m.text","body":"good morning"}}"#;
const MARKED: &str = r#"{"type":"m.room.message","content":{"msgtype":"m.text","body":"the blue heron flies"}}"#;

fn scratch(name: &str) -> Scratch {
    let scratch = Scratch::new(&format!("check-{name}"));
    scratch.write("policy.toml", POLICY);
    scratch
}

fn command(arguments: &[&str]) -> Command {
    let mut command = tamis();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = command(arguments).spawn().expect("the command was built");
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_vec();
    // From a thread: the command may answer before it has read everything.
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the command ends");
    writer.join().expect("the writer does not panic");
    output
}

/// Runs `tamis check` with the policy of the tests; gives the exit status and each line's verdict, with the error's code where there is one.
#[track_caller]
fn verdicts(arguments: &[&str], input: impl AsRef<[u8]>) -> (i32, Vec<String>) {
    let scratch = scratch(&format!("{:?}", std::thread::current().id()));
    let policy = scratch.0.display().to_string();
    let mut all = vec!["check", "--policy", &policy];
    all.extend(arguments);
    let output = run(&all, input.as_ref());
    let code = output.status.code().expect("it was not killed");
    (code, words(&output.stdout))
}

#[track_caller]
fn words(output: &[u8]) -> Vec<String> {
    let output = std::str::from_utf8(output).expect("the output is UTF-8");
    assert!(output.is_empty() || output.ends_with('\n'), "the last line is whole");
    let word = |line: &str| {
        let verdict: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        let text = |value: &serde_json::Value| value.as_str().unwrap_or("?").to_owned();
        match &verdict["error"]["code"] {
            serde_json::Value::Null => text(&verdict["verdict"]),
            code => format!("{}:{}", text(&verdict["verdict"]), text(code)),
        }
    };
    output.lines().map(word).collect()
}

/// Exit status 2, nothing on standard output, and these words on standard error.
#[track_caller]
fn cannot(arguments: &[&str], says: &[&str]) {
    let output = run(arguments, b"");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(output.stdout.is_empty());
    for word in says {
        assert!(errors.contains(word), "{errors:?} should contain {word:?}");
    }
}

#[test]
fn nothing_found_is_0_and_something_is_1() {
    assert_eq!(verdicts(&[], format!("{CLEAN}\n")), (0, vec!["allow".into()]));
    assert_eq!(verdicts(&[], format!("{CLEAN}\n{MARKED}\n")), (1, vec!["allow".into(), "block".into()]));
    assert_eq!(verdicts(&[], ""), (0, vec![]));
}

#[test]
fn what_could_not_be_checked_is_3_whatever_else_was_found() {
    let lines = format!("{MARKED}\n{{\n{CLEAN}\n");
    assert_eq!(verdicts(&[], lines), (3, vec!["block".into(), "error:malformed-event".into(), "allow".into()]));
}

#[test]
fn broken_lines_are_answered_in_their_place() {
    let lines = [
        CLEAN.as_bytes(),
        b"",
        b"no JSON",
        b"[1]",
        b"\xff\xfe",
        br#"{"type":"m.room.message"}"#,
        br#"{"type":1,"content":{}}"#,
        br#"{"type":"a","content":{},"content":{"body":"blue heron"}}"#,
        br#"{"type":"a","content":{"body":"\ud800"}}"#,
        br#"{"event":{"type":"a","content":{}},"event":{"type":"a","content":{}}}"#,
        br#"{"event":{"type":"a","content":{}},"rooms":[]}"#,
        br#"{"event":null}"#,
        MARKED.as_bytes(),
    ];
    let (code, found) = verdicts(&[], lines.join(&b'\n'));
    assert_eq!(code, 3);
    let mut expected = vec!["error:malformed-event"; lines.len()];
    expected[0] = "allow";
    expected[lines.len() - 1] = "block";
    assert_eq!(found, expected);
}

#[test]
fn a_line_that_is_too_long_is_told_of_and_the_next_one_is_read() {
    let mut lines = vec![b'x'; (64 << 20) + 1];
    lines.extend_from_slice(format!("\n{MARKED}\n").as_bytes());
    assert_eq!(verdicts(&[], &lines), (3, vec!["error:too-large".into(), "block".into()]));
    assert_eq!(verdicts(&["--text"], &lines[1..]).1[0], "error:too-large", "with its frame it is too long");
}

#[test]
fn nesting_ten_thousand_deep_is_read() {
    let deep = |text: &str| {
        let (open, close) = ("[".repeat(10_000), "]".repeat(10_000));
        format!(r#"{{"type":"m.room.message","content":{{"x":{open}"{text}"{close}}}}}"#)
    };
    let wrapped = format!(r#"{{"event":{}}}"#, deep("blue heron"));
    let lines = format!("{}\n{}\n{wrapped}\n", deep("good morning"), deep("blue heron"));
    assert_eq!(verdicts(&[], lines), (1, vec!["allow".into(), "block".into(), "block".into()]));
}

#[test]
fn a_text_line_is_the_body_of_a_message() {
    let lines = b"good morning\r\nthe \"blue heron\"\\ flies\n\nblue\xffheron\n{\"blue\":\"heron\"}";
    assert_eq!(
        verdicts(&["--text"], lines),
        (3, ["allow", "block", "allow", "error:malformed-event", "allow"].map(str::to_owned).to_vec())
    );
}

#[test]
fn the_room_decides_whether_an_event_is_looked_at() {
    let with = |state: &str| format!("{{\"room\":{state},\"event\":{MARKED}}}\n");
    let rule = |rule: &str| format!(r#"[{{"type":"m.room.join_rules","state_key":"","content":{rule}}}]"#);
    let public = rule(r#"{"join_rule":"public"}"#);
    let private = rule(r#"{"join_rule":"invite"}"#);
    // Through a room of which a line says nothing: it counts as open.
    let space = rule(r#"{"join_rule":"restricted","allow":[{"type":"m.room_membership","room_id":"!s:example.org"}]}"#);
    let known = format!(r#"{{"state":{space},"rooms":{{"!s:example.org":{private}}}}}"#);
    let lines = [with(&public), with(&private), with(&space), with(&known), with(&private), with("7")].concat();
    let expected = ["block", "allow", "block", "allow", "allow", "error:malformed-state"];
    assert_eq!(verdicts(&[], &lines), (3, expected.map(str::to_owned).to_vec()));
    assert_eq!(verdicts(&["--room", "private"], format!("{MARKED}\n")), (0, vec!["allow".into()]));
    // The assumption is for lines that bring no state.
    assert_eq!(verdicts(&["--room", "private"], with(&public)).0, 1);
}

#[test]
fn files_and_standard_input_are_read_in_their_order() {
    let scratch = scratch("files");
    let first = scratch.write("first.jsonl", format!("{MARKED}\n{CLEAN}"));
    let last = scratch.write("last.jsonl", MARKED);
    let policy = scratch.0.join("policy.toml").display().to_string();
    let output = run(&["check", "--policy", &policy, &first, "-", &last], CLEAN.as_bytes());
    assert_eq!(words(&output.stdout), ["block", "allow", "allow", "block"]);
}

#[test]
fn both_engines_give_the_same_bytes() {
    let scratch = scratch("engines");
    let mut lines = format!("{CLEAN}\n{MARKED}\nbroken\n{{\"room\":[],\"event\":{MARKED}}}\n").into_bytes();
    lines.extend_from_slice(b"\xff\n{}\n");
    for text in ["Note DIFFUSION RESTREINTE", "FR76 3000 6000 0112 3456 7890 189", "mdp : Tr0ub4dor&3"] {
        lines.extend(
            format!("{{\"type\":\"m.room.message\",\"event_id\":\"$a\",\"content\":{{\"body\":\"{text}\"}}}}\n")
                .bytes(),
        );
    }
    let events = scratch.write("events.jsonl", &lines);
    let policy = scratch.0.display().to_string();
    for options in [&["--policy", &policy][..], &[], &["--show-text"], &["--room", "encrypted"], &["--text"]] {
        let outputs = ["wasm", "native"].map(|engine| {
            let mut arguments = vec!["check", "--engine", engine];
            arguments.extend(options);
            arguments.push(&events);
            let output = run(&arguments, b"");
            (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
        });
        assert_eq!(outputs[0], outputs[1], "{options:?}");
        assert_eq!(outputs[0].1.lines().count(), 9, "{options:?}");
    }
}

#[test]
fn the_text_is_shown_only_when_asked_for() {
    let scratch = scratch("show-text");
    let policy = scratch.0.display().to_string();
    for (options, shown) in
        [(&[][..], false), (&["--show-text"], true), (&["--pretty"], false), (&["--pretty", "--show-text"], true)]
    {
        let arguments = [&["check", "--policy", &policy], options].concat();
        let output = run(&arguments, MARKED.as_bytes());
        assert_eq!(String::from_utf8_lossy(&output.stdout).contains("blue heron"), shown, "{options:?}");
    }
}

#[test]
fn a_person_sees_rule_place_and_count_without_colours_in_a_pipe() {
    let scratch = scratch("pretty");
    let policy = scratch.0.display().to_string();
    let lines = format!("{MARKED}\n{CLEAN}\n{{\n");
    let output = run(&["check", "--pretty", "--policy", &policy], lines.as_bytes());
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(3));
    for word in ["test.word", "/content/body 4..14", "[malformed-event]", "3 events: 1 block, 1 allow, 1 error"] {
        assert!(text.contains(word), "{text:?} should contain {word:?}");
    }
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn a_verdict_comes_before_the_next_line_is_waited_for() {
    let scratch = scratch("interactive");
    let policy = scratch.0.display().to_string();
    let mut child = command(&["check", "--policy", &policy]).spawn().expect("the command was built");
    let mut stdin = child.stdin.take().expect("it is piped");
    let mut answers = BufReader::new(child.stdout.take().expect("it is piped"));
    for line in [CLEAN, MARKED] {
        writeln!(stdin, "{line}").expect("it reads");
        let mut answer = String::new();
        answers.read_line(&mut answer).expect("it answers");
        assert!(answer.contains("verdict"));
    }
    drop(stdin);
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[test]
fn a_reader_that_goes_away_is_no_error_and_not_clean_either() {
    let scratch = scratch("closed");
    let events = scratch.write("events.jsonl", format!("{CLEAN}\n").repeat(20_000));
    let policy = scratch.0.display().to_string();
    let mut child = command(&["check", "--policy", &policy, &events]).spawn().expect("the command was built");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(141));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn usage_errors_are_2() {
    cannot(&[], &["Usage"]);
    cannot(&["chekc"], &["chekc"]);
    cannot(&["check", "--engine", "jit"], &["wasm", "native"]);
    cannot(&["check", "--room", "secret"], &["public", "private", "encrypted"]);
    cannot(&["check", "--nonsense"], &["--nonsense"]);
}

#[test]
fn files_that_cannot_be_read_are_named() {
    cannot(&["check", "nowhere.jsonl"], &["nowhere.jsonl"]);
    cannot(&["check", "--policy", "nowhere"], &["nowhere"]);
    cannot(&["check", env!("CARGO_TARGET_TMPDIR")], &[env!("CARGO_TARGET_TMPDIR")]);
}

#[test]
fn a_wrong_policy_is_shown_at_its_line_and_nothing_is_checked() {
    let scratch = scratch("wrong");
    let wrong = POLICY.replace("severity", "sevérité");
    let policy = scratch.write("wrong.toml", wrong);
    cannot(
        &["check", "--policy", &policy],
        &["wrong.toml:", ": error [", "\n7 | sevérité = \"high\"", "^^^", "nothing was checked"],
    );
}

#[test]
fn an_include_outside_the_policys_folder_is_not_read() {
    let scratch = scratch("outside");
    let policy = scratch.write("policy.toml", format!("include = [\"../check-secret.toml\"]\n{POLICY}"));
    cannot(&["check", "--policy", &policy], &["../check-secret.toml"]);
}

#[test]
fn help_and_version_teach() {
    let said = |arguments: &[&str]| {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let help = said(&["check", "--help"]);
    for word in ["Examples:", "Exit codes:", "--policy", "empty line"] {
        assert!(help.contains(word), "{help}");
    }
    let version = said(&["--version"]);
    assert!(version.contains("ABI 1") && version.contains("module sha256:"), "{version}");
    for shell in ["bash", "zsh", "fish"] {
        assert!(said(&["completions", shell]).contains("show-text"), "{shell}");
    }
}
