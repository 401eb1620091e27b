//! What people write *instead of* a secret: a mask, a gap to fill in, the name of a variable, a word that says « put yours here ».
//!
//! Documentation, screenshots and configuration templates are full of them, and a filter that stops them is switched off within
//! the week. The list is this project's own. `changeme` is on it: it is what manuals print, and whoever really uses it has another problem.

/// Words that stand for a secret, in small letters, without separators.
const WORDS: &[&str] = &[
    "admin",
    "apikey",
    "beispiel",
    "changeit",
    "changeme",
    "changemoi",
    "changer",
    "dbpass",
    "dbpassword",
    "dummy",
    "example",
    "exemple",
    "false",
    "foobar",
    "geheim",
    "hidden",
    "insert",
    "kennwort",
    "masque",
    "motdepasse",
    "mypassword",
    "none",
    "null",
    "pass",
    "passphrase",
    "passwd",
    "password",
    "passwort",
    "placeholder",
    "redacted",
    "replaceme",
    "sample",
    "secret",
    "sesame",
    "test",
    "token",
    "true",
    "undefined",
    "user",
    "votremdp",
    "votremotdepasse",
    "votretoken",
    "yourapikey",
    "yourpass",
    "yourpassword",
    "yoursecret",
    "yoursecrethere",
    "yourtoken",
    "yourtokenhere",
    "deinpasswort",
    "ihrpasswort",
    "monmotdepasse",
    "nouveaumotdepasse",
    "newpassword",
    "oldpassword",
];

/// Whether the value only stands for a secret.
pub(super) fn stands_in(value: &str) -> bool {
    value.is_empty() || masked(value) || fills_a_gap(value) || names_a_variable(value) || is_a_word(value)
}

/// `*****`, `xxxxxxxx`, `abc…`, `••••`: one character over and over, or a run that nobody types by accident.
fn masked(value: &str) -> bool {
    let mut characters = value.chars();
    let first = characters.next();
    let one_character = characters.all(|character| Some(character) == first);
    // A mask repeats a sign three times: most values are seen to have none without a search for each.
    let may_be_masked =
        !value.is_ascii() || value.as_bytes().windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
    one_character
        || may_be_masked
            && ["***", "•••", "●●●", "...", "…", "XXXX", "xxxx", "____", "----", "####"]
                .iter()
                .any(|mask| value.contains(mask))
}

/// `<mot de passe>`, `[password]`, `{{ password }}`, `${PASSWORD}`, `%(password)s`, `@@PASSWORD@@`.
fn fills_a_gap(value: &str) -> bool {
    ["<", "&lt;", "{", "[", "${", "$(", "%(", "@@", "$env:", "#{", "!secret", "!vault", "!ref", "arn:"]
        .iter()
        .any(|open| value.starts_with(open))
        || value.contains(['{', '}']) && ["{{", "}}", "${"].iter().any(|part| value.contains(part))
}

/// `$PASSWORD`, `%PASSWORD%`, `DB_PASSWORD_1`, `os.environ[…]`, `getPassword()`, `config.password`.
fn names_a_variable(value: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let shell = value.strip_prefix('$').is_some_and(|name| name.bytes().all(word));
    let windows = value.len() > 2
        && value.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')).is_some_and(|name| name.bytes().all(word));
    let constant = value.contains('_')
        && value.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    let call = value.split_once(['(', '[']).is_some_and(|(name, rest)| {
        // Pa(ssword) is a password; f("x"), f(), a.f(x) and f_g(x) are program text.
        let program = rest.starts_with([')', '"', '\'']) || name.contains(['.', '_', ':']);
        program && rest.contains([')', ']']) && path(name)
    });
    let joined = [".", "::", "->"].iter().any(|join| value.contains(join));
    let member = joined && path(value) && value.bytes().all(|byte| !byte.is_ascii_digit());
    shell || windows || constant || call || member || asks(value)
}

/// `your_api_key`, `<insert-token>`, `votre-token-ici`, `REPLACE_WITH_TOKEN`: a sentence to the reader, with separators for spaces.
fn asks(value: &str) -> bool {
    const ASKING: &[&str] = &[
        "your",
        "votre",
        "vos",
        "ihr",
        "dein",
        "insert",
        "replace",
        "replacewith",
        "enter",
        "here",
        "ici",
        "hier",
        "placeholder",
        "example",
        "exemple",
        "beispiel",
        "changeme",
        "sample",
        "redacted",
        "dummy",
        "fake",
        "todo",
        "fixme",
        "masked",
    ];
    // Amazon's documentation joins it to the value: « …EXAMPLE », « …EXAMPLEKEY ».
    if value.ends_with("EXAMPLE") || value.ends_with("EXAMPLEKEY") {
        return true;
    }
    let mut words = value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| ASKING.contains(&word.to_lowercase().as_str()))
}

/// `self.settings.password`: names joined by dots (or `::`, `->`).
fn path(value: &str) -> bool {
    value.replace("::", ".").replace("->", ".").split('.').all(|name| {
        name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

fn is_a_word(value: &str) -> bool {
    let letters: String =
        value.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    WORDS.contains(&letters.as_str()) || is_somebodys(value, &letters)
}

/// `VotreMotDePasseIci`, `MyStrongPassword`: whose it is and what it is, and nothing that would be one.
fn is_somebodys(value: &str, letters: &str) -> bool {
    const WHOSE: &[&str] = &["votre", "your", "ihr", "dein", "mein", "mon", "my", "ton", "tu", "vuestra", "jouw", "uw"];
    const WHAT: &[&str] = &[
        "motdepasse",
        "password",
        "passwort",
        "kennwort",
        "passphrase",
        "token",
        "secret",
        "apikey",
        "contraseña",
        "contrasena",
        "wachtwoord",
    ];
    let begins_word = |whose: &str| {
        let rest = value.get(whose.len()..).filter(|_| letters.starts_with(whose));
        rest.is_some_and(|rest| rest.starts_with(|c: char| !c.is_lowercase()))
    };
    WHOSE.iter().any(|whose| begins_word(whose))
        && WHAT.iter().any(|what| letters.contains(what))
        && letters.chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::stands_in;

    #[test]
    fn masks_gaps_variables_and_words_stand_in() {
        for value in [
            "",
            "********",
            "xxxxxxxx",
            "••••••",
            "ghp_xxxxxxxxxxxx",
            "abc...",
            "<password>",
            "<mot",
            "[password]",
            "{{password}}",
            "${DB_PASSWORD}",
            "$PASS",
            "%MDP%",
            "DB_PASSWORD_1",
            "os.environ[\"DB_PASSWORD\"]",
            "getPassword()",
            "config.password",
            "Settings::password",
            "changeme",
            "Change-Me",
            "your_password",
            "YOUR-TOKEN-HERE",
            "votre_mot_de_passe",
            "motdepasse",
            "VotreMotDePasseIci",
            "MyStrongPassword",
            "000000",
        ] {
            assert!(stands_in(value), "{value}");
        }
    }

    #[test]
    fn passwords_do_not() {
        for value in [
            "Prefecture2026!",
            "S3cr3t!",
            "azerty",
            "Pa$$w0rd",
            "a.b2c.d3",
            "P4ss(word)",
            "100%Corse",
            "motdepasse1",
            "MyPassword2026",
            "Montagne-Secrete",
            "éàùç12",
        ] {
            assert!(!stands_in(value), "{value}");
        }
    }
}
