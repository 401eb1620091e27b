//! What it takes to load a policy, from its files to an engine: the built-in one and large ones, natively and in WASM (instance
//! included).

#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use tamis_benches::contest::{Native, load_request, module, module_path};
use tamis_benches::policies;
use tamis_host::{Engine, Function};

fn policy_load(criterion: &mut Criterion) {
    let bytes = std::fs::read(module_path()).expect("`cargo xtask build` makes the module");
    let pool = module(bytes).expect("the module is of this ABI");
    let (mut native, mut wasm) = (Native::default(), pool.lease());
    let engines: [(&str, &mut dyn Engine); 2] = [("native", &mut native), ("wasm", &mut wasm)];

    let mut group = criterion.benchmark_group("policy-load");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(3));
    for (engine_name, engine) in engines {
        for (policy, files) in policies::measured() {
            let request = load_request(&files);
            group.bench_function(format!("{engine_name}/{policy}"), |bencher| {
                bencher.iter(|| {
                    let reply = engine.call(Function::Load, &request).expect("within the limits of a host");
                    assert!(reply.starts_with(b"{\"ok\":"), "the policies of this bench load");
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, policy_load);
criterion_main!(benches);
