//! The layers above the fold: what each construct becomes, that the way back is exact, and what stays as it is.

use filter_core::text::layer::{LayerBuffer, Naming};
use proptest::prelude::*;

/// What a reading of the rewritten text would see: the text itself where nothing is rewritten.
fn rewritten(text: &str, naming: Naming) -> String {
    let mut buffer = LayerBuffer::default();
    buffer.rewrite(text, naming).map_or_else(|| text.to_owned(), |rewritten| rewritten.text().to_owned())
}

/// Each text and what becomes of it.
#[track_caller]
fn check(rows: &[(&str, &str)]) {
    for (original, expected) in rows {
        assert_eq!(rewritten(original, Naming::Free), *expected, "{original:?}");
        check_map(original);
    }
}

#[track_caller]
fn check_calm(texts: &[&str]) {
    for text in texts {
        assert_eq!(rewritten(text, Naming::Free), *text);
    }
}

/// The stretch of the original that a part of the rewritten text comes from.
#[track_caller]
fn check_span(original: &str, part: &str, expected: &str) {
    let mut buffer = LayerBuffer::default();
    let rewritten = buffer.rewrite(original, Naming::Free).expect("there is a construct");
    let start = rewritten.text().find(part).expect("the part stands in the rewritten text");
    assert_eq!(&original[rewritten.to_original(start..start + part.len())], expected);
}

/// Everything that holds for any text: spans are whole characters, never go back, and together are the whole text.
#[track_caller]
fn check_map(original: &str) {
    let mut buffer = LayerBuffer::default();
    for naming in [Naming::Free, Naming::Capitals] {
        let Some(rewritten) = buffer.rewrite(original, naming) else { continue };
        let text = rewritten.text();
        let mut last = 0..0;
        for at in 0..=text.len() + 1 {
            let span = rewritten.to_original(at..at + 1);
            assert!(original.is_char_boundary(span.start) && original.is_char_boundary(span.end), "{original:?}");
            assert!(
                span.start >= last.start && span.end >= last.end && span.end <= original.len(),
                "{original:?} {text:?} at {at} {span:?} {last:?}"
            );
            // What no construct touches is as it was.
            if at < text.len() && text.is_char_boundary(at) {
                let end = text.ceil_char_boundary(at + 1);
                let span = rewritten.to_original(at..end);
                if rewritten.touched(at..end).is_none() {
                    assert_eq!(original[span], text[at..end], "{original:?} {text:?} at {at}");
                }
            }
            last = span;
        }
        let whole = rewritten.to_original(0..text.len());
        let outside = [&original[..whole.start], &original[whole.end..]].concat();
        assert!(outside.is_empty() || rewritten.touched(0..0).or(rewritten.touched(text.len()..text.len())).is_some());
    }
}

#[test]
fn spaced_letters_are_joined() {
    check(&[
        ("D I F F U S I O N   R E S T R E I N T E", "DIFFUSION   RESTREINTE"),
        ("D I F F U S I O N R E S T R E I N T E", "DIFFUSIONRESTREINTE"),
        ("D.I.F.F.U.S.I.O.N R.E.S.T.R.E.I.N.T.E.", "DIFFUSION RESTREINTE."),
        ("D-I-F-F-U-S-I-O-N", "DIFFUSION"),
        ("S/E/C/R/E/T D/É/F/E/N/S/E", "SECRET DÉFENSE"),
        ("D_I_F_F_U_S_I_O_N", "DIFFUSION"),
        ("S•E•C•R•E•T", "SECRET"),
        ("S\u{A0}E\u{A0}C R E\u{A0}T", "SECRET"),
        ("s e c r e t", "secret"),
        ("S\nE\nC\nR\nE\nT\n\nD\nE\nF\nE\nN\nS\nE", "SECRET\n\nDEFENSE"),
        ("S\r\nE\r\nC\r\nR\r\nE\r\nT", "SECRET"),
        ("> S\n> E\n> C\n> R\n> E\n> T", "> SECRET"),
        ("S E C R E\u{301} T", "SECRE\u{301}T"),
        ("à D I F F U S I O N à tous", "à DIFFUSION à tous"),
        ("T O P   S E C R E T", "TOP   SECRET"),
        ("T/O/P S/E/C/R/E/T", "TOP SECRET"),
        ("S.E.C.R.E.T. 2 copies", "SECRET. 2 copies"),
        ("T/O/P S/E/C/R/E/T S/T/R/A/P/2 at 1400", "TOP SECRET STRAP/2 at 1400"),
        ("Ｓ Ｅ Ｃ Ｒ Ｅ Ｔ", "ＳＥＣＲＥＴ"),
    ]);
    check_span("x : S E C R E T !", "SECRET", "S E C R E T");
    check_span("x : S E C R E T !", "EC", "S E C R E T");
}

