//! United States banner lines and portion marks, and what other governments write in the same form.
//!
//! classification // SCI // SAP // AEA // FGI // dissemination // non-IC; `/` parts the values of one category. What is not
//! of the United States begins with `//`: `//DEU SECRET`, `//JOINT SECRET CAN GBR USA`, `(//NS//ATOMAL)`. People write one slash,
//! spaces or underscores instead; then a word that means nothing else (NOFORN, ORCON, REL TO USA) must be among the values.

use super::Parsed;
use super::capco_values::{self, Value};
use super::countries;
use super::cursor::{Cursor, last_word, trim_spaces, with_brackets};
use crate::gate::is_word;
use crate::text::Folded;

/// « s » and « c » are words of French and English, so the gate asks for what stands behind them as well.
pub(super) const HEADS: &[&str] = &[
    "top",
    "secret",
    "confidential",
    "unclassified",
    "restricted",
    "ts",
    "s/",
    "c/",
    "u/",
    "r/",
    "s)",
    "c)",
    "cts",
    "ctsa",
    "nsat",
    "nca",
    "ns/",
    "ns)",
    "nc/",
    "nc)",
    "nr/",
    "nr)",
    "s_",
    "c_",
    "s-",
    "c-",
];

/// A word of classification.
struct Level {
    words: &'static str,
    level: u8,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Long,
    /// As in portion marks.
    Short,
    /// NATO's, in a portion mark; what it says besides.
    Nato(&'static str),
}

const fn level(words: &'static str, level: u8, kind: Kind) -> Level {
    Level { words, level, kind }
}

const LEVELS: &[Level] = &[
    level("top secret", 4, Kind::Long),
    level("secret", 3, Kind::Long),
    level("confidential", 2, Kind::Long),
    level("restricted", 1, Kind::Long),
    level("unclassified", 0, Kind::Long),
    level("ts", 4, Kind::Short),
    level("s", 3, Kind::Short),
    level("c", 2, Kind::Short),
    level("r", 1, Kind::Short),
    level("u", 0, Kind::Short),
    level("cts", 4, Kind::Nato("")),
    level("ctsa", 4, Kind::Nato("atomal")),
    level("ns", 3, Kind::Nato("")),
    level("nsat", 3, Kind::Nato("atomal")),
    level("nc", 2, Kind::Nato("")),
    level("nca", 2, Kind::Nato("atomal")),
    level("nr", 1, Kind::Nato("")),
];

pub(super) fn parse(text: Folded<'_>, at: usize) -> Option<Parsed> {
    read(text, at).filter(|parsed| parsed.issuer != "nato")
}

/// NATO's own, which are written by the same rules: `//NATO SECRET//ATOMAL`, `(//NS)`.
pub(super) fn parse_nato(text: Folded<'_>, at: usize) -> Option<Parsed> {
    read(text, at).filter(|parsed| parsed.issuer == "nato")
}

fn read(text: Folded<'_>, at: usize) -> Option<Parsed> {
    let mut cursor = Cursor::new(text, at);
    let level = LEVELS.iter().find(|level| cursor.eat_words(level.words))?;
    let word = at..cursor.at;
    let origin = origin(text, at)?;
    let is_capital = cursor.is_capital(origin.start..cursor.at);
    let opens = trim_spaces(&text.bytes()[..origin.start]).last() == Some(&b'(');

    let mut marking = Marking { issuer: origin.issuer, level: level.level, caveats: Vec::new() };
    if let Kind::Nato(caveat) = level.kind {
        if !origin.is_marked {
            return None;
        }
        marking.issuer = Some("nato");
        marking.caveats.extend((!caveat.is_empty()).then(|| caveat.into()));
    }
    if origin.is_joint {
        cursor.skip_spaces();
        let codes = countries::list(&mut cursor)?;
        marking.issuer = Some(if codes.contains("usa") { "us" } else { countries::issuer(&codes.as_bytes()[..3])? });
        marking.caveats.push(format!("joint-{codes}").into());
    }

    let chain = Chain::read(&mut cursor, &mut marking);
    // « (S/NF) », « U/FOUO »: with one slash only in brackets, or beside a word that means nothing else.
    let holds = match level.kind {
        _ if !is_capital => chain.is_distinctive && chain.is_proper,
        Kind::Long if chain.values == 0 => {
            origin.is_marked && origin.issuer.is_some() || chain.is_proper && level.level > 0 && chain.has_unknown
        }
        Kind::Long => chain.is_proper || chain.is_distinctive,
        Kind::Short if chain.values == 0 => origin.is_marked && origin.issuer.is_some() && opens,
        // « TS_SI_NF », « TS-SI-NF » in the name of a file; « S/NF » is a part number, too.
        Kind::Short => {
            chain.is_proper
                || chain.is_slash && (opens || chain.is_distinctive)
                || (chain.is_slash || chain.is_dash) && chain.values > 1
        }
        Kind::Nato(_) => opens || chain.values > 0,
    };
    if !holds || level.level == 1 && marking.issuer.is_none() && chain.issuer.is_none() {
        return None;
    }
    let issuer = marking.issuer.or(chain.issuer).unwrap_or("us");
    debug_assert!(word.start < cursor.at, "a marking is never empty");
    let span = origin.start..cursor.at;
    let span = if level.kind == Kind::Long { span } else { with_brackets(text, span) };
    Some(Parsed::new(span, issuer, marking.level.max(1), marking.caveats))
}

struct Marking {
    issuer: Option<&'static str>,
    level: u8,
    caveats: Vec<Box<str>>,
}

/// What stands before the classification.
struct Origin {
    start: usize,
    issuer: Option<&'static str>,
    is_joint: bool,
    /// It begins with `//`.
    is_marked: bool,
}

/// `None` where the `//` is that of an address.
fn origin(text: Folded<'_>, at: usize) -> Option<Origin> {
    let before = &text.bytes()[..at];
    let slashes = |before: &[u8]| -> Option<Option<usize>> {
        let trimmed = trim_spaces(before);
        let Some(rest) = trimmed.strip_suffix(b"//") else { return Some(None) };
        let is_address = rest.last().is_some_and(|byte| *byte == b':' || *byte == b'/' || is_word(*byte));
        // A comment of a program: « // SECRET handling ».
        (!is_address).then_some(Some(rest.len()))
    };
    let plain = Origin { start: at, issuer: None, is_joint: false, is_marked: false };
    if before.last() == Some(&b'/') {
        return Some(match slashes(before)? {
            Some(start) => Origin { start, is_marked: true, ..plain },
            None => plain,
        });
    }
    let Some((rest, word)) = last_word(before) else { return Some(plain) };
    // « NATO CONFIDENTIAL REL TO EU » is NATO's, and says so without `//`.
    let is_owned = OWNERS.iter().any(|owner| owner.as_bytes() == word);
    if is_owned && slashes(rest)?.is_none() {
        let is_nato = matches!(word, b"nato" | b"otan" | b"cosmic");
        return is_nato.then_some(Origin { start: rest.len(), issuer: Some("nato"), ..plain });
    }
    let (issuer, is_joint) = match word {
        b"joint" => (None, true),
        b"nato" | b"cosmic" | b"otan" => (Some("nato"), false),
        _ => match countries::issuer(word) {
            Some(issuer) => (Some(issuer), false),
            None => return Some(plain),
        },
    };
    Some(match slashes(rest)? {
        Some(start) => Origin { start, issuer, is_joint, is_marked: true },
        None => plain,
    })
}

/// Whoever writes its name before the level.
const OWNERS: &[&str] =
    &["nato", "otan", "cosmic", "esa", "occar", "europol", "eurocontrol", "un", "interpol", "eu", "ue", "nz", "uk"];

/// The values behind a classification.
struct Chain {
    values: usize,
    /// The first of them stands behind `//`.
    is_proper: bool,
    is_slash: bool,
    is_dash: bool,
    is_distinctive: bool,
    /// In their stand a word that is not known.
    has_unknown: bool,
    issuer: Option<&'static str>,
}

/// How a value is parted from what stands before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Double,
    Single,
    /// Without a space.
    Dash,
    Loose,
    /// A new line, which a list of countries then has to itself.
    Line,
}

