//! A hundred thousand terms: found, and not tried one by one.

use std::time::{Duration, Instant};

use super::{check, load, rule, scan};

#[test]
fn terms_that_begin_alike_are_all_found() {
    let policy = rule(
        "t",
        "terms",
        "terms = [\"project\", \"project blue\", \"project blue heron\", \"project red\", \"project+\"]",
    );
    check(
        &policy,
        &[
            ("Project Red-Kite", &["t high block: Project Red"]),
            ("project BLUE\nheron farm", &["t high block: project BLUE\nheron"]),
            ("project blues", &["t high block: project"]),
            ("the project, red", &["t high block: project"]),
            ("a project.", &["t high block: project"]),
            ("projects", &[]),
            ("project+ or", &["t high block: project+"]),
        ],
    );
}

#[test]
fn a_hundred_thousand_terms_with_one_first_word_do_not_slow_a_flood() {
    let terms: Vec<String> = (0..100_000).map(|n| format!("\"project n{n} x{}\"", n % 7)).collect();
    let start = Instant::now();
    let engine = load(&rule("t", "terms", &format!("terms = [{}]", terms.join(", "))));
    // 0.3 s on an idle machine.
    assert!(start.elapsed() < Duration::from_secs(5), "loading took {:?}", start.elapsed());
    assert_eq!(scan(&engine, "for project N4711 x0, with").findings.len(), 1);
    assert_eq!(scan(&engine, "for project N4711 x1, with").findings.len(), 0);
    let start = Instant::now();
    let outcome = scan(&engine, &"project n99 ".repeat(5_461));
    assert!(!outcome.truncated && outcome.findings.is_empty());
    assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
}

#[test]
fn nor_do_a_hundred_thousand_that_begin_differently() {
    // Of four letters each, so that no two share what the gate looks up.
    let word = |n: u32| -> String {
        (0..4).map(|place| char::from(b'a' + u8::try_from(n / 26_u32.pow(place) % 26).expect("below 26"))).collect()
    };
    let terms: Vec<String> = (0..100_000).map(|n| format!("\"{} heron\"", word(n * 4 + 1))).collect();
    let start = Instant::now();
    let engine = load(&rule("t", "terms", &format!("terms = [{}]", terms.join(", "))));
    // 0.5 s on an idle machine; 3 s when the gate's table was one row.
    assert!(start.elapsed() < Duration::from_secs(5), "loading took {:?}", start.elapsed());
    assert_eq!(scan(&engine, &format!("the {} Heron", word(4_001))).findings.len(), 1);
    let start = Instant::now();
    let flood: String = (0..13_000).map(|n| word(n * 4 + 2) + " ").collect();
    let outcome = scan(&engine, &flood);
    assert!(!outcome.truncated && outcome.findings.is_empty());
    // 11 ms, and 800 then.
    assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
}
