//! Follows includes, applies overrides, computes the hash: many files become one [`Policy`].
//!
//! The hash covers every file that the policy resolves to and the engine's version, so that two verdicts of one hash
//! were reached by the same rules and the same code.

use core::ops::Range;
use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::attributes;
use super::bundle::{BUILTIN, Bundle, is_confined};
use super::diagnostic::{Diagnostic, Level, did_you_mean, says_enough};
use super::exact::{Exact, Hashes, KEY, Key, Mistake, SHORTEST_KEY};
use super::model::{Actions, Carry, Header, Limits, Override, Rule, Scope, Vocabulary};
use super::model::{ExactFile, Kind, Localised};
use super::placeholder::{self, PLACEHOLDERS};
use super::source::{self, File, Keyed, Located};

/// Why a policy did not load.
#[derive(Clone, Debug)]
pub enum LoadError {
    /// These files are needed too.
    Needs(Vec<String>),
    /// It is wrong; at least one of these is an error.
    Invalid(Vec<Diagnostic>),
}

/// A rule with everything that was said about it, wherever.
#[derive(Debug)]
pub struct ResolvedRule {
    /// As written, overrides applied.
    pub rule: Rule,
    /// The terms of its `file`, one a line.
    pub terms: Vec<String>,
    /// Its `file` could not be read, which has been told.
    pub(crate) lacks_terms: bool,
    /// The values of its `exact`.
    pub(crate) exact: Option<Exact>,
    pub(crate) origin: Origin,
}

/// Where something stands in the policy's files.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) path: String,
    spans: BTreeMap<&'static str, Keyed>,
    whole: Range<usize>,
}

/// Where a vocabulary stands, as far as it is pointed at.
#[derive(Debug)]
struct VocabularyOrigin {
    path: String,
    words: Keyed,
    weight: Range<usize>,
}

/// A key of a rule, or one item of the list that it is.
#[derive(Clone, Copy)]
pub(crate) struct At {
    key: &'static str,
    item: Option<usize>,
}

impl From<&'static str> for At {
    fn from(key: &'static str) -> Self {
        Self { key, item: None }
    }
}

