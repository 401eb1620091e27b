//! Events that were made to break the filter, on the built-in policy: none panics, none takes for ever, none is read in part and
//! called clean. The engine compiled into this program and the module answer each with the same bytes.
#![allow(clippy::print_stdout, reason = "what the worst messages cost is worth reading")]

use std::cell::RefCell;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use tamis_tests::{Instance, MODULE, Module, Native, check, follow, policy_file, read};

/// What a call may cost: a host that bounds calls by fuel has to grant this much, or a message of 64 KiB blinds it. The worst that
/// was found, « SECRET » again and again, takes nearly all of it and a third of a second.
const MOST_FUEL: u64 = 4_000_000_000;

const KIB: usize = 1 << 10;
const MIB: usize = 1 << 20;

/// The two forms of the engine, with the built-in policy.
struct Both {
    native: Native,
    module: Instance,
}

impl Both {
    fn new() -> Self {
        let mut both = Self { native: Native::default(), module: Module::compile(&read(MODULE)).instance() };
        let file = |path: &str| policy_file("policies", path);
        let native = follow(&mut both.native, "default.toml", &file);
        assert!(native.starts_with(b"{\"ok\":"), "{}", String::from_utf8_lossy(&native));
        assert_eq!(native, follow(&mut both.module, "default.toml", &file));
        both
    }

    /// The verdict, on which both have to agree to the byte.
    #[track_caller]
    fn check(&mut self, event: &[u8]) -> Value {
        let native = check(&mut self.native, event);
        assert!(native == check(&mut self.module, event), "native and module differ");
        serde_json::from_slice(&native).expect("a verdict is JSON")
    }

    #[track_caller]
    fn check_malformed(&mut self, event: &[u8]) {
        let verdict = self.check(event);
        assert_eq!(verdict["verdict"], "error", "{verdict}");
        assert_eq!(verdict["error"]["code"], "malformed-event", "{verdict}");
        assert_eq!(verdict["error"]["permanent"], true, "{verdict}");
    }

    /// The marking that `MARKING` is was found, and everything was looked at.
    #[track_caller]
    fn check_found(&mut self, event: &[u8]) {
        let verdict = self.check(event);
        assert_eq!(verdict["verdict"], "block", "{verdict}");
        assert_eq!(verdict["findings"][0]["rule"], "fr.diffusion-restreinte", "{verdict}");
        assert_eq!(verdict["truncated"], Value::Null, "{verdict}");
    }
}

const MARKING: &str = "DIFFUSION RESTREINTE";

fn message(body: &str) -> Vec<u8> {
    event(&json!({"msgtype": "m.text", "body": body}))
}

fn event(content: &Value) -> Vec<u8> {
    json!({"type": "m.room.message", "content": content}).to_string().into_bytes()
}

