//! One pass over the folded text that finds where rules might begin. Most messages end here.
//!
//! A rule begins at the start of a word: with one of its literals (a marking's first word, a token's prefix), or with
//! digits. The gate turns each block of 64 bytes into bit masks, picks out the word starts, hashes the first four bytes of each
//! word (fewer when the word is shorter) and asks a bitmap of 8 KiB; only what passes is compared with real literals.
//!
//! Rejected: an Aho-Corasick automaton over all literals. It reads every byte through a table that no longer fits the cache at
//! a thousand literals (1.9 ns a byte in WASM, where it has no vector search), and 100,000 terms would need a hundred megabytes.
//! Any lazily built automaton: noise makes it build states while a stranger's text is being read, 2,000 times slower.
//!
//! The price: a literal in the middle of a word is not seen, and the policy's linter says so.

mod classes;
mod hiding;
mod mixed;
mod signs;

use std::collections::BTreeMap;

use classes::{BLOCK, Classes, classify};

pub(crate) use hiding::may_hide;

use crate::text::Folded;

/// Whether a byte of folded text belongs to a word.
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte >= 0x80
}

/// A value without case, accents and separators: two spellings of one leak are one.
pub(crate) fn canonical(folded: &[u8]) -> String {
    let kept: Vec<u8> = folded.iter().copied().filter(|byte| is_word(*byte)).collect();
    String::from_utf8_lossy(&kept).into_owned()
}

/// A literal that begins at the start of a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Atom {
    /// Folded; begins with word bytes. A prefix may go on with punctuation: then its word ends there (`s//`).
    pub(crate) text: Box<[u8]>,
    /// Whether the word must end with it.
    pub(crate) whole: bool,
}

/// What the gate tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trigger {
    /// The literal whose number this is.
    Literal(u32),
    /// A number with enough digits behind it.
    Digits,
    /// So many letters, at most two separators among them, and then digits.
    Letters(u8),
    /// A run of [`LONG_WORD`] letters and digits or more.
    LongWord,
    /// What may be the name before an `@`.
    AtSign,
    /// A run of letters, digits and `<` with `<<` in it.
    Filler,
    /// The first word of what stands between spaces and has letters and digits.
    MixedWord,
}

/// What rules want the gate to look for besides literals.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// The fewest digits that a rule about numbers asks for.
    pub(crate) digits: Option<u32>,
    /// For each number of leading letters, the fewest digits that a rule asks for behind them.
    pub(crate) letters: [Option<u32>; MAX_LETTERS + 1],
    pub(crate) long_words: bool,
    pub(crate) at_signs: bool,
    pub(crate) fillers: bool,
    pub(crate) mixed_words: bool,
}

/// The most letters that a rule about letters and digits may begin with: six in an Italian tax code.
pub(crate) const MAX_LETTERS: usize = 6;

/// A Bitcoin address has 26 letters and digits at the least; the longest words of prose that are longer are few.
pub(crate) const LONG_WORD: u32 = 26;

/// A place where a rule might begin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) at: u32,
    pub(crate) trigger: Trigger,
}

/// The literals of all rules, compiled.
pub(crate) struct Gate {
    /// One bit for each hash of a word's head.
    bitmap: Box<[u64; BITMAP_WORDS]>,
    /// Open addressing by hash; `atoms` empty means a free slot.
    heads: Box<[Head]>,
    /// Whole words by head and text, then prefixes by head.
    atoms: Vec<(Atom, core::ops::Range<u32>)>,
    /// Rules of each atom, in atoms' ranges.
    literals: Vec<u32>,
    /// Digits that must stand within [`DIGIT_WINDOW`] for a number to be looked at.
    wanted: Wanted,
}

#[derive(Clone, Debug, Default)]
struct Head {
    key: u32,
    whole: core::ops::Range<u32>,
    prefix: core::ops::Range<u32>,
}

/// 8 KiB. In 2 KiB the 5,000 heads of the built-in policy set a third of the bits, and every third word of a text looked like one of them.
const BITMAP_WORDS: usize = 1024;
const BITMAP_BITS: u32 = (BITMAP_WORDS * 64).ilog2();

/// The fewest digits that a shape may ask for: with less every date would be a candidate.
pub(crate) const MIN_DIGITS: u32 = 7;

/// How far digits are counted: the longest grouped number that a rule may ask for at the least has 19 of them and 6 separators.
const DIGIT_WINDOW: u64 = 0xffff_ffff;

/// [`MAX_LETTERS`] and two separators.
const MAX_BEFORE_DIGITS: u32 = 8;

const LONG_WORD_MASK: u64 = (1 << LONG_WORD) - 1;

