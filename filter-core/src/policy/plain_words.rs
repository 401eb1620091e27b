//! What the parser says of a mistake, for somebody who has never heard of it: no names of types, and what could stand there instead.
//!
//! The value itself is left out: it may be one that an exception names.

use std::borrow::Cow;

use super::diagnostic::did_you_mean;

/// A mistake in plain words.
pub(super) struct Mistake {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// The key that was meant, where one was misspelt.
    pub(super) meant: Option<String>,
}

/// From the parser's words.
pub(super) fn mistake(raw: &str) -> Mistake {
    let mut quoted = raw.split('`').skip(1).step_by(2);
    let written = quoted.next().unwrap_or_default();
    if raw.starts_with("unknown field") || raw.starts_with("unknown variant") {
        let is_key = raw.starts_with("unknown field");
        let known: Vec<&str> = quoted.collect();
        let meant = did_you_mean(written, known.iter().copied());
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("known here: {}", known.join(", ")),
        };
        let (code, message) = if is_key {
            ("unknown-key", format!("there is no key `{written}` here"))
        } else {
            ("unknown-value", format!("`{written}` is none of the words that may stand here"))
        };
        return Mistake { code, message, help: Some(help), meant: meant.filter(|_| is_key).map(str::to_owned) };
    }
    if raw.starts_with("missing field") {
        let message = format!("the key `{written}` is missing");
        return Mistake { code: "missing-key", message, help: None, meant: None };
    }
    Mistake { code: "wrong-type", message: of_a_type(raw).into_owned(), help: None, meant: None }
}

fn of_a_type(raw: &str) -> Cow<'_, str> {
    if let Some(name) = raw.strip_prefix("data did not match any variant of untagged enum ") {
        return Cow::Borrowed(match name {
            "Localised" => "this must be text, or a table of texts by language",
            "Example" => "this must be a message, or a list of its parts",
            _ => "this is of no form that is known here",
        });
    }
    if raw == "wanted string or table" {
        return Cow::Borrowed("this must be a word in quotes");
    }
    let Some(found) = raw.strip_prefix("invalid type: ").or_else(|| raw.strip_prefix("invalid value: ")) else {
        return Cow::Borrowed(raw);
    };
    let kind = found.split(['"', '`', ',']).next().unwrap_or_default().trim_end();
    let expected = found.rsplit(", expected ").next().unwrap_or_default();
    if kind == "integer" && is_number(expected) {
        return Cow::Owned(format!("this number is out of range: it has to be {}", plain(expected)));
    }
    Cow::Owned(format!("this is {}, but has to be {}", plain(kind), plain(expected)))
}

fn is_number(name: &str) -> bool {
    name.len() >= 2 && name.starts_with(['u', 'i']) && name[1..].bytes().all(|byte| byte.is_ascii_digit())
}

/// A type in words.
fn plain(name: &str) -> &str {
    match name {
        "string" | "a string" => "text in quotes",
        "sequence" | "a sequence" | "array" => "a list",
        "map" | "a map" => "a table",
        "integer" => "a whole number",
        "floating point" | "float" => "a number with a fraction",
        "boolean" | "a boolean" => "true or false",
        "u8" => "a whole number from 0 to 255",
        "u32" => "a whole number from 0 to 4294967295",
        "i32" => "a whole number",
        _ if name.starts_with("struct ") => "a table",
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::mistake;

    #[track_caller]
    fn check(raw: &str, code: &str, message: &str, help: Option<&str>) {
        let found = mistake(raw);
        assert_eq!((found.code, found.message.as_str(), found.help.as_deref()), (code, message, help));
    }

    #[test]
    fn no_word_of_the_parser_is_left() {
        check(
            "invalid type: string \"x\", expected u32",
            "wrong-type",
            "this is text in quotes, but has to be a whole number from 0 to 4294967295",
            None,
        );
        check(
            "invalid value: integer `-3`, expected u8",
            "wrong-type",
            "this number is out of range: it has to be a whole number from 0 to 255",
            None,
        );
        check(
            "invalid type: map, expected struct Except",
            "wrong-type",
            "this is a table, but has to be a table",
            None,
        );
        check("missing field `id`", "missing-key", "the key `id` is missing", None);
    }

    #[test]
    fn what_was_meant_is_offered_or_what_may_stand_there() {
        check(
            "unknown field `titel`, expected `title` or `mode`",
            "unknown-key",
            "there is no key `titel` here",
            Some("did you mean `title`?"),
        );
        check(
            "unknown variant `urgent`, expected one of `low`, `high`",
            "unknown-value",
            "`urgent` is none of the words that may stand here",
            Some("known here: low, high"),
        );
    }
}
