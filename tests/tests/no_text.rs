//! Nothing that leaves the filter repeats what an event says: not the verdict, not an error, not what the sender is told. A word that
//! stands nowhere else is put everywhere an event has room for one, and must not come back.
//!
//! Left out on purpose: `event_id`, which is the event's name, and what a caller asked for (`show_text`, `tamis_explain`).

use serde_json::{Value, json};
use tamis_tests::{Host, Native, follow, request};

/// Found by a rule, so that every path on which a finding is told is walked.
const CANARY: &str = "Quetzal-Canary 7391";
/// What must not come back of it.
const TRACES: [&str; 3] = ["quetzal", "canary", "7391"];
/// The same for numbers.
const NUMBER: &str = "7391739173917391";

const POLICY: &str = r#"
[policy]
title = "Nothing to see"

[limits]
event_bytes = 100000

[[rule]]
id = "made-up.word"
kind = "terms"
title = "a word"
category = "ours"
severity = "high"
terms = ["quetzal canary 7391"]

[[rule]]
id = "made-up.number"
kind = "shape"
title = "a number"
category = "ours"
severity = "high"
shape = "D{16}"
"#;

fn loaded() -> Native {
    let mut native = Native::default();
    let reply = follow(&mut native, "policy.toml", &|_| Some(POLICY.into()));
    assert!(reply.starts_with(b"{\"ok\":"), "{}", String::from_utf8_lossy(&reply));
    native
}

#[track_caller]
fn check_silent(reply: &[u8]) {
    let reply = String::from_utf8(reply.to_vec()).expect("a reply is UTF-8").to_lowercase();
    for trace in TRACES {
        assert!(!reply.contains(trace), "{trace:?} stands in {reply}");
    }
}

#[track_caller]
fn check_with(options: &str, facts: Option<&str>, event: &[u8]) -> Value {
    let frames = [Some(options.as_bytes()), facts.map(str::as_bytes), Some(event)];
    let reply = loaded().call("tamis_check", &request(&frames));
    check_silent(&reply);
    serde_json::from_slice(&reply).expect("a reply is JSON")
}

/// The event says the word in a place that is read, and the verdict does not.
#[track_caller]
fn check_found(event: &Value) {
    let verdict = check_with("", None, event.to_string().as_bytes());
    assert_eq!(verdict["verdict"], "block", "{verdict}");
    assert!(verdict["message"]["en"].as_str().is_some_and(|message| !message.is_empty()), "{verdict}");
}

#[track_caller]
fn check_error(code: &str, event: &[u8]) {
    let verdict = check_with("", None, event);
    assert_eq!(verdict["error"]["code"], code, "{verdict}");
}

#[test]
fn a_finding_does_not_repeat_what_was_found() {
    let html = "org.matrix.custom.html";
    for content in [
        json!({"body": CANARY}),
        json!({"body": format!("{CANARY} {CANARY}\n{CANARY}")}),
        json!({"body": [CANARY, {"x": CANARY}]}),
        json!({"body": "x", "format": html, "formatted_body": format!("<p>{CANARY}</p>")}),
        json!({"body": "x", "format": html, "formatted_body": format!("<a href=\"https://example.org/{CANARY}\" title=\"{CANARY}\">x</a>")}),
        json!({"body": "x", "format": html, "formatted_body": format!("<!-- {CANARY} --><{CANARY}>")}),
        json!({"body": "x", (CANARY): 1}),
        json!({"body": "x", (CANARY): {(CANARY): {"deeper": CANARY}}}),
        json!({"body": "x", "org.example.note": {(format!("to/{CANARY}~me")): [CANARY]}}),
        // Beside the finding, on the way to it: a key that nobody looks for is text too.
        json!({"body": "x", "my quetzal": {"his canary": CANARY}}),
        json!({"msgtype": "m.file", "body": format!("{CANARY}.pdf")}),
        json!({"msgtype": "m.file", "body": "x", "filename": format!("{CANARY}.pdf")}),
        json!({"msgtype": CANARY, "body": CANARY}),
        json!({"body": "x", "m.new_content": {"body": CANARY}}),
    ] {
        check_found(&json!({"type": "m.room.message", "content": content}));
    }
    check_found(&json!({"type": "m.room.topic", "state_key": CANARY, "content": {"topic": CANARY}}));
    check_found(&json!({"type": CANARY, "room_id": CANARY, "sender": CANARY, "content": {"body": CANARY}}));
    check_found(&json!({"type": "m", "content": {}, "unsigned": {(CANARY): CANARY}}));
}

