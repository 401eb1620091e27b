//! Bitcoin addresses: base58 with a checksum (`1…`, `3…`), or Bech32 and Bech32m (`bc1…`).
//!
//! Source: Bitcoin Improvement Proposals 13, 173 and 350. An address tells who paid whom to everybody who can link it to a person; it
//! moves no money.

use super::base58check;

const ALPHABET: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// Whether this is an address of the main network.
pub(super) fn accepts(value: &str) -> bool {
    match value.as_bytes() {
        [b'1' | b'3', ..] if (26..=35).contains(&value.len()) => {
            base58check::payload(value).is_some_and(|bytes| bytes.len() == 21 && matches!(bytes[0], 0 | 5))
        }
        [b'b' | b'B', ..] => segwit(value),
        _ => false,
    }
}

fn segwit(value: &str) -> bool {
    let one_case = !value.bytes().any(|b| b.is_ascii_lowercase()) || !value.bytes().any(|b| b.is_ascii_uppercase());
    let lower = value.to_ascii_lowercase();
    let Some(data) = lower.strip_prefix("bc1").filter(|data| one_case && (11..=87).contains(&data.len())) else {
        return false;
    };
    let values: Option<Vec<u32>> =
        data.chars().map(|c| ALPHABET.find(c).and_then(|place| u32::try_from(place).ok())).collect();
    let Some(values) = values else { return false };
    // The prefix « bc », expanded: high bits, a zero, low bits.
    let checksum = polymod([3, 3, 0, 2, 3].into_iter().chain(values.iter().copied()));
    let Some((version, program)) = values[..values.len() - 6].split_first() else { return false };
    let bits = program.len() * 5;
    let bytes = bits / 8;
    let padding = program.last().map_or(0, |last| last & ((1 << (bits % 8)) - 1));
    let length = if *version == 0 { matches!(bytes, 20 | 32) } else { (2..=40).contains(&bytes) };
    length && bits % 8 < 5 && padding == 0 && *version <= 16 && checksum == if *version == 0 { 1 } else { 0x2bc8_30a3 }
}

fn polymod(values: impl Iterator<Item = u32>) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    values.fold(1, |sum, value| {
        let top = sum >> 25;
        let sum = (sum & 0x01ff_ffff) << 5 ^ value;
        (0..5).filter(|bit| top >> bit & 1 == 1).fold(sum, |sum, bit| sum ^ GENERATOR[bit as usize])
    })
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn published_addresses_pass() {
        for value in [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
            "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        ] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn wrong_checksums_and_mixed_case_fail() {
        for value in [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
            "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLz",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            "bc1Qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "bc1",
            "bc1qqqqqq",
            "1é",
        ] {
            assert!(!accepts(value), "{value}");
        }
    }
}