impl Chain {
    /// Moves over all values; the cursor ends behind the last.
    fn read(cursor: &mut Cursor<'_>, marking: &mut Marking) -> Self {
        let mut chain = Self {
            values: 0,
            is_proper: false,
            is_slash: false,
            is_dash: false,
            is_distinctive: false,
            has_unknown: false,
            issuer: None,
        };
        // What is loosely attached belongs only if something unmistakable follows: the marking ends behind the last such value.
        let mut loose = *cursor;
        let mut pending: Vec<Value> = Vec::new();
        while chain.values + pending.len() < MOST_VALUES {
            let Some(separator) = separator(&mut loose) else { break };
            let start = loose.at;
            let Some(value) = capco_values::read(&mut loose) else {
                if separator == Separator::Double && unknown(&mut loose) {
                    let first = chain.values == 0 && pending.is_empty();
                    chain.is_proper |= first;
                    chain.has_unknown = true;
                    if first {
                        cursor.at = loose.at;
                    }
                    continue;
                }
                break;
            };
            if separator == Separator::Line
                && !(value.names_who() && matches!(loose.rest().first(), None | Some(b'\n')))
            {
                break;
            }
            if chain.values == 0 && pending.is_empty() && !chain.has_unknown {
                chain.is_proper = separator == Separator::Double;
                chain.is_slash = matches!(separator, Separator::Double | Separator::Single);
                chain.is_dash = separator == Separator::Dash;
            }
            debug_assert!(loose.at > start, "a value is never empty");
            chain.is_distinctive |= value.is_distinctive;
            let settles = value.is_distinctive || separator != Separator::Loose;
            pending.push(value);
            if settles {
                for value in pending.drain(..) {
                    chain.values += 1;
                    chain.issuer = chain.issuer.or(value.issuer);
                    marking.caveats.push(value.caveat.into());
                }
                cursor.at = loose.at;
            }
        }
        chain
    }
}

