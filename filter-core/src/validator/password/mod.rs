//! Whether something is a password, and where one is given away.
//!
//! The source is this project's own reading of ordinary chat: « mdp : Azerty123! » is the commonest real leak there, and « mot de
//! passe : oublié », « password: see the wiki » the commonest false one. [`value`] looks at a value alone, [`assignment`] at what
//! follows « mot de passe », [`code`] at what follows « digicode », [`lock`] and [`keyed`] at the sentence that names what is opened, [`nearby`] at what stands around it, [`pair`] at what follows
//! « identifiants »; [`words`] are the answers that are none, in six languages.
//!
//! Must not know which words a rule begins with: those are its pattern.

pub(super) mod assignment;
mod clause;
pub(super) mod code;
pub(super) mod keyed;
pub(super) mod lock;
pub(super) mod nearby;
pub(super) mod pair;
pub(super) mod told;
mod value;
mod words;

/// A value without quotes and the punctuation of its sentence.
pub(super) fn bare(value: &str) -> &str {
    clause::bare(value)
}

/// Where a token may begin in what follows the name of a key: behind a sign, or beside it.
pub(super) fn token_place(text: &str) -> Option<usize> {
    let (sign, at, words) = assignment::sign(text)?;
    let beside = matches!(sign, assignment::Sign::Beside | assignment::Sign::Dash);
    let option = text[at..].trim_start().starts_with("--");
    if matches!(sign, assignment::Sign::Line) || beside && words > 0 || option {
        return None;
    }
    Some(at)
}

/// The word that begins a text, without what sets it off.
pub(super) fn first_word(text: &str) -> Option<(&str, core::ops::Range<usize>)> {
    let token = clause::token(text)?;
    Some((token.text, token.range))
}

/// Whether a value in a place where nothing but a password stands (`--password=…`) is one, and no stand-in.
pub(super) fn is_written_out(value: &str) -> bool {
    let value = clause::bare(value);
    let least = 4;
    value.chars().count() >= least
        && !words::is_an_answer(value)
        && !matches!(value::strength(value), value::Strength::No)
}

/// Whether the value looks like a password by itself: a plain word does not, whatever it says.
pub(super) fn accepts(value: &str) -> bool {
    let value = clause::bare(value);
    value::strength(value) == value::Strength::Strong
}

