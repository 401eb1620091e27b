//! A password that stands near its name, with no sign between them: « j'ai mis Nantes44! comme mot de passe », « pour le mdp, essaie
//! Kiwi-Banane7 », « mdp ? ⏎ Kiwi-Banane7 ».
//!
//! Nothing but the value itself says that it is one, so it must be *made*: what no word, name, version or date is. Half of that is
//! enough behind a word that announces it (« c'est », « j'ai mis », « now »). Where people speak *about* passwords they give such
//! values as examples (« évitez les mots de passe du genre Azerty123! »), which are none.

use super::assignment::beside;
use super::clause::{self, is_blank, line_of};
use super::value::{Strength, joins_two_words, strength};
use super::words;
use crate::validator::{Judgement, basic_auth};
use crate::verdict::Confidence;

/// How far behind its name the value may begin, in bytes and words.
const REACH: usize = 140;
const WORDS: usize = 18;

/// How many words may stand between the value and the name behind it.
const WORDS_BEFORE: usize = 6;

/// A word of a text as it was written, with its place.
struct Word<'t> {
    written: &'t str,
    at: usize,
}

impl<'t> Word<'t> {
    /// Without quotes and punctuation, and where that stands.
    fn bare(&self) -> (&'t str, core::ops::Range<usize>) {
        let value = clause::bare(self.written);
        let at = self.at + (value.as_ptr() as usize - self.written.as_ptr() as usize);
        (value, at..at + value.len())
    }
}

fn words_of(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.split(char::is_whitespace)
        .filter(|word| !word.is_empty())
        .map(|written| Word { written, at: written.as_ptr() as usize - text.as_ptr() as usize })
}

/// The value behind a name, on the same line, or alone on the next where the line asks for it.
pub(super) fn behind(text: &str) -> Option<Judgement> {
    let line = line_of(text);
    let mut reach = line.len().min(REACH);
    while !line.is_char_boundary(reach) {
        reach -= 1;
    }
    if let Some(judgement) = last_of_a_short_line(clause::span_of(text)) {
        return Some(judgement);
    }
    let mut announced = line.trim_start().starts_with([',', '?', '(', '.', '…']);
    let mut signed = line.starts_with(" ?") || line.starts_with('?');
    let mut likened = false;
    // « … tape azur3coast », « …, à savoir x9kk-4410 »
    let mut typed = false;
    for (number, word) in words_of(&line[..reach]).take(WORDS).enumerate() {
        let (value, range) = word.bare();
        // `password_hash`, « mot de passe oublié » are other things.
        if number == 0 && !line.starts_with([',', '?', '.', '!']) && words::disarms(&value.to_lowercase()) {
            return None;
        }
        if words::gives_an_example(value) {
            return None;
        }
        if range.end < line.len() && range.end == reach {
            break;
        }
        // « un mot de passe comme « Azerty123 » »
        if likened && value.contains(char::is_alphanumeric) && is_a_word_with_a_number(value) {
            return None;
        }
        likened = likened && !value.contains(char::is_alphanumeric) || words::likens(value);
        let made = unmistakable(value)
            || announced && is_made(value)
            || signed && is_a_word_with_a_number(value)
            || typed && is_of_letters_and_digits(value);
        if made && !names_somebody(word.written) && !words::soon_dead(&line[range.end..]) {
            return Some(Judgement { value: range, confidence: Confidence::High });
        }
        let silent = !value.contains(char::is_alphanumeric);
        typed = typed && (silent || words::joins(value)) || words::hands_over(&value.to_lowercase());
        signed = signed && silent
            || word.written.ends_with(['→', ':', '=', '⇒'])
            || word.written.ends_with("->")
            || is_a_picture(word.written)
            || matches!(value, "c'est" | "c’est" | "it's" | "is" | "lautet" | "ist");
        announced = announced && silent || announces(word.written, value);
    }
    answer(text, line)
}

/// « mot de passe de la tablette loulou2015 »: what it is for, and then nothing but the value. « … du compte marie75 » names an account.
fn last_of_a_short_line(line: &str) -> Option<Judgement> {
    let words: Vec<Word<'_>> =
        words_of(line.get(..REACH / 2).filter(|_| line.len() > REACH / 2).map_or(line, |_| "")).collect();
    let (last, before) = words.split_last()?;
    let (value, range) = last.bare();
    let leads = before
        .first()
        .is_some_and(|word| matches!(word.written, "de" | "du" | "des" | "pour" | "for" | "für" | "vom" | "of"));
    let named = before.iter().all(|word| {
        let small = word.written.to_lowercase();
        word.written.chars().all(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '/'))
            && !words::names_an_account(&small)
            && !words::disarms(&small)
            && !words::gives_an_example(&small)
    });
    let long = value.chars().count() >= 8;
    (leads && named && long && (2..=5).contains(&before.len()) && is_a_word_with_a_number(value))
        .then_some(Judgement { value: range, confidence: Confidence::High })
}

