//! Whether what stands after « mot de passe : » is a password.
//!
//! The source is this project's own reading of ordinary chat: « mdp : Azerty123! » is the commonest real leak there, and « mot de
//! passe : oublié », « password: see the wiki » the commonest false one. So a word is never a password, whatever it says:
//! the value must have digits among letters, digits alone, a jumble of capitals, or a sign that words do not have; and it must be no
//! placeholder, date, hour, address, file name or part of a program.
//!
//! Passphrases of plain words (« cheval agrafe pile ») are missed, and must be: they are sentences.

use super::{entropy, placeholder};

/// Shorter values are words, numbers of a list, or not worth stealing.
const SHORTEST: usize = 6;

/// Passwords without a digit that everybody knows to be passwords: rows of keys.
const KEY_ROWS: &[&str] = &["azerty", "azertyuiop", "qwerty", "qwertyuiop", "qwertz", "qwertzuiop", "wxcvbn"];

/// Whether the value is a password. Quotes around it, punctuation and further parameters after it are not part of it.
pub(super) fn accepts(value: &str) -> bool {
    let value = bare(value);
    value.chars().count() >= SHORTEST
        && !names_a_place(value)
        && !tells_a_time(value)
        && unlike_a_word(value)
        // Last, being dearest: in a flood of `mdp=…` it is asked a thousand times.
        && !placeholder::stands_in(value)
}

/// Without quotes, and without the punctuation of the sentence. A final `!` or `?` stays: passwords are made with them.
fn bare(value: &str) -> &str {
    let quotes = ['"', '\'', '`', '«', '»', '“', '”', '„', '’', '\u{a0}', '\u{202f}', ' '];
    let value = before_next_parameter(value).trim_start_matches(quotes).trim_start_matches("**");
    let value = value
        .trim_end_matches(|character: char| quotes.contains(&character) || matches!(character, ',' | ';' | '.' | ':'));
    let value = value.trim_end_matches("**");
    match value.strip_prefix('(') {
        Some(inner) => inner.trim_end_matches(')'),
        // « (mdp : Soleil2026) »: the bracket was opened before the key.
        None if !value.contains('(') => value.trim_end_matches(')'),
        None => value,
    }
}

/// What stands before `&name=`: the next field of a form. A lone `&` belongs to the password.
fn before_next_parameter(value: &str) -> &str {
    let named = |rest: &str| {
        rest.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        })
    };
    value.match_indices('&').find(|(at, _)| named(&value[at + 1..])).map_or(value, |(at, _)| &value[..at])
}

/// An address of mail, web, Matrix or the file system, or markup.
fn names_a_place(value: &str) -> bool {
    let mail = value.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host
                .rsplit_once('.')
                .is_some_and(|(_, top)| top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic()))
    });
    let matrix = value.starts_with(['@', '!', '#']) && value.contains(':') && value.contains('.');
    let file = value
        .rsplit_once('.')
        .is_some_and(|(name, ending)| !name.is_empty() && (ENDINGS.contains(&ending.to_ascii_lowercase().as_str())));
    let path = value.starts_with('/')
        || value.starts_with("./")
        || value.starts_with("~/")
        || value.contains(":\\")
        || value.contains("://");
    mail || matrix || file || path || value.starts_with("www.") || value.contains("</")
}

/// Endings of the files in which people say that a password stands.
const ENDINGS: &[&str] = &[
    "conf", "csv", "doc", "docx", "env", "fr", "htm", "html", "ini", "java", "jpg", "js", "json", "kdbx", "md", "odt",
    "pdf", "php", "png", "ps1", "py", "rs", "sh", "toml", "ts", "txt", "xls", "xlsx", "xml", "yaml", "yml", "zip",
];

/// `12/06/2026`, `2026-06-12`, `14h30-16h`, `10:45:00`, `1.2.3`: digits in groups, and at most an `h`.
fn tells_a_time(value: &str) -> bool {
    let groups = value.bytes().any(|byte| matches!(byte, b'/' | b'-' | b':' | b'.' | b'h' | b'H'));
    groups && value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'-' | b':' | b'.' | b'h' | b'H'))
}

