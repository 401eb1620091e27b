//! Placeholders in the texts that people are shown. Each stands for something of the policy or a number, so that no text can
//! repeat what was found.

/// The placeholders, and what each stands for.
pub const PLACEHOLDERS: &[(&str, &str)] = &[
    ("title", "the title of the rule that weighs most"),
    ("titles", "the titles of all rules on whose account the message is stopped"),
    ("rule", "the id of the rule that weighs most"),
    ("reference", "the code under which a help desk finds the decision"),
    ("count", "how many findings the message is stopped for"),
];

/// What stands in braces in a text and is no placeholder.
pub(crate) fn unknown(text: &str) -> impl Iterator<Item = &str> {
    names(text).filter(|name| !PLACEHOLDERS.iter().any(|(known, _)| known == name))
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|part| part.find('}').map(|end| &part[..end]))
}

/// Fills the placeholders; what `value` does not know stays as it is.
#[must_use]
pub fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, behind) = rest.split_at(open);
        filled.push_str(before);
        let known = behind.find('}').and_then(|close| Some((value(&behind[1..close])?, close)));
        match known {
            Some((value, close)) => {
                filled.push_str(&value);
                rest = &behind[close + 1..];
            }
            None => {
                filled.push('{');
                rest = &behind[1..];
            }
        }
    }
    filled + rest
}
