//! The words around passwords, in French, English, German, Italian, Spanish and Dutch: answers that are none, verbs that announce one, what people add to one.
//!
//! « mot de passe : oublié », « password: see the wiki », « Kennwort: abgelaufen ». The lists are this project's own. Everything is in small
//! letters; a list is asked with one word at a time. What no list can hold (participles, infinitives with « ez ») is told by its ending.
//!
//! It is as long as it is because most of it is lists.

pub(super) mod locks;

/// Passwords without a digit that everybody knows to be passwords, and numbers of the same kind: the head of every published list, and rows of keys.
#[rustfmt::skip]
pub(super) const COMMON: &[&str] = &[
    "0000", "000000", "1111", "111111", "121212", "123123", "1234", "12345", "123456", "1234567", "12345678",
    "123456789", "1234567890", "2580", "654321", "abc123", "abcdef", "admin123", "asdfgh", "asdfghjkl", "azerty",
    "azerty123", "azertyuiop", "baseball", "batman", "bienvenue", "chouchou", "doudou", "dragon", "football",
    "fussball", "hunter", "iloveyou", "jetaime", "killer", "letmein", "loulou", "marseille", "monkey", "motdepasse1",
    "nicolas", "p@ssw0rd", "p@ssword", "pa55word", "passw0rd", "passw0rd1", "password1", "password123", "pokemon",
    "princess", "qsdfghjklm", "qwerty", "qwerty123", "qwertyuiop", "qwertz", "qwertzuiop", "schalke", "schatz",
    "secret123", "shadow", "soleil", "sommer", "starwars", "sunshine", "superman", "toor", "trustno", "welcome1",
    "wxcvbn",
];

/// What people answer instead of a password, in French. Most participles and adjectives are told by their endings.
#[rustfmt::skip]
const FRENCH: &[&str] = &[
    "absent", "absente", "accueil", "actif", "active", "activé", "actuel", "actuelle", "admin", "administrateur",
    "affichage", "affiche", "affichee", "afficher", "affichée", "aide", "ailleurs", "ajouter", "alors", "ancien",
    "ancienne", "annexe", "appeler", "appelez", "apres", "après", "attendre", "attention", "aucun", "aucune", "aujourd",
    "aussi", "autre", "avant", "avec", "bcrypt", "besoin", "bien", "bientot", "bientôt", "bitwarden", "bizarre",
    "bloque", "bloquee", "bloquer", "bon", "bonjour", "bonne", "bonnes", "bons", "bref", "caracteres", "caractères",
    "casse", "cassé", "cause", "ceci", "cela", "celle", "celle-ci", "celui", "celui-ci", "certains", "chacun", "chaine",
    "champ", "change", "changee", "changement", "changer", "changez", "chaque", "chaîne", "chef", "chiffres", "chiffré",
    "choisir", "clair", "classique", "clef", "cliquer", "clé", "code", "coffre", "coller", "collègue", "comme",
    "comment", "communique", "communiquer", "communiqué", "complexe", "compris", "compte", "comptes", "conforme",
    "connaitre", "connaître", "connexion", "conseils", "conserver", "contacter", "copier", "courant", "courriel",
    "courrier", "court", "courte", "cree", "creer", "créer", "danger", "dans", "dashlane", "defaut", "definir", "deja",
    "demain", "demande", "demander", "demandez", "depot", "depuis", "desactive", "dessous", "dessus", "deux",
    "deuxieme", "deuxième", "different", "differents", "différent", "différents", "dimanche", "direction", "dispo",
    "disponible", "dito", "donne", "donner", "donné", "dsi", "défaut", "définir", "déjà", "dépôt", "désactivé", "echec",
    "ecrit", "elements", "encore", "enregistre", "entrer", "envoi", "envoye", "envoyee", "envoyer", "equipe", "erreur",
    "espace", "essayer", "etre", "exemple", "exigences", "expire", "expiree", "facile", "facultatif", "faible", "faire",
    "fautif", "faux", "fichier", "fini", "finie", "fort", "forte", "fourni", "fournie", "fournir", "garder", "genere",
    "generer", "generique", "gestion", "gestionnaire", "glpi", "gratuit", "générer", "générique", "habituel",
    "habituelle", "habituels", "hier", "hotline", "idem", "identifiant", "identique", "identiques", "ignorer",
    "important", "impossible", "inactif", "inchange", "inchangé", "incident", "inclus", "inconnu", "inconnue",
    "incorrect", "incorrecte", "indique", "indiquer", "indiqué", "infini", "informatique", "initial", "initiale",
    "intact", "interdit", "interdite", "intranet", "invalide", "inviolable", "jamais", "jeudi", "joindre", "joint",
    "journee", "journée", "justement", "keepass", "keepassxc", "laquelle", "lastpass", "lequel", "lettres", "lien",
    "lire", "local", "locale", "long", "longue", "longueur", "lundi", "mail", "maintenant", "mais", "majuscule",
    "majuscules", "manquant", "manquante", "mardi", "marque", "marqué", "masque", "mauvais", "mauvaise", "mauvaises",
    "meme", "merci", "mercredi", "message", "messages", "mettez", "mettre", "minimum", "minuscule", "mise", "modifie",
    "modifier", "moins", "mois", "mort", "mot", "motdepasse", "même", "navigo", "neant", "nominatif", "nominative",
    "non", "note", "notee", "noter", "notice", "noté", "nouveau", "nouvel", "nouvelle", "nul", "nulle", "néant",
    "obligatoire", "officiel", "ok", "onepassword", "oral", "oralement", "oubli", "oublie", "oubliee", "oublier", "oui",
    "ouvert", "papier", "parce", "pareil", "pareille", "parfois", "partage", "partager", "partout", "pas", "passbolt",
    "passe", "perdu", "perdue", "perime", "perso", "personnel", "personnelle", "peut", "plus", "plusieurs", "politique",
    "post-it", "pour", "pourquoi", "precedent", "prendre", "principal", "prive", "privé", "probleme", "problème",
    "procedure", "prochain", "procédure", "propre", "proteger", "proton", "protéger", "provisoire", "précédent",
    "public", "périmé", "quand", "quel", "quelle", "quelqu", "quelque", "question", "rappel", "rappeler", "recent",
    "recevoir", "recu", "refus", "refuse", "refusé", "regarde", "regarder", "regardez", "regle", "regles",
    "reinitialisation", "reinitialise", "reinitialiser", "remettre", "rendez", "renouveler", "renseigner", "requete",
    "requis", "requise", "requête", "respecter", "responsable", "rester", "reçu", "rien", "robuste", "rssi", "règle",
    "règles", "récent", "réinitialisation", "réinitialiser", "saisie", "saisir", "saisissez", "samedi", "sans", "sauf",
    "sauvegarde", "secret", "secrete", "secrète", "secrétariat", "securite", "sensible", "separement", "serveur",
    "service", "seul", "seulement", "signal", "signature", "similaire", "simple", "sinon", "sms", "soit", "solide",
    "sous", "souvent", "standard", "suite", "suivant", "sujet", "super", "support", "supprime", "supprimer", "sur",
    "sure", "synthese", "synthèse", "sécurité", "séparément", "sûr", "sûre", "taper", "tapez", "tchap", "telephone",
    "temporaire", "texte", "toujours", "tous", "tout", "toute", "transmettre", "transmis", "transmise", "trop",
    "trouver", "téléphone", "unique", "urgence", "urgent", "usuel", "utiliser", "utilisez", "valable", "valeur",
    "valide", "vaultwarden", "vendredi", "verifie", "verifier", "verrou", "verrouille", "vide", "vieux", "vive",
    "voici", "voila", "voilà", "voir", "voire", "vois", "votre", "vrai", "vraiment", "vérifier", "vérifié", "échec",
    "écrit", "éléments", "équipe", "être",
];

