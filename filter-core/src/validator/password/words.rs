//! The words around passwords, in French, English and German: answers that are none, verbs that announce one, what people add to one.
//!
//! « mot de passe : oublié », « password: see the wiki », « Kennwort: abgelaufen ». The lists are this project's own. Everything is in small
//! letters; a list is asked with one word at a time. What no list can hold (participles, infinitives with « ez ») is told by its ending.

/// Passwords without a digit that everybody knows to be passwords, and numbers of the same kind: the head of every published list, and rows of keys.
#[rustfmt::skip]
pub(super) const COMMON: &[&str] = &[
    "111111", "121212", "123123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890",
    "654321", "abc123", "abcdef", "asdfgh", "asdfghjkl", "azerty", "azertyuiop", "baseball", "batman",
    "chouchou", "doudou", "dragon", "football", "fussball", "hunter", "iloveyou", "jetaime",
    "killer", "letmein", "loulou", "marseille", "monkey", "motdepasse1", "nicolas", "p@ssw0rd", "p@ssword",
    "pa55word", "passw0rd", "pokemon", "princess", "qsdfghjklm", "qwerty", "qwertyuiop", "qwertz", "qwertzuiop",
    "schalke", "schatz", "shadow", "soleil", "sommer", "starwars", "sunshine", "superman", "toor", "trustno",
    "wxcvbn",
];

/// What people answer instead of a password, in French. Most participles and adjectives are told by their endings.
#[rustfmt::skip]
const FRENCH: &[&str] = &[
    "absent", "absente", "actif", "activé", "actuel", "actuelle", "admin", "administrateur", "affiche", "afficher",
    "aide", "ailleurs", "ajouter", "alors", "ancien", "ancienne", "annexe", "appeler", "appelez", "après", "attendre",
    "attention", "aucun", "aucune", "aujourd", "aussi", "autre", "avant", "avec", "besoin", "bien", "bientôt",
    "bitwarden", "bloquer", "bonjour", "caractères", "cause", "ceci", "cela", "celle", "celle-ci", "celui",
    "celui-ci", "certains", "chacun", "champ", "changement", "changer", "changez", "chaque", "chaîne", "chiffres",
    "choisir", "clair", "classique", "cliquer", "code", "coffre", "coller", "comme", "comment", "communiquer",
    "complexe", "compris", "compte", "comptes", "conforme", "connaître", "connexion", "conseils", "conserver",
    "contacter", "copier", "courant", "courriel", "courrier", "court", "courte", "créer", "danger", "dans", "demain",
    "demande", "demander", "demandez", "depuis", "deux", "deuxième", "différent", "dimanche", "dispo", "disponible",
    "donner", "donné", "défaut", "définir", "déjà", "dépôt", "désactivé", "encore", "entrer", "envoi", "envoyer",
    "erreur", "espace", "essayer", "exemple", "exigences", "expire", "facile", "facultatif", "faible", "faire",
    "fautif", "faux", "fichier", "fini", "finie", "fort", "forte", "fourni", "fournie", "fournir", "garder",
    "gestion", "gestionnaire", "générer", "générique", "habituel", "habituelle", "habituels", "hier", "idem",
    "identifiant", "identique", "ignorer", "important", "impossible", "inactif", "inchangé", "incident", "inclus",
    "inconnu", "inconnue", "incorrect", "incorrecte", "indiquer", "infini", "initial", "initiale", "intact",
    "interdit", "interdite", "intranet", "invalide", "jamais", "jeudi", "joindre", "journée", "justement", "keepass",
    "keepassxc", "laquelle", "lastpass", "lequel", "lettres", "lien", "lire", "local", "locale", "long", "longue",
    "longueur", "lundi", "mail", "maintenant", "mais", "majuscule", "majuscules", "manquant", "manquante", "mardi",
    "masque", "mauvais", "mauvaise", "merci", "mercredi", "message", "messages", "mettez", "mettre", "minimum",
    "minuscule", "mise", "modifier", "moins", "mois", "motdepasse", "même", "navigo", "nominatif", "nominative",
    "noter", "nouveau", "nouvel", "nouvelle", "néant", "obligatoire", "officiel", "oral", "oralement", "oubli",
    "oublier", "ouvert", "papier", "parce", "pareil", "parfois", "partager", "partout", "pas", "perdu", "perdue",
    "perso", "personnel", "personnelle", "plus", "plusieurs", "politique", "post-it", "pour", "pourquoi", "prendre",
    "principal", "privé", "problème", "prochain", "procédure", "propre", "protéger", "provisoire", "précédent",
    "public", "quand", "quel", "quelle", "quelqu", "quelque", "question", "rappel", "rappeler", "recevoir", "refus",
    "refuse", "regarde", "regarder", "regardez", "remettre", "renouveler", "renseigner", "requis", "requise",
    "requête", "respecter", "rester", "reçu", "rien", "robuste", "règle", "règles", "récent", "réinitialisation",
    "réinitialiser", "saisie", "saisir", "saisissez", "samedi", "sans", "sauf", "secret", "secrète", "sensible",
    "service", "seul", "seulement", "signal", "signature", "similaire", "simple", "sinon", "sms", "soit", "solide",
    "sous", "souvent", "standard", "suite", "suivant", "sujet", "super", "supprimer", "synthèse", "sécurité",
    "séparément", "sûr", "sûre", "taper", "tapez", "tchap", "temporaire", "texte", "toujours", "tous", "tout",
    "toute", "transmettre", "transmis", "transmise", "trop", "trouver", "téléphone", "unique", "urgence", "urgent",
    "usuel", "utiliser", "utilisez", "valable", "valeur", "valide", "vaultwarden", "vendredi", "verrou", "vide",
    "vieux", "voici", "voilà", "voir", "voire", "vois", "votre", "vrai", "vraiment", "vérifier", "échec", "éléments",
];

