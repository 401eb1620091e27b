//! Sixteen bytes at a time: comparisons whose answer is a mask of bits.
//!
//! SSE2 is part of x86_64, `simd128` is switched on for the module; elsewhere byte by byte. Vectors are built from integers, which the
//! compiler turns into one load, so that no pointer is read. One of the files that may say `unsafe`: on x86_64 the compiler wants it
//! wherever a vector instruction is called, even one that every such processor has.
//!
//! ```
//! use filter_core::lanes::Lane;
//! let lane = Lane::of(b"a number: 4111..");
//! assert_eq!(lane.within(b'0', b'9').bits(), 0b0011_1100_0000_0000);
//! assert_eq!((lane.equal(b':').or(lane.equal(b' '))).bits(), 0b0000_0011_0000_0010);
//! ```

/// Bytes per block: one bit each in a `u64`.
pub const BLOCK: usize = 64;

/// Bytes per lane.
pub const LANE: usize = 16;

/// Sixteen bytes. What compares them answers with bytes that are all ones where it holds.
#[derive(Clone, Copy, Debug)]
pub struct Lane(vector::Vector);

impl Lane {
    /// These bytes, the first one lowest.
    #[inline]
    #[must_use]
    pub fn of(bytes: &[u8; LANE]) -> Self {
        Self(vector::of(*bytes))
    }

    /// Where the byte is this one.
    #[inline]
    #[must_use]
    pub fn equal(self, byte: u8) -> Self {
        Self(vector::equal(self.0, byte))
    }

    /// Where the byte is `from`, `to`, or between them.
    #[inline]
    #[must_use]
    pub fn within(self, from: u8, to: u8) -> Self {
        Self(vector::at_most(vector::minus(self.0, from), to - from))
    }

    /// The bits of both.
    #[inline]
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(vector::or(self.0, other.0))
    }

    /// The highest bit of each byte; that of the first one lowest.
    #[inline]
    #[must_use]
    pub fn bits(self) -> u16 {
        vector::bits(self.0)
    }
}

/// Whether all bytes are of a kind.
#[inline]
pub fn all(bytes: &[u8], kind: impl Fn(Lane) -> Lane) -> bool {
    !covered_by(bytes, |lane| kind(lane).bits() != u16::MAX)
}

/// Whether any byte is of a kind.
#[inline]
pub fn any(bytes: &[u8], kind: impl Fn(Lane) -> Lane) -> bool {
    covered_by(bytes, |lane| kind(lane).bits() != 0)
}

/// Whether something holds of a lane, of lanes that have all the bytes and no others: bytes stand in two of them where the length is
/// no multiple of sixteen.
#[inline]
fn covered_by(bytes: &[u8], holds: impl Fn(Lane) -> bool) -> bool {
    if let Some(last) = bytes.last_chunk() {
        return holds(Lane::of(last)) || bytes.as_chunks().0.iter().any(|lane| holds(Lane::of(lane)));
    }
    let mut lane = [0; LANE];
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        lane[..8].copy_from_slice(first);
        lane[8..].copy_from_slice(last);
    } else if let [.., last] = bytes {
        lane = core::array::from_fn(|at| *bytes.get(at).unwrap_or(last));
    } else {
        return false;
    }
    holds(Lane::of(&lane))
}

/// A mask of a whole block: bit *n* is byte *n*.
#[inline]
pub fn mask(block: &[u8; BLOCK], holds: impl Fn(Lane) -> Lane) -> u64 {
    let (lanes, _) = block.as_chunks::<LANE>();
    let mut mask = 0;
    for (i, lane) in lanes.iter().enumerate() {
        mask |= u64::from(holds(Lane::of(lane)).bits()) << (LANE * i);
    }
    mask
}

#[cfg(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline]
fn halves(bytes: [u8; LANE]) -> (u64, u64) {
    let whole = u128::from_le_bytes(bytes);
    #[expect(clippy::cast_possible_truncation, reason = "the two halves are what is wanted")]
    (whole as u64, (whole >> 64) as u64)
}

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code, reason = "see the documentation above")]
mod vector {
    // SAFETY, of every block here: every x86_64 processor has SSE2, which is all that these instructions ask for.
    use core::arch::x86_64::{
        __m128i, _mm_cmpeq_epi8, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x, _mm_set1_epi8,
        _mm_sub_epi8,
    };

    pub(super) type Vector = __m128i;

    #[inline]
    pub(super) fn of(bytes: [u8; super::LANE]) -> Vector {
        let (low, high) = super::halves(bytes);
        // SAFETY: SSE2.
        unsafe { _mm_set_epi64x(high.cast_signed(), low.cast_signed()) }
    }

    #[inline]
    fn all(byte: u8) -> Vector {
        // SAFETY: SSE2.
        unsafe { _mm_set1_epi8(byte.cast_signed()) }
    }

    #[inline]
    pub(super) fn equal(vector: Vector, byte: u8) -> Vector {
        // SAFETY: SSE2.
        unsafe { _mm_cmpeq_epi8(vector, all(byte)) }
    }