/// What people answer instead of a password, in English. Most participles and adjectives are told by their endings.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "about", "above", "active", "after", "again", "agree", "already", "also", "always", "another", "anyone", "anything",
    "array", "asap", "ask", "asked", "async", "auth", "authentication", "available", "await", "awful", "bad", "because",
    "been", "before", "below", "bitwarden", "blank", "blocked", "bool", "boolean", "both", "byte", "bytes", "call",
    "cannot", "case", "change", "changed", "char", "characters", "chars", "check", "classified", "clear", "click",
    "coming", "complex", "complexity", "compromised", "confidential", "confirm", "confirmation", "const", "contact",
    "correct", "could", "create", "credentials", "current", "default", "deny", "details", "different", "disabled",
    "does", "done", "easy", "either", "email", "empty", "enabled", "encrypted", "encryption", "enter", "error", "every",
    "everybody", "everyone", "expire", "expired", "expires", "export", "failed", "failure", "false", "field", "find",
    "fine", "first", "fixed", "float", "following", "forgot", "forgotten", "found", "from", "function", "getpass",
    "given", "good", "grant", "guest", "hash", "hashed", "have", "help", "helpdesk", "here", "hidden", "hint",
    "history", "http", "https", "hunter2", "identical", "ignore", "import", "inactive", "incorrect", "info", "input",
    "insecure", "int", "integer", "internal", "invalid", "invalidate", "irrelevant", "issue", "just", "keyring", "last",
    "later", "leaked", "least", "length", "like", "linux", "list", "locked", "login", "longer", "lost", "manager",
    "mandatory", "match", "maybe", "meaningless", "minimum", "missing", "must", "mysterious", "need", "needed", "never",
    "new", "next", "nil", "nobody", "none", "nope", "not", "nothing", "null", "number", "object", "obvious", "okay",
    "old", "onepassword", "only", "optional", "other", "over", "passwd", "pending", "people", "personal", "please",
    "policy", "post", "private", "problem", "problems", "prompt", "protected", "protection", "provided", "public",
    "question", "random", "read", "recovery", "rejected", "reminder", "request", "required", "reset", "resets",
    "restart", "return", "ridiculous", "root", "same", "saved", "secure", "security", "see", "self", "sensitive",
    "sent", "separate", "set", "setting", "settings", "shared", "short", "shorter", "should", "shown", "silly",
    "simple", "simplest", "somebody", "something", "somewhere", "soon", "sorry", "sticky", "still", "store", "stored",
    "string", "strong", "stronger", "stuck", "stuff", "success", "successful", "successfully", "sudo", "sure", "taped",
    "tba", "tbd", "temporary", "terrible", "text", "than", "thanks", "that", "their", "then", "there", "they", "thing",
    "this", "through", "today", "tomorrow", "true", "type", "typed", "typo", "ubuntu", "unchanged", "undefined",
    "unknown", "unlisted", "unlock", "unset", "unspecified", "update", "updated", "user", "username", "using", "valid",
    "value", "varchar", "vault", "very", "void", "wallet", "was", "weak", "weaker", "week", "well", "what", "when",
    "where", "which", "will", "windows", "with", "without", "would", "written", "wrong", "yes", "your", "yours",
];

