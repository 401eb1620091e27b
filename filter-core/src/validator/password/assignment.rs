//! What follows « mot de passe », « password », « Kennwort »: does it give one away?
//!
//! Three things decide. *The sign*: a colon or an equals sign, a verb (« est », « c'est », « lautet »), the next cell of a table, or
//! nothing at all (« mdp Azerty123! »), which asks for more of the value. *The value*: strong ones speak for themselves. *What comes
//! after it*: « mdp : soleil » gives one away, « mot de passe : soleil de plomb sur les serveurs » is a sentence, « 12 caractères » a
//! rule and « 482913, valable dix minutes » a code that is dead when anybody reads it.

use super::clause::{self, Quoted, Token, is_blank, line_of, token};
use super::nearby;
use super::value::{Strength, joins_capitals, joins_two_words, names_a_program, strength};
use super::words;
use crate::validator::Judgement;
use crate::verdict::Confidence;

/// What joins the name to its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// `:` and `=` of all kinds.
    Mark,
    /// « est », « c'est », « ist ».
    Verb,
    /// A dash between spaces, which also goes on with a sentence.
    Dash,
    /// The next cell of a table, or a tag's content.
    Cell,
    /// The value comes in the next line: a header of a table, or a form filled in below its label.
    Line,
    /// Nothing.
    Beside,
}

/// How far away the sign may be, in bytes and in words: « mdp de la boîte fonctionnelle du service : … ».
const REACH: usize = 72;
const QUALIFIERS: usize = 8;

/// What a text that follows the name of a password gives away.
pub(in crate::validator) fn judge(text: &str) -> Option<Judgement> {
    if demands_a_variable(text) {
        return None;
    }
    let joined = in_a_file_name(text).or_else(|| behind_a_sign(text));
    if joined.as_ref().is_some_and(|judgement| judgement.confidence == Confidence::High) {
        return joined;
    }
    nearby::behind(text).or(joined)
}

/// `${DB_PASSWORD:?missing}`: what the shell says where there is none.
fn demands_a_variable(text: &str) -> bool {
    text.starts_with([':', '?']) && text.trim_start_matches(':').starts_with('?') && line_of(text).contains('}')
}

/// `compta_mdp-Gratin38.7z`: the name of an archive tells what opens it. In small letters it is a date or a version.
fn in_a_file_name(text: &str) -> Option<Judgement> {
    let name =
        text.strip_prefix(['-', '_', '='])?.split(|c: char| c.is_whitespace() || matches!(c, '"' | '`')).next()?;
    let (stem, ending) = name.trim_end_matches(['.', ',', ')']).rsplit_once('.')?;
    let archive = ["7z", "rar", "zip"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    (archive && stem.starts_with(char::is_uppercase) && nearby::is_a_word_with_a_number(stem))
        .then(|| Judgement { value: 1..1 + stem.len(), confidence: Confidence::High })
}

/// The same for a name that means other things too (« pass », « MP », « clave »): nothing but a value that no word is will do.
pub(in crate::validator) fn judge_strong(text: &str) -> Option<Judgement> {
    let judgement = judge(text).filter(|judgement| judgement.confidence == Confidence::High)?;
    let value = text.get(judgement.value.clone())?;
    let public = text.get(..judgement.value.start)?.to_lowercase().contains("publi") || value.starts_with("AAAA");
    if public || value.len() > 48 {
        return None;
    }
    // « clave: tortilla-sin-cebolla », « le pass du zip : dossier2025 »; but « MP : Rdv14h ».
    let long = value.chars().count() >= 8;
    let strong = strength(value) == Strength::Strong && (long || nearby::is_made(value));
    (strong || joins_two_words(value)).then_some(judgement)
}

fn behind_a_sign(text: &str) -> Option<Judgement> {
    let (sign, at, qualified) = content(text).map(|at| (Sign::Cell, at, 0)).or_else(|| sign(text))?;
    let nothing_here =
        line_of(&text[at..]).trim_matches(|c: char| is_blank(c) || matches!(c, '*' | '_' | '`')).is_empty();
    if sign == Sign::Line || sign == Sign::Mark && nothing_here {
        return below(text, at);
    }
    let attached = at == 1 && text.starts_with('=') && !text[1..].starts_with(char::is_whitespace);
    let judged = |sign, at: usize| {
        let token = token(&text[at..])?;
        if let Some(length) = phrase_with_a_number(sign, &token, &text[at + token.range.start..]) {
            let start = at + token.range.start;
            return Some(Judgement { value: start..start + length, confidence: Confidence::High });
        }
        let confidence = weigh(sign, &token, qualified, attached)?;
        // « log/mdp : mdurand/Avril2025* »: the name stands before the password.
        if let Some((name, second)) = token.text.split_once('/')
            && name.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '_'))
            && strength(second) == Strength::Strong
        {
            let end = at + token.range.end;
            return Some(Judgement { value: end - second.len()..end, confidence });
        }
        Some(Judgement { value: at + token.range.start..at + token.range.end, confidence })
    };
    judged(sign, at).or_else(|| {
        // « le code et le mdp sont identiques : C0ffre-Fort#22 ».
        let line = line_of(&text[at..]);
        let mark = line.find([':', '=']).filter(|mark| sign == Sign::Verb && *mark < REACH)?;
        judged(Sign::Mark, at + mark + 1).filter(|judgement| {
            // « password is all lowercase: kingfisher »
            let spelt = words::spells(&line[..mark]);
            text.get(judgement.value.clone())
                .is_some_and(|value| strength(value) == Strength::Strong || spelt && strength(value) == Strength::Word)
        })
    })
}

