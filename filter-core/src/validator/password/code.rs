//! The code of a door, a safe or a meeting: « digicode : 45B21 », « code du coffre 29-14-63 », « PIN organisateur 80917 ».
//!
//! It is often a number and as short as one, so that its own form (a letter or a key of the keypad among the digits, groups, no year)
//! decides with what stands between its name and it.

use super::assignment::{self, Sign, sign, stands_alone};
use super::clause::{self, is_blank, line_of, token};
use super::nearby;
use super::words;
use crate::validator::Judgement;
use crate::verdict::Confidence;

/// The code that a text gives away which follows the name of one.
pub(in crate::validator) fn judge(text: &str) -> Option<Judgement> {
    // « il codice di accesso 551 902 e la password Lavagna7 »: what stands nearer is this name's.
    let near = code_farther_on(text);
    let told =
        assignment::judge(text).filter(|told| near.as_ref().is_none_or(|near| told.value.start <= near.value.start));
    let Some(judgement) = told else {
        return near.or_else(|| number_in_groups(text)).or_else(|| number_beside(text)).or_else(|| code_below(text));
    };
    let digits = text.get(judgement.value.clone())?.bytes().filter(u8::is_ascii_digit).count();
    let confidence = if digits >= 2 { Confidence::High } else { judgement.confidence };
    Some(Judgement { confidence, ..judgement })
}

/// « digicode 4521 », « code alarme 7788 ! »: four to eight digits right behind the name, and no more to it.
fn number_beside(text: &str) -> Option<Judgement> {
    let mut start = 0;
    let line = clause::span_of(text);
    // « PIN fürs Diensthandy 4471 »: a line of its own, and short.
    if line.len() < 48 && line.trim_end().ends_with(|c: char| c.is_ascii_digit()) {
        start = line.trim_end().rfind(' ').filter(|at| plain_words(&line[..*at])).unwrap_or(0);
    }
    let token = token(&text[start..]).filter(|_| text.starts_with(is_blank))?;
    let digits = token.text.bytes().filter(u8::is_ascii_digit).count();
    let letters = token.text.len() - digits;
    let year = letters == 0 && digits == 4 && (token.text.starts_with("19") || token.text.starts_with("20"));
    let code = (4..=8).contains(&digits) && letters <= 1 && token.text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let alone = stands_alone(token.rest.trim_start_matches(is_blank)) && !words::soon_dead(token.rest);
    let range = start + token.range.start..start + token.range.end;
    (code && !year && alone).then_some(Judgement { value: range, confidence: Confidence::High })
}

/// « digicode immeuble rue Bayard 48B19 », « PIN organisateur 80917 (…) », « codice di accesso 551 902 »: with no sign, behind words that
/// begin with what it opens.
fn code_farther_on(text: &str) -> Option<Judgement> {
    const WORDS: usize = 6;
    let line = clause::span_of(text);
    let mut at = nearby::blank(line);
    let mut opens = None;
    for _ in 0..=WORDS {
        let rest = &line[at..];
        let word = rest.split(is_blank).next().filter(|word| at > 0 && !word.is_empty())?;
        let number = word.trim_start_matches('*').starts_with(|c: char| c.is_ascii_digit());
        if number || word.bytes().filter(u8::is_ascii_digit).count() >= 3 {
            if let Some(length) = code(rest) {
                // Behind other words a plain number may be anything: « code article 4512 ».
                let lettered = rest[..length].contains(|c: char| c.is_alphabetic() || matches!(c, '#' | '*'));
                let known = opens.unwrap_or(true) || lettered;
                return known.then(|| Judgement { value: at..at + length, confidence: Confidence::High });
            }
            // « digicode 12 rue des Lilas A4712 »
            if word.len() > 3 {
                return None;
            }
        } else {
            let small = word.to_lowercase();
            // Accents that stand apart are left out.
            let small: String = small.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
            let small = small.rsplit(['\'', '’']).next().unwrap_or_default();
            // « … de l'armoire à pharmacie, c'est 4415 »
            let behind = line[at + word.len()..].trim_start_matches(is_blank).to_lowercase();
            let verb = small.ends_with(',') && words::verb(&behind).is_some();
            let ends = small.ends_with(['?', '!', ';', '…']) || small.ends_with('.') && small.len() > 6;
            let small = small.trim_end_matches(['.', ',']);
            if opens.is_none() && !words::joins(small) {
                opens = Some(words::is_opened_by_a_code(small));
            }
            if verb {
                opens = Some(true);
            }
            let plain = small.chars().all(|c| c.is_alphabetic() || c == '-') && (verb || !word.ends_with(','));
            let answers = opens != Some(true) && words::is_an_answer(small) && !words::speaks(small);
            if !plain || ends || answers && !words::joins(small) {
                return None;
            }
        }
        at += word.len();
        at += nearby::blank(&line[at..]);
    }
    None
}

