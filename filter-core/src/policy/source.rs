//! One file of TOML, parsed as far as it can be.
//!
//! Each table is read on its own, so that one mistake does not hide the next: a syntax error is recovered from, a rule
//! with a wrong key leaves the other rules standing. What a file says about other files is [`super::load`]'s business.

use core::ops::Range;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::diagnostic::{Diagnostic, did_you_mean, says_enough};
use super::model::{self, COMMON_KEYS, Common, Kind, KindName, Rule};
use super::plain_words::{Mistake, mistake};

/// A parsed item and where its keys stand.
#[derive(Debug)]
pub(crate) struct Located<T> {
    pub(crate) item: T,
    pub(crate) span: Range<usize>,
    keys: BTreeMap<String, Keyed>,
}

/// Where a key's value stands, and each item of it where it is a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keyed {
    pub(crate) whole: Range<usize>,
    pub(crate) items: Vec<Range<usize>>,
}

impl<T> Located<T> {
    /// Where a key's value stands, else the whole item.
    pub(crate) fn key(&self, name: &str) -> Range<usize> {
        self.keys.get(name).map_or_else(|| self.span.clone(), |key| key.whole.clone())
    }

    /// The same, with its items, of a key that is there.
    pub(crate) fn keyed(&self, name: &str) -> Option<Keyed> {
        self.keys.get(name).cloned()
    }
}

/// What one file says.
#[derive(Debug, Default)]
pub(crate) struct File {
    pub(crate) include: Vec<(String, Range<usize>)>,
    pub(crate) header: Option<Located<model::Header>>,
    pub(crate) scope: Option<Located<model::Scope>>,
    pub(crate) actions: Option<Located<model::Actions>>,
    pub(crate) limits: Option<Located<model::Limits>>,
    pub(crate) messages: Option<Located<BTreeMap<String, String>>>,
    pub(crate) carry: Vec<Located<model::Carry>>,
    pub(crate) overrides: Vec<(String, Located<model::Override>)>,
    pub(crate) vocabularies: Vec<Located<model::Vocabulary>>,
    /// Whether there are more of them, which could not be read.
    pub(crate) lacks_vocabularies: bool,
    /// The same for rules, of which no id is known.
    pub(crate) lacks_rules: bool,
    /// Those of which it is, and where it stands.
    pub(crate) unread_rules: Vec<(String, Range<usize>)>,
    pub(crate) rules: Vec<Located<Rule>>,
}

pub(super) const TABLES: &[&str] = &[
    "include",
    "policy",
    "scope",
    "actions",
    "limits",
    "messages",
    "carry",
    "overrides",
    "vocabulary",
    "defaults",
    "rule",
];

const MOST_SYNTAX_ERRORS: usize = 20;

/// Parses a file; what cannot be understood is in the diagnostics.
pub(crate) fn parse(path: &str, text: &str, diagnostics: &mut Vec<Diagnostic>) -> File {
    let (table, errors) = DeTable::parse_recoverable(text);
    // After the first few a file is no policy with mistakes but no policy; and each place costs a walk through the text.
    for error in errors.iter().take(MOST_SYNTAX_ERRORS) {
        diagnostics.push(syntax(path, text, error));
    }
    let mut reader = Reader { path, text, diagnostics };
    let mut file = File::default();
    let mut defaults: BTreeMap<String, DeTable<'_>> = BTreeMap::new();
    let table = table.into_inner();
    if let Some(value) = table.get("defaults") {
        reader.defaults(value, &mut defaults);
    }
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "include" => file.include = reader.include(value),
            "policy" => file.header = reader.read(value),
            "scope" => file.scope = reader.read(value),
            "actions" => file.actions = reader.read(value),
            "limits" => file.limits = reader.read(value),
            "messages" => file.messages = reader.read(value),
            "overrides" => file.overrides = reader.overrides(value),
            "carry" => file.carry = reader.items("carry", value).into_iter().filter_map(|v| reader.read(v)).collect(),
            "vocabulary" => {
                for value in reader.items("vocabulary", value) {
                    match reader.read(value) {
                        Some(vocabulary) => file.vocabularies.push(vocabulary),
                        None => file.lacks_vocabularies = true,
                    }
                }
            }
            "rule" => {
                for value in reader.items("rule", value) {
                    let id = id_of(&value);
                    match (reader.rule(value, &defaults), id) {
                        (Some(rule), _) => file.rules.push(rule),
                        (None, Some(id)) => file.unread_rules.push(id),
                        (None, None) => file.lacks_rules = true,
                    }
                }
            }
            "defaults" => {}
            unknown => reader.unknown_key(unknown, TABLES, key.span()),
        }
    }
    file
}