    #[inline]
    pub(super) fn minus(vector: Vector, byte: u8) -> Vector {
        // SAFETY: SSE2.
        unsafe { _mm_sub_epi8(vector, all(byte)) }
    }

    #[inline]
    pub(super) fn at_most(vector: Vector, byte: u8) -> Vector {
        // SAFETY: SSE2.
        unsafe { _mm_cmpeq_epi8(_mm_min_epu8(vector, all(byte)), vector) }
    }

    #[inline]
    pub(super) fn or(left: Vector, right: Vector) -> Vector {
        // SAFETY: SSE2.
        unsafe { _mm_or_si128(left, right) }
    }

    #[inline]
    pub(super) fn bits(vector: Vector) -> u16 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the mask has sixteen bits")]
        // SAFETY: SSE2.
        unsafe {
            _mm_movemask_epi8(vector) as u16
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vector {
    use core::arch::wasm32::{i8x16_bitmask, u8x16_eq, u8x16_le, u8x16_splat, u8x16_sub, u64x2, v128, v128_or};

    pub(super) type Vector = v128;

    #[inline]
    pub(super) fn of(bytes: [u8; super::LANE]) -> Vector {
        let (low, high) = super::halves(bytes);
        u64x2(low, high)
    }

    #[inline]
    pub(super) fn equal(vector: Vector, byte: u8) -> Vector {
        u8x16_eq(vector, u8x16_splat(byte))
    }

    #[inline]
    pub(super) fn minus(vector: Vector, byte: u8) -> Vector {
        u8x16_sub(vector, u8x16_splat(byte))
    }

    #[inline]
    pub(super) fn at_most(vector: Vector, byte: u8) -> Vector {
        u8x16_le(vector, u8x16_splat(byte))
    }

    #[inline]
    pub(super) fn or(left: Vector, right: Vector) -> Vector {
        v128_or(left, right)
    }

    #[inline]
    pub(super) fn bits(vector: Vector) -> u16 {
        i8x16_bitmask(vector)
    }
}

/// The definition, byte by byte; what the vectors are held against.
#[cfg(any(test, not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128")))))]
#[cfg_attr(
    any(target_arch = "x86_64", target_feature = "simd128"),
    allow(dead_code, reason = "only the tests hold the vectors against it")
)]
mod plain {
    pub(super) type Vector = [u8; super::LANE];

    fn holds(condition: bool) -> u8 {
        if condition { u8::MAX } else { 0 }
    }

    pub(super) fn of(bytes: [u8; super::LANE]) -> Vector {
        bytes
    }

    pub(super) fn equal(vector: Vector, byte: u8) -> Vector {
        vector.map(|lane| holds(lane == byte))
    }

    pub(super) fn minus(vector: Vector, byte: u8) -> Vector {
        vector.map(|lane| lane.wrapping_sub(byte))
    }

    pub(super) fn at_most(vector: Vector, byte: u8) -> Vector {
        vector.map(|lane| holds(lane <= byte))
    }

    pub(super) fn or(left: Vector, right: Vector) -> Vector {
        core::array::from_fn(|lane| left[lane] | right[lane])
    }

    pub(super) fn bits(vector: Vector) -> u16 {
        vector.iter().rev().fold(0, |bits, lane| bits << 1 | u16::from(lane >> 7))
    }
}

#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
use plain as vector;

#[cfg(test)]
mod tests {
    use super::{LANE, Lane, all, any, plain};

    #[test]
    fn all_and_any_look_at_every_byte_and_at_nothing_else() {
        for length in 0..70 {
            for different in 0..length {
                let mut bytes = vec![b'x'; length];
                bytes[different] = b'y';
                assert!(any(&bytes, |lane| lane.equal(b'y')) && any(&bytes, |lane| lane.equal(b'x')) == (length > 1));
                assert!(!all(&bytes, |lane| lane.equal(b'x')) && all(&bytes, |lane| lane.within(b'x', b'y')));
            }
            let bytes = vec![b'x'; length];
            assert!(all(&bytes, |lane| lane.equal(b'x')) && !any(&bytes, |lane| lane.equal(0)));
        }
    }

    #[test]
    fn vectors_agree_with_the_definition_on_every_byte_in_every_position() {
        for position in 0..LANE {
            for byte in 0..=255u8 {
                let mut bytes = [b' '; LANE];
                bytes[position] = byte;
                let lane = Lane::of(&bytes);
                assert_eq!(lane.bits(), plain::bits(bytes));
                for (from, to) in [(b'a', b'z'), (0, 0x1f), (0x80, 0xff), (b' ', b' ')] {
                    let within = plain::at_most(plain::minus(bytes, from), to - from);
                    assert_eq!(lane.within(from, to).bits(), plain::bits(within), "{byte:#x} within {from:#x}");
                    let or = plain::or(within, plain::equal(bytes, byte));
                    assert_eq!(lane.within(from, to).or(lane.equal(byte)).bits(), plain::bits(or), "{byte:#x}");
                }
            }
        }
    }
}