/// What people answer instead of a password, in English. Most participles and adjectives are told by their endings.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "about", "above", "active", "after", "again", "agree", "already", "also", "always", "another", "anyone",
    "anything", "array", "asap", "ask", "asked", "async", "auth", "authentication", "available", "await", "bad",
    "because", "been", "before", "below", "blank", "blocked", "bool", "boolean", "both", "byte", "bytes", "call",
    "cannot", "case", "change", "changed", "char", "characters", "chars", "check", "clear", "click", "confirm",
    "confirmation", "const", "contact", "correct", "could", "create", "credentials", "current", "default", "deny",
    "details", "different", "disabled", "does", "done", "easy", "either", "email", "empty", "enabled", "encrypted",
    "encryption", "enter", "error", "every", "everyone", "expire", "expired", "expires", "export", "failed",
    "failure", "false", "field", "find", "fine", "first", "fixed", "float", "following", "forgot", "forgotten",
    "found", "from", "function", "getpass", "given", "good", "grant", "guest", "hash", "hashed", "have", "help",
    "here", "hidden", "hint", "history", "http", "https", "hunter2", "ignore", "import", "inactive", "incorrect",
    "info", "input", "insecure", "int", "integer", "internal", "invalid", "invalidate", "issue", "just", "keyring",
    "last", "later", "least", "length", "like", "linux", "list", "locked", "login", "lost", "manager", "match",
    "maybe", "minimum", "missing", "must", "mysterious", "need", "needed", "never", "new", "next", "nil", "none",
    "nope", "not", "nothing", "null", "number", "object", "obvious", "okay", "old", "only", "optional", "other",
    "over", "passwd", "pending", "people", "personal", "please", "policy", "post", "private", "problem", "problems",
    "prompt", "protected", "protection", "provided", "public", "question", "random", "read", "recovery", "rejected",
    "reminder", "request", "required", "reset", "resets", "restart", "return", "root", "same", "saved", "secure",
    "security", "see", "self", "sent", "separate", "set", "setting", "settings", "shared", "should", "shown",
    "something", "somewhere", "soon", "sorry", "still", "store", "stored", "string", "strong", "stuff", "success",
    "successful", "successfully", "sudo", "sure", "temporary", "text", "than", "thanks", "that", "their", "then",
    "there", "they", "thing", "this", "through", "today", "tomorrow", "true", "type", "typed", "typo", "ubuntu",
    "unchanged", "undefined", "unknown", "unlock", "unset", "update", "updated", "user", "username", "using", "valid",
    "value", "varchar", "vault", "very", "void", "wallet", "was", "weak", "week", "well", "what", "when", "where",
    "which", "will", "windows", "with", "without", "would", "wrong", "yes", "your", "yours",
];