/// What people answer instead of a password, in German. Most participles and adjectives are told by their endings.
#[rustfmt::skip]
const GERMAN: &[&str] = &[
    "aber", "abgelaufen", "abgelehnt", "aktuell", "andern", "anfordern", "auch", "aufgeschrieben", "beim", "bekannt",
    "bereits", "bitte", "bleibt", "brauche", "brauchst", "dasselbe", "dein", "deine", "dieses", "eingeben", "einmal",
    "erforderlich", "erneuern", "erneut", "falsch", "fehler", "fehlt", "feld", "folgt", "frag", "fragen", "fragt",
    "freiwillig", "gar", "geheim", "gesetzt", "gesperrt", "geändert", "gleich", "gleiche", "gultig", "gut", "gültig",
    "heute", "hier", "hinterlegt", "hängt", "identisch", "ihre", "immer", "kein", "keine", "keines", "klar", "klebt",
    "kommt", "kompliziert", "leer", "liegt", "mehr", "mindestens", "morgen", "muss", "nachfragen", "neues", "nicht",
    "nichts", "niemals", "noch", "notiert", "notig", "nötig", "optional", "personlich", "persönlich", "pflicht",
    "pflichtfeld", "privat", "quatsch", "richtig", "richtlinie", "schlecht", "schwach", "schwierig", "sehr", "selbe",
    "sicher", "siehe", "simpel", "sofort", "spater", "später", "standard", "stark", "steht", "telefonisch", "tresor",
    "uberall", "unbekannt", "ungultig", "ungültig", "unsicher", "unverandert", "unverändert", "vergessen", "verloren",
    "verschlüsselt", "vertraulich", "vorhanden", "wechseln", "weiterhin", "wenden", "wichtig", "wieder", "wird",
    "wurde", "zeichen", "zettel", "zuerst", "zurucksetzen", "zurücksetzen", "ändern", "überall",
];

/// What people answer instead of a password, in Italian, Spanish, Dutch and Portuguese.
#[rustfmt::skip]
const SOUTHERN_AND_DUTCH: &[&str] = &[
    "almeno", "alterar", "altijd", "amanhã", "anche", "ancora", "antes", "antiga", "antigua", "aquella", "ayer", "aún",
    "bedankt", "bekend", "bloccata", "bloccato", "bloqueada", "bloqueado", "caduca", "caducada", "caducado", "cambia",
    "cambiada", "cambiado", "cambiar", "cambiare", "cambiata", "cambiato", "caracteres", "caratteri", "cassetto", "che",
    "chiedere", "chiedete", "chiedi", "come", "como", "con", "conosci", "correcta", "corretta", "cuando", "dat",
    "debil", "debole", "della", "depois", "desconhecida", "desconocida", "despues", "después", "dezelfde",
    "dimenticata", "dimenticato", "domani", "donde", "dopo", "dove", "débil", "enviada", "enviado", "errada", "errata",
    "errato", "escrita", "escrito", "esquecida", "esta", "este", "está", "expirada", "expirado", "foglietto", "forte",
    "fraca", "fuerte", "geblokkeerd", "gebruikelijke", "geheim", "geschreven", "gewijzigd", "gisteren", "gracias",
    "grazie", "habitual", "hetzelfde", "hoe", "hoje", "hoy", "ieri", "igual", "incorrecta", "incorrecto", "inserire",
    "inserisci", "introduce", "introduzca", "inviata", "inviato", "invoeren", "juist", "kluis", "later", "leeg",
    "luego", "mancante", "mañana", "mesma", "met", "minstens", "mira", "misma", "mismo", "morgen", "mostra", "mostrar",
    "mostrare", "mudar", "nell", "nella", "niet", "nieuw", "nieuwe", "nog", "non", "nova", "nueva", "nuevo", "nuova",
    "nuovo", "obbligatoria", "obbligatorio", "obligatoria", "obligatorio", "obrigado", "obrigatória", "oggi",
    "olvidada", "olvidado", "olvidé", "omdat", "onbekend", "onjuist", "ook", "oude", "para", "pedir", "per", "perché",
    "pergunte", "personal", "personale", "persoonlijk", "pide", "porque", "pregunta", "prima", "provisional",
    "provvisoria", "quando", "que", "quella", "quello", "requerida", "requerido", "richiesta", "richiesto", "sai",
    "sbagliata", "scade", "scaduta", "scaduto", "sconosciuta", "scritta", "scritto", "segreta", "segreto", "segura",
    "seguro", "sempre", "sicura", "sicuro", "siempre", "solita", "solito", "steeds", "sterk", "stessa", "stesso",
    "straks", "sulla", "también", "tekens", "temporal", "temporanea", "temporária", "tijdelijk", "todavía", "trabajo",
    "uguale", "vacia", "vacía", "vandaag", "vecchia", "vecchio", "vedere", "vedi", "veilig", "ver", "veranderd",
    "veranderen", "vereist", "vergeten", "vergrendeld", "verkeerd", "verlopen", "verplicht", "verstuurd", "voor",
    "vraag", "vragen", "vuota", "vuoto", "waar", "wanneer", "wijzigen", "zelfde", "zie", "zwak", "éxito",
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
    "a", "al", "algo", "an", "and", "are", "as", "at", "au", "aus", "aux", "avec", "be", "bei", "beispiel", "by",
    "c'est", "can", "ce", "ces", "cette", "changeme", "che", "chez", "ci", "como", "con", "d'", "da", "dans", "das",
    "de", "degli", "dein", "del", "della", "delle", "dello", "dem", "den", "der", "des", "die", "do", "don't", "du",
    "een", "ein", "eine", "el", "elle", "en", "est", "et", "example", "exemple", "for", "fra", "für", "gli", "ha",
    "haar", "han", "has", "hat", "hay", "he", "het", "i", "ich", "ici", "if", "ihr", "il", "im", "in", "insert", "is",
    "ist", "it", "it's", "j'ai", "je", "la", "las", "le", "les", "leur", "lo", "los", "lui", "ma", "mais", "me", "mes",
    "mi", "mia", "mijn", "mio", "mit", "moi", "mon", "my", "ne", "nel", "nella", "no", "nous", "of", "off", "on", "ons",
    "onze", "op", "or", "ou", "our", "out", "où", "par", "pas", "password", "passwort", "per", "peut", "placeholder",
    "por", "pour", "put", "que", "quelque", "quelques", "qui", "replace", "sa", "sample", "sans", "se", "secret",
    "sera", "ses", "she", "si", "sie", "sind", "so", "son", "sont", "su", "sul", "sulla", "sulle", "sur", "sus", "ta",
    "te", "tes", "the", "to", "token", "ton", "tout", "toute", "tra", "tu", "un", "una", "unas", "und", "une", "unos",
    "up", "us", "van", "vom", "von", "voor", "vos", "votre", "vous", "we", "who", "wie", "wir", "y", "you", "zijn",
    "zu", "zum", "à", "être", "über",
];

