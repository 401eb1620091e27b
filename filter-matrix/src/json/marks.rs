//! Where a plain stretch of a string ends: at `"`, `\` or a control character.
//!
//! A text has some twenty strings, most of them shorter than twenty bytes. Each block of 64 bytes is looked at once, whatever number of strings
//! ends in it, and each string then asks for the next bit. Rejected: eight bytes a step for each string (three times the instructions),
//! blocks of 32 for long ones beside them.

use filter_core::lanes::{self, BLOCK, Lane};

/// The marks of one text.
#[derive(Debug)]
pub(super) struct Marks<'a> {
    bytes: &'a [u8],
    /// Which block was looked at last.
    block: usize,
    mask: u64,
}

fn marks(lane: Lane) -> Lane {
    lane.within(0, 0x1f).or(lane.equal(b'"')).or(lane.equal(b'\\'))
}

impl<'a> Marks<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, block: 0, mask: mask_at(bytes, 0) }
    }

    /// The first mark at or after a byte, or the length.
    #[inline]
    pub(super) fn next(&mut self, from: usize) -> usize {
        let block = from / BLOCK;
        if block != self.block {
            self.look_at(block);
        }
        let mask = self.mask & u64::MAX << (from % BLOCK);
        if mask != 0 {
            return block * BLOCK + mask.trailing_zeros() as usize;
        }
        self.next_block(block)
    }

    fn next_block(&mut self, from: usize) -> usize {
        for block in from + 1..self.bytes.len().div_ceil(BLOCK) {
            self.look_at(block);
            if self.mask != 0 {
                return block * BLOCK + self.mask.trailing_zeros() as usize;
            }
        }
        self.bytes.len()
    }

    #[inline]
    fn look_at(&mut self, block: usize) {
        (self.block, self.mask) = (block, mask_at(self.bytes, block));
    }
}

#[inline]
fn mask_at(bytes: &[u8], block: usize) -> u64 {
    match bytes.get(block * BLOCK..) {
        Some(rest) => rest.first_chunk().map_or_else(|| mask_of_tail(bytes, rest), |block| lanes::mask(block, marks)),
        None => 0,
    }
}

/// Of the last bytes, fewer than a block: the last lane of them begins before them, or there are fewer bytes than a lane has.
fn mask_of_tail(bytes: &[u8], tail: &[u8]) -> u64 {
    let (whole, rest) = tail.as_chunks::<16>();
    let of = |lane: &[u8; 16]| u64::from(marks(Lane::of(lane)).bits());
    let mask = whole.iter().rev().fold(0, |mask, lane| mask << 16 | of(lane));
    let last = match bytes.last_chunk() {
        Some(lane) => of(lane) >> (16 - rest.len()),
        None => rest.iter().rev().fold(0, |mask, byte| mask << 1 | u64::from(is_mark(*byte))),
    };
    mask | last << (16 * whole.len())
}

fn is_mark(byte: u8) -> bool {
    (byte == b'"') | (byte == b'\\') | (byte < 0x20)
}

#[cfg(test)]
mod tests {
    use super::{Marks, is_mark};

    #[test]
    fn every_mark_of_every_length_is_found() {
        for length in 0..200 {
            for step in [1, 3, 7, 16, 17, 63, 64, 65, 200] {
                for mark in [b'"', b'\\', 0, 0x1f] {
                    let bytes: Vec<u8> = (1..=length).map(|at| if at % step == 0 { mark } else { b'\x7f' }).collect();
                    let mut marks = Marks::of(&bytes);
                    for from in 0..=length {
                        let next = bytes[from..].iter().position(|byte| is_mark(*byte)).map_or(length, |at| from + at);
                        assert_eq!(marks.next(from), next, "from {from} of {length}, every {step}");
                    }
                    assert_eq!(marks.next(0), bytes.iter().position(|byte| is_mark(*byte)).unwrap_or(length));
                }
            }
        }
    }
}
