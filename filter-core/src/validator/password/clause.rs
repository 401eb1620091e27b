//! Reading what follows a name: where the value begins and where it ends.
//!
//! People set values off in a dozen ways (quotes, guillemets, asterisks, brackets, a cell of a table, a tag), and go on after them. The
//! ranges here are byte ranges of the text that was given.

use core::ops::Range;

/// A value, how it was set off, and what comes after it.
pub(super) struct Token<'t> {
    /// The value, without what sets it off.
    pub(super) text: &'t str,
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// Whether quotes of any kind stand around it.
    pub(super) quoted: Quoted,
    /// What follows on its line.
    pub(super) rest: &'t str,
}

/// Whether a value stands in quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoted {
    /// In quotes, guillemets or backticks that are closed.
    Yes,
    /// Bare.
    No,
}

/// Opening quotes and what closes each.
const QUOTES: &[(&str, &[&str])] = &[
    ("\\\"", &["\\\""]),
    ("\\'", &["\\'"]),
    ("&quot;", &["&quot;"]),
    ("'''", &["'''"]),
    ("```", &["```"]),
    ("\"", &["\""]),
    ("'", &["'"]),
    ("`", &["`"]),
    ("«", &["»"]),
    ("“", &["”", "“"]),
    ("„", &["“", "”", "\""]),
    ("‘", &["’"]),
    ("***", &["***"]),
    ("**", &["**"]),
    ("__", &["__"]),
];

/// In bytes. Longer values are files, not passwords.
const LONGEST: usize = 200;

/// White space of any kind within a line.
pub(super) fn is_blank(character: char) -> bool {
    character != '\n' && character != '\r' && (character.is_whitespace() || character == '\u{feff}')
}

/// The value that begins a text, after white space. `None` where there is nothing on this line.
pub(super) fn token(text: &str) -> Option<Token<'_>> {
    let skipped = text.len() - text.trim_start_matches(is_blank).len();
    let body = &text[skipped..];
    for (open, closers) in QUOTES {
        let Some(inner) = body.strip_prefix(open) else { continue };
        let line = inner.split(['\n', '\r']).next().unwrap_or(inner);
        let close = closers.iter().filter_map(|close| line.find(close).map(|at| (at, close.len()))).min();
        let Some((at, width)) = close else {
            // Opened and not closed: the quote belongs to the value or to the line above.
            return bare_token(text, skipped + open.len());
        };
        let value = &line[..at];
        let trimmed = value.trim_matches(is_blank);
        if trimmed.is_empty() {
            return None;
        }
        let start = skipped + open.len() + (value.len() - value.trim_start_matches(is_blank).len());
        let after = skipped + open.len() + at + width;
        return Some(Token {
            text: trimmed,
            range: start..start + trimmed.len(),
            quoted: Quoted::Yes,
            rest: line_of(&text[after..]),
        });
    }
    bare_token(text, skipped)
}

fn bare_token(text: &str, start: usize) -> Option<Token<'_>> {
    let body = &text[start..];
    let end = body.find(|c: char| c.is_whitespace()).unwrap_or(body.len());
    let word = cut(&body[..end]);
    let value = trimmed(word);
    if value.is_empty() || value.len() > LONGEST {
        return None;
    }
    // What was taken from both ends is known by its place: to search for the rest would cost more than all else here.
    let offset = value.as_ptr() as usize - word.as_ptr() as usize;
    let range = start + offset..start + offset + value.len();
    Some(Token { text: value, rest: line_of(&text[range.end..]), range, quoted: Quoted::No })
}

/// Whether a value ends where a sentence or a part of it may: nothing joined to it goes on.
pub(super) fn stands_by_itself(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '@' | '\\' | '(' | '='))
}

/// The rest of the line.
pub(super) fn line_of(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or(text)
}

/// The rest of the line, or of the code span that was opened before it.
pub(super) fn span_of(text: &str) -> &str {
    let line = line_of(text);
    let lone = line.matches('`').count() % 2 == 1;
    line.find('`').filter(|_| lone).map_or(line, |end| &line[..end])
}

/// Without quotes, and without the punctuation of the sentence. A final `!` or `?` stays: passwords are made with them.
pub(super) fn bare(value: &str) -> &str {
    // Most words have nothing around them, and every one of a flood is asked.
    if value.bytes().all(|byte| byte.is_ascii_alphanumeric()) { value } else { trimmed(cut(value)) }
}

fn trimmed(value: &str) -> &str {
    let quotes = ['"', '\'', '`', '«', '»', '“', '”', '„', '’', '\u{a0}', '\u{202f}', ' ', '\\'];
    let value = value.trim_start_matches(quotes).trim_start_matches("**");
    let value = value.trim_end_matches(|character: char| {
        quotes.contains(&character) || matches!(character, ',' | ';' | '.' | ':' | '…')
    });
    let value = value.trim_end_matches("**").trim_end_matches('`');
    let value = match value.strip_prefix('(') {
        Some(inner) => inner.trim_end_matches(')'),
        // « (mdp : Soleil2026) »: the bracket was opened before the key.
        None if !value.contains('(') => value.trim_end_matches([')', ',']),
        None => value,
    };
    let value = if value.contains(['[', '{']) { value } else { value.trim_end_matches([']', '}']) };
    value.trim_end_matches(|c: char| quotes.contains(&c) || matches!(c, ',' | ';' | '.'))
}

/// What stands before the next field: `&name=`, `;Server=`, `,host=`, `</tag>`, a cell's `|`, a quote in the middle.
fn cut(value: &str) -> &str {
    let named = |rest: &str, sign: char| {
        rest.split_once(sign).is_some_and(|(name, _)| {
            (2..=32).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b'.' | b' '))
        })
    };
    let mut end = value.len();
    for (at, character) in value.char_indices().skip(1) {
        if character.is_alphanumeric() || at > LONGEST {
            continue;
        }
        let rest = &value[at + character.len_utf8()..];
        let next_field = match character {
            '&' => {
                named(rest, '=')
                    || rest.as_bytes().get(1) == Some(&b'=')
                    || rest.starts_with("quot;")
                    || rest.starts_with("lt;")
            }
            ';' | ',' => named(rest, '=') || named(rest, ':') || rest.starts_with(['"', '\'']),
            '|' => true,
            '<' => rest.starts_with('/'),
            '"' => true,
            '\\' => rest.starts_with(['n', 'r', '"']),
            _ => false,
        };
        if next_field {
            end = at;
            break;
        }
    }
    &value[..end]
}
