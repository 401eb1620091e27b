//! A code in the sentence that names what it opens: « le digicode du bât C a changé, maintenant c'est 49B31 », « für die Garage brauchst du
//! die 7714 », « la boîte à clés est derrière le compteur, 4072 ».
//!
//! Three things are weighed. *What is opened*: a padlock has no number but its code, a door has a room's and a price. *What leads to the
//! number*: « tape » more than « c'est », that more than a comma. *The number's own form*: `49B31` and `2580#` are nothing else, `4500`
//! may be a sum. What one of them lacks another may have. Between them stand words of time, place and change, or any others, up to
//! the end of the sentence; a number that belongs to another word on the way (« ticket 44120 ») is passed over.

use super::clause::{self, is_blank};
use super::code::{self, Form};
use super::nearby;
use super::words::{self, listed, locks};
use crate::validator::Judgement;
use crate::verdict::Confidence;

/// How far behind its name a code may stand, in bytes and in words.
const REACH: usize = 140;
const WORDS: usize = 18;

/// How many numbers may be passed over.
const NUMBERS: usize = 4;

/// What the parts must weigh together.
const ENOUGH: i32 = 5;

/// What leads to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Lead {
    /// Words that have nothing to do with it.
    None,
    /// It stands beside its name, or behind a comma or a dash.
    Beside,
    /// « c'est », « désormais », a colon.
    Told,
    /// « tape », « s'ouvre avec »: a hand is on the keypad.
    Typed,
}

/// What is opened, as far as the words so far have said.
#[derive(Clone, Copy, Debug, Default)]
struct Thing {
    weight: Option<i32>,
    /// Whether the word « code » stands there.
    coded: bool,
}

/// The code that a text gives away which begins with the name of what it opens.
pub(in crate::validator) fn judge(text: &str) -> Option<Judgement> {
    let line = asked(text);
    let mut reach = line.len().min(REACH);
    while !line.is_char_boundary(reach) {
        reach -= 1;
    }
    // Most sentences about doors have no number in them.
    if !line.as_bytes()[..reach].iter().any(u8::is_ascii_digit) {
        return None;
    }
    let mut thing = Thing::default();
    let mut lead = Lead::Beside;
    // Whether the next number is the last word's: « ticket 44120 ».
    let mut owned = false;
    let mut opened = false;
    // « 4 12 23 31 45 »: a number right behind another is one of many.
    let mut after_number = false;
    let mut refused = 0;
    let mut buffer = Small::default();
    let mut at = nearby::blank(line);
    for _ in 0..WORDS {
        if at >= reach {
            break;
        }
        let rest = &line[at..];
        let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        let opening = |c: char| matches!(c, '(' | '"' | '\'' | '«' | '»' | '“' | '„' | '*' | '`' | '’' | '[');
        let value = word.trim_start_matches(opening);
        let start = at + word.len() - value.len();
        let value_rest = &line[start..];
        if let Some(code) = starts_as_a_code(value).then(|| code::read(value_rest)).flatten() {
            let one_of_many = after_number && matches!(code.form, Form::Grouped | Form::Plain);
            if !owned && !one_of_many && is_enough(&thing, lead, &code) {
                return Some(Judgement { value: start..start + code.length, confidence: Confidence::High });
            }
            refused += 1;
            if refused > NUMBERS {
                return None;
            }
            owned = false;
            after_number = true;
            lead = Lead::None;
            at = start + code.length;
            at += line[at..].find(char::is_whitespace).unwrap_or(line.len() - at);
            at += space(&line[at..]);
            continue;
        }
        after_number = starts_as_a_code(value);
        let small = buffer.of(word);
        let ends = word.ends_with(['.', '?', '!', ';', '…']) && word.chars().count() > 2 || word == "?";
        lead = step(small, word, lead, &mut thing, &mut owned, &mut opened)?;
        at += word.len() + space(&line[at + word.len()..]);
        if ends && at < line.len() {
            // « Le digicode a changé. C'est 4471B. »
            let next = line[at..].split(char::is_whitespace).next().unwrap_or_default();
            // « Digicode ? 4471B »
            if word.ends_with('?')
                && (starts_as_a_code(next)
                    || listed(locks::ANSWERING, buffer.of(next))
                    || next.starts_with(['-', '—', '–', '>']))
            {
                lead = Lead::Beside;
                owned = false;
                continue;
            }
            if word.ends_with(['?', ';'])
                || !listed(locks::TELLING, buffer.of(next)) && !listed(locks::TYPING, buffer.of(next))
            {
                return None;
            }
            lead = Lead::None;
        }
    }
    None
}