/// How long the code is with which a text begins: `48B19`, `774 208#`, `14-62-09-33`, `80917`. What follows must not go on with it.
fn code(text: &str) -> Option<usize> {
    let code = read(text)?;
    let known = match code.form {
        Form::Signed | Form::Lettered => true,
        Form::Grouped | Form::Plain | Form::Round => code.stands_alone(),
        Form::Weak => false,
    };
    known.then_some(code.length)
}

/// What a code looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Three digits, or what may be a year.
    Weak,
    /// Hundreds: a sum more often than a code.
    Round,
    /// Four to eight digits.
    Plain,
    /// The same in groups.
    Grouped,
    /// With a letter among the digits, and no room.
    Lettered,
    /// With a key of the keypad.
    Signed,
}

/// A code with which a text begins.
pub(super) struct Code<'t> {
    pub(super) form: Form,
    /// In bytes.
    pub(super) length: usize,
    /// What follows it.
    pub(super) rest: &'t str,
}

impl Code<'_> {
    /// Whether nothing follows that makes a quantity of it.
    pub(super) fn stands_alone(&self) -> bool {
        stands_alone(self.rest.trim_start_matches(is_blank)) && !words::soon_dead(self.rest)
    }
}

/// The code with which a text begins. What follows must not go on with it.
pub(super) fn read(text: &str) -> Option<Code<'_>> {
    let body = text.trim_start_matches('*');
    let before = text.len() - body.len();
    let part = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
    let first = body.find(|c: char| !part(c)).unwrap_or(body.len());
    let mut value = &body[..first];
    let digits = |value: &str| value.bytes().filter(u8::is_ascii_digit).count();
    let letters = first - digits(value);
    let mut grouped = false;
    if letters == 0
        && let Some(length) = groups(body).or_else(|| groups_before_a_key(body))
    {
        value = &body[..length];
        grouped = true;
    }
    let after = &body[value.len()..];
    let sign = after.len() - after.trim_start_matches(['#', '*']).len();
    let rest = &after[sign..];
    let room = value.ends_with(|c: char| c.is_ascii_uppercase()) && digits(value) < 4
        || value.starts_with(|c: char| c.is_ascii_uppercase()) && digits(value) < 4;
    // « C2580Y »
    let framed = letters == 2 && value.starts_with(is_capital) && value.ends_with(is_capital) && digits(value) >= 4;
    let lettered = (letters == 1 || framed) && (4..=8).contains(&value.len()) && !room;
    let year = value.len() == 4 && (value.starts_with("19") || value.starts_with("20"));
    let round = value.len() >= 4 && value.ends_with("00");
    let signed = sign > 0 && sign < 3 && letters == 0 && (3..=8).contains(&digits(value));
    let form = match value.len() {
        _ if signed || is_dialled(value) => Form::Signed,
        _ if lettered => Form::Lettered,
        _ if grouped => Form::Grouped,
        _ if letters > 0 => return None,
        4..=8 if !year => {
            if round {
                Form::Round
            } else {
                Form::Plain
            }
        }
        3 | 4 => Form::Weak,
        _ => return None,
    };
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '@' | '°' | '%' | '€'));
    // « 1280,50 »
    let goes_on = rest.starts_with([',', '.', ':']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    (ends && !goes_on).then_some(Code { form, length: before + value.len() + sign, rest })
}

/// « 2-5-8-0 »: key by key.
fn is_dialled(value: &str) -> bool {
    value.contains('-') && value.split('-').all(|key| key.len() == 1)
}

fn is_capital(character: char) -> bool {
    character.is_ascii_uppercase()
}

/// « 7751 203# »: how long a number in any groups is, where a key of the keypad ends it.
fn groups_before_a_key(text: &str) -> Option<usize> {
    let run = &text[..text.find(|c: char| !c.is_ascii_digit() && c != ' ').unwrap_or(text.len())];
    let groups = run.split(' ');
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let dialled = (5..=8).contains(&digits) && groups.clone().all(|group| (2..=4).contains(&group.len()));
    (dialled && groups.count() > 1 && text[run.len()..].starts_with(['#', '*'])).then_some(run.len())
}

