//! What it takes to load the built-in policy: natively, and in the module (instance included).

use tamis_benches::clock::timed;
use tamis_benches::contest::load_request;
use tamis_host::Function;

use crate::Contestant;
use crate::report::Table;

const ROUNDS: usize = 9;

/// Takes the times. The policy in force is loaded anew, so nothing is different afterwards.
pub(crate) fn compare(contestants: &mut [Contestant<'_>]) -> Table {
    let request = load_request();
    let mut readings = vec![Vec::new(); contestants.len()];
    for _ in 0..ROUNDS {
        for (who, contestant) in contestants.iter_mut().enumerate() {
            let (loaded, nanoseconds) = timed(|| {
                let reply = contestant.engine.call(Function::Load, &request).expect("it has loaded before");
                reply.starts_with(b"{\"ok\":")
            });
            assert!(loaded, "the built-in policy has loaded before");
            readings[who].push(nanoseconds);
        }
    }
    let mut table = Table::new("Loading the built-in policy", &["ms, best of 9"]);
    for (contestant, readings) in contestants.iter().zip(&readings) {
        // The best: a reading of ten milliseconds hardly ever has the processor for itself on a busy machine.
        table.row(contestant.name, &[readings.iter().min().copied().unwrap_or(0) as f64 / 1e6]);
    }
    table
}
