//! CRC-32 as in Ethernet, gzip and PNG: the checksum inside the tokens of GitHub, npm and Matrix.
//!
//! Source: IEEE 802.3; polynomial 0x04C11DB7, reflected. One table of 256 words, built by the compiler; a token has 40 bytes, so
//! the eight-table variants would only cost memory.

const TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        // A const fn has no iterators yet.
        let mut rest = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            rest = if rest & 1 == 1 { (rest >> 1) ^ 0xEDB8_8320 } else { rest >> 1 };
            bit += 1;
        }
        table[byte] = rest;
        byte += 1;
    }
    table
}

/// The checksum of the bytes.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |rest: u32, byte| TABLE[usize::from(rest.to_le_bytes()[0] ^ byte)] ^ (rest >> 8))
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn the_standards_check_value() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn nothing_is_zero() {
        assert_eq!(crc32(b""), 0);
    }
}
