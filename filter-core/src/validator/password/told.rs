//! A password that no keyword announces: « jdupont / Zinc_Toiture9 », « 🔑 Nuage+Bleu8 », « paswrod : Soleil2026 ».
//!
//! The form of the value tells it from words, and what stands before it on its line says what it is for: the name of an account and a
//! sign, a key, a name of passwords with a slip in it. Where nothing of this stands there, a value with letters, digits and a mark is
//! still a password if the message is about access: low confidence asks the rule for that evidence.

use super::assignment;
use super::clause::{self, is_blank};
use super::nearby;
use super::value::{Strength, strength};
use super::words;
use crate::validator::{Judgement, entropy};
use crate::verdict::Confidence;

/// What a text gives away that ends with a word made up of letters and digits.
pub(in crate::validator) fn judge(text: &str) -> Option<Judgement> {
    let start = text
        .rfind(char::is_whitespace)
        .map_or(0, |space| space + text[space..].chars().next().map_or(1, char::len_utf8));
    let (before, piece) = text.split_at(start);
    if piece.bytes().all(|byte| byte.is_ascii_alphanumeric()) && (piece.len() > LONGEST || !may_tell(before)) {
        return None;
    }
    // The slashes of base64 part nothing: « ssh-ed25519 AAAAC3NzaC1lZDI1NTE5… ».
    if piece.len() > A_KEY && piece.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)) {
        return None;
    }
    let (name, value) = halves(piece);
    let value = clause::bare(value);
    let long = value.len() >= 12;
    // What stands before costs half as much to read as the form: the value is at best one without a mark, and that is not enough for
    // most words with a number in them.
    if name.is_none() && !value.contains(MARKS) {
        behind(before, Form::Made, long)?;
    }
    let form = form(value)?;
    let from = value.as_ptr() as usize - text.as_ptr() as usize;
    let confidence = match name {
        // `paie/Bleu#Horizon4@prod` goes on with a host, `apps.example/v1alpha1` begins with one.
        Some(name) if !value.contains('@') && (form >= Form::Ended || !name.contains('.') || name.contains('@')) => {
            of_account(name, form)
        }
        Some(_) => None,
        None => behind(before, form, long),
    }?;
    Some(Judgement { value: from..from + value.len(), confidence })
}

/// How plainly a value is none but a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// A word with a number, « Accueil2025 »: behind the name of an account, in a message about access.
    Numbered,
    /// Both cases and digits, or two words in one piece.
    Made,
    /// Two words with capitals and a digit in one piece, « Calanque_Bleue8 »: behind what is no name of a person.
    Joined,
    /// Letters, digits and a mark at the end, which may be the sentence's: « Londres2012! ».
    Ended,
    /// Letters, digits and a mark among them.
    Unmistakable,
    /// A name, a mark that joins nothing, and a number: « Colibri!33 ».
    Certain,
}

/// Longer values are keys, lines of an armour and ids, for which there are rules that know them.
const LONGEST: usize = 32;

/// With a slash in it, letters and digits of this length are no account and its password.
const A_KEY: usize = 40;

const MARKS: &[char] = &['!', '@', '#', '$', '%', '&', '*', '+', '?', '€', '^', '~'];

fn form(value: &str) -> Option<Form> {
    let plain = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.') || MARKS.contains(&c));
    // A line of an armour.
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let encoded = value.len() >= 20
        && digits >= 2
        && !value.contains(['!', '#', '$', '%', '&', '*', '?'])
        && entropy::accepts(value);
    if value.len() > LONGEST || !plain || encoded || joins_names(value) || is_a_reference(value) {
        return None;
    }
    let made = super::is_made(value);
    if made && nearby::unmistakable(value) {
        let inner = value.trim_end_matches(['!', '?', '*', '+']);
        let marked = inner.contains(MARKS) || inner.contains(['-', '_', '.']);
        let certain = is_a_name_a_mark_and_a_number(inner);
        return Some(if certain {
            Form::Certain
        } else if marked {
            Form::Unmistakable
        } else {
            Form::Ended
        });
    }
    if made && assignment::joins_names(value) && value.bytes().any(|byte| byte.is_ascii_digit()) {
        return Some(Form::Joined);
    }
    // `Thermo_cline3`
    let parted = value.contains('_')
        && value.starts_with(|c: char| c.is_uppercase())
        && value.ends_with(|c: char| c.is_ascii_digit())
        && value.chars().count() >= 8
        && strength(value) == Strength::Strong;
    (made || parted || nearby::is_a_word_with_a_number(value)).then_some(if made { Form::Made } else { Form::Numbered })
}

