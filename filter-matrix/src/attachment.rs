//! The files that an event carries, as it describes them itself.
//!
//! A file is where the name of one is read ([`Form::FileName`]); its types stand beside the name. What a file holds is not known here.

use filter_core::{Attachment, Form};

use crate::event::Event;
use crate::field::{Fields, MEDIA_TYPE, MESSAGE_TYPE};
use crate::json::{Document, NodeId};
use crate::keys::KEYS;

const INFO: usize = KEYS.position_of("info");

/// The files of an event, one for each name.
pub(crate) fn of<'e>(event: &Event<'e>, fields: Fields<'e>) -> Vec<Attachment<'e>> {
    let document = event.document;
    let names = (0..).zip(fields.iter()).filter(|(_, field)| field.form == Form::FileName && field.piece().is_none());
    let attachment = |(number, field): (u32, crate::field::Field<'e>)| {
        let holder = document.parent(field.place.node)?;
        let media_type = member(document, holder, MEDIA_TYPE)
            .or_else(|| member(document, child(document, holder, INFO)?, MEDIA_TYPE));
        Some(Attachment { field: number, message_type: member(document, holder, MESSAGE_TYPE), media_type })
    };
    names.filter_map(attachment).collect()
}

fn child(document: Document<'_>, holder: NodeId, key: usize) -> Option<NodeId> {
    document.children(holder).find(|id| document.defined_key(*id) == Some(key))
}

fn member<'e>(document: Document<'e>, holder: NodeId, key: usize) -> Option<&'e str> {
    document.string(child(document, holder, key)?)
}