/// The line, and the next where it asks or announces: « t'as le code du gymnase ? ⏎ — ouais 5837 ».
fn asked(text: &str) -> &str {
    let line = clause::span_of(text);
    let below = &text[line.len()..];
    if !line.trim_end().ends_with(['?', ':']) || line.len() > REACH || !below.starts_with(['\n', '\r']) {
        return line;
    }
    let next = below.trim_start_matches(['\n', '\r']);
    &text[..text.len() - next.len() + clause::line_of(next).len()]
}

/// What is white at the beginning of a text, in bytes.
fn space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// What a word makes of what stands before it. `None` ends the sentence's claim: « code postal ».
fn step(small: &str, word: &str, lead: Lead, thing: &mut Thing, owned: &mut bool, opened: &mut bool) -> Option<Lead> {
    let mark = word.ends_with([':', '=', '→', '>']);
    let comma = word.ends_with(',') || matches!(word, "-" | "–" | "—" | "/" | "(" | "|" | "+");
    let told = if mark {
        Some(Lead::Told)
    } else if comma {
        Some(Lead::Beside)
    } else {
        None
    };
    if small.is_empty() {
        return Some(told.map_or(lead, |told| told.max(lead)));
    }
    // « alarm code's changed again »
    if listed(locks::CODES, small.strip_suffix("'s").unwrap_or(small)) {
        // What follows is that word's, which is a name too: without this a flood of names was read eighteen times.
        if thing.coded {
            return None;
        }
        thing.coded = true;
        *owned = false;
        return Some(told.unwrap_or(Lead::Beside).max(lead));
    }
    if listed(locks::UNLOCKING, small.strip_suffix("'s").unwrap_or(small)) {
        if thing.coded {
            return None;
        }
        *thing = Thing { weight: Some(thing.weight.unwrap_or(0).max(1)), coded: true };
        *owned = false;
        *opened = true;
        return Some(told.unwrap_or(Lead::Beside).max(lead));
    }
    if thing.coded && listed(locks::ROOMS, small) {
        thing.weight = Some(thing.weight.unwrap_or(-1));
        *owned = true;
        return Some(Lead::None);
    }
    let other = listed(locks::OTHER_CODES, small)
        || small.len() > 3 && listed(locks::NUMBERED, small) && !small.starts_with("num");
    if thing.coded && thing.weight.is_none() && other {
        return None;
    }
    // « déclenché », « öffnen »: what is opened is used.
    *opened |= words::opens(small) || word.contains("'ouvre") || word.contains("’ouvre") || listed(OPENED, small);
    if listed(locks::TYPING, small) {
        *owned = false;
        return Some(Lead::Typed);
    }
    if listed(locks::WITH, small) {
        *owned = false;
        // « das Handy entsperrst du mit 774411 »
        thing.coded |= *opened && thing.weight == Some(0);
        return Some(if *opened { Lead::Typed } else { Lead::Told });
    }
    if listed(locks::TELLING, small)
        || word.ends_with("'s")
        || word.ends_with("’s")
        || matches!(word, "è" | "e\u{300}" | "e'" | "È")
    {
        *owned = false;
        thing_of(small, thing);
        return Some(Lead::Told.max(told.unwrap_or(Lead::None)));
    }
    if let Some(weight) = weight_of(small, thing) {
        // The same: « la porte du local … » is told by the local.
        if !thing.coded && thing.weight.is_some_and(|known| known == weight) {
            return None;
        }
        thing.weight = Some(thing.weight.map_or(weight, |known| known.max(weight)));
        *owned = false;
        return Some(told.unwrap_or(Lead::Beside));
    }
    if listed(locks::NUMBERED, small) || word.ends_with('°') {
        *owned = true;
        return Some(Lead::None);
    }
    if listed(locks::TIMES, small) {
        return Some(told.unwrap_or(Lead::None));
    }
    if listed(locks::FILLING, small) || lead == Lead::Beside && listed(locks::PLACES, small) {
        return Some(told.map_or(lead, |told| told.max(lead)));
    }
    Some(told.unwrap_or(Lead::None))
}

