//! The corpus, event by event: native and WASM take turns in pieces of 50 events, round after round.
//!
//! Before any time is taken every verdict is compared: native and WASM must answer with the same bytes, and find what was
//! planted and nothing else.

use std::hint::black_box;

use tamis_benches::clock::{Rounds, quantile, timed};
use tamis_benches::contest::check_request;
use tamis_benches::corpus::Event;
use tamis_host::{Engine, Function};

use crate::Contestant;
use crate::report::Table;

const PIECE: usize = 50;

/// What a check of the verdicts found wrong, without any text.
#[derive(Default)]
pub(crate) struct Mistakes {
    missed: usize,
    false_findings: usize,
    different: usize,
}

impl Mistakes {
    pub(crate) fn any(&self) -> bool {
        self.missed + self.false_findings + self.different > 0
    }
}

impl std::fmt::Display for Mistakes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} planted findings missed, {} stopped without cause, {} verdicts that differ between native and WASM",
            self.missed, self.false_findings, self.different
        )
    }
}

fn check<'e>(engine: &'e mut dyn Engine, request: &[u8]) -> &'e [u8] {
    engine.call(Function::Check, request).expect("no event of the corpus ends in a trap")
}

/// Compares verdicts with what was planted, and with each other's.
pub(crate) fn verify(contestants: &mut [Contestant<'_>], events: &[Event], requests: &[Vec<u8>]) -> Mistakes {
    let mut mistakes = Mistakes::default();
    for (event, request) in events.iter().zip(requests) {
        let mut first: Option<Vec<u8>> = None;
        for Contestant { engine, .. } in contestants.iter_mut() {
            let verdict = check(*engine, request);
            if let Some(first) = &first {
                mistakes.different += usize::from(first != verdict);
                continue;
            }
            if !event.is_answered_by(verdict) {
                *if event.planted.is_some() { &mut mistakes.missed } else { &mut mistakes.false_findings } += 1;
            }
            first = Some(verdict.to_vec());
        }
    }
    mistakes
}

/// Takes the times: each event by itself, the median of its rounds.
pub(crate) fn compare(contestants: &mut [Contestant<'_>], requests: &[Vec<u8>], rounds: usize) -> Table {
    let mut readings: Vec<Rounds> = contestants.iter().map(|_| Rounds::new(requests.len())).collect();
    for round in 0..rounds {
        for (number, piece) in requests.chunks(PIECE).enumerate() {
            for turn in 0..contestants.len() {
                // Who begins changes, so that nobody always finds the texts in the processor's cache.
                let who = (turn + round + number) % contestants.len();
                let engine = &mut *contestants[who].engine;
                for (n, request) in piece.iter().enumerate() {
                    let ((), nanoseconds) = timed(|| _ = black_box(check(engine, request)));
                    readings[who].note(number * PIECE + n, nanoseconds);
                }
            }
        }
    }
    let columns = ["ns/event", "events/s", "MB/s", "p50 µs", "p99 µs", "max µs", "ratio to native"];
    let mut table = Table::new("Events", &columns);
    let bytes: usize = requests.iter().map(Vec::len).sum();
    let count = requests.len() as f64;
    let native = readings[0].total() as f64;
    for (Contestant { name, .. }, readings) in contestants.iter().zip(&readings) {
        let (total, medians) = (readings.total() as f64, readings.medians());
        let microseconds = |per_mille| quantile(&medians, per_mille) as f64 / 1e3;
        table.row(
            *name,
            &[
                total / count,
                count / total * 1e9,
                bytes as f64 / total * 1e3,
                microseconds(500),
                microseconds(990),
                microseconds(1000),
                total / native,
            ],
        );
    }
    table
}

/// The requests of a corpus.
pub(crate) fn requests(events: &[Event]) -> Vec<Vec<u8>> {
    events.iter().map(|event| check_request(&event.json)).collect()
}