/// What follows « phrase de passe »: four words or more that make no sentence.
pub(in crate::validator) fn judge_phrase(text: &str) -> Option<Judgement> {
    if let Some(judgement) = judge(text).filter(|judgement| judgement.confidence == Confidence::High) {
        return Some(judgement);
    }
    let (sign, at, _) = sign(text)?;
    if !matches!(sign, Sign::Mark | Sign::Verb) {
        return None;
    }
    let line = clause::span_of(&text[at..]);
    let quotes = |c: char| is_blank(c) || matches!(c, '"' | '\'' | '`' | '«' | '»' | '“' | '”' | '*' | '.' | '!');
    let start = at + (line.len() - line.trim_start_matches(quotes).len());
    let phrase = line.trim_matches(quotes);
    let parts: Vec<&str> = phrase.split([' ', '-', '_']).filter(|part| !part.is_empty()).collect();
    let plain = parts.iter().all(|part| part.chars().all(char::is_alphanumeric) && part.chars().count() >= 2);
    let quoted = line.trim_start_matches(is_blank).starts_with(['"', '«', '“', '„', '`']);
    // In quotes it may be a sentence: « mon vélo rouge roule vite en 1998 ».
    let answers =
        parts.iter().filter(|part| words::is_an_answer(part) && !words::speaks(part) && !words::places(part)).count();
    let links = parts.iter().filter(|part| words::speaks(part) || words::places(part)).count();
    let image = answers == 0
        && parts.len() >= 5
        && links * 2 < parts.len()
        && !parts.iter().any(|part| words::is_a_person(part));
    let speaks = !quoted && !image && links > 0 || answers >= 2;
    let image_in_a_word = !phrase.contains(' ') && is_an_image(phrase, 9);
    (plain && (!speaks || image_in_a_word) && (4..=12).contains(&parts.len()))
        .then(|| Judgement { value: start..start + phrase.len(), confidence: Confidence::High })
}

/// « Canicule-sous-les-tilleuls »: nobody writes a sentence so, and what it says is no answer.
fn is_an_image(value: &str, letters: usize) -> bool {
    let sign = if value.contains('-') { '-' } else { '_' };
    let parts: Vec<&str> = value.split(sign).collect();
    let link = |part: &&&str| words::speaks(part) || words::places(part);
    let content: Vec<&&str> = parts.iter().filter(|part| !link(part)).collect();
    (4..=9).contains(&parts.len())
        && parts.iter().all(|part| part.chars().count() >= 2 && part.chars().all(char::is_alphabetic))
        && content.len() * 2 >= parts.len()
        && content.iter().map(|part| part.chars().count()).sum::<usize>() >= letters
        && !content.iter().any(|part| words::is_an_answer(part))
        && !parts.iter().any(|part| words::denies(part) || words::is_a_person(part) && !words::joins(part))
}

