//! Policies of any size, the same on every machine: so many rules of all kinds, or one rule with so many terms.
//!
//! The rules are what organisations add to the packs: of each ten, three patterns of tokens, three lists of terms, two shapes with
//! words near by, two markings with vocabularies. None has another's literals, so that nothing is shared that would not be.
//!
//! ```
//! use tamis_benches::policies;
//! assert_eq!(policies::of_rules(200), policies::of_rules(200));
//! ```

use std::fmt::Write as _;

use crate::built_in;
use crate::random::{CAPITALS, Random, SMALL};

/// The root of every policy here.
pub const ROOT: &str = "policy.toml";

/// Path and content, the root first.
pub type Files = Vec<(String, Vec<u8>)>;

/// The policies whose loading is measured, by name.
#[must_use]
pub fn measured() -> [(&'static str, Files); 4] {
    [
        ("built-in", built_in::files()),
        ("200 rules", of_rules(200)),
        ("10,000 rules", of_rules(10_000)),
        ("100,000 terms", of_terms(100_000)),
    ]
}

/// A policy of so many rules.
#[must_use]
pub fn of_rules(count: usize) -> Files {
    let mut random = Random::new(0x007a_3315);
    let mut policy = String::from(
        "[[vocabulary]]\nid = \"made-up.cues\"\nrole = \"cue\"\nweight = 2\nwords = [\"document(s)\", \"note(s)\", \"ci-joint\"]\n\n\
         [[vocabulary]]\nid = \"made-up.mentions\"\nrole = \"mention\"\nweight = -4\nwords = [\"formation\", \"que veut dire\"]\n\n",
    );
    for number in 0..count {
        rule(&mut policy, number, &mut random);
    }
    vec![(ROOT.to_owned(), policy.into_bytes())]
}

fn rule(policy: &mut String, number: usize, random: &mut Random) {
    let mut word = || {
        let length = random.between(5, 10);
        random.letters(SMALL, length)
    };
    let (a, b, c) = (word(), word(), word());
    let (kind, keys) = match number % 10 {
        0..3 => {
            let length = 20 + number % 21;
            let example = random.letters(CAPITALS, length);
            ("pattern", format!("pattern = '{a}_[0-9A-Za-z]{{{length}}}\\b'\nexamples = ['{a}_{example}']\n"))
        }
        3..6 => ("terms", format!("terms = [\"{a} {b}\", \"{b} {c}\", \"{c}\"]\nexamples = [\"le projet {a} {b}\"]\n")),
        6..8 => {
            let digits = 8 + number % 8;
            let context = format!("{{ words = [\"{a}\", \"{b} {c}\"], within = 60 }}");
            ("shape", format!("shape = \"D{{{digits}}}\"\nconfidence = \"low\"\ncontext = {context}\n"))
        }
        _ => {
            let vocabularies = "vocabularies = [\"made-up.cues\", \"made-up.mentions\"]";
            let marking = format!("marking = {{ issuer = \"issuer-{}\", level = 1 }}", number % 50);
            ("marking", format!("phrases = [\"{a}(s) {b}(s)\", \"{c} {b}\"]\n{marking}\n{vocabularies}\n"))
        }
    };
    write!(
        policy,
        "[[rule]]\nid = \"made-up.rule-{number}\"\nkind = \"{kind}\"\ntitle = {{ fr = \"la règle {number}\", en = \"rule {number}\" }}\n\
         why = \"A policy of many rules must load.\"\ncategory = \"ours\"\nseverity = \"high\"\n{keys}\n",
    )
    .expect("writing to memory");
}

/// A policy of one rule with so many terms, each of two words, in a file of their own.
#[must_use]
pub fn of_terms(count: usize) -> Files {
    let mut random = Random::new(0x0074_6572);
    let mut terms = String::new();
    for _ in 0..count {
        let [first, second] = [random.between(4, 10), random.between(4, 10)].map(|n| random.letters(SMALL, n));
        writeln!(terms, "{first} {second}").expect("writing to memory");
    }
    let policy = "[[rule]]\nid = \"made-up.terms\"\nkind = \"terms\"\ntitle = \"terms\"\ncategory = \"ours\"\nseverity = \"high\"\nfile = \"terms.txt\"\n";
    vec![(ROOT.to_owned(), policy.into()), ("terms.txt".to_owned(), terms.into_bytes())]
}