/// `Colibri!33`, `Verano*2025`: `#`, `@`, `&` and `+` join a number to a name elsewhere too.
fn is_a_name_a_mark_and_a_number(value: &str) -> bool {
    value.split_once(['!', '*', '$', '%']).is_some_and(|(name, number)| {
        name.starts_with(char::is_uppercase)
            && name.chars().count() >= 4
            && name.chars().all(char::is_alphabetic)
            && (2..=4).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// `PROJ-7698`, `DGA-2026-114`: the number of a ticket or paper.
fn is_a_reference(value: &str) -> bool {
    let mut parts = value.trim_end_matches(['!', '?']).split(['-', '_']);
    let is_prefix = |part: &str| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_uppercase());
    let (prefix, numbers) = (parts.next().is_some_and(is_prefix), parts.collect::<Vec<_>>());
    prefix && !numbers.is_empty() && numbers.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `page#12`, `react@18.2`, `9-internal+0`, `1.8*2`: a mark that joins a number to a name.
fn joins_names(value: &str) -> bool {
    let number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let small = !value.contains(char::is_uppercase);
    // `libfoo2.8-dev`, `2.8.12-6ubuntu2`
    let mobile = value.contains('+') && value.starts_with(|c: char| c.is_ascii_digit());
    let version = mobile
        || value
            .as_bytes()
            .windows(3)
            .any(|three| three[0].is_ascii_digit() && three[1] == b'.' && three[2].is_ascii_digit());
    if version {
        return true;
    }
    // `jdupont%Rouge4` is a name and its password, as `smbclient` takes them.
    let account =
        value.split_once('%').is_some_and(|(name, _)| !name.contains(char::is_uppercase) && !name.contains(MARKS));
    account
        || value
            .rsplit_once(['@', '#'])
            .is_some_and(|(_, behind)| small && behind.chars().all(|c| c.is_ascii_digit() || c == '.'))
        || value.rsplit_once(['+', '*']).is_some_and(|(before, behind)| {
            number(behind) && !before.contains(MARKS) && !is_a_name_a_mark_and_a_number(value)
        })
}

/// `jdupont/Zinc_Toiture9`, `c.martin:Nuage+Bleu8`: a name and what is joined to it.
fn halves(piece: &str) -> (Option<&str>, &str) {
    // `Pryce,o.pryce@school.example,Maple-341`: the last cells of a row.
    if let Some((cells, value)) =
        piece.trim_end_matches([',', ';', '.']).rsplit_once([',', ';']).filter(|(cells, _)| !cells.is_empty())
    {
        return (cells.rsplit([',', ';']).next(), value);
    }
    match piece.find(['/', ':', '|']) {
        Some(at) if at > 0 && !piece[at + 1..].starts_with(['/', ':']) => (Some(&piece[..at]), &piece[at + 1..]),
        _ => (None, piece),
    }
}

/// What a name joined to a value by a sign makes of it.
fn of_account(name: &str, form: Form) -> Option<Confidence> {
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    if words::nearly_a_password(&name.to_lowercase()) {
        return Some(Confidence::High);
    }
    // `Oc/KPq2Bi83uIC`: two letters before a slash are a piece of a key, unless nothing else than a password stands behind.
    if !is_a_name(name) || name.len() < 3 && form < Form::Joined {
        return None;
    }
    // « etienne.r / Calanque_Bleue8 »
    let enough = form >= Form::Ended || form == Form::Joined && name.contains(['.', '_', '@', '\\']);
    Some(if enough && is_an_account(name) { Confidence::High } else { Confidence::Low })
}

/// One word of letters, digits, dots and dashes.
fn is_a_name(name: &str) -> bool {
    (2..=48).contains(&name.len())
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '\\'))
        && name.contains(char::is_alphabetic)
        && !words::speaks(name)
}

/// The same, and no word that people write where a password would stand.
fn is_an_account(name: &str) -> bool {
    let small = name.to_lowercase();
    let last = small.rsplit(['\\', '@']).next().unwrap_or_default();
    is_a_name(name)
        && !entropy::jumbled_case(name)
        && (!words::is_an_answer(last) || words::listed(words::ACCOUNTS, last))
}

/// Whether [`behind`] need look at what stands before a value without a mark. Words of letters and digits are common, and in noise there is
/// nothing else: with this a flood of them costs half as much.
fn may_tell(before: &str) -> bool {
    let before = before.trim_end_matches(is_blank);
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    !plain || LINKS.into_iter().any(|words| words.contains(&word)) || {
        let word = word.to_ascii_lowercase();
        words::puts(&word) || words::types(&word)
    }
}

/// What stands before a value on its line makes of it.
fn behind(before: &str, form: Form, long: bool) -> Option<Confidence> {
    let opening = |c: char| is_blank(c) || matches!(c, '"' | '\'' | '`' | '«' | '“' | '„' | '*' | '(');
    let bare = before.trim_end_matches(opening);
    let shown = bare.contains(KEYS) && bare.ends_with([':', '=']);
    if is_a_key(bare) || shown || misspelt(bare) {
        return Some(Confidence::High);
    }
    // « ein Passwort wie „Schatzi2020“ »
    if bare.rsplit(char::is_whitespace).next().is_some_and(words::likens) {
        return None;
    }
    let (name, sign) = separated(bare);
    // `{"user": "luke2008"`: a key in quotes says itself what its value is.
    let key = name.strip_suffix('"').filter(|_| sign == Some(Separator::Colon));
    if key.is_some_and(|key| !words::labels_a_secret(&key.rsplit('"').next().unwrap_or_default().to_lowercase())) {
        return None;
    }
    let name =
        name.trim_end_matches(|c: char| opening(c) || c == ',').rsplit(char::is_whitespace).next().unwrap_or_default();
    let named = name.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | '@' | '\\'));
    let announced = nearby::is_announced(before) && !is_of_a_machine(bare);
    let enough = match form {
        Form::Unmistakable | Form::Certain => true,
        Form::Ended => announced || long,
        Form::Made | Form::Joined => announced,
        Form::Numbered => false,
    };
    let alone = (enough || is_typed(bare)).then_some(Confidence::Low);
    // « ça ne marche plus avec Colibri!33 »: people put no such mark into anything else.
    if form == Form::Certain && (sign.is_some() || announced) {
        return Some(Confidence::High);
    }
    match sign {
        // « log in as fieldops with Badger!Set7 »
        Some(Separator::With) if form >= Form::Made && is_an_account(name) && is_said_to_be(before, name) => {
            Some(Confidence::High)
        }
        // « use front_desk and Lobby#2024 »
        Some(Separator::Word) if form >= Form::Joined && named && is_an_account(name.trim_matches(opening)) => {
            Some(Confidence::High)
        }
        // « s'ouvre avec Lilas2024 »
        Some(Separator::With) if form >= Form::Made && words::opens(&before.to_lowercase()) => Some(Confidence::High),
        Some(Separator::Sign) => of_account(name, form).or(alone),
        // « note : », « exemple : » are words before a colon, `c.martin` is a name; « code : » asks for a context.
        Some(Separator::Colon) => {
            let label = form >= Form::Made && words::labels_a_secret(&name.to_lowercase());
            let account = of_account(name, form).filter(|_| named);
            account.or_else(|| label.then_some(Confidence::Low)).or(alone)
        }
        Some(Separator::Word | Separator::With) => {
            let shown = form >= Form::Made && (named || name.starts_with(['"', '\'', '«', '`']));
            ((form >= Form::Ended || shown) && is_an_account(name.trim_matches(opening)))
                .then_some(Confidence::Low)
                .or(alone)
        }
        None => alone,
    }
}