#[test]
fn a_number_is_not_repeated() {
    for number in [NUMBER.to_owned(), format!("{NUMBER}.0"), format!("{NUMBER}e2")] {
        let event = format!(r#"{{"type":"m","content":{{"body":"x","org.example.n":{number}}}}}"#);
        check_with("", None, event.as_bytes());
    }
    let event = format!(r#"{{"type":"m","content":{{"org.example.n":{NUMBER}}}}}"#);
    assert_eq!(check_with("", None, event.as_bytes())["verdict"], "block");
    let event = format!(r#"{{"type":"m","content":{{"{NUMBER}":{{"{NUMBER}":{NUMBER}}}}}}}"#);
    assert_eq!(check_with("", None, event.as_bytes())["verdict"], "block");
}

#[test]
fn an_event_that_cannot_be_read_is_not_quoted() {
    for event in [
        CANARY.to_owned(),
        format!("\"{CANARY}\""),
        format!("[\"{CANARY}\"]"),
        format!("{{{CANARY}"),
        format!("{{\"{CANARY}"),
        format!("{{\"{CANARY}\":{CANARY}}}"),
        format!("{{\"type\":\"{CANARY}\"}}"),
        format!("{{\"type\":[\"{CANARY}\"],\"content\":{{}}}}"),
        format!("{{\"type\":\"m\",\"content\":\"{CANARY}\"}}"),
        format!("{{\"type\":\"m\",\"content\":{{\"body\":\"{CANARY}"),
        format!("{{\"type\":\"m\",\"content\":{{\"body\":\"{CANARY}\\x\"}}}}"),
        format!("{{\"type\":\"m\",\"content\":{{\"body\":\"{CANARY}\\ud800\"}}}}"),
        format!("{{\"type\":\"m\",\"content\":{{\"body\":\"{CANARY}\n\"}}}}"),
        format!("{{\"type\":\"m\",\"content\":{{\"{CANARY}\":1,\"{CANARY}\":2}}}}"),
        format!("{{\"type\":\"m\",\"content\":{{\"{CANARY}\":{{\"{CANARY}\":[1,{{\"a\":1,\"a\":2}}]}}}}}}"),
        format!("{{\"type\":\"m\",\"content\":{{\"n\":0{NUMBER}}}}}"),
        format!("{{\"type\":\"m\",\"content\":{{\"n\":{NUMBER}.}}}}"),
        format!("{{\"type\":\"m\",\"content\":{{}}}} {CANARY}"),
        format!("{{\"type\":\"m\",\"content\":{{}},\"sender\":{{\"{CANARY}\":1}}}}"),
        format!("{{\"type\":\"m\",\"content\":{{}},\"event_id\":[\"{CANARY}\"]}}"),
    ] {
        check_error("malformed-event", event.as_bytes());
    }
    check_error("malformed-event", &[CANARY.as_bytes(), b"\xff"].concat());
}

#[test]
fn an_event_that_is_too_long_is_not_quoted() {
    let long = json!({"type": "m", "content": {"body": CANARY.repeat(10_000)}}).to_string();
    check_error("too-large", long.as_bytes());
}

#[test]
fn what_was_cut_short_is_not_quoted() {
    let flood = json!({"type": "m", "content": {"body": "1 ".repeat(40_000), "z": CANARY}}).to_string();
    let verdict = check_with("", None, flood.as_bytes());
    assert_eq!(verdict["truncated"], true, "{verdict}");
}

#[test]
fn a_request_that_makes_no_sense_is_not_quoted() {
    let event = json!({"type": "m", "content": {"body": CANARY}}).to_string();
    for options in [
        CANARY,
        &format!("{{\"{CANARY}\":1}}"),
        &format!("{{\"event_id\":[\"{CANARY}\"]}}"),
        &format!("{{\"show_text\":\"{CANARY}\"}}"),
    ] {
        assert_eq!(check_with(options, None, event.as_bytes())["error"]["code"], "malformed-request");
    }
    for facts in [CANARY, &format!("1;a={CANARY};r=0;l=0;e=")] {
        assert_eq!(check_with("", Some(facts), event.as_bytes())["error"]["code"], "malformed-facts");
    }
    for export in ["tamis_load", "tamis_classify", "tamis_check", "tamis_explain"] {
        check_silent(&loaded().call(export, event.as_bytes()));
        check_silent(&Native::default().call(export, &request(&[None, None, Some(event.as_bytes())])));
    }
}

#[test]
fn a_room_that_makes_no_sense_is_not_quoted() {
    for description in [
        CANARY.to_owned(),
        format!("{{\"{CANARY}\":1}}"),
        format!("{{\"assume\":\"{CANARY}\"}}"),
        format!("{{\"state\":[\"{CANARY}\"]}}"),
        format!("{{\"state\":[{{\"type\":\"{CANARY}\"}}]}}"),
        format!("{{\"state\":[],\"rooms\":{{\"{CANARY}\":7}},\"listed\":\"{CANARY}\"}}"),
        format!("{{\"state\":[{{\"type\":\"m.room.join_rules\",\"state_key\":\"\",\"content\":\"{CANARY}\"}}]}}"),
    ] {
        let reply = loaded().call("tamis_classify", &request(&[Some(description.as_bytes())]));
        check_silent(&reply);
        assert!(reply.starts_with(b"{\"error\":{\"code\":\"malformed-state\""), "{}", String::from_utf8_lossy(&reply));
    }
}

#[test]
fn the_diagnostics_of_a_policy_do_not_tell_what_it_looks_for_or_lets_pass() {
    let rule = "[[rule]]\nid = \"made-up.word\"\nkind = \"terms\"\ntitle = \"a word\"\ncategory = \"ours\"\nseverity = \"high\"\n";
    for rest in [
        format!("terms = [\"{CANARY};\"]"),
        format!("terms = \"{CANARY}\""),
        format!("terms = [\"{CANARY}\", {NUMBER}]"),
        format!("terms = [\"{CANARY}\"]\nexcept = {{ values = \"{CANARY}\" }}"),
        format!("terms = [\"{CANARY}\"]\nexcept = {{ values = [{NUMBER}] }}"),
        format!("terms = [\"{CANARY}\"]\nexamples = [{NUMBER}]"),
        format!("terms = [\"{CANARY}\"]\nexamples = \"{CANARY}\""),
        format!("terms = [\"{CANARY}"),
        format!("terms = [\"\\q{CANARY}\"]"),
        format!("terms = [{CANARY}]"),
        "file = \"words.txt\"".to_owned(),
    ] {
        let reply = follow(&mut Native::default(), "policy.toml", &|path| {
            Some(if path == "policy.toml" { format!("{rule}{rest}\n") } else { format!("{CANARY};\n") }.into())
        });
        assert!(reply.starts_with(b"{\"diagnostics\":"), "{}", String::from_utf8_lossy(&reply));
        check_silent(&reply);
    }
}