/// « platane.banc.jeudi » behind a verb: with a colon it is program text, with a domain a host.
fn joins_small_words(value: &str) -> bool {
    const HOSTS: &[&str] =
        &["cloud", "corp", "example", "home", "info", "intra", "intranet", "local", "online", "test", "internal"];
    let parts: Vec<&str> = value.split('.').collect();
    (3..=5).contains(&parts.len())
        && parts.iter().all(|part| part.chars().count() >= 4 && part.chars().all(char::is_lowercase))
        && !parts.iter().any(|part| HOSTS.contains(part) || words::speaks(part) || names_a_program(part))
        && parts.iter().filter(|part| words::is_an_answer(part)).count() <= 1
}

/// The sign, where what it announces begins, and how many words stand before it.
pub(super) fn sign(text: &str) -> Option<(Sign, usize, usize)> {
    // What closes the name itself: `"password"`, `**Mot de passe**`, `['password']`, `password)`, « mot(s) ».
    let closing = ['"', '\'', '`', '*', '_', ']', ')', '»', '”', '’', '\\'];
    let head = text.len() - text.trim_start_matches(closing).len();
    if let Some(at) = next_argument(text) {
        return Some((Sign::Mark, at, 0));
    }
    // « the password's marmalade »
    if let Some(rest) = text.strip_prefix("'s ").or_else(|| text.strip_prefix("’s ")) {
        return Some((Sign::Verb, announced(text, text.len() - rest.len()), 0));
    }
    let mut at = head;
    let mut words = 0;
    let reach = clause::line_of(text).len().min(REACH + head);
    let small = words::small(text, reach + 32);
    while at < reach {
        let rest = &text[at..];
        let character = rest.chars().next()?;
        let after = at + character.len_utf8();
        let next = text[after..].chars().next();
        match character {
            ':' if next == Some(':') || text[after..].starts_with("//") => return None,
            // `assert password == "hunter2"` compares.
            '=' if next == Some('=') && text[after + 1..].starts_with([' ', '=']) => return None,
            ':' | '=' | '→' | '：' | '⇒' | '➜' | '➡' | '⟶' | '►' | '👉' | '🔑' | '🔐' => {
                let marks = text[after..].trim_start_matches([':', '=', '>', '~']);
                return Some((Sign::Mark, text.len() - marks.len(), words));
            }
            '-' | '–' | '—' if rest.trim_start_matches(['-', '–', '—']).starts_with('>') => {
                let arrow = rest.trim_start_matches(['-', '–', '—', '>']);
                return Some((Sign::Mark, text.len() - arrow.len(), words));
            }
            '-' | '–' | '—' if at > 0 && text[..at].ends_with(is_blank) && next.is_none_or(is_blank) => {
                return Some((Sign::Dash, after, words));
            }
            '/' if words <= 1 && at > 0 && text[..at].ends_with(is_blank) && next.is_none_or(is_blank) => {
                return Some((Sign::Dash, after, words));
            }
            '>' => return (words <= 1).then_some((Sign::Cell, after, 0)),
            '|' | '\t' | ';' | ',' if words == 0 && is_header(text, at) => return Some((Sign::Line, at, 0)),
            '|' | '\t' => return (words == 0).then_some((Sign::Cell, after, 0)),
            // `define('DB_PASSWORD', '…')`, `setPassword("…")`: the next argument, or the first.
            // `….send_keys("…")`
            '(' if words > 0
                && words <= 2
                && next.is_some_and(|next| matches!(next, '"' | '\''))
                && text[..at].ends_with(char::is_alphanumeric) =>
            {
                return Some((Sign::Mark, after, words));
            }
            ',' | '(' if words == 0 && (head > 0 || character == '(') => {
                let argument = text[after..].trim_start_matches(is_blank);
                if let Some(at) = value_key(argument) {
                    return Some((Sign::Mark, text.len() - argument.len() + at, 0));
                }
                if argument.starts_with(['"', '\'']) {
                    return Some((Sign::Mark, after, 0));
                }
                at = after;
            }
            // « (il est en congé) » has a verb that announces nothing.
            '(' if words > 0 && aside(rest).is_some() => at += aside(rest).unwrap_or(1),
            // « (temporaire) », « [wifi] », `password(confirmed)`: what they hold is a qualifier.
            '(' | '[' | '"' | '\'' | '`' | ')' | ']' | '*' | '«' | '»' | '’' => at = after,
            '.' | '!' | '?' | ';' | ',' if next.is_none_or(char::is_whitespace) => break,
            _ if character.is_alphanumeric() || matches!(character, '_' | '-' | '$' | '#') => {
                let end =
                    rest.find(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | ')' | ']' | '|' | '"' | '>'));
                let word = &rest[..end.unwrap_or(rest.len())];
                if let Some(verb) = words::verb(&small[at..]) {
                    return Some((Sign::Verb, announced(text, at + verb), words));
                }
                // The first word may be the value itself: « mdp Azerty123! ».
                let verb_follows =
                    || small.get(at + word.len()..).is_some_and(|rest| words::verb(rest.trim_start()).is_some());
                if words == 0 && strength(clause::bare(word)) == Strength::Strong && !verb_follows() {
                    break;
                }
                let disarms = if words == 0 { words::disarms } else { words::disarms_from_afar };
                if small.get(at..at + word.len()).is_some_and(disarms) {
                    return None;
                }
                // « mdp provisoire Bienvenue1! », « mdp admin du copieur Xerox!7845 »: unmistakable, wherever it stands.
                if words > 0
                    && word.bytes().any(|byte| byte.is_ascii_digit())
                    && (nearby::unmistakable(clause::bare(word))
                        || words == 1 && is_of_a_thing(&small[..at], clause::bare(word), &text[at + word.len()..]))
                    && !words::gives_an_example_before(&small[..at])
                    && !small[..at].split_whitespace().next_back().is_some_and(words::likens)
                {
                    return Some((Sign::Beside, at, words));
                }
                words += 1;
                if words > QUALIFIERS {
                    break;
                }
                at += word.len().max(character.len_utf8());
            }
            _ => at = after,
        }
    }
    let line = line_of(text);
    if words <= 2 && line[head.min(line.len())..].trim().is_empty() && text.len() > line.len() {
        // `- name: DB_PASSWORD ⏎ value: …`
        let next = text[line.len()..].trim_start();
        if let Some(at) = value_key(next) {
            return Some((Sign::Mark, text.len() - next.len() + at, 0));
        }
        return Some((Sign::Line, line.len(), words));
    }
    let spaced = text[head..].starts_with(|c: char| is_blank(c) || matches!(c, '(' | '['));
    spaced.then_some((Sign::Beside, head + usize::from(text[head..].starts_with(['(', '['])), 0))
}

