//! The fold and its map: what each sort of character becomes, and that the way back is exact on any text.

use std::ops::Range;

use filter_core::text::{Flags, FoldBuffer, Folded, PADDING, VisibleBuffer, is_invisible};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

fn folded(text: &str) -> String {
    FoldBuffer::new().fold(text).text().to_owned()
}

#[track_caller]
fn check(rows: &[(&str, &str)]) {
    for (original, expected) in rows {
        assert_eq!(folded(original), *expected, "{original:?} ({})", original.escape_unicode());
        check_invariants(original);
    }
}

/// Everything that holds for any text.
#[track_caller]
fn check_invariants(original: &str) {
    let mut buffer = FoldBuffer::new();
    let fold = buffer.fold(original);
    let text = fold.text();
    assert_eq!(folded(text), text, "folding twice changes nothing");
    assert!(text.chars().all(|c| c.is_ascii() || c.is_alphanumeric()), "letters and digits only");
    assert!(text.chars().all(|c| !c.is_ascii_uppercase()));
    assert_eq!(fold.original(), original);
    assert_eq!(&fold.padded()[..text.len()], fold.bytes());
    assert_eq!(fold.padded()[text.len()..], [0; PADDING]);
    check_identity(&fold);

    let mut end = 0;
    for at in 0..=text.len() + 1 {
        let spot = fold.to_original(at..at + 1);
        assert!(original.is_char_boundary(spot.start) && original.is_char_boundary(spot.end));
        assert!(spot.start <= spot.end && spot.end <= original.len());
        assert!(spot.end >= end, "ends never go back");
        assert_eq!(fold.to_original(at..at), spot.start..spot.start);
        end = spot.end;
        if at < text.len() {
            let first = fold.to_folded(spot.start);
            assert!(first <= at && text.is_char_boundary(first), "a character begins at or before its bytes");
            assert_eq!(fold.is_upper(at), original[spot].chars().next().is_some_and(is_capital));
        } else {
            assert_eq!(fold.flags_at(at), Flags::default());
        }
    }
    let mut last = 0;
    for at in 0..=original.len() + 1 {
        let spot = fold.to_folded(at);
        assert!(spot >= last && text.is_char_boundary(spot), "offsets never go back");
        last = spot;
    }
    assert_eq!(last, text.len());
}

#[track_caller]
fn check_identity(fold: &Folded<'_>) {
    if !fold.is_identity() {
        return;
    }
    assert_eq!(fold.text().len(), fold.original().len());
    for (at, c) in fold.text().char_indices() {
        assert_eq!(fold.to_original(at..at + c.len_utf8()), at..at + c.len_utf8());
    }
}

/// The slice of the original that became `range` folds to the characters that the range touches.
#[track_caller]
fn check_slice(original: &str, range: Range<usize>) {
    let mut buffer = FoldBuffer::new();
    let fold = buffer.fold(original);
    let slice = fold.to_original(range.clone());
    let again = folded(&original[slice.clone()]);
    if range.is_empty() {
        assert_eq!(again, "");
        return;
    }
    let whole = fold.to_folded(slice.start)..fold.to_folded(slice.end);
    assert!(whole.start <= range.start && range.end <= whole.end, "{range:?} in {whole:?}");
    assert_eq!(again, fold.text()[whole.clone()]);
    // A range that cuts what one character became (`ß`) is widened; any other is met exactly.
    let inside = 1..fold.text().len();
    let is_cut = |at: usize| inside.contains(&at) && fold.to_original(at - 1..at) == fold.to_original(at..at + 1);
    if !is_cut(range.start) && !is_cut(range.end) {
        assert_eq!(whole, range);
    }
    let first = original[slice.clone()].chars().next();
    assert!(!first.is_some_and(is_invisible), "invisible characters before the first are left out");
    let next = fold.to_original(whole.end..whole.end + 1).start;
    let between = &original[slice.end..next];
    assert!(between.chars().all(is_invisible), "marks belong to the character before them");
}

/// As letters are drawn: small capitals are capitals.
fn is_capital(c: char) -> bool {
    c.is_uppercase() || "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ".contains(c)
}

