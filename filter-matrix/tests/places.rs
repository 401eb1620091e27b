//! Every place where text hides in an event, from the event to the verdict: what is stored there is read there.

use filter_matrix::Filter;
use filter_matrix::wire::push_frame;
use serde_json::{Value, json};

const POLICY: &str = r#"
    [[rule]]
    id = "ours.hush"
    kind = "marking"
    title = "the marking “Top Hush”"
    category = "marking"
    severity = "high"
    marking = { issuer = "xx", level = 2 }
    phrases = ["top hush"]
    [[rule]]
    id = "ours.number"
    kind = "shape"
    title = "a number of ours"
    category = "identifier"
    severity = "high"
    shape = "D{16}"
    validator = "card"
"#;

fn request(frames: &[Option<&[u8]>]) -> Vec<u8> {
    let mut request = Vec::new();
    frames.iter().for_each(|frame| push_frame(&mut request, *frame));
    request
}

/// The verdict on an event in a room that anyone can read.
fn verdict(event: &Value) -> Value {
    let mut filter = Filter::new();
    let loaded = filter.load(&request(&[Some(b"policy.toml"), Some(POLICY.as_bytes())]));
    assert!(loaded.starts_with(b"{\"ok\""), "{}", String::from_utf8_lossy(loaded));
    let options = br#"{"show_text":true}"#;
    let event = event.to_string();
    serde_json::from_slice(filter.check(&request(&[Some(options), None, Some(event.as_bytes())])))
        .expect("a verdict is JSON")
}

/// One finding, and the places where it stands.
#[track_caller]
fn check_event(event: &Value, places: &[&str]) {
    let verdict = verdict(event);
    let findings = verdict["findings"].as_array().expect("a verdict has findings");
    assert_eq!(findings.len(), 1, "{event}: {verdict}");
    let also = findings[0]["also"].as_array().cloned().unwrap_or_default();
    let found: Vec<&str> =
        std::iter::once(&findings[0]).chain(&also).map(|place| place["field"].as_str().unwrap_or("")).collect();
    assert_eq!(found, places, "{event}");
    assert_eq!(verdict["verdict"], "block", "{event}");
}

/// As `check_event` for an event of a type with this content.
#[track_caller]
fn check(event_type: &str, content: Value, places: &[&str]) {
    check_event(&json!({"type": event_type, "content": content}), places);
}

const TEXT: &str = "TOP HUSH";

#[test]
fn messages_of_every_type() {
    for message_type in ["m.text", "m.notice", "m.emote", "m.server_notice", "org.example.own"] {
        check("m.room.message", json!({"msgtype": message_type, "body": TEXT}), &["/content/body"]);
    }
    check(
        "m.room.message",
        json!({"msgtype": "m.server_notice", "body": "x", "admin_contact": TEXT}),
        &["/content/admin_contact"],
    );
}

#[test]
fn body_and_formatted_body_are_one_finding_in_two_places() {
    let content = json!({"msgtype": "m.text", "body": "**TOP HUSH** plan", "format": "org.matrix.custom.html",
        "formatted_body": "<b>TOP</b> HU<i>SH</i> plan"});
    check("m.room.message", content, &["/content/body", "/content/formatted_body"]);
}

#[test]
fn html_hides_nothing() {
    for html in [
        "TOP&nbsp;HUSH",
        "T&#79;P HUSH",
        "TOP<br>HUSH",
        "TOP</p><p>HUSH",
        "T<b>O</b>P HUSH",
        "TOP HU&shy;SH",
        "TOP HU<!-- x -->SH",
        "<span data-mx-spoiler=\"TOP HUSH\">x</span>",
        "<img alt='TOP HUSH'>",
        "<img title=\"TOP HUSH\">",
        "<a href=\"https://example.org/TOP%20HUSH.pdf\">x</a>",
        "<a href=\"mxc://example.org/TOP_HUSH\">x</a>",
        "<span data-mx-maths=\"\\text{TOP HUSH}\"></span>",
        "<!-- TOP HUSH -->",
        "<x TOP HUSH>",
        "<font color='TOP HUSH'>x</font>",
    ] {
        check(
            "m.room.message",
            json!({"body": "x", "format": "org.matrix.custom.html", "formatted_body": html}),
            &["/content/formatted_body"],
        );
    }
}