/// « log in as fieldops … », « inloggen als stagiair … »
fn is_said_to_be(before: &str, name: &str) -> bool {
    let head = &before[..(name.as_ptr() as usize).saturating_sub(before.as_ptr() as usize)];
    let head = head.trim_end_matches(|c: char| is_blank(c) || matches!(c, '"' | '\'' | '«' | '`'));
    matches!(head.rsplit(is_blank).next(), Some("as" | "als" | "comme" | "como" | "come" | "que"))
}

/// « tu tapes compta76 », « le code c'est dupont1979 »
fn is_typed(before: &str) -> bool {
    let mut last = before.rsplit(char::is_whitespace).map(str::to_lowercase);
    last.next().is_some_and(|word| {
        words::types(&word) || words::puts(&word) && last.next().is_some_and(|word| words::labels_a_secret(&word))
    })
}

/// « le SSID c'est Invites5G »
fn is_of_a_machine(before: &str) -> bool {
    before
        .rsplit(char::is_whitespace)
        .take(3)
        .any(|word| words::names_an_account(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()))
}

const KEYS: &[char] = &['🔑', '🔐', '🗝', '🔓'];

/// « 🔑 », « 🔐 », « 🗝️ » right before the value, or before a sign.
fn is_a_key(before: &str) -> bool {
    let before = before.trim_end_matches([':', '=', '→', '>', '-', ' ', '\u{fe0f}']);
    before.ends_with(KEYS)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    /// A slash, a bar, an arrow.
    Sign,
    Colon,
    /// « puis », « et »
    Word,
    /// « avec »
    With,
}

