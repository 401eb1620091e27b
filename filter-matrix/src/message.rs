//! What the sender is told, by language.
//!
//! The texts are the policy's; a policy that has none gets ours. Placeholders are filled with the titles of rules and
//! the reference, which name what was found without repeating it.

use std::collections::BTreeMap;

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

/// For findings from `warn` on.
pub(crate) fn found<'e>(engine: &'e Engine, findings: &[Finding], reference: &str) -> BTreeMap<&'e str, String> {
    render(engine, reference, |language| {
        let mut titles: Vec<&str> = Vec::new();
        for finding in findings.iter().filter(|finding| finding.action >= Action::Warn) {
            let title = engine.rule(finding.rule).title().get(language);
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        titles.join(", ")
    })
}

/// For readable text in an encrypted room, where the policy refuses that.
pub(crate) fn cleartext<'e>(engine: &'e Engine, reference: &str) -> BTreeMap<&'e str, String> {
    render(engine, reference, |language| {
        let known = CLEARTEXT.iter().find(|(l, _)| *l == language).or(CLEARTEXT.first());
        known.map_or_else(String::new, |(_, text)| (*text).to_owned())
    })
}

fn render<'e>(engine: &'e Engine, reference: &str, titles: impl Fn(&str) -> String) -> BTreeMap<&'e str, String> {
    let fill =
        |language: &str, text: &str| text.replace("{titles}", &titles(language)).replace("{reference}", reference);
    let own = &engine.policy().messages;
    if own.is_empty() {
        DEFAULT.iter().map(|(language, text)| (*language, fill(language, text))).collect()
    } else {
        own.iter().map(|(language, text)| (language.as_str(), fill(language, text))).collect()
    }
}
