//! Files, by their type or by the ending of their names.
//!
//! Must not know how a message carries a file, nor what is in one: it is handed what the message says of it.

use core::ops::Range;

use crate::message::Attachment;
use crate::policy::model::FileRule;

/// A rule about files, compiled: everything in small letters.
pub(crate) struct Files {
    types: Vec<String>,
    extensions: Vec<String>,
}

impl Files {
    pub(crate) fn new(written: &FileRule) -> Self {
        let small = |list: &[String]| list.iter().map(|entry| entry.to_lowercase()).collect();
        Self { types: small(&written.types), extensions: small(&written.extensions) }
    }

    /// Where the file's name says that the rule means it, or all of the name where its type does.
    pub(crate) fn finds(&self, name: &str, file: &Attachment<'_>) -> Option<Range<usize>> {
        let by_name = self.extensions.iter().find_map(|extension| ends_with(name, extension));
        by_name.or_else(|| self.names_type(file).then_some(0..name.len()))
    }

    fn names_type(&self, file: &Attachment<'_>) -> bool {
        let media_type = file.media_type.map(|written| written.split(';').next().unwrap_or("").trim());
        let is_type = |entry: &str, written: &str| match entry.strip_suffix('*') {
            Some(family) => written.get(..family.len()).is_some_and(|start| start.eq_ignore_ascii_case(family)),
            None => entry.eq_ignore_ascii_case(written),
        };
        self.types.iter().any(|entry| {
            entry == "*" || media_type.into_iter().chain(file.message_type).any(|written| is_type(entry, written))
        })
    }
}

/// The ending of a name that an extension is, without the spaces and dots that may stand behind it.
fn ends_with(name: &str, extension: &str) -> Option<Range<usize>> {
    let name = name.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    let start = name.len().checked_sub(extension.len())?;
    let is_it = name.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(extension));
    (is_it && name[..start].ends_with('.')).then_some(start..name.len())
}
