//! Every piece of TOML in `docs/policies.md` is read as the language is: a key or value that it shows exists.

use filter_core::{Bundle, Diagnostic, Engine, LoadError};

const PAGE: &str = include_str!("../../../docs/policies.md");

/// What a piece of a policy lacks: the rest of it.
const REST: &[&str] = &["missing-key", "missing-file", "unknown-rule", "unknown-vocabulary"];

fn diagnostics(policy: &str) -> Vec<Diagnostic> {
    let mut bundle = Bundle::new();
    bundle.add("policy.toml", Some(policy.as_bytes()));
    loop {
        match Engine::load(&bundle) {
            Ok(_) => return Vec::new(),
            Err(LoadError::Needs(paths)) => paths.iter().for_each(|path| bundle.add(path, None)),
            Err(LoadError::Invalid(diagnostics)) => return diagnostics,
        }
    }
}

fn wrong(snippet: &str) -> Vec<Diagnostic> {
    // Keys of any rule are shown without one.
    let is_of_a_rule = snippet.starts_with("context =") || snippet.starts_with("except =");
    let rule = if is_of_a_rule { "[[rule]]\nid = \"a.rule\"\nkind = \"terms\"\nterms = [\"x\"]\n" } else { "" };
    let told = diagnostics(&format!("{rule}{snippet}"));
    told.into_iter().filter(|diagnostic| !REST.contains(&diagnostic.code)).collect()
}

#[test]
fn the_reference_shows_what_there_is() {
    let snippets = PAGE.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let snippets: Vec<&str> = snippets.collect();
    assert!(snippets.len() >= 10, "{} pieces", snippets.len());
    for snippet in snippets {
        assert!(wrong(snippet).is_empty(), "{snippet}\n{:#?}", wrong(snippet));
    }
    assert_eq!(wrong("except = { patern = ['x'] }").len(), 1, "a mistake is seen");
}