#[test]
fn ascii_changes_case_only() {
    let all: String = ('\0'..='\u{7F}').collect();
    assert_eq!(folded(&all), all.to_ascii_lowercase());
    check(&[("", ""), ("DR-SF_v2\r\n\tOK", "dr-sf_v2\r\n\tok")]);
    assert!(FoldBuffer::new().fold(&all).is_identity());
}

#[test]
fn ascii_allocates_nothing_once_the_buffer_has_grown() {
    let mut buffer = FoldBuffer::new();
    let long = "Diffusion Restreinte ".repeat(20);
    let first = buffer.fold(&long).padded().as_ptr();
    for text in ["", "short", &long, &long.to_uppercase()] {
        assert_eq!(buffer.fold(text).padded().as_ptr(), first);
    }
    // Pieces would show here: they are the only other thing that grows.
    assert_eq!(format!("{buffer:?}"), format!("<{} bytes, 0 pieces>", long.len() + PADDING));
}

#[test]
fn odd_spaces_are_spaces() {
    for space in "\u{A0}\u{1680}\u{2002}\u{2003}\u{2007}\u{2009}\u{200A}\u{202F}\u{205F}\u{2800}\u{3000}".chars() {
        check(&[(&format!("DIFFUSION{space}RESTREINTE"), "diffusion restreinte")]);
    }
    for line in "\u{85}\u{2028}\u{2029}".chars() {
        check(&[(&format!("DIFFUSION{line}RESTREINTE"), "diffusion\nrestreinte")]);
    }
    check(&[
        ("DIFFUSION\tRESTREINTE", "diffusion\trestreinte"),
        ("DIFFUSION \r\n> RESTREINTE", "diffusion \r\n> restreinte"),
        ("FR76\u{202F}3000\u{202F}6000\u{202F}0112\u{202F}3456", "fr76 3000 6000 0112 3456"),
        ("2\u{A0}55\u{A0}08\u{A0}14\u{A0}168\u{A0}025\u{A0}38", "2 55 08 14 168 025 38"),
        ("TLP\u{A0}: AMBER", "tlp : amber"),
        ("«\u{A0}Diffusion Restreinte\u{A0}»", "\" diffusion restreinte \""),
    ]);
}

#[test]
fn invisible_characters_are_gone() {
    let hidden = "\u{AD}\u{34F}\u{61C}\u{115F}\u{1160}\u{180E}\u{200B}\u{200C}\u{200D}\u{200E}\u{202A}\u{202E}\u{2060}\
                  \u{2064}\u{2069}\u{3164}\u{FE0F}\u{FEFF}\u{FFA0}\u{FFF9}\u{E0001}\u{E0041}\u{E0100}";
    for c in hidden.chars() {
        assert!(is_invisible(c));
        check(&[(&format!("DIF{c}FUSION {c}RESTREINTE{c}"), "diffusion restreinte")]);
    }
    check(&[
        ("Diffu\u{AD}sion Restreinte", "diffusion restreinte"),
        ("DR\u{2060}-SF", "dr-sf"),
        ("TLP:\u{FEFF}RED", "tlp:red"),
        ("ghp_EXAMPLE\u{200B}exampleEXAMPLEexample002dPYoc", "ghp_exampleexampleexampleexample002dpyoc"),
        ("\u{200B}\u{FEFF}", ""),
    ]);
}

#[test]
fn accents_are_gone() {
    check(&[
        ("SPÉCIAL FRANCE", "special france"),
        ("SPE\u{301}CIAL FRANCE", "special france"),
        ("TRE\u{300}S SECRET", "tres secret"),
        ("PROTE\u{301}GE\u{301} B", "protege b"),
        ("FU\u{308}R DEN DIENSTGEBRAUCH", "fur den dienstgebrauch"),
        ("s\u{336}e\u{336}c\u{336}r\u{336}e\u{336}t\u{336}", "secret"),
        ("Vår Ångström ķ ǆ ṩ Ǖ İ", "var angstrom k dz s u i"),
        ("\u{301}a", "a"),
        ("D\u{FFFD}FENSE D?FENSE", "d?fense d?fense"),
    ]);
}