/// Other words for what is done to a door, besides those that [`words::opens`] knows.
const OPENED: &[&str] = &[
    "abre",
    "accede",
    "af",
    "aus",
    "coupe",
    "couper",
    "desactive",
    "desactiver",
    "desbloquea",
    "disarm",
    "eraf",
    "in",
    "off",
    "open",
    "opens",
    "quitar",
    "rentrer",
];

/// « side gate's »
fn thing_of(small: &str, thing: &mut Thing) {
    if let Some(weight) = small.strip_suffix("'s").and_then(|small| weight_of(small, thing)) {
        thing.weight = Some(thing.weight.map_or(weight, |known| known.max(weight)));
    }
}

/// How plainly a number beside the word is its code. « boîte à clés », « key safe » are more than their parts.
fn weight_of(small: &str, thing: &Thing) -> Option<i32> {
    let small = small.rsplit(['\'', '-']).next().unwrap_or(small);
    let one = small.strip_suffix('s').unwrap_or(small);
    let listed = |list: &[&str], small: &str| words::listed(list, small) || words::listed(list, one);
    if listed(locks::LOCKS, small) {
        // « clés » alone are no lock.
        let keys = matches!(small, "cles" | "clefs");
        return (!keys || thing.weight.is_some()).then_some(3);
    }
    if listed(locks::SAFES, small) {
        return Some(2);
    }
    if listed(locks::DOORS, small) {
        return Some(1);
    }
    listed(locks::DEVICES, small).then_some(0)
}

fn is_enough(thing: &Thing, lead: Lead, code: &code::Code<'_>) -> bool {
    let Some(weight) = thing.weight else { return false };
    let form = match code.form {
        Form::Signed | Form::Lettered => 3,
        Form::Grouped => 2,
        Form::Plain => 1,
        Form::Weak | Form::Round => 0,
    };
    let leads = match lead {
        // « combinaison du coffre des scellés 18-42-07 »
        Lead::None if form >= 2 && (weight == 3 || thing.coded) => 0,
        Lead::None => return false,
        Lead::Beside => 1,
        Lead::Told => 2,
        Lead::Typed => 3,
    };
    let pressed = is_pressed(code.rest);
    let alone = form == 3 || pressed || code.stands_alone() || goes_on_with_the_sentence(code.rest);
    // « code écran 5820 »: a device has a number of its own unless the word stands there.
    let coded = if weight == 0 { 3 } else { 2 };
    let sum = weight + coded * i32::from(thing.coded) + form + leads + 2 * i32::from(pressed);
    alone && sum >= ENOUGH && !words::soon_dead(code.rest)
}

/// « 30816 and pull the handle », « 8823 puis la touche cloche »
fn is_pressed(rest: &str) -> bool {
    let mut buffer = Small::default();
    clause::line_of(rest)
        .split(is_blank)
        .filter(|word| !word.is_empty())
        .take(5)
        .any(|word| listed(locks::ACTING, buffer.of(word)))
}

