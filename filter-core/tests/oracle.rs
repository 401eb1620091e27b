//! The gated engine against the plain definition of its rules: every word start of a text is tried with `regex`, which knows no
//! gate, no candidates and no automata built ahead. On texts made of the pieces of the rules both must find the same.

use std::sync::LazyLock;

use filter_core::text::layer::{LayerBuffer, Naming};
use filter_core::{Attributes, Bundle, Engine, Field, Form, LoadError, Scratch};
use proptest::prelude::*;
use regex::bytes::Regex;

/// Rules as patterns, and pieces that nearly make one.
const PATTERNS: &[&str] = &[
    r"tok_[0-9A-Za-z]{3,8}\b",
    r"(?:key|apikey)-[0-9a-f]{4}",
    r"(?i:secret)[:=][^\s]{4,}",
    r"--BEGIN [A-Z]+--",
    r"abc[0-9]*z",
];
const PIECES: &[&str] = &[
    "tok_", "TOK_", "tok", "_", "key-", "apikey-", "secret", "SECRET", ":", "=", "--BEGIN ", "--", "BEGIN", "KEY",
    "abc", "z", "12", "3f9a", "x", "Q7", " ", "\n", ".", ",",
];

fn engine() -> Engine {
    let rule = |(n, pattern): (usize, &&str)| {
        format!(
            "[[rule]]\nid = \"a.r{n}\"\nkind = \"pattern\"\ntitle = \"a\"\ncategory = \"c{n}\"\nseverity = \"high\"\npattern = '{pattern}'\n"
        )
    };
    let policy: String = PATTERNS.iter().enumerate().map(rule).collect();
    let mut bundle = Bundle::new();
    bundle.add("policy.toml", Some(policy.as_bytes()));
    match Engine::load(&bundle) {
        Ok(loaded) => loaded.engine,
        Err(LoadError::Needs(_)) => panic!("it includes nothing"),
        Err(LoadError::Invalid(diagnostics)) => panic!("{diagnostics:?}"),
    }
}

/// One rule at a time, from left to right: at each place whose first letter or digit begins a word, what the pattern matches there.
fn plainly(pattern: &str, text: &str) -> Vec<(usize, usize)> {
    let regex = Regex::new(&format!("(?-u){pattern}")).expect("the patterns are right");
    let bytes = text.as_bytes();
    let is_word = |i: usize| bytes.get(i).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(hit) = (from <= bytes.len()).then(|| regex.find_at(bytes, from)).flatten() {
        let first = (hit.start()..hit.end()).find(|i| is_word(*i)).unwrap_or(hit.start());
        let begins = first == 0 || !is_word(first - 1);
        if begins {
            found.push((hit.start(), hit.end()));
            from = hit.end();
        } else {
            from = hit.start() + 1;
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn what_the_plain_definition_finds_is_found_and_nothing_else(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)
    ) {
        let text = pieces.concat();
        static ENGINE: LazyLock<Engine> = LazyLock::new(engine);
        let engine = &*ENGINE;
        let outcome =
            engine.scan(&mut Scratch::new(), &[Field { text: &text, form: Form::Prose }], &Attributes::default());
        for (n, pattern) in PATTERNS.iter().enumerate() {
            let id = format!("a.r{n}");
            let places = outcome.findings.iter().filter(|f| engine.rule(f.rule).id() == id).flat_map(|f| &f.places);
            let mut gated: Vec<(usize, usize)> = places.map(|p| (p.start as usize, p.end as usize)).collect();
            gated.sort_unstable();
            // A finding that another rule's covers is dropped from the message; it must then lie within one that is reported.
            let all: Vec<(usize, usize)> =
                outcome.findings.iter().flat_map(|f| &f.places).map(|p| (p.start as usize, p.end as usize)).collect();
            let plain = plainly(pattern, &text);
            // Where a layer above the fold undoes something the text is read once more.
            let mut layers = LayerBuffer::default();
            let rewritten = layers.rewrite(&text, Naming::Free);
            let again: Vec<(usize, usize)> = rewritten.iter().flat_map(|rewritten| {
                plainly(pattern, rewritten.text()).into_iter().map(|(start, end)| rewritten.to_original(start..end))
            }).map(|span| (span.start, span.end)).collect();
            for place in &gated {
                prop_assert!(plain.contains(place) || again.contains(place), "{} found {:?} in {:?}", id, place, text);
            }
            for (start, end) in plain {
                let reported = all.iter().any(|(s, e)| *s <= start && end <= *e);
                prop_assert!(reported, "{} missed {}..{} in {:?}", id, start, end, text);
            }
        }
    }
}