fn syntax(path: &str, text: &str, error: &toml::de::Error) -> Diagnostic {
    let mut diagnostic = Diagnostic::error("syntax", path, format!("this is not TOML: {}", error.message()));
    // `"\\d+"` is what whoever knows regular expressions writes first.
    if error.message().starts_with("missing escaped value") {
        diagnostic = diagnostic.help("in single quotes nothing need be escaped: '…'");
    }
    match error.span() {
        Some(span) => diagnostic.at(text, span),
        None => diagnostic,
    }
}

struct Reader<'f> {
    path: &'f str,
    text: &'f str,
    diagnostics: &'f mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn has_said_enough(&self) -> bool {
        says_enough(self.diagnostics)
    }

    fn error(&mut self, code: &'static str, span: Range<usize>, message: String) {
        if self.has_said_enough() {
            return;
        }
        self.diagnostics.push(Diagnostic::error(code, self.path, message).at(self.text, span));
    }

    fn unknown_key(&mut self, key: &str, known: &[&str], span: Range<usize>) {
        if self.has_said_enough() {
            return;
        }
        let help = match did_you_mean(key, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("known here: {}", known.join(", ")),
        };
        self.diagnostics.push(
            Diagnostic::error("unknown-key", self.path, format!("there is no key `{key}` here"))
                .at(self.text, span)
                .help(help),
        );
    }

    fn key_of_another_kind(&mut self, key: &str, kind: &str, span: Range<usize>) {
        self.error("unknown-key", span, format!("there is no key `{key}` here"));
        if let Some(last) = self.diagnostics.last_mut().filter(|last| last.code == "unknown-key") {
            last.help = Some(format!("it is a key of the kind \"{kind}\""));
        }
    }

    fn wrong_type(&mut self, what: &str, wanted: &str, value: &Spanned<DeValue<'_>>) {
        let message = format!("`{what}` must be {wanted}, not {}", value.get_ref().type_str());
        self.error("wrong-type", value.span(), message);
    }

    fn items<'v>(&mut self, name: &str, value: Spanned<DeValue<'v>>) -> Vec<Spanned<DeValue<'v>>> {
        if !value.get_ref().is_array() {
            self.wrong_type(name, &format!("an array of tables, written [[{name}]]"), &value);
        }
        match value.into_inner() {
            DeValue::Array(items) => items.into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Deserialises one table and remembers where its keys stand.
    fn read<T: DeserializeOwned>(&mut self, value: Spanned<DeValue<'_>>) -> Option<Located<T>> {
        let span = value.span();
        let keys = key_spans(value.get_ref());
        let item = self.attempt(value, None, (Vec::new(), &[]), T::deserialize)?;
        Some(Located { item, span, keys })
    }

    /// Reads a table as often as it has mistakes: each is told and taken out, so that the first does not hide the next. A key of
    /// `excused` is there in another spelling, so it is not called missing as well. A table that has `stand_ins` for the keys that it
    /// requires is read in spite of its mistakes, so that later stages can tell of theirs.
    fn attempt<'v, T>(
        &mut self,
        mut value: Spanned<DeValue<'v>>,
        rule: Option<&str>,
        (mut excused, stand_ins): (Vec<String>, &[(&'static str, &'static str)]),
        read: impl Fn(ValueDeserializer<'v>) -> Result<T, toml::de::Error>,
    ) -> Option<T> {
        let mut is_intact = excused.is_empty() || !stand_ins.is_empty();
        loop {
            let error = match read(ValueDeserializer::from(value.clone())) {
                Ok(item) => return is_intact.then_some(item),
                Err(error) => error,
            };
            is_intact = !stand_ins.is_empty();
            let missing = error.message().strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
            if missing.is_none_or(|key| !excused.iter().any(|excused| excused == key)) {
                excused.extend(self.deserialisation(&error, value.span(), rule));
            }
            let outer = value.span();
            let DeValue::Table(table) = value.get_mut() else { return None };
            if let Some((key, value)) = stand_ins.iter().find(|(key, _)| missing == Some(key)) {
                let value = DeValue::String((*value).into());
                table.insert(Spanned::new(outer.clone(), (*key).into()), Spanned::new(outer, value));
                continue;
            }
            let at = error.span().filter(|span| !span.is_empty())?;
            let holds = |span: Range<usize>| span.start <= at.start && at.end <= span.end;
            let (key, _) = table.iter().find(|(key, value)| holds(key.span()) || holds(value.span()))?;
            let key = key.clone();
            table.remove(&key);
            excused.push(key.into_inner().into_owned());
        }
    }

    /// Tells of one mistake. Returns the key that was meant, where one was misspelt.
    fn deserialisation(&mut self, error: &toml::de::Error, outer: Range<usize>, rule: Option<&str>) -> Option<String> {
        if self.has_said_enough() {
            return None;
        }
        let Mistake { code, message, help, meant } = mistake(error.message());
        let span = error.span().filter(|span| !span.is_empty()).unwrap_or(outer);
        let mut diagnostic = Diagnostic::error(code, self.path, message).at(self.text, span);
        diagnostic.help = help;
        if let Some(rule) = rule {
            diagnostic = diagnostic.rule(rule);
        }
        self.diagnostics.push(diagnostic);
        meant
    }

    fn include(&mut self, value: Spanned<DeValue<'_>>) -> Vec<(String, Range<usize>)> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type("include", "a list of paths", &value);
            return Vec::new();
        };
        let mut paths = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_str() {
                Some(path) => paths.push((path.to_owned(), item.span())),
                None => self.wrong_type("include", "a list of paths", item),
            }
        }
        paths
    }

    fn overrides(&mut self, value: Spanned<DeValue<'_>>) -> Vec<(String, Located<model::Override>)> {
        if !value.get_ref().is_table() {
            self.wrong_type("overrides", "a table, written [overrides.\"rule.id\"]", &value);
        }
        let DeValue::Table(table) = value.into_inner() else {
            return Vec::new();
        };
        let mut overrides = Vec::new();
        for (id, value) in table {
            if let Some(mut located) = self.read::<model::Override>(value) {
                located.span = id.span();
                overrides.push((id.into_inner().into_owned(), located));
            }
        }
        overrides
    }

    fn defaults<'v>(&mut self, value: &Spanned<DeValue<'v>>, defaults: &mut BTreeMap<String, DeTable<'v>>) {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type("defaults", "a table, written [defaults.marking]", value);
            return;
        };
        for (kind, value) in table.iter() {
            if !KIND_KEYS.iter().any(|(name, _, _)| *name == kind.get_ref()) {
                let kinds: Vec<&str> = KIND_KEYS.iter().map(|(name, _, _)| *name).collect();
                self.unknown_key(kind.get_ref(), &kinds, kind.span());
                continue;
            }
            match value.get_ref().as_table() {
                Some(table) => {
                    defaults.insert(kind.get_ref().clone().into_owned(), table.clone());
                }
                None => self.wrong_type(kind.get_ref(), "a table", value),
            }
        }
    }

    fn rule(&mut self, value: Spanned<DeValue<'_>>, defaults: &BTreeMap<String, DeTable<'_>>) -> Option<Located<Rule>> {
        let span = value.span();
        let keys = key_spans(value.get_ref());
        if !value.get_ref().is_table() {
            self.wrong_type("rule", "a table, written [[rule]]", &value);
        }
        let DeValue::Table(mut table) = value.into_inner() else {
            return None;
        };
        let id = table.get("id").and_then(|id| id.get_ref().as_str()).map(str::to_owned);
        let Some((_, kind)) = table.remove_entry("kind") else {
            if self.has_said_enough() {
                return None;
            }
            let mut diagnostic =
                Diagnostic::error("missing-key", self.path, "a rule needs a `kind`").at(self.text, span).help(format!(
                    "there are: {}",
                    KIND_KEYS.iter().map(|(name, _, _)| *name).collect::<Vec<_>>().join(", ")
                ));
            diagnostic.rule = id;
            self.diagnostics.push(diagnostic);
            return None;
        };
        let kind_span = kind.span();
        let kind = match KindName::deserialize(ValueDeserializer::from(kind)) {
            Ok(kind) => kind,
            Err(error) => {
                self.deserialisation(&error, kind_span, id.as_deref());
                return None;
            }
        };
        let (name, own_keys, read_kind) = KIND_KEYS.iter().find(|(_, _, read)| read.0 == kind)?;
        if let Some(defaults) = defaults.get(*name) {
            for (key, value) in defaults.iter() {
                if table.get(key.get_ref().as_ref()).is_none() {
                    table.insert(key.clone(), value.clone());
                }
            }
        }

        let mut common = DeTable::new();
        let mut own = DeTable::new();
        let mut excused = Vec::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if COMMON_KEYS.contains(&name) {
                common.insert(key, value);
            } else if own_keys.contains(&name) {
                own.insert(key, value);
            } else {
                let known: Vec<&str> = COMMON_KEYS.iter().chain(own_keys.iter()).copied().collect();
                match KIND_KEYS.iter().find(|(_, keys, _)| keys.contains(&name)) {
                    Some((kind, _, _)) => self.key_of_another_kind(name, kind, key.span()),
                    None => self.unknown_key(name, &known, key.span()),
                }
                excused.push(did_you_mean(name, known).unwrap_or(name).to_owned());
            }
        }
        let table = |table| Spanned::new(span.clone(), DeValue::Table(table));
        let id = id.as_deref();
        let is_own = |key: &String| !COMMON_KEYS.contains(&key.as_str());
        let own_excused = excused.iter().filter(|key| is_own(key)).cloned().collect();
        let common = self.attempt(table(common), id, (excused, STAND_INS), Common::deserialize);
        let kind = self.attempt(table(own), id, (own_excused, &[]), read_kind.1);
        Some(Located { item: Rule { common: common?, kind: kind? }, span, keys })
    }
}