impl From<(&'static str, usize)> for At {
    fn from((key, item): (&'static str, usize)) -> Self {
        Self { key, item: Some(item) }
    }
}

impl Origin {
    fn span(&self, at: At) -> Range<usize> {
        let Some(keyed) = self.spans.get(at.key) else { return self.whole.clone() };
        at.item.and_then(|item| keyed.items.get(item)).unwrap_or(&keyed.whole).clone()
    }
}

/// A policy with nothing left to look up.
#[derive(Debug)]
pub struct Policy {
    /// `[policy]`
    pub header: Header,
    /// `[scope]`
    pub scope: Scope,
    /// `[actions]`
    pub actions: Actions,
    /// `[limits]`
    pub limits: Limits,
    /// `[messages]`
    pub messages: BTreeMap<String, String>,
    /// `[[carry]]`
    pub carry: Vec<Carry>,
    /// `[[vocabulary]]`, in the order of their files.
    pub vocabularies: Vec<Vocabulary>,
    /// `[[rule]]`, in the order of their files, without those switched off.
    pub rules: Vec<ResolvedRule>,
    /// `sha256:` and 64 hexadecimal digits.
    pub hash: String,
    sources: BTreeMap<String, String>,
    vocabulary_origins: Vec<VocabularyOrigin>,
    /// Some could not be read, so that one that is not there need not be the author's mistake.
    pub(crate) lacks_vocabularies: bool,
    /// The same for rules.
    pub(crate) lacks_rules: bool,
    /// The ids of rules that could not be read.
    pub(crate) unread: BTreeSet<String>,
    /// What loads and does nothing, for `lint`: overrides that leave their rules as they are, exceptions for what no event has.
    pub(crate) idle: Vec<Diagnostic>,
    /// The ids of rules that are switched off.
    pub disabled: BTreeSet<String>,
}

impl Policy {
    /// A diagnostic that points at a key of a rule.
    pub(crate) fn diagnose(
        &self,
        level: Level,
        code: &'static str,
        rule: &ResolvedRule,
        at: impl Into<At>,
        message: String,
    ) -> Diagnostic {
        let origin = &rule.origin;
        let diagnostic = match level {
            Level::Error => Diagnostic::error(code, &origin.path, message),
            Level::Warning => Diagnostic::warning(code, &origin.path, message),
        };
        let span = origin.span(at.into());
        let source = self.sources.get(&origin.path).map_or("", String::as_str);
        diagnostic.at(source, span).rule(&rule.rule.common.id)
    }

    /// Whether the policy's author wrote it, and not a built-in pack.
    pub(crate) fn is_own_vocabulary(&self, vocabulary: usize) -> bool {
        self.vocabulary_origins.get(vocabulary).is_some_and(|origin| !origin.path.starts_with(BUILTIN))
    }

    /// A diagnostic that points at the words of a vocabulary, or at one of them.
    pub(crate) fn diagnose_words(
        &self,
        code: &'static str,
        vocabulary: usize,
        word: Option<usize>,
        message: String,
    ) -> Diagnostic {
        let Some(VocabularyOrigin { path, words, .. }) = self.vocabulary_origins.get(vocabulary) else {
            return Diagnostic::error(code, "", message);
        };
        let source = self.sources.get(path).map_or("", String::as_str);
        let span = word.and_then(|word| words.items.get(word)).unwrap_or(&words.whole);
        Diagnostic::error(code, path, message).at(source, span.clone())
    }

    /// A remark on the weight of a vocabulary.
    pub(crate) fn remark_on_weight(&self, code: &'static str, vocabulary: usize, message: String) -> Diagnostic {
        let Some(VocabularyOrigin { path, weight, .. }) = self.vocabulary_origins.get(vocabulary) else {
            return Diagnostic::warning(code, "", message);
        };
        let source = self.sources.get(path).map_or("", String::as_str);
        Diagnostic::warning(code, path, message).at(source, weight.clone())
    }
}

/// The keys of rules that later stages point at.
const POINTED_AT: &[&str] = &[
    "id",
    "title",
    "severity",
    "category",
    "phrases",
    "abbreviations",
    "caveats",
    "vocabularies",
    "grammar",
    "score",
    "marking",
    "shape",
    "groups",
    "validator",
    "context",
    "prefix",
    "longest",
    "lookback",
    "pattern",
    "terms",
    "file",
    "examples",
    "counter_examples",
    "mentions",
    "except",
    "exact",
    "messages",
    "all",
    "any",
    "not",
    "at_least",
    "within",
    "types",
    "extensions",
];

/// Follows includes from the bundle's root.
///
/// # Errors
/// [`LoadError::Needs`] as long as a file is missing from the bundle. What is wrong with the files is in the diagnostics, so that
/// the rules that can be read are compiled all the same and everything is told at once.
pub fn resolve(bundle: &Bundle, engine_version: &str) -> Result<(Policy, Vec<Diagnostic>), LoadError> {
    let mut diagnostics = Vec::new();
    let Some(root) = bundle.root() else {
        return Err(LoadError::Invalid(vec![Diagnostic::error("no-root", "", "the bundle holds no file")]));
    };
    let mut walk =
        Walk { bundle, diagnostics: &mut diagnostics, files: Vec::new(), seen: BTreeSet::new(), needs: Vec::new() };
    walk.visit(root, None, &mut Vec::new());
    let Walk { files, mut needs, .. } = walk;

    // What a file that cannot be read would have brought is not called unknown too.
    let lost = ["missing-file", "not-utf8", "syntax", "outside-folder"];
    let is_incomplete = diagnostics.iter().any(|diagnostic| lost.contains(&diagnostic.code));
    let lacks_vocabularies = is_incomplete || files.iter().any(|parsed| parsed.file.lacks_vocabularies);
    let lacks_rules = is_incomplete || files.iter().any(|parsed| parsed.file.lacks_rules);

    let terms = terms_files(bundle, &files, &mut needs, &mut diagnostics);
    let exact = exact_files(bundle, &files, &mut needs, &mut diagnostics);
    if !needs.is_empty() {
        needs.dedup();
        return Err(LoadError::Needs(needs));
    }

    let mut policy = merge(root, files, (&terms, &exact), bundle, engine_version, &mut diagnostics);
    policy.lacks_vocabularies = lacks_vocabularies;
    policy.lacks_rules = lacks_rules;
    if lacks_rules {
        diagnostics.retain(|diagnostic| diagnostic.code != "unknown-rule");
    }
    Ok((policy, diagnostics))
}

struct Parsed {
    path: String,
    text: String,
    file: File,
}

struct Walk<'b> {
    bundle: &'b Bundle,
    diagnostics: &'b mut Vec<Diagnostic>,
    files: Vec<Parsed>,
    seen: BTreeSet<String>,
    needs: Vec<String>,
}

