//! Numbers that look random and are the same on every machine: SplitMix64 by Sebastiano Vigna, in public domain.
//!
//! Not the `rand` crate, whose streams change between its versions: a record of last year must be about the same bytes.
//!
//! ```
//! use tamis_benches::random::Random;
//! assert_eq!(Random::new(1).next(), Random::new(1).next());
//! ```

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The stream of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    #[expect(clippy::should_implement_trait, reason = "a stream that never ends is no iterator to loop over")]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `end`, which is at least 1. The bias is below 2⁻³² for all that is asked here.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// From `from` to `to`, both included.
    pub fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }

    /// So many letters of an alphabet (ASCII).
    pub fn letters(&mut self, alphabet: &str, count: usize) -> String {
        (0..count).map(|_| char::from(*self.pick(alphabet.as_bytes()))).collect()
    }
}

/// `0`–`9`
pub const DIGITS: &str = "0123456789";
/// `A`–`Z`
pub const CAPITALS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// `a`–`z`
pub const SMALL: &str = "abcdefghijklmnopqrstuvwxyz";
/// Letters of both cases.
pub const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Letters of both cases, and digits.
pub const BASE62: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// As BASE62, with `-` and `_`.
pub const BASE64_URL: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
