//! What is wrong with a text that is no JSON, and where; never what it says.

use std::fmt;

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// Nothing, or nothing but white space.
    Empty,
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// A byte that the grammar does not allow here.
    UnexpectedByte,
    /// The text stops in the middle of a value.
    UnexpectedEnd,
    /// `\ud800` without its second half, or a second half alone: no character.
    LoneSurrogate,
    /// A control character in a string that is not escaped.
    ControlCharacter,
    /// A number that RFC 8259 does not allow, such as `01` or `1.`.
    BadNumber,
    /// A backslash before something else than `"\/bfnrtu`, or `\u` without four hexadecimal digits.
    BadEscape,
    /// An object that has the same key twice: readers disagree on which one counts, so none may be believed.
    DuplicateKey,
    /// More text after the value.
    TrailingBytes,
    /// 2 GiB or more: offsets are 31 bits wide.
    TooLong,
}

impl Problem {
    /// The problem in words.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Empty => "there is no JSON value",
            Self::NotUtf8 => "the bytes are not UTF-8",
            Self::UnexpectedByte => "this byte cannot stand here",
            Self::UnexpectedEnd => "the text ends in the middle of a value",
            Self::LoneSurrogate => "half of a surrogate pair stands alone",
            Self::ControlCharacter => "a control character in a string is not escaped",
            Self::BadNumber => "this is not a number as JSON writes it",
            Self::BadEscape => "this escape does not exist",
            Self::DuplicateKey => "an object has the same key twice",
            Self::TrailingBytes => "there is more after the value",
            Self::TooLong => "the text is longer than 2 GiB",
        }
    }
}

/// A text that is no JSON. Holds no text of it: keys appear in the pointer only if the Matrix specification defines them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    problem: Problem,
    at: usize,
    pointer: String,
}

impl Malformed {
    pub(super) fn new(problem: Problem, at: usize, pointer: String) -> Self {
        Self { problem, at, pointer }
    }

    /// What is wrong.
    pub fn problem(&self) -> Problem {
        self.problem
    }

    /// The byte of the text where it shows.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The value that was being read, as far as it may be told: a JSON pointer with `…` for every key that Matrix does not
    /// define and for what lies deeper than 16 levels. Empty for the whole text.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}", self.at)?;
        if !self.pointer.is_empty() {
            write!(f, " (in {})", self.pointer)?;
        }
        write!(f, ": {}", self.problem.describe())
    }
}

impl std::error::Error for Malformed {}
