//! What the fold knows about single characters, as plain data.
//!
//! Unicode's own tables answer most questions (case, compatibility forms, marks); what stands here is what no standard
//! says: which letters look like which, what is not seen at all, and how punctuation is typed on a plain keyboard. Order of
//! the rows does not matter to the program, [`super::character`] sorts them once; people read them, so they go by script.
//!
//! Must not know: text, offsets, or what anybody is looking for.
//!
//! A letter is listed in one case only: the other one is found from Unicode and looks up the same row. So a rule written in
//! lower-case Russian still finds capitals, at the price that a small letter is judged by its capital (Greek `ν` is `n`
//! because `Ν` is, although it looks like `v`). List both cases to say otherwise.

/// Characters that take no room on the screen: `Default_Ignorable_Code_Point`, and the interlinear annotation marks.
pub(super) const INVISIBLE: &[(char, char)] = &[
    ('\u{00AD}', '\u{00AD}'),   // soft hyphen: comes along when text is copied out of PDF and Word
    ('\u{034F}', '\u{034F}'),   // combining grapheme joiner
    ('\u{061C}', '\u{061C}'),   // Arabic letter mark
    ('\u{115F}', '\u{1160}'),   // Hangul fillers
    ('\u{17B4}', '\u{17B5}'),   // Khmer inherent vowels
    ('\u{180B}', '\u{180F}'),   // Mongolian selectors and vowel separator
    ('\u{200B}', '\u{200F}'),   // zero width space, joiners, direction marks
    ('\u{202A}', '\u{202E}'),   // direction embeddings and overrides
    ('\u{2060}', '\u{206F}'),   // word joiner, invisible operators, isolates
    ('\u{3164}', '\u{3164}'),   // Hangul filler
    ('\u{FE00}', '\u{FE0F}'),   // variation selectors
    ('\u{FEFF}', '\u{FEFF}'),   // byte order mark
    ('\u{FFA0}', '\u{FFA0}'),   // half-width Hangul filler
    ('\u{FFF0}', '\u{FFFB}'),   // reserved as ignorable; annotations
    ('\u{1BCA0}', '\u{1BCA3}'), // shorthand format controls
    ('\u{1D173}', '\u{1D17A}'), // musical format controls
    ('\u{E0000}', '\u{E0FFF}'), // tags, more variation selectors
];

/// Those of [`INVISIBLE`] that choose a form of the character before them (`❤` + U+FE0F) and so belong to it.
pub(super) const SELECTORS: &[(char, char)] =
    &[('\u{180B}', '\u{180D}'), ('\u{180F}', '\u{180F}'), ('\u{FE00}', '\u{FE0F}'), ('\u{E0100}', '\u{E01EF}')];

/// Punctuation and spaces → what a plain keyboard types. White space of Unicode and compatibility forms are not listed.
pub(super) const PUNCTUATION: &[(&str, &str)] = &[
    (" ", "\u{2800}"), // the empty Braille pattern
    ("\n", "\u{85}\u{2028}\u{2029}"),
    (
        "-",
        "\u{58A}\u{5BE}\u{1400}\u{1806}\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{2E17}\u{2E1A}\u{2E3A}\
         \u{2E3B}\u{2E40}\u{2E5D}\u{301C}\u{3030}\u{30A0}\u{10D6E}\u{10EAD}",
    ),
    ("'", "\u{B4}\u{2B9}\u{2BB}\u{2BC}\u{2BD}\u{5F3}\u{2018}\u{2019}\u{201A}\u{201B}\u{2032}\u{2039}\u{203A}\u{A78C}"),
    ("\"", "\u{AB}\u{BB}\u{2BA}\u{5F4}\u{201C}\u{201D}\u{201E}\u{201F}\u{2033}\u{301D}\u{301E}\u{301F}"),
    ("/", "\u{2044}\u{2215}\u{29F8}"),
    (":", "\u{2D0}\u{589}\u{5C3}\u{2236}\u{A789}"),
    (".", "\u{66B}\u{3002}"),
    (",", "\u{60C}\u{66C}\u{3001}"),
    (";", "\u{61B}"),
    ("?", "\u{61F}\u{FFFD}"), // U+FFFD is what is left of a letter that was decoded wrongly: kept apart from a space
    ("%", "\u{66A}"),
];

