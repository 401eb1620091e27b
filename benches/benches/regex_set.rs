//! The engine beside `regex::RegexSet` with the same rules, on text alone: no event, no HTML.
//!
//! *First pass*: a set with an empty cache, text that it has not seen. *Replay*: the same text again. The engine has no cache,
//! so it has one row. The set only says which rules may stand in a text; the engine also decides whether they do.

#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use filter_core::{Attributes, Engine, Field, Form, Scratch};
use regex::bytes::RegexSet;
use tamis_benches::noise::Noise;
use tamis_benches::plain_regex::{self, Memory};
use tamis_benches::random::Random;
use tamis_benches::{built_in, corpus};

const BODIES: usize = 100;
const BYTES: usize = 400;

fn scan(engine: &Engine, scratch: &mut Scratch, texts: &[String]) {
    for text in texts {
        let field = Field { text, form: Form::Prose };
        black_box(engine.scan(scratch, &[field], &Attributes::default()));
    }
}

fn matches(set: &RegexSet, texts: &[String]) {
    for text in texts {
        black_box(set.matches(text.as_bytes()));
    }
}

fn regex_set(criterion: &mut Criterion) {
    let engine = built_in::engine();
    let mut scratch = Scratch::new();
    let noise = |kind: Noise| {
        let mut random = Random::new(7);
        (0..BODIES).map(|_| kind.text(&mut random, BYTES)).collect::<Vec<_>>()
    };
    let texts =
        [("prose", corpus::prose(7, BODIES, BYTES)), ("digits", noise(Noise::Digits)), ("mixed", noise(Noise::Mixed))];

    for (name, texts) in &texts {
        let mut group = criterion.benchmark_group(format!("regex-set/{name}"));
        group.throughput(Throughput::Bytes(texts.iter().map(String::len).sum::<usize>() as u64));
        group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
        group.bench_function("tamis", |bencher| bencher.iter(|| scan(&engine, &mut scratch, texts)));
        for (memory, label) in [(Memory::Default, "2 MiB"), (Memory::Large, "64 MiB")] {
            let set = plain_regex::set(&engine.policy().rules, memory).expect("every rule is a plain regex, too");
            group.bench_function(format!("{label}/first pass"), |bencher| {
                // A clone has an empty cache.
                bencher.iter_batched(|| set.clone(), |set| matches(&set, texts), BatchSize::PerIteration);
            });
            matches(&set, texts);
            group.bench_function(format!("{label}/replay"), |bencher| bencher.iter(|| matches(&set, texts)));
        }
        group.finish();
    }
}

criterion_group!(benches, regex_set);
criterion_main!(benches);
