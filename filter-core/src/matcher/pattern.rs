//! Regular expressions, fully built before the first message, run from known starting points only.
//!
//! A dense DFA, anchored, over bytes: no state is ever built while a stranger's text is being read, and no text makes it slower
//! than one table look-up a byte. Where it may start comes from its own literals, which the gate looks for.
//!
//! Rejected: `regex::Regex` and `RegexSet`. Their lazily built DFA is as fast on ordinary text, and 2,000 times slower on random digits and
//! letters, which any stranger can send.

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};
use regex_syntax::hir::{Capture, Class, Hir, HirKind, Repetition, literal::Extractor};

use crate::gate::{Atom, is_word};
use crate::policy::model::{PatternRule, PatternStart};
use crate::text::FoldBuffer;

/// A compiled pattern with its optional prefix.
#[derive(Debug)]
pub(crate) struct Pattern {
    prefix: Option<Anchor>,
    value: Anchor,
    /// How many bytes before a match, on its line, are given to the validator with it: « j'ai mis … comme mot de passe ».
    lookback: usize,
}

#[derive(Debug)]
struct Anchor {
    dfa: dense::DFA<Vec<u32>>,
    /// The most bytes a match may have. The rule says so, and without it a flood of `mdp=mdp=mdp=…` would be read again and
    /// again from each of its places.
    max: usize,
}

/// A literal at which the pattern may start.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Literal {
    /// What the gate looks for.
    pub(crate) atom: Atom,
    /// How many bytes of the match stand before it (`-----` before `begin`).
    pub(crate) lead: usize,
}

/// The most that a rule may say. A private key of 4,096 bits has 3,300 bytes in its armour.
pub(crate) const MAX_BYTES: u32 = 4096;

/// One pattern's automaton. The largest of the built-in ones has 60 KiB.
const MAX_DFA_BYTES: usize = 2 << 20;

/// Why a pattern cannot be compiled.
#[derive(Debug)]
pub(crate) struct PatternError {
    pub(crate) key: &'static str,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

impl Pattern {
    /// The pattern, and the literals at which it may start; none where it starts otherwise.
    pub(crate) fn compile(written: &PatternRule, fold: &mut FoldBuffer) -> Result<(Self, Vec<Literal>), PatternError> {
        let PatternRule { pattern, longest, start, .. } = written;
        let (prefix, longest) = (written.prefix.as_deref(), *longest);
        // Without a validator nothing would take the value out of what stands before.
        let lookback = written.validator.as_ref().map_or(0, |_| written.lookback.min(MAX_BYTES) as usize);
        if *start != PatternStart::Literal {
            let prefix = prefix.map(|prefix| anchor("prefix", prefix, longest)).transpose()?;
            return Ok((Self { prefix, value: anchor("pattern", pattern, longest)?, lookback }, Vec::new()));
        }
        let (key, first) = prefix.map_or(("pattern", pattern.as_str()), |prefix| ("prefix", prefix));
        let literals = literals(&parse(key, first)?, fold).map_err(|message| PatternError {
            key,
            code: "no-literal",
            message,
            help: "begin it with literals of three or more letters or digits at the start of a word, or write a `prefix` that does",
        })?;
        let prefix = prefix.map(|prefix| anchor("prefix", prefix, longest)).transpose()?;
        Ok((Self { prefix, value: anchor("pattern", pattern, longest)?, lookback }, literals))
    }

    /// How far before its literal the pattern reads, in bytes.
    pub(crate) fn lookback(&self) -> usize {
        self.lookback
    }

    /// What its automata take.
    pub(crate) fn bytes(&self) -> usize {
        self.prefix.iter().chain([&self.value]).map(|anchor| anchor.dfa.memory_usage()).sum()
    }

    /// The value that begins at a place (behind the prefix, where there is one), with as much of what stands before it as the
    /// validator reads.
    pub(crate) fn value_at(&self, text: &[u8], at: usize) -> Option<core::ops::Range<usize>> {
        let start = match &self.prefix {
            Some(prefix) => prefix.end_at(text, at)?,
            None => at,
        };
        let end = self.value.end_at(text, start)?;
        (end > start).then(|| self.begins(text, at).unwrap_or(start)..end)
    }

    pub(crate) fn has_prefix(&self) -> bool {
        self.prefix.is_some()
    }

    /// A glance at the first bytes: whether anything may begin there. « est » is no recovery key, which begins with `EsT`.
    pub(crate) fn may_begin(&self, text: &[u8], at: usize) -> bool {
        self.prefix.as_ref().unwrap_or(&self.value).may_begin(text, at)
    }

    /// Where the prefix ends that begins at a place of folded text: names are read in any disguise, values as they stand.
    pub(crate) fn prefix_end(&self, folded: &[u8], at: usize) -> Option<usize> {
        self.prefix.as_ref().filter(|_| self.lookback == 0)?.end_at(folded, at)
    }

