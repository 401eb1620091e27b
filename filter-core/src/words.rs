//! Sets of words that are known when the crate is built: member names, identifiers, HTML elements.
//!
//! A `match` over 375 string literals is a chain of comparisons that a word that is in none of them walks to its end; an event
//! has twenty keys and two microseconds. So each list is turned into an open-addressed table by the compiler, looked up with
//! the ends of the word: two loads, no loop. There is still one list for each fact, and a word that stands in it twice does not compile.
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
    slots: [Slot; SLOTS],
}

/// A word by its ends and length, which are all of it up to sixteen bytes: then the look-up need not read the word itself.
#[derive(Clone, Copy, Debug)]
struct Slot {
    ends: (u64, u64),
    len: u16,
    /// Position + 1 in the list, 0 where free.
    number: u16,
}

impl<const SLOTS: usize> WordTable<SLOTS> {
    /// Builds the table. Meant for `static` and `const`: it stops the build for a word that stands twice.
    pub const fn new(words: &'static [&'static str]) -> Self {
        assert!(SLOTS.is_power_of_two() && words.len() * 2 <= SLOTS && words.len() < u16::MAX as usize);
        let mut slots = [Slot { ends: (0, 0), len: 0, number: 0 }; SLOTS];
        let mut position = 0;
        while position < words.len() {
            let word = words[position].as_bytes();
            let ends = ends(word);
            let mut slot = slot_of_ends(ends, word.len(), SLOTS);
            while slots[slot].number != 0 {
                assert!(
                    !same(words[slots[slot].number as usize - 1].as_bytes(), word),
                    "a word stands twice in a list"
                );
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = Slot { ends, len: word.len() as u16, number: position as u16 + 1 };
            position += 1;
        }
        Self { words, slots }
    }

    /// Where `word` stands in the list.
    #[inline]
    pub fn position(&self, word: &str) -> Option<usize> {
        let word = word.as_bytes();
        let ends = ends(word);
        let mut slot = slot_of_ends(ends, word.len(), SLOTS);
        // Ends, because at least half of the slots are free.
        loop {
            let held = &self.slots[slot];
            if held.number == 0 {
                return None;
            }
            let position = held.number as usize - 1;
            if held.ends == ends
                && held.len as usize == word.len()
                && (word.len() <= 2 * HALF || is_equal(self.words[position].as_bytes(), word))
            {
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

const HALF: usize = size_of::<u64>();

/// The first eight bytes of a word and its last eight, which overlap in a word of up to fifteen; four each where it has fewer than eight.
#[inline]
const fn ends(word: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        return (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        return (u32::from_le_bytes(*first) as u64, u32::from_le_bytes(*last) as u64);
    }
    match *word {
        [] => (0, 0),
        [one] => (one as u64, 0),
        [one, two] => (one as u64, two as u64),
        [one, two, ..] => (one as u64 | (two as u64) << 8, word[word.len() - 1] as u64),
    }
}

/// 1.3 looks on average over the members' names.
#[inline]
const fn slot_of_ends((first, last): (u64, u64), len: usize, slots: usize) -> usize {
    let mixed = (first ^ last.rotate_left(23) ^ len as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> (u64::BITS - slots.trailing_zeros())) as usize
}

/// Equality without a call: what stands for `==` in the module compares byte by byte, 5 % of a check.
#[inline]
fn is_equal(left: &[u8], right: &[u8]) -> bool {
    let ((left, _), (right, _)) = (left.as_chunks::<HALF>(), right.as_chunks::<HALF>());
    // The caller has compared the lengths and the ends.
    left.iter().zip(right).all(|(left, right)| u64::from_le_bytes(*left) == u64::from_le_bytes(*right))
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
