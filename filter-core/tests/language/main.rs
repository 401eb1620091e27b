//! What a policy can say, key by key, on made-up rules.

mod accounts;
mod combinations;
mod contexts;
mod exact;
mod exceptions;
mod labels;
mod limits;
mod lint;
mod many_terms;
mod precedence;
mod several_fields;
mod snippets;

use filter_core::{Action, Attributes, Bundle, Diagnostic, Engine, Field, Form, LoadError, Outcome, Scratch};

/// A rule with the keys that every rule needs; its id is `a.NAME`.
fn rule(name: &str, kind: &str, keys: &str) -> String {
    let common = format!("title = \"{name}\"\ncategory = \"test\"\nseverity = \"high\"");
    format!("[[rule]]\nid = \"a.{name}\"\nkind = \"{kind}\"\n{common}\n{keys}\n")
}

fn diagnostics(policy: &str) -> Vec<Diagnostic> {
    let mut bundle = Bundle::new();
    bundle.add("policy.toml", Some(policy.as_bytes()));
    match Engine::load(&bundle) {
        Ok(loaded) => loaded.warnings,
        Err(LoadError::Needs(paths)) => panic!("needs {paths:?}"),
        Err(LoadError::Invalid(diagnostics)) => diagnostics,
    }
}

#[track_caller]
fn load(policy: &str) -> Engine {
    let mut bundle = Bundle::new();
    bundle.add("policy.toml", Some(policy.as_bytes()));
    match Engine::load(&bundle) {
        Ok(loaded) => loaded.engine,
        Err(LoadError::Needs(paths)) => panic!("needs {paths:?}"),
        Err(LoadError::Invalid(diagnostics)) => panic!("{diagnostics:#?}"),
    }
}

fn scan(engine: &Engine, text: &str) -> Outcome {
    engine.scan(&mut Scratch::new(), &[Field { text, form: Form::Prose }], &Attributes::default())
}

/// What is found: `rule confidence action: text, text`, in the order of the verdict.
#[track_caller]
fn check(policy: &str, cases: &[(&str, &[&str])]) {
    let engine = load(policy);
    for (text, expected) in cases {
        let outcome = scan(&engine, text);
        let found = outcome.findings.iter().map(|finding| {
            let places = finding.places.iter().map(|place| &text[place.start as usize..place.end as usize]);
            let texts: Vec<&str> = places.collect();
            let rule = engine.rule(finding.rule).id().trim_start_matches("a.");
            format!("{rule} {} {}: {}", finding.confidence.as_str(), finding.action.as_str(), texts.join(", "))
        });
        assert_eq!(found.collect::<Vec<_>>(), *expected, "in {text:?}");
    }
}

/// What is wrong with a policy: `line: code message`.
#[track_caller]
fn check_wrong(policy: &str, expected: &[&str]) {
    let said = diagnostics(policy);
    let said = said.iter().map(|d| format!("{}: {} {}", d.line.unwrap_or(0), d.code, d.message));
    assert_eq!(said.collect::<Vec<_>>(), *expected, "in {policy:.2000}");
}

#[test]
fn the_harness_sees_actions() {
    let engine = load(&rule("terms", "terms", "terms = [\"blue heron\"]"));
    assert_eq!(scan(&engine, "a blue heron").action, Action::Block);
}
