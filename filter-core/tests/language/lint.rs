//! What loads and deserves a look: each remark, and what comes close and must not be remarked on.

use filter_core::policy::{lint, resolve};
use filter_core::{Bundle, ENGINE_VERSION};

use super::{diagnostics, rule};

const TESTED: &str = "examples = [\"x\"]\ncounter_examples = [\"y\"]\n";

fn tested(name: &str, kind: &str, keys: &str) -> String {
    rule(name, kind, &format!("{keys}\n{TESTED}"))
}

/// `code:line` of each remark.
#[track_caller]
fn check(policy: &str, expected: &[&str]) {
    let wrong = diagnostics(policy);
    assert!(wrong.is_empty(), "{wrong:?}");
    let mut bundle = Bundle::new();
    bundle.add("policy.toml", Some(policy.as_bytes()));
    let (policy, _) = resolve(&bundle, ENGINE_VERSION).expect("it loads");
    let told = lint(&policy);
    let shown = told.iter().map(|d| format!("{}:{}", d.code, d.line.unwrap_or(0))).collect::<Vec<_>>();
    assert_eq!(shown, expected, "{told:#?}");
    assert!(told.iter().all(|d| d.help.is_some() && d.end_column.is_some() == d.line.is_some()), "{told:#?}");
}

#[test]
fn rules_that_nothing_tests() {
    check(&rule("a", "terms", "terms = [\"one\"]"), &["no-examples:2", "no-counter-examples:2"]);
    check(&rule("a", "terms", "terms = [\"one\"]\nexamples = [\"one\"]"), &["no-counter-examples:2"]);
    check(&tested("a", "terms", "terms = [\"one\"]"), &[]);
    check(&rule("a", "file", "types = [\"application/pdf\"]"), &[]);
}

#[test]
fn rules_that_every_message_pays_for() {
    check(&tested("a", "pattern", "pattern = 'con[a-z]{4}'"), &["slow-rule:7"]);
    check(&tested("a", "pattern", "pattern = 'abc[a-z]{4}'"), &[]);
    // The gate looks for `con0` to `con9`, which begin few words.
    check(&tested("a", "pattern", "pattern = 'con[0-9]{4}'"), &[]);
    check(&tested("a", "pattern", "prefix = 'con'\npattern = '[0-9]{4}'"), &["slow-rule:7"]);
    check(&tested("a", "pattern", "pattern = 'abcd[0-9]{4}'"), &[]);
    check(&tested("a", "pattern", "pattern = 'abc-[0-9]{4}'"), &[]);
    check(&tested("a", "pattern", "pattern = '[a-z]+@example'\nstart = \"at-sign\""), &["slow-rule:7"]);
    check(&tested("a", "shape", "shape = \"D{9}\""), &["slow-rule:7"]);
    check(&tested("a", "shape", "shape = \"D{9}\"\nvalidator = \"luhn\""), &[]);
    check(&tested("a", "shape", "shape = \"D{9}\"\ncontext = { words = [\"number\"], required = true }"), &[]);
    check(&tested("a", "shape", "shape = \"AAD{9}\""), &[]);
}

#[test]
fn rules_that_say_what_an_earlier_one_says() {
    let two = |first: &str, second: &str| tested("a", "terms", first) + &tested("b", "terms", second);
    check(&two("terms = [\"Blue Heron\"]", "terms = [\"one\", \"blue-heron\"]"), &["shadowed:17"]);
    check(&two("terms = [\"blue heron\"]", "terms = [\"blue herons\"]"), &[]);
    let context = "terms = [\"blue heron\"]\ncontext = { words = [\"bird\"], required = true }";
    check(&two(context, "terms = [\"blue heron\"]"), &[]);
    check(&two("terms = [\"blue heron\"]\naction = \"allow\"", "terms = [\"blue heron\"]"), &[]);
    let marking =
        |issuer: &str| format!("phrases = [\"restricted\"]\nmarking = {{ issuer = \"{issuer}\", level = 1 }}");
    let markings = |a: &str, b: &str| tested("a", "marking", &marking(a)) + &tested("b", "marking", &marking(b));
    check(&markings("fr", "fr"), &["shadowed:18"]);
    check(&markings("fr", "nato"), &[]);
    let pattern = "pattern = 'abcd[0-9]{4}'";
    check(&(tested("a", "pattern", pattern) + &tested("b", "pattern", pattern)), &["shadowed:17"]);
}

