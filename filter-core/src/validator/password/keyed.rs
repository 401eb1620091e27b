//! A password in the sentence that names what it opens, without the word « mot de passe »: « pour le wifi mets figuier-rouge-12 »,
//! « l'archive est chiffrée, tu l'ouvres avec Chamois#Bleu ».
//!
//! Networks, archives and computers have names and versions as well, so that somebody must be told to type the value or to open
//! something with it. Behind a colon only a network has one, and only of a form that no network's own name has.

use super::clause::{self, is_blank, stands_by_itself};
use super::nearby;
use super::value::{Strength, strength};
use super::words::{self, locks};
use crate::validator::Judgement;
use crate::verdict::Confidence;

/// How far behind its thing a password may stand, in bytes and in words.
const REACH: usize = 110;
const WORDS: usize = 14;

/// The password that a text gives away which begins with the name of what it opens.
pub(in crate::validator) fn judge(text: &str) -> Option<Judgement> {
    let line = clause::span_of(text);
    let mut reach = line.len().min(REACH);
    while !line.is_char_boundary(reach) {
        reach -= 1;
    }
    // What is looked for has a digit or a mark in it, and most sentences about archives have none.
    let may_hold = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'!' | b'#' | b'$' | b'%' | b'&' | b'+' | b'*');
    if !line.as_bytes()[..reach].iter().any(may_hold) {
        return None;
    }
    let network =
        NETWORKS.iter().any(|name| line.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)));
    let first = line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let (mut typed, mut told, mut opened) = (false, false, false);
    let mut at = 0;
    for word in line[..reach].split_inclusive(is_blank).take(WORDS) {
        let start = at;
        at += word.len();
        let word = word.trim_end_matches(is_blank);
        if word.is_empty() {
            continue;
        }
        // A flood of one name would be read fourteen times.
        if start > 0 && word == first {
            return None;
        }
        let value = clause::bare(word);
        let offset = start + (value.as_ptr() as usize - word.as_ptr() as usize);
        let whole = offset + value.len() < reach || reach == line.len();
        let given = whole
            && (typed && is_given(value)
                || told
                    && network
                    && (is_of_a_network(value)
                        || words::spells(&line[offset + value.len()..]) && nearby::is_a_word_with_a_number(value)));
        // « fürs Gäste-WLAN bitte wiesengrund-17 eintippen »
        let given = given || whole && network && is_given(value) && is_typed(&line[offset + value.len()..]);
        if given && !word.starts_with(['@', '#', '/', '$', '-']) && stands_by_itself(&line[offset + value.len()..]) {
            return Some(Judgement { value: offset..offset + value.len(), confidence: Confidence::High });
        }
        let small = value.to_lowercase();
        opened |= words::opens(&small) || word.contains("'ouvr") || word.contains("’ouvr");
        let fills = words::joins(&small) || value.is_empty();
        typed = words::hands_over(&small) || opened && locks::WITH.contains(&&*small) || typed && fills;
        told = word.ends_with([':', '=', '→']) || words::puts(&small) || told && fills;
        if word.ends_with(['.', '?', '!', ';']) && value.chars().count() > 2 {
            return None;
        }
    }
    None
}

/// Whether the next word says that the value is typed.
fn is_typed(rest: &str) -> bool {
    let next = rest.trim_start_matches(is_blank).split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(
        next,
        "eintippen" | "eingeben" | "nehmen" | "benutzen" | "verwenden" | "invoeren" | "intypen" | "gebruiken"
    )
}

const NETWORKS: &[&str] = &["wifi", "wi-fi", "wlan", "hotspot", "w-lan"];

/// What somebody who types it types: no name of a program, which would be [`Strength::Doubtful`].
fn is_given(value: &str) -> bool {
    let marked = strength(value) == Strength::Strong && value.contains(['!', '#', '$', '%', '&', '+', '*']);
    // `PowerShell7`, `WinRAR7`
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let joined = value.contains(['-', '_', '.']);
    marked || nearby::is_made(value) || (digits > 1 || joined) && nearby::is_of_letters_and_digits(value)
}

/// `tulpenveld-22`, `olivo-verde-9`: words in small letters and a number, which is no name that a network shows.
fn is_of_a_network(value: &str) -> bool {
    const NAMES: &[&str] = &[
        "agents",
        "borne",
        "bornes",
        "canal",
        "channel",
        "etage",
        "gast",
        "guest",
        "guests",
        "invite",
        "invites",
        "public",
        "salle",
        "visiteurs",
        "visitors",
    ];
    let Some((words, number)) = value.rsplit_once(['-', '_', '.']) else { return false };
    let mut letters = 0;
    let plain = words.split(['-', '_', '.']).all(|part| {
        letters += part.len();
        part.len() >= 4
            && part.bytes().all(|byte| byte.is_ascii_lowercase())
            && !NAMES.contains(&part)
            && !words::is_an_answer(part)
    });
    plain && letters >= 8 && (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[track_caller]
    fn check(text: &str, value: Option<&str>) {
        assert_eq!(judge(text).and_then(|judgement| text.get(judgement.value)), value, "{text:?}");
    }

    #[test]
    fn what_opens_a_thing_is_typed() {
        check("wifi des stagiaires mets figuier-rouge-12", Some("figuier-rouge-12"));
        check("archive est chiffrée, tu l'ouvres avec Chamois#Bleu", Some("Chamois#Bleu"));
        check("wifi boven: tulpenveld-22", Some("tulpenveld-22"));
    }

    #[test]
    fn names_and_programs_are_none() {
        for text in [
            "wifi : bornes-invites-12",
            "archive, tu l'ouvres avec 7zip",
            "fichier s'ouvre avec LibreOffice24",
            "laptop connecté avec le compte svc-backup01",
            "session, prends la salle B204",
        ] {
            check(text, None);
        }
    }
}