/// « mdp session Nadege1982 »: a capital, two digits, and one word for what it opens.
fn is_of_a_thing(before: &str, value: &str, rest: &str) -> bool {
    // « password laptop Latitude5540 reset requested »
    let next = line_of(rest).split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    let goes_on = words::is_an_answer(next) && !words::is_a_person(next) && !words::follows(&next.to_lowercase());
    let thing = before.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty());
    thing.is_some_and(words::is_opened_by_a_password)
        && !goes_on
        && value.starts_with(char::is_uppercase)
        && value.chars().count() >= 8
        && nearby::is_a_word_with_a_number(value)
        && !words::names_an_account(&value.to_lowercase())
}

/// Where the value begins after a verb: « est le suivant : … », « is now … », « est : … ».
fn announced(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        let trimmed = rest.trim_start_matches(is_blank);
        let start = text.len() - trimmed.len();
        if let Some(after) = trimmed.strip_prefix([':', '=']) {
            return text.len() - after.len();
        }
        let end = trimmed.find(|c: char| !c.is_alphabetic() && c != '\'' && c != '’').unwrap_or(trimmed.len());
        if end == 0 || !words::announces(&trimmed[..end]) {
            return start;
        }
        at = start + end;
    }
}

/// Where the content of a tag begins whose attributes or children stand between: `<wsse:Password Type="…">`, `<Password><Value>`.
fn content(text: &str) -> Option<usize> {
    let line = line_of(text);
    let mut at = line.find('>').filter(|at| *at < REACH)? + 1;
    let attributes =
        at == 1 || line[..at - 1].ends_with(['"', '\'']) && line.starts_with(' ') && line[..at].contains("=");
    if let Some(inner) = line[at..].strip_prefix('<') {
        let child = inner.find('>').filter(|end| inner[..*end].chars().all(char::is_alphanumeric))?;
        at += child + 2;
    }
    (attributes && line[at..].contains("</")).then_some(at)
}