/// What people add after a password.
#[rustfmt::skip]
const FOLLOWERS: &[&str] = &[
    "after", "alors", "als", "and", "attention", "avant", "avec", "bedankt", "before", "benutzer", "bis", "bises",
    "bisous", "bitte", "bonjour", "bonne", "c'est", "ca", "cdlt", "change", "changez", "cheers", "ciao", "ciaooo",
    "compte", "con", "cordialement", "courage", "dan", "dank", "danke", "dann", "default", "depuis", "desc", "do",
    "don't", "dès", "désolé", "e", "email", "en", "enjoy", "ensuite", "et", "for", "für", "gebruiker", "gebruikersnaam",
    "gracias", "grazie", "groeten", "groetjes", "haha", "hein", "host", "id", "identifiant", "if", "ip", "jusqu",
    "jusqu'au", "jusqu'à", "jusque", "lg", "login", "lol", "luego", "machine", "mail", "mdp", "mdr", "merci", "met",
    "mfg", "mit", "ne", "nicht", "note", "ok", "para", "pass", "password", "pense", "pensez", "per", "pin", "please",
    "pls", "plz", "poi", "por", "port", "pour", "ptdr", "puis", "puk", "quand", "quoi", "saludos", "saluti", "sans",
    "server", "serveur", "si", "sorry", "ssid", "stp", "sur", "svp", "tchao", "thanks", "then", "thx", "till", "tout",
    "und", "until", "url", "user", "username", "usuario", "utente", "utilisateur", "valable", "viele", "voila", "voilà",
    "voir", "voor", "wenn", "when", "works", "y", "à", "ça",
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
    "access", "acrobat", "aes", "agent", "android", "angular", "annexe", "ap", "apache", "arg", "argon", "art",
    "article", "autocad", "azure", "bal", "base", "bat", "bcrypt", "bitwarden", "box", "bureau", "bât", "centos",
    "chap", "chapitre", "char", "chg", "chrome", "col", "compte", "covid", "cve", "debian", "des", "docker", "dolibarr",
    "drupal", "ed", "edge", "esx", "esxi", "etape", "excel", "exchange", "fedora", "field", "fig", "figure",
    "filemaker", "firefox", "freebox", "galaxy", "glpi", "gmail", "gpt", "host", "http", "https", "hyperv", "inc",
    "input", "int", "ios", "ipad", "iphone", "ipv", "iso", "java", "jboss", "jira", "joomla", "kb", "keepass",
    "lastpass", "ldap", "level", "libreoffice", "ligne", "line", "livebox", "lot", "machine", "macos", "magento",
    "matlab", "md", "mdp", "mongodb", "moodle", "mysql", "nas", "nextcloud", "nginx", "niveau", "node", "notepad",
    "ntlm", "ntlmv", "nvarchar", "oauth", "office", "openoffice", "opera", "oracle", "outlook", "p", "page", "param",
    "pass", "passwd", "password", "pbkdf", "pc", "phase", "photoshop", "php", "pixel", "pj", "porte", "poste",
    "postgres", "postgresql", "powerpoint", "powershell", "prestashop", "project", "proxmox", "pwd", "python", "q",
    "raum", "redhat", "req", "rfc", "rhel", "ritm", "room", "rsa", "s", "safari", "sage", "salle", "schritt", "seite",
    "server", "serveur", "sha", "sharepoint", "smb", "spip", "sql", "sqlserver", "srv", "ssl", "step", "str", "string",
    "sw", "switch", "t", "tableau", "teams", "test", "thunderbird", "ticket", "tls", "tomcat", "typo", "u", "ubuntu",
    "uint", "user", "utf", "v", "value", "varchar", "vcenter", "version", "visio", "vista", "vm", "vmware", "vpn",
    "vsphere", "wep", "wifi", "win", "windev", "windows", "winrar", "word", "wordpress", "wpa", "zimbra", "zimmer",
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

/// Of these, what describes a password itself, wherever it stands behind the name.
#[rustfmt::skip]
const HARD: &[&str] = &[
    "algo", "algorithm", "argon2", "bcrypt", "complexity", "complexité", "hachage", "haché", "hachés", "hash", "hashed",
    "hasher", "hashes", "hashé", "hashés", "length", "longueur", "marque", "max", "md5", "min", "minlength", "model",
    "modele", "modell", "modello", "modelo", "modèle", "policies", "policy", "politique", "politiques", "regex",
    "requirement", "requirements", "richtlinie", "robustesse", "rules", "salt", "sel", "sha1", "sha256", "sha512",
    "strength", "validation", "validator",
];

/// What an example of a password follows.
#[rustfmt::skip]
const EXAMPLES: &[&str] = &[
    "avoid", "bannir", "bannissez", "beispiel", "beispiele", "bidon", "bijvoorbeeld", "devinette", "e.g", "eg",
    "ejemplo", "esempio", "evitar", "evitare", "evite", "eviter", "evitez", "evitons", "ex", "example", "examples",
    "exemple", "exemples", "facile", "faciles", "faible", "faibles", "fictif", "format", "forme", "fuité", "fuités",
    "genre", "instance", "interdit", "interdite", "interdits", "jamais", "leaked", "like", "liste", "modele", "modèle",
    "never", "niemals", "pattern", "ridicule", "rockyou", "schwache", "schwaches", "sorte", "style", "such", "tipo",
    "type", "types", "vermeiden", "weak", "zoals", "évite", "éviter", "évitez", "évitons",
];

/// What a code opens, or whom it lets in: « code coffre … », « PIN organisateur … ». Without accents, which people leave out.
#[rustfmt::skip]
const OPENED_BY_A_CODE: &[&str] = &[
    "accueil", "alarm", "alarma", "alarme", "allarme", "almacen", "animateur", "apartment", "appartement", "archive",
    "armadio", "armario", "armoire", "armurerie", "ascenseur", "ascensore", "atelier", "aufzug", "back", "badge",
    "barn", "barriere", "basement", "batiment", "bestelbus", "biblioteca", "bike", "boite", "boitier", "building",
    "bureau", "buro", "bus", "cabinet", "cadenas", "caja", "cancelletto", "cancello", "carta", "carte", "casier",
    "cassaforte", "cave", "cellier", "chantier", "citofono", "clavier", "coffre", "comms", "conference", "copieur",
    "cour", "depot", "deur", "dienstauto", "diensthandy", "door", "drawer", "drucker", "economato", "eingang",
    "elevator", "entrada", "entrance", "entree", "escalier", "front", "garage", "garaje", "gast", "gaste", "gate",
    "gebouw", "grille", "guest", "guests", "hall", "handy", "haus", "haustur", "hek", "hof", "host", "hote", "house",
    "immeuble", "imprimante", "interphone", "invitado", "invite", "invites", "kantoor", "kast", "kelder", "keller",
    "key", "kluis", "konferenz", "lager", "laptop", "lift", "lobby", "local", "locker", "lounge", "magazijn",
    "magazzino", "main", "meeting", "meldkamer", "moderador", "moderateur", "moderator", "moderatore", "movil",
    "office", "oficina", "organisateur", "organisator", "organiser", "organizador", "organizer", "ospite", "padlock",
    "panel", "parking", "participant", "participants", "pas", "phone", "piketfoon", "placard", "poort", "porta",
    "portable", "portail", "portal", "porte", "portillon", "portone", "printer", "puerta", "radio", "raum", "regie",
    "reserve", "residence", "reunion", "riunione", "room", "rue", "safe", "sala", "salle", "sas", "scheda", "schrank",
    "serrure", "server", "serverraum", "serveur", "shed", "side", "sim", "slot", "staff", "store", "storeroom",
    "studio", "tablet", "tableta", "tablette", "tankkarte", "tankpas", "tarjeta", "teilnehmer", "tel", "telefono",
    "telefoon", "telephone", "tessera", "tiroir", "tor", "trastero", "tresor", "tur", "ufficio", "vergaderzaal",
    "verja", "vestiaire", "visio", "visiteur", "visiteurs", "visitor", "visitors", "voordeur", "wache", "wachraum",
    "ward", "warehouse", "werkplaats", "werkstatt",
];

/// What a password opens: « mdp session … », « Passwort WLAN … ». None of them is the name of an account.
#[rustfmt::skip]
const OPENED_BY_A_PASSWORD: &[&str] = &[
    "admin", "archive", "bios", "bitlocker", "boite", "boîte", "chorus", "copieur", "disque", "drucker", "email", "ent",
    "excel", "extranet", "fichier", "imprimante", "intranet", "lan", "laptop", "mail", "messagerie", "nas", "ordi",
    "ordinateur", "outlook", "partage", "pdf", "pronote", "rdp", "rechner", "router", "routeur", "serveur", "session",
    "sharepoint", "tablette", "teams", "veracrypt", "visio", "vpn", "webmail", "wifi", "windows", "winscp", "wlan",
    "word", "zimbra", "zip", "zoom",
];

/// Words for where something is: « Canicule sous les tilleuls ».
#[rustfmt::skip]
const PLACING: &[&str] = &[
    "above", "across", "au-dessus", "auf", "bajo", "behind", "below", "beneath", "beside", "between", "boven", "contre",
    "derrière", "detrás", "devant", "dietro", "durch", "entre", "gegen", "hinter", "in", "near", "neben", "oltre", "on",
    "onder", "over", "próximo", "sobre", "sopra", "sotto", "sous", "sur", "through", "tra", "tras", "ueber", "under",
    "unter", "vers", "vor", "zwischen", "über",
];

/// Words behind which a value stands that is given: « j'ai mis … », « now … », « tape … ».
#[rustfmt::skip]
const PUTTING: &[&str] = &[
    "a", "actuel", "actuelle", "adesso", "ahora", "also", "ancora", "aqui", "aquí", "attends", "auf", "aún", "benutze",
    "bien", "bleibt", "blijft", "but", "c'est", "c'etait", "c'était", "changed", "choisis", "cioè", "coge", "c’est",
    "c’était", "desormais", "devenu", "devient", "dice", "digita", "dit", "donc", "désormais", "ecco", "einfach", "en",
    "enter", "entre", "entrer", "entrez", "era", "es", "escribe", "essaie", "essaye", "essayer", "essayez", "est",
    "etait", "folgt", "following", "follows", "gebruik", "gebt", "gib", "hab", "habe", "here", "hier", "ici", "immer",
    "in", "initial", "initiale", "initiaux", "inserisci", "into", "introduce", "is", "is:", "ist", "it's", "jetzt",
    "jour", "laissé", "lauten", "lautet", "lees", "leggo", "leo", "lis", "lit", "ma", "maar", "maintenant", "mais",
    "marche", "messo", "met", "mets", "mettez", "metti", "mettre", "mis", "même", "naar", "namelijk", "namely", "nehmt",
    "netflix", "neu", "neues", "new", "nieuw", "nimm", "noch", "nog", "noté", "nouveau", "now", "nu", "nuevo", "nuovo",
    "nutze", "nämlich", "ora", "pak", "para", "passe", "passé", "perso", "pon", "prendi", "prendre", "prends", "prenez",
    "press", "probeer", "prova", "provisoire", "provvisorio", "prueba", "puesto", "puse", "put", "reads", "redevenu",
    "refuse", "rejected", "rejette", "remain", "remains", "remets", "remis", "rentre", "rentrer", "rentrez", "reste",
    "retape", "saisi", "saisir", "saisis", "saisissez", "savoir", "says", "sera", "serait", "set", "sigue",
    "simplement", "sino", "so", "soit", "sondern", "staat", "steht", "still", "suivant", "suivante", "take", "tape",
    "taper", "tapes", "tapez", "tapé", "teams", "temporaire", "temporary", "teste", "testez", "tijdelijk", "tippe",
    "to", "todavía", "toujours", "try", "typ", "type", "typed", "typing", "usa", "usar", "use", "used", "using",
    "utilise", "utiliser", "utilisez", "verwende", "voici", "voila", "voilà", "vul", "war", "was", "weiterhin", "werd",
    "windows", "wordt", "works", "zet", "zoom", "à", "è", "était",
];

/// What somebody is told to do with a value, or that names it after a detour: « mets … », « gib … ein », « à savoir … ».
#[rustfmt::skip]
const HANDING_OVER: &[&str] = &[
    "benutze", "cioè", "coge", "digita", "digitare", "enter", "entre", "entrer", "entrez", "escribe", "geef", "gib",
    "inserisci", "introduce", "mets", "mettez", "metti", "mettre", "namelijk", "namely", "nimm", "nämlich", "pak",
    "pon", "prendi", "prends", "prenez", "press", "rentre", "rentrer", "rentres", "rentrez", "saisir", "saisis",
    "saisissez", "savoir", "take", "tape", "taper", "tapes", "tapez", "teclea", "tippe", "typ", "type", "usa", "use",
    "utilise", "utilisez", "verwende", "vul",
];

/// What leads from a value to its name: « … comme mot de passe », « … als Kennwort », « … (mdp) », « … quand il demande le mot de passe ».
const LEADING: &[&str] = &[
    "comme ",
    "en ",
    "pour le ",
    "pour les ",
    "as ",
    "als ",
    "come ",
    "como ",
    "is the ",
    "is my ",
    "was the ",
    "was my ",
    "est le ",
    "c'est le ",
    "c’est le ",
    "était le ",
    "ist das ",
    "è la ",
    "es la ",
    "is het ",
    "quand ",
    "lorsqu",
    "when ",
    "wenn ",
    "cuando ",
    "quando ",
    "si on ",
    "s'il ",
    "if ",
    "at the ",
    "à la place du ",
    "per la ",
    "para la ",
    "für das ",
    "voor het ",
    "for the ",
    "zum ",
    "pour te ",
    "pour se ",
    "pour vous ",
    "pour m'",
    "pour ouvrir",
    "to ",
    "um ",
    "om ",
];

/// What parts them: the value is the name of an account, « marie75 et mot de passe … ».
const PARTING: &[&str] = &["en wachtwoord", "en ww", "en code", "en paswoord"];

/// Verbs that announce the value, longest first.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "est-il passé à", "a été changé en", "a été remplacé par", "has been changed to", "has been set to",
    "was changed to", "is set to", "set to", "changed to", "wurde geändert auf", "ist jetzt", "c'est", "c’est",
    "c´est", "cest", "ce sera", "sera", "serait", "devient", "était", "etait", "reste", "est", "is", "was", "will be",
    "becomes", "ist", "lautet", "lauten", "heißt", "heisst", "bleibt", "war", "sont", "are", "c", "è", "es", "égal",
    "equals", "será", "sarà", "sara", "era", "wordt", "werd", "zijn", "sono", "son", "sind", "rimane", "sigue siendo", "ahora es", "cé", "ct", "to jest", "jest", "é",
    "is nu", "é", "e'",
];

