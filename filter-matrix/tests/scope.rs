//! What is a public room: the tables that hold `classify` and `decide`.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use filter_matrix::event::Event;
use filter_matrix::json::Scratch;
use filter_matrix::scope::{
    Access, Cleartext, Decision, Reply, RoomFacts, Rooms, Scope, StateError, Subject, classify, decide,
};
use proptest::prelude::*;

fn event(kind: &str, content: &str) -> String {
    format!(r#"{{"type":"m.room.{kind}","state_key":"","content":{content}}}"#)
}

fn join(rule: &str) -> String {
    event("join_rules", &format!(r#"{{"join_rule":"{rule}"}}"#))
}

/// A join rule with the rooms through which one may come.
fn through(rule: &str, rooms: &[&str]) -> String {
    let allow: Vec<_> =
        rooms.iter().map(|room| format!(r#"{{"type":"m.room_membership","room_id":"{room}"}}"#)).collect();
    event("join_rules", &format!(r#"{{"join_rule":"{rule}","allow":[{}]}}"#, allow.join(",")))
}

fn history(visibility: &str) -> String {
    event("history_visibility", &format!(r#"{{"history_visibility":"{visibility}"}}"#))
}

fn guests(access: &str) -> String {
    event("guest_access", &format!(r#"{{"guest_access":"{access}"}}"#))
}

fn encryption(algorithm: &str) -> String {
    event("encryption", &format!(r#"{{"algorithm":"{algorithm}"}}"#))
}

fn describe(state: &[String], rooms: &[(&str, &str)]) -> String {
    let rooms: Vec<_> = rooms.iter().map(|(room, state)| format!("\"{room}\":{state}")).collect();
    format!(r#"{{"state":[{}],"rooms":{{{}}}}}"#, state.join(","), rooms.join(","))
}

#[track_caller]
fn check(description: &str, facts: &str) {
    assert_eq!(classify(description.as_bytes()), Reply::Facts(facts.to_owned()), "{description}");
}

#[track_caller]
fn check_needs(description: &str, rooms: &[&str]) {
    let rooms = rooms.iter().map(|&room| room.to_owned()).collect();
    assert_eq!(classify(description.as_bytes()), Reply::Needs(rooms), "{description}");
}

#[track_caller]
fn check_malformed(description: &str, message: &str) {
    let Reply::Malformed(error) = classify(description.as_bytes()) else { panic!("{description} is taken") };
    assert_eq!(error.to_string(), message, "{description}");
}

#[test]
fn assumptions_have_facts() {
    check(r#"{"assume":"public"}"#, "1;a=open;r=0;l=0;e=");
    check(r#"{"assume":"private"}"#, "1;a=closed;r=0;l=0;e=");
    check(r#"{"assume":"encrypted"}"#, "1;a=closed;r=0;l=0;e=m.megolm.v1.aes-sha2");
    assert_eq!(RoomFacts::unknown().encode(), "1;a=open;r=0;l=0;e=");
}

#[test]
fn join_rules_say_who_gets_in() {
    for (state, access) in [
        (vec![], "closed"),
        (vec![join("public")], "open"),
        (vec![join("invite")], "closed"),
        (vec![join("private")], "closed"),
        (vec![join("knock")], "knock"),
        (vec![join("restricted")], "closed"),
        (vec![join("knock_restricted")], "knock"),
        (vec![through("restricted", &[])], "closed"),
        (vec![through("knock_restricted", &[])], "knock"),
        // A list beside a rule that does not use it.
        (vec![through("invite", &["!open"])], "closed"),
        // A redacted event.
        (vec![event("join_rules", "{}")], "closed"),
        // What is not understood does not read as safe.
        (vec![join("org.example.new")], "open"),
        (vec![event("join_rules", r#"{"join_rule":7}"#)], "open"),
        (vec![event("join_rules", r#"{"join_rule":null}"#)], "open"),
        (vec![event("join_rules", r#"{"join_rule":"restricted","allow":{}}"#)], "open"),
        (vec![event("join_rules", r#"{"join_rule":"restricted","allow":["!a"]}"#)], "open"),
        (vec![event("join_rules", r#"{"join_rule":"restricted","allow":[{"type":"org.example.any"}]}"#)], "open"),
        (
            vec![event(
                "join_rules",
                r#"{"join_rule":"restricted","allow":[{"type":"m.room_membership","room_id":1}]}"#,
            )],
            "open",
        ),
        // Another state key is another event.
        (vec![r#"{"type":"m.room.join_rules","state_key":"x","content":{"join_rule":"public"}}"#.to_owned()], "closed"),
    ] {
        check(&describe(&state, &[]), &format!("1;a={access};r=0;l=0;e="));
    }
}

#[test]
fn a_restricted_room_is_as_open_as_the_widest_way_into_it() {
    let list = |events: &[String]| format!("[{}]", events.join(","));
    let (open, knock, closed) = (list(&[join("public")]), list(&[join("knock")]), list(&[join("invite")]));
    let via_open = list(&[through("restricted", &["!open"])]);
    let circle = list(&[through("restricted", &["!circle", "!b"])]);
    let open_circle = list(&[through("restricted", &["!a", "!open"])]);
    for (rule, allowed, rooms, access) in [
        ("restricted", vec!["!open"], vec![("!open", &open)], "open"),
        ("restricted", vec!["!closed"], vec![("!closed", &closed)], "closed"),
        ("restricted", vec!["!knock"], vec![("!knock", &knock)], "knock"),
        ("restricted", vec!["!closed", "!knock"], vec![("!closed", &closed), ("!knock", &knock)], "knock"),
        ("restricted", vec!["!closed", "!open"], vec![("!closed", &closed), ("!open", &open)], "open"),
        ("knock_restricted", vec!["!closed"], vec![("!closed", &closed)], "knock"),
        ("knock_restricted", vec!["!open"], vec![("!open", &open)], "open"),
        ("restricted", vec!["!via"], vec![("!via", &via_open), ("!open", &open)], "open"),
        ("restricted", vec!["!circle"], vec![("!circle", &circle), ("!b", &circle)], "closed"),
        ("restricted", vec!["!a"], vec![("!a", &open_circle), ("!open", &open)], "open"),
        ("restricted", vec!["!null"], vec![("!null", &"null".to_owned())], "open"),
        ("restricted", vec!["!empty"], vec![("!empty", &"[]".to_owned())], "closed"),
        ("public", vec!["!unknown"], vec![], "open"),
        ("restricted", vec!["!open", "!unknown"], vec![("!open", &open)], "open"),
    ] {
        let rooms: Vec<_> = rooms.into_iter().map(|(room, state)| (room, state.as_str())).collect();
        check(&describe(&[through(rule, &allowed)], &rooms), &format!("1;a={access};r=0;l=0;e="));
    }
}

#[test]
fn rooms_that_matter_and_are_not_there_are_asked_for() {
    check_needs(&describe(&[through("restricted", &["!b", "!a", "!b"])], &[]), &["!a", "!b"]);
    check_needs(&describe(&[through("knock_restricted", &["!a"])], &[]), &["!a"]);
    let next = format!("[{}]", through("restricted", &["!c"]));
    check_needs(&describe(&[through("restricted", &["!a", "!b"])], &[("!a", &next), ("!b", "[]")]), &["!c"]);
    check_needs(&format!(r#"{{"state":[{}]}}"#, through("restricted", &["!a"])), &["!a"]);
}

#[test]
fn more_ways_in_than_we_follow_are_open() {
    let rooms: Vec<_> = (0..65).map(|number| format!("!{number}")).collect();
    let rooms: Vec<_> = rooms.iter().map(String::as_str).collect();
    check(&describe(&[through("restricted", &rooms)], &[]), "1;a=open;r=0;l=0;e=");
    assert!(
        matches!(classify(describe(&[through("restricted", &rooms[..64])], &[]).as_bytes()), Reply::Needs(rooms) if rooms.len() == 64)
    );
    // A chain of rooms, each known, that ends in a closed one.
    let states: Vec<_> = (1..=65).map(|next| format!("[{}]", through("restricted", &[&format!("!{next}")]))).collect();
    let chain: Vec<_> = rooms.iter().copied().zip(states.iter().map(String::as_str)).collect();
    check(&describe(&[through("restricted", &["!0"])], &chain), "1;a=open;r=0;l=0;e=");
}

#[test]
fn readable_is_world_readable_or_open_to_guests() {
    for (state, access, readable) in [
        (vec![history("world_readable")], "closed", 1),
        (vec![history("shared")], "closed", 0),
        (vec![history("invited")], "closed", 0),
        (vec![history("joined")], "closed", 0),
        (vec![event("history_visibility", "{}")], "closed", 0),
        (vec![history("org.example.new")], "closed", 1),
        (vec![event("history_visibility", r#"{"history_visibility":[]}"#)], "closed", 1),
        (vec![guests("can_join")], "closed", 0),
        (vec![guests("can_join"), join("invite")], "closed", 0),
        (vec![guests("can_join"), join("public")], "open", 1),
        (vec![guests("can_join"), join("knock")], "knock", 1),
        (vec![guests("forbidden"), join("public")], "open", 0),
        (vec![event("guest_access", "{}"), join("public")], "open", 0),
        (vec![guests("org.example.new"), join("knock")], "knock", 1),
        (vec![event("guest_access", r#"{"guest_access":1}"#), join("knock")], "knock", 1),
    ] {
        check(&describe(&state, &[]), &format!("1;a={access};r={readable};l=0;e="));
    }
}

#[test]
fn the_directory_is_what_the_host_says() {
    check(r#"{"state":[],"listed":true}"#, "1;a=closed;r=0;l=1;e=");
    check(r#"{"state":[],"listed":false}"#, "1;a=closed;r=0;l=0;e=");
}

#[test]
fn an_algorithm_is_noted_if_it_can_be_one() {
    for (state, algorithm) in [
        (encryption("m.megolm.v1.aes-sha2"), "m.megolm.v1.aes-sha2"),
        (encryption("org.example.rot13"), "org.example.rot13"),
        (encryption(""), ""),
        (encryption("a b"), ""),
        (encryption("x;e=m.megolm.v1.aes-sha2"), ""),
        (encryption(&"x".repeat(129)), ""),
        (event("encryption", "{}"), ""),
        (event("encryption", r#"{"algorithm":7}"#), ""),
    ] {
        check(&describe(&[state], &[]), &format!("1;a=closed;r=0;l=0;e={algorithm}"));
    }
}

#[test]
fn other_state_is_not_read() {
    check(
        &describe(&[event("name", r#"{"name":7}"#), join("public"), event("name", "{}")], &[]),
        "1;a=open;r=0;l=0;e=",
    );
}

#[test]
fn a_description_of_another_shape_is_refused_by_name() {
    for (description, message) in [
        ("", "the room state is not readable JSON: byte 0: there is no JSON value"),
        ("[]", "the description of the room has to be an object"),
        ("{}", "the description of the room has to be an object with either `assume` alone or `state`"),
        (r#"{"listed":true}"#, "the description of the room has to be an object with either `assume` alone or `state`"),
        (
            r#"{"assume":"public","state":[]}"#,
            "the description of the room has to be an object with either `assume` alone or `state`",
        ),
        (
            r#"{"assume":"public","listed":true}"#,
            "the description of the room has to be an object with either `assume` alone or `state`",
        ),
        (r#"{"assume":"secret"}"#, "`/assume` of the room state has to be `public`, `private` or `encrypted`"),
        (r#"{"assume":1}"#, "`/assume` of the room state has to be a string"),
        (r#"{"state":{}}"#, "`/state` of the room state has to be a list of state events"),
        (r#"{"state":[],"list":true}"#, "`/…` of the room state has to be one of `assume`, `state`, `listed`, `rooms`"),
        (r#"{"state":[],"listed":1}"#, "`/listed` of the room state has to be true or false"),
        (r#"{"state":[],"rooms":[]}"#, "`/rooms` of the room state has to be an object"),
        (r#"{"state":[],"rooms":{"!a":{}}}"#, "`/rooms/…` of the room state has to be a list of state events or null"),
        (r#"{"state":[],"rooms":{"!a":[1]}}"#, "`/rooms/…/0` of the room state has to be a state event"),
        (r#"{"state":["x"]}"#, "`/state/0` of the room state has to be a state event"),
        (
            r#"{"state":[{}]}"#,
            "`/state/0` of the room state has to be a state event with `type`, `state_key` and `content`",
        ),
        (
            r#"{"state":[{"type":"t","content":{}}]}"#,
            "`/state/0` of the room state has to be a state event with `type`, `state_key` and `content`",
        ),
        (r#"{"state":[{"type":1}]}"#, "`/state/0/type` of the room state has to be a string"),
        (
            r#"{"state":[{"type":"t","state_key":"","content":[]}]}"#,
            "`/state/0/content` of the room state has to be an object",
        ),
    ] {
        check_malformed(description, message);
    }
    let twice = describe(&[join("invite"), join("public")], &[]);
    check_malformed(&twice, "`/state/1` of the room state has to be the only current event of its type and state key");
    assert!(matches!(classify(b"{\"state\":[}"), Reply::Malformed(StateError::Json(_))));
}

#[test]
fn facts_that_this_version_did_not_write_are_refused() {
    for facts in [
        "",
        "1",
        "1;",
        "2;a=open;r=0;l=0;e=",
        "1;a=open;r=0;l=0",
        "1;a=OPEN;r=0;l=0;e=",
        "1;a=open;r=2;l=0;e=",
        "1;a=open;r=;l=0;e=",
        "1;a=open;l=0;r=0;e=",
        "1;a=open;r=0;l=0;e=a b",
        "1;a=open;r=0;l=0;e=x;",
        "1;a=open;r=0;l=0;e= ",
        " 1;a=open;r=0;l=0;e=",
        "1;a=;r=0;l=0;e=",
        "1;a=open;r=é;l=0;e=",
    ] {
        assert!(RoomFacts::parse(facts.as_bytes()).is_err(), "{facts}");
    }
    assert!(RoomFacts::parse(b"1;a=open;r=0;l=0;e=\xff").is_err());
}

// Decisions.

const PRIVATE: RoomFacts<'_> = RoomFacts { access: Access::Closed, readable: false, listed: false, algorithm: None };
const MESSAGE: Subject<'_> = Subject { event_type: "m.room.message", is_state: false, is_ciphertext_only: false };
const CIPHERTEXT: Subject<'_> = Subject { event_type: "m.room.encrypted", is_state: false, is_ciphertext_only: true };
const WITH_EXTRAS: Subject<'_> = Subject { is_ciphertext_only: false, ..CIPHERTEXT };
const TOPIC: Subject<'_> = Subject { event_type: "m.room.topic", is_state: true, is_ciphertext_only: false };
const REACTION: Subject<'_> = Subject { event_type: "m.reaction", ..MESSAGE };

use Decision::{BlockCleartext, In, Out};

#[test]
fn without_encryption_the_rooms_of_the_policy_are_in() {
    let open = RoomFacts { access: Access::Open, ..PRIVATE };
    let knock = RoomFacts { access: Access::Knock, ..PRIVATE };
    let readable = RoomFacts { readable: true, ..PRIVATE };
    let listed = RoomFacts { listed: true, ..PRIVATE };
    let invented = RoomFacts { algorithm: Some("org.example.rot13"), ..open };
    for (facts, public, knock_is_open, unencrypted) in [
        (RoomFacts::unknown(), In, In, In),
        (open, In, In, In),
        (knock, Out, In, In),
        (readable, In, In, In),
        (listed, In, In, In),
        (PRIVATE, Out, Out, In),
        (invented, In, In, In),
        (RoomFacts { algorithm: Some("org.example.rot13"), ..PRIVATE }, Out, Out, In),
    ] {
        for subject in [MESSAGE, CIPHERTEXT, WITH_EXTRAS, TOPIC, REACTION] {
            for mode in [Cleartext::Scan, Cleartext::Block, Cleartext::Ignore] {
                let policy = |rooms, knock_is_open| Scope {
                    rooms,
                    knock_is_open,
                    cleartext_in_encrypted: mode,
                    ..Scope::default()
                };
                assert_eq!(decide(&facts, &policy(Rooms::Public, false), subject), public, "{facts:?}");
                assert_eq!(decide(&facts, &policy(Rooms::Public, true), subject), knock_is_open, "{facts:?}");
                assert_eq!(decide(&facts, &policy(Rooms::Unencrypted, false), subject), unencrypted, "{facts:?}");
                assert_eq!(decide(&facts, &policy(Rooms::All, false), subject), In, "{facts:?}");
            }
        }
    }
}

#[test]
fn in_an_encrypted_room_the_mode_for_cleartext_decides() {
    use Cleartext::{Block, Ignore, Scan};
    let closed = RoomFacts { algorithm: Some("m.megolm.v1.aes-sha2"), ..PRIVATE };
    let open = RoomFacts { access: Access::Open, ..closed };
    let knock = RoomFacts { access: Access::Knock, ..closed };
    // For each subject: in a closed room, in one in which one may knock, in an open one.
    for (mode, subject, decisions) in [
        (Scan, MESSAGE, [Out, Out, In]),
        (Scan, TOPIC, [Out, Out, In]),
        (Scan, REACTION, [Out, Out, In]),
        (Scan, WITH_EXTRAS, [Out, Out, In]),
        (Scan, CIPHERTEXT, [Out, Out, Out]),
        (Block, MESSAGE, [BlockCleartext, BlockCleartext, BlockCleartext]),
        (Block, TOPIC, [Out, Out, In]),
        (Block, REACTION, [Out, Out, In]),
        (Block, WITH_EXTRAS, [Out, Out, In]),
        (Block, CIPHERTEXT, [Out, Out, Out]),
        (Ignore, MESSAGE, [Out, Out, Out]),
        (Ignore, TOPIC, [Out, Out, Out]),
        (Ignore, REACTION, [Out, Out, Out]),
        (Ignore, WITH_EXTRAS, [Out, Out, Out]),
        (Ignore, CIPHERTEXT, [Out, Out, Out]),
    ] {
        let decided = |rooms| {
            let policy = Scope { rooms, cleartext_in_encrypted: mode, ..Scope::default() };
            [closed, knock, open].map(|facts| decide(&facts, &policy, subject))
        };
        assert_eq!(decided(Rooms::Public), decisions, "{mode:?} {subject:?}");
        assert_eq!(decided(Rooms::Unencrypted), decisions, "{mode:?} {subject:?}");
        let looks_everywhere = mode != Ignore && subject.event_type != CIPHERTEXT.event_type && decisions[0] == Out;
        if looks_everywhere {
            assert_eq!(decided(Rooms::All), [In; 3], "{mode:?} {subject:?}");
        }
    }
    for facts in [RoomFacts { readable: true, ..closed }, RoomFacts { listed: true, ..closed }] {
        assert_eq!(decide(&facts, &Scope::default(), MESSAGE), In);
    }
    let knock_is_open = Scope { knock_is_open: true, ..Scope::default() };
    assert_eq!(decide(&knock, &knock_is_open, MESSAGE), In);
}

#[test]
fn only_types_that_are_sent_in_clear_by_design_are_never_blocked() {
    let policy = Scope { cleartext_in_encrypted: Cleartext::Block, ..Scope::default() };
    let facts = RoomFacts { algorithm: Some("m.megolm.v1.aes-sha2"), ..PRIVATE };
    for (event_type, decision) in [
        ("m.reaction", Out),
        ("m.room.redaction", Out),
        ("m.call.invite", Out),
        ("m.key.verification.start", Out),
        ("m.call.anything", BlockCleartext),
        ("m.sticker", BlockCleartext),
        ("m.poll.start", BlockCleartext),
        ("org.example.custom", BlockCleartext),
    ] {
        assert_eq!(decide(&facts, &policy, Subject { event_type, ..MESSAGE }), decision, "{event_type}");
    }
}

#[test]
fn the_policy_says_which_algorithms_are_encryption() {
    let policy = Scope { encryption_algorithms: vec!["org.example.new".to_owned()], ..Scope::default() };
    let with = |algorithm| RoomFacts { algorithm: Some(algorithm), access: Access::Open, ..PRIVATE };
    assert_eq!(decide(&with("org.example.new"), &policy, CIPHERTEXT), Out);
    assert_eq!(decide(&with("m.megolm.v1.aes-sha2"), &policy, CIPHERTEXT), In);
    assert_eq!(decide(&with("ORG.EXAMPLE.NEW"), &policy, CIPHERTEXT), In);
}

#[test]
fn ciphertext_is_what_has_the_form_of_it_and_nothing_beside() {
    let ciphertext = format!("Awg{}", "AbC1".repeat(40));
    let key = "thq55pzbUCM7wLzIHdFnJC3vLWTvbLqxKcpHtVM1sZA";
    let standard = format!(
        r#""algorithm":"m.megolm.v1.aes-sha2","ciphertext":"{ciphertext}","device_id":"ABCDEFGHIJ","sender_key":"{key}","session_id":"{key}""#
    );
    for (kind, content, expected) in [
        ("m.room.encrypted", format!("{{{standard}}}"), true),
        (
            "m.room.encrypted",
            format!(
                r#"{{{standard},"m.relates_to":{{"rel_type":"m.thread","event_id":"${key}","is_falling_back":true,"m.in_reply_to":{{"event_id":"${key}"}}}}}}"#
            ),
            true,
        ),
        (
            "m.room.encrypted",
            format!(r#"{{{standard},"m.relates_to":{{"rel_type":"m.annotation","key":"DR"}}}}"#),
            false,
        ),
        ("m.room.encrypted", format!(r#"{{{standard},"m.relates_to":{{"rel_type":"DR"}}}}"#), false),
        ("m.room.encrypted", format!(r#"{{{standard},"body":"DR"}}"#), false),
        ("m.room.encrypted", format!(r#"{{{standard},"x":[]}}"#), false),
        (
            "m.room.encrypted",
            r#"{"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"DIFFUSION RESTREINTE"}"#.to_owned(),
            false,
        ),
        ("m.room.encrypted", r#"{"algorithm":"m.megolm.v1.aes-sha2"}"#.to_owned(), false),
        ("m.room.encrypted", "{}".to_owned(), false),
        ("m.room.message", format!("{{{standard}}}"), false),
    ] {
        let event = format!(r#"{{"type":"{kind}","content":{content}}}"#);
        let mut scratch = Scratch::default();
        let subject = Event::read(event.as_bytes(), &mut scratch).unwrap().subject();
        assert_eq!(subject.is_ciphertext_only, expected, "{event}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn facts_are_read_as_they_were_written(
        access in prop::sample::select(vec![Access::Closed, Access::Knock, Access::Open]),
        readable in any::<bool>(),
        listed in any::<bool>(),
        algorithm in prop::option::of(prop::sample::select(vec!["m.megolm.v1.aes-sha2", "x", "A-b_c.9"])),
    ) {
        let facts = RoomFacts { access, readable, listed, algorithm };
        let encoded = facts.encode();
        prop_assert_eq!(RoomFacts::parse(encoded.as_bytes()), Ok(facts));
    }

    #[test]
    fn any_algorithm_can_be_written(algorithm in any::<String>()) {
        let facts = RoomFacts { algorithm: Some(&algorithm), ..PRIVATE };
        prop_assert!(RoomFacts::parse(facts.encode().as_bytes()).is_ok());
    }

    #[test]
    fn any_description_is_answered(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        classify(&bytes);
        let _ = RoomFacts::parse(&bytes);
    }
}
