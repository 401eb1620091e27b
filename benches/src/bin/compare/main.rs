//! `cargo run --release -p tamis-benches --bin compare`: native, WASM and `RegexSet` in one run, as tables of ratios.
//!
//! ```text
//! compare [--only events|noise|sets|loading] [--events N] [--rounds N] [--module FILE | --native-only] [--json FILE]
//! ```
//!
//! Exit status 1 when a verdict is not what was planted, or differs between native and WASM: a fast wrong answer is no result.

#![allow(clippy::print_stdout, reason = "the tables are what this command is for")]

mod events;
mod loading;
mod noise;
mod report;
mod sets;

use std::path::PathBuf;
use std::process::ExitCode;

use tamis_benches::built_in;
use tamis_benches::contest::{self, Native};
use tamis_benches::corpus::{self, Size};

const USAGE: &str = "usage: compare [--only events|noise|sets|loading] [--events N] [--rounds N] [--module FILE | --native-only] [--json FILE]";

/// What `--only` may name.
const PARTS: [&str; 4] = ["events", "noise", "sets", "loading"];

/// A way to run the filter.
struct Contestant<'e> {
    name: &'static str,
    engine: &'e mut dyn tamis_host::Engine,
}

struct Options {
    only: Option<String>,
    events: usize,
    rounds: usize,
    module: Option<PathBuf>,
    json: Option<PathBuf>,
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Option<Self> {
        let mut options = Self {
            only: None,
            events: Size::RECORDED.events,
            rounds: 5,
            module: Some(contest::module_path()),
            json: None,
        };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--only" => options.only = Some(arguments.next().filter(|part| PARTS.contains(&part.as_str()))?),
                "--native-only" => options.module = None,
                "--events" => options.events = arguments.next()?.parse().ok().filter(|n| *n > 0)?,
                "--rounds" => options.rounds = arguments.next()?.parse().ok().filter(|n| *n > 0)?,
                "--module" => options.module = Some(arguments.next()?.into()),
                "--json" => options.json = Some(arguments.next()?.into()),
                _ => return None,
            }
        }
        Some(options)
    }
}

fn main() -> ExitCode {
    let Some(options) = Options::read(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match run(&options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// Whether every verdict was right.
fn run(options: &Options) -> Result<bool, String> {
    let policy = built_in::engine();
    let events = corpus::events(Size { events: options.events, ..Size::RECORDED }, &policy.policy().rules);
    let requests = events::requests(&events);
    let bytes: usize = events.iter().map(|event| event.json.len()).sum();
    let planted = events.iter().filter(|event| event.planted.is_some()).count();

    let mut native = Native::loaded();
    let pool = match &options.module {
        Some(path) => {
            let hint = || format!("{}: build the module first (`cargo xtask build`)", path.display());
            let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", hint()))?;
            Some(contest::module(bytes).map_err(|error| error.to_string())?)
        }
        None => None,
    };
    let mut lease = pool.as_ref().map(tamis_host::Pool::lease);
    let mut contestants = vec![Contestant { name: "native", engine: &mut native }];
    if let Some(lease) = &mut lease {
        contestants.push(Contestant { name: "WASM", engine: lease });
    }

    println!(
        "{} events of {} bytes on average, {planted} with a finding, {} rules, {} rounds.\n",
        events.len(),
        bytes / events.len(),
        policy.rules().len(),
        options.rounds
    );
    let wants = |part: &str| options.only.as_deref().is_none_or(|only| only == part);
    let (mut mistakes, mut different) = (events::Mistakes::default(), 0);
    let mut tables = Vec::new();
    if wants("events") {
        // Also the warm-up: every event has been checked once when the first time is taken.
        mistakes = events::verify(&mut contestants, &events, &requests);
        tables.push(events::compare(&mut contestants, &requests, options.rounds));
    }
    if wants("noise") {
        let (table, found) = noise::compare(&mut contestants);
        different = found;
        tables.push(table);
    }
    if wants("sets") {
        tables.push(sets::compare(&policy, &events, options.rounds));
    }
    if wants("loading") {
        tables.push(loading::compare(lease.as_mut()));
    }
    for table in &tables {
        print!("{table}");
    }
    if wants("events") || wants("noise") {
        println!("Verdicts: {mistakes}; {different} that differ on noise.");
    }
    if let Some(path) = &options.json {
        let document = serde_json::json!({
            "engine": filter_matrix::ENGINE_VERSION,
            "policy": policy.policy().hash,
            "events": events.len(),
            "bytes": bytes,
            "planted": planted,
            "rounds": options.rounds,
            "tables": tables.iter().map(report::Table::to_json).collect::<Vec<_>>(),
        });
        std::fs::write(path, format!("{document:#}\n")).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(!mistakes.any() && different == 0)
}
