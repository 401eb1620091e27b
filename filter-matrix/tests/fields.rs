//! Which strings, keys and numbers of an event are fields, and what an event has to have.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use filter_matrix::event::Event;
use filter_matrix::field::{Extraction, Form};
use filter_matrix::json::{Kind, Scratch};
use filter_matrix::opaque::{OPAQUE, Shape};
use proptest::prelude::*;

/// The fields of an event as (pointer, form, text).
#[track_caller]
fn check_event(event: &str, expected: &[(&str, Form, &str)]) {
    let (mut scratch, mut extraction) = (Scratch::default(), Extraction::default());
    let event = Event::read(event.as_bytes(), &mut scratch).unwrap();
    let fields = extraction.read(&event);
    let found: Vec<_> = fields.iter().map(|field| (fields.pointer(field.place), field.form, field.text)).collect();
    let found: Vec<_> = found.iter().map(|(pointer, form, text)| (pointer.as_str(), *form, *text)).collect();
    assert_eq!(found, expected);
}

/// As `check_event`, for the content of a message.
#[track_caller]
fn check(content: &str, expected: &[(&str, Form, &str)]) {
    check_event(&format!(r#"{{"type":"m.room.message","content":{content}}}"#), expected);
}

/// The value is passed over under this key, or is text there.
#[track_caller]
fn check_opaque(member: &str, passed_over: bool) {
    let event = format!(r#"{{"type":"m.room.message","content":{{{member}}}}}"#);
    let (mut scratch, mut extraction) = (Scratch::default(), Extraction::default());
    let event = Event::read(event.as_bytes(), &mut scratch).unwrap();
    assert_eq!(extraction.read(&event).is_empty(), passed_over, "{member}");
}

#[track_caller]
fn check_refused(event: &str, message: &str, pointer: &str) {
    let error = Event::read(event.as_bytes(), &mut Scratch::default()).unwrap_err();
    assert_eq!((error.to_string().as_str(), error.pointer().as_str()), (message, pointer));
}

use Form::{FileName, Key, Number, Prose};

const ID: &str = "$V5yN8ZbqLr1fT0cWm3uHsX9aQeKdJo7RgPv2iYxB4lE";
const HASH: &str = "thq55pzbUCM7wLzIHdFnJC3vLWTvbLqxKcpHtVM1sZA";

#[test]
fn an_ordinary_message_has_one_field() {
    check_event(
        &format!(
            r#"{{"type":"m.room.message","event_id":"{ID}","room_id":"!OGEhHVWSdvArJzumhm:example.org","sender":"@jean.dupont-x.gouv.fr:example.org",
            "origin_server_ts":1763852400123,"unsigned":{{"age":12}},"content":{{"msgtype":"m.text","body":"Bonjour","m.mentions":{{"user_ids":["@a:example.org"]}},
            "m.relates_to":{{"rel_type":"m.thread","event_id":"{ID}","is_falling_back":true,"m.in_reply_to":{{"event_id":"{ID}"}}}}}},
            "hashes":{{"sha256":"{HASH}"}},"signatures":{{}},"depth":7,"prev_events":["{ID}"],"auth_events":["{ID}"]}}"#
        ),
        &[("/content/body", Prose, "Bonjour")],
    );
}

#[test]
fn every_string_key_and_number_of_a_made_up_event_is_a_field() {
    check_event(
        r#"{"type":"org.example.custom","state_key":"DR","content":{"a b":{"c":["d",4111111111111111,null,true]}},"x":"y"}"#,
        &[
            ("/type", Prose, "org.example.custom"),
            ("/state_key", Prose, "DR"),
            ("/content/a b", Key, "a b"),
            ("/content/a b/c", Key, "c"),
            ("/content/a b/c/0", Prose, "d"),
            ("/content/a b/c/1", Number, "4111111111111111"),
            ("/x", Key, "x"),
            ("/x", Prose, "y"),
        ],
    );
}

#[test]
fn a_body_of_another_kind_is_scanned_as_it_is() {
    check(
        r#"{"body":["DR",{"k":"x"},7]}"#,
        &[("/content/body/0", Prose, "DR"), ("/content/body/1/k", Prose, "x"), ("/content/body/2", Number, "7")],
    );
    check(r#"{"body":null,"msgtype":{}}"#, &[]);
}

#[test]
fn a_media_body_is_a_file_name_unless_it_is_a_caption() {
    for kind in ["m.file", "m.image", "m.video", "m.audio"] {
        check(&format!(r#"{{"msgtype":"{kind}","body":"DR.pdf"}}"#), &[("/content/body", FileName, "DR.pdf")]);
        check(
            &format!(r#"{{"body":"DR.pdf","filename":"DR.pdf","msgtype":"{kind}"}}"#),
            &[("/content/body", FileName, "DR.pdf"), ("/content/filename", FileName, "DR.pdf")],
        );
        check(
            &format!(r#"{{"body":"le plan","filename":"DR.pdf","msgtype":"{kind}"}}"#),
            &[("/content/body", Prose, "le plan"), ("/content/filename", FileName, "DR.pdf")],
        );
    }
    check(r#"{"msgtype":"m.text","body":"DR.pdf"}"#, &[("/content/body", Prose, "DR.pdf")]);
    check_event(
        r#"{"type":"m.sticker","content":{"msgtype":"m.image","body":"DR.png"}}"#,
        &[("/content/body", Prose, "DR.png")],
    );
    check(
        r#"{"org.matrix.msc1767.file":{"name":"a.pdf"},"name":"b"}"#,
        &[("/content/org.matrix.msc1767.file/name", FileName, "a.pdf"), ("/content/name", Prose, "b")],
    );
}

#[test]
fn an_edit_is_read_like_the_message() {
    check(
        r#"{"msgtype":"m.text","body":"* x","m.new_content":{"msgtype":"m.file","body":"DR.pdf","formatted_body":"<b>D</b>R"}}"#,
        &[
            ("/content/body", Prose, "* x"),
            ("/content/m.new_content/body", FileName, "DR.pdf"),
            ("/content/m.new_content/formatted_body", Prose, "DR"),
        ],
    );
}

#[test]
fn html_is_rendered_and_its_markup_read() {
    check(
        r#"{"formatted_body":"<a title=\"DR\">x &eacute;</a><!-- y -->"}"#,
        &[
            ("/content/formatted_body", Prose, "x é"),
            ("/content/formatted_body", Prose, "DR"),
            ("/content/formatted_body", Prose, " y "),
        ],
    );
    check(r#"{"org.matrix.msc1767.html":"a<b>b</b>"}"#, &[("/content/org.matrix.msc1767.html", Prose, "ab")]);
    check(
        r#"{"m.text":[{"body":"<p>a","mimetype":"Text/HTML; charset=utf-8"},{"body":"<p>a"}]}"#,
        &[
            ("/content/m.text/0/body", Prose, "\na"),
            ("/content/m.text/0/mimetype", Prose, "Text/HTML; charset=utf-8"),
            ("/content/m.text/1/body", Prose, "<p>a"),
        ],
    );
}

#[test]
fn an_address_ends_with_the_name_of_a_file() {
    let place = "/content/formatted_body";
    check(
        r#"{"formatted_body":"<a href='https://x.org/a/Note%20DR.pdf?dl=1'>x</a><a href='https://x.org'>y</a><img src='b/c.png'>"}"#,
        &[
            (place, Prose, "xy"),
            (place, Prose, "https://x.org/a/"),
            (place, FileName, "Note%20DR.pdf"),
            (place, Prose, "?dl=1"),
            (place, Prose, "https://x.org"),
            (place, Prose, "b/"),
            (place, FileName, "c.png"),
        ],
    );
}

#[test]
fn a_range_of_html_maps_to_the_decoded_string() {
    let input = br#"{"type":"m.room.message","content":{"formatted_body":"\u00e9 <b>D</b>&eacute;","body":"D\u00e9"}}"#;
    let (mut scratch, mut extraction) = (Scratch::default(), Extraction::default());
    let event = Event::read(input, &mut scratch).unwrap();
    let fields = extraction.read(&event);
    let ranges: Vec<_> =
        fields.iter().map(|field| field.to_source(field.text.find('D').unwrap()..field.text.len())).collect();
    assert_eq!(ranges, ["é ".len().."é <b>D</b>&eacute;".len(), 0..3]);
}

#[test]
fn keys_that_a_specification_defines_are_no_fields_and_all_others_are() {
    check(
        r#"{"body":"x","Body":1,"bоdy":2}"#,
        &[
            ("/content/body", Prose, "x"),
            ("/content/Body", Key, "Body"),
            ("/content/Body", Number, "1"),
            ("/content/bоdy", Key, "bоdy"),
            ("/content/bоdy", Number, "2"),
        ],
    );
    check_event(
        r#"{"type":"m.room.power_levels","content":{"users":{"@a:x.org":100,"DR":1},"events":{"m.room.name":50}}}"#,
        &[
            ("/content/users/@a:x.org", Number, "100"),
            ("/content/users/DR", Key, "DR"),
            ("/content/users/DR", Number, "1"),
            ("/content/events/m.room.name", Number, "50"),
        ],
    );
}

#[test]
fn a_pointer_for_logs_hides_what_somebody_made_up() {
    let input = br#"{"type":"m.room.message","content":{"NATO SECRET":{"body":["x"]}}}"#;
    let (mut scratch, mut extraction) = (Scratch::default(), Extraction::default());
    let event = Event::read(input, &mut scratch).unwrap();
    let fields = extraction.read(&event);
    let pointers: Vec<_> = fields.iter().map(|field| fields.pointer_without_text(field.place)).collect();
    assert_eq!(pointers, ["/content/…", "/content/…/body/0"]);
    assert!(!format!("{fields:?} {:?} {event:?}", fields.get(0)).contains("NATO"));
}

#[test]
fn values_are_passed_over_only_in_the_form_that_their_key_promises() {
    let ciphertext = format!("Awg{}", "AbC1".repeat(40));
    for (member, passed_over) in [
        (format!(r#""event_id":"{ID}""#), true),
        (r#""event_id":"$15163623196QBZPG:example.org""#.into(), true),
        (r#""event_id":"$diffusion:restreinte""#.into(), false),
        (r#""event_id":"$DIFFUSIONRESTREINTEDIFFUSIONRESTREINTEDIFFU""#.into(), false),
        (format!(r#""event_id":"{ID}x""#), false),
        (format!(r#""body":"{ID}""#), false),
        (r#""room_id":"!OGEhHVWSdvArJzumhm:example.org""#.into(), true),
        (format!(r#""room_id":"!{}""#, &ID[1..]), true),
        (r#""room_id":"!diffusionrestreint:example.org""#.into(), false),
        (r#""sender":"@jean.dupont:example.org:8448""#.into(), true),
        (r#""sender":"@Jean Dupont:example.org""#.into(), false),
        (r#""sender":"@jean""#.into(), false),
        (r#""user_ids":["@a:x","@b:y"]"#.into(), true),
        (r#""user_ids":["@a:x","b"]"#.into(), false),
        (r#""user_ids":{"sender":"DR"}"#.into(), false),
        (format!(r#""sha256":"{HASH}""#), true),
        (format!(r#""sha256":"{}""#, &HASH[1..]), false),
        (format!(r#""signatures":{{"type":{{"type":"{HASH}{HASH}"}}}}"#), true),
        (format!(r#""signatures":{{"type":{{"type":"{HASH}"}}}}"#), false),
        (r#""signatures":{"type":{"type":"join"}}"#.into(), false),
        (format!(r#""ciphertext":"{ciphertext}""#), false),
        (r#""xyz.amorgan.blurhash":"LKO2?U%2Tw=w]~RBVZRi};RPxuwH""#.into(), true),
        (r#""xyz.amorgan.blurhash":"L_DIFFUSION_RESTREINTE""#.into(), false),
        (r#""waveform":[0,12,1024]"#.into(), true),
        (r#""waveform":[4111,1111]"#.into(), false),
        (r#""origin_server_ts":1763852400123"#.into(), true),
        (r#""origin_server_ts":4111111111111"#.into(), false),
        (r#""origin_server_ts":4111111111111111"#.into(), false),
        (r#""size":4294967295"#.into(), true),
        (r#""size":4294967296"#.into(), false),
        (r#""size":-1"#.into(), false),
        (r#""size":1e3"#.into(), false),
        (r#""size":"1""#.into(), false),
        (r#""w":1920,"h":1080"#.into(), true),
        (r#""w":192000"#.into(), false),
        (r#""url":"mxc://example.org/jxPXTKpyydzdHJkdFNZjTZrD""#.into(), true),
        (r#""url":"mxc://example.org/DiffusionRestreinteXxXxx""#.into(), true),
        (r#""url":"mxc://example.org/diffusion-restreinte""#.into(), false),
        (r#""url":"mxc://example.org/DIFFUSIONRESTREINTEABCDE""#.into(), false),
        (r#""url":"https://example.org/DR""#.into(), false),
        (r#""msgtype":"m.text""#.into(), true),
        (r#""msgtype":"m.diffusion.restreinte""#.into(), false),
        (r#""mimetype":"application/pdf""#.into(), true),
        (r#""mimetype":"application/secret""#.into(), false),
        (r#""membership":"join""#.into(), true),
        (r#""membership":"DR""#.into(), false),
        (r#""device_id":"NATOSECRET""#.into(), false),
    ] {
        check_opaque(&member, passed_over);
    }
}

#[test]
fn ciphertext_is_passed_over_in_encrypted_events_only() {
    let ciphertext = format!("Awg{}", "AbC1".repeat(40));
    let content = format!(r#"{{"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"{ciphertext}"}}"#);
    check_event(&format!(r#"{{"type":"m.room.encrypted","content":{content}}}"#), &[]);
    check(&content, &[("/content/ciphertext", Prose, &ciphertext)]);
    check_event(
        r#"{"type":"m.room.encrypted","content":{"ciphertext":"DR"}}"#,
        &[("/content/ciphertext", Prose, "DR")],
    );
}

#[test]
fn no_promised_form_takes_a_marking() {
    for &(key, shape) in OPAQUE {
        for text in [
            "DIFFUSION RESTREINTE",
            "DIFFUSION-RESTREINTE",
            "NATO_SECRET",
            "SECRET",
            "DR",
            "4111111111111111",
            "fr.secret.defense",
        ] {
            assert!(!shape.holds(Kind::String, text), "{key}: {text}");
        }
        assert!(!shape.holds(Kind::Number, "4111111111111111"), "{key}");
        assert!(shape != Shape::Identifier || !shape.holds(Kind::Number, "1"), "{key}");
    }
}

#[test]
fn the_facts_of_an_event_are_read() {
    let input = br#"{"type":"t","content":{},"event_id":"$e","room_id":"!r","sender":"@s","origin_server_ts":17,"state_key":""}"#;
    let mut scratch = Scratch::default();
    let event = Event::read(input, &mut scratch).unwrap();
    let strings = (event.event_id, event.room_id, event.sender, event.origin_server_ts, event.state_key);
    assert_eq!((event.event_type, strings), ("t", (Some("$e"), Some("!r"), Some("@s"), Some("17"), Some(""))));
    let input = br#"{"content":{},"type":"t"}"#;
    let event = Event::read(input, &mut scratch).unwrap();
    let strings = (event.event_id, event.room_id, event.sender, event.origin_server_ts, event.state_key);
    assert_eq!(strings, (None, None, None, None, None));
}

#[test]
fn a_malformed_event_is_refused_by_name() {
    for (event, message, pointer) in [
        ("[]", "the event is not a JSON object", ""),
        ("\"x\"", "the event is not a JSON object", ""),
        ("{}", "the event has no `type`", "/type"),
        (r#"{"content":{}}"#, "the event has no `type`", "/type"),
        (r#"{"type":"t"}"#, "the event has no `content`", "/content"),
        (r#"{"type":1,"content":{}}"#, "`/type` of the event is not a string", "/type"),
        (r#"{"type":"t","content":"x"}"#, "`/content` of the event is not an object", "/content"),
        (r#"{"type":"t","content":null}"#, "`/content` of the event is not an object", "/content"),
        (r#"{"type":"t","content":{},"event_id":null}"#, "`/event_id` of the event is not a string", "/event_id"),
        (r#"{"type":"t","content":{},"room_id":7}"#, "`/room_id` of the event is not a string", "/room_id"),
        (r#"{"type":"t","content":{},"sender":{}}"#, "`/sender` of the event is not a string", "/sender"),
        (r#"{"type":"t","content":{},"state_key":[]}"#, "`/state_key` of the event is not a string", "/state_key"),
        (
            r#"{"type":"t","content":{},"origin_server_ts":"1"}"#,
            "`/origin_server_ts` of the event is not a number",
            "/origin_server_ts",
        ),
        (
            r#"{"type":"t","content":{"body":"\ud800"}}"#,
            "the event is not readable JSON: byte 31 (in /content/body): half of a surrogate pair stands alone",
            "/content/body",
        ),
        (
            r#"{"type":"t","content":{"body":1,"body":2}}"#,
            "the event is not readable JSON: byte 32 (in /content): an object has the same key twice",
            "/content",
        ),
        ("", "the event is not readable JSON: byte 0: there is no JSON value", ""),
    ] {
        check_refused(event, message, pointer);
    }
}

#[test]
fn nested_ten_thousand_deep_an_event_is_read_like_any_other() {
    let event =
        format!(r#"{{"type":"t","content":{{"body":{}"DR"{}}}}}"#, r#"{"body":["#.repeat(10_000), "]}".repeat(10_000));
    let (mut scratch, mut extraction) = (Scratch::default(), Extraction::default());
    let event = Event::read(event.as_bytes(), &mut scratch).unwrap();
    let fields = extraction.read(&event);
    let last = fields.get(fields.len() - 1).unwrap();
    assert_eq!(last.text, "DR");
    assert_eq!(fields.pointer(last.place).matches("/body/0").count(), 10_000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever key a text hides under: it is seen there, or as a key.
    #[test]
    fn a_text_is_found_wherever_it_stands(
        keys in prop::collection::vec(prop::sample::select(OPAQUE.iter().map(|row| row.0).chain(["body", "formatted_body", "x", ""]).collect::<Vec<_>>()), 1..6),
        arrays in prop::collection::vec(any::<bool>(), 6),
        as_key in any::<bool>(),
    ) {
        const TEXT: &str = "DIFFUSION RESTREINTE";
        let mut value = if as_key { format!(r#"{{"{TEXT}":1}}"#) } else { format!(r#""{TEXT}""#) };
        for (key, &in_array) in keys.iter().zip(&arrays) {
            value = if in_array { format!(r#"{{"{key}":[{value}]}}"#) } else { format!(r#"{{"{key}":{value}}}"#) };
        }
        for event_type in ["m.room.message", "m.room.encrypted"] {
            let event = format!(r#"{{"type":"{event_type}","content":{{"z":{value}}}}}"#);
            let (mut scratch, mut extraction) = (Scratch::default(), Extraction::default());
            let event = Event::read(event.as_bytes(), &mut scratch).unwrap();
            let fields = extraction.read(&event);
            prop_assert!(fields.iter().any(|field| field.text == TEXT && field.place.in_key == as_key));
        }
    }
}
