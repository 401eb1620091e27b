//! Sixty-four bytes of folded text become three bit masks: which are word bytes, which are digits, which are spaces.
//!
//! Sixteen bytes a step where the target has 128-bit vectors (SSE2 is part of x86_64, `simd128` is switched on for the
//! module), byte by byte elsewhere. Vectors are built from integers, which the compiler turns into one load, so that no pointer is read.
//! One of the files that may say `unsafe`: on x86_64 the compiler wants it wherever a function with a target feature is called, even
//! one that every such processor has.

/// Bytes per block: one bit each in a `u64`.
pub(crate) const BLOCK: usize = 64;

/// The masks of one block; bit *n* is byte *n*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes {
    /// `a`–`z`, `0`–`9`, and every byte of a letter or digit outside ASCII.
    pub(crate) word: u64,
    /// `0`–`9`.
    pub(crate) digit: u64,
    /// Spaces, of which most of what is no word consists.
    pub(crate) space: u64,
}

/// Classifies a block of folded text (which has no capitals).
#[inline]
pub(crate) fn classify(block: &[u8; BLOCK]) -> Classes {
    let mut classes = Classes::default();
    let (lanes, _) = block.as_chunks::<16>();
    for (i, lane) in lanes.iter().enumerate() {
        let (word, digit, space) = lane::classify(lane);
        classes.word |= u64::from(word) << (16 * i);
        classes.digit |= u64::from(digit) << (16 * i);
        classes.space |= u64::from(space) << (16 * i);
    }
    classes
}

#[cfg(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128")))]
fn halves(lane: &[u8; 16]) -> (u64, u64) {
    let whole = u128::from_le_bytes(*lane);
    #[expect(clippy::cast_possible_truncation, reason = "the two halves are what is wanted")]
    (whole as u64, (whole >> 64) as u64)
}

#[cfg(target_arch = "x86_64")]
mod lane {
    use core::arch::x86_64::{
        _mm_and_si128, _mm_cmpeq_epi8, _mm_cmpgt_epi8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x, _mm_set1_epi8,
    };

    #[inline]
    pub(super) fn classify(lane: &[u8; 16]) -> (u16, u16, u16) {
        #[allow(unsafe_code, reason = "the call below; see the module's documentation")]
        // SAFETY: every x86_64 processor has SSE2, which is the only feature that `sse2` asks for.
        unsafe {
            sse2(lane)
        }
    }

    #[target_feature(enable = "sse2")]
    #[inline]
    fn sse2(lane: &[u8; 16]) -> (u16, u16, u16) {
        let (low, high) = super::halves(lane);
        let v = _mm_set_epi64x(high.cast_signed(), low.cast_signed());
        // Signed comparison: bytes from 0x80 on are negative, so that they fail both ranges, and the sign bits are their mask.
        let above = |limit: u8| _mm_cmpgt_epi8(v, _mm_set1_epi8((limit - 1).cast_signed()));
        let below = |limit: u8| _mm_cmpgt_epi8(_mm_set1_epi8((limit + 1).cast_signed()), v);
        let digit = _mm_and_si128(above(b'0'), below(b'9'));
        let letter = _mm_and_si128(above(b'a'), below(b'z'));
        let word = _mm_or_si128(_mm_or_si128(letter, digit), v);
        let space = _mm_cmpeq_epi8(v, _mm_set1_epi8(b' '.cast_signed()));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the mask has sixteen bits")]
        (_mm_movemask_epi8(word) as u16, _mm_movemask_epi8(digit) as u16, _mm_movemask_epi8(space) as u16)
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod lane {
    use core::arch::wasm32::{i8x16_bitmask, u8x16_eq, u8x16_le, u8x16_splat, u8x16_sub, u64x2, v128_or};

    #[inline]
    pub(super) fn classify(lane: &[u8; 16]) -> (u16, u16, u16) {
        let (low, high) = super::halves(lane);
        let v = u64x2(low, high);
        let range = |from: u8, to: u8| u8x16_le(u8x16_sub(v, u8x16_splat(from)), u8x16_splat(to - from));
        let digit = range(b'0', b'9');
        let word = v128_or(v128_or(range(b'a', b'z'), digit), v);
        let space = u8x16_eq(v, u8x16_splat(b' '));
        (i8x16_bitmask(word), i8x16_bitmask(digit), i8x16_bitmask(space))
    }
}

#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
mod lane {
    #[inline]
    pub(super) fn classify(lane: &[u8; 16]) -> (u16, u16, u16) {
        super::by_byte(lane)
    }
}

/// The definition, byte by byte; what the vectors are held against.
#[cfg(any(test, not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128")))))]
fn by_byte(lane: &[u8; 16]) -> (u16, u16, u16) {
    let mut word = 0;
    let mut digit = 0;
    let mut space = 0;
    for (i, byte) in lane.iter().enumerate() {
        word |= u16::from(super::is_word(*byte)) << i;
        digit |= u16::from(byte.is_ascii_digit()) << i;
        space |= u16::from(*byte == b' ') << i;
    }
    (word, digit, space)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_agree_with_the_definition_on_every_byte_in_every_position() {
        for position in 0..16 {
            for byte in (0..=255u8).filter(|b| !b.is_ascii_uppercase()) {
                let mut lane = [b' '; 16];
                lane[position] = byte;
                assert_eq!(lane::classify(&lane), by_byte(&lane), "byte {byte:#x} at {position}");
            }
        }
    }
}