#[test]
fn edits_replies_and_threads() {
    check(
        "m.room.message",
        json!({"body": "* TOP HUSH", "msgtype": "m.text", "m.new_content": {"msgtype": "m.text", "body": TEXT},
            "m.relates_to": {"rel_type": "m.replace", "event_id": "$V5yN8ZbqLr1fT0cWm3uHsX9aQeKdJo7RgPv2iYxB4lE"}}),
        &["/content/body", "/content/m.new_content/body"],
    );
    check("m.room.message", json!({"body": "x", "m.new_content": {"body": TEXT}}), &["/content/m.new_content/body"]);
    check("m.room.message", json!({"body": "> <@a:example.org> TOP HUSH\n\nok"}), &["/content/body"]);
    check(
        "m.room.message",
        json!({"body": "ok", "formatted_body": "<mx-reply><blockquote>TOP HUSH</blockquote></mx-reply>ok"}),
        &["/content/formatted_body"],
    );
    check(
        "m.room.message",
        json!({"body": "x", "m.relates_to": {"rel_type": TEXT}}),
        &["/content/m.relates_to/rel_type"],
    );
}

#[test]
fn media_and_their_captions() {
    for message_type in ["m.file", "m.image", "m.video", "m.audio"] {
        let info = json!({"mimetype": "application/pdf", "size": 17});
        check(
            "m.room.message",
            json!({"msgtype": message_type, "body": "note_top_hush_v2.pdf", "info": info}),
            &["/content/body"],
        );
        check(
            "m.room.message",
            json!({"msgtype": message_type, "body": "NoteTopHush.pdf", "info": info}),
            &["/content/body"],
        );
        check(
            "m.room.message",
            json!({"msgtype": message_type, "body": "x", "filename": "top-hush.pdf"}),
            &["/content/filename"],
        );
        check(
            "m.room.message",
            json!({"msgtype": message_type, "body": TEXT, "filename": "x.pdf"}),
            &["/content/body"],
        );
        check(
            "m.room.message",
            json!({"msgtype": message_type, "body": "x.pdf", "info": {"mimetype": TEXT}}),
            &["/content/info/mimetype"],
        );
        check(
            "m.room.message",
            json!({"msgtype": message_type, "body": "x.pdf", "url": "mxc://example.org/TOP_HUSH"}),
            &["/content/url"],
        );
        check(
            "m.room.message",
            json!({"msgtype": message_type, "body": "x.pdf", "file": {"url": "mxc://example.org/TOP-HUSH"}}),
            &["/content/file/url"],
        );
        check(
            "m.room.message",
            json!({"msgtype": message_type, "body": "x.pdf", "info": {"thumbnail_url": TEXT}}),
            &["/content/info/thumbnail_url"],
        );
        check(
            "m.room.message",
            json!({"msgtype": message_type, "body": "x.pdf", "info": {"thumbnail_file": {"url": TEXT}}}),
            &["/content/info/thumbnail_file/url"],
        );
    }
    check(
        "m.room.message",
        json!({"body": "x", "org.matrix.msc1767.file": {"name": "top hush.ogg"}}),
        &["/content/org.matrix.msc1767.file/name"],
    );
    check(
        "m.room.message",
        json!({"body": "x", "org.matrix.msc3245.voice": {"note": TEXT}}),
        &["/content/org.matrix.msc3245.voice/note"],
    );
    check("m.sticker", json!({"body": TEXT, "url": "mxc://example.org/jxPXTKpyydzdHJkdFNZjTZrD"}), &["/content/body"]);
}

#[test]
fn extensible_events() {
    check("m.message", json!({"m.text": [{"body": TEXT}]}), &["/content/m.text/0/body"]);
    check(
        "m.message",
        json!({"m.text": [{"mimetype": "text/html", "body": "T<i>OP</i> HUSH"}]}),
        &["/content/m.text/0/body"],
    );
    check("m.message", json!({"m.markup": [{"body": TEXT}]}), &["/content/m.markup/0/body"]);
    check("m.message", json!({"org.matrix.msc1767.text": TEXT}), &["/content/org.matrix.msc1767.text"]);
    check(
        "m.message",
        json!({"org.matrix.msc1767.text": [{"body": TEXT}]}),
        &["/content/org.matrix.msc1767.text/0/body"],
    );
    check(
        "m.message",
        json!({"org.matrix.msc1767.message": [{"body": TEXT}]}),
        &["/content/org.matrix.msc1767.message/0/body"],
    );
    check("m.message", json!({"org.matrix.msc1767.html": "T<i>OP</i> HUSH"}), &["/content/org.matrix.msc1767.html"]);
    check(
        "m.message",
        json!({"org.matrix.msc1767.caption": {"org.matrix.msc1767.text": TEXT}}),
        &["/content/org.matrix.msc1767.caption/org.matrix.msc1767.text"],
    );
}