/// Letters that are written as two in plain text, or that Unicode would take apart badly.
pub(super) const SPELT_OUT: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('þ', "th"),
    ('ŀ', "l"), // compatibility form is l + middle dot, and the dot would part the word
    ('ª', "a"),
    ('º', "o"),
    ('ſ', "s"),
    ('µ', "u"), // typed `um`, `ug`; Unicode says Greek mu, which looks like `m` in capitals
    ('ᴁ', "ae"),
    ('ɶ', "oe"),
    ('ꜳ', "aa"),
    ('ꝏ', "oo"),
];

/// Letters of one alphabet, and under each the ASCII letter that stands for it.
pub(super) struct Alphabet {
    pub(super) letters: &'static str,
    pub(super) ascii: &'static str,
}

/// Letters of living Latin alphabets that carry a stroke or hook instead of an accent. Nobody who uses them hides anything.
pub(super) const LATIN: &[Alphabet] = &[
    // Europe
    Alphabet { letters: "ðđøłħŧıĸŋ", ascii: "ddolhtikn" },
    // strokes
    Alphabet { letters: "ƀǥɨƚɵɍʉɏƶⱥȼɇɉ", ascii: "bgiloruyzacej" },
    // hooks and tails, mostly Africa
    Alphabet { letters: "ɓƈɖɗƒɠɦƙɲƞƥƭʈʋƴȥⱨⱪⱬ", ascii: "bcddfghknnpttvyzhkz" },
];

/// Small letters to Unicode, but nobody reads them as such.
pub(super) const SMALL_CAPITALS: &str = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ";

/// Letters that are drawn like an ASCII letter. Whether somebody hides behind one or writes his own language cannot be seen
/// from a single letter, so each is only marked as disguised. What looks like a digit is left alone: digits and letters are
/// never made of each other.
pub(super) const LOOK_ALIKES: &[Alphabet] = &[
    // Latin: small capitals, phonetic letters, unusual forms
    Alphabet { letters: SMALL_CAPITALS, ascii: "abcdefghijklmnopqrstuvwyz" },
    Alphabet {
        letters: "ɑɛɡɩȷɫɭɱɳɼɽʂʐʑɕʝƿƽƅꞁǀꟾᴑ\u{212A}", ascii: "aegijllmnrrszzcjpsblliok"
    },
    Alphabet { letters: "ꬲꬵꞙꬽꭇꭈꭎꭒꭚỿ", ascii: "efforruuyy" },
    Alphabet { letters: "ᵬᵭᵮᵯᵰᵱᵲᵴᵵᵶᵻᵽᵾ", ascii: "bdfmnprstzipu" },
    Alphabet { letters: "ᶀᶁᶂᶃᶄᶅᶆᶇᶈᶉᶊᶌᶍᶎᶏᶑᶒᶖᶙ", ascii: "bdfgklmnprsvxzadeiu" },
    Alphabet { letters: "ꝁꝃꝉꝋꝑꝓꝗꝟꞡꞣꞥꞧꞩ", ascii: "kkloppqvgknrs" },
    Alphabet { letters: "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲϳϜϷϺ", ascii: "abezhikmnoptyxcjfpm" },
    Alphabet { letters: "АВЕЅІЈКМНОРСТУХЬЄ", ascii: "abesijkmhopctyxbe" },
    // Cyrillic outside Slavic languages, and old letters; the two cases of palochka look like different letters
    Alphabet {
        letters: "ӀӏҺҮѴԀԌԚԜѠӨѲҒҚҜҞҢҪҬҰҲӇӉӍҼЋꙆ", ascii: "ilhyvdgqwwoofkkkhctyxhhmehi"
    },
    Alphabet { letters: "ՕՍՀՈՑԶՅԼՏ", ascii: "ouhngqjls" },
    Alphabet {
        letters: "ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᎾᏀᏂᏃᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏳᏴ", ascii: "drtiyajewmhyoghzbrwsvslcpkdgb"
    },
    Alphabet { letters: "ⲀⲂⲈⲌⲎⲒⲔⲘⲚⲞⲢⲤⲦⲨⲬ", ascii: "abezhikmnopctyx" },
    Alphabet {
        letters: "ꓐꓑꓒꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", ascii: "bpddtgkjczfmnlsrvhwxyaeiou"
    },
    Alphabet { letters: "ᐯᑌᑭᑯᑲᒍᒪᕼᕽᖇᖴᗅᗞᗪᗰᗷ", ascii: "vupdbjlhxrfaddmb" },
];