impl Walk<'_> {
    /// Included files come before the file that includes them, so that it has the last word.
    fn visit(&mut self, path: &str, asked_by: Option<(&Parsed, &Range<usize>)>, open: &mut Vec<String>) {
        if open.iter().any(|p| p == path) {
            if let Some((parent, span)) = asked_by {
                self.diagnostics.push(
                    Diagnostic::error("include-cycle", &parent.path, format!("`{path}` includes itself in the end"))
                        .at(&parent.text, span.clone())
                        .help(format!("{} -> {path}", open.join(" -> "))),
                );
            }
            return;
        }
        if self.seen.contains(path) {
            return;
        }
        let content = match self.bundle.get(path) {
            None => {
                if !self.needs.iter().any(|p| p == path) {
                    self.needs.push(path.to_owned());
                }
                return;
            }
            Some(None) => {
                let diagnostic = match asked_by {
                    Some((parent, span)) => {
                        Diagnostic::error("missing-file", &parent.path, format!("`{path}` cannot be read"))
                            .at(&parent.text, span.clone())
                    }
                    None => Diagnostic::error("missing-file", path, "the policy cannot be read"),
                };
                self.diagnostics.push(diagnostic.help("paths are relative to the folder of the root policy"));
                self.seen.insert(path.to_owned());
                return;
            }
            Some(Some(content)) => content,
        };
        self.seen.insert(path.to_owned());
        let text = match core::str::from_utf8(content) {
            Ok(text) => text.to_owned(),
            Err(error) => {
                self.diagnostics.push(not_utf8(path, content, error.valid_up_to()));
                return;
            }
        };
        let file = source::parse(path, &text, self.diagnostics);
        let parsed = Parsed { path: path.to_owned(), text, file };
        open.push(path.to_owned());
        for (include, span) in &parsed.file.include {
            if let Some(target) = self.confined(&parsed, include, span) {
                self.visit(&target, Some((&parsed, span)), open);
            }
        }
        open.pop();
        self.files.push(parsed);
    }

    fn confined(&mut self, parent: &Parsed, include: &str, span: &Range<usize>) -> Option<String> {
        if !is_confined(include) {
            self.diagnostics.push(unconfined(&parent.path, &parent.text, include, span.clone()));
            return None;
        }
        Some(within(&parent.path, include))
    }
}

fn not_utf8(path: &str, content: &[u8], valid: usize) -> Diagnostic {
    let text = core::str::from_utf8(&content[..valid]).unwrap_or("");
    Diagnostic::error("not-utf8", path, format!("the file is not UTF-8 from byte {valid} on")).at(text, valid..valid)
}

fn unconfined(path: &str, text: &str, wanted: &str, span: Range<usize>) -> Diagnostic {
    Diagnostic::error("outside-folder", path, format!("`{wanted}` leads out of the policy's folder"))
        .at(text, span)
        .help("write a path relative to the root policy, without `..`, or `builtin:…`")
}

/// A built-in file's own includes are built in too.
fn within(parent: &str, path: &str) -> String {
    if parent.starts_with(BUILTIN) && !path.starts_with(BUILTIN) { format!("{BUILTIN}{path}") } else { path.to_owned() }
}