#[test]
fn acronyms_lists_and_tables_are_not_joined() {
    check_calm(&[
        "S.N.C.F.",
        "la R.A.T.P. et la S.N.C.F. sont en grève",
        "C.Q.F.D.",
        "il n'y a pas d'autre solution",
        "y a-t-il un pilote",
        "1 2 3 4 5 6 7 8 9",
        "4 1 1 1\n1 1 1 1\n1 1 1 1\n1 1 1 1",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1\n2 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1",
        "4\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1",
        "plan A / plan B",
        "AAAAC3NzaC1lZDI1NTE5AAAAIDqTpqANIO8F/WZg5fzfWLKdeOq9TvI+e8+Rz6M7zbHa",
        "n/a n/a n/a n/a, y/n",
        "a/b/c 1/2/3/4/5/6/7/8 d/e",
        "a) b) c)",
    ]);
}

#[test]
fn digits_one_by_one_are_joined_in_one_line() {
    check(&[
        ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "4111111111111111"),
        ("4 1 1 1  1 1 1 1  1 1 1 1  1 1 1 1", "4111  1111  1111  1111"),
        ("F R 7 6 3 0 0 0 6 0 0 0 0 1", "FR76300060000 1".replace(' ', "").as_str()),
    ]);
}

#[test]
fn a_word_that_is_cut_is_joined() {
    check(&[
        ("DIFFU-\nSION RES-\r\nTREINTE", "DIFFUSION RESTREINTE"),
        ("> DIFFU-\n> SION", "> DIFFUSION"),
        ("Diffu\u{AD}\nsion", "Diffusion"),
        ("Diffu\u{2010}  \n\tsion", "Diffusion"),
        ("DIFF*USION", "DIFFUSION"),
        ("Dif_fusion **res**treinte", "Diffusion **restreinte"),
        ("rendez-\nvous", "rendezvous"),
    ]);
    check_span("DIFFU-\nSION RES-\r\nTREINTE", "DIFFUSION RESTREINTE", "DIFFU-\nSION RES-\r\nTREINTE");
    check_calm(&["- un\n- deux", "rendez-vous", "a -\n", "****", "a ** b", "2*3", "x-\n\ny"]);
}

#[test]
fn what_is_encoded_character_by_character_is_decoded() {
    check(&[
        ("Diffusion%20Restreinte%20%E2%80%93%20Sp%C3%A9cial", "Diffusion Restreinte – Spécial"),
        ("Diffusion%2520Restreinte", "Diffusion Restreinte"),
        ("D%C9FENSE %44%52", "DÉFENSE DR"),
        ("%u0044%u00C9", "DÉ"),
        ("Diffusion+Restreinte", "Diffusion Restreinte"),
        (r"\u0044\u0052 \x44\xC3\x89 \u{44} \U00000044 \\u0044", "DR DÉ D D D"),
        (r"\ud83d\ude00", "😀"),
        (r"x\nDIFFUSION\tRESTREINTE", "x\nDIFFUSION\tRESTREINTE"),
        (
            "D&#201;FENSE D&eacute;fense D&#xC9;FENSE DIFFUSION&nbsp;RESTREINTE",
            "DÉFENSE Défense DÉFENSE DIFFUSION\u{A0}RESTREINTE",
        ),
        ("d&amp;eacute;fense &amp;amp;eacute;", "défense é"),
        (
            "D=C3=89FENSE D=E9fense SECRET=20DEFENSE =44=52 RESTR=\nEINTE",
            "DÉFENSE Défense SECRET DEFENSE DR RESTREINTE",
        ),
        (
            "DÃ‰FENSE DÃ©fense TRÃˆS Å“uvre DIFFUSIONÂ\u{A0}RESTREINTE",
            "DÉFENSE Défense TRÈS œuvre DIFFUSION\u{A0}RESTREINTE",
        ),
        (
            "D?FENSE D\u{FFFD}FENSE d\u{FFFD}\u{FFFD}fense F?R f\u{FFFD}r DÃ?FENSE",
            "DÉFENSE DÉFENSE défense FÜR für DÉFENSE",
        ),
        ("🇩🇮🇫🇫🇺🇸🇮🇴🇳 🇸 🇪 🇨 🇷 🇪 🇹", "DIFFUSION SECRET"),
        ("\u{202E}ETNIERTSER NOISUFFID\u{202C} x", "DIFFUSION RESTREINTE x"),
        ("\u{202E}TERCE\u{301}S\nx", "SE\u{301}CRET\nx"),
        ("D%20I%20F%20F%20U%20S", "DIFFUS"),
    ]);
    check_span("a/Diffusion%20Restreinte%20-%20x", "Diffusion Restreinte", "Diffusion%20Restreinte");
    check_span("a&eacute;b", "é", "&eacute;");
}

