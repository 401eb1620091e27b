//! How much a value looks like a password.
//!
//! A strong one has something that no word has: digits among letters, a sign inside, a jumble of capitals. A number and a plain
//! word may be passwords too, and often are; whether they are is for what stands around them to say.

use super::words;
use crate::validator::{entropy, placeholder};

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// No password: a stand-in, a date, an address, a version, part of a program.
    No,
    /// Letters only, and no answer such as « oublié »: a password if it stands alone.
    Word,
    /// Digits only.
    Number,
    /// A digest, or a name with a number behind it such as « office365 ».
    Doubtful,
    /// Something that no word has.
    Strong,
}

/// In characters. Longer values are files, not passwords.
const LONGEST: usize = 160;

/// What the value looks like. It comes without quotes and without the punctuation of its sentence.
pub(super) fn strength(value: &str) -> Strength {
    let characters = value.chars().count();
    if !(4..=LONGEST).contains(&characters)
        || names_a_place(value)
        || tells_a_time(value)
        || is_a_digest_or_hash(value)
        || names_keys(value)
    {
        return Strength::No;
    }
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let letters = value.chars().filter(|character| character.is_alphabetic()).count();
    if words::listed(words::COMMON, &value.to_lowercase()) {
        return Strength::Strong;
    }
    if joins_capitals(value) {
        return Strength::Strong;
    }
    // Dear: in a flood of `mdp=…` it is asked a thousand times.
    if placeholder::stands_in(value) {
        return Strength::No;
    }
    if digits == characters {
        return Strength::Number;
    }
    if entropy::is_hexadecimal_digest(value) || words::names_a_product(value) {
        return Strength::Doubtful;
    }
    if digits > 0 {
        return with_digits(value, characters, letters, digits);
    }
    without_digits(value, characters, letters)
}

fn with_digits(value: &str, characters: usize, letters: usize, digits: usize) -> Strength {
    if looks_encoded(value) {
        return Strength::Strong;
    }
    // « n°123456 », « 12/mois », `x='a1'`: no run of letters worth the name, or program text.
    let doubtful_sign = value.contains(['°', '\'', '’', '"', '<', '>', '€'])
        || (value.contains('=') && !value.ends_with('='))
        || (value.contains('/') && !value.contains(['!', '@', '#', '$', '%', '&', '*', '+']));
    if letters == 0 {
        let sign = value.chars().any(|c| matches!(c, '!' | '@' | '#' | '$' | '*' | '&' | '?'));
        return if sign && digits >= 4 { Strength::Strong } else { Strength::No };
    }
    if doubtful_sign || names_a_quantity(value) {
        return Strength::No;
    }
    if letters < 2 && characters < 6 {
        return Strength::Doubtful;
    }
    // `admin1`, `toto42` have five or six; « PJ12 » and « B204 » are rooms and attachments.
    let mixed = value.chars().any(char::is_uppercase) && value.chars().any(char::is_lowercase);
    let sign = value.chars().any(|c| matches!(c, '!' | '@' | '#' | '$' | '%' | '&' | '*' | '+' | '?' | '_' | '-'));
    if characters >= 6 || characters == 5 && (mixed || sign) { Strength::Strong } else { Strength::Doubtful }
}