#[test]
fn letters_of_other_latin_alphabets_are_spelt_in_ascii() {
    check(&[
        ("Straße STRASSE STRAẞE", "strasse strasse strasse"),
        ("Œuvre œuvre Ænima æ", "oeuvre oeuvre aenima ae"),
        ("Þór þ Ðð Øø Łódź Đđ Ħħ ıİ Ŀl ŉ ĳĲ", "thor th dd oo lodz dd hh ii ll 'n ijij"),
        ("ſecret 5 µg 1º 2ª", "secret 5 ug 1o 2a"),
        ("eﬃcace ﬁn ﬂux ﬅ", "efficace fin flux st"),
    ]);
}

#[test]
fn look_alikes_become_what_they_look_like() {
    check(&[
        ("D\u{406}FFU\u{405}\u{406}\u{41E}N", "diffusion"),
        ("R\u{415}\u{405}\u{422}R\u{415}\u{406}N\u{422}\u{415}", "restreinte"),
        ("r\u{435}\u{455}tr\u{435}\u{456}nt\u{435}", "restreinte"),
        ("R\u{395}S\u{3A4}R\u{395}\u{399}\u{39D}\u{3A4}\u{395}", "restreinte"),
        ("\u{39D}\u{391}\u{3A4}\u{39F} SECRET", "nato secret"),
        ("\u{422}\u{41E}\u{420} SECRET", "top secret"),
        ("\u{13A0}\u{13A1} \u{AB70}\u{AB71}", "dr dr"),
        ("ᴅɪꜰꜰᴜꜱɪᴏɴ ʀᴇꜱᴛʀᴇɪɴᴛᴇ", "diffusion restreinte"),
        ("АВЕКМНОРСТУХЅІЈ авекмнорстухѕіј", "abekmhopctyxsij abekmhopctyxsij"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ αβεζηικμνορτυχ", "abezhikmnoptyx abezhikmnoptyx"),
        ("Йй Ёё Її Άά Ώώ", "ии ee ii aa ωω"),
        ("ꓢꓰꓚꓣꓰꓔ Ⲥⲥ \u{212A}", "secret cc k"),
        ("sɛcrɛt ɑ ɡ", "secret a g"),
    ]);
}

#[test]
fn drawn_alphabets_become_letters() {
    check(&[
        ("ＳＥＣＲＥＴ　ＤＥＦＥＮＳＥ", "secret defense"),
        ("𝐒𝐄𝐂𝐑𝐄𝐓 𝐃𝐄𝐅𝐄𝐍𝐒𝐄", "secret defense"),
        ("𝗗𝗥 𝒟𝓡 𝔇ℜ 𝔻ℝ 𝙳𝚁 ᴰᴿ", "dr dr dr dr dr dr"),
        ("🅳🆁-🆂🅵 🅓🅡 🅰🆉", "dr-sf dr az"),
        ("🄳🅁 🄓🄡 ⒟⒭ ⓓⓡ", "dr dr dr dr"),
        ("Ⓓⓘⓕⓕⓤⓢⓘⓞⓝ Ⓡⓔⓢⓣⓡⓔⓘⓝⓣⓔ", "diffusion restreinte"),
        ("\u{1CCD9}\u{1CCE7}", "dr"),
        ("№ 4 ™ ㎏", "no 4 tm kg"),
    ]);
}

#[test]
fn digits_of_every_script_are_ascii_digits() {
    check(&[
        ("٠١٢٣٤٥٦٧٨٩ ۴ ४ ৪ ๔ 𞥔 𑷤", "0123456789 4 4 4 4 4 4"),
        ("０１９ 𝟎𝟗 𝟘 𝟬 𝟶 ⁴₄ ²³", "019 09 0 0 0 44 23"),
        ("④ ❹ ➃ ➍ ⓸ ⑷ ⒋ ⓪ ⓿ 🄋 🄌 🄅", "4 4 4 4 4 4 4. 0 0 0 0 4,"),
        ("⑩ ❿ ➉ ➓ ⑽ ⒇ ⓴ ㊿", "10 10 10 10 10 20 20 50"),
        ("4\u{FE0F}\u{20E3}2\u{20E3}", "42"),
        ("½ 1⁄2", "1/2 1/2"),
        ("\u{1CCF4}\u{1FBF4}", "44"),
    ]);
}

#[test]
fn what_looks_like_a_digit_stays_a_letter() {
    check(&[("З Ʒ Ꮞ Ȣ", "з ʒ ꮞ ȣ"), ("0O1lI", "0o1li")]);
}

#[test]
fn punctuation_is_what_a_keyboard_types() {
    check(&[
        ("a‐b‑c‒d–e—f―g−h", "a-b-c-d-e-f-g-h"),
        ("l’a ‘b’ ‚c‛ ‹d› ′", "l'a 'b' 'c' 'd' '"),
        ("“a” „b‟ «c» ″", "\"a\" \"b\" \"c\" \""),
        ("1∕2 3⁄4 TLP∶RED TLP：RED TLPː", "1/2 3/4 tlp:red tlp:red tlp:"),
        ("Diffusion…restreinte ‥ ⁇", "diffusion...restreinte .. ??"),
        ("！？（ａ＠ｂ．ｆｒ）。、؟", "!?(a@b.fr).,?"),
    ]);
}

#[test]
fn everything_else_is_one_space() {
    check(&[
        ("d€f€nse", "d f nse"),
        ("£|°|•|→|∞|∭|‰|©", " | | | | | | | "),
        ("a\u{80}b\u{9F}c", "a b c"),
        ("\u{E000}\u{10FFFF}\u{378}", "   "),
        ("👍", " "),
        ("🇩🇷", "  "),
        ("👨\u{200D}👩\u{200D}👧\u{200D}👦", "    "),
        ("☎\u{FE0F}❤\u{FE0F}", "  "),
        ("👋🏽", "  "),
        ("🆘🆎", "  "),
        ("¨˜¯¸", "    "),
    ]);
}

#[test]
fn real_languages_stay_letters() {
    for text in [
        "Привет всем, завтра в десять у меня дома",
        "Δεν θα έρθω σήμερα, τα λέμε αύριο το πρωί",
        "Ընկերներ, վաղը հանդիպում ենք",
        "أراك غدا صباحا في المكتب",
        "שלום לכולם",
        "明日の会議は十時からです",
        "我们明天上午十点见",
        "내일 회의는 열 시입니다",
        "नमस्ते दुनिया",
    ] {
        let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).count();
        let without_marks: String = text.chars().filter(|c| !folded(&c.to_string()).is_empty()).collect();
        assert_eq!(words(&folded(text)), words(&without_marks), "no letter became a space");
        assert_eq!(folded(&text.to_uppercase()), folded(text), "in either case");
        check_invariants(text);
    }
    check(&[
        ("Привет", "пpиbet"),
        ("ДЛЯ ФИЛЬЦГ", "для филbцг"),
        ("Σίσυφος ΣΊΣΥΦΟΣ", "σiσyφoσ σiσyφoσ"),
        ("我们 かガ ｶﾞ", "我们 かカ カ"),
    ]);
}

