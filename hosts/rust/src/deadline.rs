//! The thread whose ticks end a call that takes too long.
//!
//! Epochs, not fuel: they cost 8 to 11 % where fuel costs 8 to 16 %, and what they protect from is a module that does not
//! come back, not an expensive event (the engine's own work budget is there for that, and gives the same answer each time).
//!
//! A deadline of 2 s is 20 ticks of 100 ms; a call is ended between the deadline and one tick later.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use wasmtime::Engine;

const TICKS_PER_DEADLINE: u32 = 20;

/// How long one call may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    pub(crate) duration: Duration,
    pub(crate) ticks: u64,
}

impl Deadline {
    /// As many ticks as the duration has begun, and one more: the present tick may be about to end.
    pub(crate) fn new(duration: Duration, tick: Duration) -> Self {
        let ticks = duration.as_nanos().div_ceil(tick.as_nanos().max(1));
        Self { duration, ticks: u64::try_from(ticks).unwrap_or(u64::MAX / 2) + 1 }
    }
}

/// A tick that suits the deadline: at most 100 ms, at least 1 ms.
pub(crate) fn tick_for(shortest: Duration) -> Duration {
    (shortest / TICKS_PER_DEADLINE).clamp(Duration::from_millis(1), Duration::from_millis(100))
}

/// Ticks until it is dropped.
#[derive(Debug)]
pub(crate) struct Ticker {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Ticker {
    pub(crate) fn start(engine: &Engine, tick: Duration) -> std::io::Result<Self> {
        let engine = engine.clone();
        let (stop, stopped) = mpsc::channel();
        let thread = thread::Builder::new().name("tamis-deadline".to_owned()).spawn(move || {
            while stopped.recv_timeout(tick) == Err(RecvTimeoutError::Timeout) {
                engine.increment_epoch();
            }
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        // Dropping the sender wakes the thread at once.
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // The thread cannot panic; and if it did, a destructor is no place to say so.
            let _ = thread.join();
        }
    }
}