/// What people answer instead of a password, in German. Most participles and adjectives are told by their endings.
#[rustfmt::skip]
const GERMAN: &[&str] = &[
    "aber", "abgelaufen", "aktuell", "anfordern", "auch", "beim", "bekannt", "bereits", "bitte", "bleibt", "brauche",
    "brauchst", "dein", "deine", "dieses", "eingeben", "einmal", "erforderlich", "erneuern", "erneut", "falsch",
    "fehler", "fehlt", "feld", "folgt", "frag", "fragen", "fragt", "freiwillig", "gar", "geheim", "gleich", "gültig",
    "heute", "hier", "ihre", "immer", "kein", "keine", "keines", "klar", "kommt", "leer", "liegt", "mehr",
    "mindestens", "morgen", "muss", "nachfragen", "neues", "nicht", "nichts", "niemals", "noch", "nötig", "optional",
    "persönlich", "pflicht", "pflichtfeld", "privat", "richtig", "richtlinie", "schwach", "sehr", "sicher", "siehe",
    "sofort", "später", "stark", "steht", "telefonisch", "unbekannt", "ungültig", "unsicher", "unverändert",
    "vergessen", "verloren", "vertraulich", "vorhanden", "weiterhin", "wenden", "wichtig", "wieder", "wird", "wurde",
    "zeichen", "zettel", "zuerst", "zurücksetzen", "ändern", "überall",
];

/// Names of accounts that are also answers.
#[rustfmt::skip]
pub(super) const ACCOUNTS: &[&str] = &[
    "admin", "administrateur", "guest", "local", "public", "root", "service", "standard", "ubuntu", "user",
];

/// Endings of participles, adjectives and abstract nouns, which are no passwords; the length keeps short names out.
const ENDINGS: &[(&str, usize)] = &[
    ("é", 5),
    ("ée", 5),
    ("és", 5),
    ("ées", 5),
    ("ez", 5),
    ("tion", 6),
    ("tions", 7),
    ("ment", 7),
    ("able", 6),
    ("ables", 7),
    ("ible", 6),
    ("toire", 7),
    ("isé", 5),
    ("iser", 6),
    ("ifier", 7),
    ("aire", 7),
    ("ing", 6),
    ("ed", 6),
    ("less", 6),
    ("tement", 7),
    ("ant", 7),
    ("ité", 5),
    ("lich", 7),
    ("bar", 7),
    ("ung", 7),
    ("ieren", 7),
    ("iert", 6),
    ("ungen", 7),
    ("werden", 6),
    ("elles", 7),
    ("rait", 6),
    ("eront", 6),
    ("geändert", 6),
    ("ies", 7),
];