#[test]
fn polls_old_and_new() {
    let text = json!({"m.text": [{"body": TEXT}]});
    check(
        "m.poll.start",
        json!({"m.poll": {"question": text, "answers": []}}),
        &["/content/m.poll/question/m.text/0/body"],
    );
    check(
        "m.poll.start",
        json!({"m.poll": {"answers": [{"m.id": "a", "m.text": [{"body": TEXT}]}]}}),
        &["/content/m.poll/answers/0/m.text/0/body"],
    );
    check("m.poll.start", json!({"m.poll": {"answers": [{"m.id": TEXT}]}}), &["/content/m.poll/answers/0/m.id"]);
    let old = "org.matrix.msc3381.poll.start";
    check(
        old,
        json!({(old): {"question": {"org.matrix.msc1767.text": TEXT}}}),
        &["/content/org.matrix.msc3381.poll.start/question/org.matrix.msc1767.text"],
    );
    check(old, json!({(old): {"question": {"body": TEXT}}}), &["/content/org.matrix.msc3381.poll.start/question/body"]);
    check(
        old,
        json!({(old): {"answers": [{"id": "1", "org.matrix.msc1767.text": TEXT}]}}),
        &["/content/org.matrix.msc3381.poll.start/answers/0/org.matrix.msc1767.text"],
    );
    check("m.poll.response", json!({"m.selections": [TEXT]}), &["/content/m.selections/0"]);
    let response = "org.matrix.msc3381.poll.response";
    check(response, json!({(response): {"answers": [TEXT]}}), &["/content/org.matrix.msc3381.poll.response/answers/0"]);
    check("m.poll.end", json!({"m.text": [{"body": TEXT}]}), &["/content/m.text/0/body"]);
}

#[test]
fn places_and_reactions() {
    check(
        "m.room.message",
        json!({"msgtype": "m.location", "body": TEXT, "geo_uri": "geo:48.8,2.3"}),
        &["/content/body"],
    );
    check(
        "m.room.message",
        json!({"msgtype": "m.location", "body": "x", "geo_uri": "geo:48.8,2.3;TOP HUSH"}),
        &["/content/geo_uri"],
    );
    check(
        "m.room.message",
        json!({"body": "x", "org.matrix.msc3488.location": {"description": TEXT}}),
        &["/content/org.matrix.msc3488.location/description"],
    );
    check("m.beacon_info", json!({"description": TEXT}), &["/content/description"]);
    check(
        "m.reaction",
        json!({"m.relates_to": {"rel_type": "m.annotation", "key": TEXT}}),
        &["/content/m.relates_to/key"],
    );
    check(
        "m.reaction",
        json!({"m.relates_to": {"key": "x"}, "com.beeper.reaction.shortcode": TEXT}),
        &["/content/com.beeper.reaction.shortcode"],
    );
}

#[test]
fn state_names_topics_and_reasons() {
    for (event_type, content, place) in [
        ("m.room.name", json!({"name": TEXT}), "/content/name"),
        ("m.room.topic", json!({"topic": TEXT}), "/content/topic"),
        ("m.room.topic", json!({"m.topic": {"m.text": [{"body": TEXT}]}}), "/content/m.topic/m.text/0/body"),
        (
            "m.room.topic",
            json!({"org.matrix.msc3765.topic": [{"body": TEXT}]}),
            "/content/org.matrix.msc3765.topic/0/body",
        ),
        ("m.room.canonical_alias", json!({"alias": "#top-hush:example.org"}), "/content/alias"),
        ("m.room.canonical_alias", json!({"alt_aliases": ["#top-hush:example.org"]}), "/content/alt_aliases/0"),
        ("m.room.member", json!({"membership": "join", "displayname": TEXT}), "/content/displayname"),
        ("m.room.member", json!({"membership": "ban", "reason": TEXT}), "/content/reason"),
        (
            "m.room.member",
            json!({"membership": "join", "avatar_url": "mxc://example.org/TOP_HUSH"}),
            "/content/avatar_url",
        ),
        ("m.room.third_party_invite", json!({"display_name": TEXT}), "/content/display_name"),
        ("m.room.redaction", json!({"reason": TEXT}), "/content/reason"),
        ("m.room.tombstone", json!({"body": TEXT}), "/content/body"),
        ("m.space.child", json!({"order": TEXT}), "/content/order"),
        ("m.widget", json!({"name": TEXT}), "/content/name"),
        ("im.vector.modular.widgets", json!({"data": {"title": TEXT}}), "/content/data/title"),
        ("im.vector.modular.widgets", json!({"url": "https://example.org/?q=TOP%20HUSH"}), "/content/url"),
        ("m.policy.rule.user", json!({"entity": "@a:b", "reason": TEXT}), "/content/reason"),
        ("m.call.invite", json!({"offer": {"sdp": "v=0\r\ns=TOP HUSH\r\n"}}), "/content/offer/sdp"),
        ("m.room.pinned_events", json!({"pinned": [TEXT]}), "/content/pinned/0"),
        ("m.room.image_pack", json!({"pack": {"attribution": TEXT}}), "/content/pack/attribution"),
        ("m.room.server_acl", json!({"deny": [TEXT]}), "/content/deny/0"),
    ] {
        check_event(&json!({"type": event_type, "state_key": "", "content": content}), &[place]);
    }
}

