//! The words around a code that opens something: what it opens, what leads to it, what else a number may be.
//!
//! Everything is in small letters and without accents, which people leave out.

/// What has a code and no other number.
#[rustfmt::skip]
pub(in super::super) const LOCKS: &[&str] = &[
    "badgeuse", "bolt", "boltcode", "cadenas", "candado", "cijferslot", "clefs", "cles", "codeslot", "combi",
    "combinacion", "combinaison", "combinatie", "combination", "combinazione", "combo", "deurcode", "digicode",
    "digicodes", "hangslot", "keybox", "keypad", "keysafe", "kombination", "lockbox", "lucchetto", "padlock",
    "schlosscode", "schlusselbox", "schlusselkasten", "schlusselsafe", "schlusseltresor", "sleutelkast",
    "sleutelkastje", "sleutelkluis", "sleutelkluisje", "tastierino", "torcode", "turcode", "vorhangeschloss",
    "zahlencode", "zahlenschloss",
];

/// What has a code, and is counted and paid for too.
#[rustfmt::skip]
pub(in super::super) const SAFES: &[&str] = &[
    "alarm", "alarma", "alarmanlage", "alarme", "alarmpaneel", "alarms", "allarme", "armurerie", "caja", "cassaforte",
    "clavier", "coffre", "coffret", "interphone", "kluis", "kluisje", "safe", "tresor", "waffenschrank", "wapenkluis",
];

/// What is opened with a code, a key or a hand.
#[rustfmt::skip]
pub(in super::super) const DOORS: &[&str] = &[
    "abri", "achterdeur", "archive", "archivio", "armadietto", "armadio", "armario", "armoire", "ascenseur", "ascensor",
    "ascensore", "aufzug", "barn", "barrera", "barrier", "barriere", "berging", "boite", "boitier", "box", "cabinet",
    "cancelletto", "cancello", "casier", "cave", "cellier", "copieur", "cupboard", "deur", "door", "drucker", "ecran",
    "eingang", "entrada", "entrance", "entree", "fietsenhok", "fietsenstalling", "flat", "gache", "garage", "garaje",
    "gate", "gimnasio", "grille", "gym", "gymnase", "hangar", "haustur", "hek", "hinterausgang", "hintereingang",
    "hintertur", "immeuble", "imprimante", "ingresso", "ipad", "kast", "kastje", "kelder", "keller", "kellertur",
    "lager", "lift", "local", "locker", "loge", "magazijn", "magazzino", "nebeneingang", "palestra", "parking",
    "photocopieur", "placard", "poort", "porta", "portail", "portal", "porte", "portillon", "portique", "portone",
    "printer", "puerta", "remise", "remorque", "reserve", "residence", "sas", "schloss", "schrank", "schuppen",
    "schuur", "seitentur", "serrure", "serverraum", "shed", "shutter", "slagboom", "slot", "spind", "sporthal",
    "stampante", "storeroom", "tablet", "tableta", "tablets", "tablette", "taquilla", "tiefgarage", "tor", "trastero",
    "tur", "turnhalle", "turschloss", "verja", "verrou", "vestiaire", "voordeur",
];

/// What lets in whoever types its code, and is dialled, counted and numbered too.
#[rustfmt::skip]
pub(in super::super) const DEVICES: &[&str] = &[
    "badge", "bridge", "car", "card", "carta", "carte", "cellulare", "conference", "diensthandy", "handset", "handy",
    "iphone", "kaart", "karte", "laptop", "messagerie", "mobiel", "mobile", "movil", "ordi", "phone", "portable",
    "radio", "repondeur", "sim", "smartphone", "tarjeta", "tel", "telefon", "telefono", "telefoon", "telephone",
    "visio", "voicemail", "voiture",
];

/// Names of the code itself.
#[rustfmt::skip]
pub(in super::super) const CODES: &[&str] = &[
    "clave", "code", "codes", "codice", "codici", "codigo", "codigos",
];

/// Codes that open nothing.
#[rustfmt::skip]
pub(in super::super) const OTHER_CODES: &[&str] = &[
    "ape", "article", "articolo", "articulo", "barre", "barres", "civil", "client", "commune", "couleur", "cpv",
    "departement", "erreur", "error", "errore", "fehler", "finess", "fiscal", "fiscale", "geste", "iata", "insee",
    "iso", "lieu", "moteur", "naf", "nuts", "oaci", "pays", "penal", "penale", "postal", "postale", "prodotto",
    "product", "producto", "produit", "promo", "promotion", "promozionale", "ral", "reference", "retour", "review",
    "route", "secteur", "sicovam", "source", "suivi", "swift", "tarif", "train", "travail", "tva", "uai", "urbanisme",
    "vestimentaire", "zip",
];