/// « gib 428190 ein », « is 7719 as of Monday », « fais le 3847 et tu tires »; but « 4512 de retard ».
fn goes_on_with_the_sentence(rest: &str) -> bool {
    let mut buffer = Small::default();
    let next = rest.trim_start_matches(is_blank).split(is_blank).next().unwrap_or_default();
    let next = buffer.of(next);
    let counts = matches!(next, "de" | "des" | "du" | "of" | "van" | "von" | "di" | "del" | "della");
    let leads_on = matches!(
        next,
        "as" | "ab"
            | "ce"
            | "cette"
            | "ein"
            | "in"
            | "now"
            | "maintenant"
            | "jetzt"
            | "depuis"
            | "since"
            | "deux"
            | "from"
            | "until"
    );
    !counts && (words::speaks(next) || leads_on)
}

/// Whether the word may be read as a code at all.
fn starts_as_a_code(word: &str) -> bool {
    let word = word.trim_start_matches('*');
    let head = word.as_bytes().first_chunk::<2>();
    word.starts_with(|c: char| c.is_ascii_digit())
        || head.is_some_and(|head| head[0].is_ascii_uppercase() && head[1].is_ascii_digit())
}

/// A word in small letters without accents and punctuation, in a buffer that all words of a sentence share.
#[derive(Default)]
struct Small([u8; 24], usize);

impl Small {
    fn of(&mut self, word: &str) -> &str {
        self.1 = 0;
        let edge = |c: char| !c.is_alphanumeric();
        for character in word.trim_start_matches(edge).trim_end_matches(|c: char| edge(c) && c != '\'').chars() {
            let plain = words::without_accent(character.to_lowercase().next().unwrap_or(character));
            let plain = if plain == '’' { '\'' } else { plain };
            let mut bytes = [0; 4];
            let bytes =
                if ('\u{300}'..='\u{36f}').contains(&plain) { &[] } else { plain.encode_utf8(&mut bytes).as_bytes() };
            let Some(place) = self.0.get_mut(self.1..self.1 + bytes.len()) else { return "" };
            place.copy_from_slice(bytes);
            self.1 += bytes.len();
        }
        // The bytes are those of whole characters.
        core::str::from_utf8(&self.0[..self.1]).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[track_caller]
    fn check(text: &str, value: Option<&str>) {
        assert_eq!(judge(text).and_then(|judgement| text.get(judgement.value)), value, "{text:?}");
    }

    #[test]
    fn a_code_is_told_by_the_sentence_around_it() {
        check("digicode du bât C a changé hier soir, maintenant c'est 49B31", Some("49B31"));
        check("combinaison du coffre des scellés 18-42-07 deux tours à gauche", Some("18-42-07"));
        check("code de la badgeuse c'est 7742", Some("7742"));
        check("local vélo tu fais le 3847 et tu tires fort", Some("3847"));
        check("boîte à clés est derrière le compteur gaz, 4072", Some("4072"));
        check("Garage brauchst du die 7714", Some("7714"));
        check("gate's now 4482X, tell the cleaners", Some("4482X"));
        check("alarm gaat eraf met 7264", Some("7264"));
        check("code du gymnase ?\n- ouais 5837", Some("5837"));
        check("Handy entsperrst du mit 774411", Some("774411"));
        check("code for the ladies changing room is C4821", Some("C4821"));
        check("PIN, 7702", Some("7702"));
        check("caja fuerte se abre con 15-38-72", Some("15-38-72"));
    }

    #[test]
    fn other_numbers_are_none() {
        check("code postal de la porte 4471", None);
        check("alarme HS, ticket 44120", None);
        check("coffre c'est 4500 euros TTC", None);
        check("porte 4, salle 2412", None);
        check("alarme incendie 2312 déclenchée au 3e", None);
        check("digicode est de 1998", None);
        check("portail coûte 4512 de plus", None);
    }
}
