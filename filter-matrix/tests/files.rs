//! Rules about files: which files of an event they find, and where they say so.

use filter_matrix::Filter;
use filter_matrix::wire::push_frame;
use serde_json::{Value, json};

const POLICY: &str = r#"
    [[rule]]
    id = "ours.macros"
    kind = "file"
    title = "a document with macros"
    category = "file"
    severity = "high"
    extensions = ["docm", "tar.gz"]
    [[rule]]
    id = "ours.media"
    kind = "file"
    title = "a video or a PDF"
    category = "file"
    severity = "low"
    action = "flag"
    types = ["video/*", "m.video", "application/pdf"]
"#;

/// The findings on the content of a message: rule, place and text.
#[track_caller]
fn check(content: &Value, expected: &[(&str, &str, &str)]) {
    let mut filter = Filter::new();
    let request = |frames: &[Option<&[u8]>]| {
        let mut request = Vec::new();
        frames.iter().for_each(|frame| push_frame(&mut request, *frame));
        request
    };
    let loaded = filter.load(&request(&[Some(b"policy.toml"), Some(POLICY.as_bytes())]));
    assert!(loaded.starts_with(b"{\"ok\""), "{}", String::from_utf8_lossy(loaded));
    let event = json!({"type": "m.room.message", "content": content}).to_string();
    let options = br#"{"show_text":true}"#;
    let verdict = filter.check(&request(&[Some(options), None, Some(event.as_bytes())]));
    let verdict: Value = serde_json::from_slice(verdict).expect("a verdict is JSON");
    let findings = verdict["findings"].as_array().expect("a verdict has findings");
    let found: Vec<(&str, &str, &str)> = findings
        .iter()
        .map(|f| {
            (f["rule"].as_str().unwrap_or(""), f["field"].as_str().unwrap_or(""), f["text"].as_str().unwrap_or(""))
        })
        .collect();
    assert_eq!(found, expected, "{content}");
}

#[test]
fn a_file_is_found_by_the_ending_of_its_name() {
    check(&json!({"msgtype": "m.file", "body": "plan.DOCM"}), &[("ours.macros", "/content/body", "DOCM")]);
    check(&json!({"msgtype": "m.file", "body": "x.tar.gz ."}), &[("ours.macros", "/content/body", "tar.gz")]);
    check(
        &json!({"msgtype": "m.file", "body": "see", "filename": "a.docm"}),
        &[("ours.macros", "/content/filename", "docm")],
    );
    check(
        &json!({"body": "x", "org.matrix.msc1767.file": {"name": "a.docm"}}),
        &[("ours.macros", "/content/org.matrix.msc1767.file/name", "docm")],
    );
    check(
        &json!({"m.new_content": {"msgtype": "m.file", "body": "a.docm"}}),
        &[("ours.macros", "/content/m.new_content/body", "docm")],
    );
    for name in ["docm", "a.docmx", "adocm", "a.docm.txt"] {
        check(&json!({"msgtype": "m.file", "body": name}), &[]);
    }
}

#[test]
fn a_file_is_found_by_its_type() {
    let pdf = |kind: &str| json!({"msgtype": "m.file", "body": "plan", "info": {"mimetype": kind}});
    check(&pdf("application/pdf"), &[("ours.media", "/content/body", "plan")]);
    check(&pdf("Application/PDF; x=y"), &[("ours.media", "/content/body", "plan")]);
    check(&pdf("video/mp4"), &[("ours.media", "/content/body", "plan")]);
    check(&pdf("application/pdfx"), &[]);
    check(&json!({"msgtype": "m.video", "body": "v"}), &[("ours.media", "/content/body", "v")]);
}

#[test]
fn a_file_without_a_name_is_one_too() {
    check(&json!({"msgtype": "m.video", "url": "mxc://x/y"}), &[("ours.media", "/content/msgtype", "m.video")]);
    check(&json!({"msgtype": "m.video", "body": ""}), &[("ours.media", "/content/msgtype", "m.video")]);
}

#[test]
fn what_is_no_file_is_left_alone() {
    check(&json!({"msgtype": "m.text", "body": "plan.docm"}), &[]);
    check(&json!({"msgtype": "m.image", "body": "a.png", "info": {"mimetype": "image/png"}}), &[]);
}
