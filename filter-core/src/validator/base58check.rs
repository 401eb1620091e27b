//! The checksum that Bitcoin puts behind what it writes in base58: the first four bytes of SHA-256 applied twice.
//!
//! Source: the Bitcoin wiki, Base58Check encoding.

use sha2::{Digest, Sha256};

use super::base58;

/// What stands before the checksum, if that holds.
pub(super) fn payload(text: &str) -> Option<Vec<u8>> {
    // Each leading 1 is a zero byte.
    let mut bytes = vec![0; text.bytes().take_while(|byte| *byte == b'1').count()];
    bytes.extend(base58::decode(text.as_bytes())?);
    let checksum = bytes.split_off(bytes.len().checked_sub(4)?);
    (Sha256::digest(Sha256::digest(&bytes))[..4] == *checksum).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::payload;

    #[test]
    fn the_first_address_decodes() {
        let payload = payload("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
        assert_eq!(payload.map(|bytes| (bytes.len(), bytes[0])), Some((21, 0)));
    }

    #[test]
    fn what_is_too_short_or_wrong_has_no_payload() {
        for text in ["", "1", "abc", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "0OIl", "é"] {
            assert_eq!(payload(text), None, "{text}");
        }
    }
}