/// What stands before a separator, and which it is.
fn separated(before: &str) -> (&str, Option<Separator>) {
    const SIGNS: &[&str] = &["->", "=>", "/", "|", "→", "⇒", ";", ",", "-", "–", "—", "+", "\t"];
    if let Some(sign) = SIGNS.iter().find(|sign| before.ends_with(**sign)) {
        return (&before[..before.len() - sign.len()], Some(Separator::Sign));
    }
    if let Some(name) = before.strip_suffix([':', '=']) {
        return (name, Some(Separator::Colon));
    }
    let behind = |words: &[&str]| {
        words.iter().find_map(|word| before.strip_suffix(word)).filter(|name| name.ends_with(char::is_whitespace))
    };
    let [and, with] = LINKS;
    if let Some(name) = behind(with) {
        return (name, Some(Separator::With));
    }
    behind(and).map_or((before, None), |name| (name, Some(Separator::Word)))
}

/// Words between an account and its password: [`Separator::Word`], [`Separator::With`].
const LINKS: [&[&str]; 2] =
    [&["puis", "et", "and", "then", "und", "dann", "y", "e", "en"], &["avec", "with", "mit", "con", "met"]];

/// Whether one of the last words is a name of passwords with a slip in it, and no sentence between it and the value.
fn misspelt(before: &str) -> bool {
    const WORDS: usize = 5;
    let signed = before.ends_with([':', '=', '>', '→']) || nearby::is_announced(before);
    // « mot d epasse », « m d p », « m.d.p. »: the word, and what it makes with those behind it.
    let mut behind = [String::new(), String::new()];
    signed
        && (is_spaced_out(before)
            || before.split_whitespace().rev().take(WORDS).any(|word| {
                let word: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
                let two = [word.as_str(), &behind[0]].concat();
                let three = [two.as_str(), &behind[1]].concat();
                let found = [&word, &two, &three].into_iter().any(|name| words::nearly_a_password(name));
                let [first, _] = core::mem::take(&mut behind);
                behind = [word, first];
                found
            }))
}

