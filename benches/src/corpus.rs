//! Seeded `m.room.message` events as a homeserver hands them to the filter: bytes of JSON, each another message.
//!
//! | share | what |
//! |---|---|
//! | 60 / 40 % | French / English |
//! | 20 % | with the federation's fields (hashes, signatures, previous and authorising events) |
//! | 25 % | with `formatted_body` |
//! | 12, 8, 6, 4 % | replies, mentions, edits, files |
//! | 1 % | with something to find, every rule of the policy in turn |
//!
//! The rest must pass, so the corpus is a test of false positives, too. Nothing repeats: ids, names and words are drawn anew for each
//! event. What real rooms have and this has not stands in `benches/README.md`, « Bias ».

use std::fmt::Write as _;

use filter_core::policy::ResolvedRule;

use crate::planted;
use crate::random::{BASE64_URL, DIGITS, LETTERS, Random, SMALL};
use crate::words::{Language, Words};

/// One event.
#[derive(Clone)]
pub struct Event {
    /// The event as JSON.
    pub json: String,
    /// The text in `body`, for engines that read text.
    pub body: String,
    /// The rule that must find something in it; `None`: it must pass.
    pub planted: Option<String>,
}

impl Event {
    /// Whether a verdict names what was planted; where nothing was, whether the message passes. (« le document secret » may be flagged.)
    ///
    /// # Panics
    /// When it is no verdict.
    #[must_use]
    pub fn is_answered_by(&self, verdict: &[u8]) -> bool {
        let verdict: serde_json::Value = serde_json::from_slice(verdict).expect("a verdict is JSON");
        let findings = verdict["findings"].as_array().expect("a verdict has findings");
        let level = |rule: &str| rule.split_once('.').map(|(_, level)| level.to_owned());
        match &self.planted {
            // Neighbours share a language and a word for a level: the `secret` of Belgium and of Luxembourg.
            Some(planted) => {
                findings.iter().filter_map(|f| f["rule"].as_str()).any(|rule| level(rule) == level(planted))
            }
            None => matches!(verdict["verdict"].as_str(), Some("allow" | "flag")),
        }
    }
}

/// How many, of which seed.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Events.
    pub events: usize,
    /// The same seed gives the same bytes.
    pub seed: u64,
}

/// Every so many events one has a finding.
const PLANTED_EVERY: usize = 100;

impl Size {
    /// What the recorded results are about.
    pub const RECORDED: Self = Self { events: 50_000, seed: 0x7a6d_6973 };
}

/// The events; `rules` are those of the policy that they will be checked with.
#[must_use]
pub fn events(size: Size, rules: &[ResolvedRule]) -> Vec<Event> {
    let mut random = Random::new(size.seed);
    let words = Words::new(&mut random);
    let mut writer = Writer { random, words };
    (0..size.events)
        .map(|n| {
            let rule = (n % PLANTED_EVERY == PLANTED_EVERY / 2 && !rules.is_empty())
                .then(|| &rules[n / PLANTED_EVERY % rules.len()]);
            writer.event(n, rule)
        })
        .collect()
}

/// Prose alone, in bodies of `bytes` bytes.
#[must_use]
pub fn prose(seed: u64, count: usize, bytes: usize) -> Vec<String> {
    let mut random = Random::new(seed);
    let words = Words::new(&mut random);
    (0..count)
        .map(|_| {
            let language = language(&mut random);
            let mut text = words.prose(&mut random, language, bytes);
            text.truncate(text.floor_char_boundary(bytes));
            text
        })
        .collect()
}

/// The smallest event that carries a text.
#[must_use]
pub fn plain_event(body: &str) -> String {
    let mut json = String::from(r#"{"type":"m.room.message","content":{"msgtype":"m.text","body":"#);
    quote(&mut json, body, Escapes::Few);
    json.push_str("}}");
    json
}

fn language(random: &mut Random) -> Language {
    if random.percent(60) { Language::French } else { Language::English }
}

/// How characters outside ASCII are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escapes {
    /// As themselves: Synapse's canonical JSON.
    Few,
    /// `\u00e9`: what many other programs write.
    Many,
}

struct Writer {
    random: Random,
    words: Words,
}

impl Writer {
    fn event(&mut self, n: usize, rule: Option<&ResolvedRule>) -> Event {
        let random = &mut self.random;
        let drawn = language(random);
        // « SECRET » belongs to several issuers, and the language around it says to whom.
        let language = match rule.and_then(|rule| rule.rule.common.id.split_once('.')) {
            Some(("fr", _)) => Language::French,
            Some(("uk" | "us", _)) => Language::English,
            _ => drawn,
        };
        // Half of the messages have less than 50 bytes, a tenth more than 170.
        let bytes = match random.below(10) {
            0..5 => random.between(8, 50),
            5..9 => random.between(50, 170),
            _ => random.between(170, 420),
        };
        let mut body = self.words.prose(random, language, bytes);
        if let Some(rule) = rule {
            let message = planted::message(random, rule);
            // A paragraph of its own: how the words around it weigh on a finding is no matter of speed.
            body = if random.percent(50) { message } else { format!("{message}\n\n{body}") };
        }
        let escapes = if random.percent(10) { Escapes::Many } else { Escapes::Few };
        let json = self.json(n, &body, rule.is_some(), escapes);
        Event { json, body, planted: rule.map(|rule| rule.rule.common.id.clone()) }
    }