/// What a rule without these keys, which is refused, is read with. None of them can be wrong in itself.
const STAND_INS: &[(&str, &str)] = &[("title", ""), ("category", ""), ("severity", "low")];

pub(super) type ReadKind = (KindName, fn(ValueDeserializer<'_>) -> Result<Kind, toml::de::Error>);

/// The kinds, the keys that are theirs alone, and how they are read.
pub(super) const KIND_KEYS: &[(&str, &[&str], ReadKind)] = &[
    (
        "marking",
        &["marking", "phrases", "typos", "abbreviations", "grammar", "caveats", "vocabularies", "score"],
        (KindName::Marking, |d| model::MarkingRule::deserialize(d).map(Kind::Marking)),
    ),
    (
        "pattern",
        &["start", "prefix", "pattern", "view", "longest", "lookback", "validator", "marking", "exact", "confidence"],
        (KindName::Pattern, |d| model::PatternRule::deserialize(d).map(Kind::Pattern)),
    ),
    (
        "shape",
        &["shape", "groups", "written", "validator", "exact", "confidence", "grouped"],
        (KindName::Shape, |d| model::ShapeRule::deserialize(d).map(Kind::Shape)),
    ),
    (
        "terms",
        &["terms", "file", "marking", "confidence"],
        (KindName::Terms, |d| model::TermsRule::deserialize(d).map(Kind::Terms)),
    ),
    (
        "combination",
        &["all", "any", "at_least", "not", "within", "unit", "confidence"],
        (KindName::Combination, |d| model::CombinationRule::deserialize(d).map(Kind::Combination)),
    ),
    ("file", &["types", "extensions"], (KindName::File, |d| model::FileRule::deserialize(d).map(Kind::File))),
];

/// The id of a rule and where it stands.
fn id_of(rule: &Spanned<DeValue<'_>>) -> Option<(String, Range<usize>)> {
    let id = rule.get_ref().as_table()?.get("id")?;
    Some((id.get_ref().as_str()?.to_owned(), id.span()))
}

fn key_spans(value: &DeValue<'_>) -> BTreeMap<String, Keyed> {
    let Some(table) = value.as_table() else {
        return BTreeMap::new();
    };
    let items =
        |value: &DeValue<'_>| value.as_array().into_iter().flat_map(|list| list.iter().map(Spanned::span)).collect();
    let keyed = |value: &Spanned<DeValue<'_>>| Keyed { whole: value.span(), items: items(value.get_ref()) };
    table.iter().map(|(key, value)| (key.get_ref().clone().into_owned(), keyed(value))).collect()
}