/// « mdp ? ⏎ Kiwi-Banane7 »: a line of one word, whoever says it, below one that ends as a question does.
fn answer(text: &str, line: &str) -> Option<Judgement> {
    let asks = line.len() < REACH / 2
        && (line.trim_end().ends_with(['?', ':', '…', '!'])
            || line.split_whitespace().any(|word| is_a_picture(word) || words::points_below(word)));
    let (mut at, mut lines) = (line.len(), text.get(line.len()..)?.split('\n').skip(1));
    let next = loop {
        let next = lines.next()?;
        at += 1;
        if !next.trim().is_empty() {
            break next;
        }
        at += next.len();
    };
    // « Kiwi-Banane7 (ya, ya…) »
    let next = next.find(" (").filter(|_| next.trim_end().ends_with(')')).map_or(next, |aside| &next[..aside]);
    // « R : … », « — … », « [10:43] Inès : … »
    let said = next
        .rfind(": ")
        .map_or(0, |colon| colon + 2)
        .max(next.len() - next.trim_start_matches(['—', '–', '-', '>', ' ', '•', '→']).len());
    let spoken = &next[said..];
    let word = Word { written: spoken.trim(), at: at + said + blank(spoken) };
    let (value, range) = word.bare();
    let alone = !word.written.contains(char::is_whitespace) && !names_somebody(word.written) && said < 32;
    let made = is_made(value) || is_a_word_with_a_number(value);
    (asks && alone && made).then_some(Judgement { value: range, confidence: Confidence::High })
}

/// « epson1234 », where a sign or a question asks for it.
pub(super) fn is_a_word_with_a_number(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    let plain =
        value.chars().all(|c| c.is_alphanumeric() || matches!(c, '!' | '-' | '_' | '.' | '+' | '*' | '#' | '$'));
    strength(value) == Strength::Strong && digits >= 2 && letters >= 4 && plain
}

/// `azur3coast`, `x9kk-4410`: no word, no name of a program, and long enough to be none of a room.
pub(super) fn is_of_letters_and_digits(value: &str) -> bool {
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    strength(value) == Strength::Strong
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && letters >= 3
        && value.chars().count() >= 7
}

/// The value before a name, in a text that ends with the name.
pub(in crate::validator) fn judge_before(text: &str) -> Option<Judgement> {
    let words: Vec<Word<'_>> = words_of(text).collect();
    // The last word is the name, or the end of one (« mot de passe »).
    let last = words.len().checked_sub(1)?;
    for number in (last.saturating_sub(WORDS_BEFORE + 3)..last).rev() {
        let word = &words[number];
        let (value, range) = word.bare();
        // « « ouvre-Toi », c'est le mot de passe »: what quotes set off need look like nothing.
        if is_quoted_alone(text, &range)
            && words::gives_as(
                &text[range.end..].trim_start_matches(['"', '»', '”', '“', ' ', '\u{a0}', ',']).to_lowercase(),
            )
            && !words::is_an_answer(value)
        {
            return Some(Judgement { value: range, confidence: Confidence::High });
        }
        // « il faut mettre Liberté! comme mot de passe »
        let put = number.checked_sub(1).is_some_and(|before| words::hands_over(&words[before].bare().0.to_lowercase()));
        if put
            && value.starts_with(char::is_uppercase)
            && strength(value.trim_end_matches('!')) == Strength::Word
            && words::gives_as(&text[range.end..].to_lowercase())
        {
            return Some(Judgement { value: range, confidence: Confidence::High });
        }
        // « dXNlcjpwYXNzd29yZA== (user:password en base64) » is for the rule that reads it.
        if strength(value) != Strength::Strong || names_somebody(word.written) || basic_auth::is_a_pair(value) {
            // A sentence that ends between them parts them.
            if word.written.ends_with(['.', '?', ';']) && !word.written.ends_with("...") {
                return None;
            }
            continue;
        }
        let behind = &text[range.end..];
        let between = behind.to_lowercase();
        let joined = words::leads_to_a_name(&between);
        let before = number.checked_sub(1).map(|before| &words[before]);
        let announced = before.is_some_and(|before| announces(before.written, before.bare().0));
        let example = words[..number].iter().any(|word| words::gives_an_example(word.bare().0));
        let high = unmistakable(value) && (joined || announced)
            || is_made(value) && joined
            || is_a_word_with_a_number(value) && words::gives_as(&between)
            || joined && announced && value.bytes().any(|byte| byte.is_ascii_digit());
        return (high && !example).then_some(Judgement { value: range, confidence: Confidence::High });
    }
    None
}

