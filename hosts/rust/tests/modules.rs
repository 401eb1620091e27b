//! Hostile and broken modules, written by hand: each gets a typed error that says what to do, never a panic, never a hang.
//!
//! The modules have the exports of `docs/abi.md` and a body for `tamis_check` that misbehaves; no engine is in them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tamis_host::{ABI_VERSION, Engine, EngineError, Files, Function, ModuleError, Pool, identify};

const LOADED: &str = r#"{"ok":{"policy":"sha256:p","engine":"0.1.0","rules":1,"warnings":[]}}"#;

/// A module whose `tamis_check` is `check`, with custom sections and pages of memory as given.
struct Module<'t> {
    check: &'t str,
    abi: Option<&'t str>,
    import: &'t str,
    version: u32,
    pages: &'t str,
    input: &'t str,
}

impl Default for Module<'_> {
    fn default() -> Self {
        Self {
            check: "(call $reply (i32.const 16) (i32.const 2))",
            abi: Some(r"\01\00\00\00"),
            import: "",
            version: ABI_VERSION,
            pages: "2 4096",
            input: "(i32.const 4096)",
        }
    }
}

impl Module<'_> {
    fn bytes(&self) -> Vec<u8> {
        let abi = self.abi.map(|abi| format!("(@custom \"tamis.abi\" \"{abi}\")")).unwrap_or_default();
        let loaded = LOADED.replace('"', r"\22");
        let loaded_length = LOADED.len();
        let text = format!(
            r#"(module {import}
                (memory (export "memory") {pages})
                (global $calls (mut i32) (i32.const 0))
                (data (i32.const 16) "{{}}")
                (data (i32.const 32) "{loaded}")
                (data (i32.const 200) "{{\22calls\22:0}}")
                (data (i32.const 220) "{{\0a}}")
                (data (i32.const 230) "{{\ff}}")
                (func $reply (param $address i32) (param $length i32) (result i64)
                    (i64.or (i64.shl (i64.extend_i32_u (local.get $address)) (i64.const 32))
                            (i64.extend_i32_u (local.get $length))))
                (func $counted (result i64)
                    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
                    (i32.store8 (i32.const 209) (i32.add (i32.const 48) (global.get $calls)))
                    (call $reply (i32.const 200) (i32.const 11)))
                (func (export "tamis_abi_version") (result i32) (i32.const {version}))
                (func (export "tamis_input") (param $length i32) (result i32) {input})
                (func (export "tamis_load") (param $length i32) (result i64)
                    (call $reply (i32.const 32) (i32.const {loaded_length})))
                (func (export "tamis_classify") (param $length i32) (result i64) (call $counted))
                (func $check (export "tamis_check") (param $length i32) (result i64) {check})
                (func (export "tamis_explain") (param $length i32) (result i64) (call $counted))
                (func (export "tamis_reset"))
                {abi}
                (@custom "tamis.engine" "0.1.0"))"#,
            import = self.import,
            pages = self.pages,
            version = self.version,
            input = self.input,
            check = self.check,
        );
        wat::parse_str(&text).expect("the test's own module is well formed")
    }

    fn pool(&self) -> Pool {
        Pool::builder(self.bytes())
            .instances(1)
            .deadline(Duration::from_millis(100))
            .build()
            .expect("the test's own module has the ABI")
    }
}

#[track_caller]
fn refused(module: &[u8], says: &str) -> ModuleError {
    let error = Pool::builder(module).build().expect_err("the module is to be refused");
    let text = error.to_string();
    assert!(text.contains(says), "{text:?} should contain {says:?}");
    error
}