    /// The value that begins at a place, whatever stands before it.
    pub(crate) fn value_from(&self, text: &[u8], start: usize) -> Option<core::ops::Range<usize>> {
        let end = self.value.end_at(text, start)?;
        (end > start).then_some(start..end)
    }

    /// Where the text before a match begins that the validator reads too.
    fn begins(&self, text: &[u8], at: usize) -> Option<usize> {
        let earliest = at.checked_sub(self.lookback.min(at)).filter(|_| self.lookback > 0)?;
        let line =
            text[earliest..at].iter().rposition(|byte| *byte == b'\n').map_or(earliest, |end| earliest + end + 1);
        // Not within a character: bytes that go on with one begin with 10.
        (line..=at).find(|place| text.get(*place).is_none_or(|byte| byte & 0xC0 != 0x80))
    }
}

impl Anchor {
    /// Whether the automaton lives through the first few bytes: `https://` and what goes on as no hook does, a date that is no phone number.
    fn may_begin(&self, text: &[u8], at: usize) -> bool {
        const GLANCE: usize = 16;
        let Some(mut state) = self.dfa.universal_start_state(Anchored::Yes) else { return true };
        for byte in text.iter().skip(at).take(GLANCE) {
            state = self.dfa.next_state(state, *byte);
            if self.dfa.is_special_state(state) {
                return !self.dfa.is_dead_state(state);
            }
        }
        true
    }