/// Words between the verb and the value.
#[rustfmt::skip]
const ANNOUNCERS: &[&str] = &[
    "actuellement", "adesso", "ahora", "altijd", "always", "ancora", "as", "aún", "bien", "celui", "currently",
    "d'abord", "de", "donc", "dus", "désormais", "eerst", "einfach", "el", "encore", "esta", "folgt", "following",
    "follows", "gewoon", "het", "il", "immer", "jetzt", "just", "la", "le", "maintenant", "noch", "nog", "now", "nu",
    "nun", "ora", "prima", "primero", "pues", "questa", "sempre", "siempre", "simplement", "simply", "sinon", "steeds",
    "still", "suivant", "suivante", "suivants", "temporairement", "the", "todavía", "toujours", "weiterhin", "wie",
    "wieder", "zuerst", "à",
];

/// Whether a list holds the word. Lists are in the order of their bytes, which a test checks: a flood of « mdp : a » asks a thousand times.
pub(super) fn listed(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// Whether people write the word where a password would stand.
pub(super) fn is_an_answer(word: &str) -> bool {
    let word = word.to_lowercase();
    let letters = word.chars().count();
    [FRENCH, ENGLISH, GERMAN, SOUTHERN_AND_DUTCH].into_iter().any(|list| listed(list, &word))
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

/// The same for a word farther away, « mot de passe du fichier chiffré », which makes another thing of it only where it tells how it is stored.
pub(super) fn disarms_from_afar(word: &str) -> bool {
    word.split(|c: char| !c.is_alphanumeric()).any(|part| listed(HARD, part))
}

/// Whether what follows the word is an example.
pub(super) fn gives_an_example(word: &str) -> bool {
    // Accents that stand apart are left out.
    let word: String =
        word.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase).collect();
    listed(EXAMPLES, word.trim_end_matches('.'))
}

/// Whether what follows the word is likened to something: « un mot de passe comme … », « ein Passwort wie … ».
pub(super) fn likens(word: &str) -> bool {
    matches!(word, "comme" | "tel" | "telle" | "wie" | "como" | "come" | "als" | "zoals" | "like" | "tipo")
}

/// A word in small letters without its accents, whether they are part of a letter or stand apart.
fn without_accents(word: &str) -> String {
    word.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).map(without_accent).collect()
}

