//! The built-in rules as plain regular expressions, for `regex::RegexSet`: what a filter without an engine of its own would run.
//!
//! Written from the policy's own rules, so that both sides look for the same things, in the form that is best for the peer: bytes,
//! ASCII classes and word boundaries (Unicode's are four times slower), one alternative for each accent, letter
//! case left open where the engine leaves it open. What a set cannot do is left out, in its favour: scores, context words, check
//! digits, look-alikes, places. It answers « which rules may stand in this text », and no more.
//!
//! Must not know how the engine does it.

use std::fmt::Write as _;

use filter_core::policy::ResolvedRule;
use filter_core::policy::model::{Kind, MarkingRule, ShapeRule, View};
use regex::bytes::{RegexSet, RegexSetBuilder};

/// How much a lazily built automaton may remember.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// What `RegexSet::new` gives: 2 MiB.
    Default,
    /// 64 MiB, which a server could afford for each thread.
    Large,
}

/// A set of the rules' patterns, with an empty cache.
///
/// # Errors
/// When a pattern is refused, which would be a mistake of this file.
pub fn set(rules: &[ResolvedRule], memory: Memory) -> Result<RegexSet, regex::Error> {
    let mut builder = RegexSetBuilder::new(patterns(rules));
    builder.unicode(false).size_limit(1 << 30);
    if memory == Memory::Large {
        builder.dfa_size_limit(64 << 20);
    }
    builder.build()
}

/// One pattern for each rule.
#[must_use]
pub fn patterns(rules: &[ResolvedRule]) -> Vec<String> {
    rules
        .iter()
        .filter_map(|resolved| match &resolved.rule.kind {
            Kind::Marking(marking) => Some(self::marking(marking)),
            Kind::Pattern(pattern) => {
                let case = if pattern.view == View::Folded { "(?i)" } else { "" };
                Some(format!("{case}(?:{})(?:{})", pattern.prefix.as_deref().unwrap_or(""), pattern.pattern))
            }
            Kind::Shape(shape) => Some(self::shape(shape)),
            Kind::Terms(terms) => {
                let phrases: Vec<String> = terms.terms.iter().chain(&resolved.terms).map(|term| phrase(term)).collect();
                Some(format!("(?i:{})", phrases.join("|")))
            }
            Kind::Combination(_) | Kind::File(_) => None,
        })
        .collect()
}

fn marking(marking: &MarkingRule) -> String {
    let phrases = marking.phrases.iter().map(|written| format!("(?i:{})", phrase(written)));
    let abbreviations = marking.abbreviations.iter().map(|written| phrase(written));
    let alternatives: Vec<String> = phrases.chain(abbreviations).collect();
    alternatives.join("|")
}

/// What may stand between two words, as the engine reads them.
const SEPARATORS: &str = r#"[ \t\r\n_.*~'">|`/-]{1,8}"#;

fn phrase(written: &str) -> String {
    let mut pattern = String::from(r"\b");
    let mut after_punctuation = true;
    for word in written.split_whitespace() {
        let punctuation = matches!(word, ":" | "/" | "+");
        if punctuation {
            let _ = write!(pattern, r"[ \t]*{}[ \t]*", regex::escape(word));
        } else {
            if !after_punctuation {
                pattern.push_str(SEPARATORS);
            }
            let word = word.replace("(s)", "\u{1}");
            let choices: Vec<String> = word.split('|').map(letters).collect();
            let _ = write!(pattern, "(?:{})", choices.join("|"));
        }
        after_punctuation = punctuation;
    }
    if written.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')') {
        pattern.push_str(r"\b");
    }
    pattern
}

fn letters(word: &str) -> String {
    let mut pattern = String::new();
    for c in word.chars() {
        match c {
            '\u{1}' => pattern.push_str("s?"),
            'e' | 'é' | 'è' | 'ê' => pattern.push_str("(?:e|é|è|ê|ë|É|È|Ê|Ë)"),
            'a' | 'à' | 'â' => pattern.push_str("(?:a|à|â|À|Â)"),
            'c' | 'ç' => pattern.push_str("(?:c|ç|Ç)"),
            'i' | 'î' | 'ï' => pattern.push_str("(?:i|î|ï|Î|Ï)"),
            'o' | 'ô' => pattern.push_str("(?:o|ô|Ô)"),
            'u' | 'ù' | 'û' => pattern.push_str("(?:u|ù|û|ü|Ù|Û|Ü)"),
            c => pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    pattern
}

/// `AADDX{11,30}` and its groups.
fn shape(shape: &ShapeRule) -> String {
    const SEPARATOR: &str = "[ ./-]";
    let (classes, min) = classes(&shape.shape);
    let mut alternatives = vec![sequence(&classes, min, "")];
    match shape.groups.as_slice() {
        [any] if any == "any" || any == "free" => alternatives.push(sequence(&classes, min, "[ ./-]?")),
        lists => {
            for list in lists {
                let mut at = 0;
                let groups = list.split_whitespace().filter_map(|length| length.parse::<usize>().ok()).map(|length| {
                    let end = (at + length).min(classes.len());
                    let group = sequence(&classes[at..end], end - at, "");
                    at = end;
                    group
                });
                alternatives.push(groups.collect::<Vec<_>>().join(SEPARATOR));
            }
        }
    }
    format!(r"\b(?:{})\b", alternatives.join("|"))
}

/// Runs of one class as counted repetitions; what stands behind `min` is optional.
fn sequence(classes: &[char], min: usize, between: &str) -> String {
    let mut pattern = String::new();
    let mut at = 0;
    while at < classes.len() {
        let run = classes[at..].iter().take_while(|class| **class == classes[at]).count();
        let class = match classes[at] {
            'A' => "[A-Za-z]",
            'D' => "[0-9]",
            _ => "[0-9A-Za-z]",
        };
        let least = min.saturating_sub(at).min(run);
        let _ = write!(pattern, "(?:{class}{between}){{{least},{run}}}");
        at += run;
    }
    pattern
}

fn classes(shape: &str) -> (Vec<char>, usize) {
    let (mut classes, mut min) = (Vec::new(), 0);
    let mut rest = shape.chars().peekable();
    while let Some(class) = rest.next() {
        let (mut least, mut most) = (1, 1);
        if rest.next_if_eq(&'{').is_some() {
            let counts: String = rest.by_ref().take_while(|c| *c != '}').collect();
            let (from, to) = counts.split_once(',').unwrap_or((&counts, &counts));
            least = from.parse().unwrap_or(1);
            most = to.parse().unwrap_or(least);
        }
        classes.extend(std::iter::repeat_n(class, most));
        min += least;
    }
    (classes, min)
}
