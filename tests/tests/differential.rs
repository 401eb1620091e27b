//! The gated engine finds what the plain definitions of the built-in rules find, and nothing else. A first instalment of what
//! `cargo run --release -p tamis-tests --bin differential` does a million times.

use filter_core::Form;
use tamis_benches::built_in;
use tamis_tests::differential::{Comparison, Difference, Messages};

const MESSAGES: u64 = 20_000;

fn fail(number: u64, difference: &Difference) -> ! {
    panic!("message {number}: {:?}\n{}", difference.text, difference.lines.join("\n"))
}

#[test]
fn twenty_thousand_messages_have_the_same_places() {
    let engine = built_in::engine();
    let messages = Messages::new(engine.policy(), 1);
    let mut comparison = Comparison::new(&engine);
    let mut places = 0;
    for number in 0..MESSAGES {
        let message = messages.message(number);
        match comparison.compare(&message.text, message.form) {
            Ok(found) => places += found,
            Err(difference) => fail(number, &difference),
        }
    }
    // Else the messages say nothing.
    assert!(places as u64 > MESSAGES / 2, "only {places} places");
}

#[test]
fn every_example_has_the_same_places_wherever_its_blocks_begin() {
    let engine = built_in::engine();
    let mut comparison = Comparison::new(&engine);
    for (number, resolved) in (0..).zip(&engine.policy().rules) {
        let Some(example) = resolved.rule.common.examples.first() else { continue };
        for before in 0..64 {
            let text = " ".repeat(before) + &example.text();
            if let Err(difference) = comparison.compare(&text, Form::Prose) {
                fail(number, &difference);
            }
        }
    }
}
