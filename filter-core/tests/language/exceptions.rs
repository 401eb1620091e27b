//! `except`: values, patterns, terms, and the attributes of the message.

use filter_core::{Action, Attributes, Field, Form, Scratch};

use super::{check, check_wrong, load, rule};

#[test]
fn a_value_is_compared_without_case_accents_and_separators() {
    let policy = rule("token", "pattern", "pattern = 'key=\\S+'\nexcept = { values = [\"key=Sesame-99\"] }");
    check(&policy, &[("key=Sésame99", &[]), ("key=Sesame98", &["token high block: key=Sesame98"])]);
    let marking = "marking = { issuer = \"xx\", level = 1 }\nphrases = [\"top hush(es)\"]\nexcept = { values = [\"top hushes\"] }";
    check(&rule("mark", "marking", marking), &[("TOP HUSHES", &[]), ("TOP HUSH", &["mark high block: TOP HUSH"])]);
}

#[test]
fn a_pattern_may_match_anywhere_in_the_value() {
    let token =
        |except: &str| rule("token", "pattern", &format!("pattern = 'tok_\\w+'\nexcept = {{ patterns = {except} }}"));
    check(
        &token("['EXAMPLE', '^tok_0+$']"),
        &[
            ("tok_1EXAMPLE1", &[]),
            ("tok_000", &[]),
            ("tok_0001", &["token high block: tok_0001"]),
            ("tok_1example1", &["token high block: tok_1example1"]),
        ],
    );
    check(
        &rule("number", "shape", "shape = \"D{9}\"\ngroups = [\"any\"]\nexcept = { patterns = ['^123'] }"),
        &[("123-456-789", &[]), ("923-456-789", &["number high block: 923-456-789"])],
    );
    check(
        &rule("names", "terms", "terms = [\"blue heron\", \"blue kite\"]\nexcept = { patterns = ['kite'] }"),
        &[("BLUE KITE, Blue Heron", &["names high block: Blue Heron"])],
    );
}

#[test]
fn terms_stand_in_the_value_as_words() {
    let policy =
        rule("secret", "pattern", "prefix = 'pw='\npattern = '\\S+'\nexcept = { terms = [\"example(s)\", \"to do\"] }");
    check(
        &policy,
        &[
            ("pw=an-EXAMPLE-word", &[]),
            ("pw=to.do", &[]),
            ("an example: pw=sesame", &["secret high block: sesame"]),
            ("pw=exampled", &["secret high block: exampled"]),
        ],
    );
}

#[test]
fn attributes_of_the_message() {
    let except = "{ rooms = [\"!a:x\"], senders = [\"@bot:x\"], servers = [\"y.org\"], types = [\"m.room.topic\"] }";
    let engine = load(&rule("names", "terms", &format!("terms = [\"blue heron\"]\nexcept = {except}")));
    let action = |attributes| {
        let field = Field { text: "blue heron", form: Form::Prose };
        engine.scan(&mut Scratch::new(), &[field], &attributes).action
    };
    let none = Attributes::default();
    for (attributes, expected) in [
        (none, Action::Block),
        (Attributes { room: Some("!a:x"), ..none }, Action::Allow),
        (Attributes { room: Some("!b:x"), ..none }, Action::Block),
        (Attributes { sender: Some("@bot:x"), ..none }, Action::Allow),
        (Attributes { sender: Some("@me:y.org"), ..none }, Action::Allow),
        (Attributes { sender: Some("@me:y.org:8448"), ..none }, Action::Block),
        (Attributes { event_type: Some("m.room.topic"), ..none }, Action::Allow),
        (Attributes { event_type: Some("m.room.name"), ..none }, Action::Block),
    ] {
        assert_eq!(action(attributes), expected, "{attributes:?}");
    }
}

#[test]
fn mistakes_are_told() {
    check_wrong(
        &rule("t", "terms", "terms = [\"x\"]\nexcept = { patterns = ['(', 'a{2'] }"),
        &[
            "8: bad-regex this is no regular expression: unclosed group",
            "8: bad-regex this is no regular expression: unclosed counted repetition",
        ],
    );
    check_wrong(
        &rule("t", "terms", "terms = [\"x\"]\nexcept = { patterns = ['(?i)(?:[^a]{300}b){20}'] }"),
        &["8: too-large its automaton would take more than 2048 KiB"],
    );
    check_wrong(
        &rule("t", "terms", "terms = [\"x\"]\nexcept = { terms = [\"...\"] }"),
        &["8: bad-phrase `...` has no letters"],
    );
}