/// Function words: what they stand in is a sentence.
#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "au", "aus", "aux", "be", "bei", "beispiel", "by", "c'est", "can", "ce",
    "ces", "cette", "changeme", "chez", "d'", "das", "de", "dein", "dem", "den", "der", "des", "die", "do", "don't",
    "du", "ein", "eine", "elle", "en", "est", "et", "example", "exemple", "for", "für", "has", "hat", "he", "i",
    "ich", "ici", "if", "ihr", "il", "im", "in", "insert", "is", "ist", "it", "it's", "j'ai", "je", "la", "le", "les",
    "leur", "lui", "ma", "me", "mes", "mit", "moi", "mon", "my", "ne", "no", "nous", "of", "off", "on", "or", "ou",
    "our", "out", "où", "par", "pas", "password", "passwort", "placeholder", "put", "que", "qui", "replace", "sa",
    "sample", "secret", "sera", "ses", "she", "si", "sie", "sind", "so", "son", "sont", "sur", "ta", "tes", "the",
    "to", "token", "ton", "tu", "un", "und", "une", "up", "us", "vom", "von", "vos", "votre", "vous", "we", "who",
    "wie", "wir", "y", "you", "zu", "zum", "à", "être", "über",
];

/// What people add after a password.
#[rustfmt::skip]
const FOLLOWERS: &[&str] = &[
    "and", "attention", "avec", "benutzer", "bis", "bises", "bisous", "bitte", "bonne", "cdlt", "change", "changez",
    "cheers", "compte", "cordialement", "danke", "default", "depuis", "desc", "do", "don't", "dès", "email", "enjoy",
    "et", "for", "für", "haha", "hein", "host", "id", "identifiant", "ip", "jusqu", "jusqu'au", "jusqu'à", "lg",
    "login", "lol", "machine", "mail", "mdp", "mdr", "merci", "mfg", "ne", "nicht", "note", "ok", "pass", "password",
    "pense", "pensez", "please", "pls", "plz", "port", "pour", "ptdr", "puis", "quoi", "sans", "server", "serveur",
    "si", "ssid", "stp", "sur", "svp", "thanks", "thx", "tout", "und", "until", "url", "user", "username",
    "utilisateur", "valable", "voila", "voilà", "à",
];

/// What makes a quantity of a number, or of a value that begins with one.
#[rustfmt::skip]
pub(super) const UNITS: &[&str] = &[
    "$", "%", "+", "a", "an", "ans", "bit", "bits", "byte", "bytes", "c", "car", "caracteres", "caractères", "char",
    "characters", "chars", "chiffres", "cm", "d", "day", "days", "digits", "e", "eme", "er", "f", "fa", "fois", "g",
    "gb", "go", "h", "heures", "hours", "j", "jour", "jours", "k", "kb", "kg", "km", "ko", "k€", "lettres", "m", "mb",
    "min", "mins", "minutes", "mm", "mo", "mois", "monate", "months", "months.", "ms", "nd", "o", "p", "px", "rd",
    "s", "sec", "secondes", "seconds", "semaines", "st", "stellen", "stunden", "tage", "tagen", "th", "times", "v",
    "w", "weeks", "x", "zeichen", "°", "°c", "ème", "ère", "€",
];

/// Names that are written with a number behind them: programs, methods, tickets, places of a text.
#[rustfmt::skip]
const NUMBERED: &[&str] = &[
    "aes", "android", "annexe", "arg", "argon", "art", "article", "azure", "base", "bat", "bcrypt", "bitwarden",
    "bureau", "bât", "chap", "chapitre", "char", "chg", "col", "cve", "debian", "des", "ed", "etape", "exchange",
    "fedora", "field", "fig", "figure", "glpi", "gmail", "http", "https", "inc", "input", "int", "ios", "ipad",
    "iphone", "ipv", "iso", "java", "jira", "kb", "keepass", "lastpass", "ldap", "level", "ligne", "line", "lot",
    "macos", "md", "mdp", "niveau", "ntlm", "ntlmv", "nvarchar", "oauth", "office", "outlook", "p", "page", "param",
    "pass", "passwd", "password", "pbkdf", "phase", "php", "pj", "porte", "poste", "pwd", "python", "q", "raum",
    "req", "rfc", "ritm", "room", "rsa", "s", "salle", "schritt", "seite", "server", "sha", "sharepoint", "smb",
    "sql", "ssl", "step", "str", "string", "t", "tableau", "teams", "test", "ticket", "tls", "u", "ubuntu", "uint",
    "user", "utf", "v", "value", "varchar", "version", "vpn", "wep", "wifi", "win", "windows", "wpa", "zimmer",
    "étape",
];