/// How long a number in groups is: two to four of two to four digits, eight digits at most, and neither date nor years.
fn groups(text: &str) -> Option<usize> {
    let grouped = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '\u{a0}' | '\u{202f}');
    let run = &text[..text.find(|c: char| !grouped(c)).unwrap_or(text.len())];
    let value = run.trim_end_matches(|c: char| !c.is_ascii_digit());
    let groups: Vec<&str> = value.split(|c: char| !c.is_ascii_digit()).collect();
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    let number = |group: &str| group.parse::<u32>().unwrap_or_default();
    let dialled = groups.len() >= 4 && groups.iter().all(|group| group.len() == 1) && value.contains('-');
    let even = groups.iter().all(|group| (2..=4).contains(&group.len()) && group.len() == groups[0].len());
    let date = groups.len() == 3 && number(groups[0]) <= 31 && number(groups[1]) <= 12;
    let years = groups.iter().all(|group| matches!(number(group), 1900..=2099));
    ((2..=6).contains(&groups.len()) && (4..=8).contains(&digits) && (even || dialled) && !date && !years)
        .then_some(value.len())
}

/// « le code de la barrière svp ? ⏎ — *2804# puis … »: a code with a key of a keypad in it begins the answer.
fn code_below(text: &str) -> Option<Judgement> {
    let next = text.split('\n').skip(1).find(|line| !line.trim().is_empty())?;
    let said = next.trim_start_matches(|c: char| is_blank(c) || matches!(c, '—' | '–' | '-' | '>' | '→' | '•'));
    let start = said.as_ptr() as usize - text.as_ptr() as usize;
    let length = code(said)?;
    said[..length]
        .contains(['#', '*'])
        .then(|| Judgement { value: start..start + length, confidence: Confidence::High })
}

/// How long a key in groups of four capitals and digits is, of which there are at least three.
fn printed_key(text: &str) -> Option<usize> {
    let mut end = 0;
    let mut groups = 0;
    let mut rest = text;
    while let Some(group) =
        rest.get(..4).filter(|group| group.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()))
    {
        groups += 1;
        end = text.len() - rest.len() + group.len();
        let Some(next) = rest[4..].strip_prefix([' ', '-']) else { break };
        rest = next;
    }
    let value = &text[..end];
    let mixed = value.bytes().filter(u8::is_ascii_digit).count() >= 3 && value.bytes().any(|b| b.is_ascii_uppercase());
    (groups >= 3 && mixed && !text[end..].starts_with(char::is_alphanumeric)).then_some(end)
}

/// At most three words, and none that says what else the number may be.
fn plain_words(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.clone().count() <= 3
        && words.all(|word| {
            word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '(' | ')' | '\u{300}'..='\u{36f}'))
                && !words::is_an_answer(without_genitive(word.trim_matches(['(', ')'])))
                || words::follows(&word.to_lowercase())
                || words::joins(&word.to_lowercase())
        })
}

/// « tonight's »
fn without_genitive(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// « passcode : 882 114 », « code du coffre : 29-14-63 »: four to eight digits in groups behind a sign.
fn number_in_groups(text: &str) -> Option<Judgement> {
    let (sign, at, qualified) = sign(text)?;
    if !matches!(sign, Sign::Mark | Sign::Verb) || qualified > 4 {
        return None;
    }
    let start = at + nearby::blank(&text[at..]);
    let grouped = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '\u{a0}' | '\u{202f}');
    let run = line_of(&text[start..]);
    let end = run.find(|c: char| !grouped(c)).unwrap_or(run.len());
    let value = run[..end].trim_end_matches(|c: char| !c.is_ascii_digit());
    let groups: Vec<&str> = value.split(|c: char| !c.is_ascii_digit()).collect();
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    let even = groups.iter().all(|group| (2..=4).contains(&group.len()));
    // « 12-06-2026 », « 06-12-26 »: a day and a month.
    let number = |group: &str| group.parse::<u32>().unwrap_or_default();
    let date = groups.len() == 3
        && (groups.iter().any(|group| group.len() == 4)
            || (number(groups[0]) <= 31 && number(groups[1]) <= 12
                || number(groups[1]) <= 31 && number(groups[0]) <= 12));
    // « ABCD 1234 EF56 7890 »: as it stands on the box.
    if let Some(length) = printed_key(run) {
        return Some(Judgement { value: start..start + length, confidence: Confidence::High });
    }
    let code = (2..=4).contains(&groups.len()) && (4..=8).contains(&digits) && even && !date;
    let rest = &run[value.len()..];
    let key = usize::from(rest.starts_with(['#', '*']));
    let rest = rest[key..].trim_start_matches(is_blank);
    (code && stands_alone(rest) && !words::soon_dead(rest))
        .then(|| Judgement { value: start..start + value.len() + key, confidence: Confidence::High })
}