/// The letter of which a small letter with an accent is made.
pub(super) fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        letter => letter,
    }
}

/// Whether a code opens what the word, in small letters, names.
pub(super) fn is_opened_by_a_code(word: &str) -> bool {
    listed(OPENED_BY_A_CODE, &without_accents(word))
}

/// Whether a password opens what the word, in small letters, names.
pub(super) fn is_opened_by_a_password(word: &str) -> bool {
    listed(OPENED_BY_A_PASSWORD, word)
}

/// Whether the word says where something is.
pub(super) fn places(word: &str) -> bool {
    listed(PLACING, &word.to_lowercase())
}

/// Whether the word denies what follows.
pub(super) fn denies(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "ne" | "no" | "non" | "not" | "pas" | "nicht" | "kein" | "keine" | "niet" | "geen"
    )
}

/// Whether any word of a text in small letters says so.
pub(super) fn gives_an_example_before(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ',' | ':')).any(gives_an_example)
}

/// Whether a value that is given stands behind the word, in small letters.
pub(super) fn puts(word: &str) -> bool {
    listed(PUTTING, word)
}

/// Whether a text in small letters leads from a value to the name with which it ends.
pub(super) fn leads_to_a_name(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '»' | '`' | '*' | ',' | '”' | '“' | '!' | '?')
    });
    if PARTING.iter().any(|parting| text.starts_with(parting)) {
        return false;
    }
    let near = text.split_whitespace().count() <= 6;
    let article =
        ["le ", "la ", "mon ", "ton ", "son ", "notre ", "the ", "my ", "our ", "das ", "mein ", "il ", "el ", "het "];
    text.starts_with(['(', '[']) && near
        || LEADING.iter().any(|leading| text.starts_with(leading))
        || near && article.iter().any(|article| text.starts_with(article))
}