/// A number behind one of these is theirs.
#[rustfmt::skip]
pub(in super::super) const NUMBERED: &[&str] = &[
    "appartement", "apt", "art", "article", "artikel", "av", "avenue", "bestellung", "bld", "bon", "bp", "budget",
    "bug", "build", "bureau", "buro", "bus", "calle", "commande", "contrat", "costa", "costs", "cout", "coute",
    "cuesta", "cve", "despacho", "devis", "dossier", "durchwahl", "etage", "euro", "euros", "ext", "extension",
    "factura", "facture", "fattura", "fois", "hotline", "id", "inc", "incident", "int", "interne", "invoice", "ip",
    "issue", "kamer", "kantoor", "kb", "kg", "km", "kost", "kosten", "kostet", "lot", "matricule", "model", "modele",
    "modell", "modello", "modelo", "n", "no", "norm", "norme", "nr", "num", "number", "numero", "nummer", "office",
    "oficina", "order", "ordine", "page", "part", "pedido", "pos", "poste", "pr", "precio", "preis", "prezzo", "price",
    "prijs", "prix", "ral", "raum", "rechnung", "ref", "reference", "referenz", "room", "route", "rue", "ruimte",
    "sala", "salle", "serial", "serie", "seriennummer", "stand", "stanza", "straat", "strasse", "teil", "tel", "ticket",
    "tickets", "toestel", "train", "typ", "type", "ufficio", "unit", "version", "via", "vlan", "zimmer",
];

/// Where and when, in a sentence that goes on with a number that is none of the thing's.
#[rustfmt::skip]
pub(in super::super) const TIMES: &[&str] = &[
    "about", "after", "alle", "annee", "anno", "ano", "apres", "around", "at", "avant", "baujahr", "before", "between",
    "bis", "ca", "circa", "dal", "de", "del", "della", "depuis", "des", "desde", "entre", "environ", "etwa", "fino",
    "from", "gegen", "hasta", "im", "jaar", "jahr", "nach", "of", "over", "plus", "seit", "since", "sinds", "till",
    "tot", "uber", "um", "until", "van", "vers", "vom", "von", "vor", "year", "zwischen",
];

/// Behind these a code is typed.
#[rustfmt::skip]
pub(in super::super) const TYPING: &[&str] = &[
    "armement", "arming", "brauchst", "braucht", "componi", "compose", "composer", "composes", "composez", "desarme",
    "desarmement", "desarmer", "dial", "digita", "digitare", "digitate", "digiti", "disarm", "drucke", "druk",
    "eintippen", "enter", "entrar", "entrer", "entres", "entrez", "fai", "fais", "faisais", "faites", "gebruik", "gebt",
    "geef", "gib", "inserire", "inserisci", "introduce", "introduces", "introduzca", "marca", "marcar", "marcas",
    "mete", "meter", "mets", "mettez", "mettre", "needs", "nimm", "nutze", "pon", "pones", "premi", "press", "pulsa",
    "punch", "rentre", "rentrez", "saisir", "saisis", "saisissez", "scharf", "takes", "tape", "taper", "tapes", "tapez",
    "teclea", "teclear", "tik", "tippe", "tippen", "tippst", "toets", "toetsen", "type", "unscharf", "usa", "usar",
    "use", "usi", "utilise", "utiliser", "utilisez", "verwende", "voer", "vul", "wahle", "wants",
];

/// Behind these it is told.
#[rustfmt::skip]
pub(in super::super) const TELLING: &[&str] = &[
    "actuel", "actuellement", "adesso", "ahora", "are", "aujourd'hui", "bleibt", "c'est", "cambiado", "cambiata",
    "cambiato", "cest", "change", "changed", "changee", "cioe", "dan", "dann", "desormais", "devenu", "devient",
    "dorenavant", "e'", "es", "est", "geandert", "gewijzigd", "heisst", "heute", "hoy", "is", "ist", "it's", "jetzt",
    "lautet", "luego", "maintenant", "namelijk", "namely", "namlich", "neu", "neue", "neuer", "new", "nieuw", "nieuwe",
    "noch", "nog", "nouveau", "nouveaux", "nouvelle", "now", "nu", "nuevo", "nuovo", "oggi", "ora", "passe", "poi",
    "puis", "reste", "rimane", "savoir", "sera", "set", "sigue", "soit", "son", "sono", "sont", "still", "temporaire",
    "then", "today", "toujours", "vandaag", "werd", "wird", "wordt", "wurde",
];