/// Words beside « password » that make it another thing: `password_hash`, « politique de mot de passe », `passwordField`.
#[rustfmt::skip]
const DISARMING: &[&str] = &[
    "age", "algo", "algorithm", "attempt", "attempts", "auth", "authentication", "bcrypt", "change", "changed",
    "chemin", "chiffré", "column", "complexité", "compliance", "confirmation", "cracker", "cracking", "encoder",
    "encoding", "encrypted", "expiration", "expires", "expiry", "fichier", "field", "file", "forgotten", "generator",
    "gestionnaire", "générateur", "haché", "hachés", "hash", "hashed", "hasher", "hashes", "hashé", "hint", "input",
    "label", "length", "less", "lien", "link", "longueur", "manager", "max", "md5", "min", "minlength", "ntlm",
    "only", "oublié", "oubliés", "path", "pattern", "placeholder", "policies", "policy", "politique", "prompt",
    "prompting", "protected", "regex", "requirements", "reset", "retries", "retry", "richtlinie", "robuste",
    "robustesse", "rotation", "rules", "réinitialisation", "salt", "sha1", "sha256", "sha512", "strength", "type",
    "url", "validator", "vault", "vergessen", "zurücksetzen", "ändern",
];

/// Verbs that announce the value, longest first.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "est-il passé à", "a été changé en", "a été remplacé par", "has been changed to", "has been set to",
    "was changed to", "is set to", "set to", "changed to", "wurde geändert auf", "ist jetzt", "c'est", "c’est",
    "c´est", "cest", "ce sera", "sera", "serait", "devient", "était", "etait", "reste", "est", "is", "was", "will be",
    "becomes", "ist", "lautet", "lauten", "heißt", "heisst", "bleibt", "war", "sont", "are", "c", "è", "es", "égal",
    "equals",
];

/// Words between the verb and the value.
#[rustfmt::skip]
const ANNOUNCERS: &[&str] = &[
    "actuellement", "always", "as", "bien", "currently", "donc", "désormais", "einfach", "folgt", "following",
    "follows", "immer", "jetzt", "just", "la", "le", "maintenant", "noch", "now", "nun", "simplement", "simply",
    "still", "suivant", "suivante", "suivants", "temporairement", "the", "toujours", "wie", "à",
];

/// Whether a list holds the word. Lists are in the order of their bytes, which a test checks: a flood of « mdp : a » asks a thousand times.
pub(super) fn listed(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// Whether people write the word where a password would stand.
pub(super) fn is_an_answer(word: &str) -> bool {
    let word = word.to_lowercase();
    let letters = word.chars().count();
    [FRENCH, ENGLISH, GERMAN].into_iter().any(|list| listed(list, &word))
        || listed(FUNCTION_WORDS, &word)
        || elided(&word)
        || listed(DISARMING, &word)
        || (word.chars().all(char::is_alphabetic)
            && ENDINGS.iter().any(|(ending, least)| letters >= *least && word.ends_with(ending)))
}

/// « l'admin », « d'abord », « aujourd'hui », « don't ».
fn elided(word: &str) -> bool {
    word.contains(['\'', '’'])
}

/// Whether the word is one that only sentences have.
pub(super) fn speaks(word: &str) -> bool {
    listed(FUNCTION_WORDS, &word.to_lowercase())
}

/// Whether people add the word to a password.
pub(super) fn follows(word: &str) -> bool {
    listed(FOLLOWERS, word)
}

/// Whether the word, in small letters, makes another thing of the name before it. Joined names count: `password_hash`, `-file`.
pub(super) fn disarms(word: &str) -> bool {
    word.split(|c: char| !c.is_alphanumeric()).any(|part| listed(DISARMING, part))
}

/// Whether the word may stand between the verb and the value.
pub(super) fn announces(word: &str) -> bool {
    listed(ANNOUNCERS, &word.to_lowercase())
}

/// How many bytes of verb begin a text in small letters.
pub(super) fn verb(text: &str) -> Option<usize> {
    let ends = |rest: &str| rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ':' | '"' | '«' | '`' | '*'));
    // Few words begin as verbs do, and this is asked of every word.
    if !text.starts_with(['e', 'h', 'w', 's', 'c', 'd', 'r', 'i', 'b', 'l', 'a', 'è', 'é']) {
        return None;
    }
    VERBS.iter().find(|verb| text.strip_prefix(**verb).is_some_and(ends)).map(|verb| verb.len())
}