#[test]
fn every_character_folds_to_letters_digits_and_ascii_in_either_case() {
    let mut buffer = FoldBuffer::new();
    for c in '\0'..=char::MAX {
        let once = buffer.fold(c.encode_utf8(&mut [0; 4])).text().to_owned();
        assert!(once.chars().all(|c| c.is_ascii() || c.is_alphanumeric()), "U+{:04X}", c as u32);
        assert_eq!(buffer.fold(&once).text(), once, "U+{:04X}", c as u32);
        if c.is_alphabetic() && !c.is_numeric() {
            assert!(!once.contains(|c: char| c.is_ascii_digit()), "U+{:04X}", c as u32);
        }
        // Both cases of palochka look like different letters, micro is not mu, and iota under a letter is a mark.
        if ['Ӏ', 'ӏ', 'µ'].contains(&c) || std::iter::once(c).nfd().any(|part| part == '\u{345}') {
            continue;
        }
        for other in [c.to_uppercase().to_string(), c.to_lowercase().to_string()] {
            assert_eq!(buffer.fold(&other).text(), once, "U+{:04X}", c as u32);
        }
    }
}

#[track_caller]
fn check_span(original: &str, part: &str, expected: &str) {
    let mut buffer = FoldBuffer::new();
    let fold = buffer.fold(original);
    let start = fold.text().find(part).expect("the part stands in the folded text");
    assert_eq!(&original[fold.to_original(start..start + part.len())], expected);
}

