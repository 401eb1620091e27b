//! Keccak-256, as Ethereum uses it: with the padding of the competition, not that of SHA-3.
//!
//! Source: The Keccak reference, version 3.0, 2011. Here for forty characters at a time, so that it is short instead of fast: a crate would
//! be one more to trust, for a checksum.

/// Bytes of a block: 1,600 bits less twice the digest's.
const RATE: usize = 136;

/// The digest of a text.
pub(super) fn keccak_256(text: &[u8]) -> [u8; 32] {
    let mut padded = text.to_vec();
    padded.push(1);
    padded.resize(padded.len().next_multiple_of(RATE), 0);
    if let Some(last) = padded.last_mut() {
        *last |= 0x80;
    }
    let mut state = [0_u64; 25];
    for block in padded.chunks_exact(RATE) {
        for (lane, word) in state.iter_mut().zip(block.as_chunks::<8>().0) {
            *lane ^= u64::from_le_bytes(*word);
        }
        permute(&mut state);
    }
    let mut digest = [0; 32];
    for (word, lane) in digest.as_chunks_mut::<8>().0.iter_mut().zip(state) {
        *word = lane.to_le_bytes();
    }
    digest
}

/// The permutation over 1,600 bits: 24 rounds on 25 lanes.
fn permute(state: &mut [u64; 25]) {
    // The constants of the rounds come out of a shift register of eight bits.
    let mut register = 1_u8;
    for _ in 0..24 {
        let columns: [u64; 5] = core::array::from_fn(|x| (0..5).fold(0, |parity, y| parity ^ state[x + 5 * y]));
        for (at, lane) in state.iter_mut().enumerate() {
            *lane ^= columns[(at + 4) % 5] ^ columns[(at + 1) % 5].rotate_left(1);
        }
        let (mut x, mut y, mut lane) = (1, 0, state[1]);
        for turn in 1..=24 {
            (x, y) = (y, (2 * x + 3 * y) % 5);
            let turned = lane.rotate_left(turn * (turn + 1) / 2 % 64);
            lane = core::mem::replace(&mut state[x + 5 * y], turned);
        }
        for row in state.as_chunks_mut::<5>().0 {
            let before = *row;
            for x in 0..5 {
                row[x] ^= !before[(x + 1) % 5] & before[(x + 2) % 5];
            }
        }
        for bit in 0..7 {
            if register & 1 == 1 {
                state[0] ^= 1 << ((1 << bit) - 1);
            }
            register = register << 1 ^ if register & 0x80 == 0 { 0 } else { 0x71 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_digests() {
        let begins = |text: &[u8]| u32::from_be_bytes(keccak_256(text)[..4].try_into().expect("four bytes"));
        assert_eq!(begins(b""), 0xc5d2_4601);
        assert_eq!(begins(b"abc"), 0x4e03_657a);
    }
}
