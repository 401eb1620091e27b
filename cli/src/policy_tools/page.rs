//! A rule as a page of Markdown, from the rule itself: for the terminal, for `docs/rules/`, for the pages of anyone's own policy.
//!
//! Whatever the language learns to say shows up here by itself: the keys of a kind are listed as they are, with the language's own words
//! for each.

use std::fmt::Write as _;

use filter_core::policy::ResolvedRule;
use filter_core::policy::model::{Example, Kind, Localised, Maturity, RuleAction};
use filter_core::{Action, Confidence, Severity};
use serde_json::Value;

/// How messages are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secrets {
    /// So that no scanner takes the page for a leak.
    Masked,
    /// As they stand in the policy.
    Shown,
}

/// The word of the language for a severity.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}

/// The word of the language for a kind.
pub(crate) fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Marking(_) => "marking",
        Kind::Pattern(_) => "pattern",
        Kind::Shape(_) => "shape",
        Kind::Terms(_) => "terms",
        Kind::Combination(_) => "combination",
        Kind::File(_) => "file",
    }
}

/// What a rule does by confidence, in the policy that it stands in: low, medium, high.
pub(crate) fn actions(rule: &ResolvedRule, policy: &filter_core::policy::Policy) -> [Action; 3] {
    let common = &rule.rule.common;
    let by_severity = policy.actions.of(common.severity);
    let of = |confidence| common.action.as_ref().map_or(by_severity, |action: &RuleAction| action.of(confidence));
    let cap =
        |action: Action| if common.maturity == Maturity::Experimental { action.min(Action::Flag) } else { action };
    [Confidence::Low, Confidence::Medium, Confidence::High].map(|confidence| cap(of(confidence)))
}

/// The page.
pub(crate) fn markdown(rule: &ResolvedRule, policy: &filter_core::policy::Policy, secrets: Secrets) -> String {
    let common = &rule.rule.common;
    let mut page = format!("# `{}`\n\n", common.id);
    let _ = writeln!(page, "{}.\n", capitalised(common.title.get("en")));
    let [low, medium, high] = actions(rule, policy).map(Action::as_str);
    let action = if low == medium && medium == high {
        high.to_owned()
    } else {
        format!("{high} at high confidence, {medium} at medium, {low} at low")
    };
    let maturity = match common.maturity {
        Maturity::Stable => "stable",
        Maturity::Experimental => "experimental: never more than `flag`",
    };
    let _ = writeln!(page, "| | |\n|---|---|");
    for (key, value) in [
        ("kind", kind(&rule.rule.kind)),
        ("category", &common.category),
        ("severity", severity(common.severity)),
        ("action", &action),
        ("maturity", maturity),
        ("from", rule.path()),
    ] {
        let _ = writeln!(page, "| {key} | {} |", cell(value));
    }
    if let Localised::ByLanguage(titles) = &common.title {
        for (language, title) in titles {
            let _ = writeln!(page, "| called in `{language}` | {} |", cell(title));
        }
    }
    if !common.why.is_empty() {
        let _ = writeln!(page, "\n## Why\n\n{}", common.why);
    }
    let _ = writeln!(page, "\n## What it looks for\n\n| key | |\n|---|---|");
    for (key, value) in own_keys(rule) {
        let _ = writeln!(page, "| `{key}` | {} |", value.replace('|', "\\|"));
    }
    let mask = secrets == Secrets::Masked && common.category == "secret";
    messages(&mut page, "Stopped", &common.examples, mask);
    messages(&mut page, "Flagged at most", &common.mentions, mask);
    messages(&mut page, "Let pass", &common.counter_examples, mask);
    bullets(&mut page, "Known false positives", &common.known_false_positives);
    bullets(&mut page, "References", &common.references);
    let _ = write!(
        page,
        "\n## To change it\n\nIn your policy, for example:\n\n```toml\n[overrides.\"{}\"]\naction = \"flag\"    # or: enabled = false\n```\n",
        common.id
    );
    page
}

