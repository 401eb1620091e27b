//! The clock, and what is made of many readings.
//!
//! Wall time, so that no operating system's own clock is needed. On a machine that others use, too, a reading may contain somebody
//! else's work; therefore those who are compared take turns, the clock is read for every few microseconds of work, each
//! piece is read in several rounds, and its median counts: a piece is hardly ever interrupted twice. Work that can be done
//! only once (a text that was never seen) is spread over many pieces of equal size instead.

use std::time::Instant;

/// How many nanoseconds a piece of work takes; the clock itself costs 20 to 50 of them.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let start = Instant::now();
    let result = work();
    (result, u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX))
}

/// The reading below which so many of a thousand lie; 500 is the median. Zero where there are none.
#[must_use]
pub fn quantile(readings: &[u64], per_mille: usize) -> u64 {
    let mut sorted = readings.to_vec();
    sorted.sort_unstable();
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * per_mille / 1000).copied().unwrap_or(0)
}

/// Readings of several contestants, piece by piece and round by round.
#[derive(Clone, Debug)]
pub struct Rounds {
    /// By piece and round.
    readings: Vec<Vec<u64>>,
}

impl Rounds {
    /// For so many pieces.
    #[must_use]
    pub fn new(pieces: usize) -> Self {
        Self { readings: vec![Vec::new(); pieces] }
    }

    /// Notes what a piece took in a round.
    pub fn note(&mut self, piece: usize, nanoseconds: u64) {
        self.readings[piece].push(nanoseconds);
    }

    /// The median of each piece.
    #[must_use]
    pub fn medians(&self) -> Vec<u64> {
        self.readings.iter().map(|rounds| quantile(rounds, 500)).collect()
    }

    /// The sum of the medians.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.medians().iter().sum()
    }
}