/// How long a bracket with a sentence in it is: « (il est en congé) ».
fn aside(text: &str) -> Option<usize> {
    let end = line_of(text).find(')').filter(|end| *end < REACH)?;
    let inner = &text[1..end];
    let plain = inner.split_whitespace().all(|word| strength(clause::bare(word)) != Strength::Strong);
    (inner.contains(' ') && plain && !inner.contains([':', '='])).then_some(end + 1)
}

/// Where the next argument begins behind a name that goes on: `define('CLE_API_METEO', '…')`.
fn next_argument(text: &str) -> Option<usize> {
    let name = text.strip_prefix('_')?;
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|end| *end > 0)?;
    let rest = name[end..].strip_prefix(['"', '\''])?.trim_start_matches(is_blank).strip_prefix(',')?;
    let argument = rest.trim_start_matches(is_blank);
    (argument.starts_with(['"', '\'']) && !words::disarms(&name[..end].to_lowercase()))
        .then_some(text.len() - argument.len())
}

/// Where the value begins in `value: …`, `"value": …`: the second half of a name that is a value itself.
fn value_key(text: &str) -> Option<usize> {
    let key = text.trim_start_matches(['"', '\'', '-', ' ']);
    let word = key.get(..5).filter(|word| word.eq_ignore_ascii_case("value"))?;
    let rest = key[word.len()..].trim_start_matches(['"', '\'', ' ']);
    let value = rest.strip_prefix([':', '='])?;
    Some(text.len() - value.len())
}

/// Whether the name is the head of a column: other heads beside it, and as many cells in the next line.
fn is_header(text: &str, at: usize) -> bool {
    let separator = text[at..].chars().next().unwrap_or('|');
    let mut lines = text[at..].lines();
    let (Some(head), Some(below)) = (lines.next(), lines.next()) else { return false };
    // The next line has the cells before the name's as well.
    below.matches(separator).count() >= head.matches(separator).count().max(1)
}

/// A value below its name: in the next lines of a table the strong one, or the whole next line.
fn below(text: &str, at: usize) -> Option<Judgement> {
    let mut start = at;
    let tabular = text[at..].starts_with(['|', '\t', ';', ',']);
    let cells =
        |line: &str| ['\t', ';', '|', ','].into_iter().map(|sign| line.trim_matches('|').matches(sign).count()).max();
    for (number, line) in text[at..].split('\n').enumerate().take(if tabular { 4 } else { 3 }) {
        let here = start;
        start += line.len() + 1;
        if number == 0 || line.trim().is_empty() {
            continue;
        }
        let mut cell_start = here;
        for cell in line.split(['|', '\t', ';', ',']) {
            if let Some(token) = token(cell)
                && strength(token.text) == Strength::Strong
                && token.rest.trim_matches(|c: char| is_blank(c) || c == '\r').is_empty()
                && (tabular
                    || line.trim().len() == cell.trim().len()
                    // The name is the last head of a table.
                    || cells(line).is_some_and(|cells| (1..=8).contains(&cells)) && line.trim_end().ends_with(cell.trim()))
            {
                let value = cell_start + token.range.start..cell_start + token.range.end;
                return Some(Judgement { value, confidence: Confidence::High });
            }
            cell_start += cell.len() + 1;
        }
        if !tabular {
            return columns(line, here);
        }
    }
    None
}

