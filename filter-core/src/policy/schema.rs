//! A JSON Schema of a policy's file, for editors: completion, and a mistake underlined while it is typed.
//!
//! Made from the types that parse, so that it cannot say anything else than they do. It is narrower than the language nowhere, and wider in one
//! place: `[defaults.KIND]` may give a rule any of its keys, so that only `id` and `kind` are required of a rule.
//!
//! Behind the feature `schema`: the module carries none of it.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema, json_schema};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::model::{self, Common, Context};

/// `context` of a rule: one table, or a list of them.
#[derive(JsonSchema, Serialize)]
#[serde(untagged)]
pub enum OneOrSeveral {
    /// One.
    One(Context),
    /// Several.
    Several(Vec<Context>),
}

impl Default for OneOrSeveral {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

/// The keys of each kind of rule.
type KindSchema = (&'static str, fn(&mut SchemaGenerator) -> Schema);

const KINDS: &[KindSchema] = &[
    ("marking", model::MarkingRule::json_schema),
    ("pattern", model::PatternRule::json_schema),
    ("shape", model::ShapeRule::json_schema),
    ("terms", model::TermsRule::json_schema),
    ("combination", model::CombinationRule::json_schema),
    ("file", model::FileRule::json_schema),
];

/// The schema of a policy's file, root or included. Draft 7, which editors of TOML read.
#[must_use]
pub fn policy_file() -> Value {
    let mut generator = SchemaSettings::draft07().into_generator();
    let rules: Vec<Value> = KINDS.iter().map(|kind| rule(&mut generator, *kind)).collect();
    let defaults: Map<String, Value> =
        KINDS.iter().map(|kind| (kind.0.to_owned(), table(&mut generator, *kind))).collect();
    let mut file = json_schema!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Tamis policy",
        "description": "A policy, or a pack of rules that policies include: see docs/policies.md.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "include": {
                "description": "Files of rules and vocabularies: `builtin:packs/…`, or paths relative to the folder of the root policy.",
                "type": "array", "items": {"type": "string"},
            },
            "policy": generator.subschema_for::<model::Header>(),
            "scope": generator.subschema_for::<model::Scope>(),
            "actions": generator.subschema_for::<model::Actions>(),
            "limits": generator.subschema_for::<model::Limits>(),
            "messages": {
                "description": "What the sender is told, by language; {titles} and {reference} are filled in.",
                "type": "object", "additionalProperties": {"type": "string"},
            },
            "carry": {"type": "array", "items": generator.subschema_for::<model::Carry>()},
            "overrides": {
                "description": "Rules of included packs, changed, by id.",
                "type": "object", "additionalProperties": generator.subschema_for::<model::Override>(),
            },
            "vocabulary": {"type": "array", "items": generator.subschema_for::<model::Vocabulary>()},
            "defaults": {
                "description": "Keys that the rules of this file leave out, by kind.",
                "type": "object", "additionalProperties": false, "properties": defaults,
            },
            "rule": {"type": "array", "items": {"oneOf": rules}},
        },
    })
    .to_value();
    if let Value::Object(members) = &mut file {
        members.insert("definitions".to_owned(), Value::Object(generator.take_definitions(true)));
    }
    file
}

/// A rule of a kind: the keys that every rule has, and its own.
fn rule(generator: &mut SchemaGenerator, kind: KindSchema) -> Value {
    let mut rule = table(generator, kind);
    rule["title"] = json!(format!("a rule of the kind {}", kind.0));
    rule["properties"]["kind"] = json!({"const": kind.0});
    rule["required"] = json!(["id", "kind"]);
    rule
}

fn table(generator: &mut SchemaGenerator, (_, own): KindSchema) -> Value {
    let mut properties = Map::new();
    for schema in [Common::json_schema(generator), own(generator)] {
        if let Some(Value::Object(keys)) = schema.get("properties") {
            properties.extend(keys.clone());
        }
    }
    json!({"type": "object", "additionalProperties": false, "properties": properties})
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::policy_file;
    use crate::policy::model::COMMON_KEYS;
    use crate::policy::source::{KIND_KEYS, TABLES};

    fn keys(value: &Value) -> Vec<&str> {
        let mut keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys
    }

    #[track_caller]
    fn check(value: &Value, expected: impl IntoIterator<Item = &'static str>) {
        let mut expected: Vec<&str> = expected.into_iter().collect();
        expected.sort_unstable();
        assert_eq!(keys(value), expected);
    }

    #[test]
    fn it_has_the_tables_of_a_file() {
        check(&policy_file()["properties"], TABLES.iter().copied());
    }

    #[test]
    fn each_kind_of_rule_has_its_keys() {
        let schema = policy_file();
        let rules = schema["properties"]["rule"]["items"]["oneOf"].as_array().expect("a list");
        assert_eq!(rules.len(), KIND_KEYS.len());
        for (kind, own, _) in KIND_KEYS {
            let rule = rules.iter().find(|rule| rule["properties"]["kind"]["const"] == *kind).expect("each kind");
            check(&rule["properties"], COMMON_KEYS.iter().chain(own.iter()).copied().chain(["kind"]));
        }
    }
}
