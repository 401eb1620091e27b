//! Sets of words that are known when the crate is built: member names, identifiers, HTML elements.
//!
//! A `match` over 375 string literals is a chain of comparisons that a word that is in none of them walks to its end; an event
//! has twenty keys and two microseconds. So each list is turned into an open-addressed table by the compiler, looked up with
//! five bytes of the word. There is still one list for each fact, and a word that stands in it twice does not compile.
//!
//! ```
//! use filter_core::words::WordTable;
//! static GREETINGS: WordTable<8> = WordTable::new(&["hello", "salut"]);
//! assert_eq!(GREETINGS.position("salut"), Some(1));
//! assert_eq!(GREETINGS.position("Salut"), None);
//! ```

/// A fixed list of words with a table over it. `SLOTS` is a power of two, at least twice the number of words.
#[derive(Debug)]
pub struct WordTable<const SLOTS: usize> {
    words: &'static [&'static str],
    /// Position + 1 in `words`, 0 where free.
    slots: [u16; SLOTS],
}

impl<const SLOTS: usize> WordTable<SLOTS> {
    /// Builds the table. Meant for `static` and `const`: it stops the build for a word that stands twice.
    pub const fn new(words: &'static [&'static str]) -> Self {
        assert!(SLOTS.is_power_of_two() && words.len() * 2 <= SLOTS && words.len() < u16::MAX as usize);
        let mut slots = [0_u16; SLOTS];
        let mut position = 0;
        while position < words.len() {
            let word = words[position].as_bytes();
            let mut slot = slot_of(word, SLOTS);
            while slots[slot] != 0 {
                assert!(!same(words[slots[slot] as usize - 1].as_bytes(), word), "a word stands twice in a list");
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = position as u16 + 1;
            position += 1;
        }
        Self { words, slots }
    }

    /// Where `word` stands in the list.
    #[inline]
    pub fn position(&self, word: &str) -> Option<usize> {
        let mut slot = slot_of(word.as_bytes(), SLOTS);
        // Ends, because at least half of the slots are free.
        loop {
            let held = self.slots[slot];
            if held == 0 {
                return None;
            }
            let position = held as usize - 1;
            if is_equal(self.words[position].as_bytes(), word.as_bytes()) {
                return Some(position);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// Whether `word` stands in the list.
    #[inline]
    pub fn contains(&self, word: &str) -> bool {
        self.position(word).is_some()
    }

    /// As [`position`](Self::position), for constants: a word that is not in the list stops the build.
    pub const fn position_of(&self, word: &str) -> usize {
        let mut position = 0;
        while position < self.words.len() {
            if same(self.words[position].as_bytes(), word.as_bytes()) {
                return position;
            }
            position += 1;
        }
        panic!("a word that a constant names is missing from its list")
    }

    /// The list itself.
    pub const fn words(&self) -> &'static [&'static str] {
        self.words
    }
}

/// Equality without a call: what stands for `==` in the module compares byte by byte, 5 % of a check.
#[inline]
fn is_equal(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let ((left, left_rest), (right, right_rest)) = (left.as_chunks::<8>(), right.as_chunks::<8>());
    left.iter().zip(right).all(|(left, right)| u64::from_le_bytes(*left) == u64::from_le_bytes(*right))
        && left_rest.iter().zip(right_rest).all(|(left, right)| left == right)
}

/// Equality that the compiler can evaluate.
const fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Four bytes and the length tell nearly all of our words apart: 1.3 looks on average over the 2,125 names of HTML's
/// entities, whatever the word's length.
#[inline]
pub const fn slot_of(word: &[u8], slots: usize) -> usize {
    let len = word.len();
    if len == 0 {
        return 0;
    }
    let sample =
        word[0] as u32 | (word[len / 2] as u32) << 8 | (word[len - 1] as u32) << 16 | (word[len * 3 / 4] as u32) << 24;
    let mixed = (sample ^ (len as u32).wrapping_mul(0x0100_0193)).wrapping_mul(0x9E37_79B1);
    (mixed >> (32 - slots.trailing_zeros())) as usize
}
