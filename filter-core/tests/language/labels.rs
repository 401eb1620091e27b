//! `marking` on patterns and terms, `messages` on rules.

use filter_core::{Action, Attributes, Field, Form, Scratch};

use super::{check_wrong, load, rule};

#[test]
fn a_room_may_carry_what_a_pattern_or_a_term_says() {
    let carry = "[[carry]]\nrooms = [\"!a:x\"]\nissuer = \"nato\"\nlevel = 1\ncaveats = [\"relto\"]\n";
    let label = |level: u8| format!("marking = {{ issuer = \"nato\", level = {level}, caveats = [\"relto\"] }}");
    for (kind, keys, text) in [
        ("pattern", "pattern = '\\(NR\\)'", "(NR) the text"),
        ("terms", "terms = [\"nato restricted\"]", "NATO RESTRICTED"),
    ] {
        for (level, room, expected) in
            [(1, "!a:x", Action::Allow), (1, "!b:x", Action::Block), (2, "!a:x", Action::Block)]
        {
            let engine = load(&(carry.to_owned() + &rule("mark", kind, &format!("{keys}\n{}", label(level)))));
            let attributes = Attributes { room: Some(room), ..Attributes::default() };
            let outcome = engine.scan(&mut Scratch::new(), &[Field { text, form: Form::Prose }], &attributes);
            assert_eq!(outcome.findings.len(), 1, "{kind} {text:?}");
            assert_eq!(outcome.action, expected, "{kind} {level} {room}");
            let marking = outcome.findings[0].marking.as_ref().map(|m| (&*m.issuer, m.level, m.caveats.len()));
            assert_eq!(marking, Some(("nato", level, 1)));
        }
    }
    check_wrong(
        &rule("t", "terms", "terms = [\"x\"]\nmarking = { issuer = \"nato\", level = 5 }"),
        &["8: bad-level a level goes from 0 to 4, this is 5"],
    );
}

#[test]
fn placeholders_that_nothing_fills_in_are_told() {
    check_wrong(
        &rule("t", "terms", "terms = [\"x\"]\nmessages = { fr = \"{titre} {count}\", en = \"{text}\" }"),
        &[
            "8: unknown-placeholder the text for `en` has the placeholder `{text}`, which nothing fills in",
            "8: unknown-placeholder the text for `fr` has the placeholder `{titre}`, which nothing fills in",
        ],
    );
    check_wrong(
        &format!("[messages]\nen = \"{{match}}\"\n{}", rule("t", "terms", "terms = [\"x\"]")),
        &["2: unknown-placeholder the text for `en` has the placeholder `{match}`, which nothing fills in"],
    );
    check_wrong(
        &rule("t", "terms", "terms = [\"x\"]\nmessages = { en = \"{title} {titles} {rule} {reference} {count} { }\" }"),
        &["8: unknown-placeholder the text for `en` has the placeholder `{ }`, which nothing fills in"],
    );
}
