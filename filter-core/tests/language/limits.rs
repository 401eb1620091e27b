//! A policy that is too large is told so, with the figure and the limit; one that is just small enough loads.

use super::{check_wrong, load, rule};

/// Rules that cost next to nothing each.
fn rules(count: usize) -> String {
    let rule = |n| rule(&format!("r{n}"), "file", "extensions = [\"docm\"]");
    (0..count).map(rule).collect()
}

#[test]
fn twenty_thousand_rules() {
    assert_eq!(load(&rules(20_000)).rules().len(), 20_000);
    // Each has seven lines; it points at the first one too many.
    check_wrong(&rules(20_001), &["140002: too-many-rules a policy may have 20000 rules, this one has 20001"]);
}

#[test]
fn two_hundred_thousand_terms_in_rules_of_a_hundred_thousand() {
    let terms = |name: &str, count: usize| {
        let terms: Vec<String> = (0..count).map(|n| format!("\"project n{n}\"")).collect();
        rule(name, "terms", &format!("terms = [{}]", terms.join(", ")))
    };
    check_wrong(&terms("t", 100_001), &["7: too-many-terms a rule may have 100000 terms, this one has 100001"]);
    let two = terms("t", 100_000) + &terms("u", 100_000);
    assert_eq!(load(&two).rules().len(), 2);
    check_wrong(
        &(two + &terms("v", 1)),
        &["21: too-many-terms a policy may have 200000 terms, with this rule it has 200001"],
    );
}

#[test]
fn sixty_four_mebibytes_of_automata() {
    // A state for each byte of the alphabet's repetitions, and a column for each byte of it.
    let alphabet: String = (b'a'..=b'z').chain(b'A'..=b'Z').chain(b'0'..=b'9').map(char::from).collect();
    let pattern = |n| rule(&format!("p{n}"), "pattern", &format!("pattern = 'token_(?:{alphabet}_,;:@){{60}}'"));
    let rules = |count| (0..count).map(pattern).collect::<String>();
    assert_eq!(load(&rules(32)).rules().len(), 32);
    check_wrong(
        &rules(36),
        &["231: automata-too-large up to this rule the automata of patterns take 64.9 MiB, and 64.0 MiB may"],
    );
}

#[test]
fn the_words_of_vocabularies_are_an_automaton_too() {
    let words = |count: usize| {
        let words: Vec<String> = (0..count).map(|n| format!("\"{:x}word\"", n * 0x9e37_79b1)).collect();
        format!("[[vocabulary]]\nid = \"a.words\"\nrole = \"cue\"\nwords = [{}]\n", words.join(", "))
    };
    load(&words(100_000));
    check_wrong(
        &words(300_000),
        &[
            "4: automata-too-large the 300000 words of all vocabularies, contexts and exceptions would make an automaton of 120.1 MiB, the patterns' take 0.0 MiB, and together 64.0 MiB may",
        ],
    );
}

#[test]
fn sixty_four_vocabularies_of_a_marking() {
    let vocabulary = "[[vocabulary]]\nid = \"a.words\"\nrole = \"cue\"\nwords = [\"document\"]\n";
    let policy = |count| {
        let names = vec!["\"a.words\""; count].join(", ");
        let keys =
            format!("marking = {{ issuer = \"a\", level = 1 }}\nphrases = [\"secret\"]\nvocabularies = [{names}]");
        vocabulary.to_owned() + &rule("m", "marking", &keys)
    };
    load(&policy(64));
    check_wrong(&policy(65), &["13: too-many-vocabularies a marking may name 64 vocabularies, this one names 65"]);
}