fn without_digits(value: &str, characters: usize, letters: usize) -> Strength {
    let word = value.trim_end_matches(['!', '?']);
    if words::is_an_answer(word) {
        return Strength::No;
    }
    let sign = word.chars().any(|c| matches!(c, '@' | '#' | '$' | '%' | '^' | '&' | '*' | '+' | '=' | '~' | '!' | '?'));
    let program = word.contains(['=', '\'', '"', '(', ')', '<', '>', '/', '\\']);
    if sign && letters >= 3 && characters >= 6 && !program {
        return Strength::Strong;
    }
    if entropy::jumbled_case(word) && !program {
        return Strength::Strong;
    }
    // « correct-horse-battery », but not « ask-the-team » and « c'est-à-dire ».
    let parts: Vec<&str> = word.split(['-', '_', '.']).collect();
    if parts.len() >= 3
        && word.chars().count() >= 12
        && parts.iter().all(|part| part.chars().count() >= 3 && part.chars().all(char::is_alphabetic))
    {
        let speaks = parts.iter().any(|part| words::speaks(part))
            || parts.iter().filter(|part| words::is_an_answer(part)).count() >= 2;
        return if speaks { Strength::No } else { Strength::Strong };
    }
    if parts.iter().any(|part| words::is_an_answer(part)) || is_camel_case(word) {
        return Strength::No;
    }
    // « hunter-green », but not « peut-être » and « web-01 ».
    let joined = parts.len() == 2 && parts.iter().all(|part| part.chars().count() >= 3 && !words::speaks(part));
    if word.chars().all(|c| c.is_alphabetic() || joined && matches!(c, '-' | '_')) {
        Strength::Word
    } else {
        Strength::No
    }
}

/// Whether a program has the word, in small letters, among names that dots join.
pub(super) fn names_a_program(word: &str) -> bool {
    const PROGRAM: &[&str] = &[
        "app",
        "conf",
        "config",
        "configuration",
        "database",
        "env",
        "environment",
        "properties",
        "settings",
        "spring",
        "system",
    ];
    words::listed(PROGRAM, word)
}

/// « Velo.Cargo.Rouge », « brass.Kettle.Nine »: three words in one piece, none of which a program has.
pub(super) fn joins_capitals(value: &str) -> bool {
    if !value.contains(['.', '_']) || !value.contains(char::is_uppercase) {
        return false;
    }
    let parts: Vec<&str> = value.trim_end_matches(['!', '?']).split(['.', '_']).collect();
    (3..=5).contains(&parts.len())
        && parts.iter().filter(|part| part.starts_with(char::is_uppercase)).count() >= 2
        // « Elephant » ends as participles do.
        && parts.iter().filter(|part| words::is_an_answer(part)).count() <= 1
        && parts.iter().all(|part| {
            let small = part.to_lowercase();
            let capitals = part.chars().skip(1).filter(|c| c.is_uppercase()).count();
            part.chars().count() >= 3
                && capitals == 0
                && part.chars().all(char::is_alphabetic)
                && !words::speaks(&small)
                && !names_a_program(&small)
        })
}

/// « Coquelicot-Volant », « Dandelion/Clock », `ouvre_Toi`: two words of which the second has a capital, and no name of a person or town.
pub(super) fn joins_two_words(value: &str) -> bool {
    const NAMES: &[&str] = &[
        "ana", "anna", "anne", "bas", "basse", "charles", "grand", "grande", "hans", "haut", "haute", "hauts", "jean",
        "jose", "karl", "louis", "luis", "maria", "marie", "mary", "mont", "nord", "notre", "ouest", "paul", "pierre",
        "post", "saint", "sainte", "santa", "sous", "sud", "vice",
    ];
    let Some((first, second)) = value.split_once(['-', '_', '/', '.']) else { return false };
    let word =
        |part: &str| part.chars().count() >= 3 && part.chars().all(char::is_alphabetic) && !words::is_an_answer(part);
    value.chars().count() >= 9
        && word(first)
        && word(second)
        && second.starts_with(char::is_uppercase)
        && second.chars().skip(1).all(char::is_lowercase)
        && first.chars().skip(1).all(char::is_lowercase)
        && !words::listed(NAMES, &first.to_lowercase())
}

/// `userInput`, `getPassword`: a small letter first, capitals one by one.
fn is_camel_case(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
        && word.chars().any(char::is_uppercase)
        && word.chars().all(|c| c.is_ascii_alphabetic())
}

