//! Places that a sign gives away and no word: mail addresses by their `@`, the machine-readable lines of passports by their `<<`.
//!
//! A pass of its own, with `memchr`: both signs are rare, and a third mask for each block would cost every message more.

use super::{Candidate, Trigger, Wanted, index, is_word};

/// The name before the `@` of a mail address has 64 characters at the most.
const LONGEST_NAME: usize = 64;

/// Adds the candidates of a folded text.
pub(super) fn candidates(text: &[u8], wanted: &Wanted, candidates: &mut Vec<Candidate>) {
    // Where the last run of fillers ends: one candidate a run, or a line of `<` would be read from each of its characters.
    let mut read = 0;
    for at in memchr::memchr2_iter(b'@', b'<', text) {
        if text[at] == b'@' {
            let name = text[..at].iter().rev().take(LONGEST_NAME).take_while(|byte| is_name(**byte)).count();
            if wanted.at_signs && name > 0 && text.get(at + 1).is_some_and(|byte| is_word(*byte)) {
                candidates.push(Candidate { at: index(at - name), trigger: Trigger::AtSign });
            }
        } else if wanted.fillers && at >= read && text.get(at + 1) == Some(&b'<') {
            let before = text[read..at].iter().rev().take_while(|byte| is_line(**byte)).count();
            read = at + text[at..].iter().take_while(|byte| is_line(**byte)).count();
            candidates.push(Candidate { at: index(at - before), trigger: Trigger::Filler });
        }
    }
}

fn is_name(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-')
}

fn is_line(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'<'
}
