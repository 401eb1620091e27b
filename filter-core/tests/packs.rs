//! The built-in packs keep their word: every example acts, no counter-example finds anything, mentions are at most flagged.
//!
//! Messages are read from the rules' own files; a rule cannot be added without this test reading its examples.

use std::path::{Path, PathBuf};

use filter_core::policy::BUILTIN;
use filter_core::policy::model::{Common, Example};
use filter_core::{Action, Attributes, Bundle, Confidence, Engine, Field, Form, LoadError, Scratch};

fn policies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies")
}

fn built_in() -> Engine {
    let mut bundle = Bundle::new();
    let mut wanted = vec![format!("{BUILTIN}default.toml")];
    loop {
        for path in wanted {
            let file = policies().join(path.strip_prefix(BUILTIN).expect("the packs include one another only"));
            bundle.add(&path, std::fs::read(&file).ok().as_deref());
        }
        match Engine::load(&bundle) {
            Ok(loaded) => return loaded.engine,
            Err(LoadError::Needs(paths)) => wanted = paths,
            Err(LoadError::Invalid(diagnostics)) => {
                let line = |d: &filter_core::Diagnostic| {
                    let help = d.help.as_deref().unwrap_or("");
                    format!("{}:{}: [{}] {} ({help})", d.path, d.line.unwrap_or(0), d.code, d.message)
                };
                let lines: Vec<String> = diagnostics.iter().map(line).collect();
                panic!("the built-in policy does not load:\n{}", lines.join("\n"));
            }
        }
    }
}

/// The messages that a rule does not treat as it says, with its own account of each.
fn failures(messages: fn(&Common) -> &[Example], as_promised: fn(Option<(Action, Confidence)>) -> bool) -> Vec<String> {
    let engine = built_in();
    let mut scratch = Scratch::new();
    let mut failures = Vec::new();
    let mut read = 0;
    for (number, resolved) in engine.policy().rules.iter().enumerate() {
        for example in messages(&resolved.rule.common) {
            read += 1;
            let text = example.text();
            let field = Field { text: &text, form: Form::Prose };
            let (outcome, steps) = engine.explain(&mut scratch, &[field], &Attributes::default());
            let own = outcome.findings.iter().chain(&outcome.unreported).find(|f| f.rule as usize == number);
            let found = own.map(|f| (f.would, f.confidence));
            if !as_promised(found) {
                let own = steps.iter().filter(|s| s.rule as usize == number);
                let account: Vec<String> = own.map(|s| s.stage.to_string()).collect();
                failures.push(format!("{}: {text:?}: {found:?} {account:?}", resolved.rule.common.id));
            }
        }
    }
    assert!(read > 30, "only {read} messages were read");
    failures
}

#[track_caller]
fn none(failures: &[String]) {
    assert!(failures.is_empty(), "{} messages:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_example_is_found_with_high_confidence_by_its_rule() {
    none(&failures(|common| &common.examples, |found| matches!(found, Some((_, Confidence::High)))));
}

#[test]
fn no_mention_is_more_than_flagged() {
    none(&failures(|common| &common.mentions, |found| found.is_none_or(|(action, _)| action <= Action::Flag)));
}

#[test]
fn no_counter_example_finds_anything() {
    none(&failures(|common| &common.counter_examples, |found| found.is_none()));
}

#[test]
fn every_rule_has_examples_and_near_misses() {
    let engine = built_in();
    let rules = engine.policy().rules.iter().map(|resolved| &resolved.rule.common);
    let lacking = rules.filter(|common| common.examples.is_empty() || common.counter_examples.is_empty());
    let lacking: Vec<&str> = lacking.map(|common| common.id.as_str()).collect();
    assert_eq!(lacking, Vec::<&str>::new());
}
