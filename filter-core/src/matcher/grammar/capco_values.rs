//! What may stand between the `//` of a banner line: compartments, programmes, atomic energy, foreign governments,
//! dissemination. One table, and the forms that no table can list.

use super::countries;
use super::cursor::Cursor;

/// A value that was read.
pub(super) struct Value {
    pub(super) caveat: String,
    /// No word of any language: it makes a marking of what stands before it, whatever is between them.
    pub(super) is_distinctive: bool,
    /// Whose marking it must be.
    pub(super) issuer: Option<&'static str>,
}

impl Value {
    /// More than that it is released to somebody.
    pub(super) fn names_who(&self) -> bool {
        self.caveat.contains("eyes-only") || self.caveat.starts_with("rel-to-") && self.caveat != "rel-to-fvey"
    }
}

/// How far a value is trusted without `//` before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    Distinctive,
    Common,
}
use Weight::{Common, Distinctive};

/// Words as folded, the caveat they mean. Longer forms first where one begins another.
const VALUES: &[(&str, &str, Weight)] = &[
    ("not releasable to foreign nationals", "noforn", Distinctive),
    ("noforn", "noforn", Distinctive),
    ("nf", "noforn", Common),
    ("originator controlled usgov", "orcon-usgov", Distinctive),
    ("originator controlled", "orcon", Distinctive),
    ("orcon usgov", "orcon-usgov", Distinctive),
    ("orcon", "orcon", Distinctive),
    ("oc usgov", "orcon-usgov", Distinctive),
    ("oc", "orcon", Common),
    ("controlled imagery", "imcon", Distinctive),
    ("imcon", "imcon", Distinctive),
    ("imc", "imcon", Common),
    ("caution proprietary information involved", "propin", Distinctive),
    ("propin", "propin", Distinctive),
    ("pr", "propin", Common),
    ("risk sensitive", "rsen", Common),
    ("rsen", "rsen", Distinctive),
    ("rs", "rsen", Common),
    ("relido", "relido", Distinctive),
    ("dea sensitive", "dsen", Distinctive),
    ("dsen", "dsen", Distinctive),
    ("fisa", "fisa", Common),
    ("for official use only", "fouo", Distinctive),
    ("fouo", "fouo", Distinctive),
    ("limited distribution", "limdis", Common),
    ("limdis", "limdis", Distinctive),
    ("ds", "limdis", Common),
    ("exdis", "exdis", Distinctive),
    ("xd", "exdis", Common),
    ("nodis", "nodis", Distinctive),
    ("nd", "nodis", Common),
    ("sensitive but unclassified noforn", "sbu-noforn", Distinctive),
    ("sensitive but unclassified", "sbu", Distinctive),
    ("sbu noforn", "sbu-noforn", Distinctive),
    ("sbu nf", "sbu-noforn", Distinctive),
    ("sbu", "sbu", Common),
    ("law enforcement sensitive noforn", "les-noforn", Distinctive),
    ("law enforcement sensitive", "les", Distinctive),
    ("les noforn", "les-noforn", Distinctive),
    ("les nf", "les-noforn", Distinctive),
    ("les", "les", Common),
    ("ssi", "ssi", Common),
    ("wnintel", "wnintel", Distinctive),
    ("crypto", "crypto", Common),
    ("critical nuclear weapon design information", "cnwdi", Distinctive),
    ("cnwdi", "cnwdi", Distinctive),
    ("restricted data", "rd", Common),
    ("formerly restricted data", "frd", Distinctive),
    ("tfni", "tfni", Distinctive),
    ("dod ucni", "dcni", Distinctive),
    ("dcni", "dcni", Common),
    ("doe ucni", "ucni", Distinctive),
    ("ucni", "ucni", Distinctive),
    ("atomal", "atomal", Distinctive),
    ("bohemia", "bohemia", Common),
    ("balk", "balk", Common),
    ("nato", "fgi-nato", Common),
    ("cui", "cui", Common),
    ("hvsaco", "hvsaco", Distinctive),
    ("waived", "waived", Common),
];