/// Whether the text that follows a value says how it is spelt: « tout en minuscules », « mit großem S ».
pub(super) fn spells(rest: &str) -> bool {
    const SPELLING: &[&str] = &[
        "minuscule",
        "majuscule",
        "sans espace",
        "tout attaché",
        "tout attache",
        "en un mot",
        "en un seul mot",
        "sans accent",
        "lowercase",
        "lower case",
        "uppercase",
        "capital",
        "no spaces",
        "one word",
        "großes ",
        "kleines ",
        "großem ",
        "spaces included",
        "avec les espaces",
        "klein geschrieben",
        "kleingeschrieben",
        "großgeschrieben",
        "alles klein",
        "zusammengeschrieben",
        "ohne leerzeichen",
        "minúscula",
        "mayúscula",
        "sin espacios",
        "minuscol",
        "maiuscol",
        "senza spazi",
        "kleine letter",
        "hoofdletter",
        "zonder spatie",
    ];
    let mut head = rest.len().min(60);
    while !rest.is_char_boundary(head) {
        head -= 1;
    }
    let rest = rest[..head].to_lowercase();
    // « doit contenir une majuscule » asks for one.
    let rule = [
        "doit",
        "must",
        "muss",
        "debe",
        "deve",
        "moet",
        "oblig",
        "least",
        "moins",
        "minim",
        "contenir",
        "contain",
        "enthalten",
        "contener",
        "contenere",
        "bevatten",
        "chiffre",
        "digit",
        "ziffer",
    ]
    .iter()
    .any(|word| rest.contains(word))
        || rest.starts_with(|c: char| c.is_ascii_digit());
    !rule && SPELLING.iter().any(|spelling| rest.contains(spelling))
}

/// Whether the line with this word in it sends the reader to the next.
pub(super) fn points_below(word: &str) -> bool {
    let word = word.to_lowercase();
    ["dessous", "ci-dessous", "below", "unten", "abajo", "sotto", "hieronder"]
        .contains(&word.trim_matches(|c: char| !c.is_alphabetic()))
}

/// Somebody of whom a sentence tells something.
pub(super) fn is_a_person(word: &str) -> bool {
    const PERSONS: &[&str] = &[
        "du", "elle", "elles", "er", "he", "i", "ich", "il", "ils", "it", "je", "jij", "me", "nous", "on", "qui", "se",
        "she", "sie", "that", "they", "tu", "vous", "we", "wij", "wir", "you",
    ];
    PERSONS.binary_search(&word.to_lowercase().as_str()).is_ok()
}

/// Whether a text in small letters says of the value before it that it is the name with which the text ends: « … comme mot de passe ».
pub(super) fn gives_as(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '»' | '`'));
    ["comme ", "en ", "pour le ", "as ", "als ", "come ", "como ", "est le ", "is the ", "ist das "]
        .iter()
        .any(|lead| text.starts_with(lead))
        && !PARTING.iter().any(|parting| text.starts_with(parting))
        && text.split_whitespace().count() <= 6
}

/// Whether the word, in small letters, is a name of passwords, perhaps with one slip in it: « paswrod », « motdeapsse », « mdo ».
pub(super) fn nearly_a_password(word: &str) -> bool {
    const NAMES: &[&str] = &["contraseña", "kennwort", "motdepasse", "passcode", "passwort", "password", "wachtwoord"];
    // Three letters are too few for any slip.
    const SHORT: &[&str] = &["mddp", "mdo", "mdp", "mdpp", "mpd", "pwd"];
    SHORT.contains(&word) || word.len() >= 6 && NAMES.iter().any(|name| is_a_slip_of(word, name))
}

/// Whether people type what stands behind the word, in small letters.
pub(super) fn types(word: &str) -> bool {
    matches!(
        word,
        "tape"
            | "tapes"
            | "tapez"
            | "taper"
            | "saisis"
            | "saisir"
            | "saisissez"
            | "type"
            | "typing"
            | "tippe"
            | "eingeben"
    )
}