    fn end_at(&self, text: &[u8], at: usize) -> Option<usize> {
        let end = text.len().min(at.checked_add(self.max)?);
        if at > end {
            return None;
        }
        let input = Input::new(text).range(at..end).anchored(Anchored::Yes);
        // The search can only fail for quit bytes, of which these automata have none; not to find is then right.
        self.dfa.try_search_fwd(&input).ok().flatten().map(|half| half.offset())
    }
}

/// One automaton for expressions that may match anywhere in a short text.
pub(crate) fn anywhere(key: &'static str, patterns: &[String]) -> Result<dense::DFA<Vec<u32>>, Vec<PatternError>> {
    let mut errors: Vec<PatternError> = patterns.iter().filter_map(|pattern| parse(key, pattern).err()).collect();
    if errors.is_empty() {
        let built = dense::Builder::new()
            .configure(
                dense::Config::new()
                    .start_kind(StartKind::Unanchored)
                    .dfa_size_limit(Some(MAX_DFA_BYTES))
                    .determinize_size_limit(Some(4 * MAX_DFA_BYTES)),
            )
            .thompson(regex_automata::nfa::thompson::Config::new().utf8(false).nfa_size_limit(Some(MAX_DFA_BYTES)))
            .syntax(syntax_config())
            .build_many(patterns);
        match built {
            Ok(dfa) => return Ok(dfa),
            Err(_) => errors.push(too_large(key)),
        }
    }
    Err(errors)
}

/// Whether what [`anywhere`] made matches somewhere in a text.
pub(crate) fn is_in(dfa: &dense::DFA<Vec<u32>>, text: &[u8]) -> bool {
    dfa.try_search_fwd(&Input::new(text).earliest(true)).is_ok_and(|found| found.is_some())
}

fn too_large(key: &'static str) -> PatternError {
    PatternError {
        key,
        code: "too-large",
        message: format!("its automaton would take more than {} KiB", MAX_DFA_BYTES / 1024),
        help: "use shorter repetitions, or fewer alternatives",
    }
}

fn syntax_config() -> syntax::Config {
    syntax::Config::new().unicode(false).utf8(false).nest_limit(64)
}

fn parse(key: &'static str, pattern: &str) -> Result<Hir, PatternError> {
    syntax::parse_with(pattern, &syntax_config()).map_err(|error| PatternError {
        key,
        code: "bad-regex",
        message: format!("this is no regular expression: {}", last_line(&error.to_string())),
        help: "the syntax is that of the Rust crate `regex`, over bytes: no look-around, no back-references",
    })
}

fn last_line(message: &str) -> String {
    let line = message.lines().last().unwrap_or(message).trim();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

fn anchor(key: &'static str, pattern: &str, longest: u32) -> Result<Anchor, PatternError> {
    let hir = parse(key, pattern)?;
    let max = hir.properties().maximum_len().unwrap_or(usize::MAX).min(longest as usize);
    if hir.properties().maximum_len() == Some(0) {
        return Err(PatternError {
            key,
            code: "bad-regex",
            message: "it can only match nothing".to_owned(),
            help: "write what the value looks like",
        });
    }
    let dfa = dense::Builder::new()
        .configure(
            dense::Config::new()
                .start_kind(StartKind::Anchored)
                .dfa_size_limit(Some(MAX_DFA_BYTES))
                .determinize_size_limit(Some(4 * MAX_DFA_BYTES)),
        )
        .thompson(regex_automata::nfa::thompson::Config::new().utf8(false).nfa_size_limit(Some(MAX_DFA_BYTES)))
        .syntax(syntax_config())
        .build(pattern)
        .map_err(|_| too_large(key))?;
    Ok(Anchor { dfa, max })
}

/// The literals of a rule that compiles, without its automata.
pub(crate) fn literals_of(written: &PatternRule, fold: &mut FoldBuffer) -> Vec<Literal> {
    let first = written.prefix.as_deref().unwrap_or(&written.pattern);
    parse("pattern", first).ok().and_then(|hir| literals(&hir, fold).ok()).unwrap_or_default()
}

/// The literals that every match begins with, as the gate can look for them.
fn literals(hir: &Hir, fold: &mut FoldBuffer) -> Result<Vec<Literal>, String> {
    let mut extractor = Extractor::new();
    extractor.limit_total(1024).limit_literal_len(24).limit_class(16).limit_repeat(8);
    let prefixes = extractor.extract(&lower_case(hir));
    let Some(prefixes) = prefixes.literals().filter(|literals| !literals.is_empty()) else {
        return Err(
            "it does not begin with literals, so that every word of every message would have to be tried".to_owned()
        );
    };
    let mut literals = Vec::new();
    for prefix in prefixes {
        let text = String::from_utf8_lossy(prefix.as_bytes());
        let folded = fold.fold(&text).bytes().to_vec();
        let lead = lead(&folded);
        let word: Box<[u8]> = folded[lead..].iter().copied().take_while(|byte| is_word(*byte)).collect();
        let whole = lead + word.len() < folded.len();
        // « $6$ » is enough, « 6 » is not: signs on both sides are rare.
        let least = match (whole, lead) {
            (true, 1..) => 1,
            (true, 0) => 2,
            (false, _) => 3,
        };
        if word.len() < least {
            let shown: String = text.chars().take(24).collect();
            return Err(format!("it may begin with `{shown}`, which is too little to look for"));
        }
        literals.push(Literal { atom: Atom { text: word, whole }, lead });
    }
    literals.sort();
    literals.dedup();
    // « pass » stands for « passwd » and « password » too: a rule asked once at a place is asked once.
    let all: Vec<(Atom, usize)> = literals.iter().map(|literal| (literal.atom.clone(), literal.lead)).collect();
    literals.retain(|literal| {
        !all.iter().any(|(atom, lead)| {
            !atom.whole && *lead == literal.lead && *atom != literal.atom && literal.atom.text.starts_with(&atom.text)
        })
    });
    Ok(literals)
}

/// How much of a literal stands before the word to look for: signs, and the scheme of an address whose host is known. A message with a
/// link has `https` in it, of a hundred none leads to `hooks`.
fn lead(folded: &[u8]) -> usize {
    let is_long = |from: usize| folded[from..].iter().take_while(|byte| is_word(**byte)).count() >= 3;
    let schemes = ["https://", "http://"].map(str::as_bytes);
    let scheme = schemes.into_iter().find(|scheme| folded.starts_with(scheme)).map(<[u8]>::len);
    scheme
        .filter(|scheme| is_long(*scheme))
        .unwrap_or_else(|| folded.iter().take_while(|byte| !is_word(**byte)).count())
}

/// The same expression in lower case. The gate reads folded text, so that case is no matter to it, and « (?i)mot de passe »
/// has two thousand spellings otherwise, of which the extractor keeps three letters.
fn lower_case(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Literal(literal) => Hir::literal(literal.0.to_ascii_lowercase()),
        HirKind::Class(class) => one_letter(class).map_or_else(|| hir.clone(), |letter| Hir::literal([letter])),
        HirKind::Repetition(repetition) => {
            Hir::repetition(Repetition { sub: Box::new(lower_case(&repetition.sub)), ..repetition.clone() })
        }
        HirKind::Capture(capture) => {
            Hir::capture(Capture { sub: Box::new(lower_case(&capture.sub)), ..capture.clone() })
        }
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(lower_case).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(lower_case).collect()),
        HirKind::Empty | HirKind::Look(_) => hir.clone(),
    }
}

/// The letter of a class that holds nothing but its two cases.
fn one_letter(class: &Class) -> Option<u8> {
    let Class::Bytes(class) = class else {
        return None;
    };
    let mut letters = class.ranges().iter().flat_map(|range| range.start()..=range.end());
    let (first, second) = (letters.next()?, letters.next()?);
    let only = letters.next().is_none() && first.is_ascii_uppercase() && first.to_ascii_lowercase() == second;
    only.then_some(second)
}