/// `root       toor123`: the last of two to four columns that spaces set apart; « PC1 Ahorn-31 »: a label and its value.
fn columns(line: &str, at: usize) -> Option<Judgement> {
    let line = line.trim_end();
    let found = |start: usize| Judgement { value: at + start..at + line.len(), confidence: Confidence::High };
    if let Some((label, value)) = line.split_once(' ')
        && label.len() <= 16
        && label.chars().all(|c| c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.'))
        && !words::is_an_answer(label)
        && nearby::is_of_letters_and_digits(value)
        && !value.contains(' ')
    {
        return Some(found(label.len() + 1));
    }
    let cells = line.split("  ").filter(|cell| !cell.trim().is_empty()).count();
    let start = line.rfind("  ")? + 2;
    let value = &line[start..];
    ((2..=4).contains(&cells) && !value.contains(' ') && strength(value) == Strength::Strong).then(|| found(start))
}

/// How sure it is that the token is a password.
fn weigh(sign: Sign, token: &Token<'_>, qualified: usize, attached: bool) -> Option<Confidence> {
    let rest = token.rest.trim_start_matches(is_blank);
    let looks = strength(token.text);
    if words::soon_dead(token.rest) && matches!(looks, Strength::Number | Strength::Doubtful | Strength::Strong) {
        return None;
    }
    if token.text.contains(char::is_whitespace) {
        return passphrase(sign, token);
    }
    // `POSTGRES_PASSWORD=fleurs postgres:16`: what is attached to its name ends at the space.
    let alone = stands_alone(rest) || attached;
    // `login/mdp : root / toor`: the first of the two is the name.
    let a_name =
        rest.strip_prefix(['/', '|']).is_some_and(|after| after.starts_with(is_blank) || rest.starts_with('/'))
            && sign != Sign::Cell
            && !rest.starts_with("/>");
    match (sign, looks) {
        // « mdp : J'aimeLyon69 », « mot de passe : 12/06/1958 »: nothing else is written so.
        (Sign::Mark | Sign::Cell, Strength::No) if is_odd(token.text) => Some(Confidence::High),
        (Sign::Mark, Strength::No) if qualified == 0 && rest.is_empty() && is_a_birthday(token.text) => {
            Some(Confidence::High)
        }
        (Sign::Mark | Sign::Verb, Strength::No) if alone && is_an_image(token.text, 12) => Some(Confidence::High),
        (Sign::Verb, Strength::No) if alone && joins_small_words(token.text) => Some(Confidence::High),
        // « le mdp c'est Coquelicot-Volant »
        (Sign::Verb, Strength::No | Strength::Word)
            if alone
                && joins_two_words(token.text)
                // « c'est Karim/Julie »
                && (token.quoted == Quoted::Yes || !token.text.contains('/')) =>
        {
            Some(Confidence::High)
        }
        (_, Strength::No) => None,
        (_, Strength::Strong | Strength::Word | Strength::Number) if a_name => None,
        // « ssh pi@10.0.0.3 (password raspberry77) »
        (Sign::Beside, Strength::Strong) if rest.starts_with(')') && digits_of(token.text) >= 2 => {
            Some(Confidence::High)
        }
        // « mdp bluebird22 », « mdp 1234 », « mot de passe azerty »: and nothing else.
        (Sign::Beside, Strength::Strong)
            if (alone || closes_a_verb(rest))
                && nearby::is_a_word_with_a_number(token.text)
                && token.text.len() >= 8 =>
        {
            Some(Confidence::High)
        }
        (Sign::Beside, Strength::Strong) if alone && words::listed(words::COMMON, &token.text.to_lowercase()) => {
            Some(Confidence::High)
        }
        // « Nutzer presse, Passwort Druckfahne3 »: a login near by will say so.
        (Sign::Beside, Strength::Strong) => {
            let long = token.text.chars().count() >= 8;
            let capital = long && (token.text.starts_with(char::is_uppercase) || token.text.contains(['-', '_']));
            beside(token).or_else(|| (alone && capital).then_some(Confidence::Medium))
        }
        (Sign::Beside | Sign::Verb | Sign::Mark, Strength::Word) if words::spells(rest) => Some(Confidence::High),
        (Sign::Beside, Strength::Number) if rest.is_empty() => number(token, rest),
        (Sign::Beside, _) => None,
        (Sign::Dash, Strength::Strong) if alone && nearby::is_a_word_with_a_number(token.text) => {
            Some(Confidence::High)
        }
        (Sign::Dash, Strength::Strong) => beside(token),
        (Sign::Dash, _) => None,
        (_, Strength::Strong) => Some(Confidence::High),
        (_, Strength::Doubtful) => Some(Confidence::Medium),
        (_, Strength::Number) => number(token, rest),
        // Four letters are a name more often than a password.
        (Sign::Mark | Sign::Verb, Strength::Word) if token.text.chars().count() < 5 && !attached => {
            alone.then_some(Confidence::Medium)
        }
        (Sign::Mark, Strength::Word) if alone && qualified <= 3 && token.quoted == Quoted::Yes => {
            Some(Confidence::High)
        }
        (Sign::Mark, Strength::Word) if alone && qualified <= 3 => Some(Confidence::High),
        (Sign::Verb, Strength::Word) if alone && token.quoted == Quoted::Yes => Some(Confidence::High),
        // `<password>galetbleu</password>`
        (Sign::Cell, Strength::Word) if rest.starts_with("</") => Some(Confidence::High),
        (Sign::Mark | Sign::Verb | Sign::Cell, Strength::Word) => alone.then_some(Confidence::Medium),
        (Sign::Line, _) => None,
    }
}

/// « vul bij wachtwoord molen1573 in », « gib als Passwort molen1573 ein »: the other half of a verb.
fn closes_a_verb(rest: &str) -> bool {
    matches!(rest.trim_end_matches(['.', '!', ' ']), "in" | "ein" | "an")
}

/// « mdp Azerty123! »: without a sign the value must have digits or a mark besides both cases.
pub(super) fn beside(token: &Token<'_>) -> Option<Confidence> {
    let value = token.text.trim_end_matches(['!', '?']);
    let upper = value.chars().any(char::is_uppercase);
    let lower = value.chars().any(char::is_lowercase);
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let mark = value.chars().any(|c| matches!(c, '!' | '@' | '#' | '$' | '%' | '&' | '*' | '+'))
        || digits > 0 && upper && value.len() < token.text.len()
        // « dossier2025! »
        || digits >= 2 && value.chars().count() >= 8 && value.len() < token.text.len()
        || joins_names(value) && digits > 0
        || joins_capitals(value)
        || nearby::alternates(value, 6, 3);
    // « fram6oise-Pi »: a digit within the word.
    let within = value.chars().count() >= 8
        && value
            .trim_end_matches(|c: char| !c.is_alphabetic())
            .trim_start_matches(|c: char| !c.is_alphabetic())
            .bytes()
            .any(|b| b.is_ascii_digit());
    let made = mark || token.quoted == Quoted::Yes || upper && lower && (within || digits >= 2);
    if made { Some(Confidence::High) } else { (digits >= 2).then_some(Confidence::Medium) }
}

/// A value with a sign that no other has (`'`, `/`, `€`, `°`), and besides both cases and digits.
fn is_odd(value: &str) -> bool {
    let program = value.contains(['=', '(', ')', '[', ']', '{', '}', '<', '>', '"', '\\', '$', ':', '@', ',']);
    let slashes = value.matches('/').count();
    value.contains(['\'', '’', '/', '€', '°'])
        && (8..=40).contains(&value.chars().count())
        && slashes <= 1
        && !value.starts_with(['/', '.', '~'])
        && !program
        && value.chars().any(char::is_uppercase)
        && value.chars().filter(|c| c.is_lowercase()).count() >= 2
        && digits_of(value) >= 1
        && (slashes == 0 || !value.split('/').any(words::is_an_answer))
}

/// The day on which somebody was born: a date of long ago.
fn is_a_birthday(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['/', '-', '.']).collect();
    let number = |part: &str| part.parse::<u32>().unwrap_or_default();
    parts.len() == 3
        && (1..=31).contains(&number(parts[0]))
        && (1..=12).contains(&number(parts[1]))
        && (1930..=2012).contains(&number(parts[2]))
}

