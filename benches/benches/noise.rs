//! What a byte costs: of ordinary prose, and of each kind of noise, natively and in WASM.
//!
//! Bodies of 4 KiB, so that the event around them does not make them look alike. The texts of a sample are seen for the first time
//! when the sample begins, as a stranger's are: each pass gets texts of another seed.

#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use tamis_benches::contest::{Native, check_request, module, module_path};
use tamis_benches::corpus;
use tamis_benches::noise::Noise;
use tamis_benches::random::Random;
use tamis_host::{Engine, Function};

const BODIES: usize = 32;
const BYTES: usize = 4096;

fn requests(kind: Option<Noise>, seed: u64) -> Vec<Vec<u8>> {
    let bodies = match kind {
        None => corpus::prose(seed, BODIES, BYTES),
        Some(kind) => {
            let mut random = Random::new(seed);
            (0..BODIES).map(|_| kind.text(&mut random, BYTES)).collect()
        }
    };
    bodies.iter().map(|body| check_request(&corpus::plain_event(body))).collect()
}

fn measure(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, engine: &mut dyn Engine, kind: Option<Noise>) {
    let text = kind.map_or("prose", Noise::name);
    let mut seed = 0;
    group.bench_function(format!("{name}/{text}"), |bencher| {
        bencher.iter_batched(
            || {
                seed += 1;
                requests(kind, seed)
            },
            |requests| {
                for request in &requests {
                    black_box(engine.call(Function::Check, request).expect("no text ends in a trap"));
                }
            },
            BatchSize::PerIteration,
        );
    });
}

fn noise(criterion: &mut Criterion) {
    let mut native = Native::loaded();
    let bytes = std::fs::read(module_path()).expect("`cargo xtask build` makes the module");
    let pool = module(bytes).expect("the module is of this ABI");
    let mut wasm = pool.lease();

    let mut group = criterion.benchmark_group("noise");
    group.throughput(Throughput::Bytes((BODIES * BYTES) as u64));
    group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    for kind in std::iter::once(None).chain(Noise::ALL.map(Some)) {
        measure(&mut group, "native", &mut native, kind);
        measure(&mut group, "wasm", &mut wasm, kind);
    }
    group.finish();
}

criterion_group!(benches, noise);
criterion_main!(benches);
