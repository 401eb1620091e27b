//! What it takes to compile the built-in policy, from its files to an engine.

#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use filter_core::Engine;
use tamis_benches::built_in;

fn policy_load(criterion: &mut Criterion) {
    let bundle = built_in::bundle(&built_in::files());
    criterion.bench_function("policy-load/native", |bencher| {
        bencher.iter(|| Engine::load(black_box(&bundle)).is_ok());
    });
}

criterion_group!(benches, policy_load);
criterion_main!(benches);