fn digits_of(value: &str) -> usize {
    value.bytes().filter(u8::is_ascii_digit).count()
}

/// « Kiwi-Banane7 », `Zinc_Toiture9`: two words with capitals in one piece.
pub(super) fn joins_names(value: &str) -> bool {
    let capitals = value.split(['-', '_', '.']).filter(|part| {
        part.chars().next().is_some_and(char::is_uppercase) && part.chars().skip(1).take(2).all(char::is_lowercase)
    });
    value.chars().count() >= 9 && capitals.filter(|part| part.chars().count() >= 3).count() >= 2
}

/// A number: no quantity (« 12 caractères »), no year by itself.
fn number(token: &Token<'_>, rest: &str) -> Option<Confidence> {
    // « 3390 - Claire », but « 12-15 » and « 12 - 15 ».
    let signature = token.rest.starts_with(is_blank)
        && rest.trim_start_matches('-').trim_start().starts_with(char::is_alphabetic)
        && rest.starts_with("- ");
    let quantity =
        rest.chars().next().is_some_and(|c| c.is_alphabetic() || matches!(c, '%' | '€' | '°' | '/' | '-' | 'à'))
            && !signature;
    let followed = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    if quantity && !words::follows(&followed) {
        return None;
    }
    let year = token.text.len() == 4 && (token.text.starts_with("19") || token.text.starts_with("20"));
    Some(if year || token.text.len() > 16 { Confidence::Medium } else { Confidence::High })
}