/// Runs a `tamis_check` of this body, then shows that the pool goes on with another instance and the policy loaded again.
#[track_caller]
fn fails(module: &Module<'_>) -> EngineError {
    let pool = module.pool();
    pool.load("policy.toml", &OnePolicy).expect("the stand-in loads anything");
    let mut lease = pool.lease();
    assert_eq!(lease.explain(b""), Ok(&br#"{"calls":1}"#[..]));
    assert_eq!(lease.explain(b""), Ok(&br#"{"calls":2}"#[..]));
    let error = lease.check(b"").expect_err("the call is to fail");
    assert!(!error.is_permanent(), "{error} is the module's fault");
    assert_eq!(lease.explain(b""), Ok(&br#"{"calls":1}"#[..]), "a new instance begins to count anew");
    error
}

/// A policy at hand without a folder.
struct OnePolicy;

impl Files for OnePolicy {
    fn read(&self, path: &str) -> std::io::Result<Option<Vec<u8>>> {
        Ok((path == "policy.toml").then(|| b"x".to_vec()))
    }
}

#[test]
fn a_module_says_which_engine_it_is() {
    let identity = identify(&Module::default().bytes()).expect("it has both sections");
    assert_eq!((identity.abi, identity.engine.as_str()), (1, "0.1.0"));
}

#[test]
fn a_file_that_is_no_module_is_refused() {
    assert_eq!(refused(b"[policy]\nmode = 'enforce'", "tamis.wasm"), ModuleError::NotWasm);
    assert_eq!(refused(b"", "tamis.wasm"), ModuleError::NotWasm);
    // A component begins with the same four bytes.
    assert_eq!(refused(b"\0asm\x0d\0\x01\0", "no core WebAssembly module"), ModuleError::NotWasm);
}

#[test]
fn a_module_of_another_abi_is_refused_before_it_is_compiled() {
    let module = Module { abi: Some(r"\02\00\00\00"), ..Module::default() };
    assert_eq!(refused(&module.bytes(), "ABI 2"), ModuleError::OtherAbi { found: 2 });
}

#[test]
fn a_module_whose_export_belies_its_section_is_refused() {
    let module = Module { version: 7, ..Module::default() };
    assert_eq!(refused(&module.bytes(), "ABI 7"), ModuleError::OtherAbi { found: 7 });
}

#[test]
fn a_module_without_the_section_is_refused() {
    let module = Module { abi: None, ..Module::default() };
    assert_eq!(refused(&module.bytes(), "cargo xtask build"), ModuleError::NoAbi);
}

#[test]
fn a_section_of_the_wrong_length_is_refused() {
    let module = Module { abi: Some(r"\01"), ..Module::default() };
    assert_eq!(refused(&module.bytes(), "four bytes"), ModuleError::BadAbi);
}

#[test]
fn a_module_that_imports_is_refused_by_the_name_of_the_import() {
    let module = Module { import: r#"(import "wasi_snapshot_preview1" "fd_write" (func))"#, ..Module::default() };
    refused(&module.bytes(), "`wasi_snapshot_preview1.fd_write`");
}

#[test]
fn a_module_without_an_export_is_refused_by_its_name() {
    let whole = Module::default().bytes();
    let name = b"tamis_explain";
    let at = whole.windows(name.len()).position(|window| window == name).expect("the export has that name");
    let mut other = whole;
    other[at] = b'T';
    refused(&other, "`tamis_explain`");
}

#[test]
fn a_truncated_module_is_refused_wherever_it_ends() {
    let whole = Module::default().bytes();
    let mut whole_enough = 0;
    for length in 1..whole.len() {
        match Pool::builder(&whole[..length]).build() {
            // A cut between two sections leaves a shorter module, which then lacks one.
            Err(ModuleError::Truncated { .. } | ModuleError::NoAbi | ModuleError::NoEngine) => {}
            Err(error) => panic!("{length} bytes: {error}"),
            Ok(_) => whole_enough += 1,
        }
    }
    // The names of its functions come last, and nothing needs them.
    assert_eq!(whole_enough, 1);
}

#[test]
fn a_trap_costs_one_call_and_the_instance() {
    let error = fails(&Module { check: "unreachable", ..Module::default() });
    assert!(
        matches!(&error, EngineError::Trap { function: Function::Check, trap } if trap.contains("unreachable")),
        "{error}"
    );
}

#[test]
fn a_stack_without_end_is_a_trap() {
    let error = fails(&Module { check: "(call $check (i32.const 0))", ..Module::default() });
    assert!(matches!(error, EngineError::Trap { .. }), "{error}");
}

#[test]
fn a_module_that_does_not_come_back_is_ended_at_the_deadline() {
    let begun = Instant::now();
    let error = fails(&Module { check: "(loop $forever (br $forever)) (i64.const 0)", ..Module::default() });
    assert_eq!(error, EngineError::Deadline { function: Function::Check, milliseconds: 100 });
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn memory_beyond_the_cap_is_told_from_other_traps() {
    let module = Module { check: "(drop (memory.grow (i32.const 2048))) unreachable", ..Module::default() };
    let pool = Pool::builder(module.bytes()).memory(16 << 20).build().expect("its two pages are within the cap");
    let error = pool.check(b"", None, b"{}").expect_err("it wants 128 MiB");
    assert_eq!(error, EngineError::Memory { function: Function::Check, cap: 16 << 20 });
}

#[test]
fn a_module_that_begins_beyond_the_cap_is_refused() {
    let module = Module { pages: "1024 4096", ..Module::default() };
    Pool::builder(module.bytes()).memory(16 << 20).build().expect_err("64 MiB are more than 16");
}

#[test]
fn an_instance_that_grew_past_the_watermark_is_replaced() {
    let module = Module { check: "(drop (memory.grow (i32.const 32))) (call $counted)", ..Module::default() };
    let pool = Pool::builder(module.bytes())
        .instances(1)
        .watermark(4 << 20)
        .build()
        .expect("the test's own module has the ABI");
    let calls = |expected: &str| {
        let reply = pool.check(b"", None, b"{}").expect("it answers");
        assert_eq!(String::from_utf8_lossy(&reply), expected);
    };
    // Each call adds 2 MiB; the third is past 4.
    calls(r#"{"calls":1}"#);
    calls(r#"{"calls":2}"#);
    calls(r#"{"calls":3}"#);
    calls(r#"{"calls":1}"#);
}

#[test]
fn a_lying_reply_is_an_error_that_names_the_lie() {
    const BEYOND: &str = "the reply's range lies outside its memory";
    for (check, lie) in [
        // An address beyond the memory, a length beyond it, both at the top of 32 bits.
        ("(call $reply (i32.const 0x7fffffff) (i32.const 2))", BEYOND),
        ("(call $reply (i32.const 16) (i32.const 0x7fffffff))", BEYOND),
        ("(call $reply (i32.const -1) (i32.const -1))", BEYOND),
        ("(call $reply (i32.const 131071) (i32.const 2))", BEYOND),
        ("(i64.const 0)", "the reply is no JSON object"),
        ("(call $reply (i32.const 4096) (i32.const 5))", "the reply is no JSON object"),
        ("(call $reply (i32.const 220) (i32.const 3))", "the reply is longer than one line"),
        ("(call $reply (i32.const 230) (i32.const 3))", "the reply is no UTF-8"),
    ] {
        let module = Module { check, ..Module::default() };
        let function = Function::Check;
        let what = lie;
        assert_eq!(fails(&module), EngineError::Lie { function, what }, "{check}");
    }
}

#[test]
fn a_lying_address_for_the_request_is_an_error() {
    for input in ["(i32.const 0)", "(i32.const 131064)", "(i32.const -1)"] {
        let module = Module { input, ..Module::default() };
        let error = module.pool().check(b"", None, b"0123456789").expect_err("the address is no good");
        assert!(matches!(error, EngineError::Lie { .. }), "{input}: {error}");
    }
}

#[test]
fn a_request_that_is_too_long_is_the_requests_fault_and_keeps_the_instance() {
    let pool = Module::default().pool();
    let mut lease = pool.lease();
    assert_eq!(lease.explain(b""), Ok(&br#"{"calls":1}"#[..]));
    let request = vec![b' '; tamis_host::MAX_REQUEST + 1];
    let error = lease.check(&request).expect_err("it is a byte too long");
    assert_eq!(error, EngineError::RequestTooLong);
    assert!(error.is_permanent());
    assert_eq!(lease.explain(b""), Ok(&br#"{"calls":2}"#[..]));
}

#[test]
fn threads_share_a_pool_of_fewer_instances() {
    let pool = Arc::new(Module::default().pool());
    pool.load("policy.toml", &OnePolicy).expect("it loads");
    let threads = (0..8)
        .map(|_| {
            let pool = Arc::clone(&pool);
            std::thread::spawn(move || (0..200).all(|_| pool.check(b"", None, b"{}") == Ok(b"{}".to_vec())))
        })
        .collect::<Vec<_>>();
    for thread in threads {
        assert!(thread.join().expect("no thread panics"));
    }
}

#[test]
fn a_new_policy_takes_force_for_a_lease_that_is_out_and_one_that_does_not_load_changes_nothing() {
    let pool = Pool::builder(Module::default().bytes()).instances(2).build().expect("it has the ABI");
    pool.load("policy.toml", &OnePolicy).expect("it loads");
    let mut lease = pool.lease();
    assert_eq!(lease.explain(b""), Ok(&br#"{"calls":1}"#[..]));
    pool.load("absent.toml", &OnePolicy).expect_err("there is no such file");
    assert_eq!(lease.explain(b""), Ok(&br#"{"calls":2}"#[..]), "the same instance");
    pool.load("policy.toml", &OnePolicy).expect("it loads");
    assert_eq!(lease.explain(b""), Ok(&br#"{"calls":1}"#[..]), "an instance with the new policy");
}

/// A folder of its own for one test, removed at its end.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&path);
        Self(path)
    }

    fn entries(&self) -> usize {
        std::fs::read_dir(&self.0).map_or(0, Iterator::count)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[track_caller]
fn works_with_cache(folder: &std::path::Path) {
    let pool = Pool::builder(Module::default().bytes()).cache(Some(folder.to_path_buf())).build();
    let reply = pool.expect("a cache is no condition").check(b"", None, b"{}");
    assert_eq!(reply, Ok(b"{}".to_vec()));
}

#[test]
fn the_compiled_module_is_kept_and_serves_again() {
    let folder = Scratch::new("cache");
    works_with_cache(&folder.0);
    assert!(folder.entries() > 0, "something was kept");
    works_with_cache(&folder.0);
}

#[test]
fn a_cache_that_cannot_be_made_is_no_failure() {
    let folder = Scratch::new("cache-file");
    std::fs::write(&folder.0, "a file, where the folder should be").expect("the target folder is writable");
    works_with_cache(&folder.0);
    let _ = std::fs::remove_file(&folder.0);
}

#[cfg(unix)]
#[test]
fn a_folder_that_others_may_write_to_is_not_used() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Scratch::new("cache-shared");
    std::fs::create_dir_all(&folder.0).expect("the target folder is writable");
    let everyone = std::fs::Permissions::from_mode(0o777);
    std::fs::set_permissions(&folder.0, everyone).expect("it is ours");
    works_with_cache(&folder.0);
    assert_eq!(folder.entries(), 0);
}