fn terms_files(
    bundle: &Bundle,
    files: &[Parsed],
    needs: &mut Vec<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Vec<String>> {
    let mut terms = BTreeMap::new();
    for parsed in files {
        for located in &parsed.file.rules {
            let Kind::Terms(rule) = &located.item.kind else {
                continue;
            };
            let Some(path) = &rule.file else { continue };
            let span = located.key("file");
            if !is_confined(path) {
                diagnostics.push(unconfined(&parsed.path, &parsed.text, path, span).rule(&located.item.common.id));
                continue;
            }
            let path = within(&parsed.path, path);
            match bundle.get(&path) {
                None => needs.push(path),
                Some(None) => diagnostics.push(
                    Diagnostic::error("missing-file", &parsed.path, format!("`{path}` cannot be read"))
                        .at(&parsed.text, span)
                        .rule(&located.item.common.id)
                        .help("paths are relative to the folder of the root policy"),
                ),
                Some(Some(content)) => match core::str::from_utf8(content) {
                    Ok(text) => {
                        let lines = text.lines().map(|line| line.split('#').next().unwrap_or("").trim());
                        terms.insert(path, lines.filter(|line| !line.is_empty()).map(str::to_owned).collect());
                    }
                    Err(error) => diagnostics.push(not_utf8(&path, content, error.valid_up_to())),
                },
            }
        }
    }
    terms
}

fn exact_file(kind: &Kind) -> Option<&ExactFile> {
    match kind {
        Kind::Pattern(rule) => rule.exact.as_ref(),
        Kind::Shape(rule) => rule.exact.as_ref(),
        Kind::Marking(_) | Kind::Terms(_) | Kind::Combination(_) | Kind::File(_) => None,
    }
}

/// The files of keyed hashes, with their keys. A file says which key it wants, so that the host is asked a second time.
fn exact_files(
    bundle: &Bundle,
    files: &[Parsed],
    needs: &mut Vec<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Exact> {
    let (mut exact, mut seen) = (BTreeMap::new(), BTreeSet::new());
    for parsed in files {
        for located in &parsed.file.rules {
            let Some(ExactFile { file: path }) = exact_file(&located.item.kind) else { continue };
            let span = located.key("exact");
            let id = &located.item.common.id;
            let mut wrong = |code, message: String, help: &str| {
                let diagnostic = Diagnostic::error(code, &parsed.path, message).at(&parsed.text, span.clone()).rule(id);
                diagnostics.push(diagnostic.help(help));
            };
            if !is_confined(path) {
                diagnostics.push(unconfined(&parsed.path, &parsed.text, path, span).rule(id));
                continue;
            }
            let path = within(&parsed.path, path);
            // Two rules may share a file, and what is wrong with it is told once.
            if !seen.insert(path.clone()) {
                continue;
            }
            let content = match bundle.get(&path) {
                None => {
                    needs.push(path);
                    continue;
                }
                Some(None) => {
                    let help =
                        "paths are relative to the folder of the root policy; `tamis policy hash` makes the file";
                    wrong("missing-file", format!("`{path}` cannot be read"), help);
                    continue;
                }
                Some(Some(content)) => content,
            };
            let text = match core::str::from_utf8(content) {
                Ok(text) => text,
                Err(error) => {
                    diagnostics.push(not_utf8(&path, content, error.valid_up_to()));
                    continue;
                }
            };
            let hashes = match Hashes::parse(text) {
                Ok(hashes) => hashes,
                Err(Mistake { line, message }) => {
                    let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
                    let diagnostic = Diagnostic::error("bad-exact", &path, message).at(text, start..start).rule(id);
                    diagnostics.push(diagnostic.help("make the file with `tamis policy hash`"));
                    continue;
                }
            };
            let key_path = format!("{KEY}{}", hashes.key);
            let key = match bundle.get(&key_path) {
                None => {
                    needs.push(key_path);
                    continue;
                }
                Some(None) => {
                    let message =
                        format!("`{path}` was made with the key `{}`, which the host does not supply", hashes.key);
                    let help = format!(
                        "`tamis … --key {}=FILE`, or the host's configuration, says where the key is; it is never in the policy",
                        hashes.key
                    );
                    wrong("missing-key-value", message, &help);
                    continue;
                }
                Some(Some(key)) => Key::new(key),
            };
            let Some(key) = key else {
                let message = format!("the key `{}` has fewer than {SHORTEST_KEY} bytes", hashes.key);
                wrong("short-key", message, "make one with a generator of random bytes, and the file of hashes anew");
                continue;
            };
            let name = hashes.key.clone();
            match hashes.with(key) {
                Some(values) => {
                    exact.insert(path, values);
                }
                None => {
                    let message =
                        format!("the key `{name}` that the host supplies is not the one that `{path}` was made with");
                    wrong("wrong-key", message, "supply the right key, or make the file anew with this one");
                }
            }
        }
    }
    exact
}

fn merge(
    root: &str,
    files: Vec<Parsed>,
    (terms, exact): (&BTreeMap<String, Vec<String>>, &BTreeMap<String, Exact>),
    bundle: &Bundle,
    engine_version: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Policy {
    let mut hash = Sha256::new();
    hash.update(engine_version.as_bytes());
    let mut policy = Policy {
        header: Header::default(),
        scope: Scope::default(),
        actions: Actions::default(),
        limits: Limits::default(),
        messages: BTreeMap::new(),
        carry: Vec::new(),
        vocabularies: Vec::new(),
        rules: Vec::new(),
        hash: String::new(),
        sources: BTreeMap::new(),
        vocabulary_origins: Vec::new(),
        lacks_vocabularies: false,
        lacks_rules: false,
        unread: BTreeSet::new(),
        idle: Vec::new(),
        disabled: BTreeSet::new(),
    };
    let mut overrides: Vec<(String, Override, Diagnostic)> = Vec::new();
    let mut rule_ids: BTreeMap<String, String> = BTreeMap::new();
    let mut vocabulary_ids: BTreeMap<String, String> = BTreeMap::new();

    for Parsed { path, text, file } in files {
        for part in [path.as_str(), text.as_str()] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        if path == root {
            policy.header = file.header.map(|l| l.item).unwrap_or_default();
            policy.scope = file.scope.map(|l| l.item).unwrap_or_default();
            policy.actions = file.actions.map(|l| l.item).unwrap_or_default();
            policy.limits = file.limits.map(|l| l.item).unwrap_or_default();
            if let Some(messages) = &file.messages {
                let span = |language: &str| messages.key(language);
                diagnostics.extend(placeholders(&path, &text, &messages.item, span));
            }
            policy.messages = file.messages.map(|l| l.item).unwrap_or_default();
            for carry in file.carry {
                if carry.item.level > 4 {
                    let message = format!("a level goes from 0 to 4, this is {}", carry.item.level);
                    diagnostics.push(Diagnostic::error("bad-level", &path, message).at(&text, carry.key("level")));
                }
                let never = attributes::rooms(&carry.item.rooms);
                policy.idle.extend(never_applies(&path, &text, &carry.key("rooms"), never));
                policy.carry.push(carry.item);
            }
            for (id, located) in file.overrides {
                let except = located.key("except");
                let diagnostic = Diagnostic::error("unknown-rule", &path, format!("no rule is called `{id}`"))
                    .at(&text, located.span);
                let never = located.item.except.as_ref().map(attributes::never).unwrap_or_default();
                policy.idle.extend(never_applies(&path, &text, &except, never));
                overrides.push((id, located.item, diagnostic));
            }
        } else {
            for (table, span) in root_only(&file) {
                diagnostics.push(
                    Diagnostic::error("root-only", &path, format!("`{table}` may stand in the root policy only"))
                        .at(&text, span)
                        .help("an included file brings rules and vocabularies"),
                );
            }
        }
        for located in file.vocabularies {
            if says_enough(diagnostics) {
                break;
            }
            let id = located.item.id.clone();
            if let Some(other) = vocabulary_ids.insert(id.clone(), path.clone()) {
                diagnostics.push(
                    Diagnostic::error("duplicate-id", &path, format!("there are two vocabularies `{id}`"))
                        .at(&text, located.key("id"))
                        .help(format!("the other one is in {other}")),
                );
            }
            let (words, weight) = (located.keyed("words").unwrap_or_default(), located.key("weight"));
            policy.vocabulary_origins.push(VocabularyOrigin { path: path.clone(), words, weight });
            policy.vocabularies.push(located.item);
        }
        for located in file.rules {
            if says_enough(diagnostics) {
                break;
            }
            let id = located.item.common.id.clone();
            if !is_rule_id(&id) {
                diagnostics.push(
                    Diagnostic::error("bad-id", &path, format!("`{id}` is no rule id"))
                        .at(&text, located.key("id"))
                        .help("topic.thing in lower-case letters, digits and dashes: `fr.diffusion-restreinte`"),
                );
            }
            if let Some(other) = rule_ids.insert(id.clone(), path.clone()) {
                diagnostics.push(two_rules(&path, &text, located.key("id"), &id, &other));
            }
            let never = attributes::never(&located.item.common.except);
            policy.idle.extend(never_applies(&path, &text, &located.key("except"), never));
            let messages = &located.item.common.messages;
            let said = placeholders(&path, &text, messages, |_| located.key("messages"));
            diagnostics.extend(said.into_iter().map(|diagnostic| diagnostic.rule(&id)));
            let file = match &located.item.kind {
                Kind::Terms(rule) => rule.file.as_ref().map(|file| terms.get(&within(&path, file)).cloned()),
                _ => None,
            };
            let exact = exact_file(&located.item.kind).and_then(|file| exact.get(&within(&path, &file.file)).cloned());
            let lacks_terms = file == Some(None);
            let terms = file.flatten().unwrap_or_default();
            let origin = origin(&path, &located);
            policy.rules.push(ResolvedRule { rule: located.item, terms, lacks_terms, exact, origin });
        }
        for (id, span) in file.unread_rules {
            if let Some(other) = rule_ids.insert(id.clone(), path.clone()) {
                diagnostics.push(two_rules(&path, &text, span, &id, &other));
            }
            policy.unread.insert(id);
        }
        policy.sources.insert(path, text);
    }
    for path in terms.keys().chain(exact.keys()) {
        if let Some(Some(content)) = bundle.get(path) {
            hash.update((path.len() as u64).to_le_bytes());
            hash.update(path.as_bytes());
            hash.update((content.len() as u64).to_le_bytes());
            hash.update(content);
        }
    }
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

/// Remarks on what no event has.
fn never_applies<'d>(
    path: &'d str,
    text: &'d str,
    span: &'d Range<usize>,
    never: Vec<attributes::Never>,
) -> impl Iterator<Item = Diagnostic> + 'd {
    let remark =
        |(message, help)| Diagnostic::warning("never-applies", path, message).at(text, span.clone()).help(help);
    never.into_iter().map(remark)
}

fn two_rules(path: &str, text: &str, span: Range<usize>, id: &str, other: &str) -> Diagnostic {
    Diagnostic::error("duplicate-id", path, format!("there are two rules `{id}`"))
        .at(text, span)
        .rule(id)
        .help(format!("the other one is in {other}; to change it write [overrides.\"{id}\"]"))
}

/// What texts ask for that nothing fills in.
fn placeholders(
    path: &str,
    text: &str,
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
            let diagnostic =
                Diagnostic::error("unknown-placeholder", path, message).at(text, span(language)).help(help);
            diagnostics.push(diagnostic);
        }
    }
    diagnostics
}

fn origin(path: &str, located: &Located<Rule>) -> Origin {
    Origin {
        path: path.to_owned(),
        spans: POINTED_AT.iter().filter_map(|key| Some((*key, located.keyed(key)?))).collect(),
        whole: located.span.clone(),
    }
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

/// The title of a rule in a language.
impl ResolvedRule {
    /// What the rule is called.
    #[must_use]
    pub fn title(&self) -> &Localised {
        &self.rule.common.title
    }

    /// The file that it stands in, as the host named it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.origin.path
    }
}
