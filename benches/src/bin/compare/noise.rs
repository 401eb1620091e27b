//! What a byte of noise costs beside a byte of prose.
//!
//! Each text is checked once by each contestant and never again: that is how a stranger's text comes. Verdicts must agree between
//! native and WASM, whatever chance has put into the noise.

use std::hint::black_box;

use tamis_benches::clock::{quantile, timed};
use tamis_benches::contest::check_request;
use tamis_benches::corpus;
use tamis_benches::noise::Noise;
use tamis_benches::random::Random;
use tamis_host::Function;

use crate::Contestant;
use crate::report::Table;

/// Lengths of bodies: a message as people write them, and one long enough for the event around it not to matter.
const SIZES: [usize; 2] = [400, 4096];

/// Bytes of each kind and length.
const TOTAL: usize = 1 << 20;

/// Bytes between two readings of the clock.
const PIECE: usize = 4 << 10;

fn bodies(kind: Option<Noise>, seed: u64, bytes: usize) -> Vec<String> {
    let count = TOTAL / bytes;
    match kind {
        None => corpus::prose(seed, count, bytes),
        Some(kind) => {
            let mut random = Random::new(seed);
            (0..count).map(|_| kind.text(&mut random, bytes)).collect()
        }
    }
}

/// Takes the times; the second value counts verdicts that differ.
pub(crate) fn compare(contestants: &mut [Contestant<'_>]) -> (Table, usize) {
    let mut columns = Vec::new();
    for Contestant { name, .. } in contestants.iter() {
        columns.extend(match *name {
            "native" => ["native 400 B, ns/byte", "× prose", "native 4 KiB, ns/byte", "× prose"],
            _ => ["WASM 400 B, ns/byte", "× prose", "WASM 4 KiB, ns/byte", "× prose"],
        });
    }
    let mut table = Table::new("Noise that nobody has seen before", &columns);
    let mut prose: Option<Vec<f64>> = None;
    let mut different = 0;
    // Warm-up: buffers grow to what the longest text needs.
    measure(contestants, None, 1, SIZES[1], &mut different);
    for (number, kind) in std::iter::once(None).chain(Noise::ALL.map(Some)).enumerate() {
        let mut costs = vec![0.0; contestants.len() * SIZES.len()];
        for (column, bytes) in SIZES.into_iter().enumerate() {
            let seed = 100 + (number * SIZES.len() + column) as u64;
            for (who, cost) in measure(contestants, kind, seed, bytes, &mut different).into_iter().enumerate() {
                costs[who * SIZES.len() + column] = cost;
            }
        }
        let base = prose.get_or_insert_with(|| costs.clone());
        let cells: Vec<f64> = costs.iter().zip(&*base).flat_map(|(cost, base)| [*cost, cost / base]).collect();
        table.row(kind.map_or("prose", Noise::name), &cells);
    }
    (table, different)
}

/// Nanoseconds a byte of text, for each contestant: the median over pieces.
fn measure(
    contestants: &mut [Contestant<'_>],
    kind: Option<Noise>,
    seed: u64,
    bytes: usize,
    different: &mut usize,
) -> Vec<f64> {
    let requests: Vec<Vec<u8>> =
        bodies(kind, seed, bytes).iter().map(|body| check_request(&corpus::plain_event(body))).collect();
    let mut readings = vec![Vec::new(); contestants.len()];
    for (number, piece) in requests.chunks(PIECE / bytes).enumerate() {
        for turn in 0..contestants.len() {
            let who = (turn + number) % contestants.len();
            let engine = &mut *contestants[who].engine;
            let ((), nanoseconds) = timed(|| {
                for request in piece {
                    black_box(engine.call(Function::Check, request).expect("no text ends in a trap"));
                }
            });
            readings[who].push(nanoseconds / piece.len() as u64);
        }
    }
    for request in &requests {
        let mut verdicts = contestants.iter_mut().map(|contestant| {
            contestant.engine.call(Function::Check, request).expect("it did not the first time").to_vec()
        });
        let first = verdicts.next();
        *different += verdicts.filter(|verdict| Some(verdict) != first.as_ref()).count();
    }
    readings.iter().map(|pieces| quantile(pieces, 500) as f64 / bytes as f64).collect()
}
