//! Many files become one policy: the root's tables, everybody's rules and vocabularies, overrides applied, the hash.
//!
//! The hash covers every file that the policy resolves to and the engine's version, so that two verdicts of one hash
//! were reached by the same rules and the same code.

use core::ops::Range;
use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::named::exact_file;
use super::{Parsed, within};
use crate::policy::attributes;
use crate::policy::bundle::Bundle;
use crate::policy::diagnostic::{Diagnostic, Level, did_you_mean, says_enough};
use crate::policy::exact::Exact;
use crate::policy::model::{Kind, Override, Rule, Vocabulary};
use crate::policy::placeholder::{self, PLACEHOLDERS};
use crate::policy::resolved::{Origin, Policy, ResolvedRule, VocabularyOrigin};
use crate::policy::source::{File, Located};

/// All that was read, as one policy. The files in order: what includes others comes behind them.
pub(super) fn merge(
    root: &str,
    files: Vec<Parsed>,
    (terms, exact): (&BTreeMap<String, Vec<String>>, &BTreeMap<String, Exact>),
    bundle: &Bundle,
    engine_version: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Policy {
    let mut hash = Sha256::new();
    hash.update(engine_version.as_bytes());
    let mut merge = Merge {
        terms,
        exact,
        diagnostics,
        policy: Policy::default(),
        overrides: Vec::new(),
        rule_ids: BTreeMap::new(),
        vocabulary_ids: BTreeMap::new(),
    };
    for Parsed { path, text, mut file } in files {
        hash_with_length(&mut hash, path.as_bytes());
        hash_with_length(&mut hash, text.as_bytes());
        let at = Source { path: &path, text: &text };
        if path == root {
            merge.root_tables(at, &mut file);
        } else {
            merge.refuse_root_tables(at, &file);
        }
        merge.vocabularies(at, file.vocabularies);
        merge.rules(at, file.rules);
        merge.unread_rules(at, file.unread_rules);
        merge.policy.sources.insert(path, text);
    }
    for path in terms.keys().chain(exact.keys()) {
        if let Some(Some(content)) = bundle.get(path) {
            hash_with_length(&mut hash, path.as_bytes());
            hash_with_length(&mut hash, content);
        }
    }
    let Merge { mut policy, overrides, diagnostics, .. } = merge;
    apply(&mut policy, overrides, diagnostics);
    // A file of vocabularies alone is there to be included.
    if policy.rules.is_empty() && policy.vocabularies.is_empty() {
        let remark = Diagnostic::warning("no-rules", root, "no rule is in force: every message passes");
        policy
            .idle
            .push(remark.help("include a pack, as `include = [\"builtin:packs/france.toml\"]`, or write a [[rule]]"));
    }
    policy.hash = format!("sha256:{}", hex(&hash.finalize()));
    policy
}

/// Two parts of a text, and the same text in one part, have different hashes.
fn hash_with_length(hash: &mut Sha256, part: &[u8]) {
    hash.update((part.len() as u64).to_le_bytes());
    hash.update(part);
}

/// The file that is being put in.
#[derive(Clone, Copy)]
struct Source<'f> {
    path: &'f str,
    text: &'f str,
}

impl Source<'_> {
    fn error(self, code: &'static str, span: Range<usize>, message: String) -> Diagnostic {
        Diagnostic::error(code, self.path, message).at(self.text, span)
    }

    /// Remarks on what no event has.
    fn never_applies(self, span: Range<usize>, never: Vec<attributes::Never>) -> impl Iterator<Item = Diagnostic> {
        let remark = move |(message, help)| {
            Diagnostic::warning("never-applies", self.path, message).at(self.text, span.clone()).help(help)
        };
        never.into_iter().map(remark)
    }
}

struct Merge<'m> {
    terms: &'m BTreeMap<String, Vec<String>>,
    exact: &'m BTreeMap<String, Exact>,
    diagnostics: &'m mut Vec<Diagnostic>,
    policy: Policy,
    /// With what to say where no rule has that id.
    overrides: Vec<(String, Override, Diagnostic)>,
    /// The file that each id stands in.
    rule_ids: BTreeMap<String, String>,
    vocabulary_ids: BTreeMap<String, String>,
}

