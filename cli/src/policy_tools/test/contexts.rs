//! The forms in which a text will be met, and which kinds of rule promise to be found in which.
//!
//! A form that a kind of rule cannot survive by design is left out for the kind, here, in a sentence; never for one rule or one text. A form
//! is *neutral* where it adds nothing that a rule may take for a stamp (a bracket, a line of its own, capitals): near-misses must stay
//! silent in those.

use filter_core::policy::model::{Kind, View};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A form.
pub(crate) struct Context {
    /// In reports, after « in » or alone.
    pub(crate) name: &'static str,
    /// Near-misses must stay silent in it.
    pub(crate) is_neutral: bool,
    /// Whether a rule of this kind promises to find this text in it.
    pub(crate) applies: fn(&Kind, &str) -> bool,
    /// The content of the event.
    pub(crate) render: fn(&str) -> Value,
}

/// As it stands: what all else is held against.
pub(crate) const AS_WRITTEN: Context =
    Context { name: "as written", is_neutral: true, applies: |_, _| true, render: message };

const CAPITALS: &str = "capitals";

/// All other forms.
pub(crate) const CONTEXTS: &[Context] = &[
    Context { name: "a reply that quotes it", is_neutral: true, applies: |_, _| true, render: reply },
    Context {
        name: "HTML alone",
        is_neutral: true,
        applies: |_, _| true,
        render: |text| formatted("see below", &paragraphs(text)),
    },
    Context {
        name: "bold",
        is_neutral: false,
        applies: |_, _| true,
        render: |text| formatted("see below", &format!("<p>Bonjour,</p><p><strong>{}</strong></p>", html(text))),
    },
    Context { name: "a list", is_neutral: false, applies: |_, _| true, render: list },
    // Program text speaks against a marking (« SECRET » is the name of many a variable), so that only values are looked for in it.
    Context {
        name: "a code span",
        is_neutral: false,
        applies: |kind, text| is_value(kind) && is_one_line(text),
        render: code_span,
    },
    Context { name: "a code block", is_neutral: false, applies: |kind, _| is_value(kind), render: code_block },
    Context { name: "an edit", is_neutral: true, applies: |_, _| true, render: edit },
    Context { name: "a caption", is_neutral: true, applies: |_, _| true, render: caption },
    // A file is named after its subject: a whole sentence, or a text with signs that no file system allows, is no name.
    Context {
        name: "a file's name",
        is_neutral: false,
        applies: |kind, text| is_words(kind) && is_file_name(text),
        render: file_name,
    },
    Context {
        name: "no-break spaces",
        is_neutral: true,
        applies: |_, text| text.contains(' '),
        render: |_| Value::Null,
    },
    // A token, a key, a password are case-sensitive: in capitals they are others. And where a stamp in capitals stands out of small letters,
    // that is what the example shows.
    Context {
        name: CAPITALS,
        is_neutral: false,
        applies: |kind, text| {
            let means_its_case =
                is_exact(kind) || is_words(kind) && has_a_stamp(text) || has_small_abbreviation(kind, text);
            !means_its_case && text.to_uppercase() != text
        },
        render: |text| message(&text.to_uppercase()),
    },
    Context {
        name: "letters without accents",
        is_neutral: true,
        applies: |_, text| unaccented(text) != text,
        render: |text| message(&unaccented(text)),
    },
    Context {
        name: "letters with their accents apart (NFD)",
        is_neutral: true,
        applies: |_, text| text.nfd().ne(text.chars()),
        render: |text| message(&text.nfd().collect::<String>()),
    },
];

impl Context {
    /// The least that must become of an example that its rule acts on. In a text of capitals words weigh otherwise: a marking must
    /// still be found, if less surely.
    pub(crate) fn least<'a>(&self, kind: &Kind, acts: &'a str) -> &'a str {
        if self.name == CAPITALS && matches!(kind, Kind::Marking(_)) { "allow" } else { acts }
    }

    /// The event in which a text stands in this form.
    pub(crate) fn event(&self, kind: &Kind, text: &str) -> Vec<u8> {
        // Where no-break spaces are met depends on what is looked for.
        let content = match (self.render)(text) {
            Value::Null => message(&no_break_spaces(kind, text)),
            content => content,
        };
        let event = json!({"type": "m.room.message", "sender": "@someone:example.org", "content": content});
        event.to_string().into_bytes()
    }
}

/// Read as it was written, case and all.
fn is_exact(kind: &Kind) -> bool {
    matches!(kind, Kind::Pattern(rule) if rule.view == View::Exact)
}