/// The first letter of `a`–`z` in drawn alphabets that have no compatibility form, or one with brackets around it.
pub(super) const STYLED_ALPHABETS: &[char] = &[
    '\u{249C}',  // parenthesised small letters
    '\u{1F110}', // parenthesised capitals
    '\u{1F150}', // white on a black disc
    '\u{1F170}', // white on a black square
];

/// First and last of drawn numbers that have no compatibility form (or one with brackets), and the value of the first.
pub(super) const STYLED_NUMBERS: &[(char, char, u8)] = &[
    ('\u{2474}', '\u{2487}', 1),
    ('\u{24EB}', '\u{24F4}', 11),
    ('\u{24F5}', '\u{24FE}', 1),
    ('\u{24FF}', '\u{24FF}', 0),
    ('\u{2776}', '\u{277F}', 1),
    ('\u{2780}', '\u{2789}', 1),
    ('\u{278A}', '\u{2793}', 1),
    ('\u{1F10B}', '\u{1F10B}', 0),
    ('\u{1F10C}', '\u{1F10C}', 0),
];

/// The zero of every script that counts in tens (`Nd`, Unicode 17); its nine digits follow it. Sorted.
pub(super) const ZEROS: &[char] = &[
    '\u{660}',
    '\u{6F0}',
    '\u{7C0}',
    '\u{966}',
    '\u{9E6}',
    '\u{A66}',
    '\u{AE6}',
    '\u{B66}',
    '\u{BE6}',
    '\u{C66}',
    '\u{CE6}',
    '\u{D66}',
    '\u{DE6}',
    '\u{E50}',
    '\u{ED0}',
    '\u{F20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17E0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19D0}',
    '\u{1A80}',
    '\u{1A90}',
    '\u{1B50}',
    '\u{1BB0}',
    '\u{1C40}',
    '\u{1C50}',
    '\u{A620}',
    '\u{A8D0}',
    '\u{A900}',
    '\u{A9D0}',
    '\u{A9F0}',
    '\u{AA50}',
    '\u{ABF0}',
    '\u{FF10}',
    '\u{104A0}',
    '\u{10D30}',
    '\u{10D40}',
    '\u{11066}',
    '\u{110F0}',
    '\u{11136}',
    '\u{111D0}',
    '\u{112F0}',
    '\u{11450}',
    '\u{114D0}',
    '\u{11650}',
    '\u{116C0}',
    '\u{116D0}',
    '\u{116DA}',
    '\u{11730}',
    '\u{118E0}',
    '\u{11950}',
    '\u{11BF0}',
    '\u{11C50}',
    '\u{11D50}',
    '\u{11DA0}',
    '\u{11DE0}',
    '\u{11F50}',
    '\u{16130}',
    '\u{16A60}',
    '\u{16AC0}',
    '\u{16B50}',
    '\u{16D70}',
    '\u{1CCF0}',
    '\u{1D7CE}',
    '\u{1D7D8}',
    '\u{1D7E2}',
    '\u{1D7EC}',
    '\u{1D7F6}',
    '\u{1E140}',
    '\u{1E2F0}',
    '\u{1E4F0}',
    '\u{1E5F1}',
    '\u{1E950}',
    '\u{1FBF0}',
];
