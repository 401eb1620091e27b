//! `context`: words and other rules' findings near by.

use super::{check, check_wrong, load, rule, scan};

fn number(context: &str) -> String {
    rule("number", "shape", &format!("shape = \"D{{9}}\"\nconfidence = \"low\"\naction = \"block\"\n{context}"))
}

#[test]
fn words_near_by_raise_the_confidence() {
    check(
        &number("context = { words = [\"staff number\"], within = 20 }"),
        &[
            ("staff number 123456789", &["number high block: 123456789"]),
            ("123456789 is his Staff-Number", &["number high block: 123456789"]),
            ("123456789", &["number low block: 123456789"]),
            ("staff number, as I was told, 123456789", &["number low block: 123456789"]),
        ],
    );
}

#[test]
fn half_a_word_at_the_edge_is_no_evidence() {
    let policy = number("context = { words = [\"age\"], within = 5 }");
    check(
        &policy,
        &[
            ("mon message 123456789", &["number low block: 123456789"]),
            ("mess age 123456789", &["number high block: 123456789"]),
        ],
    );
}

#[test]
fn characters_are_counted_not_bytes() {
    let policy = number("context = { words = [\"staff\"], within = 12 }");
    check(&policy, &[("staff ЖЖЖЖ: 123456789", &["number high block: 123456789"])]);
}

#[test]
fn evidence_may_have_to_stand_before_or_behind() {
    let before = number("context = { words = [\"staff\"], side = \"before\", required = true }");
    check(&before, &[("staff 123456789", &["number high block: 123456789"]), ("123456789 staff", &[])]);
    let after = number("context = { words = [\"staff\"], side = \"after\", required = true }");
    check(&after, &[("123456789 staff", &["number high block: 123456789"]), ("staff 123456789", &[])]);
}

#[test]
fn of_the_names_before_a_value_the_nearest_counts() {
    let policy = number(
        "context = [{ words = [\"staff\"], within = 40, required = true }, { words = [\"order\"], within = 3, unit = \"words\", side = \"before\", effect = \"exclude\" }]",
    );
    check(
        &policy,
        &[
            ("order of staff 123456789", &["number high block: 123456789"]),
            ("staff order 123456789", &[]),
            ("order 123456789 of the staff", &[]),
        ],
    );
}

#[test]
fn distance_may_be_counted_in_words() {
    let policy = number("context = { words = [\"staff\"], within = 3, unit = \"words\", required = true }");
    check(
        &policy,
        &[
            ("staff: undoubtedly, indisputably 123456789", &["number high block: 123456789"]),
            ("staff, i do say 123456789", &[]),
            ("123456789 of the staff", &["number high block: 123456789"]),
            ("123456789 of all the staff", &[]),
        ],
    );
}

#[test]
fn at_least_counts_different_words() {
    let policy = number("context = { words = [\"staff(s)\", \"pay\", \"grade\"], at_least = 2, required = true }");
    check(
        &policy,
        &[
            ("staff, staffs, staff 123456789", &[]),
            ("staff grade 123456789", &["number high block: 123456789"]),
            ("pay 123456789 grade", &["number high block: 123456789"]),
        ],
    );
}

#[test]
fn what_excludes_drops_or_lowers() {
    check(
        &number("context = { words = [\"order\"], effect = \"exclude\" }"),
        &[("order 123456789", &[]), ("123456789", &["number low block: 123456789"])],
    );
    let policy = number(
        "context = [{ words = [\"order\"], effect = \"exclude\", confidence = \"medium\" }, { words = [\"staff\"] }]",
    );
    check(
        &policy,
        &[
            ("staff order 123456789", &["number medium block: 123456789"]),
            ("order 123456789", &["number low block: 123456789"]),
            ("staff 123456789", &["number high block: 123456789"]),
        ],
    );
}

#[test]
fn several_contexts_may_all_be_required() {
    let policy = number(
        "context = [{ words = [\"staff\"], required = true, confidence = \"medium\" }, { words = [\"pay\"], required = true }]",
    );
    check(
        &policy,
        &[("staff 123456789", &[]), ("pay 123456789", &[]), ("staff pay 123456789", &["number high block: 123456789"])],
    );
}