/// Something that no word has: digits among letters, digits alone, jumbled capitals, a sign.
fn unlike_a_word(value: &str) -> bool {
    let folded = value.to_lowercase();
    if KEY_ROWS.contains(&folded.as_str()) {
        return true;
    }
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let letters = value.chars().filter(|character| character.is_alphabetic()).count();
    if digits > 0 {
        // « PJ12 » is too short to come here; « n°123456 » and « 12/mois » have no letter run worth the name.
        return letters == 0 && digits == value.len()
            || letters >= 2 && !value.contains(['°', '=', '\'', '’', '/', '"', '<', '>'])
            || looks_encoded(value);
    }
    let word = value.trim_end_matches(['!', '?']);
    let sign = word
        .chars()
        .any(|character| matches!(character, '@' | '#' | '$' | '%' | '^' | '&' | '*' | '+' | '=' | '~' | '!' | '?'));
    let capitals_and_small = word.chars().any(char::is_uppercase) && word.chars().any(char::is_lowercase);
    (sign && capitals_and_small && letters >= 4 && !word.contains(['=', '\'', '"'])) || entropy::jumbled_case(word)
}

/// Keys and hashes: base64 and hexadecimal have the signs that are doubtful in a short value.
fn looks_encoded(value: &str) -> bool {
    entropy::accepts(value)
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn passwords_as_people_make_them() {
        for value in [
            "Prefecture2026!",
            "Azerty123!",
            "S3cr3t!",
            "azerty",
            "123456",
            "soleil75",
            "Soleil@Lyon",
            "P@ssword",
            "Bienvenue2026",
            "\"Toulon83#\"",
            "«Marseille13»",
            "JeanMich3l!",
            "correct-horse-42",
            "aB3$kLm9",
            "xKqTbZmYLrWc",
            "Été2026!!",
            "(Nantes44)",
            "Nantes44)",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz2Q",
            "**Rennes35**",
            "Password123!",
            "Sup3rS3cret&x=1",
            "Nuit&Jour24",
            "123e4567-e89b-12d3-a456-426614174000",
            "SuperMotDePasse1.",
        ] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn words_are_none() {
        for value in [
            "oublié",
            "expiré",
            "expiré!",
            "identique",
            "communiqué",
            "celui-ci",
            "obligatoire",
            "Bienvenue",
            "incorrect.",
            "inchangé,",
            "peut-être",
            "l'admin",
            "aujourd'hui",
            "required",
            "abgelaufen",
            "vergessen?",
            "anticonstitutionnellement",
            "accessToken",
            "getUserPasswordFromEnv",
            "URGENT",
            "voir",
        ] {
            assert!(!accepts(value), "{value}");
        }
    }

    #[test]
    fn stand_ins_are_none() {
        for value in [
            "changeme",
            "xxxxxxxx",
            "********",
            "<password>",
            "{{password}}",
            "$DB_PASSWORD",
            "${PASS1}",
            "DB_PASSWORD_1",
            "os.getenv('PASS1')",
            "\"changeme\"",
            "your-password",
        ] {
            assert!(!accepts(value), "{value}");
        }
    }

    #[test]
    fn dates_hours_addresses_and_files_are_none() {
        for value in [
            "12/06/2026",
            "2026-06-12",
            "14h30-16h00",
            "10:45:00",
            "192.168.1.12",
            "jean.dupont42@example.org",
            "https://example.org/reset1",
            "@alice1:example.org",
            "/etc/pass1",
            "C:\\pass1",
            "procedure2.pdf",
            "compose2.yml",
            "www.exemple1",
            "n°123456",
            "90jours/mois",
        ] {
            assert!(!accepts(value), "{value}");
        }
    }

    #[test]
    fn short_values_are_none() {
        for value in ["", "\"\"", "1234", "a1b2c", "é1"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
