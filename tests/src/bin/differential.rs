//! `differential --messages 1000000 --seed 1 [--from 0] [--threads 2]`: the gated engine against the plain definitions of the built-in
//! rules, on generated messages. Ends with status 1 at the first threads' differences, each with its number and its shortest text.
#![allow(clippy::print_stdout, reason = "a command that is run by hand says what it does")]

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use tamis_benches::built_in;
use tamis_tests::differential::{Comparison, Messages};

/// So many at a time, of which one thread takes the next.
const BATCH: u64 = 1_000;

/// After so many differences there is enough to think about.
const MOST_SHOWN: u64 = 40;

fn main() -> ExitCode {
    let (messages, seed, from, threads) =
        (option("--messages", 1_000_000), option("--seed", 1), option("--from", 0), option("--threads", 2));
    let begun = Instant::now();
    let (next, done, places, differences) =
        (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let engine = built_in::engine();
                let source = Messages::new(engine.policy(), seed);
                let mut comparison = Comparison::new(&engine);
                loop {
                    let batch = next.fetch_add(BATCH, Ordering::Relaxed);
                    if batch >= messages || differences.load(Ordering::Relaxed) >= MOST_SHOWN {
                        break;
                    }
                    let last = messages.min(batch + BATCH);
                    for number in from + batch..from + last {
                        let message = source.message(number);
                        match comparison.compare(&message.text, message.form) {
                            Ok(found) => drop(places.fetch_add(found as u64, Ordering::Relaxed)),
                            Err(difference) => {
                                differences.fetch_add(1, Ordering::Relaxed);
                                println!(
                                    "message {number}: {:?}\n  {}",
                                    difference.text,
                                    difference.lines.join("\n  ")
                                );
                            }
                        }
                    }
                    let sum = done.fetch_add(last - batch, Ordering::Relaxed) + last - batch;
                    if sum % 50_000 == 0 {
                        println!("{sum} messages, {:.0} s", begun.elapsed().as_secs_f64());
                    }
                }
            });
        }
    });
    let (done, places, differences) = (done.into_inner(), places.into_inner(), differences.into_inner());
    println!(
        "seed {seed}: {done} messages from number {from}, {places} places, {differences} messages with differences, {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    if differences == 0 && done == messages { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The number behind a name on the command line.
fn option(name: &str, otherwise: u64) -> u64 {
    let mut arguments = std::env::args().skip_while(|argument| argument != name).skip(1);
    match arguments.next() {
        Some(number) => number.parse().unwrap_or_else(|_| panic!("{name} takes a number")),
        None => otherwise,
    }
}
