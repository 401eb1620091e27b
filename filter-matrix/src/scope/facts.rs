//! What is known of a room, as a short string that a host keeps and hands back with every event.
//!
//! `1;a=open;r=0;l=1;e=m.megolm.v1.aes-sha2`: version; access (`open`, `knock`, `closed`); whether outsiders may read; whether
//! the directory lists it; the algorithm of its encryption, empty for none. The layout is fixed, so that reading it, which
//! happens for every event, allocates nothing. Facts are opaque to hosts and never travel between versions: another version asks for the state again.

use std::fmt;

/// Who can get into a room, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Only who is let in.
    Closed,
    /// Anyone may ask.
    Knock,
    /// Anyone, perhaps by joining another open room first.
    Open,
}

impl Access {
    fn word(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Knock => "knock",
            Self::Open => "open",
        }
    }
}

/// What is known of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomFacts<'a> {
    /// Who can get in.
    pub access: Access,
    /// Whether people who are not in the room can read it.
    pub readable: bool,
    /// Whether the directory lists it.
    pub listed: bool,
    /// The algorithm of its encryption. Whether that is one is for the policy to say.
    pub algorithm: Option<&'a str>,
}

/// No algorithm's name is longer. One that is, or that has other characters than names of algorithms have, is none.
const LONGEST_ALGORITHM: usize = 128;

impl<'a> RoomFacts<'a> {
    /// A room of which nothing is known. It counts as public.
    pub const fn unknown() -> RoomFacts<'static> {
        RoomFacts { access: Access::Open, readable: false, listed: false, algorithm: None }
    }

    /// Reads what [`encode`](Self::encode) wrote.
    pub fn parse(facts: &'a [u8]) -> Result<Self, MalformedFacts> {
        std::str::from_utf8(facts).ok().and_then(Self::parse_text).ok_or(MalformedFacts)
    }

    fn parse_text(facts: &'a str) -> Option<Self> {
        let rest = facts.strip_prefix("1;a=")?;
        let (word, rest) = rest.split_once(';')?;
        let access = [Access::Closed, Access::Knock, Access::Open].into_iter().find(|access| access.word() == word)?;
        let (readable, rest) = parse_flag(rest.strip_prefix("r=")?)?;
        let (listed, rest) = parse_flag(rest.strip_prefix("l=")?)?;
        let algorithm = rest.strip_prefix("e=")?;
        if !algorithm.is_empty() && !is_algorithm(algorithm) {
            return None;
        }
        Some(Self { access, readable, listed, algorithm: Some(algorithm).filter(|name| !name.is_empty()) })
    }

    /// The facts as a string. An algorithm that is no name of one is left out.
    pub fn encode(&self) -> String {
        format!(
            "1;a={};r={};l={};e={}",
            self.access.word(),
            u8::from(self.readable),
            u8::from(self.listed),
            self.algorithm.filter(|name| is_algorithm(name)).unwrap_or(""),
        )
    }
}

fn parse_flag(text: &str) -> Option<(bool, &str)> {
    let flag = match text.as_bytes().first()? {
        b'0' => false,
        b'1' => true,
        _ => return None,
    };
    Some((flag, text[1..].strip_prefix(';')?))
}

/// `m.megolm.v1.aes-sha2`: letters, digits, `.`, `-`, `_`.
fn is_algorithm(name: &str) -> bool {
    (1..=LONGEST_ALGORITHM).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

/// Facts that this version did not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedFacts;

impl fmt::Display for MalformedFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("these room facts were not made by this version of the module; classify the room again")
    }
}

impl std::error::Error for MalformedFacts {}
