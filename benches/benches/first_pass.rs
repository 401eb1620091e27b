//! The filter natively and in WASM over the same 50,000 events, in events and in bytes a second.
//!
//! Every event is another message, so nothing is replayed within a pass; criterion repeats the pass. Means are what criterion
//! gives: quantiles of single events are `compare`'s.

#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use tamis_benches::built_in;
use tamis_benches::contest::{Native, check_request, module, module_path};
use tamis_benches::corpus::{self, Event, Size};
use tamis_host::{Engine, Function};

/// Events in which something is found.
fn pass(engine: &mut dyn Engine, requests: &[Vec<u8>]) -> usize {
    let found = requests.iter().filter(|request| {
        let verdict = engine.call(Function::Check, request).expect("no event of the corpus ends in a trap");
        !black_box(verdict).windows(13).any(|bytes| bytes == br#""findings":[]"#)
    });
    found.count()
}

fn first_pass(criterion: &mut Criterion) {
    let policy = built_in::engine();
    let events: Vec<Event> = corpus::events(Size::RECORDED, &policy.policy().rules);
    let requests: Vec<Vec<u8>> = events.iter().map(|event| check_request(&event.json)).collect();
    let planted = events.iter().filter(|event| event.planted.is_some()).count();
    let bytes: usize = events.iter().map(|event| event.json.len()).sum();

    let mut native = Native::loaded();
    let bytes_of_module = std::fs::read(module_path()).expect("`cargo xtask build` makes the module");
    let pool = module(bytes_of_module).expect("the module is of this ABI");
    let mut wasm = pool.lease();
    let contestants: [(&str, &mut dyn Engine); 2] = [("native", &mut native), ("wasm", &mut wasm)];

    let mut group = criterion.benchmark_group("first-pass");
    group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(8));
    for (name, engine) in contestants {
        assert_eq!(pass(engine, &requests), planted, "{name} does not find what was planted");
        group.throughput(Throughput::ElementsAndBytes { elements: events.len() as u64, bytes: bytes as u64 });
        group.bench_with_input(BenchmarkId::from_parameter(name), &requests, |bencher, requests| {
            bencher.iter(|| pass(engine, requests));
        });
    }
    group.finish();
}

criterion_group!(benches, first_pass);
criterion_main!(benches);
