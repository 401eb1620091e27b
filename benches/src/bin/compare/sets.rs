//! The engine beside `regex::RegexSet` with the same rules, natively, on text alone.
//!
//! *First pass*: a set with an empty cache sees each text for the first time. *Replay*: the same texts again, when the set has
//! learned what it can. The engine has no cache, so its first pass and its replay differ by the processor's caches only. Rounds begin with
//! new sets and do the same work again, so that each text's median can be taken.

use std::hint::black_box;

use filter_core::{Attributes, Engine, Field, Form, Scratch};
use regex::bytes::RegexSet;
use tamis_benches::clock::{Rounds, timed};
use tamis_benches::corpus::{self, Event};
use tamis_benches::noise::Noise;
use tamis_benches::plain_regex::{self, Memory};
use tamis_benches::random::Random;

use crate::report::Table;

/// Few, because a set may need a microsecond for a byte of noise.
const NOISE_TEXTS: usize = 200;
const NOISE_BYTES: usize = 400;
const PIECE: usize = 20;

/// One of three that take turns.
enum Peer<'e> {
    Tamis(&'e Engine, Box<Scratch>),
    Set(RegexSet),
}

impl Peer<'_> {
    fn read(&mut self, text: &str) {
        match self {
            Self::Tamis(engine, scratch) => {
                let field = Field { text, form: Form::Prose };
                black_box(engine.scan(scratch, &[field], &Attributes::default()));
            }
            Self::Set(set) => _ = black_box(set.matches(text.as_bytes())),
        }
    }
}

/// First pass and replay of one peer.
struct Readings {
    first: Rounds,
    replay: Rounds,
}

/// Takes the times.
pub(crate) fn compare(engine: &Engine, events: &[Event], rounds: usize) -> Table {
    let rules = &engine.policy().rules;
    let set = |memory| plain_regex::set(rules, memory).expect("every rule is a plain regex, too");
    let sets = [set(Memory::Default), set(Memory::Large)];
    let mut table = Table::new(
        "Beside RegexSet, ns/byte of text (native)",
        &[
            "tamis first",
            "tamis replay",
            "2 MiB first",
            "2 MiB replay",
            "64 MiB first",
            "64 MiB replay",
            "2 MiB ÷ tamis, first",
            "64 MiB ÷ tamis, first",
            "64 MiB ÷ tamis, replay",
        ],
    );
    let noise = |kind: Noise| {
        let mut random = Random::new(11);
        (0..NOISE_TEXTS).map(|_| kind.text(&mut random, NOISE_BYTES)).collect::<Vec<_>>()
    };
    let bodies: Vec<String> = events.iter().take(10_000).map(|event| event.body.clone()).collect();
    let texts =
        [("bodies of the corpus".to_owned(), bodies), ("prose, 400 B".to_owned(), corpus::prose(11, 2_000, 400))];
    let texts = texts.into_iter().chain(Noise::ALL.map(|kind| (format!("noise: {}", kind.name()), noise(kind))));
    for (name, texts) in texts {
        let readings = measure(engine, &sets, &texts, rounds);
        let bytes: usize = texts.iter().map(String::len).sum();
        let cost = |readings: &Rounds| readings.total() as f64 / bytes as f64;
        let mut cells: Vec<f64> =
            readings.iter().flat_map(|readings| [cost(&readings.first), cost(&readings.replay)]).collect();
        cells.extend([cells[2] / cells[0], cells[4] / cells[0], cells[5] / cells[1]]);
        table.row(name, &cells);
    }
    table
}

fn measure(engine: &Engine, sets: &[RegexSet; 2], texts: &[String], rounds: usize) -> [Readings; 3] {
    let mut readings = [(); 3].map(|()| Readings { first: Rounds::new(texts.len()), replay: Rounds::new(texts.len()) });
    for _ in 0..rounds {
        // A clone has an empty cache.
        let [small, large] = sets.clone();
        let mut peers = [Peer::Tamis(engine, Box::new(Scratch::new())), Peer::Set(small), Peer::Set(large)];
        // What any engine does once in its life is not the text's fault: buffers, and the set's first states.
        for peer in &mut peers {
            peer.read("bonjour");
        }
        pass(&mut peers, texts, |peer, text, nanoseconds| readings[peer].first.note(text, nanoseconds));
        pass(&mut peers, texts, |peer, text, nanoseconds| readings[peer].replay.note(text, nanoseconds));
    }
    readings
}

/// One pass over all texts, in turns of a few texts.
fn pass(peers: &mut [Peer<'_>; 3], texts: &[String], mut note: impl FnMut(usize, usize, u64)) {
    for (number, piece) in texts.chunks(PIECE).enumerate() {
        for turn in 0..peers.len() {
            let who = (turn + number) % peers.len();
            for (n, text) in piece.iter().enumerate() {
                let ((), nanoseconds) = timed(|| peers[who].read(text));
                note(who, number * PIECE + n, nanoseconds);
            }
        }
    }
}
