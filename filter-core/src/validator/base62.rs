//! A checksum written in six base62 digits (`0-9A-Za-z`), as tokens carry it.
//!
//! Two orders are in use. GitHub, npm and Synapse write the most significant digit first and fill up with zeros on the left.
//! The Matrix Authentication Service writes the *least* significant first, and still fills up on the left, so that one is not the
//! other's mirror for the fifth of all checksums that have only five digits.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// 62^6 exceeds 2^32, so six digits hold any checksum.
const WIDTH: usize = 6;

/// Most significant digit first.
pub(super) fn high_first(checksum: u32) -> [u8; WIDTH] {
    let mut text = low_first_digits(checksum).0;
    text.reverse();
    text
}

/// Least significant digit first, after the zeros.
pub(super) fn low_first(checksum: u32) -> [u8; WIDTH] {
    let (digits, used) = low_first_digits(checksum);
    let mut text = [b'0'; WIDTH];
    text[WIDTH - used..].copy_from_slice(&digits[..used]);
    text
}

/// The digits from the least significant on, and how many the number needs.
fn low_first_digits(mut rest: u32) -> ([u8; WIDTH], usize) {
    let mut digits = [b'0'; WIDTH];
    let mut used = 0;
    while rest > 0 {
        digits[used] = DIGITS[(rest % 62) as usize];
        rest /= 62;
        used += 1;
    }
    (digits, used)
}

#[cfg(test)]
mod tests {
    use super::{high_first, low_first};

    #[track_caller]
    fn check(checksum: u32, high: &str, low: &str) {
        assert_eq!(high_first(checksum), high.as_bytes());
        assert_eq!(low_first(checksum), low.as_bytes());
    }

    #[test]
    fn small_numbers_are_filled_up_on_the_left_in_both_orders() {
        check(0, "000000", "000000");
        check(61, "00000z", "00000z");
        check(62, "000010", "000001");
    }

    #[test]
    fn the_greatest_checksum_fits() {
        check(u32::MAX, "4gfFC3", "3CFfg4");
    }
}