/// Words whose marking a caveat must be: the eyes-only caveats of the other four.
const NATIONAL: &[(&str, &str, &str)] = &[
    ("austeo", "austeo", "au"),
    ("agao", "agao", "au"),
    ("australian eyes only", "austeo", "au"),
    ("australian government access only", "agao", "au"),
    ("canadian eyes only", "canadian-eyes-only", "ca"),
    ("reserve aux canadiens", "canadian-eyes-only", "ca"),
    ("ceo", "canadian-eyes-only", "ca"),
    ("uk eyes only", "uk-eyes-only", "uk"),
    ("ukeo", "uk-eyes-only", "uk"),
    ("strap1", "strap1", "uk"),
    ("strap2", "strap2", "uk"),
    ("strap3", "strap3", "uk"),
    ("nzeo", "nzeo", "nz"),
    ("new zealand eyes only", "nzeo", "nz"),
];

/// Words with compartments or numbers behind them: `SI-G ABCD`, `HCS-P`, `TK-BLFH`, `SAR-BP`, `RD-SIGMA 14 18`.
const COMPARTMENTED: &[&str] =
    &["hcs", "si", "tk", "rsv", "kdk", "comint", "gamma", "klondike", "talent keyhole", "sar", "rd", "frd", "sci"];

/// Reads the value that stands here.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Value> {
    let start = cursor.at;
    if let Some(value) = release(cursor) {
        return Some(value);
    }
    for (words, caveat, issuer) in NATIONAL {
        // « CEO » is somebody in any letter case but that of the caveat.
        if cursor.eat_words(words) && (words.len() > 4 || cursor.is_capital(start..cursor.at)) {
            return Some(Value { caveat: (*caveat).to_owned(), is_distinctive: *words != "ceo", issuer: Some(issuer) });
        }
        cursor.at = start;
    }
    for (words, caveat, weight) in VALUES {
        if cursor.eat_words(words) {
            let is_distinctive = *weight == Distinctive;
            if is_distinctive || cursor.is_capital(start..cursor.at) {
                return Some(Value { caveat: (*caveat).to_owned(), is_distinctive, issuer: None });
            }
            cursor.at = start;
        }
    }
    compartmented(cursor).or_else(|| foreign(cursor)).or_else(|| programme(cursor)).or_else(|| until(cursor))
}

/// `REL TO USA, GBR`, `RELEASABLE TO …`, `DISPLAY ONLY …`, `USA/GBR EYES ONLY`, a bare `REL`.
pub(super) fn release(cursor: &mut Cursor<'_>) -> Option<Value> {
    let start = cursor.at;
    let distinctive = |caveat| Some(Value { caveat, is_distinctive: true, issuer: None });
    for (words, name) in [
        ("rel to", "rel-to"),
        ("releasable to", "rel-to"),
        ("authorized for release to", "rel-to"),
        ("display only", "display-only"),
        ("rel", "rel-to"),
    ] {
        if !cursor.eat_words(words) {
            continue;
        }
        let bare = cursor.at;
        if cursor.skip_spaces() > 0
            && let Some(list) = countries::list(cursor)
        {
            return distinctive(format!("{name}-{list}"));
        }
        cursor.at = bare;
        if words == "rel" && cursor.is_capital(start..bare) {
            return Some(Value { caveat: "rel-to".to_owned(), is_distinctive: false, issuer: None });
        }
        cursor.at = start;
    }
    if let Some(list) = countries::list(cursor) {
        let spaces = cursor.skip_spaces();
        if spaces > 0 && (cursor.eat_words("eyes only") || cursor.eat_words("eyes")) {
            let issuer = if list.starts_with("uk") { Some("uk") } else { None };
            return Some(Value { caveat: format!("{list}-eyes-only"), is_distinctive: true, issuer });
        }
        if list.contains("fvey") {
            cursor.at -= spaces;
            return distinctive("rel-to-fvey".to_owned());
        }
    }
    cursor.at = start;
    None
}

