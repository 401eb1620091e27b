//! Messages in which exactly one built-in rule finds something, by rule.
//!
//! Where values have a checksum of one or two digits, each message gets a value of its own, drawn until the rule's validator accepts
//! it. For every other rule the messages are its own `examples` in the pack, so that a new rule is in the corpus without a
//! line here, and no live-looking token stands in this file.

use filter_core::policy::ResolvedRule;
use filter_core::validator;

use crate::random::{BASE62, CAPITALS, DIGITS, Random};

/// Draws before giving up: a validator that accepts one value in 97 misses all of these once in 10⁴⁴ runs.
const DRAWS: usize = 10_000;

/// A message for a rule.
pub(crate) fn message(random: &mut Random, rule: &ResolvedRule) -> String {
    let common = &rule.rule.common;
    let drawn = match common.id.as_str() {
        "bank.iban" => draw(random, "iban", iban).map(|iban| format!("virement sur le {}", groups(&iban, &[4; 7]))),
        "bank.card" => {
            draw(random, "card", card).map(|card| format!("la carte du service : {}", groups(&card, &[4; 4])))
        }
        "fr.nir" => draw(random, "nir", nir).map(|nir| format!("n° de sécu {}", groups(&nir, &[1, 2, 2, 2, 3, 3, 2]))),
        _ => None,
    };
    drawn.unwrap_or_else(|| random.pick(&common.examples).text())
}

fn draw(random: &mut Random, validator: &str, value: fn(&mut Random) -> String) -> Option<String> {
    let accepts = validator::find(validator)?.accepts;
    (0..DRAWS).map(|_| value(random)).find(|value| accepts(value))
}

fn iban(random: &mut Random) -> String {
    // A letter in the account number: without one a French key has to agree with a second checksum.
    let (bank, account, key) =
        (random.letters(DIGITS, 10), random.letters(&BASE62[..36], 10), random.letters(DIGITS, 2));
    format!("FR{:02}{bank}{account}{}{key}", random.between(2, 98), random.letters(CAPITALS, 1))
}

fn card(random: &mut Random) -> String {
    format!("4970{}", random.letters(DIGITS, 12))
}

fn nir(random: &mut Random) -> String {
    let (year, month, department) = (random.below(100), random.between(1, 12), random.between(1, 95));
    let sex = random.between(1, 2);
    format!("{sex}{year:02}{month:02}{department:02}{}", random.letters(DIGITS, 8))
}

/// `FR7630006…` as `FR76 3000 6…`; what is left over is a group too.
fn groups(value: &str, lengths: &[usize]) -> String {
    let mut rest = value;
    let mut groups = Vec::new();
    for length in lengths {
        let (group, behind) = rest.split_at((*length).min(rest.len()));
        groups.push(group);
        rest = behind;
    }
    groups.push(rest);
    groups.retain(|group| !group.is_empty());
    groups.join(" ")
}
