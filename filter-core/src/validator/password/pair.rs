//! What follows « identifiants », « login / mdp »: a name and its password, side by side.
//!
//! « identifiants : astreinte / Nuit&Jour24 » has no word « mot de passe » in it and gives away the same. The second of the two must look
//! like a password; where the text before the colon has said that it is one (« user/pass: root / toor ») a plain word will do.

use super::clause::{is_blank, line_of, token};
use super::nearby;
use super::value::{Strength, strength};
use super::words;
use crate::validator::Judgement;
use crate::verdict::Confidence;

/// How far the colon may be: « accès au NAS de la salle serveur : … ».
const REACH: usize = 56;

/// The password of a pair.
pub(in crate::validator) fn judge(text: &str) -> Option<Judgement> {
    on_a_line(text).or_else(|| below(text))
}

/// « Identifiants ENT : ⏎ zoe.marchal3 ⏎ Kp7vut2z »: each on a line of its own.
fn below(text: &str) -> Option<Judgement> {
    let mut lines = text.split('\n');
    let head = lines.next()?.trim_end();
    let (name, value) = (lines.next()?, lines.next()?);
    let alone = |line: &str| !line.trim().is_empty() && !line.trim().contains(char::is_whitespace);
    if !head.ends_with([':', '→'])
        || head.len() > REACH
        || !alone(name)
        || !alone(value)
        || !nearby::is_made(value.trim())
    {
        return None;
    }
    let start = value.as_ptr() as usize - text.as_ptr() as usize + nearby::blank(value);
    let name = name.trim().trim_end_matches(':');
    let account = !words::is_an_answer(name) && !nearby::is_made(name);
    account.then(|| Judgement { value: start..start + value.trim().len(), confidence: Confidence::High })
}

fn on_a_line(text: &str) -> Option<Judgement> {
    let (at, named) = opening(text)?;
    let user = token(&text[at..])?;
    let (name, joined) = split(user.text);
    let (mut start, value);
    if let Some(second) = joined {
        // `root/toor`, `admin:admin123` in one piece.
        value = second;
        start = at + user.range.start + (user.text.len() - second.len());
    } else {
        let after = at + user.range.end;
        let rest = line_of(&text[after..]).trim_start_matches(['"', '\'', '`', '*', '»']);
        start = after + (line_of(&text[after..]).len() - rest.len());
        let trimmed = rest.trim_start_matches(is_blank);
        let lead = separator(trimmed).unwrap_or(0);
        start += rest.len() - trimmed.len() + lead;
        let second = token(&text[start..])?;
        // « admin Zinc_Toiture9 »: nothing but a space between them.
        if lead == 0 && (!nearby::is_made(second.text) || words::names_an_account(&name.to_lowercase())) {
            return None;
        }
        start += second.range.start;
        value = second.text;
    }
    if name.is_empty()
        // « Zugangsdaten: praktikant / Rathaus#12 » is told by its password.
        || (words::is_an_answer(name) && !words::listed(words::ACCOUNTS, name) && !nearby::is_made(value))
        || names_a_field(value)
        || name.contains("://")
        || name.starts_with(['<', '$', '{', '/'])
    {
        return None;
    }
    let confidence = match strength(value) {
        // « accès : nord / Saint-Jean-Bonnefonds »
        Strength::Strong if named || value.chars().any(|c| !c.is_alphabetic() && c != '-') => Confidence::High,
        Strength::Number if named => Confidence::High,
        Strength::Word if named && !words::is_an_answer(value) => Confidence::High,
        // Who writes « admin/admin » under « login/mdp » means it.
        Strength::No if named && value == name && value.chars().all(char::is_alphanumeric) && value.len() >= 4 => {
            Confidence::High
        }
        Strength::Strong | Strength::Number | Strength::Doubtful => Confidence::Medium,
        Strength::Word | Strength::No => return None,
    };
    Some(Judgement { value: start..start + value.len(), confidence })
}

/// Where the pair begins, and whether what stands before says that its second part is a password.
fn opening(text: &str) -> Option<(usize, bool)> {
    let line = line_of(text);
    // `login("jdupont", "…")`, `auth=("jdupont", "…")`.
    let call = line.strip_prefix('=').unwrap_or(line);
    if call.starts_with("(\"") || call.starts_with("('") {
        return Some((line.len() - call.len() + 1, false));
    }
    let mut reach = line.len().min(REACH);
    while !line.is_char_boundary(reach) {
        reach -= 1;
    }
    // « use my account (tbrandt / Foxglove82) »
    let bracket = line[..reach].find(" (").map(|at| at + 1);
    let arrow = line[..reach].find("->").map(|at| at + 1).into_iter().chain(bracket).min();
    let with = [
        " with ", " avec ", " mit ", " con ", " met ", " est ", " is ", " sont ", " are ", " ist ", " sind ", " sono ",
        " son ", " zijn ", " als ",
    ]
    .iter()
    .find_map(|word| line[..reach].find(word).map(|at| at + word.len() - 1));
    let at = line[..reach].find([':', '=', '→']).into_iter().chain(arrow).chain(with).min()?;
    let before = &line[..at];
    if before.split_whitespace().count() > 7 || before.contains(['.', '?', '!', ',']) || line[at..].starts_with("://") {
        return None;
    }
    let lower = before.trim_end_matches('-').to_lowercase();
    // « Settings → Network → Proxy » is a path through menus.
    let named = !line[at..].starts_with(['→', '>', ' '])
        && ["pass", "mdp", "pw", "kennwort", "mot", "contrase", "wachtwoord", "clave"]
            .iter()
            .any(|word| lower.contains(word));
    let sign = line[at..].chars().next().map_or(1, char::len_utf8);
    Some((at + sign, named))
}

/// `Password=…`, `mdp:…`: what follows is another field, which has a name of its own.
fn names_a_field(value: &str) -> bool {
    value.split_once([':', '=']).is_some_and(|(name, _)| {
        name.len() >= 2 && name.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '_' | '.' | ';'))
    })
}

/// `root/toor`, `admin:Soleil2026`, `root|toor`: a name and what is joined to it.
fn split(text: &str) -> (&str, Option<&str>) {
    if text.contains("://") || text.starts_with('/') {
        return (text, None);
    }
    match text.find(['/', ':', '|']) {
        Some(at) if at > 0 && at + 1 < text.len() => (&text[..at], Some(&text[at + 1..])),
        _ => (text, None),
    }
}

/// How many bytes of separator begin a text: `/`, `|`, a dash, a comma, « et », « puis », « mdp ».
fn separator(text: &str) -> Option<usize> {
    const WORDS: &[&str] = &["et ", "puis ", "and ", "und ", "->", "=>", "→"];
    if let Some(word) = WORDS.iter().find(|word| text.starts_with(*word)) {
        return Some(word.len());
    }
    let first = text.chars().next()?;
    matches!(first, '/' | '|' | '-' | '–' | '—' | ',' | ';' | ':' | '\t').then_some(first.len_utf8())
}