/// Whether a value stands behind the word, in small letters, that somebody shall type or that is named at last: « mets … », « à savoir … ».
pub(super) fn hands_over(word: &str) -> bool {
    listed(HANDING_OVER, word)
}

/// Whether a text in small letters says that something is opened.
pub(super) fn opens(text: &str) -> bool {
    const OPENING: &[&str] = &[
        "ouvr",
        "déverrouill",
        "déchiffr",
        "unlock",
        "open",
        "decrypt",
        "entsperr",
        "öffne",
        "apri",
        "sblocc",
        "abr",
        "desbloque",
        "verrouill",
        "protég",
        "chiffré",
        "locked",
        "protected",
        "encrypted",
        "geschützt",
        "verschlüsselt",
        "protett",
        "protegid",
        "cifrad",
        "beveiligd",
        "versleuteld",
    ];
    text.split_whitespace()
        .map(|word| word.trim_start_matches("s'"))
        .any(|word| OPENING.iter().any(|verb| word.starts_with(verb)))
}

/// Whether what is secret, and other things, stand behind the word, in small letters, and a colon.
pub(super) fn labels_a_secret(word: &str) -> bool {
    matches!(
        word,
        "code"
            | "clé"
            | "clef"
            | "cle"
            | "key"
            | "secret"
            | "bios"
            | "pin"
            | "sésame"
            | "schlüssel"
            | "chiave"
            | "clave"
            | "p"
            | "mp"
    )
}

/// Whether the name of an account or of a machine stands behind the word, in small letters.
pub(super) fn names_an_account(word: &str) -> bool {
    const NAMING: &[&str] = &[
        "account",
        "agent",
        "benutzer",
        "compte",
        "comptes",
        "cuenta",
        "gebruiker",
        "host",
        "identifiant",
        "identifiants",
        "konto",
        "login",
        "machine",
        "model",
        "modèle",
        "network",
        "netz",
        "netzwerk",
        "nom",
        "pc",
        "poste",
        "rechner",
        "réseau",
        "server",
        "serveur",
        "session",
        "ssid",
        "user",
        "username",
        "usuario",
        "utente",
        "utilisateur",
        "utilisateurs",
        "version",
        "wifi",
    ];
    listed(NAMING, word.rsplit(['\'', '’']).next().unwrap_or_default())
}

/// Whether two words differ by one letter too many, too few or another one, or by two that change places.
fn is_a_slip_of(word: &str, name: &str) -> bool {
    let (word, name): (Vec<char>, Vec<char>) = (word.chars().collect(), name.chars().collect());
    if word.len().abs_diff(name.len()) > 1 {
        return false;
    }
    let head = word.iter().zip(&name).take_while(|(one, other)| one == other).count();
    let (word, name) = (&word[head..], &name[head..]);
    let tail = word.iter().rev().zip(name.iter().rev()).take_while(|(one, other)| one == other).count();
    let (word, name) = (&word[..word.len() - tail], &name[..name.len() - tail]);
    word.len().max(name.len()) <= 1 || word.len() == 2 && name.len() == 2 && word[0] == name[1] && word[1] == name[0]
}

/// Whether the word joins two others and says nothing: « für », « du ».
pub(super) fn joins(word: &str) -> bool {
    matches!(
        word,
        "du" | "de"
            | "des"
            | "d"
            | "la"
            | "le"
            | "les"
            | "au"
            | "für"
            | "fürs"
            | "fur"
            | "fuer"
            | "zum"
            | "zur"
            | "vom"
            | "der"
            | "den"
            | "dem"
            | "die"
            | "das"
            | "for"
            | "the"
            | "of"
            | "to"
            | "del"
            | "il"
            | "dello"
            | "della"
            | "di"
            | "el"
            | "van"
            | "voor"
            | "het"
            | "per"
            | "para"
            | "am"
            | "im"
            | "est"
            | "is"
            | "ist"
            | "c'est"
            | "es"
            | "è"
    )
}

/// Whether the word may stand between the verb and the value.
pub(super) fn announces(word: &str) -> bool {
    listed(ANNOUNCERS, &word.to_lowercase())
}

/// How many bytes of verb begin a text in small letters.
pub(super) fn verb(text: &str) -> Option<usize> {
    let ends = |rest: &str| rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ':' | '"' | '«' | '`' | '*'));
    // Few words begin as verbs do, and this is asked of every word.
    if !text.starts_with(['e', 'h', 'w', 's', 'c', 'd', 'r', 'i', 'b', 'l', 'a', 'z', 'è', 'é']) {
        return None;
    }
    let first = text.as_bytes().get(..2)?;
    let alike = VERBS.iter().filter(|verb| verb.as_bytes().get(..2).is_none_or(|head| head == first));
    alike.copied().find(|verb| text.strip_prefix(verb).is_some_and(ends)).map(str::len)
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

/// Whether the word is followed by its number: « page 12 », « ticket 44120 ».
pub(super) fn names_a_numbered_thing(word: &str) -> bool {
    listed(NUMBERED, &word.to_lowercase())
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
            SOUTHERN_AND_DUTCH,
            EXAMPLES,
            PUTTING,
            HANDING_OVER,
            HARD,
            FUNCTION_WORDS,
            FOLLOWERS,
            UNITS,
            NUMBERED,
            DISARMING,
            ANNOUNCERS,
            OPENED_BY_A_CODE,
            OPENED_BY_A_PASSWORD,
            PLACING,
            locks::ACTING,
            locks::ANSWERING,
            locks::CODES,
            locks::DEVICES,
            locks::DOORS,
            locks::FILLING,
            locks::LOCKS,
            locks::NUMBERED,
            locks::OTHER_CODES,
            locks::PLACES,
            locks::ROOMS,
            locks::SAFES,
            locks::TELLING,
            locks::TIMES,
            locks::TYPING,
            locks::UNLOCKING,
            locks::WITH,
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
