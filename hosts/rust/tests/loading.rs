//! The `needs` loops and the confinement of files, against a scripted engine: what was asked, what was sent, what came of it.

use std::collections::VecDeque;
use std::fs;
use std::path::PathBuf;

use tamis_host::{ClassifyError, Engine, EngineError, Files, Folder, Function, LoadError, Sources, classify, load};

/// Answers with the given replies in turn, and keeps the requests.
struct Script {
    replies: VecDeque<&'static str>,
    requests: Vec<Vec<u8>>,
}

impl Script {
    fn new(replies: &[&'static str]) -> Self {
        Self { replies: replies.iter().copied().collect(), requests: Vec::new() }
    }
}

impl Engine for Script {
    fn call(&mut self, _function: Function, request: &[u8]) -> Result<&[u8], EngineError> {
        self.requests.push(request.to_vec());
        self.replies.pop_front().map(str::as_bytes).ok_or(EngineError::Reload)
    }
}

const OK: &str = r#"{"ok":{"policy":"sha256:p","engine":"0.1.0","rules":3,"warnings":[]}}"#;
const PACKS: &[(&str, &[u8])] = &[("default.toml", b"root"), ("packs/a.toml", b"pack")];

/// A folder of its own for one test, removed at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("policy/terms")).expect("the target folder is writable");
        fs::write(path.join("policy/terms/a.txt"), "inside").expect("just made");
        fs::write(path.join("secret.txt"), "outside").expect("just made");
        Self(path)
    }

    fn folder(&self) -> Folder {
        Folder::open(self.0.join("policy")).expect("just made")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[track_caller]
fn stays_outside(folder: &Folder, path: &str) {
    let error = folder.read(path).expect_err("it leads outside");
    assert!(error.to_string().contains("outside"), "{path}: {error}");
}

#[test]
fn everything_sent_before_is_sent_again_with_what_is_needed() {
    let mut engine = Script::new(&[r#"{"needs":["builtin:packs/a.toml","b.txt"]}"#, OK]);
    let loaded = load(&mut engine, "builtin:default.toml", &Sources::new(PACKS)).expect("it loads");
    let first = b"\x14\0\0\0builtin:default.toml\x04\0\0\0root";
    let rest = b"\x14\0\0\0builtin:packs/a.toml\x04\0\0\0pack\x05\0\0\0b.txt\xff\xff\xff\xff";
    assert_eq!(engine.requests[0], first);
    assert_eq!(engine.requests[1], [&first[..], &rest[..]].concat());
    assert_eq!(loaded.summary.rules, 3);
    assert_eq!(loaded.bundle.request(), engine.requests[1]);
    assert_eq!(loaded.bundle.file("builtin:packs/a.toml"), Some(&b"pack"[..]));
    assert_eq!(loaded.bundle.file("b.txt"), None);
}

#[test]
fn an_engine_that_asks_for_what_it_has_ends_the_loop() {
    let asks = r#"{"needs":["builtin:default.toml"]}"#;
    let error =
        load(&mut Script::new(&[asks; 9]), "builtin:default.toml", &Sources::new(PACKS)).expect_err("it asks for ever");
    assert!(matches!(error, LoadError::Senseless(_)), "{error}");
}

#[test]
fn replies_that_are_no_replies_are_errors() {
    for reply in ["{}", "[]", "", r#"{"ok":1}"#, r#"{"needs":"a"}"#] {
        let error = load(&mut Script::new(&[reply]), "builtin:default.toml", &Sources::new(PACKS))
            .expect_err("that says nothing");
        assert!(matches!(error, LoadError::Senseless(_)), "{reply}: {error}");
    }
}

#[test]
fn a_root_that_is_not_there_is_named() {
    let error = load(&mut Script::new(&[OK]), "nowhere.toml", &Sources::new(PACKS)).expect_err("there is none");
    assert!(error.to_string().contains("`nowhere.toml`"), "{error}");
}

#[test]
fn files_are_read_within_the_folder_only() {
    let scratch = Scratch::new("confined");
    let folder = scratch.folder();
    let read = folder.read("terms/a.txt").expect("it is readable");
    assert_eq!(read.as_deref(), Some(&b"inside"[..]));
    assert_eq!(folder.read("terms/b.txt").expect("no error"), None);
    for path in ["../secret.txt", "terms/../../secret.txt", "/etc/hostname", "", "./../x"] {
        stays_outside(&folder, path);
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_out_of_the_folder_is_refused_and_one_within_is_followed() {
    use std::os::unix::fs::symlink;
    let scratch = Scratch::new("links");
    symlink(scratch.0.join("secret.txt"), scratch.0.join("policy/out.txt")).expect("just made");
    symlink("..", scratch.0.join("policy/up")).expect("just made");
    symlink("terms/a.txt", scratch.0.join("policy/in.txt")).expect("just made");
    let folder = scratch.folder();
    stays_outside(&folder, "out.txt");
    stays_outside(&folder, "up/secret.txt");
    let read = folder.read("in.txt").expect("it is readable");
    assert_eq!(read.as_deref(), Some(&b"inside"[..]));
}

#[test]
fn why_a_file_was_not_read_is_kept_and_the_engine_is_told_that_it_is_absent() {
    let scratch = Scratch::new("unread");
    let sources = Sources::new(PACKS).with_folder(scratch.folder());
    let mut engine = Script::new(&[r#"{"needs":["terms","../secret.txt"]}"#, OK]);
    let loaded = load(&mut engine, "builtin:default.toml", &sources).expect("it loads");
    let paths = loaded.unread.iter().map(|unread| unread.path.as_str());
    assert_eq!(paths.collect::<Vec<_>>(), ["terms", "../secret.txt"]);
    assert!(engine.requests[1].ends_with(b"../secret.txt\xff\xff\xff\xff"));
}

#[test]
fn a_room_that_is_needed_is_put_into_the_description() {
    let mut engine = Script::new(&[r#"{"needs":["!s:x"]}"#, r#"{"needs":["!t:x"]}"#, r#"{"facts":"f"}"#]);
    let description = br#"{"state":[ {"type":"a"} ],"rooms":{"!r:x":[1]}}"#;
    let facts = classify(&mut engine, description, |_| None).expect("it has facts");
    assert_eq!(facts, "f");
    assert_eq!(&engine.requests[0][4..], description);
    assert_eq!(
        String::from_utf8_lossy(&engine.requests[2][4..]),
        r#"{"rooms":{"!r:x":[1],"!s:x":null,"!t:x":null},"state":[ {"type":"a"} ]}"#
    );
}

#[test]
fn a_room_that_is_needed_twice_ends_the_loop() {
    let asks = r#"{"needs":["!s:x"]}"#;
    let error = classify(&mut Script::new(&[asks; 9]), br#"{"state":[]}"#, |_| None).expect_err("it asks for ever");
    assert!(matches!(error, ClassifyError::Senseless(_)), "{error}");
}