/// The first letter in a capital; titles are written to stand in a sentence.
pub(crate) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// The keys of the rule's kind that say something, as Markdown.
fn own_keys(rule: &ResolvedRule) -> Vec<(String, String)> {
    let value = match &rule.rule.kind {
        Kind::Marking(rule) => serde_json::to_value(rule),
        Kind::Pattern(rule) => serde_json::to_value(rule),
        Kind::Shape(rule) => serde_json::to_value(rule),
        Kind::Terms(rule) => serde_json::to_value(rule),
        Kind::Combination(rule) => serde_json::to_value(rule),
        Kind::File(rule) => serde_json::to_value(rule),
    };
    let Ok(Value::Object(keys)) = value else { return Vec::new() };
    let mut shown = Vec::new();
    for (key, value) in keys {
        // What must not be said should not stand on a page about it either; of secret projects the number is enough.
        let value = match (key.as_str(), &value) {
            ("terms", Value::Array(terms)) => format!("{} words or phrases", terms.len()),
            ("file", Value::String(file)) => format!("`{file}`, {} words or phrases", rule.terms.len()),
            _ if says_nothing(&value) => continue,
            _ => describe(&value),
        };
        shown.push((key, value));
    }
    shown
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(keys) => keys.values().all(says_nothing),
        Value::String(text) => text.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn describe(value: &Value) -> String {
    match value {
        Value::String(text) => code(text),
        Value::Array(items) => items.iter().map(describe).collect::<Vec<_>>().join(", "),
        Value::Object(keys) => {
            let said = keys.iter().filter(|(_, value)| !says_nothing(value));
            said.map(|(key, value)| format!("{key}: {}", describe(value))).collect::<Vec<_>>().join("; ")
        }
        other => format!("`{other}`"),
    }
}

/// A code span that holds any text.
fn code(text: &str) -> String {
    let text = visible(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    if longest == 0 { format!("`{text}`") } else { format!("{0} {text} {0}", "`".repeat(longest + 1)) }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn bullets(page: &mut String, title: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(page, "\n## {title}\n");
    for item in items {
        let _ = writeln!(page, "- {item}");
    }
}

fn messages(page: &mut String, title: &str, messages: &[Example], mask: bool) {
    if messages.is_empty() {
        return;
    }
    let lines = messages.iter().map(|example| {
        let text = example.text();
        visible(&if mask { masked(&text) } else { text })
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    let fence = if lines.contains("```") { "````" } else { "```" };
    let _ = writeln!(page, "\n## {title}\n\n{fence}text\n{lines}\n{fence}");
}

/// One message a line: line ends, and what cannot be seen, are spelled out.
fn visible(text: &str) -> String {
    let mut visible = String::new();
    for c in text.chars() {
        match c {
            '\n' => visible.push_str(" ⏎ "),
            '\t' => visible.push_str(" ⇥ "),
            '\u{a0}'
            | '\u{ad}'
            | '\u{feff}'
            | '\u{2000}'..='\u{200f}'
            | '\u{2028}'..='\u{202f}'
            | '\u{2060}'..='\u{206f}'
            | '\u{300}'..='\u{36f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0000}'..='\u{e01ef}' => {
                let _ = write!(visible, "\\u{{{:x}}}", c as u32);
            }
            c if c.is_control() => {
                let _ = write!(visible, "\\u{{{:x}}}", c as u32);
            }
            c => visible.push(c),
        }
    }
    visible
}

/// The text without what a scanner could take for a live secret: of every word of letters and digits three signs are left.
fn masked(text: &str) -> String {
    const SEPARATORS: &[char] =
        &[' ', '\n', '\t', '"', '\'', '=', ':', ',', ';', '&', '/', '@', '?', '<', '>', '(', ')', '{', '}', '\u{a0}'];
    let mut masked = String::new();
    for part in text.split_inclusive(SEPARATORS) {
        let (word, end) = match part.char_indices().next_back() {
            Some((at, last)) if SEPARATORS.contains(&last) => part.split_at(at),
            _ => (part, ""),
        };
        let letters = word.chars().any(char::is_alphabetic);
        let others = word.chars().any(|c| c.is_ascii_digit() || "!#$%^*+~".contains(c));
        let is_suspect = word.chars().count() >= 6 && letters && others || word.len() >= 24;
        if is_suspect && !word.chars().all(|c| c == '-' || c.is_ascii_uppercase()) {
            masked.extend(word.chars().take(3));
            masked.push('…');
        } else {
            masked.push_str(word);
        }
        masked.push_str(end);
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::{masked, visible};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(masked(text), expected);
    }

    #[test]
    fn what_could_be_a_secret_is_cut_and_the_words_around_it_stay() {
        check("mdp de la boîte : Prefecture2026!", "mdp de la boîte : Pre…");
        check("token=ghp_16C7e42F292c6912E7710c838347Ae178B4a ok", "token=ghp… ok");
        check("-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----");
        check("mot de passe : voir le mail", "mot de passe : voir le mail");
    }

    #[test]
    fn what_cannot_be_seen_is_spelled_out() {
        assert_eq!(visible("a\nb\u{200b}c\u{a0}d"), "a ⏎ b\\u{200b}c\\u{a0}d");
    }
}