fn compartmented(cursor: &mut Cursor<'_>) -> Option<Value> {
    let start = cursor.at;
    let words = COMPARTMENTED.iter().find(|words| cursor.eat_words(words))?;
    let bare = cursor.at;
    while cursor.at - start < LONGEST_COMPARTMENT && !is_value_next(cursor) && cursor.eat_capitals("-", 8) {}
    if cursor.at > bare {
        // What hangs on a space is a sub-compartment only where a marking may go on or end: else it is the sentence behind it.
        let mut behind = *cursor;
        let longest = if *words == "sar" { 20 } else { 4 };
        while behind.at - start < LONGEST_COMPARTMENT && behind.eat_capitals(" ", longest) {}
        let numbers = !cursor.since(bare).is_empty()
            && behind.since(cursor.at).iter().all(|byte| byte.is_ascii_digit() || *byte == b' ');
        if numbers || matches!(behind.rest().first(), None | Some(b'/' | b')' | b']' | b'\n')) {
            cursor.at = behind.at;
        }
    }
    if cursor.is_capital(start..cursor.at) {
        let tail: String = cursor.since(bare).iter().map(|byte| char::from(*byte)).collect();
        let caveat = format!("{words}{tail}").replace(' ', "-");
        return Some(Value { caveat, is_distinctive: words.len() > 3 && *words != "gamma", issuer: None });
    }
    cursor.at = start;
    None
}

/// `SI-NOFORN` in a file name: the dash is the name's, not a compartment's.
fn is_value_next(cursor: &Cursor<'_>) -> bool {
    let mut behind = *cursor;
    let at = behind.at;
    behind.eat("-")
        && VALUES.iter().any(|(words, _, weight)| {
            behind.at = at + 1;
            (*weight == Distinctive || *words == "nf") && behind.eat_words(words)
        })
}

const LONGEST_COMPARTMENT: usize = 60;

/// `FGI`, `FGI NATO GBR`, `FGI GBR`.
fn foreign(cursor: &mut Cursor<'_>) -> Option<Value> {
    let start = cursor.at;
    if cursor.eat_words("fgi") && cursor.is_capital(start..cursor.at) {
        let bare = cursor.at;
        let list = (cursor.skip_spaces() > 0).then(|| countries::list(cursor)).flatten();
        let caveat = match list {
            Some(list) => format!("fgi-{list}"),
            None => {
                cursor.at = bare;
                "fgi".to_owned()
            }
        };
        return Some(Value { caveat, is_distinctive: true, issuer: None });
    }
    cursor.at = start;
    None
}

/// `SP-PRVCY`; and until when, which old banners end with: `20301231`, `X1`, `MR`, `DECLASSIFY ON: 25X1`.
fn until(cursor: &mut Cursor<'_>) -> Option<Value> {
    let start = cursor.at;
    let value = |caveat: String| Some(Value { caveat, is_distinctive: false, issuer: None });
    if cursor.eat_words("sp") && cursor.eat_capitals("-", 10) {
        return value(String::from_utf8_lossy(cursor.since(start)).into_owned());
    }
    cursor.at = start;
    let is_said = (cursor.eat_words("declassify on") || cursor.eat_words("declass on")) && {
        cursor.skip_spaces();
        cursor.eat(":");
        cursor.skip_spaces();
        true
    };
    let word = cursor.word();
    let is_date = word.len() == 8 && word.iter().all(u8::is_ascii_digit);
    let is_exemption = matches!(word, [b'x', b'1'..=b'8'] | [b'2' | b'5', b'5' | b'0', b'x', b'1'..=b'9'] | b"mr");
    let end = cursor.at + word.len();
    if is_date || is_exemption && (is_said || cursor.is_capital(cursor.at..end)) {
        cursor.at = end;
        return value("declassify-on".to_owned());
    }
    cursor.at = start;
    None
}

/// `SPECIAL ACCESS REQUIRED-BUTTER POPCORN`, `ACCM-XYZ`.
fn programme(cursor: &mut Cursor<'_>) -> Option<Value> {
    let start = cursor.at;
    for (words, caveat) in [("special access required", "sar"), ("accm", "accm")] {
        if cursor.eat_words(words) && cursor.is_capital(start..cursor.at) {
            let _named = cursor.eat_capitals("-", 20) && cursor.eat_capitals(" ", 20);
            return Some(Value { caveat: caveat.to_owned(), is_distinctive: true, issuer: None });
        }
        cursor.at = start;
    }
    None
}
