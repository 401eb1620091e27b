//! A BitLocker recovery key: eight groups of six digits, each 16 bits of the key times eleven.
//!
//! Source: Microsoft Learn, BitLocker recovery overview; the libbde documentation, « Recovery password ». That each group is a multiple of
//! eleven is not asked for: who copies a key by hand and slips has still given seven eighths of it away.

use super::digits::digits;

/// The first group that is none: 65,536 times eleven.
const END: u32 = 720_896;

/// Whether this may be a recovery key: 48 digits.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = digits::<48>(value) else { return false };
    digits.chunks(6).all(|group| group.iter().fold(0, |number, digit| number * 10 + digit) < END)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn groups_hold_sixteen_bits_each() {
        assert!(accepts("471207365421128073604714532180019415622347381205"));
        assert!(accepts("720895000000000000000000000000000000000000000000"));
        assert!(!accepts("720896000000000000000000000000000000000000000000"));
        assert!(!accepts("471207365421128073604714532180019415622347981205"));
        assert!(!accepts("471207-365421-128073-604714-532180-019415-622347"));
    }
}
