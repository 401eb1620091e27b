//! `kind = "combination"`: what other rules found, together.

use super::{check, check_wrong, load, rule, scan};

/// Names, numbers and places that find things but do nothing of their own.
fn parts() -> String {
    rule("names", "terms", "terms = [\"jane roe\", \"john doe\"]\naction = \"allow\"")
        + &rule("number", "shape", "shape = \"D{9}\"\naction = \"allow\"")
        + &rule("town", "terms", "terms = [\"lille\"]\naction = \"allow\"")
        + &rule("order", "terms", "terms = [\"order\"]\naction = \"allow\"")
}

fn combination(keys: &str) -> String {
    parts() + &rule("both", "combination", keys)
}

#[test]
fn parts_alone_do_nothing() {
    check(&parts(), &[("Jane Roe of Lille, 123456789", &[])]);
}

#[test]
fn all_must_be_found_wherever_they_stand() {
    check(
        &combination("all = [\"a.names\", \"a.number\"]"),
        &[
            ("Jane Roe of Lille, 123456789", &["both high block: Jane Roe, 123456789"]),
            ("Jane Roe of Lille", &[]),
            ("123456789", &[]),
        ],
    );
}

#[test]
fn some_of_any_must_be_found() {
    check(
        &combination("any = [\"a.names\", \"a.number\"]\nconfidence = \"medium\""),
        &[("Jane Roe", &["both medium block: Jane Roe"]), ("Lille", &[])],
    );
    check(
        &combination("any = [\"a.names\", \"a.number\", \"a.town\"]\nat_least = 2"),
        &[("Jane Roe, John Doe", &[]), ("Jane Roe, Lille", &["both high block: Jane Roe, Lille"])],
    );
    check(
        &combination("all = [\"a.names\"]\nany = [\"a.number\", \"a.town\"]"),
        &[("123456789 Lille", &[]), ("Jane Roe Lille", &["both high block: Jane Roe, Lille"])],
    );
}

#[test]
fn none_of_not_may_be_found() {
    check(
        &combination("all = [\"a.number\"]\nnot = [\"a.order\"]"),
        &[("123456789", &["both high block: 123456789"]), ("order of today, from Lille: 123456789", &[])],
    );
}

#[test]
fn parts_may_have_to_stand_close_together() {
    let close = combination("all = [\"a.names\", \"a.number\"]\nnot = [\"a.order\"]\nwithin = 5");
    check(
        &close,
        &[
            ("Jane Roe: 123456789", &["both high block: Jane Roe, 123456789"]),
            ("Jane Roe lives in Lille: 123456789", &[]),
            (
                "Jane Roe: 123456789, and then of John Doe 987654321",
                &["both high block: Jane Roe, 123456789", "both high block: John Doe, 987654321"],
            ),
            ("Jane Roe: 123456789 (order)", &[]),
            ("an order - Jane Roe: 123456789", &[]),
            ("Jane Roe: 123456789, which is not an order", &["both high block: Jane Roe, 123456789"]),
        ],
    );
    let words = combination("all = [\"a.names\", \"a.number\"]\nwithin = 3\nunit = \"words\"");
    check(
        &words,
        &[
            ("Jane Roe, indisputably unquestionably 123456789", &["both high block: Jane Roe, 123456789"]),
            ("Jane Roe has got as id 123456789", &[]),
        ],
    );
}

#[test]
fn a_chain_of_parts_is_one_finding() {
    check(
        &combination("all = [\"a.names\", \"a.number\"]\nwithin = 4"),
        &[("Jane Roe 123456789\nJohn Doe 987654321\n", &["both high block: Jane Roe, 123456789, John Doe, 987654321"])],
    );
}

#[test]
fn a_combination_may_be_a_part_of_another() {
    let policy = combination("all = [\"a.names\", \"a.number\"]\naction = \"flag\"")
        + &rule("three", "combination", "all = [\"a.both\", \"a.town\"]");
    check(
        &policy,
        &[
            ("Jane Roe 123456789", &["both high flag: Jane Roe, 123456789"]),
            (
                "Jane Roe 123456789 Lille",
                &["both high flag: Jane Roe, 123456789", "three high block: Jane Roe, 123456789, Lille"],
            ),
        ],
    );
    let none = combination("all = [\"a.names\", \"a.number\"]\naction = \"allow\"")
        + &rule("three", "combination", "any = [\"a.names\"]\nnot = [\"a.both\"]");
    check(&none, &[("Jane Roe 123456789", &[]), ("Jane Roe", &["three high block: Jane Roe"])]);
}