/// « mdp : la dent de Lucas 2017 »: how long a few words with a year at their end are, none of which answers. A month has a year too.
fn phrase_with_a_number(sign: Sign, token: &Token<'_>, text: &str) -> Option<usize> {
    const MONTHS: &[&str] = &[
        "jan", "fév", "fev", "mar", "avr", "apr", "mai", "may", "jui", "jul", "jun", "aoû", "aug", "sep", "oct", "okt",
        "nov", "déc", "dec", "dez", "ene", "abr", "mag", "giu", "lug", "ago", "set", "ott", "dic", "gen", "mei",
    ];
    if !matches!(sign, Sign::Mark | Sign::Verb) || token.quoted == Quoted::Yes || !token.rest.starts_with(' ') {
        return None;
    }
    let line = line_of(text);
    let end = line.find([',', '(', ';', '.', '!', '?']).unwrap_or(line.len());
    let phrase = line.get(..end.min(48))?.trim_end();
    let (words_before, number) = phrase.rsplit_once(' ')?;
    let counted = number.parse::<u32>().is_ok_and(|year| (1900..=2099).contains(&year));
    let mut linked = sign == Sign::Verb;
    let mut count = 0;
    let mut content = 0;
    let plain = counted
        && words_before.split(' ').all(|word| {
            count += 1;
            let head: String = word.chars().take(3).flat_map(char::to_lowercase).collect();
            let long = word.chars().count() >= 4;
            content += usize::from(long);
            linked |= words::joins(word) || words::speaks(word);
            word.chars().all(char::is_alphabetic)
                && !words::names_a_numbered_thing(word)
                && (words::joins(word) || words::speaks(word) || !words::is_an_answer(word))
                && !(long && MONTHS.contains(&head.as_str()))
                && !words::is_a_person(word)
        });
    let last = words_before.rsplit(' ').next()?;
    let of_a_thing = words::names_a_numbered_thing(last) || words::joins(&last.to_lowercase()) || words::speaks(last);
    (plain && linked && (2..=5).contains(&count) && content >= 2 && !of_a_thing && end < 49).then_some(phrase.len())
}

/// Several words in quotes: « "cheval agrafe pile correct" », but not « "à changer" ».
fn passphrase(sign: Sign, token: &Token<'_>) -> Option<Confidence> {
    let parts: Vec<&str> = token.text.split_whitespace().collect();
    let word = |part: &&&str| words::is_an_answer(part.trim_matches(|c: char| !c.is_alphanumeric()));
    let pair = parts.len() == 2
        && parts.iter().all(|part| part.chars().count() >= 4 && part.chars().all(char::is_alphabetic))
        && !parts.iter().any(|part| words::is_an_answer(part));
    if pair && sign == Sign::Verb {
        return Some(Confidence::High);
    }
    let speaks =
        parts.iter().any(|part| words::speaks(part)) || parts.iter().filter(word).count() >= 2 || parts.len() < 3;
    if speaks || !matches!(sign, Sign::Mark | Sign::Verb) {
        return None;
    }
    if parts.iter().any(|part| strength(part) == Strength::Strong) {
        return Some(Confidence::High);
    }
    (parts.len() >= 4).then_some(Confidence::Medium)
}

/// Nothing follows that makes a sentence of it: the end, punctuation, or words that people add to a password.
pub(super) fn stands_alone(rest: &str) -> bool {
    let Some(first) = rest.chars().next() else { return true };
    if matches!(first, ',' | ';' | ')' | '|' | '(' | '}' | ']' | '"' | '\'' | '`' | '*' | '»' | '&' | '<' | '.' | '\\')
    {
        return true;
    }
    let word = rest.split(|c: char| !c.is_alphanumeric() && c != '\'').next().unwrap_or_default().to_lowercase();
    if word.is_empty() {
        // An emoji, a dash, a slash, a full stop of an abbreviation.
        return !first.is_ascii() || matches!(first, '-' | '!' | '.' | '/' | '=' | '#');
    }
    words::follows(&word)
}
