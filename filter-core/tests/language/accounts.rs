//! `explain`: what each stage made of a message, and why a rule that one expected found nothing.

use filter_core::{Attributes, Field, Form, RuleAccount, Scratch};

use super::{load, rule};

fn policy() -> String {
    "[overrides.\"a.off\"]\nenabled = false\n".to_owned()
        + &rule("off", "terms", "terms = [\"off\"]")
        + &rule(
            "card",
            "shape",
            "shape = \"D{13,19}\"\ngroups = [\"4 4 4 4\"]\nvalidator = \"card\"\ncontext = { words = [\"card\"], required = true }",
        )
        + &rule("names", "terms", "terms = [\"jane roe\", \"john doe\"]\nthreshold = { distinct = 2 }")
        + &rule("bird", "terms", "terms = [\"blue heron\"]\nexcept = { rooms = [\"!a:x\"] }")
        + &rule("mark", "marking", "marking = { issuer = \"xx\", level = 1 }\nphrases = [\"top hush\"]")
        + &rule("part", "terms", "terms = [\"kite\"]\naction = \"allow\"")
        + &rule("both", "combination", "all = [\"a.part\", \"a.card\"]")
        + &rule("token", "pattern", "pattern = 'tok_[0-9]{4}'")
}

/// The steps, as `rule: words`.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let engine = load(&policy());
    let field = Field { text, form: Form::Prose };
    let (_, steps) =
        engine.explain(&mut Scratch::new(), &[field], &Attributes { room: Some("!a:x"), ..Attributes::default() });
    let told = steps.iter().map(|step| format!("{}: {}", engine.rule(step.rule).id(), step.stage));
    assert_eq!(told.collect::<Vec<_>>(), expected, "{text:?}");
}

#[test]
fn each_stage_tells_what_it_made_of_a_candidate() {
    check("nothing to see", &[]);
    check(
        "my card 4111 1111 1111 1111",
        &[
            "a.card: context 1 (support): 1 of 1 pieces of evidence near by",
            "a.card: found, high confidence",
            "a.both: its part `a.part` is missing",
            "a.card: block by row 5, the action for the rule's severity",
        ],
    );
    check(
        "4111 1111 1111 1111",
        &[
            "a.card: context 1 (support): 0 of 1 pieces of evidence near by",
            "a.card: dropped: context 1 decides against it",
        ],
    );
    check("Jane Roe", &["a.names: found, high confidence", "a.names: dropped: 1 places of 1, 1 different values of 2"]);
    check("blue heron", &["a.bird: found, high confidence", "a.bird: dropped: an exception for the room"]);
    check(
        "TOP HUSH",
        &[
            "a.mark: score 6 (in capitals or capitalised +3; on its own line +3); high from 3, medium from 1",
            "a.mark: found, high confidence",
            "a.mark: block by row 5, the action for the rule's severity",
        ],
    );
    check("tok_12", &["a.token: the pattern does not match here"]);
}

#[test]
fn a_rule_says_why_it_found_nothing() {
    let engine = load(&policy());
    let ask = |text: &str, id: &str| {
        let field = Field { text, form: Form::Prose };
        let (outcome, steps) = engine.explain(&mut Scratch::new(), &[field], &Attributes::default());
        engine.account_of(id, &outcome, &steps)
    };
    let stopped = |why: &str| RuleAccount::Stopped { why: why.to_owned() };
    assert_eq!(ask("blue heron", "a.bird"), RuleAccount::Fired);
    assert_eq!(ask("a kite", "a.part"), RuleAccount::Unreported);
    assert_eq!(ask("off", "a.off"), RuleAccount::Disabled);
    assert_eq!(ask("x", "a.brid"), RuleAccount::Unknown { did_you_mean: Some("a.bird".to_owned()) });
    assert_eq!(ask("x", "a.bird"), RuleAccount::NoCandidate { looks_for: vec!["blue heron".to_owned()] });
    assert_eq!(
        ask("x", "a.both"),
        RuleAccount::NoCandidate { looks_for: vec!["a.part".to_owned(), "a.card".to_owned()] }
    );
    assert_eq!(ask("a kite", "a.both"), stopped("its part `a.card` is missing"));
    assert_eq!(ask("Jane Roe", "a.names"), stopped("dropped: 1 places of 1, 1 different values of 2"));
    assert_eq!(ask("tok_12", "a.token"), stopped("the pattern does not match here"));
}