/// The masks of one text, reused from text to text.
#[derive(Debug, Default)]
pub(crate) struct Masks(Vec<Classes>);

impl Gate {
    /// Builds a gate from literals and the number each stands for.
    pub(crate) fn new(literals: &[(Atom, u32)], wanted: Wanted) -> Self {
        let mut by_atom: BTreeMap<Atom, Vec<u32>> = BTreeMap::new();
        for (atom, literal) in literals {
            by_atom.entry(atom.clone()).or_default().push(*literal);
        }
        let mut by_key: BTreeMap<u32, (Vec<&Atom>, Vec<&Atom>)> = BTreeMap::new();
        for atom in by_atom.keys() {
            for key in keys(atom) {
                let (whole, prefix) = by_key.entry(key).or_default();
                if atom.whole { whole.push(atom) } else { prefix.push(atom) }
            }
        }

        let mut gate = Self {
            bitmap: Box::new([0; BITMAP_WORDS]),
            heads: vec![Head::default(); (by_key.len() * 4).next_power_of_two().max(16)].into(),
            atoms: Vec::new(),
            literals: Vec::new(),
            wanted,
        };
        for (key, (whole, prefix)) in by_key {
            let whole = gate.push(&whole, &by_atom);
            let prefix = gate.push(&prefix, &by_atom);
            let bit = bitmap_bit(key);
            gate.bitmap[(bit >> 6) as usize] |= 1 << (bit & 63);
            let mut slot = gate.first_slot(key);
            while !gate.heads[slot].is_free() {
                slot = gate.next_slot(slot);
            }
            gate.heads[slot] = Head { key, whole, prefix };
        }
        gate
    }

    /// Where a head is looked for first. By as many bits of the hash as there are slots: by those of the bitmap, 16,384 at the most,
    /// the heads of 100,000 terms stood in one row that every word of a message walked along.
    fn first_slot(&self, key: u32) -> usize {
        (hash(key) >> (32 - self.heads.len().ilog2())) as usize
    }

    fn next_slot(&self, slot: usize) -> usize {
        (slot + 1) & (self.heads.len() - 1)
    }

    fn push(&mut self, atoms: &[&Atom], literals: &BTreeMap<Atom, Vec<u32>>) -> core::ops::Range<u32> {
        let start = self.atoms.len();
        for atom in atoms {
            let first = self.literals.len();
            self.literals.extend(&literals[*atom]);
            self.atoms.push(((*atom).clone(), index(first)..index(self.literals.len())));
        }
        index(start)..index(self.atoms.len())
    }

    /// Finds the candidates of a text, in order.
    pub(crate) fn candidates(&self, folded: Folded<'_>, masks: &mut Masks, candidates: &mut Vec<Candidate>) {
        candidates.clear();
        let padded = folded.padded();
        let (blocks, _) = padded.as_chunks::<BLOCK>();
        let needed = folded.bytes().len().div_ceil(BLOCK);
        masks.0.clear();
        masks.0.extend(blocks[..needed].iter().map(classify));
        // One block more, so that every look ahead finds a neighbour.
        masks.0.push(Classes::default());

        let mut carry = 0;
        for (block, pair) in masks.0.windows(2).enumerate() {
            let (here, next) = (pair[0], pair[1]);
            let mut starts = here.word & !(here.word << 1 | carry);
            carry = here.word >> 63;
            // Most blocks hold no digit, and the next one matters only where a number begins at the end of this one.
            let digits =
                if here.digit != 0 || next.digit & DIGIT_WINDOW != 0 { (here.digit, next.digit) } else { (0, 0) };
            while starts != 0 {
                let bit = starts.trailing_zeros();
                starts &= starts - 1;
                let at = block * BLOCK + bit as usize;
                let run = ahead(here.word, next.word, bit);
                let Some(head) = padded[at..].first_chunk::<4>() else { break };
                let key = u32::from_le_bytes(*head) & HEAD_MASKS[(!run & 0b1_1111).trailing_zeros().min(4) as usize];
                let hashed = bitmap_bit(key);
                if self.bitmap[(hashed >> 6) as usize] >> (hashed & 63) & 1 != 0 {
                    self.literals_at(at, key, padded, candidates);
                }
                if digits != (0, 0) {
                    let digits = ahead(digits.0, digits.1, bit);
                    self.digits_at(at, run, digits, candidates);
                    // A digit and enough letters before the next space.
                    let spaces = ahead(here.space, next.space, bit);
                    let piece = !spaces & spaces.wrapping_sub(1);
                    let letters = ahead(here.word & !here.digit, next.word & !next.digit, bit) & piece;
                    let is_mixed = digits & DIGIT_WINDOW & piece != 0 && letters.count_ones() >= mixed::LETTERS;
                    if is_mixed && self.wanted.mixed_words {
                        mixed::candidate(folded.bytes(), at, candidates);
                    }
                }
                if run & LONG_WORD_MASK == LONG_WORD_MASK && self.wanted.long_words {
                    candidates.push(Candidate { at: index(at), trigger: Trigger::LongWord });
                }
            }
        }
        if self.wanted.at_signs || self.wanted.fillers {
            signs::candidates(folded.bytes(), &self.wanted, candidates);
        }
    }