/// An event whose `body` is these bytes of JSON.
fn raw(body: &[u8]) -> Vec<u8> {
    [br#"{"type":"m.room.message","content":{"body":"#, body, b"}}"].concat()
}

#[test]
fn what_is_no_event_is_an_error_of_its_own() {
    let mut both = Both::new();
    for text in [
        "",
        " ",
        "\0",
        "{",
        "}",
        "null",
        "17",
        "[]",
        "\"text\"",
        "{}",
        "hello",
        "{\"type\":\"m\"}",
        "{\"content\":{}}",
        "{\"type\":\"m\",\"content\":[]}",
        "{\"type\":\"m\",\"content\":\"text\"}",
        "{\"type\":\"m\",\"content\":null}",
        "{\"type\":null,\"content\":{}}",
        "{\"type\":{},\"content\":{}}",
        "{\"type\":\"m\",\"content\":{}} x",
        "{\"type\":\"m\",\"content\":{}}\0",
        "\u{feff}{\"type\":\"m\",\"content\":{}}",
        "{'type':'m','content':{}}",
        "{\"type\":\"m\",\"content\":{\"n\":NaN}}",
        "{\"type\":\"m\",\"content\":{\"n\":+1}}",
        "{\"type\":\"m\",\"content\":{/* */}}",
        "{\"type\":\"m\",\"content\":{\"b\":\"\\x41\"}}",
    ] {
        both.check_malformed(text.as_bytes());
    }
}

#[test]
fn bytes_that_are_no_text_are_an_error() {
    let mut both = Both::new();
    for body in [
        &b"\"\xff\""[..],
        b"\"\xc0\xaf\"",
        b"\"\xe2\x82\"",
        b"\"\xf8\x88\x80\x80\x80\"",
        b"\"\xed\xa0\x80\"",
        b"\"\xf4\x90\x80\x80\"",
        br#""\ud800""#,
        br#""\udc00""#,
        br#""\ud800\ud800""#,
        br#""\ud83d\u0041""#,
        br#""\ud83d \ude00""#,
        b"\"\n\"",
        b"\"\x00\"",
        b"\"\x1f\"",
    ] {
        both.check_malformed(&raw(body));
    }
    both.check_malformed(b"\xff\xfe{\x00\"\x00");
}

#[test]
fn a_key_that_stands_twice_is_an_error_however_it_is_written() {
    let mut both = Both::new();
    for event in [
        r#"{"type":"m","type":"m","content":{}}"#,
        r#"{"type":"m","content":{},"content":{}}"#,
        r#"{"type":"m","content":{"body":"x","body":"x"}}"#,
        r#"{"type":"m","content":{"body":"x","\u0062ody":"y"}}"#,
        r#"{"type":"m","content":{"b\u006f\u0064y":"x","bo\u0064y":"y"}}"#,
        r#"{"type":"m","content":{"a":{"b":[{"":1,"":2}]}}}"#,
        r#"{"type":"m","content":{"a":[[{"\ud83d\ude00":1,"😀":2}]]}}"#,
        r#"{"type":"m","content":{},"unsigned":{"a/b":1,"a\/b":2}}"#,
    ] {
        both.check_malformed(event.as_bytes());
    }
    // So many keys that they are looked up in a table, the twin at the end.
    let mut keys: Vec<_> = (0..5_000).map(|n| format!("\"k{n}\":{n}")).collect();
    keys.push("\"k\\u0030\":0".to_owned());
    both.check_malformed(format!("{{\"type\":\"m\",\"content\":{{{}}}}}", keys.join(",")).as_bytes());
}

#[test]
fn a_marking_ten_thousand_levels_down_is_found() {
    const DEPTH: usize = 10_000;
    let mut both = Both::new();
    let marking = format!("\"{MARKING}\"");
    both.check_found(&raw(["[".repeat(DEPTH), marking.clone(), "]".repeat(DEPTH)].concat().as_bytes()));
    both.check_found(&raw(["{\"a\":".repeat(DEPTH), marking.clone(), "}".repeat(DEPTH)].concat().as_bytes()));
    both.check_found(&raw(["[{\"a\":".repeat(DEPTH), marking.clone(), "}]".repeat(DEPTH)].concat().as_bytes()));
    // As a key at the bottom, and in the part of an event that nobody writes.
    both.check_found(&raw(["[".repeat(DEPTH), format!("{{{marking}:1}}"), "]".repeat(DEPTH)].concat().as_bytes()));
    let outside = format!(r#"{{"type":"m","content":{{}},"x":{}{marking}{}}}"#, "[".repeat(DEPTH), "]".repeat(DEPTH));
    both.check_found(outside.as_bytes());
    // Not closed: an error, and no stack that runs over.
    both.check_malformed(&raw("[".repeat(MIB).as_bytes()));
    // As long as the built-in policy reads: the deepest event there is must not take all of the module's memory.
    both.check_malformed(&raw("[".repeat(2 * MIB - 1024).as_bytes()));
    both.check_malformed(&raw("{\"a\":".repeat(MIB / 5).as_bytes()));
}

#[test]
fn a_thousand_findings_at_a_depth_of_thousands_have_a_verdict_of_bearable_size() {
    let mut both = Both::new();
    let depth = 5_000;
    let markings = vec![format!("\"{MARKING}\""); 1_000].join(",");
    let event = raw(["{\"abcdef\":".repeat(depth), format!("[{markings}]"), "}".repeat(depth)].concat().as_bytes());
    both.check_found(&event);
    assert!(check(&mut both.native, &event).len() < 4 * MIB);
}

#[test]
fn a_mebibyte_of_clean_text_is_read_to_its_very_end() {
    let mut both = Both::new();
    let sentence = "Bonjour à tous, la réunion de demain commence à quatorze heures dans la salle du conseil. ";
    let clean = sentence.repeat(MIB / sentence.len());
    let verdict = both.check(&message(&clean));
    assert_eq!((&verdict["verdict"], &verdict["truncated"]), (&"allow".into(), &Value::Null), "{verdict}");
    println!("a mebibyte of prose: {} M of fuel", both.module.fuel_of_last_call() / 1_000_000);
    assert!(both.module.fuel_of_last_call() < MOST_FUEL);
    both.check_found(&message(&format!("{clean}\n{MARKING}")));
    both.check_found(&event(&json!({"body": "x", "format": "org.matrix.custom.html", "formatted_body": format!("<p>{clean}</p><h1>{MARKING}</h1>")})));
}

#[test]
fn a_marking_in_a_member_of_the_wrong_type_is_found() {
    let mut both = Both::new();
    for content in [
        json!({"body": [MARKING]}),
        json!({"body": {"text": MARKING}}),
        json!({"body": [[{"x": [MARKING]}]]}),
        json!({"body": {(MARKING): 17}}),
        json!({"body": null, "msgtype": MARKING}),
        json!({"body": 17, "formatted_body": [MARKING]}),
        json!({"body": "x", "format": 3, "formatted_body": format!("<b>{MARKING}</b>")}),
        json!({"body": "x", "m.relates_to": MARKING}),
        json!({"body": "x", "m.relates_to": {"event_id": MARKING}}),
        json!({"body": "x", "m.mentions": {"user_ids": [MARKING]}}),
        json!({"body": "x", "url": {"mxc": MARKING}}),
        json!({"body": "x", "info": MARKING}),
        json!({"body": "x", "file": [{"key": {"k": MARKING}}]}),
    ] {
        both.check_found(&event(&content));
    }
    for event in [
        json!({"type": MARKING, "content": {}}),
        json!({"type": "m.room.message", "content": {}, "unsigned": {"note": MARKING}}),
        json!({"type": "m.room.message", "content": {}, "state_key": MARKING}),
        json!({"type": "m.room.message", "content": {}, "hashes": {"sha256": MARKING}}),
    ] {
        both.check_found(event.to_string().as_bytes());
    }
}

/// What a rule looks for, again and again, so that each piece is a candidate.
#[rustfmt::skip]
const FLOODS: &[&str] = &[
    "mdp: ", "mdp ", "mdp a ", "mdp=a!", "mdp : x y z ", "password is ", "mot de passe ", "login: a/", "login: ",
    "bearer ", "secret=", "token:", "eyJ-", "eyJ", "eyJaaaaaaaa.eyJ", "eyJaaaaaaaa.", "AKIA", "ghp_", "ghs_aaaa",
    "github_pat_", "npm_", "glpat-", "xoxb-1234567890-", "syt_", "syt_a", "mat_", "EsTa ", "EsT", "https://",
    "https://a:", "https://a:b@", "postgres://u:p", "-----BEGIN ", "-----BEGIN A PRIVATE KEY-----", "-----BEGIN A ",
    "b3BlbnNzaC1rZXktdjEA", "1 ", "12 ", "4111 ", "4111-1111 ", "4111 1111 1111 1111 ", "1.1 ", "123456789", "0",
    "1 85 ", "185", "FR76", "FR76 ", "FR76 3000 ", "DE89 3704 ", "AA00", "DR ", "DR", "DR/", "[DR] ", "DR-SF ",
    "DR\n", "(DR)", "SF ", "NS ", "(NS) ", "SECRET ", "secret ", "TS ", "diffusion ", "diffusion restreinte ",
    "DIFFUSION RESTREINTE\n", "DIFFUSION RESTREINTE document note film IRM ", "nato ", "NATO SECRET ",
    "spécial france ", "très secret ", "confidentiel ", "film ", "document ", "<", "<b>", "<b", "</b>", "&amp;", "&",
    "&#x44;", "<!--", "<a title=\"", "<mx-reply>", "\u{200b}", "D\u{200b}", "\u{202e}", "é", "ﬀ", "𝐃𝐑 ", "\u{fdfa}",
    "👩\u{200d}👩", "e\u{301}", " ", "\n", "\n\n- ", "a.", "a-", "%44%52", "://", "@", "\\",
    // What the layers above the fold undo, well and badly made.
    "D I F F U S I O N ", "D I F F U S I O N   ", "a b ", "a b\n", "D\nR\n", "S.E.", "A  b ", "a \u{301}", "4 1 1 1 ", "4 1 1 1\n", "F R 7 6 ",
    "a-\nb ", "a-\n> ", "D*R ", "a_b", "_", "**a", "DIFF*USION RESTREINTE ", "DR%20", "%", "%25", "%2525", "%C3", "%C3%A9", "mdp%3A%20a ",
    "DIFFUSION%20RESTREINTE%0A", "DR+", "\\u0044", "\\ud83d", "\\x44", "\\\\u0044R ", "\\nDR ", "&eacute;", "&amp;amp;", "&amp;DR;", "=C3=A9", "=20", "=\nD",
    "Ã©", "Ã", "DÃ‰R ", "d?r", "?", "\u{fffd}", "D\u{fffd}R ", "🇩", "🇩 ", "🇩🇮🇫🇫🇺 ", "\u{202e}DR", "\u{202e}RD\u{202c}", "\u{202e}", "D\u{ad}\n",
    "RElGRlVTSU9OIFJFU1RSRUlOVEU= ", "RElGRlVTSU9OIFJFU1RSRUlOVEU", "RElGRlVTSU9OIFJFU1RSRUlOVEUgRElGRlVTSU9OIFJFU1RSRUlOVEUgRElGRlVT\n",
    "444946465553494F4E205245535452 ", "444946", "QUFBQUFBQUFBQUFBQUFBQUFBQUEA", "ghp_%61", "DR a*b ", "mdp: a*b ", "4111%201111 ",
    // Many markings in one sentence, whose surroundings must not be read again for each of them.
    "DR a b ", "client secret ", "Secret is DR? ", "SECRET é ",
    // Accounts and passwords without a name.
    "aB1!cde ", "mdp aB1!cde ", "mdp=", "jdupont / Azerty2024! ", "jdupont/a1 ", "\u{1f511} ", "\u{1f511} aB1!cde ", "admin:admin1 ", "code 1234A ",
    "(NR) ", "(S) Le radar ", "n° 12/DGA/DR ",
];

/// A body and a formatted body of one piece, in an event of about this many bytes.
fn flood(piece: &str, bytes: usize) -> [Vec<u8>; 2] {
    let shell = 160;
    let escaped = serde_json::to_string(piece).expect("a string can be written").len() - 2;
    let text = piece.repeat((bytes - shell) / escaped);
    let html = event(&json!({"body": "x", "format": "org.matrix.custom.html", "formatted_body": text}));
    [message(&text), html]
}

#[test]
fn no_event_of_64_kib_is_cut_short_or_costs_more_than_a_call_may() {
    let mut both = Both::new();
    let mut costs = Vec::new();
    for piece in FLOODS {
        for event in flood(piece, 64 * KIB) {
            assert!(event.len() <= 64 * KIB, "{piece:?}: {} bytes", event.len());
            let verdict = both.check(&event);
            assert_ne!(verdict["verdict"], "error", "{piece:?}");
            assert_eq!(verdict["truncated"], Value::Null, "{piece:?}");
            costs.push((both.module.fuel_of_last_call(), *piece));
        }
    }
    costs.sort_unstable();
    for (fuel, piece) in costs.iter().rev().take(8) {
        println!("64 KiB of {piece:?}: {} M of fuel", fuel / 1_000_000);
    }
    let (fuel, piece) = costs.last().expect("there are floods");
    assert!(*fuel < MOST_FUEL, "{piece:?} costs {} M of fuel", fuel / 1_000_000);
}

#[test]
fn a_marking_cut_by_thousands_of_tags_costs_no_more() {
    let mut both = Both::new();
    for (open, close) in [("<b>", "</b>"), ("<i x='1'>", "</i>"), ("<b>", "")] {
        let depth = 56 * KIB / (open.len() + close.len());
        let html = format!("Diffusion Res{}treinte{}", open.repeat(depth), close.repeat(depth));
        let event = serde_json::json!({"type": "m.room.message", "content": {
            "msgtype": "m.text", "body": "x", "format": "org.matrix.custom.html", "formatted_body": html}});
        let verdict = both.check(event.to_string().as_bytes());
        assert_eq!(verdict["verdict"], "block", "{open}");
        let fuel = both.module.fuel_of_last_call();
        assert!(fuel < MOST_FUEL / 4, "{open}: {} M of fuel", fuel / 1_000_000);
    }
}

#[test]
fn a_longer_flood_may_be_cut_short_but_is_never_called_clean_then() {
    let mut both = Both::new();
    let mut truncated = 0;
    for piece in FLOODS {
        for event in flood(piece, 256 * KIB) {
            let verdict = both.check(&event);
            if verdict["truncated"] != Value::Null {
                truncated += 1;
                assert_eq!(verdict["truncated"], true, "{piece:?}");
                let above_flag = ["warn", "redact", "block"].iter().any(|action| verdict["verdict"] == *action);
                assert!(above_flag || verdict["error"]["code"] == "too-costly", "{piece:?}: {}", verdict["verdict"]);
            } else {
                assert_ne!(verdict["verdict"], "error", "{piece:?}");
            }
        }
    }
    assert!(truncated > 0, "no flood ran into the budget, so this test has seen nothing");
}

#[test]
fn twenty_thousand_random_byte_strings_get_the_same_verdict_natively_and_in_the_module() {
    let both = RefCell::new(Both::new());
    let config = ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config)
        .run(&vec(any::<u8>(), 0..200), |bytes| {
            both.borrow_mut().check(&bytes);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

/// Events that say something, to be spoilt.
const SEEDS: &[&str] = &[
    r#"{"type":"m.room.message","event_id":"$143273582443PhrSn:example.org","room_id":"!a:example.org","sender":"@ann:example.org","origin_server_ts":1432735824653,"content":{"msgtype":"m.text","body":"DIFFUSION RESTREINTE - SPÉCIAL FRANCE"}}"#,
    r#"{"type":"m.room.message","content":{"msgtype":"m.text","body":"mdp: Tr0ub4dor&3x\nIBAN FR76 3000 6000 0112 3456 7890 189","format":"org.matrix.custom.html","formatted_body":"<p title=\"[DR]\">mdp: <b>Tr0ub&#52;dor&amp;3x</b></p>"}}"#,
    r#"{"type":"m.room.message","content":{"msgtype":"m.file","filename":"NATO_SECRET_plan.pdf","body":"see","url":"mxc://example.org/abcdefghijklmnopqrstuvwx","info":{"size":4111111111111111,"mimetype":"application/pdf"}}}"#,
    r#"{"type":"m.room.message","content":{"body":"* x","m.new_content":{"body":"\u0044\u0069ffusion \ud83d\udd12 restreinte","k\u00e9y":[1,2.5e3,true,null]},"m.relates_to":{"rel_type":"m.replace","event_id":"$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}}"#,
    r#"{"type":"m.room.encrypted","content":{"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"AwgAEnACgAkLmt6qF84IK++J7UDH2Za1YVchHyprqTqsg","session_id":"IlRMeOPX2e0MurIyfWEucYBRVOEEUMrOHqn/8mLqMjA","device_id":"RJYKSTBOIE"}}"#,
];

/// One way to spoil bytes.
#[derive(Clone, Debug)]
enum Spoil {
    Set(usize, u8),
    Insert(usize, Vec<u8>),
    Remove(usize, usize),
    Repeat(usize, usize),
    Cut(usize),
}

fn spoil() -> impl Strategy<Value = Spoil> {
    // Bytes that mean something to a reader of JSON, HTML or Unicode come more often than others.
    let byte = prop_oneof![any::<u8>(), prop::sample::select(b"{}[]\":,\\ud<>&;\x00\xc3\xe2\x80\x8b 0".to_vec())];
    prop_oneof![
        (any::<usize>(), byte.clone()).prop_map(|(at, byte)| Spoil::Set(at, byte)),
        (any::<usize>(), vec(byte, 1..8)).prop_map(|(at, bytes)| Spoil::Insert(at, bytes)),
        (any::<usize>(), 1..40usize).prop_map(|(at, length)| Spoil::Remove(at, length)),
        (any::<usize>(), 1..40usize).prop_map(|(at, length)| Spoil::Repeat(at, length)),
        any::<usize>().prop_map(Spoil::Cut),
    ]
}

impl Spoil {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let length = bytes.len() + 1;
        let range = |at: usize, many: usize, bytes: &[u8]| {
            let start = at % length;
            start..(start + many).min(bytes.len())
        };
        match self {
            Self::Set(at, byte) => {
                if let Some(spoilt) = bytes.get_mut(at % length) {
                    *spoilt = *byte;
                }
            }
            Self::Insert(at, inserted) => drop(bytes.splice(at % length..at % length, inserted.iter().copied())),
            Self::Remove(at, many) => drop(bytes.drain(range(*at, *many, bytes))),
            Self::Repeat(at, many) => {
                let range = range(*at, *many, bytes);
                let again = bytes[range.clone()].to_vec();
                drop(bytes.splice(range.start..range.start, again));
            }
            Self::Cut(at) => bytes.truncate(at % length),
        }
    }
}

#[test]
fn spoilt_events_get_the_same_verdict_natively_and_in_the_module() {
    let both = RefCell::new(Both::new());
    let config = ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config)
        .run(&(prop::sample::select(SEEDS), vec(spoil(), 1..4)), |(seed, spoils)| {
            let mut bytes = seed.as_bytes().to_vec();
            for spoil in spoils {
                spoil.apply(&mut bytes);
            }
            let verdict = both.borrow_mut().check(&bytes);
            prop_assert!(verdict["verdict"].is_string() && verdict["findings"].is_array());
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}
