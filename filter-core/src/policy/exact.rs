//! Exact data match: a file of keyed hashes of real values, so that a rule finds these account numbers and no others, and neither the
//! policy nor the engine's memory holds one of them.
//!
//! The file names its key and carries a check of it; the key itself is supplied by the host, under the path `key:NAME`, and is no part
//! of the policy's hash. A value is hashed as rules compare values: without case, accents and separators.
//!
//! ```
//! use filter_core::policy::exact::{self, Key};
//!
//! let key = Key::new(b"a key of 16 bytes or more").ok_or("too short")?;
//! let file = exact::file("staff", &key, ["12 345 678", "AB-98765"]).ok_or("no name for a key")?;
//! assert!(file.starts_with("tamis-exact 1\nalgorithm HMAC-SHA-256\nkey staff\ncheck "));
//! assert_eq!(file.lines().count(), 6);
//! # Ok::<(), &str>(())
//! ```

use core::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::gate::canonical;
use crate::text::FoldBuffer;

/// How the path of a key begins, under which a host is asked for it.
pub const KEY: &str = "key:";

/// The fewest bytes that a key may have: less can be tried out.
pub const SHORTEST_KEY: usize = 16;

const FORMAT: &str = "tamis-exact 1";
const ALGORITHM: &str = "HMAC-SHA-256";

/// Bytes of a hash that are kept: with a million values one in 10^32 others is taken for one of them.
const HASH_BYTES: usize = 16;

/// What is hashed to tell one key from another. It has signs in it, so that it is no value.
const CHECKED: &[u8] = b"tamis: key check";

type Hash = [u8; HASH_BYTES];

/// A key, ready to hash with. `Debug` does not show it.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl Key {
    /// `None` for a key that is too short. Spaces and line ends around it do not count, since files have them.
    #[must_use]
    pub fn new(key: &[u8]) -> Option<Self> {
        let key = key.trim_ascii();
        (key.len() >= SHORTEST_KEY).then(|| Hmac::new_from_slice(key).ok().map(Self)).flatten()
    }

    fn hash(&self, value: &[u8]) -> Hash {
        let mut mac = self.0.clone();
        mac.update(value);
        let mut hash = [0; HASH_BYTES];
        hash.copy_from_slice(&mac.finalize().into_bytes()[..HASH_BYTES]);
        hash
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

/// Writes the file of keyed hashes, sorted; `None` for a key's name that is no name (letters, digits, dashes, up to 64).
/// What has no letters or digits is left out.
#[must_use]
pub fn file<'v>(name: &str, key: &Key, values: impl IntoIterator<Item = &'v str>) -> Option<String> {
    if !is_name(name) {
        return None;
    }
    let mut fold = FoldBuffer::new();
    let values = values.into_iter().map(|value| canonical(fold.fold(value).bytes()));
    let mut hashes: Vec<Hash> =
        values.filter(|value| !value.is_empty()).map(|value| key.hash(value.as_bytes())).collect();
    hashes.sort_unstable();
    hashes.dedup();
    let mut file = format!("{FORMAT}\nalgorithm {ALGORITHM}\nkey {name}\ncheck {}\n", hex(&key.hash(CHECKED)));
    for hash in hashes {
        file.push_str(&hex(&hash));
        file.push('\n');
    }
    Some(file)
}

/// What a file says, before its key is known.
#[derive(Clone)]
pub(crate) struct Hashes {
    pub(crate) key: String,
    check: Hash,
    /// Sorted.
    hashes: Vec<Hash>,
}

/// What is wrong with a file: the line, from 1, and what to say.
pub(crate) struct Mistake {
    pub(crate) line: usize,
    pub(crate) message: String,
}

impl Hashes {
    pub(crate) fn parse(text: &str) -> Result<Self, Mistake> {
        let mut lines = text.lines().enumerate().map(|(n, line)| (n + 1, line.trim_end()));
        let mut header = |what: &str, prefix: &str| match lines.next() {
            Some((_, line)) if line.starts_with(prefix) => Ok(line[prefix.len()..].to_owned()),
            other => {
                let line = other.map_or(1, |(line, _)| line);
                Err(Mistake { line, message: format!("here should stand {what}") })
            }
        };
        let version = header("the format, `tamis-exact 1`", "tamis-exact ")?;
        let mistake = |line, message: &str| Mistake { line, message: message.to_owned() };
        if version != "1" {
            return Err(mistake(1, "this format is not known; make the file anew with `tamis policy hash`"));
        }
        let algorithm = header("the algorithm, `algorithm HMAC-SHA-256`", "algorithm ")?;
        let key = header("the name of the key, `key NAME`", "key ")?;
        let check = header("the check of the key, `check` and 32 hexadecimal digits", "check ")?;
        if algorithm != ALGORITHM {
            return Err(mistake(2, "the algorithm must be HMAC-SHA-256"));
        }
        if !is_name(&key) {
            return Err(mistake(3, "a key's name has letters, digits and dashes, up to 64 of them"));
        }
        let check = unhex(&check).ok_or_else(|| mistake(4, "the check of the key has 32 hexadecimal digits"))?;
        let mut hashes = Vec::new();
        for (line, hash) in lines.filter(|(_, line)| !line.is_empty()) {
            // The line is not quoted: it may be a value that somebody forgot to hash.
            hashes.push(unhex(hash).ok_or_else(|| mistake(line, "a hash has 32 hexadecimal digits"))?);
        }
        hashes.sort_unstable();
        Ok(Self { key, check, hashes })
    }

    pub(crate) fn with(self, key: Key) -> Option<Exact> {
        (key.hash(CHECKED) == self.check).then_some(Exact { key, hashes: self.hashes })
    }
}

/// The values that a rule finds.
#[derive(Clone)]
pub(crate) struct Exact {
    key: Key,
    hashes: Vec<Hash>,
}

impl Exact {
    /// `value`: folded, as it stands.
    pub(crate) fn has(&self, value: &[u8]) -> bool {
        self.hashes.binary_search(&self.key.hash(canonical(value).as_bytes())).is_ok()
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exact({} values)", self.hashes.len())
    }
}

fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Hash> {
    let digits = text.as_bytes();
    let mut hash = [0; HASH_BYTES];
    if digits.len() != 2 * HASH_BYTES || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(hash)
}
