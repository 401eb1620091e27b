//! Who markings are released to, and whose they are: ISO 3166 trigraphs, and the tetragraphs of coalitions.

use super::cursor::Cursor;

/// Trigraph, and the issuer whose marking a banner `//XXX SECRET` bears.
const COUNTRIES: &[(&str, &str)] = &[
    ("aus", "au"),
    ("aut", "at"),
    ("bel", "be"),
    ("bgr", "bg"),
    ("can", "ca"),
    ("che", "ch"),
    ("cze", "cz"),
    ("deu", "de"),
    ("dnk", "dk"),
    ("esp", "es"),
    ("est", "ee"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("gbr", "uk"),
    ("grc", "gr"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("irl", "ie"),
    ("isl", "is"),
    ("isr", "il"),
    ("ita", "it"),
    ("jpn", "jp"),
    ("kor", "kr"),
    ("ltu", "lt"),
    ("lux", "lu"),
    ("lva", "lv"),
    ("mlt", "mt"),
    ("nld", "nl"),
    ("nor", "no"),
    ("nzl", "nz"),
    ("pol", "pl"),
    ("prt", "pt"),
    ("rou", "ro"),
    ("sgp", "sg"),
    ("svk", "sk"),
    ("svn", "si"),
    ("swe", "se"),
    ("tur", "tr"),
    ("ukr", "ua"),
    ("usa", "us"),
    // What people write in « UK/US EYES ONLY ».
    ("nz", "nz"),
    ("uk", "uk"),
    ("us", "us"),
];

const COALITIONS: &[&str] = &[
    "acgu",
    "fvey",
    "isaf",
    "kfor",
    "nato",
    "rsma",
    "teye",
    "cfcb",
    "gctf",
    "mcfi",
    "otan",
    "eu",
    "un",
    "auscannzukus",
];

pub(super) fn issuer(country: &[u8]) -> Option<&'static str> {
    COUNTRIES.iter().find(|(code, _)| code.as_bytes() == country).map(|(_, issuer)| *issuer)
}

/// Codes that are no word of any language: they count in small letters too.
const UNMISTAKABLE: &[&[u8]] = &[b"usa", b"gbr", b"nzl", b"deu", b"fvey", b"acgu"];

/// Moves over `USA, AUS, GBR`, `USA/GBR`, `CAN GBR USA`; answers with the codes joined by dashes.
///
/// A code that is not listed counts behind a comma or slash, where nothing else can stand, and only in capitals.
pub(super) fn list(cursor: &mut Cursor<'_>) -> Option<String> {
    let mut codes = String::new();
    let mut reader = *cursor;
    let mut is_parted = false;
    while codes.len() < LONGEST {
        let code = reader.word();
        let end = reader.at + code.len();
        let is_capital = reader.is_capital(reader.at..end);
        let is_known = issuer(code).is_some() || COALITIONS.iter().any(|known| known.as_bytes() == code);
        let is_code = is_known && (is_capital || UNMISTAKABLE.contains(&code))
            || is_parted && is_capital && matches!(code.len(), 3 | 4) && code.iter().all(u8::is_ascii_lowercase);
        if !is_code {
            break;
        }
        if !codes.is_empty() {
            codes.push('-');
        }
        codes.extend(code.iter().copied().map(char::from));
        cursor.at = end;
        reader.at = end;
        reader.skip_spaces();
        if reader.rest().starts_with(b"//") {
            break;
        }
        is_parted = reader.eat(",") || reader.eat("/");
        if !is_parted && !reader.eat("and ") && !reader.eat("& ") && reader.at == end {
            break;
        }
        reader.skip_spaces();
    }
    (!codes.is_empty()).then_some(codes)
}

/// All of the Alliance in one list.
const LONGEST: usize = 160;
