//! The suite of `conformance/suite.json` in Rust: the engine compiled into this program, the module in `tamis-host`, and the module
//! with nothing between, all three byte for byte the same.
//!
//! `conformance/run.py` and `conformance/run.mjs` run the same suite elsewhere; `conformance/README.md` says what stands in it.
#![allow(clippy::print_stdout, reason = "a suite that is run by hand says what it ran, one line for each case")]

use std::collections::BTreeMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde_json::{Map, Value};
use tamis_host::{Engine as _, Files, Function, Pool, identify};
use tamis_tests::{Host, MODULE, MODULE_WITHOUT_SIMD, Module, Native, follow, policy_file, read, request, workspace};

const FOLDER: &str = "tests/conformance";
const POLICIES: &str = "tests/conformance/policies";

#[derive(Deserialize)]
struct Suite {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    given: Option<String>,
    calls: Vec<Call>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    call: String,
    #[serde(default)]
    frames: Vec<Frame>,
    request: Option<Frame>,
    reply: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Frame {
    Absent(()),
    Text(String),
    Form(Form),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Form {
    Base64(String),
    File(String),
    Json(Map<String, Value>),
    Repeat(String, usize),
    Parts(Vec<Frame>),
}

impl Frame {
    fn bytes(&self) -> Option<Vec<u8>> {
        let Self::Form(form) = self else {
            let Self::Text(text) = self else { return None };
            return Some(text.clone().into_bytes());
        };
        Some(match form {
            Form::Base64(text) => BASE64_STANDARD.decode(text).expect("the suite's base64 is valid"),
            Form::File(path) => policy_file(POLICIES, path).expect("the suite names files that are there"),
            Form::Json(value) => serde_json::to_vec(value).expect("a value can be written"),
            Form::Repeat(text, times) => text.repeat(*times).into_bytes(),
            Form::Parts(parts) => parts.iter().filter_map(Self::bytes).flatten().collect(),
        })
    }
}

/// The module in `tamis-host`. A pool knows no reset and tries policies on instances of their own, so that « no policy » is
/// a second pool.
struct Pooled<'p> {
    bare: &'p Pool,
    pool: &'p Pool,
    is_loaded: bool,
}

/// The bundle of one `tamis_load`, as files.
struct Bundle(BTreeMap<String, Vec<u8>>);

impl Files for Bundle {
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        Ok(self.0.get(path).cloned())
    }
}

impl Pooled<'_> {
    /// Puts the policy of a request that loaded in force, through the loop that hosts use.
    fn put_in_force(&mut self, mut request: &[u8]) {
        let mut take = || {
            let (length, rest) = request.split_first_chunk::<4>()?;
            let (frame, rest) = rest.split_at(u32::from_le_bytes(*length) as usize);
            request = rest;
            Some(frame.to_vec())
        };
        let mut files = BTreeMap::new();
        let mut root = None;
        while let (Some(path), Some(content)) = (take(), take()) {
            let path = String::from_utf8(path).expect("a path that loaded is UTF-8");
            root.get_or_insert_with(|| path.clone());
            files.insert(path, content);
        }
        self.pool.load(&root.expect("a bundle that loaded has a root"), &Bundle(files)).expect("it loads again");
        self.is_loaded = true;
    }
}

impl Host for Pooled<'_> {
    fn call(&mut self, export: &str, request: &[u8]) -> Vec<u8> {
        let function = Function::ALL.into_iter().find(|function| function.export() == export).expect("the ABI has it");
        let pool = if self.is_loaded { self.pool } else { self.bare };
        let reply = pool.lease().call(function, request).expect("the module answers").to_vec();
        if function == Function::Load && reply.starts_with(b"{\"ok\":") {
            self.put_in_force(request);
        }
        reply
    }

    fn reset(&mut self) {
        self.is_loaded = false;
    }
}