/// Whether one word of five characters or more stands alone between quotes.
fn is_quoted_alone(text: &str, range: &core::ops::Range<usize>) -> bool {
    let blank = |c: char| is_blank(c);
    let before = text[..range.start].trim_end_matches(blank);
    let behind = text[range.end..].trim_start_matches(blank);
    before.ends_with(['«', '"', '“', '„'])
        && behind.starts_with(['»', '"', '”', '“'])
        && text[range.clone()].chars().count() >= 5
        && text[range.clone()].chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// A password at the beginning of a text, whatever follows: `Bleu#Horizon4 | sudo -S …`.
pub(in crate::validator) fn judge_first(text: &str) -> Option<Judgement> {
    let token = clause::token(text)?;
    let value = token.text.split('|').next().unwrap_or_default();
    (strength(value) == Strength::Strong)
        .then(|| Judgement { value: token.range.start..token.range.start + value.len(), confidence: Confidence::High })
}

/// `admin:Zinc_Toiture9`, « root / toor123 »: the name of an account, a sign, and what is a password behind it. Before the name stands
/// nothing that makes it part of a path.
pub(in crate::validator) fn judge_account(text: &str) -> Option<Judgement> {
    let start = text.find(char::is_alphanumeric)?;
    let before = text[..start].chars().next_back();
    let name = text[start..].find(|c: char| !c.is_alphanumeric()).map(|end| start + end)?;
    let separator = text[name..].trim_start_matches(['"', '\'', '`', '»', ' ', '\u{a0}']);
    let at = text.len() - separator.len();
    let sign = separator.starts_with([':', '/', '|']);
    // « admin und Hikvision22 »
    let link = ["et ", "and ", "und ", "y ", "e ", "en ", "->", "=>"].iter().find(|link| separator.starts_with(**link));
    let skipped = link.map_or(usize::from(sign), |link| link.len());
    let value_at = at + skipped + blank(&separator[skipped..]);
    let word = Word { written: text[value_at..].split(char::is_whitespace).next()?, at: value_at };
    let (value, range) = word.bare();
    let host = value.split_once('@').is_some_and(|(_, host)| host.len() >= 6 || host.contains('.'));
    let path = matches!(before, Some('/' | '.' | '-' | '_' | ':' | '@' | '\\'))
        || value.contains(['/', '\\', ':', '(', '<', '|']);
    // « admin / Fuchsbau-Nord », but `root/Users-Guide`
    let slash = separator.starts_with("/ ");
    let made = is_made(value) || sign && is_a_word_with_a_number(value) || slash && joins_two_words(value);
    // « root et Docker20 sont incompatibles »
    let goes_on = link.is_some_and(|link| link.ends_with(' '))
        && !unmistakable(value)
        && !super::assignment::stands_alone(text[range.end..].trim_start_matches(is_blank));
    (made && !host && !path && !goes_on && !names_somebody(word.written))
        .then_some(Judgement { value: range, confidence: Confidence::High })
}

/// The last word of a text, where nothing but a password of this kind stands: behind an address and a slash.
pub(in crate::validator) fn judge_last(text: &str) -> Option<Judgement> {
    let start = text
        .trim_end()
        .rfind(|c: char| c.is_whitespace() || matches!(c, '/' | '|' | ':' | ';' | '"' | '«' | '\'' | '('))?;
    let start = start + text[start..].chars().next().map_or(1, char::len_utf8);
    let separator = text[..start].trim_end_matches(['"', '«', '\'', ' ', '\u{a0}']);
    let word = Word { written: text[start..].trim_end(), at: start };
    let (value, range) = word.bare();
    let joined = separator.ends_with(['/', '|', ':', ';', '(']) || separator.ends_with("->");
    let digits = value.bytes().any(|byte| byte.is_ascii_digit());
    let high = is_made(value) || joined && digits && strength(value) == Strength::Strong;
    (high && !names_somebody(word.written)).then_some(Judgement { value: range, confidence: Confidence::High })
}

/// « 👉 », « ⬇️ »: signs without letters that are in no keyboard's first row.
fn is_a_picture(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c >= '\u{2190}' && !c.is_alphanumeric())
}