#[test]
fn vocabularies_and_overrides_that_do_nothing() {
    let vocabulary = "[[vocabulary]]\nid = \"a.words\"\nrole = \"cue\"\nweight = 1\nwords = [\"bird\"]\n";
    let one = tested("a", "terms", "terms = [\"one\"]");
    check(&format!("{vocabulary}{one}"), &["unused-vocabulary:5"]);
    let context = tested("a", "terms", "terms = [\"one\"]\ncontext = { vocabularies = [\"a.words\"] }");
    check(&format!("{vocabulary}{context}"), &[]);
    check(&format!("[overrides.\"a.a\"]\nseverity = \"high\"\n{one}"), &["idle-override:1"]);
    check(&format!("[overrides.\"a.a\"]\nenabled = true\n{one}"), &["idle-override:1"]);
    check(&format!("[overrides.\"a.a\"]\nseverity = \"low\"\n{one}"), &[]);
    check(&format!("[overrides.\"a.a\"]\naction = \"warn\"\n{one}"), &[]);
}

#[test]
fn a_pattern_that_begins_in_very_many_ways() {
    check(&tested("a", "pattern", "pattern = '\\d{8}'"), &["slow-rule:7"]);
    check(&tested("a", "pattern", "pattern = '\\d\\d-\\d{4}'"), &["slow-rule:7"]);
    check(&tested("a", "pattern", "pattern = '20\\d\\d-\\d{4}'"), &[]);
    check(&tested("a", "pattern", "prefix = 'number '\npattern = '\\d{8}'"), &[]);
}

#[test]
fn a_policy_in_which_every_message_passes() {
    check("", &["no-rules:0"]);
    check("[policy]\ntitle = \"x\"\n", &["no-rules:0"]);
    check("[[vocabulary]]\nid = \"v\"\nrole = \"cue\"\nweight = 1\nwords = [\"a\"]\n", &["unused-vocabulary:5"]);
}

#[test]
fn exceptions_for_what_no_event_has() {
    let except = |keys: &str| tested("a", "terms", &format!("terms = [\"one\"]\nexcept = {{ {keys} }}"));
    check(&except("rooms = [\"!a:x\", \"!b\"], senders = [\"@a:x\"], servers = [\"x.org:8448\", \"[::1]\"]"), &[]);
    check(&except("rooms = [\"#a:x\"]"), &["never-applies:8"]);
    check(&except("senders = [\"alice\", \"@alice\"], servers = [\"@alice:x\"]"), &["never-applies:8"; 3]);
    let carry = "[[carry]]\nrooms = [\"the room\"]\nissuer = \"fr\"\nlevel = 1\n";
    let changed = "[overrides.\"a.a\"]\nexcept = { rooms = [\"#a:x\"] }\n";
    check(&(tested("a", "terms", "terms = [\"one\"]") + carry + changed), &["never-applies:12", "never-applies:16"]);
}

#[test]
fn scores_and_weights_that_point_the_wrong_way() {
    let marking = |keys: &str| {
        let keys = format!("marking = {{ issuer = \"x\", level = 1 }}\nphrases = [\"top hush\"]\n{keys}");
        tested("a", "marking", &keys)
    };
    check(&marking("score = { high = 1, medium = 5 }"), &["wrong-score:9"]);
    check(&marking("score = { high = 5, medium = 5 }"), &[]);
    let vocabulary = |role: &str, weight: i32| {
        marking("vocabularies = [\"v\"]")
            + &format!("[[vocabulary]]\nid = \"v\"\nrole = \"{role}\"\nweight = {weight}\nwords = [\"a\"]\n")
    };
    check(&vocabulary("cue", -3), &["wrong-weight:16"]);
    check(&vocabulary("counter", 3), &["wrong-weight:16"]);
    check(&vocabulary("cue", 0), &["wrong-weight:16"]);
    check(&vocabulary("origin", 0), &[]);
    check(&vocabulary("mention", -1), &[]);
}