/// `"*"` stands for anything but null; `"?name"` for one value throughout a case, and another name for another value.
fn compare(expected: &Value, actual: &Value, names: &mut BTreeMap<String, Value>, at: &str) -> Result<(), String> {
    match (expected, actual) {
        (Value::String(any), actual) if any == "*" => match actual {
            Value::Null => Err(format!("{at}: null")),
            _ => Ok(()),
        },
        (Value::String(name), actual) if name.starts_with('?') => {
            if !names.contains_key(name) && names.values().any(|value| value == actual) {
                return Err(format!("{at}: {name} is the same as another name"));
            }
            let bound = names.entry(name.clone()).or_insert_with(|| actual.clone());
            if bound == actual { Ok(()) } else { Err(format!("{at}: {name} is {bound} and {actual}")) }
        }
        (Value::Object(expected), Value::Object(actual)) => {
            if !expected.keys().eq(actual.keys()) {
                let (expected, actual): (Vec<_>, Vec<_>) = (expected.keys().collect(), actual.keys().collect());
                return Err(format!("{at}: members {expected:?} expected, {actual:?} found"));
            }
            expected.iter().try_for_each(|(key, value)| compare(value, &actual[key], names, &format!("{at}/{key}")))
        }
        (Value::Array(expected), Value::Array(actual)) if expected.len() == actual.len() => {
            expected.iter().zip(actual).enumerate().try_for_each(|(number, (expected, actual))| {
                compare(expected, actual, names, &format!("{at}/{number}"))
            })
        }
        _ if expected == actual => Ok(()),
        _ => Err(format!("{at}: {expected} expected, {actual} found")),
    }
}

/// Runs a case; every host has to give the same bytes.
fn run(case: &Case, hosts: &mut [(&str, &mut dyn Host)]) -> Result<(), String> {
    let mut names = BTreeMap::new();
    if let Some(root) = &case.given {
        for (host, engine) in &mut *hosts {
            let reply = follow(*engine, root, &|path| policy_file(POLICIES, path));
            let reply: Value = serde_json::from_slice(&reply).map_err(|error| format!("{host}: {error}"))?;
            let policy = reply.pointer("/ok/policy").ok_or_else(|| format!("{host}: {root} does not load: {reply}"))?;
            let bound = names.entry("?policy".to_owned()).or_insert_with(|| policy.clone());
            if bound != policy {
                return Err(format!("{host}: another hash of {root}"));
            }
        }
    }
    for (number, call) in case.calls.iter().enumerate() {
        if call.call == "reset" {
            hosts.iter_mut().for_each(|(_, host)| host.reset());
            continue;
        }
        let frames: Vec<_> = call.frames.iter().map(Frame::bytes).collect();
        let frames: Vec<_> = frames.iter().map(Option::as_deref).collect();
        let bytes = call.request.as_ref().map_or_else(|| request(&frames), |raw| raw.bytes().unwrap_or_default());
        let export = format!("tamis_{}", call.call);
        let mut first: Option<Vec<u8>> = None;
        for (name, host) in &mut *hosts {
            let reply = host.call(&export, &bytes);
            let same = first.get_or_insert_with(|| reply.clone());
            if *same != reply {
                let (same, reply) = (String::from_utf8_lossy(same), String::from_utf8_lossy(&reply));
                return Err(format!("call {number}: {name} differs\n  {reply}\n  {same}"));
            }
        }
        let reply = first.unwrap_or_default();
        if !reply.starts_with(b"{") || reply.contains(&b'\n') {
            return Err(format!("call {number}: a reply is one object on one line"));
        }
        let reply: Value = serde_json::from_slice(&reply).map_err(|error| format!("call {number}: {error}"))?;
        let expected = call.reply.as_ref().ok_or("the suite expects no reply")?;
        compare(expected, &reply, &mut names, &format!("call {number}"))?;
    }
    Ok(())
}

