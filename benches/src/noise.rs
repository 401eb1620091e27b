//! Text that no engine has seen before and no rule is about, in the alphabets in which rules look for values.
//!
//! Any stranger can send this, and it is what engines that build automata while they read are slowest on: nothing in it
//! repeats. By chance it holds a value whose checksum is right now and then, so nothing is promised about its findings but
//! that native and WASM find the same ones.

use crate::random::{BASE62, CAPITALS, DIGITS, Random, SMALL};

/// What the noise is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noise {
    /// Numbers of 5 to 24 digits.
    Digits,
    /// Digits in groups of 2 to 4 with a space, dash or dot between them: account and card numbers as people write them.
    GroupedDigits,
    /// Words of capitals.
    Capitals,
    /// Tokens of 16 to 48 letters and digits.
    Tokens,
    /// Words of small letters.
    SmallLetters,
    /// Two capitals, two digits, then either, as account numbers begin.
    LettersDigits,
    /// A word of each kind in turn.
    Mixed,
}

impl Noise {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Digits,
        Self::GroupedDigits,
        Self::Capitals,
        Self::Tokens,
        Self::SmallLetters,
        Self::LettersDigits,
        Self::Mixed,
    ];

    /// For tables and the names of benches.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Digits => "digits",
            Self::GroupedDigits => "grouped digits",
            Self::Capitals => "capitals",
            Self::Tokens => "tokens",
            Self::SmallLetters => "small letters",
            Self::LettersDigits => "letters and digits",
            Self::Mixed => "mixed",
        }
    }

    /// `bytes` bytes, ASCII.
    #[must_use]
    pub fn text(self, random: &mut Random, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes + 64);
        while text.len() < bytes {
            if !text.is_empty() {
                text.push(' ');
            }
            self.word(random, &mut text);
        }
        text.truncate(bytes);
        text
    }

    fn word(self, random: &mut Random, text: &mut String) {
        match self {
            Self::Digits => {
                let digits = random.between(5, 24);
                text.push_str(&random.letters(DIGITS, digits));
            }
            Self::GroupedDigits => {
                let separator = *random.pick(&[' ', ' ', '-', '.']);
                for n in 0..random.between(3, 7) {
                    if n > 0 {
                        text.push(separator);
                    }
                    let digits = random.between(2, 4);
                    text.push_str(&random.letters(DIGITS, digits));
                }
            }
            Self::Capitals => {
                let letters = random.between(1, 12);
                text.push_str(&random.letters(CAPITALS, letters));
            }
            Self::Tokens => {
                let letters = random.between(16, 48);
                text.push_str(&random.letters(BASE62, letters));
            }
            Self::SmallLetters => {
                let letters = random.between(1, 12);
                text.push_str(&random.letters(SMALL, letters));
            }
            Self::LettersDigits => {
                text.push_str(&random.letters(CAPITALS, 2));
                text.push_str(&random.letters(DIGITS, 2));
                let letters = random.between(0, 26);
                text.push_str(&random.letters(&BASE62[..36], letters));
            }
            Self::Mixed => {
                let kinds = &Self::ALL[..6];
                random.pick(kinds).word(random, text);
            }
        }
    }
}