#[test]
fn the_thresholds_of_parts_count() {
    let policy = rule(
        "names",
        "terms",
        "terms = [\"jane roe\", \"john doe\"]\naction = \"allow\"\nthreshold = { distinct = 2 }",
    ) + &rule("town", "terms", "terms = [\"lille\"]\naction = \"allow\"")
        + &rule("both", "combination", "all = [\"a.names\", \"a.town\"]");
    check(
        &policy,
        &[
            ("Jane Roe, Jane Roe, Lille", &[]),
            ("Jane Roe, John Doe, Lille", &["both high block: Jane Roe, John Doe, Lille"]),
        ],
    );
}

#[test]
fn what_a_heavier_finding_covers_is_still_a_part() {
    let policy = combination("all = [\"a.town\", \"a.number\"]")
        + &rule("team", "terms", "terms = [\"lille united\"]\naction = \"flag\"");
    check(
        &policy,
        &[("Lille United 123456789", &["both high block: Lille, 123456789", "team high flag: Lille United"])],
    );
}

#[test]
fn a_part_that_is_switched_off_is_never_found() {
    let off = |keys| format!("[overrides.\"a.town\"]\nenabled = false\n{}", combination(keys));
    check(&off("all = [\"a.names\", \"a.town\"]"), &[("Jane Roe Lille", &[])]);
    check(&off("any = [\"a.names\", \"a.town\"]"), &[("Jane Roe Lille", &["both high block: Jane Roe"])]);
    check(&off("any = [\"a.names\"]\nnot = [\"a.town\"]"), &[("Jane Roe Lille", &["both high block: Jane Roe"])]);
}

#[test]
fn mistakes_are_told() {
    let wrong = |keys: &str, expected: &[&str]| check_wrong(&combination(keys), expected);
    wrong("not = [\"a.town\"]", &["39: empty-rule a combination needs rules in `all` or `any`"]);
    wrong("all = [\"a.name\"]", &["39: unknown-rule there is no rule `a.name`"]);
    wrong(
        "any = [\"a.town\"]\nat_least = 2",
        &["40: out-of-range `at_least` counts the rules of `any`, of which there are 1; this is 2"],
    );
    wrong(
        "all = [\"a.town\"]\nwithin = 0",
        &["40: out-of-range parts may stand 1 to 1000 characters apart, this is 0"],
    );
    wrong("all = [\"a.both\"]", &["39: combination-cycle the combination is a part of itself"]);
    wrong(
        "all = [\"a.town\"]\nexcept = { values = [\"x\"] }",
        &["40: bad-combination a combination has no value of its own"],
    );
    wrong(
        "all = [\"a.town\"]\ncontext = { words = [\"x\"] }",
        &["40: bad-combination a combination has no place of its own to have a context"],
    );
    let ring = rule("x", "combination", "any = [\"a.y\"]") + &rule("y", "combination", "any = [\"a.x\"]");
    check_wrong(&ring, &["1: combination-cycle the combination is a part of itself"]);
    let nested = rule("x", "combination", "any = [\"a.y\"]\nwithin = 9")
        + &rule("y", "combination", "any = [\"a.z\"]")
        + &rule("z", "terms", "terms = [\"z\"]");
    check_wrong(&nested, &["7: bad-combination `a.y` is a combination, which has no place of its own to be near to"]);
    let deep: String =
        (0..40).map(|n| rule(&format!("c{n}"), "combination", &format!("any = [\"a.c{}\"]", n + 1))).collect();
    let deep = deep + &rule("c40", "terms", "terms = [\"z\"]");
    check_wrong(
        &deep,
        &[
            "113: too-deep combinations of combinations may go 16 deep, and these go deeper",
            "232: too-deep combinations of combinations may go 16 deep, and these go deeper",
        ],
    );
}

#[test]
fn a_flood_of_parts_is_bounded() {
    let engine = load(&combination("all = [\"a.names\", \"a.number\"]\nnot = [\"a.order\"]\nwithin = 2"));
    let text = "jane roe 123456789    order   ".repeat(2_184);
    let start = std::time::Instant::now();
    let outcome = scan(&engine, &text);
    // The same values each time: one finding, in as many places.
    assert!(!outcome.truncated && outcome.findings.len() == 1 && outcome.findings[0].places.len() == 2 * 2_184);
    // A tenth of this on an idle machine.
    assert!(start.elapsed() < std::time::Duration::from_millis(500), "{:?}", start.elapsed());
}
