//! What the rules about files find in a message.

use crate::engine::{Engine, Matcher};
use crate::found::{Raw, Said, offset};
use crate::message::{Attributes, Field};
use crate::verdict::{Confidence, Place};

impl Engine {
    /// Whether any rule asks for files.
    #[must_use]
    pub fn asks_for_files(&self) -> bool {
        !self.files.is_empty()
    }

    /// What the rules about files find in a message.
    pub(crate) fn find_files(&self, fields: &[Field<'_>], attributes: &Attributes<'_>, raw: &mut Vec<Raw>) {
        for rule in &self.files {
            let Matcher::File(files) = &self.rules[*rule as usize].matcher else { continue };
            for file in attributes.files {
                let Some(name) = fields.get(file.field as usize).map(|field| field.text) else { continue };
                let Some(span) = files.finds(name, file) else { continue };
                let place = Place { field: file.field, start: offset(span.start), end: offset(span.end) };
                raw.push(Raw {
                    rule: *rule,
                    place,
                    confidence: Confidence::High,
                    value: name.to_lowercase(),
                    said: Said::default(),
                    near: Vec::new(),
                    item: None,
                    around: Vec::new(),
                });
            }
        }
    }
}