/// The first bytes of a text in small letters, each at its place: a letter whose small form has another length stays as it is.
pub(super) fn small(text: &str, bytes: usize) -> String {
    let head = text.get(..bytes).unwrap_or(text);
    if head.is_ascii() {
        return head.to_ascii_lowercase();
    }
    let mut small = String::with_capacity(bytes + 4);
    for character in text.chars() {
        let mut lower = character.to_lowercase();
        let same = lower.next().filter(|l| l.len_utf8() == character.len_utf8() && lower.next().is_none());
        small.push(same.unwrap_or(character));
        if small.len() >= bytes {
            break;
        }
    }
    small
}

/// `windows10`, `office365!`, `SHA-256`, « INC0012345 »: a known name and a number.
pub(super) fn names_a_product(value: &str) -> bool {
    let name: String = value.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    if name.is_empty() || !listed(NUMBERED, &name) {
        return false;
    }
    let rest = value.chars().skip_while(|c| c.is_alphabetic());
    let mut digits = 0;
    for character in rest {
        match character {
            '0'..='9' => digits += 1,
            '-' | '_' | '.' | '/' | '(' | ')' | '!' | '?' | ',' | 'i' | 'd' => {}
            _ => return false,
        }
    }
    // `test123456`, `pass1234` are passwords, `test1` is not.
    let weak = matches!(
        name.as_str(),
        "test" | "password" | "passwd" | "pwd" | "mdp" | "pass" | "user" | "base" | "t" | "q" | "s" | "v" | "u" | "p"
    );
    digits > 0 && (!weak || digits <= 2)
}

/// « valable 10 minutes », « expires in 5 min »: a code for one use.
pub(super) fn soon_dead(rest: &str) -> bool {
    const VALID: &[&str] = &["valable", "valide", "expire", "valid", "gültig", "läuft"];
    const SHORT: &[&str] = &["minute", "min", "seconde", "second", "sekunde", "stunde"];
    let rest: String = rest.chars().take(80).flat_map(char::to_lowercase).collect();
    VALID.iter().any(|word| rest.contains(word)) && SHORT.iter().any(|word| rest.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        let lists = [
            COMMON,
            ACCOUNTS,
            FRENCH,
            ENGLISH,
            GERMAN,
            FUNCTION_WORDS,
            FOLLOWERS,
            UNITS,
            NUMBERED,
            DISARMING,
            ANNOUNCERS,
        ];
        for list in lists {
            assert!(list.is_sorted_by(|one, other| one < other), "{:?} …", &list[..3]);
        }
    }

    #[test]
    fn answers_are_told_from_passwords() {
        for word in ["oublié", "Obligatoire", "réinitialisation", "required", "abgelaufen", "l'admin", "contactez"] {
            assert!(is_an_answer(word), "{word}");
        }
        for word in ["soleil", "papillon", "Marguerite", "toor", "chocolat"] {
            assert!(!is_an_answer(word), "{word}");
        }
    }
}