/// The same for a value that stands behind the name of an account: no name with a number behind it.
pub(super) fn is_made(value: &str) -> bool {
    let value = clause::bare(value);
    // `root@hotbeef-2:~#` is a prompt, `guest:guest@localhost` part of an address.
    let host = value.split_once('@').is_some_and(|(_, host)| host.len() >= 6 || host.contains('.'));
    nearby::is_made(value) && !host && value.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::{accepts, assignment, pair};
    use crate::verdict::Confidence;

    #[track_caller]
    fn check(text: &str, value: Option<&str>) {
        let found = assignment::judge(text).filter(|judgement| judgement.confidence == Confidence::High);
        assert_eq!(found.and_then(|judgement| text.get(judgement.value)), value, "{text:?}");
    }

    #[track_caller]
    fn check_pair(text: &str, value: Option<&str>) {
        let found = pair::judge(text).filter(|judgement| judgement.confidence == Confidence::High);
        assert_eq!(found.and_then(|judgement| text.get(judgement.value)), value, "{text:?}");
    }

    #[test]
    fn values_behind_a_sign_end_where_the_password_ends() {
        check(" : Azerty123!", Some("Azerty123!"));
        check(": \"Toulon83#\", \"port\": 5432", Some("Toulon83#"));
        check("=Bleu-Horizon4;Encrypt=true", Some("Bleu-Horizon4"));
        check("=Sup3rS3cret9&remember=1", Some("Sup3rS3cret9"));
        check(" : «\u{a0}Lyon69003\u{a0}»", Some("Lyon69003"));
        check(" (temporaire) : Soleil2026, merci", Some("Soleil2026"));
        check("\\\": \\\"Soleil2026\\\"}", Some("Soleil2026"));
        check(">Soleil2026</password>", Some("Soleil2026"));
        check(" de la boîte fonctionnelle : Prefecture2026!", Some("Prefecture2026!"));
    }

    #[test]
    fn verbs_announce_a_value() {
        check(" c'est Azerty123!", Some("Azerty123!"));
        check(" est le suivant : Azerty123!", Some("Azerty123!"));
        check(" is now Autumn-Leaves7.", Some("Autumn-Leaves7"));
        check(" lautet Rathaus#12", Some("Rathaus#12"));
        check(" est expiré", None);
        check(" ist abgelaufen", None);
    }

    #[test]
    fn without_a_sign_the_value_must_be_made() {
        check(" Azerty123!", Some("Azerty123!"));
        check(" Soleil2026 pour tous", Some("Soleil2026"));
        check(" office365", None);
        check(" oublié !", None);
    }

    #[test]
    fn a_plain_word_is_one_where_it_stands_alone() {
        check(" : soleil", Some("soleil"));
        check(" : papillon, login : marie", Some("papillon"));
        check(" : Marguerite", Some("Marguerite"));
        check(" : Martine le connaît", None);
        check(" : obligatoire", None);
        check(" : voir avec Paul", None);
        check(": required field", None);
        check(": string;", None);
    }

    #[test]
    fn numbers_are_unless_they_count() {
        check(" : 84729103", Some("84729103"));
        check(" : 12 caractères minimum", None);
        check(" : 482913, valable 10 minutes", None);
        check(" : 12/06/2026 à 14h30", None);
    }

    #[test]
    fn tables_and_forms_have_it_in_a_line_below() {
        check(" |\n|---|---|\n| astreinte | Nuit&Jour24 |", Some("Nuit&Jour24"));
        check(" :\nNuit&Jour24", Some("Nuit&Jour24"));
        check("\nMerci d'avance", None);
    }

    #[test]
    fn other_things_named_after_passwords_are_none() {
        for text in [
            "_hash: 5f4dcc3b5aa765d61d83",
            "-file = secret1.txt",
            " policy: 12chars!",
            " oublié : Lien42!",
            "::new(S3cret)",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn pairs_have_the_password_second() {
        check_pair(" : astreinte / Nuit&Jour24", Some("Nuit&Jour24"));
        check_pair(": root/t00r!2026", Some("t00r!2026"));
        check_pair("/pass: root / toor", Some("toor"));
        check_pair("/mdp : admin/papillon", Some("papillon"));
        check_pair(" : voir le mail / la fiche", None);
        check_pair(" : porte B / escalier 2", None);
        check_pair(": nom / prénom", None);
    }

    #[test]
    fn passwords_as_people_make_them() {
        for value in [
            "Prefecture2026!",
            "S3cr3t!",
            "azerty",
            "123456",
            "soleil75",
            "Soleil@Lyon",
            "\"Toulon83#\"",
            "(Nantes44)",
            "aB3$kLm9",
            "xKqTbZmYLrWc",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz2Q",
            "**Rennes35**",
            "correct-horse-battery",
            "123e4567-e89b-12d3-a456-426614174000",
        ] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn words_stand_ins_dates_addresses_and_hashes_are_none() {
        for value in [
            "",
            "\"\"",
            "a1b",
            "oublié",
            "celui-ci",
            "l'admin",
            "aujourd'hui",
            "required",
            "vergessen?",
            "accessToken",
            "URGENT",
            "changeme",
            "xxxxxxxx",
            "********",
            "<password>",
            "{{password}}",
            "$DB_PASSWORD",
            "os.getenv('PASS1')",
            "your-password",
            "12/06/2026",
            "14h30-16h00",
            "192.168.1.12",
            "jean.dupont42@example.org",
            "https://example.org/reset1",
            "@alice1:example.org",
            "/etc/pass1",
            "C:\\pass1",
            "procedure2.pdf",
            "n°123456",
            "90jours/mois",
            "office365",
            "$2b$12$abcdefghijklmnopqrstuu",
            "{SSHA}abcdEFGHijkl",
            "ask-the-platform-team",
        ] {
            assert!(!accepts(value), "{value}");
        }
    }
}