/// A value, which is the same wherever it stands; not words, whose meaning depends on that.
fn is_value(kind: &Kind) -> bool {
    matches!(kind, Kind::Pattern(_) | Kind::Shape(_))
}

fn is_words(kind: &Kind) -> bool {
    matches!(kind, Kind::Marking(_) | Kind::Terms(_))
}

/// A word in capitals in a text that is not.
fn has_a_stamp(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= 2);
    words.any(|word| word.to_uppercase() == word)
}

/// « NfD »: an abbreviation is compared in the case in which it is written, and in capitals it is another.
fn has_small_abbreviation(kind: &Kind, text: &str) -> bool {
    let Kind::Marking(rule) = kind else { return false };
    rule.abbreviations.iter().any(|written| written.contains(char::is_lowercase) && text.contains(written.as_str()))
}

fn is_one_line(text: &str) -> bool {
    !text.contains('\n') && !text.contains('`')
}

fn is_file_name(text: &str) -> bool {
    text.split_whitespace().count() <= 5
        && !text.contains('\n')
        && text.chars().all(|c| c.is_alphanumeric() || " _-.".contains(c) || is_combining_mark(c))
}

fn message(text: &str) -> Value {
    json!({"msgtype": "m.text", "body": text})
}

fn formatted(body: &str, html: &str) -> Value {
    json!({"msgtype": "m.text", "body": body, "format": "org.matrix.custom.html", "formatted_body": html})
}

/// Text as HTML.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\n', "<br>")
}

fn paragraphs(text: &str) -> String {
    text.split("\n\n").map(|part| format!("<p>{}</p>", html(part))).collect()
}

/// With the quotation that older clients put into the body.
fn reply(text: &str) -> Value {
    let quoted = text.lines().map(|line| format!("> {line}\n")).collect::<String>();
    let body = format!("> <@colleague:example.org>\n{quoted}\nbien reçu");
    let html = format!(
        "<mx-reply><blockquote><a href=\"https://matrix.to/#/!a:example.org/$b\">In reply to</a> \
         <a href=\"https://matrix.to/#/@colleague:example.org\">@colleague:example.org</a><br>{}</blockquote></mx-reply>bien reçu",
        html(text)
    );
    let mut content = formatted(&body, &html);
    content["m.relates_to"] = json!({"m.in_reply_to": {"event_id": "$b"}});
    content
}

fn list(text: &str) -> Value {
    let body = format!("- bonjour\n- {}\n- à demain", text.replace('\n', "\n  "));
    formatted(&body, &format!("<ul><li>bonjour</li><li>{}</li><li>à demain</li></ul>", html(text)))
}

fn code_span(text: &str) -> Value {
    formatted(&format!("voir `{text}` ici"), &format!("voir <code>{}</code> ici", html(text)))
}

fn code_block(text: &str) -> Value {
    let html = html(text).replace("<br>", "\n");
    formatted(&format!("```\n{text}\n```"), &format!("<pre><code>{html}\n</code></pre>"))
}

fn edit(text: &str) -> Value {
    json!({
        "msgtype": "m.text",
        "body": "* voir la correction",
        "m.new_content": message(text),
        "m.relates_to": {"rel_type": "m.replace", "event_id": "$b"},
    })
}

fn caption(text: &str) -> Value {
    json!({
        "msgtype": "m.image",
        "body": text,
        "filename": "photo-2041.jpg",
        "url": "mxc://example.org/abcdefghijklmnopqrstuvwx",
        "info": {"mimetype": "image/jpeg", "w": 640, "h": 480, "size": 48213},
    })
}

fn file_name(text: &str) -> Value {
    let name = text.trim_end_matches('.').replace(' ', "_");
    // A name that has an ending keeps it.
    let has_ending = name.rsplit_once('.').is_some_and(|(_, ending)| (2..=4).contains(&ending.len()));
    let name = if has_ending { name } else { format!("{name}.pdf") };
    json!({
        "msgtype": "m.file",
        "body": name,
        "filename": name,
        "url": "mxc://example.org/abcdefghijklmnopqrstuvwx",
        "info": {"mimetype": "application/pdf", "size": 48213},
    })
}

/// A word processor's spaces. In a value that is read as written they stand where typography puts them: before `: ; ! ?` and inside « ».
fn no_break_spaces(kind: &Kind, text: &str) -> String {
    if !is_exact(kind) {
        return text.replace(' ', "\u{a0}");
    }
    let typography = [
        (" :", "\u{a0}:"),
        (" ;", "\u{a0};"),
        (" !", "\u{a0}!"),
        (" ?", "\u{a0}?"),
        ("« ", "«\u{a0}"),
        (" »", "\u{a0}»"),
    ];
    typography.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn unaccented(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).collect()
}
