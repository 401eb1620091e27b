//! An Ethereum address: in mixed case its capitals are a checksum.
//!
//! Source: Ethereum Improvement Proposal 55. A letter is a capital where the digit of the Keccak-256 of the address in small letters is 8 or more
//! at its place. In one case it has no checksum and is taken as it is.

use sha3::{Digest, Keccak256};

/// Whether this is an address whose checksum, where it has one, holds.
pub(super) fn accepts(value: &str) -> bool {
    let Some(digits) = value.strip_prefix("0x") else { return false };
    let bytes = digits.as_bytes();
    if bytes.len() != 40 || !bytes.iter().all(u8::is_ascii_hexdigit) {
        return false;
    }
    let has = |case: fn(&u8) -> bool| bytes.iter().any(case);
    if !has(u8::is_ascii_lowercase) || !has(u8::is_ascii_uppercase) {
        return true;
    }
    let hash = Keccak256::digest(digits.to_ascii_lowercase());
    bytes.iter().enumerate().all(|(at, byte)| {
        let digit = hash[at / 2] >> (4 * (1 - at % 2)) & 15;
        byte.is_ascii_digit() || byte.is_ascii_uppercase() == (digit >= 8)
    })
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn the_examples_of_the_proposal_pass() {
        for value in [
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
            "0x52908400098527886E0F7030069857D2E4169EE7",
            "0xde709f2102306220921060314715629080e2fb77",
        ] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn a_letter_in_the_wrong_case_fails() {
        for value in [
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
            "0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0x5aAe",
            "5aAeb6",
        ] {
            assert!(!accepts(value), "{value}");
        }
    }
}