#[test]
fn spans_are_whole_original_characters() {
    check_span("abc", "b", "b");
    check_span("le SPE\u{301}CIAL de", "spe", "SPE\u{301}");
    check_span("a\u{200B}b\u{200B}\u{301}\u{200B}c", "b", "b\u{200B}\u{301}");
    check_span("a \u{FEFF}TLP:\u{FEFF}RED\u{FEFF}.", "tlp:red", "TLP:\u{FEFF}RED");
    check_span("1 4\u{FE0F}\u{20E3} 2", "4", "4\u{FE0F}\u{20E3}");
    check_span("Maße", "as", "aß");
    check_span("Maße", "se", "ße");
    check_span("我们 DR 我", "dr", "DR");
    check_span("我们 DR 我", "们", "们");
    check_span("…fin", ".f", "…f");
}

#[test]
fn odd_ranges_are_clamped() {
    let mut buffer = FoldBuffer::new();
    let fold = buffer.fold("é\u{200B}ß");
    assert_eq!(fold.text(), "ess");
    let backward = Range { start: 2, end: 1 };
    let end = usize::MAX;
    for (range, expected) in [(0..end, 0..7), (9..12, 7..7), (backward, 5..5), (end..end, 7..7), (1..1, 5..5)] {
        assert_eq!(fold.to_original(range), expected);
    }
    for (original, expected) in [(0, 0), (1, 0), (2, 1), (3, 1), (5, 1), (6, 1), (7, 3), (end, 3)] {
        assert_eq!(fold.to_folded(original), expected);
    }
    assert_eq!(fold.flags_at(end), Flags::default());
    assert!(!fold.is_upper(3));
    let empty = buffer.fold("");
    assert_eq!((empty.to_original(0..5), empty.to_folded(5)), (0..0, 0));
}

/// One letter for each folded byte: `U` capital, `s` separator, `d` disguised, `D` disguised capital.
#[track_caller]
fn check_flags(original: &str, expected: &str) {
    let mut buffer = FoldBuffer::new();
    let fold = buffer.fold(original);
    let told = (0..fold.text().len()).map(|at| match fold.flags_at(at) {
        Flags { was_upper: true, was_disguised: true, .. } => 'D',
        Flags { was_disguised: true, .. } => 'd',
        Flags { was_separator: true, .. } => 's',
        Flags { was_upper: true, .. } => 'U',
        _ => '.',
    });
    assert_eq!(told.collect::<String>(), expected, "{original:?}");
}

#[test]
fn flags_tell_what_the_fold_made_even() {
    check_flags("Dr DR-2", "U..UU..");
    check_flags("ÉéßŒœ", "U...UU..");
    check_flags("A\u{A0}B–c…\u{1F44D}", "UsUs.ssss");
    check_flags("\u{422}op \u{435}", "D...d");
    check_flags("Ｄ𝐝Ⓓ🅳⒟ﬁ²", "DdDDd...");
    check_flags("D\u{200B}R", "UD");
    check_flags("D\u{FE0F}R", "DU");
    check_flags("1\u{FE0F}\u{20E3}R\u{1F600}\u{FE0F}x", ".Us.");
    check_flags("D\u{336}R", "UU");
    check_flags("Дд我", "UU.....");
    check_flags("łØđ", ".U.");
}

#[track_caller]
fn check_visible(original: &str, expected: &str) {
    let mut buffer = VisibleBuffer::new();
    let visible = buffer.show(original);
    assert_eq!(visible.text(), expected);
    assert_eq!(visible.is_identity(), original == expected);
    assert_eq!(visible.original(), original);
    if visible.is_identity() {
        assert_eq!(visible.text().as_ptr(), original.as_ptr(), "nothing is copied");
    }
    for (at, c) in expected.char_indices() {
        let span = visible.to_original(at..at + c.len_utf8());
        assert!(original[span.clone()].starts_with(c), "{c:?} at {at}");
        assert_eq!(visible.to_visible(span.start), at);
    }
}