#[test]
fn native_and_module_give_the_replies_of_the_suite_byte_for_byte() {
    let suite = read(format!("{FOLDER}/suite.json"));
    let suite: Suite = serde_json::from_slice(&suite).expect("the suite is of its own form");
    let build = || Pool::builder(read(MODULE)).instances(1).build().expect("the module is sound");
    let (bare, pool) = (build(), build());
    let modules = [MODULE, MODULE_WITHOUT_SIMD].map(|path| Module::compile(&read(path)));
    let mut failed = 0;
    for case in &suite.cases {
        let [simd, plain] = &modules;
        let mut native = Native::default();
        let mut pooled = Pooled { bare: &bare, pool: &pool, is_loaded: false };
        let (mut simd, mut plain) = (simd.instance(), plain.instance());
        let mut hosts: [(&str, &mut dyn Host); 4] = [
            ("native", &mut native),
            ("tamis-host", &mut pooled),
            ("tamis.wasm", &mut simd),
            ("tamis-nosimd.wasm", &mut plain),
        ];
        // A trap is a panic of the test's own host: the case's name must stand beside it.
        let outcome = catch_unwind(AssertUnwindSafe(|| run(case, &mut hosts)));
        match outcome.unwrap_or_else(|_| Err("a host panicked".to_owned())) {
            Ok(()) => println!("ok      {}", case.name),
            Err(error) => {
                failed += 1;
                println!("FAILED  {}: {error}", case.name);
            }
        }
    }
    println!("{} passed, {failed} failed (native, tamis-host, wasmtime)", suite.cases.len() - failed);
    assert!(failed == 0 && !suite.cases.is_empty(), "{failed} of {} cases failed", suite.cases.len());
}

/// What `docs/abi.md` says of a call whose length is not the one that `tamis_input` was told.
#[track_caller]
fn check_refused(reply: &[u8]) {
    let reply: Value = serde_json::from_slice(reply).expect("a reply is JSON");
    assert_eq!((&reply["error"]["code"], &reply["error"]["permanent"]), (&"malformed-request".into(), &false.into()));
}

#[test]
fn the_module_says_what_it_is_and_imports_nothing() {
    for path in [MODULE, MODULE_WITHOUT_SIMD] {
        let bytes = read(path);
        let identity = identify(&bytes).expect("it is a module of ours");
        assert_eq!((identity.abi, identity.engine.as_str()), (1, filter_matrix::ENGINE_VERSION), "{path}");
        assert_eq!(Module::compile(&bytes).imports(), 0, "{path}");
    }
}

#[test]
fn there_is_room_for_64_mib_and_no_more() {
    const LIMIT: u32 = 64 << 20;
    let mut instance = Module::compile(&read(MODULE)).instance();
    for length in [LIMIT + 1, i32::MAX as u32, 1 << 31, u32::MAX] {
        assert_eq!(instance.input(length), 0, "{length}");
    }
    for length in [0, 1, LIMIT] {
        let address = instance.input(length);
        assert_ne!(address, 0, "{length}");
        instance.write(address, &vec![0xff; length as usize]);
    }
}

#[test]
fn a_length_that_was_not_announced_is_refused() {
    const LIMIT: u32 = 64 << 20;
    let mut instance = Module::compile(&read(MODULE)).instance();
    for function in Function::ALL {
        for (announced, said) in [(10, 11), (10, 9), (10, 0), (10, u32::MAX), (0, LIMIT), (LIMIT + 1, LIMIT + 1)] {
            instance.input(announced);
            check_refused(&instance.answer(function.export(), said));
        }
        // Announced once, answered once.
        instance.call(function.export(), &[]);
        check_refused(&instance.answer(function.export(), 0));
    }
}

#[test]
fn the_folder_of_the_suite_is_whole() {
    for file in ["README.md", "run.py", "run.mjs", "suite.json"] {
        assert!(workspace().join(FOLDER).join(file).is_file(), "{file}");
    }
}
