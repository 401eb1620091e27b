//! The JSON walker: what it refuses and where, and that it agrees with `serde_json` about everything else.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use filter_matrix::json::{Document, Kind, NodeId, Problem, Scratch, parse};
use proptest::prelude::*;
use serde_json::Value;

#[track_caller]
fn check_refused(input: &[u8], expected: (Problem, usize, &str)) {
    let error = parse(input, &mut Scratch::default()).unwrap_err();
    assert_eq!((error.problem(), error.at(), error.pointer()), expected, "{error}");
}

/// Every key, string and number with its place, in order.
#[track_caller]
fn check_read(input: &str, expected: &[(&str, &str)]) {
    let mut scratch = Scratch::default();
    let document = parse(input.as_bytes(), &mut scratch).unwrap();
    let found: Vec<_> = document
        .ids()
        .filter(|&id| matches!(document.kind(id), Kind::String | Kind::Number))
        .map(|id| (document.pointer(id), document.text(id)))
        .collect();
    let found: Vec<_> = found.iter().map(|(pointer, text)| (pointer.as_str(), *text)).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_scalar_is_a_text() {
    check_read(r#""x""#, &[("", "x")]);
    check_read(" 17 ", &[("", "17")]);
    check_read("null", &[]);
}

#[test]
fn values_have_their_pointers() {
    check_read(
        r#"{"a":"b","c":[1,["x"],{"d":"e"},-2.50E+1],"f":{}, "g":[], "h":"i"}"#,
        &[("/a", "b"), ("/c/0", "1"), ("/c/1/0", "x"), ("/c/2/d", "e"), ("/c/3", "-2.50E+1"), ("/h", "i")],
    );
}

#[test]
fn pointers_escape_tilde_and_slash() {
    check_read(r#"{"a/b~c":{"":"x"}}"#, &[("/a~1b~0c/", "x")]);
}

#[test]
fn escapes_are_decoded() {
    check_read(
        r#"["\"\\\/\b\f\n\r\t","caf\u00e9 \uD83D\uDE00!","\u0000"]"#,
        &[("/0", "\"\\/\u{8}\u{c}\n\r\t"), ("/1", "café 😀!"), ("/2", "\0")],
    );
}

#[test]
fn an_escaped_key_is_the_decoded_key() {
    check_read(r#"{"b\u006fdy":"x"}"#, &[("/body", "x")]);
}

#[test]
fn strings_without_escapes_are_slices_of_the_input() {
    let input = br#"{"body":"plain","other":"esc\naped"}"#;
    let range = input.as_ptr_range();
    let mut scratch = Scratch::default();
    let document = parse(input, &mut scratch).unwrap();
    let inside = |key| {
        let id = document.member(document.root(), key).unwrap();
        range.contains(&document.text(id).as_ptr())
    };
    assert_eq!((inside("body"), inside("other")), (true, false));
}

#[test]
fn special_bytes_are_found_at_every_distance() {
    for len in 0..200 {
        for special in ["\\n", "\\u00e9", "é", "\u{7f}", "€"] {
            let body = format!("{}{special}{}", "x".repeat(len), "y".repeat(len % 7));
            let decoded = body.replace("\\n", "\n").replace("\\u00e9", "é");
            check_read(&format!("[\"{body}\",\"z\"]"), &[("/0", &decoded), ("/1", "z")]);
        }
        let control = format!("[\"{}\u{1f}\"]", "x".repeat(len));
        check_refused(control.as_bytes(), (Problem::ControlCharacter, 2 + len, "/0"));
    }
}

#[test]
fn nesting_is_not_limited() {
    let depth = 200_000;
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let input = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        let mut scratch = Scratch::default();
        let document = parse(input.as_bytes(), &mut scratch).unwrap();
        assert_eq!(document.len(), depth + 1);
    }
    let unclosed = "[".repeat(depth);
    let pointer = format!("{}/…", "/0".repeat(16));
    check_refused(unclosed.as_bytes(), (Problem::UnexpectedEnd, depth, &pointer));
}

#[test]
fn refusals_name_what_and_where() {
    for (input, problem, at, pointer) in [
        (&b""[..], Problem::Empty, 0, ""),
        (b" \n", Problem::Empty, 2, ""),
        (b"{\"body\":\"\xff\"}", Problem::NotUtf8, 9, ""),
        (b"\xEF\xBB\xBF{}", Problem::UnexpectedByte, 0, ""),
        (b"{} x", Problem::TrailingBytes, 3, ""),
        (b"{}{}", Problem::TrailingBytes, 2, ""),
        (b"{", Problem::UnexpectedEnd, 1, ""),
        (b"{\"content\":{\"body\":\"x", Problem::UnexpectedEnd, 21, "/content/body"),
        (b"{\"content\":{\"body\" 1", Problem::UnexpectedByte, 19, "/content"),
        (b"{\"content\":{\"body\":1} 2", Problem::UnexpectedByte, 22, "/content"),
        (b"{\"content\":{\"body\":1,}", Problem::UnexpectedByte, 21, "/content"),
        (b"{\"content\":{\"body\":1 2", Problem::UnexpectedByte, 21, "/content/body"),
        (b"{\"content\":[[1],x", Problem::UnexpectedByte, 16, "/content/1"),
        (b"[1,]", Problem::UnexpectedByte, 3, "/1"),
        (b"[1}", Problem::UnexpectedByte, 2, "/0"),
        (b"{1:2}", Problem::UnexpectedByte, 1, ""),
        (b"{'a':2}", Problem::UnexpectedByte, 1, ""),
        (b"tru", Problem::UnexpectedEnd, 3, ""),
        (b"trux", Problem::UnexpectedByte, 3, ""),
        (b"NaN", Problem::UnexpectedByte, 0, ""),
        (b"[01]", Problem::BadNumber, 1, "/0"),
        (b"[-]", Problem::BadNumber, 1, "/0"),
        (b"[1.]", Problem::BadNumber, 1, "/0"),
        (b"[.5]", Problem::UnexpectedByte, 1, "/0"),
        (b"[1e]", Problem::BadNumber, 1, "/0"),
        (b"[1e+]", Problem::BadNumber, 1, "/0"),
        (b"[+1]", Problem::UnexpectedByte, 1, "/0"),
        (b"[0x10]", Problem::UnexpectedByte, 2, "/0"),
        (b"[\"a\\x\"]", Problem::BadEscape, 3, "/0"),
        (b"[\"a\\u12g4\"]", Problem::BadEscape, 3, "/0"),
        (b"[\"a\\u12", Problem::UnexpectedEnd, 7, "/0"),
        (b"[\"a\\", Problem::UnexpectedEnd, 4, "/0"),
        (b"[\"a\\ud800\"]", Problem::LoneSurrogate, 3, "/0"),
        (b"[\"a\\ud800x\"]", Problem::LoneSurrogate, 3, "/0"),
        (b"[\"a\\ud800\\n\"]", Problem::LoneSurrogate, 3, "/0"),
        (b"[\"a\\ud800\\ud800\"]", Problem::LoneSurrogate, 3, "/0"),
        (b"[\"a\\udc00\\ud800\"]", Problem::LoneSurrogate, 3, "/0"),
        (b"[\"a\nb\"]", Problem::ControlCharacter, 3, "/0"),
        (b"{\"content\":{\"body\":1,\"body\":2}}", Problem::DuplicateKey, 21, "/content"),
        (b"{\"content\":{\"body\":1,\"b\\u006fdy\":2}}", Problem::DuplicateKey, 21, "/content"),
        (b"{\"a\":1,\"b\":{\"a\":1},\"a\":2}", Problem::DuplicateKey, 19, ""),
        (b"{\"\":1,\"\":2}", Problem::DuplicateKey, 6, ""),
        (b"{\"a\":1,\"body\":2,\"a\":3,\"body\":4}", Problem::DuplicateKey, 16, ""),
        (b"{\"a\":1,\"body\":2,\"body\":3,\"a\":4}", Problem::DuplicateKey, 16, ""),
        (b"{\"body\":1,\"body\":x}", Problem::UnexpectedByte, 17, "/body"),
    ] {
        check_refused(input, (problem, at, pointer));
    }
}

#[test]
fn errors_show_no_key_that_somebody_made_up() {
    check_refused(br#"{"content":{"NATO SECRET":{"body":x"#, (Problem::UnexpectedByte, 34, "/content/…/body"));
    let error = parse(br#"{"NATO SECRET":"alpha" 1"#, &mut Scratch::default()).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("NATO") && !error.to_string().contains("alpha"));
}

#[test]
fn the_first_repeated_key_is_named_in_objects_of_any_size() {
    for size in [2, 8, 9, 10, 1000, 100_000] {
        let mut members: Vec<_> = (0..size).map(|number| format!("\"key{}\":0", (number * 7919) % 1_000_003)).collect();
        let whole = format!("{{{}}}", members.join(","));
        assert!(parse(whole.as_bytes(), &mut Scratch::default()).is_ok(), "{size}");
        let first_half = members[..size / 2].join(",").len() + 1;
        members.insert(size / 2, members[0].clone());
        members.push(members[1].clone());
        let repeated = format!("{{{}}}", members.join(","));
        // Of two members each key comes once, in front of the copies.
        check_refused(repeated.as_bytes(), (Problem::DuplicateKey, 1 + first_half, ""));
    }
}

#[test]
fn the_same_key_in_different_objects_is_no_repetition() {
    check_read(r#"{"a":{"a":[{"a":1},{"a":2}]}}"#, &[("/a/a/0/a", "1"), ("/a/a/1/a", "2")]);
}

#[test]
fn buffers_are_reused() {
    let mut scratch = Scratch::default();
    let input = br#"{"content":{"body":"a\nb","list":[1,2,{"x":"y"}]}}"#;
    let first = format!("{:?}", parse(input, &mut scratch).map(|document| document.len()));
    let warm = format!("{scratch:?}");
    assert!(parse(b"{\"content\":[\"half", &mut scratch).is_err());
    let second = format!("{:?}", parse(input, &mut scratch).map(|document| document.len()));
    assert_eq!((first, warm), (second, format!("{scratch:?}")));
}

#[test]
fn debug_prints_no_text() {
    let mut scratch = Scratch::default();
    let document = parse(br#"{"body":"alpha\n"}"#, &mut scratch).unwrap();
    assert_eq!(format!("{document:?}"), "Document(<18 bytes>)");
}

// Against serde_json.

/// The document as `serde_json` would have it.
fn to_value(document: Document<'_>, id: NodeId) -> Value {
    let text = document.text(id);
    match document.kind(id) {
        Kind::Null => Value::Null,
        Kind::Bool => Value::Bool(text == "true"),
        Kind::String => Value::String(text.to_owned()),
        Kind::Number => serde_json::from_str(text).unwrap(),
        Kind::Array => document.children(id).map(|child| to_value(document, child)).collect(),
        Kind::Object => document
            .children(id)
            .map(|child| (document.key(child).unwrap().to_owned(), to_value(document, child)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

/// Both take a text for the same value, or both refuse it; apart from what `serde_json` does on purpose.
fn agree(input: &[u8]) -> Result<(), TestCaseError> {
    let mut scratch = Scratch::default();
    let ours = parse(input, &mut scratch);
    let theirs = serde_json::from_slice::<Value>(input);
    match (ours, theirs) {
        (Ok(document), Ok(value)) => prop_assert_eq!(to_value(document, document.root()), value),
        (Err(error), Ok(_)) => prop_assert_eq!(error.problem(), Problem::DuplicateKey),
        (Ok(_), Err(error)) => {
            let text = error.to_string();
            prop_assert!(text.starts_with("number out of range") || text.starts_with("recursion limit"), "{}", text);
        }
        (Err(_), Err(_)) => {}
    }
    Ok(())
}

/// A string as JSON, some of its characters escaped.
fn written(text: &str, escape_every: usize) -> String {
    let mut out = String::from("\"");
    for (number, character) in text.chars().enumerate() {
        if character < ' ' || matches!(character, '"' | '\\') || number % escape_every == 0 {
            let mut units = [0; 2];
            out.extend(character.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            out.push(character);
        }
    }
    out.push('"');
    out
}

fn string_literal() -> impl Strategy<Value = String> {
    let character = prop_oneof![4 => prop::char::range(' ', '~').boxed(), 1 => any::<char>().boxed()];
    (prop::collection::vec(character, 0..60), 1..40_usize)
        .prop_map(|(characters, every)| written(&characters.into_iter().collect::<String>(), every))
}

fn literal() -> impl Strategy<Value = String> {
    prop_oneof![
        string_literal(),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f32>()
            .prop_filter("JSON has no such number", |number| number.is_finite())
            .prop_map(|number| number.to_string()),
        (any::<i8>(), any::<u8>(), -20..20_i32).prop_map(|(whole, part, power)| format!("{whole}.{part}E{power:+}")),
        prop::sample::select(vec!["true", "false", "null", "0", "-0", "{}", "[]"]).prop_map(str::to_owned),
    ]
}

fn json_text() -> impl Strategy<Value = String> {
    let space = || prop::sample::select(vec!["", "", " ", "\n\t\r "]);
    literal().prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..6), space())
                .prop_map(|(items, space)| format!("[{space}{}{space}]", items.join(&format!("{space},{space}")))),
            (prop::collection::vec((string_literal(), inner), 0..12), space()).prop_map(|(members, space)| {
                let members: Vec<_> =
                    members.iter().map(|(key, value)| format!("{key}{space}:{space}{value}")).collect();
                format!("{space}{{{space}{}{space}}}{space}", members.join(&format!("{space},{space}")))
            }),
        ]
    })
}

/// Replace, insert or remove one byte.
type Mutation = (prop::sample::Index, u8, u8);

fn mutate(mut bytes: Vec<u8>, mutations: &[Mutation]) -> Vec<u8> {
    const BYTES: &[u8] = b"\"\\{}[]:,0123456789.eE+-tfnu/ \n\x00\x1f\x7f\x80\xc3\xed\xa0\xff";
    for &(index, what, byte) in mutations {
        let at = index.index(bytes.len() + 1);
        let byte = BYTES[byte as usize % BYTES.len()];
        match what % 3 {
            0 if at < bytes.len() => bytes[at] = byte,
            1 if at < bytes.len() => drop(bytes.remove(at)),
            _ => bytes.insert(at, byte),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn valid_texts_mean_the_same_to_serde_json(text in json_text()) {
        agree(text.as_bytes())?;
    }

    #[test]
    fn broken_texts_are_refused_as_by_serde_json(
        text in json_text(),
        mutations in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<u8>()), 1..4),
    ) {
        agree(&mutate(text.into_bytes(), &mutations))?;
    }

    #[test]
    fn scraps_of_json_are_refused_as_by_serde_json(scraps in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "[", "]", ":", ",", "\"a\"", "\"b\"", "\"", "\\", "\\u", "d83d", "\\ude00", "1", "-", "0", ".", "e", "true", "nul", " ",
    ]), 0..10)) {
        agree(scraps.concat().as_bytes())?;
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        agree(&bytes)?;
    }
}