#[test]
fn the_visible_text_only_lacks_what_is_not_seen() {
    check_visible("", "");
    check_visible("ghp_EXAMPLE, Éß é 我们 …", "ghp_EXAMPLE, Éß é 我们 …");
    check_visible("e\u{301}", "e\u{301}");
    check_visible("ghp_EX\u{200B}AMPLEé\u{AD}\u{200B}我\u{FEFF}", "ghp_EXAMPLEé我");
    check_visible("\u{200B}", "");
    let mut buffer = VisibleBuffer::new();
    let visible = buffer.show("x \u{200B}gh\u{200B}p\u{200B} y");
    assert_eq!(visible.to_original(2..5), 5..11);
    assert_eq!(visible.to_original(90..95), 16..16);
}

#[test]
fn debug_shows_no_text() {
    let mut buffer = FoldBuffer::new();
    assert_eq!(format!("{:?}", buffer.fold("Sécret")), "<6 bytes>");
    assert_eq!(format!("{buffer:?}"), "<70 bytes, 1 pieces>");
    let mut buffer = VisibleBuffer::new();
    assert_eq!(format!("{:?}", buffer.show("Sécret")), "<7 bytes>");
    assert_eq!(format!("{buffer:?}"), "<0 bytes, 0 pieces>");
}

/// Any character, but mostly those that something happens to.
fn character() -> impl Strategy<Value = char> {
    let special = "ßœ…ﬃ½ŉ㎏ﷺ각ǆ⒟\u{200B}\u{200D}\u{AD}\u{FE0F}\u{20E3}\u{FFFD}🇩👩ЕΟ我";
    prop_oneof![
        6 => proptest::char::range('\0', '\u{7F}'),
        4 => proptest::char::range('\u{80}', '\u{24F}'),
        3 => proptest::char::range('\u{250}', '\u{7FF}'),
        2 => proptest::char::range('\u{300}', '\u{36F}'),
        2 => proptest::char::range('\u{2000}', '\u{206F}'),
        2 => proptest::sample::select(special.chars().collect::<Vec<_>>()),
        1 => proptest::char::range('\u{2070}', '\u{33FF}'),
        1 => proptest::char::range('\u{FB00}', '\u{FFFF}'),
        1 => proptest::char::range('\u{1D400}', '\u{1F1FF}'),
        1 => proptest::char::range('\u{E0000}', '\u{E01EF}'),
        1 => any::<char>(),
    ]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(character(), 0..24).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_keeps_the_invariants(text in text()) {
        check_invariants(&text);
    }

    #[test]
    fn letters_and_capitals_are_counted_as_one_by_one(text in text(), from in 0_usize..40, length in 0_usize..400) {
        let mut buffer = FoldBuffer::new();
        let folded = buffer.fold(&text);
        let range = from.min(folded.bytes().len())..(from + length).min(folded.bytes().len());
        let is_letter = |at: &usize| folded.bytes()[*at].is_ascii_lowercase();
        let letters: Vec<usize> = range.clone().filter(is_letter).collect();
        let capitals = letters.iter().filter(|at| folded.is_upper(**at)).count();
        prop_assert_eq!(folded.letters_and_capitals(range), (letters.len(), capitals));
    }

    #[test]
    fn any_slice_folds_to_what_was_folded(text in text(), bounds: (prop::sample::Index, prop::sample::Index)) {
        let mut buffer = FoldBuffer::new();
        let fold = buffer.fold(&text);
        let borders: Vec<usize> = (0..=fold.text().len()).filter(|at| fold.text().is_char_boundary(*at)).collect();
        let (one, two) = (*bounds.0.get(&borders), *bounds.1.get(&borders));
        check_slice(&text, one.min(two)..one.max(two));
    }

    #[test]
    fn folding_is_folding_of_the_parts(one in text(), two in text()) {
        prop_assert_eq!(folded(&(one.clone() + &two)), folded(&one) + &folded(&two));
    }

    #[test]
    fn any_visible_text_is_the_original_without_what_is_not_seen(text in text()) {
        let expected: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        check_visible(&text, &expected);
    }
}