/// « m o t  d e  p a s s e : », `p-a-s-s-w-o-r-d = `: letters one by one that make such a name.
fn is_spaced_out(before: &str) -> bool {
    // The longest of the names has eleven, and there may be one too many.
    const LETTERS: usize = 12;
    let mut letters = Vec::with_capacity(LETTERS);
    for piece in before.rsplit(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()).take(LETTERS) {
        let mut characters = piece.chars();
        let (Some(letter), None) = (characters.next(), characters.next()) else { break };
        letters.push(letter);
    }
    let name: String = letters.iter().rev().flat_map(|letter| letter.to_lowercase()).collect();
    words::nearly_a_password(&name)
}

#[cfg(test)]
mod tests {
    use super::{Form, LINKS, behind, judge, may_tell};
    use crate::verdict::Confidence;

    #[track_caller]
    fn check(text: &str, found: Option<(&str, Confidence)>) {
        let judged = judge(text).and_then(|judgement| Some((text.get(judgement.value)?, judgement.confidence)));
        assert_eq!(judged, found, "{text:?}");
    }

    #[test]
    fn an_account_stands_before_its_password() {
        check("jdupont / Azerty2024!", Some(("Azerty2024!", Confidence::High)));
        check("- b.lemaire → Dodo#4412", Some(("Dodo#4412", Confidence::High)));
        check("c.martin : Zorro1984!", Some(("Zorro1984!", Confidence::High)));
        check("sys/Oracl3#prod", Some(("Oracl3#prod", Confidence::High)));
        check("accueil / Accueil2025", Some(("Accueil2025", Confidence::Low)));
        check("etienne.r / Calanque_Bleue8", Some(("Calanque_Bleue8", Confidence::High)));
    }

    #[test]
    fn keys_and_slips_announce_one() {
        check("🔑 Ardoise55!", Some(("Ardoise55!", Confidence::High)));
        check("paswsord: Winter2024", Some(("Winter2024", Confidence::High)));
        check("m d p : Printemps2025", Some(("Printemps2025", Confidence::High)));
        check("m o t  d e  p a s s e : Zouave!1914", Some(("Zouave!1914", Confidence::High)));
        check("P a s s w o r t = Otter1914", Some(("Otter1914", Confidence::High)));
    }

    #[test]
    fn nothing_is_told_by_what_may_not_tell() {
        let words =
            ["tapes", "Voici", "c'est", "et", "code", "note", "jdupont", "m.durand", "mdp", "ssid", "🔑", "12", "été"];
        let ends = ["", " ", ":", " : ", " = ", " / ", " -> ", " «", " **", ", ", "\t", "\u{a0}"];
        let words: Vec<&str> = words.iter().chain(LINKS.into_iter().flatten()).copied().collect();
        for (first, last) in words.iter().flat_map(|first| words.iter().map(move |last| (first, last))) {
            for before in ends.map(|end| format!("{first} {last}{end} ")) {
                let told = [Form::Numbered, Form::Made].into_iter().any(|form| behind(&before, form, true).is_some());
                assert!(may_tell(&before) || !told, "{before:?}");
            }
        }
    }

    #[test]
    fn other_pairs_are_none() {
        check("voir page#12", None);
        check("https://x.example/Page12!", None);
        check("réunion / salle B12", None);
        check("root@web01:~# ls", None);
        check("c'est Windows11", None);
        check(r#"{"user": "luke2008""#, None);
        check(r#"{"text": "Ben64,"#, None);
        check("accès au compte, voir PROJ-7698?", None);
    }
}