/// Behind these too, where something is opened: « s'ouvre avec … ».
#[rustfmt::skip]
pub(in super::super) const WITH: &[&str] = &[
    "avec", "con", "met", "mit", "using", "with",
];

/// They join the others to a code and change nothing.
#[rustfmt::skip]
pub(in super::super) const FILLING: &[&str] = &[
    "a", "ab", "actual", "alors", "als", "ancora", "auf", "bien", "blindada", "claro", "code", "d'abord", "das", "dem",
    "den", "der", "die", "donc", "du", "dus", "eerst", "ein", "einfach", "el", "en", "encore", "ensuite", "erst", "euh",
    "first", "fort", "forte", "fuerte", "het", "il", "in", "ja", "just", "juste", "la", "le", "les", "lo", "los",
    "naar", "nun", "nur", "ouais", "oui", "prima", "primero", "quoi", "semplicemente", "si", "simplement", "solo",
    "steeds", "the", "tiens", "to", "ton", "toujours", "tout", "votre", "yeah", "yep", "yes", "zu",
];

/// Where a door is, between it and its code.
#[rustfmt::skip]
pub(in super::super) const PLACES: &[&str] = &[
    "achter", "arriere", "avant", "back", "bas", "beneden", "boven", "cour", "davanti", "delantera", "dietro", "droite",
    "east", "est", "exterieur", "exterieure", "front", "gauche", "haut", "hinten", "interieur", "interieure", "jardin",
    "kelder", "keller", "left", "links", "livraison", "livraisons", "main", "nord", "north", "oben", "ouest", "parking",
    "personnel", "principal", "principale", "rdc", "rear", "rechts", "right", "rue", "secours", "service", "side",
    "south", "staff", "sud", "trasera", "unten", "visiteurs", "visitors", "voor", "vorne", "west",
];

/// What is done with the keypad or the door when the code is in it.
#[rustfmt::skip]
pub(in super::super) const ACTING: &[&str] = &[
    "almohadilla", "appuie", "appuyer", "appuyez", "asterisco", "asterisk", "asterisque", "cancelletto", "cle", "clef",
    "cloche", "confirm", "diese", "draai", "drehen", "drucken", "duw", "duwen", "eingeben", "eintippen", "entree",
    "etoile", "gira", "handle", "hash", "hekje", "intoetsen", "invoeren", "key", "klink", "ok", "poignee", "pound",
    "pousse", "pousser", "poussez", "pull", "push", "raute", "rautetaste", "ruck", "spingi", "stern", "sterretje",
    "tick", "tippen", "tira", "tire", "tirer", "tirez", "touche", "tour", "tourne", "tournez", "tours", "trek", "turn",
    "turns", "umdraaien", "validation", "valide", "valider", "validez", "ziehen",
];

/// How an answer begins that gives a code: « ouais 5837 ».
#[rustfmt::skip]
pub(in super::super) const ANSWERING: &[&str] = &[
    "alors", "c'est", "claro", "euh", "is", "it's", "ja", "ouais", "oui", "si", "sure", "tiens", "yeah", "yep", "yes",
];

/// Words for opening what has a screen or a lock: a number behind them is its code, whatever the thing is.
#[rustfmt::skip]
pub(in super::super) const UNLOCKING: &[&str] = &[
    "desbloquea", "desbloquear", "desbloqueas", "desbloqueo", "deverrouillage", "deverrouille", "deverrouiller",
    "deverrouilles", "deverrouillez", "entsperrcode", "entsperre", "entsperren", "entsperrst", "entsperrt",
    "ontgrendel", "ontgrendelen", "ontgrendelt", "pin", "pincode", "sblocca", "sbloccare", "sblocchi", "sblocco",
    "unlock", "unlocks",
];

/// Rooms have a number on the door: a code only where the word « code » stands.
#[rustfmt::skip]
pub(in super::super) const ROOMS: &[&str] = &[
    "bureau", "kamer", "office", "raum", "room", "sala", "salle", "ufficio", "zimmer",
];