#[test]
fn what_only_looks_encoded_stays() {
    check_calm(&[
        "100% de réussite, 50 %de",
        "a=b&c=d x=20 y=3D",
        "AT&T; R&D;",
        "🇫🇷 🇩🇪 🇮🇹 🇩🇷 🇪🇸",
        "🇫🇷🇩🇪",
        "quoi ? vraiment ?! oui.",
        "Åland, São Paulo, ÂGE, Ärger",
        "C:\\Users",
        "%zz %2 %",
        "\\u12 \\x4 \\",
        "1+1=2, C++, a + b",
    ]);
}

#[test]
fn a_long_run_that_decodes_to_text_is_decoded_once() {
    check(&[
        ("RElGRlVTSU9OIFJFU1RSRUlOVEU=", "DIFFUSION RESTREINTE"),
        ("voir RGlmZnVzaW9uIFJlc3RyZWludGU= !", "voir Diffusion Restreinte !"),
        ("eERJRkZVU0lPTiBSRVNUUkVJTlRF", "x DIFFUSION RESTREINTE"),
        ("xyRElGRlVTSU9OIFJFU1RSRUlOVEU", "DIFFUSION RESTREINTE"),
        ("444946465553494F4E205245535452", "DIFFUSION RESTR"),
        ("RABJAEYARgBVAFMASQBPAE4AIABSAEUAUwBUAFIARQBJAE4AVABFAA==", "DIFFUSION RESTREINTE"),
        // Not twice.
        ("UkVsR1JsVlRTVTlPSUZKRlUxUlNSVWxPVkVVPQ==", "RElGRlVTSU9OIFJFU1RSRUlOVEU="),
    ]);
    check_span("a RElGRlVTSU9OIFJFU1RSRUlOVEU= b", "DIFF", "RElGRlVTSU9OIFJFU1RSRUlOVEU=");
    check_calm(&[
        "d670460b4b4aece5915caf5c68d12f560a9fe3e4",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "anticonstitutionnellement intergouvernementalisation",
        "$V5yN8ZbqLr1fT0cWm3uHsX9aQeKdJo7RgPv2iYxB4lE",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N5_gL0n3I9PlFUP0THsR8U",
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
        "/usr/share/applications/something/else",
        "550e8400-e29b-41d4-a716-446655440000",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0n8LLDqsrW4wKb7oYCg7cGkA0mQXl2WqXlSU1vJ2fB",
    ]);
}

#[test]
fn file_names_part_words_by_capitals() {
    assert_eq!(rewritten("NoteDR-SF2026Plan.pdf", Naming::Capitals), "Note DR-SF2026 Plan.pdf");
    assert_eq!(rewritten("plan_de_salle.pdf", Naming::Capitals), "plandesalle.pdf");
    check_calm(&["NoteSecret"]);
}

#[test]
fn real_languages_and_signs_stay_as_they_are() {
    check_calm(&[
        "Привет всем, завтра в десять у меня дома",
        "Δεν θα έρθω σήμερα, τα λέμε αύριο το πρωί",
        "أراك غدا صباحا في المكتب",
        "שלום לכולם",
        "明日の会議は十時からです",
        "👨\u{200D}👩\u{200D}👧 1\u{FE0F}\u{20E3} 🏴\u{E0067}\u{E0062}\u{E007F}",
        "∑ x² ≤ √2 · π ⇒ ∃ y",
        "« Bonjour ! » : l’été, c’est 25 %…",
        "@jean.dupont:agent.example.org #salon:example.org",
        "https://example.org/a/b?c=d&e=f#g",
        "fn main() { let x = &y; if a != b { x += 1; } }",
    ]);
}

/// Any character, but mostly those that something happens to.
fn pieces() -> impl Strategy<Value = String> {
    let special = [
        "D I F F U S",
        "%",
        "%44",
        "%C3%89",
        "%25",
        "\\u0044",
        "\\x",
        "\\n",
        "&eacute;",
        "&amp;",
        "&#",
        "=C3=89",
        "=\n",
        "Ã",
        "©",
        "Â",
        "?",
        "\u{FFFD}",
        "🇩",
        "🇮🇫🇫🇺🇸",
        "\u{202E}",
        "\u{202C}",
        "-\n",
        "-",
        "\n",
        "> ",
        "*",
        "__",
        "|",
        " ",
        "a",
        "B",
        "4",
        "é",
        "e\u{301}",
        "\u{200B}",
        "\u{AD}",
        "RElGRlVTSU9OIFJFU1RSRUlOVEU=",
        "444946465553494F4E205245",
        "我",
        "Д",
        "+",
        ".",
        "x y z a b c",
    ];
    proptest::collection::vec(
        prop_oneof![6 => proptest::sample::select(special.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)],
        0..24,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_way_back_is_exact_on_any_text(text in pieces()) {
        check_map(&text);
    }
}
