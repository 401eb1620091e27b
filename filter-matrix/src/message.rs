//! What the sender is told, by language.
//!
//! The texts are the rule's, else the policy's; a policy that has none gets ours. Placeholders are filled with titles and ids of rules,
//! the reference and a number, which name what was found without repeating it.

use std::collections::BTreeMap;

use filter_core::policy::placeholder;
use filter_core::{Action, Engine, Finding};

const DEFAULT: &[(&str, &str)] = &[
    (
        "en",
        "This message was stopped: it contains {titles}. This room can be read by people it is not meant for. \
         Take that out, or use a channel that may carry it. Reference: {reference}.",
    ),
    (
        "fr",
        "Ce message a été arrêté : il contient {titles}. Ce salon peut être lu par d'autres que ses destinataires. \
         Retirez cet élément, ou utilisez un moyen autorisé à le transporter. Référence : {reference}.",
    ),
];

const UNREADABLE: &[(&str, &str)] = &[
    ("en", "This message was stopped: it could not be checked."),
    ("fr", "Ce message a été arrêté : il n'a pas pu être vérifié."),
];

/// The title of « readable in an encrypted room », which is a matter of scope and no rule's.
const CLEARTEXT: &[(&str, &str)] = &[
    ("en", "text that is not encrypted, in an encrypted room"),
    ("fr", "du texte non chiffré, dans un salon chiffré"),
];

/// For an event that cannot be read.
pub(crate) fn unreadable() -> BTreeMap<&'static str, String> {
    UNREADABLE.iter().map(|(language, text)| (*language, (*text).to_owned())).collect()
}

/// What placeholders stand for in one language.
struct Words<'w> {
    title: &'w str,
    titles: String,
    rule: &'w str,
    reference: &'w str,
    count: usize,
}

impl Words<'_> {
    fn fill(&self, text: &str) -> String {
        placeholder::fill(text, |name| match name {
            "title" => Some(self.title.to_owned()),
            "titles" => Some(self.titles.clone()),
            "rule" => Some(self.rule.to_owned()),
            "reference" => Some(self.reference.to_owned()),
            "count" => Some(self.count.to_string()),
            _ => None,
        })
    }
}

/// For findings from `warn` on. The rule that weighs most speaks for all, in its own words where it has some.
pub(crate) fn found<'e>(engine: &'e Engine, findings: &[Finding], reference: &str) -> BTreeMap<&'e str, String> {
    let stopped = || findings.iter().filter(|finding| finding.action >= Action::Warn);
    let weight = |finding: &&Finding| (finding.action, engine.rule(finding.rule).severity(), finding.confidence);
    // Of several that weigh the same the first in the message.
    let Some(heaviest) = stopped().rev().max_by_key(weight) else { return BTreeMap::new() };
    let rule = engine.rule(heaviest.rule);
    let mut texts = texts(engine);
    texts.extend(rule.messages().iter().map(|(language, text)| (language.as_str(), text.as_str())));
    let say = |(language, text): (&'e str, &str)| {
        let mut titles: Vec<&str> = Vec::new();
        for finding in stopped() {
            let title = engine.rule(finding.rule).title().get(language);
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        let (titles, count) = (titles.join(", "), stopped().count());
        let words = Words { title: rule.title().get(language), titles, rule: rule.id(), reference, count };
        (language, words.fill(text))
    };
    texts.into_iter().map(say).collect()
}

/// For readable text in an encrypted room, where the policy refuses that.
pub(crate) fn cleartext<'e>(engine: &'e Engine, rule: &str, reference: &str) -> BTreeMap<&'e str, String> {
    let say = |(language, text): (&'e str, &str)| {
        let known = CLEARTEXT.iter().find(|(l, _)| *l == language).or(CLEARTEXT.first());
        let title = known.map_or("", |(_, title)| *title);
        (language, Words { title, titles: title.to_owned(), rule, reference, count: 1 }.fill(text))
    };
    texts(engine).into_iter().map(say).collect()
}

/// The policy's own texts, else ours.
fn texts(engine: &Engine) -> BTreeMap<&str, &str> {
    let own = &engine.policy().messages;
    if own.is_empty() {
        DEFAULT.iter().copied().collect()
    } else {
        own.iter().map(|(language, text)| (language.as_str(), text.as_str())).collect()
    }
}