    fn digits_at(&self, at: usize, run: u64, digits: u64, candidates: &mut Vec<Candidate>) {
        let count = (digits & DIGIT_WINDOW).count_ones();
        let before = digits.trailing_zeros();
        if before == 0 {
            if self.wanted.digits.is_some_and(|fewest| count >= fewest) {
                candidates.push(Candidate { at: index(at), trigger: Trigger::Digits });
            }
        } else if before <= MAX_BEFORE_DIGITS {
            // « fr76 », « ab 12 », « rss mra 85 »: letters, and no more than two separators before the first digit.
            let letters = (run & !(u64::MAX << before)).count_ones();
            let fewest = self.wanted.letters.get(letters as usize).copied().flatten();
            if letters + 2 >= before && fewest.is_some_and(|fewest| count >= fewest) {
                #[expect(clippy::cast_possible_truncation, reason = "eight at the most")]
                candidates.push(Candidate { at: index(at), trigger: Trigger::Letters(letters as u8) });
            }
        }
    }

    #[cold]
    fn literals_at(&self, at: usize, key: u32, padded: &[u8], candidates: &mut Vec<Candidate>) {
        let mut slot = self.first_slot(key);
        let head = loop {
            let head = &self.heads[slot];
            if head.is_free() {
                return;
            }
            if head.key == key {
                break head;
            }
            slot = self.next_slot(slot);
        };
        let rest = &padded[at..];
        let mut report = |literals: &core::ops::Range<u32>| {
            for literal in &self.literals[literals.start as usize..literals.end as usize] {
                candidates.push(Candidate { at: index(at), trigger: Trigger::Literal(*literal) });
            }
        };
        let whole = &self.atoms[head.whole.start as usize..head.whole.end as usize];
        if !whole.is_empty() {
            let word = &rest[..rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len())];
            if let Ok(found) = whole.binary_search_by(|(atom, _)| (*atom.text).cmp(word)) {
                report(&whole[found].1);
            }
        }
        for (atom, literals) in &self.atoms[head.prefix.start as usize..head.prefix.end as usize] {
            if rest.starts_with(&atom.text) {
                report(literals);
            }
        }
    }
}

impl Head {
    fn is_free(&self) -> bool {
        self.whole.is_empty() && self.prefix.is_empty()
    }
}

/// The 64 bits of a class that begin at a bit of a block.
#[inline]
fn ahead(here: u64, next: u64, bit: u32) -> u64 {
    // Two shifts, since a shift by 64 is none.
    here >> bit | next << 1 << (63 - bit)
}

const HEAD_MASKS: [u32; 5] = [0, 0xff, 0xffff, 0x00ff_ffff, 0xffff_ffff];

#[inline]
fn bitmap_bit(key: u32) -> u32 {
    hash(key) >> (32 - BITMAP_BITS)
}

/// Fibonacci hashing: the high bits of the product are the well-mixed ones.
#[inline]
fn hash(key: u32) -> u32 {
    key.wrapping_mul(0x9e37_79b1)
}

/// The heads under which an atom is found: its own four bytes, or every four that a shorter prefix may begin.
fn keys(atom: &Atom) -> Vec<u32> {
    let mut head = [0; 4];
    let word = atom.text.iter().position(|byte| !is_word(*byte)).unwrap_or(atom.text.len());
    let len = word.min(4);
    head[..len].copy_from_slice(&atom.text[..len]);
    let key = u32::from_le_bytes(head);
    if atom.whole || len == 4 || word < atom.text.len() {
        return vec![key];
    }
    let mut keys = vec![key];
    for position in len..4 {
        let shorter = keys.clone();
        let completed = shorter.iter().filter(|k| k.to_le_bytes()[position - 1] != 0);
        let longer: Vec<u32> = completed
            .flat_map(|k| (0..=255u8).filter(|b| is_word(*b)).map(move |b| k | u32::from(b) << (8 * position)))
            .collect();
        keys.extend(longer);
    }
    keys
}

#[expect(clippy::cast_possible_truncation, reason = "texts are at most 64 MiB long, policies far smaller")]
fn index(n: usize) -> u32 {
    n as u32
}
