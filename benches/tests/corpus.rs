//! The generators keep what `README.md` promises, and the benches' own counts hold natively: a bench that no longer
//! compiles, or whose corpus has become something else, is found by the tests and not on the day of a record.

use serde_json::Value;
use tamis_benches::built_in;
use tamis_benches::contest::{Native, check_request, load_request};
use tamis_benches::corpus::{self, Event, Size};
use tamis_benches::noise::Noise;
use tamis_benches::plain_regex::{self, Memory};
use tamis_benches::policies;
use tamis_benches::random::Random;
use tamis_host::{Engine, Function};

/// One event in a hundred is planted, and there are over 400 rules.
const SIZE: Size = Size { events: 50_000, ..Size::RECORDED };

fn events() -> Vec<Event> {
    corpus::events(SIZE, &built_in::engine().policy().rules)
}

#[test]
fn what_was_planted_is_found_and_nothing_else() {
    let mut native = Native::loaded();
    let mut wrong = Vec::new();
    for (number, event) in events().iter().enumerate() {
        let verdict =
            native.call(Function::Check, &check_request(&event.json)).expect("natively there is always a reply");
        if !event.is_answered_by(verdict) {
            wrong.push((number, event.planted.clone()));
        }
    }
    assert_eq!(wrong, Vec::new());
}

#[test]
fn every_rule_of_the_policy_is_planted() {
    let engine = built_in::engine();
    let events = events();
    let planted: Vec<&str> = events.iter().filter_map(|event| event.planted.as_deref()).collect();
    let lacking: Vec<&str> = engine.rules().iter().map(|rule| rule.id()).filter(|id| !planted.contains(id)).collect();
    assert_eq!(lacking, Vec::<&str>::new());
    assert_eq!(planted.len(), SIZE.events / 100);
}

#[test]
fn events_are_json_of_about_500_bytes_and_none_comes_twice() {
    let events = events();
    let mut seen = std::collections::BTreeSet::new();
    for event in &events {
        let value: Value = serde_json::from_str(&event.json).expect("an event is JSON");
        assert_eq!(value["content"]["body"], event.body.as_str());
        assert!(seen.insert(event.json.as_str()), "an event comes twice");
    }
    let mean = events.iter().map(|event| event.json.len()).sum::<usize>() / events.len();
    assert!((450..=550).contains(&mean), "{mean} bytes on average");
}

#[test]
fn the_vocabulary_is_large() {
    let mut words = std::collections::BTreeSet::new();
    for text in corpus::prose(3, 2_000, 400) {
        words.extend(text.split_whitespace().map(str::to_owned));
    }
    assert!(words.len() > 20_000, "{} different words", words.len());
}

#[test]
fn one_seed_gives_one_corpus() {
    let [first, again] = [events(), events()];
    assert!(first.iter().zip(&again).all(|(one, other)| one.json == other.json));
    let engine = built_in::engine();
    let other = corpus::events(Size { seed: SIZE.seed + 1, ..SIZE }, &engine.policy().rules);
    assert!(first.iter().zip(&other).all(|(one, other)| one.json != other.json));
}

#[test]
fn noise_has_the_length_that_was_asked_for() {
    for kind in Noise::ALL {
        let text = kind.text(&mut Random::new(1), 1000);
        assert_eq!((text.len(), text.is_ascii()), (1000, true), "{}", kind.name());
    }
}

/// The peer would look fast if it did not look for the same things.
#[test]
fn the_plain_set_names_the_rule_in_most_of_its_examples() {
    let engine = built_in::engine();
    let rules = &engine.policy().rules;
    let set = plain_regex::set(rules, Memory::Large).expect("every rule is a plain regex, too");
    let mut weak = Vec::new();
    for (number, resolved) in rules.iter().enumerate() {
        let examples = &resolved.rule.common.examples;
        let named = examples.iter().filter(|example| set.matches(example.text().as_bytes()).matched(number)).count();
        // Glued, spaced and disguised spellings are the fold's, which a set has not.
        if named * 2 < examples.len() {
            weak.push((resolved.rule.common.id.as_str(), named, examples.len()));
        }
    }
    // Nor has it the words of other alphabets and the letters with strokes: a few levels of member states.
    assert!(weak.len() * 10 < rules.len(), "{weak:?}");
}

#[test]
fn policies_of_any_size_load_with_all_their_rules() {
    for (files, rules) in [(policies::of_rules(200), 200), (policies::of_terms(1_000), 1)] {
        let mut native = Native::default();
        let reply = native.call(Function::Load, &load_request(&files)).expect("natively there is always a reply");
        let reply: Value = serde_json::from_slice(reply).expect("a reply is JSON");
        assert_eq!(reply["ok"]["rules"], rules, "{reply}");
    }
}