    fn json(&mut self, n: usize, body: &str, planted: bool, escapes: Escapes) -> String {
        let mut json = String::with_capacity(1024);
        json.push('{');
        if self.random.percent(20) {
            self.federation(&mut json);
        }
        let _ = write!(
            json,
            r#""type":"m.room.message","room_id":"!{}:agent.example.org","sender":"{}","origin_server_ts":{},"event_id":"{}","content":{{"#,
            // Letters only, as Synapse draws them; so are media ids.
            self.random.letters(LETTERS, 18),
            self.user(),
            1_780_000_000_000_u64 + n as u64 * 731 + self.random.below(700) as u64,
            self.event_id(),
        );
        self.content(&mut json, body, planted, escapes);
        json.push_str("}}");
        json
    }

    fn content(&mut self, json: &mut String, body: &str, planted: bool, escapes: Escapes) {
        let file = !planted && self.random.percent(4);
        if file {
            let name = format!("{}_{}.pdf", self.random.letters(SMALL, 9), self.random.letters(DIGITS, 4));
            let _ = write!(
                json,
                r#""msgtype":"m.file","filename":"{name}","url":"mxc://agent.example.org/{}","info":{{"mimetype":"application/pdf","size":{}}},"body":"#,
                self.random.letters(LETTERS, 24),
                self.random.between(1_000, 900_000),
            );
        } else {
            json.push_str(r#""msgtype":"m.text","body":"#);
        }
        quote(json, body, escapes);
        if !file && self.random.percent(25) {
            json.push_str(r#","format":"org.matrix.custom.html","formatted_body":"#);
            let html = self.html(body, planted);
            quote(json, &html, escapes);
        }
        if self.random.percent(8) {
            let _ = write!(json, r#","m.mentions":{{"user_ids":["{}"]}}"#, self.user());
        }
        match self.random.below(100) {
            0..12 => {
                let _ = write!(json, r#","m.relates_to":{{"m.in_reply_to":{{"event_id":"{}"}}}}"#, self.event_id());
            }
            12..18 => {
                json.push_str(r#","m.new_content":{"msgtype":"m.text","body":"#);
                quote(json, body, escapes);
                let _ =
                    write!(json, r#"}},"m.relates_to":{{"rel_type":"m.replace","event_id":"{}"}}"#, self.event_id());
            }
            _ => {}
        }
    }

    /// What a client's Markdown makes of a message: same words, some of them in elements.
    fn html(&mut self, body: &str, planted: bool) -> String {
        let mut html = String::with_capacity(body.len() * 2);
        let paragraphs = body.contains("\n\n");
        for (n, paragraph) in body.split("\n\n").enumerate() {
            if paragraphs {
                html.push_str("<p>");
            }
            for (m, word) in paragraph.split(' ').enumerate() {
                if m > 0 {
                    html.push(' ');
                }
                let word = word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>");
                // Not where a value stands: « 4970 <em>1000</em> » is another test's matter.
                match if planted && n == 0 { 99 } else { self.random.below(100) } {
                    0..4 => _ = write!(html, "<strong>{word}</strong>"),
                    4..7 => _ = write!(html, "<em>{word}</em>"),
                    7 => _ = write!(html, "<code>{word}</code>"),
                    8 => {
                        let (user, name) = (self.user(), self.random.letters(SMALL, 7));
                        let _ = write!(html, "<a href=\"https://matrix.to/#/{user}\">{name}</a> {word}");
                    }
                    _ => html.push_str(&word),
                }
            }
            if paragraphs {
                html.push_str("</p>");
            }
        }
        html
    }

    fn federation(&mut self, json: &mut String) {
        let ids = |writer: &mut Self, count: usize| {
            let ids: Vec<String> = (0..count).map(|_| format!("\"{}\"", writer.event_id())).collect();
            ids.join(",")
        };
        let previous = self.random.between(1, 2);
        let (auth, previous) = (ids(self, 3), ids(self, previous));
        let (hash, signature) =
            (self.random.letters(&BASE64_URL[..62], 43), self.random.letters(&BASE64_URL[..62], 86));
        let _ = write!(
            json,
            r#""auth_events":[{auth}],"prev_events":[{previous}],"depth":{},"hashes":{{"sha256":"{hash}"}},"signatures":{{"agent.example.org":{{"ed25519:a_{}":"{signature}"}}}},"unsigned":{{"age":{}}},"#,
            self.random.between(10, 90_000),
            self.random.letters(LETTERS, 4),
            self.random.below(90_000),
        );
    }

    fn user(&mut self) -> String {
        let (given, name) = (self.random.between(4, 8), self.random.between(4, 10));
        format!("@{}.{}:agent.example.org", self.random.letters(SMALL, given), self.random.letters(SMALL, name))
    }

    fn event_id(&mut self) -> String {
        format!("${}", self.random.letters(BASE64_URL, 43))
    }
}

fn quote(json: &mut String, text: &str, escapes: Escapes) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\u{0}'..'\u{20}' => _ = write!(json, "\\u{:04x}", u32::from(c)),
            _ if c.is_ascii() || escapes == Escapes::Few => json.push(c),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(json, "\\u{unit:04x}");
                }
            }
        }
    }
    json.push('"');
}
