//! What the benches have in common: texts of a seed, the policy that people run, those who compete, and the way to take times.
//!
//! The benches are tests, too: each counts what it finds, and stops when that is not what the generator planted.
//! `README.md` beside this crate says how to run them and what flatters us.
//!
//! | file | idea |
//! |---|---|
//! | `corpus` | events as a homeserver hands them over; `words`: their prose, `planted`: what is to be found in 1 % of them |
//! | `noise` | text in which nothing repeats |
//! | `built_in` | the policy that comes with Tamis |
//! | `policies` | policies of as many rules or terms as asked for, and those whose loading is measured |
//! | `contest` | the filter natively and in WASM, behind one trait |
//! | `plain_regex` | the same rules for `RegexSet` |
//! | `clock` | processor time, wall time, quantiles |
//! | `random` | numbers that are the same everywhere |

pub mod built_in;
pub mod clock;
pub mod contest;
pub mod corpus;
pub mod noise;
pub mod plain_regex;
mod planted;
pub mod policies;
pub mod random;
pub mod words;
