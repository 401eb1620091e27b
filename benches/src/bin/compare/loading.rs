//! What it takes to load a policy, from its files to an engine: natively, and in the module (instance included), with the memory
//! that the module has afterwards.

use std::time::{Duration, Instant};

use tamis_benches::clock::timed;
use tamis_benches::contest::{Native, load_request};
use tamis_benches::policies;
use tamis_host::{Engine, Function, Lease};

use crate::report::Table;

/// For each policy and each way to run the filter.
const ROUNDS: usize = 9;
/// And no longer than this: a policy of 10,000 rules takes seconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// Takes the times. The policy in force in the module is loaded anew for the next call, so nothing is different afterwards.
pub(crate) fn compare(mut module: Option<&mut Lease<'_>>) -> Table {
    let columns = ["files, KiB", "native, ms", "WASM, ms", "× native", "memory of the module, MiB"];
    let mut table = Table::new("Loading a policy, best of up to 9", &columns);
    for (name, files) in policies::measured() {
        let request = load_request(&files);
        let native = best(&mut Native::default(), &request);
        let (wasm, memory) = match &mut module {
            Some(lease) => (best(*lease, &request), lease.memory_size().map_or(f64::NAN, |bytes| bytes as f64)),
            None => (f64::NAN, f64::NAN),
        };
        let kib = request.len() as f64 / 1024.0;
        table.row(name, &[kib, native, wasm, wasm / native, memory / f64::from(1 << 20)]);
    }
    table
}

/// In milliseconds. The best: a reading of ten milliseconds hardly ever has the processor for itself on a busy machine.
fn best(engine: &mut dyn Engine, request: &[u8]) -> f64 {
    let begun = Instant::now();
    let mut best = u64::MAX;
    for _ in 0..ROUNDS {
        let (loaded, nanoseconds) = timed(|| {
            let reply = engine.call(Function::Load, request).expect("within the limits of a host");
            reply.starts_with(b"{\"ok\":")
        });
        assert!(loaded, "the policies of this bench load");
        best = best.min(nanoseconds);
        if begun.elapsed() > PATIENCE {
            break;
        }
    }
    best as f64 / 1e6
}
