//! A message says the same thing as text, as HTML and in an edit: that is one leak, and is counted once.

use filter_core::{Attributes, Field, Form, Scratch};

use super::{load, rule};

/// What is found in the fields of one message: `rule: places`.
#[track_caller]
fn check(policy: &str, fields: &[&str], expected: &[&str]) {
    let engine = load(policy);
    let read: Vec<Field<'_>> = fields.iter().map(|text| Field { text, form: Form::Prose }).collect();
    let outcome = engine.scan(&mut Scratch::new(), &read, &Attributes::default());
    let found = outcome.findings.iter().map(|finding| {
        let text = |place: &filter_core::Place| &fields[place.field as usize][place.start as usize..place.end as usize];
        let places: Vec<String> = finding.places.iter().map(|p| format!("{} in {}", text(p), p.field)).collect();
        format!("{}: {}", engine.rule(finding.rule).id(), places.join(", "))
    });
    assert_eq!(found.collect::<Vec<_>>(), expected, "in {fields:?}");
}

#[test]
fn a_threshold_counts_what_stands_in_two_fields_once() {
    let policy = rule("terms", "terms", "terms = [\"heron\", \"kite\"]\nthreshold = { count = 3 }");
    check(&policy, &["heron, kite", "heron, kite"], &[]);
    check(&policy, &["heron", "heron", "heron"], &[]);
    check(
        &policy,
        &["heron, kite", "kite, kite"],
        &["a.terms: heron in 0", "a.terms: kite in 0, kite in 1, kite in 1"],
    );
    check(
        &policy,
        &["heron", "kite", "heron, heron"],
        &["a.terms: heron in 0, heron in 2, heron in 2", "a.terms: kite in 1"],
    );
}

#[test]
fn parts_that_stand_together_in_two_fields_are_one_finding() {
    let parts = rule("bird", "terms", "terms = [\"heron\", \"kite\"]\naction = \"allow\"")
        + &rule("town", "terms", "terms = [\"lille\"]\naction = \"allow\"");
    let close = |keys: &str| {
        let keys = format!("all = [\"a.bird\", \"a.town\"]\nwithin = 10\n{keys}");
        parts.clone() + &rule("both", "combination", &keys)
    };
    let twice: &[&str] = &["a.both: heron in 0, Lille in 0, heron in 1, Lille in 1"];
    check(&close(""), &["heron of Lille", "the heron of Lille"], twice);
    check(&close("threshold = { count = 2 }"), &["heron of Lille", "heron of Lille"], &[]);
    check(
        &close("threshold = { count = 2 }"),
        &["heron of Lille and, far away, the kite of Lille"],
        &["a.both: heron in 0, Lille in 0", "a.both: kite in 0, Lille in 0"],
    );
}

#[test]
fn the_key_of_a_value_is_evidence_for_it() {
    let contexts = "context = [{ words = [\"staff number\"], within = 20, required = true }, { words = [\"order\"], within = 3, unit = \"words\", side = \"before\", effect = \"exclude\" }]";
    let engine = load(&rule("shape", "shape", &format!("shape = \"D{{9}}\"\n{contexts}")));
    let found = |key: &str, form: Form| {
        let fields = [Field { text: key, form }, Field { text: "123456789", form: Form::Number }];
        engine.scan(&mut Scratch::new(), &fields, &Attributes::default()).findings.len()
    };
    assert_eq!(found("staff_number", Form::Key), 1);
    assert_eq!(found("staffNumber", Form::Key), 1);
    assert_eq!(found("orderOfStaffNumber", Form::Key), 1);
    assert_eq!(found("order", Form::Key), 0);
    assert_eq!(found("staff number", Form::Prose), 0);
}