/// `@marie75`, `#salon2`, an address.
fn names_somebody(written: &str) -> bool {
    let word = written.trim_start_matches(['"', '\'', '(', '«', '`', '[', '<']);
    word.starts_with(['@', '#', '/', '$', '-']) || word.contains("://") || word.contains("](")
}

/// Whether the last word of a text announces a value.
pub(super) fn is_announced(before: &str) -> bool {
    let last = words_of(before).last();
    last.is_some_and(|word| announces(word.written, word.bare().0))
}

/// Whether a word, or the sign at its end, announces a value.
fn announces(written: &str, value: &str) -> bool {
    let last = written.trim_end_matches(['"', '\'', '«', '`', '(', '“', '„', '*']);
    last.ends_with([':', '=', '→', '>', ',', ')']) && written != ","
        || is_a_picture(written)
        || words::puts(&value.to_lowercase())
        || written == "«"
}

/// Letters, digits and a mark, of which no word of a sentence has all three.
pub(super) fn unmistakable(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let mark = word.chars().any(|c| matches!(c, '!' | '@' | '#' | '$' | '%' | '&' | '*' | '+' | '?'));
    letters >= 3 && mark && word.bytes().any(|byte| byte.is_ascii_digit()) && strength(word) == Strength::Strong
}

/// As good as a name would be: both cases with digits, a mark, or letters and digits drawn at random.
pub(super) fn is_made(value: &str) -> bool {
    if strength(value) != Strength::Strong {
        return false;
    }
    let token = clause::Token { text: value, range: 0..value.len(), quoted: clause::Quoted::No, rest: "" };
    beside(&token) == Some(Confidence::High) || is_jumbled(value)
}

/// `k7wm2pd9xq4t`: letters and digits change places more often than in any name or number of a machine.
fn is_jumbled(value: &str) -> bool {
    alternates(value, 10, 5)
}

/// Whether letters and digits change places this often in a value of at least this length, which is no hexadecimal number.
pub(super) fn alternates(value: &str, length: usize, times: usize) -> bool {
    let kinds: Vec<bool> = value.bytes().map(|byte| byte.is_ascii_digit()).collect();
    let changes = kinds.windows(2).filter(|pair| pair[0] != pair[1]).count();
    value.len() >= length
        && changes >= times
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && value.bytes().any(|byte| matches!(byte.to_ascii_lowercase(), b'g'..=b'z'))
}

/// What is blank at the beginning of a text, in bytes.
pub(super) fn blank(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_blank).len()
}

#[cfg(test)]
mod tests {
    use super::{behind, judge_account, judge_before, judge_last};
    use crate::validator::Judgement;

    #[track_caller]
    fn check(judge: fn(&str) -> Option<Judgement>, text: &str, value: Option<&str>) {
        assert_eq!(judge(text).and_then(|judgement| text.get(judgement.value)), value, "{text:?}");
    }

    #[test]
    fn a_made_value_is_found_behind_its_name() {
        check(behind, ", Kiwi-Banane7", Some("Kiwi-Banane7"));
        check(behind, " Teams ne change pas, c'est Chaton2025.", Some("Chaton2025"));
        check(behind, " n'est plus Automne2025 mais Hiver2026", Some("Hiver2026"));
        check(behind, " ?\nKiwi-Banane7", Some("Kiwi-Banane7"));
        check(behind, " du projecteur ?\nR : epson1234", Some("epson1234"));
    }

    #[test]
    fn names_examples_and_other_things_are_not() {
        check(behind, " du genre Azerty123!", None);
        check(behind, " ne marche pas avec Chrome126", None);
        check(behind, " de @Marc75! est bloqué", None);
        check(behind, "_hash c'est Chaton2025", None);
        check(behind, " ?\nDemande à Karim", None);
    }

    #[test]
    fn a_value_stands_before_its_name() {
        check(judge_before, "j'ai mis Nantes44! comme mot de passe", Some("Nantes44!"));
        check(judge_before, "c'est toujours Bretagne35 le mdp", Some("Bretagne35"));
        check(judge_before, "évitez Azerty123! comme mot de passe", None);
        check(judge_before, "user Jdupont75 and password", None);
    }

    #[test]
    fn accounts_have_one_behind_them() {
        check(judge_account, " admin:Zinc_Toiture9", Some("Zinc_Toiture9"));
        check(judge_account, " admin und Hikvision22", Some("Hikvision22"));
        check(judge_account, "/admin/Users2024", None);
        check(judge_last, "a@b.example / Glycine#44", Some("Glycine#44"));
        check(judge_last, "a@b.example, poste", None);
    }
}