#[test]
fn another_rules_finding_is_evidence() {
    let names = rule("names", "terms", "terms = [\"jane roe\", \"john doe\"]\naction = \"allow\"");
    let policy = number("context = { rules = [\"a.names\"], within = 12, required = true }") + &names;
    check(
        &policy,
        &[
            ("Jane Roe: 123456789", &["number high block: 123456789"]),
            ("Jane Roe, who had once: 123456789", &[]),
            ("123456789", &[]),
        ],
    );
    let both =
        number("context = { rules = [\"a.names\"], words = [\"staff\"], at_least = 3, required = true }") + &names;
    check(
        &both,
        &[("staff Jane Roe 123456789", &[]), ("staff Jane Roe 123456789 John Doe", &["number high block: 123456789"])],
    );
}

#[test]
fn two_rules_may_be_evidence_for_each_other() {
    let policy = number("context = { rules = [\"a.names\"], required = true }")
        + &rule("names", "terms", "terms = [\"jane roe\"]\ncontext = { rules = [\"a.number\"], required = true }");
    check(
        &policy,
        &[
            ("Jane Roe: 123456789", &["names high block: Jane Roe", "number high block: 123456789"]),
            ("Jane Roe", &[]),
            ("123456789", &[]),
        ],
    );
}

#[test]
fn an_excepted_finding_is_no_evidence() {
    let names = rule("names", "terms", "terms = [\"jane roe\"]\nexcept = { values = [\"Jane Roe\"] }");
    let policy = number("context = { rules = [\"a.names\"], required = true }") + &names;
    check(&policy, &[("Jane Roe: 123456789", &[])]);
}

#[test]
fn a_marking_may_have_contexts_too() {
    let marking = |context: &str| {
        rule(
            "mark",
            "marking",
            &format!("marking = {{ issuer = \"xx\", level = 1 }}\nphrases = [\"top hush\"]\n{context}"),
        )
    };
    check(
        &marking("context = { words = [\"plan\"], required = true }"),
        &[("the TOP HUSH plan", &["mark high block: TOP HUSH"]), ("the TOP HUSH idea", &[])],
    );
    check(
        &marking("context = { words = [\"song\"], effect = \"exclude\", confidence = \"low\" }"),
        &[("the song TOP HUSH", &["mark low block: TOP HUSH"])],
    );
}

#[test]
fn a_switched_off_rule_is_no_evidence_and_no_mistake() {
    let policy = "[overrides.\"a.names\"]\nenabled = false\n".to_owned()
        + &rule("names", "terms", "terms = [\"jane roe\"]")
        + &number("context = { rules = [\"a.names\"], required = true }");
    check(&policy, &[("Jane Roe: 123456789", &[])]);
}

#[test]
fn mistakes_are_told() {
    check_wrong(&number("context = {}"), &["10: empty-context a context needs words, vocabularies or rules"]);
    check_wrong(
        &number("context = { words = [\"x\"], within = 2000 }"),
        &["10: out-of-range evidence may stand 1 to 1000 characters away, this is 2000"],
    );
    check_wrong(
        &number("context = { words = [\"x\"], at_least = 0 }"),
        &["10: out-of-range `at_least` goes from 1 to 16, this is 0"],
    );
    check_wrong(&number("context = { rules = [\"a.numbers\"] }"), &["10: unknown-rule there is no rule `a.numbers`"]);
    check_wrong(
        &number("context = [{ words = [\"x\"] }, { wrods = [\"x\"] }]"),
        &["10: unknown-key there is no key `wrods` here"],
    );
    check_wrong(
        &number("context = \"staff\""),
        &["10: wrong-type this is text in quotes, but has to be a table, or a list of tables"],
    );
}

#[test]
fn a_flood_of_findings_with_contexts_is_bounded() {
    let policy = number(
        "context = [{ words = [\"staff\", \"a\"], within = 1000, at_least = 16 }, { rules = [\"a.t\"], within = 1000, at_least = 16 }]",
    ) + &rule(
        "t",
        "terms",
        "terms = [\"a\"]\ncontext = { words = [\"a\"], within = 1000, at_least = 16 }",
    );
    let engine = load(&policy);
    let text = "a 123456789 ".repeat(5_461);
    let start = std::time::Instant::now();
    let outcome = scan(&engine, &text);
    assert!(!outcome.truncated && !outcome.findings.is_empty());
    // The figure is 60 ms; a machine that is busy takes longer, one that reads each window anew takes ten times as long.
    assert!(start.elapsed() < std::time::Duration::from_secs(1), "{:?}", start.elapsed());
}