impl Merge<'_> {
    fn root_tables(&mut self, at: Source<'_>, file: &mut File) {
        let policy = &mut self.policy;
        policy.header = file.header.take().map(|l| l.item).unwrap_or_default();
        policy.scope = file.scope.take().map(|l| l.item).unwrap_or_default();
        policy.actions = file.actions.take().map(|l| l.item).unwrap_or_default();
        policy.limits = file.limits.take().map(|l| l.item).unwrap_or_default();
        if let Some(messages) = file.messages.take() {
            self.diagnostics.extend(placeholders(at, &messages.item, |language| messages.key(language)));
            policy.messages = messages.item;
        }
        for carry in file.carry.drain(..) {
            if carry.item.level > 4 {
                let message = format!("a level goes from 0 to 4, this is {}", carry.item.level);
                self.diagnostics.push(at.error("bad-level", carry.key("level"), message));
            }
            policy.idle.extend(at.never_applies(carry.key("rooms"), attributes::rooms(&carry.item.rooms)));
            policy.carry.push(carry.item);
        }
        for (id, located) in file.overrides.drain(..) {
            let except = located.key("except");
            let unknown = at.error("unknown-rule", located.span, format!("no rule is called `{id}`"));
            let never = located.item.except.as_ref().map(attributes::never).unwrap_or_default();
            policy.idle.extend(at.never_applies(except, never));
            self.overrides.push((id, located.item, unknown));
        }
    }

    fn refuse_root_tables(&mut self, at: Source<'_>, file: &File) {
        for (table, span) in root_only(file) {
            let error = at.error("root-only", span, format!("`{table}` may stand in the root policy only"));
            self.diagnostics.push(error.help("an included file brings rules and vocabularies"));
        }
    }

    fn vocabularies(&mut self, at: Source<'_>, vocabularies: Vec<Located<Vocabulary>>) {
        for located in vocabularies {
            if says_enough(self.diagnostics) {
                break;
            }
            let id = located.item.id.clone();
            if let Some(other) = self.vocabulary_ids.insert(id.clone(), at.path.to_owned()) {
                let error = at.error("duplicate-id", located.key("id"), format!("there are two vocabularies `{id}`"));
                self.diagnostics.push(error.help(format!("the other one is in {other}")));
            }
            let (words, weight) = (located.keyed("words").unwrap_or_default(), located.key("weight"));
            self.policy.vocabulary_origins.push(VocabularyOrigin { path: at.path.to_owned(), words, weight });
            self.policy.vocabularies.push(located.item);
        }
    }

    fn rules(&mut self, at: Source<'_>, rules: Vec<Located<Rule>>) {
        for located in rules {
            if says_enough(self.diagnostics) {
                break;
            }
            let id = located.item.common.id.clone();
            if !is_rule_id(&id) {
                let error = at.error("bad-id", located.key("id"), format!("`{id}` is no rule id"));
                let help = "topic.thing in lower-case letters, digits and dashes: `fr.diffusion-restreinte`";
                self.diagnostics.push(error.help(help));
            }
            self.note_rule(at, &id, located.key("id"));
            let never = attributes::never(&located.item.common.except);
            self.policy.idle.extend(at.never_applies(located.key("except"), never));
            let said = placeholders(at, &located.item.common.messages, |_| located.key("messages"));
            self.diagnostics.extend(said.into_iter().map(|diagnostic| diagnostic.rule(&id)));
            let file = match &located.item.kind {
                Kind::Terms(rule) => rule.file.as_ref().map(|file| self.terms.get(&within(at.path, file)).cloned()),
                _ => None,
            };
            let exact = exact_file(&located.item.kind);
            let exact = exact.and_then(|file| self.exact.get(&within(at.path, &file.file)).cloned());
            let lacks_terms = file == Some(None);
            let terms = file.flatten().unwrap_or_default();
            let origin = Origin::of(at.path, &located);
            self.policy.rules.push(ResolvedRule { rule: located.item, terms, lacks_terms, exact, origin });
        }
    }

    fn unread_rules(&mut self, at: Source<'_>, rules: Vec<(String, Range<usize>)>) {
        for (id, span) in rules {
            self.note_rule(at, &id, span);
            self.policy.unread.insert(id);
        }
    }

    fn note_rule(&mut self, at: Source<'_>, id: &str, span: Range<usize>) {
        if let Some(other) = self.rule_ids.insert(id.to_owned(), at.path.to_owned()) {
            let error = at.error("duplicate-id", span, format!("there are two rules `{id}`")).rule(id);
            let help = format!("the other one is in {other}; to change it write [overrides.\"{id}\"]");
            self.diagnostics.push(error.help(help));
        }
    }
}