/// An address of mail, web, Matrix or the file system, or markup.
fn names_a_place(value: &str) -> bool {
    let mail = value.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && !host.contains('@')
            && (host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b':')
                && host.matches('.').count() == 3
                || host.rsplit_once('.').is_some_and(|(before, top)| {
                    !before.is_empty()
                        && (2..=10).contains(&top.len())
                        && top.bytes().all(|byte| byte.is_ascii_lowercase())
                }))
    });
    let matrix = value.starts_with(['@', '!', '#']) && value.contains(':') && value.contains('.');
    let file = value
        .rsplit_once('.')
        .is_some_and(|(name, ending)| !name.is_empty() && ENDINGS.contains(&ending.to_ascii_lowercase().as_str()));
    let path = value.starts_with('/')
        || value.starts_with("./")
        || value.starts_with("~/")
        || value.starts_with("\\\\")
        || value.contains(":\\")
        || value.contains("://");
    mail || matrix || file || path || value.starts_with("www.") || value.contains("</")
}

/// `Ctrl+Alt+F2`.
fn names_keys(value: &str) -> bool {
    const KEYS: &[&str] = &["alt", "altgr", "cmd", "ctrl", "maj", "shift", "strg", "umschalt", "win", "windows"];
    value.contains(['+', '-']) && value.split(['+', '-']).any(|key| words::listed(KEYS, &key.to_ascii_lowercase()))
}

/// Endings of the files in which people say that a password stands.
const ENDINGS: &[&str] = &[
    "7z", "conf", "csv", "doc", "docx", "env", "fr", "gpg", "htm", "html", "ini", "java", "jpg", "js", "json", "kdbx",
    "md", "odt", "pdf", "php", "png", "ps1", "py", "rar", "rs", "sh", "toml", "ts", "txt", "xls", "xlsx", "xml",
    "yaml", "yml", "zip",
];

/// `12/06/2026`, `2026-06-12`, `14h30-16h`, `10:45:00`, `1.2.3`, `v1.2.3`, `192.168.1.12:8080`: digits in groups.
fn tells_a_time(value: &str) -> bool {
    let digits = value.trim_start_matches(['v', 'V']);
    let groups = digits.bytes().any(|byte| matches!(byte, b'/' | b'-' | b':' | b'.' | b'h' | b'H' | b','));
    groups
        && digits.bytes().all(|byte| {
            byte.is_ascii_digit() || matches!(byte, b'/' | b'-' | b':' | b'.' | b'h' | b'H' | b',' | b'T' | b'Z')
        })
}

/// `90jours`, `12mois`, `30min`, `8chars`, `2FA`, `15%`.
fn names_a_quantity(value: &str) -> bool {
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '+' | '-'));
    // « 7314A » is a code, « 16A » a current.
    if unit.len() == 1 && unit.contains(char::is_uppercase) && value.len() > 3 {
        return false;
    }
    let unit = unit.to_lowercase();
    unit.len() < value.len() && words::listed(words::UNITS, &unit)
}

/// What a password is stored as, which stops nobody from using it but is not it.
fn is_a_digest_or_hash(value: &str) -> bool {
    // Maven fills in `@db.password@`.
    if value.starts_with('@') && value.ends_with('@') {
        return true;
    }
    // What `kubeseal` makes of a value begins with the length of its key, and none but the cluster can read it.
    if value.len() > 80 && value.starts_with("Ag") && value.as_bytes()[2].is_ascii_uppercase() {
        return true;
    }
    const STORED: &[&str] = &[
        "$1$",
        "$2a$",
        "$2b$",
        "$2y$",
        "$5$",
        "$6$",
        "$7$",
        "$y$",
        "$argon2",
        "$pbkdf2",
        "$scrypt",
        "$apr1$",
        "{ssha",
        "{sha",
        "{crypt}",
        "{bcrypt}",
        "pbkdf2",
        "sha256:",
        "sha512:",
        "sha1:",
        "md5:",
        "scram-sha",
        "argon2",
        "enc[",
        "enc(",
        "vault:",
        "secretref:",
        "op://",
        "ref+",
        "sha256$",
        "$ansible_vault",
    ];
    let head: String = value.chars().take(14).flat_map(char::to_lowercase).collect();
    STORED.iter().any(|known| head.starts_with(known))
}

/// Keys and hashes: base64 and hexadecimal have the signs that are doubtful in a short value.
fn looks_encoded(value: &str) -> bool {
    value.len() >= 20
        && entropy::accepts(value)
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_' | b'.'))
}
