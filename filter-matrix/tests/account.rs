//! What a sender is told, and the account of how a verdict came about.

use filter_matrix::filter::Filter;
use filter_matrix::wire::push_frame;
use serde_json::Value;

const POLICY: &str = r#"
[messages]
en = "{count} found: {titles}. {reference}"
fr = "{count} trouvés : {titles}. {reference}"

[[rule]]
id = "a.bird"
kind = "terms"
title = { en = "a bird", fr = "un oiseau" }
category = "test"
severity = "high"
terms = ["blue heron"]

[[rule]]
id = "a.fish"
kind = "terms"
title = { en = "a fish", fr = "un poisson" }
category = "test"
severity = "critical"
terms = ["red herring"]
messages = { en = "No {title} here ({rule}; also {titles}).", de = "Kein Fisch." }
"#;

fn filter() -> Filter {
    let mut filter = Filter::new();
    let mut request = Vec::new();
    push_frame(&mut request, Some(b"policy.toml"));
    push_frame(&mut request, Some(POLICY.as_bytes()));
    let reply = String::from_utf8_lossy(filter.load(&request)).into_owned();
    assert!(reply.starts_with("{\"ok\""), "{reply}");
    filter
}

fn request(options: &str, body: &str) -> Vec<u8> {
    let event =
        format!(r#"{{"type":"m.room.message","event_id":"$1","content":{{"msgtype":"m.text","body":"{body}"}}}}"#);
    let mut request = Vec::new();
    push_frame(&mut request, Some(options.as_bytes()));
    push_frame(&mut request, None);
    push_frame(&mut request, Some(event.as_bytes()));
    request
}

#[test]
fn the_rule_that_weighs_most_speaks_in_its_own_words() {
    let mut filter = filter();
    let mut check = |body: &str, expected: &[(&str, &str)]| {
        let verdict: Value = serde_json::from_slice(filter.check(&request("", body))).expect("a verdict is JSON");
        let reference = verdict["reference"].as_str().expect("something was found");
        let told = verdict["message"].as_object().expect("the sender is told").iter();
        let told: Vec<(String, String)> =
            told.map(|(l, t)| (l.clone(), t.as_str().unwrap_or("").replace(reference, "REF"))).collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(l, t)| (l.as_str(), t.as_str())).collect();
        assert_eq!(told, expected, "{body}");
    };
    check("blue heron", &[("en", "1 found: a bird. REF"), ("fr", "1 trouvés : un oiseau. REF")]);
    check(
        "blue heron, red herring",
        &[
            ("de", "Kein Fisch."),
            ("en", "No a fish here (a.fish; also a bird, a fish)."),
            ("fr", "2 trouvés : un oiseau, un poisson. REF"),
        ],
    );
}

#[test]
fn an_account_may_be_about_one_rule() {
    let mut filter = filter();
    let mut ask = |options: &str, body: &str| -> Value {
        serde_json::from_slice(filter.explain(&request(options, body))).expect("an account is JSON")
    };
    let account = ask(r#"{"rule":"a.fish"}"#, "blue heron");
    assert_eq!(account["rule"], serde_json::json!({"id":"a.fish","state":"no-candidate","looks_for":["red herring"]}));
    assert_eq!(account["verdict"]["verdict"], "block");
    let steps = |account: &Value| -> Vec<Value> {
        let fields = account["fields"].as_array().expect("fields were read").iter();
        fields.flat_map(|field| field["steps"].as_array().cloned().unwrap_or_default()).collect()
    };
    assert_eq!(steps(&account), Vec::<Value>::new());
    let decided = serde_json::json!({"name":"decided","row":"by-severity","action":"block","would":"block"});
    assert_eq!(steps(&ask("", "blue heron")).last().map(|step| step["stage"].clone()), Some(decided));
}