/// What texts ask for that nothing fills in.
fn placeholders(
    at: Source<'_>,
    messages: &BTreeMap<String, String>,
    span: impl Fn(&str) -> Range<usize>,
) -> Vec<Diagnostic> {
    let known: Vec<&str> = PLACEHOLDERS.iter().map(|(name, _)| *name).collect();
    let mut diagnostics = Vec::new();
    for (language, message) in messages {
        for name in placeholder::unknown(message) {
            let help = match did_you_mean(name, known.iter().copied()) {
                Some(meant) => format!("did you mean `{{{meant}}}`?"),
                None => format!("known: {}", known.join(", ")),
            };
            let message = format!("the text for `{language}` has the placeholder `{{{name}}}`, which nothing fills in");
            diagnostics.push(at.error("unknown-placeholder", span(language), message).help(help));
        }
    }
    diagnostics
}

fn root_only(file: &File) -> Vec<(&'static str, Range<usize>)> {
    let mut found = Vec::new();
    let mut note = |name, span: Option<&Range<usize>>| found.extend(span.map(|span| (name, span.clone())));
    note("policy", file.header.as_ref().map(|l| &l.span));
    note("scope", file.scope.as_ref().map(|l| &l.span));
    note("actions", file.actions.as_ref().map(|l| &l.span));
    note("limits", file.limits.as_ref().map(|l| &l.span));
    note("messages", file.messages.as_ref().map(|l| &l.span));
    note("carry", file.carry.first().map(|l| &l.span));
    note("overrides", file.overrides.first().map(|(_, l)| &l.span));
    found
}

fn apply(policy: &mut Policy, overrides: Vec<(String, Override, Diagnostic)>, diagnostics: &mut Vec<Diagnostic>) {
    for (id, change, unknown) in overrides {
        let Some(position) = policy.rules.iter().position(|r| r.rule.common.id == id) else {
            // The rule is there, only not in a form that can be read.
            if policy.unread.contains(&id) {
                continue;
            }
            let known = policy.rules.iter().map(|r| r.rule.common.id.as_str());
            diagnostics.push(match did_you_mean(&id, known) {
                Some(meant) => unknown.help(format!("did you mean `{meant}`?")),
                None => unknown,
            });
            continue;
        };
        if change.enabled == Some(false) {
            policy.rules.remove(position);
            policy.disabled.insert(id);
            continue;
        }
        let common = &mut policy.rules[position].rule.common;
        // Compared as they print: there is no other use for equality of exceptions.
        let before = format!("{common:?}");
        common.action = change.action.or(common.action);
        common.severity = change.severity.unwrap_or(common.severity);
        common.maturity = change.maturity.unwrap_or(common.maturity);
        common.threshold = change.threshold.unwrap_or(common.threshold);
        if let Some(except) = change.except {
            common.except = except;
        }
        if format!("{common:?}") == before {
            let message = format!("this leaves the rule `{id}` as it is");
            let idle = Diagnostic { severity: Level::Warning, code: "idle-override", message, ..unknown };
            policy.idle.push(idle.rule(&id).help("take it out, or write what should change"));
        }
    }
}

fn is_rule_id(id: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    id.len() <= 64 && id.split_once('.').is_some_and(|(topic, thing)| part(topic) && thing.split('.').all(part))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