const MOST_VALUES: usize = 24;

fn separator(cursor: &mut Cursor<'_>) -> Option<Separator> {
    let mut behind = *cursor;
    let spaces = behind.skip_spaces();
    // The name of a file holds no slash: « PINE_S--NF.pptx ».
    let separator = if behind.eat("//") || spaces == 0 && behind.eat("--") {
        Separator::Double
    } else if behind.eat("/") {
        Separator::Single
    } else if behind.eat("_") {
        while behind.eat("_") {}
        Separator::Single
    } else if behind.eat("\n") {
        behind.eat("\n");
        Separator::Line
    } else if spaces == 0 && behind.eat("-") {
        Separator::Dash
    } else if behind.eat("-") || behind.eat(",") || behind.eat(":") || behind.eat("(") || spaces > 0 {
        while behind.eat("-") {}
        Separator::Loose
    } else {
        return None;
    };
    behind.skip_spaces();
    *cursor = behind;
    Some(separator)
}

/// A code word that is on no list: capitals right behind `//`.
fn unknown(cursor: &mut Cursor<'_>) -> bool {
    let directly = cursor.before().last() == Some(&b'/');
    let word = cursor.word();
    let end = cursor.at + word.len();
    let stands = directly
        && (2..=24).contains(&word.len())
        && word.iter().all(u8::is_ascii_lowercase)
        && cursor.is_capital(cursor.at..end);
    cursor.at = if stands { end } else { cursor.at };
    stands
}
