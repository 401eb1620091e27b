//! The gated engine against the plain definition of every rule, run over the whole text.
//!
//! [`Plain`] is a second engine for the same policy. It knows no gate: patterns are searched from left to right by a general regular
//! expression, phrases are regular expressions of their own, shapes are tried at every start of a word by collecting groups first and
//! asking questions later. `compare` holds what it finds against what `Engine::explain` tells of the gated engine.
//!
//! What is compared: every place of every rule that reaches the weighing of markings or the evidence of other rules, by rule and
//! span in the message as it was sent, in the text as it stands and rewritten by the layers. What follows (scores, contexts,
//! exceptions, counts, what covers what, the action) is a function of those and of the text, so that equal places make equal findings.
//!
//! What it proves: the gate, the literals that patterns begin with, the dense automata, the tables of phrases and shapes, the order
//! of candidates and what is taken, the cheap question whether a text may hide something, and the choice of candidates near
//! constructs lose nothing and add nothing. What it does not: fold, layers, validators, the grammars' reading of one place and all
//! scoring are shared, and the policy's text is read once; their own tests answer for them.

mod difference;
mod marking;
mod messages;
mod pattern;
mod phrase;
mod plain;
mod shape;

pub use difference::{Comparison, Difference};
pub use messages::{Message, Messages};
pub use plain::Plain;

/// Whether a byte of folded text belongs to a word.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte >= 0x80
}

/// Whether a word of folded text begins at a place.
fn word_begins(text: &[u8], at: usize) -> bool {
    text.get(at).is_some_and(|byte| is_word(*byte)) && (at == 0 || !is_word(text[at - 1]))
}

/// A regular expression over bytes, as rules write them.
fn expression(pattern: &str) -> regex_automata::meta::Regex {
    use regex_automata::{meta::Regex, util::syntax};
    Regex::builder()
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .configure(Regex::config().utf8_empty(false))
        .build(pattern)
        .expect("the policy has loaded, and what is built of its phrases is escaped")
}