#[test]
fn keys_numbers_and_what_nobody_has_thought_of() {
    check("m.room.image_pack", json!({"images": {"top hush": {"url": "x"}}}), &["/content/images/top hush"]);
    check("m.room.power_levels", json!({"users": {"TOP HUSH": 100}}), &["/content/users/TOP HUSH"]);
    check("org.example.own", json!({"a": [[{"b": TEXT}]]}), &["/content/a/0/0/b"]);
    check("org.example.own", json!({"TOP HUSH": null}), &["/content/TOP HUSH"]);
    check("org.example.own", json!({"a": 4_111_111_111_111_111_u64}), &["/content/a"]);
    check_event(&json!({"type": TEXT, "content": {}}), &["/type"]);
    check_event(&json!({"type": "m.room.name", "state_key": TEXT, "content": {}}), &["/state_key"]);
    check_event(&json!({"type": "m.room.message", "content": {}, "unsigned": {"x": TEXT}}), &["/unsigned/x"]);
}

#[test]
fn what_an_opaque_key_holds_is_read_unless_it_has_the_form() {
    let id = "$V5yN8ZbqLr1fT0cWm3uHsX9aQeKdJo7RgPv2iYxB4lE";
    check(
        "m.room.message",
        json!({"body": "x", "m.relates_to": {"event_id": "$TOP HUSH"}}),
        &["/content/m.relates_to/event_id"],
    );
    check(
        "m.room.message",
        json!({"body": "x", "m.mentions": {"user_ids": [TEXT]}}),
        &["/content/m.mentions/user_ids/0"],
    );
    check(
        "m.room.message",
        json!({"body": "x", "info": {"xyz.amorgan.blurhash": TEXT}}),
        &["/content/info/xyz.amorgan.blurhash"],
    );
    check("m.room.message", json!({"body": "x", "info": {"size": 4_111_111_111_111_111_u64}}), &["/content/info/size"]);
    check(
        "m.room.message",
        json!({"body": "x", "file": {"hashes": {"sha256": TEXT}}}),
        &["/content/file/hashes/sha256"],
    );
    check("m.room.message", json!({"body": "x", "ciphertext": TEXT}), &["/content/ciphertext"]);
    let clean = verdict(&json!({"type": "m.room.message", "content": {"body": "x", "m.relates_to": {"event_id": id}}}));
    assert_eq!(clean["verdict"], "allow");
}

#[test]
fn what_layers_undo_is_found_in_every_sort_of_field() {
    for body in [
        "T O P   H U S H",
        "TOP%20HUSH",
        r"TOP \u0048USH",
        "TOP HU-\nSH",
        "TOP H*USH",
        "TOP H&#85;SH",
        "VE9QIEhVU0ggaW4gYmFzZTY0Lg==",
    ] {
        check("m.room.message", json!({"body": body}), &["/content/body"]);
        check(
            "org.example.own",
            json!({(body): 1}),
            &[&format!("/content/{}", body.replace('~', "~0").replace('/', "~1"))],
        );
    }
    check(
        "m.room.message",
        json!({"body": "x", "formatted_body": "<p>T<b> </b>O P &nbsp; H U S H</p>"}),
        &["/content/formatted_body"],
    );
    check(
        "m.room.message",
        json!({"body": "x", "formatted_body": "T<br>O<br>P<br>&nbsp;<br>H<br>U<br>S<br>H"}),
        &["/content/formatted_body"],
    );
}
