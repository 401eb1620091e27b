//! Fields: the texts of an event, each with its place.
//!
//! Every string, every object key and every number of an event is a field, wherever it stands and whatever the event's type:
//! a list of « the members that hold text » is a list of the places to hide in. Only two things are passed over: keys that a
//! specification defines ([`keys`](crate::keys)), and values that have the form their key promises ([`opaque`](crate::opaque)).
//!
//! A string that is HTML yields several fields of one place: its text as a reader sees it, and what its markup holds.
//!
//! ```
//! use filter_matrix::{event::Event, field::{Extraction, Form}, json::Scratch};
//! let (mut scratch, mut extraction) = (Scratch::default(), Extraction::default());
//! let input = br#"{"type":"m.room.message","content":{"msgtype":"m.file","body":"plan.pdf","info":{"size":1024}}}"#;
//! let event = Event::read(input, &mut scratch).unwrap();
//! let fields: Vec<_> = extraction.read(&event).iter().collect();
//! assert_eq!((fields.len(), fields[0].text, fields[0].form), (1, "plan.pdf", Form::FileName));
//! ```

use crate::event::Event;
use crate::html::{Piece, PieceKind, Renderer};
use crate::json::{Document, Kind, NodeId};
use crate::keys::KEYS;
use crate::opaque::{IDENTIFIERS, SHAPES, Shape, is_signing_key};
use crate::scope::ENCRYPTED;
use std::fmt;
use std::ops::Range;

pub use filter_core::Form;

/// Where a field stands: a value of the event, or the key under which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The value.
    pub node: NodeId,
    /// Whether the text is the value's key instead.
    pub in_key: bool,
}

/// One text. `Debug` prints its length only.
#[derive(Clone, Copy)]
pub struct Field<'a> {
    /// The text that is to be read; for HTML what it was rendered to.
    pub text: &'a str,
    /// What sort of text it is.
    pub form: Form,
    /// Where it stands.
    pub place: Place,
    /// For HTML: which part of the source it is.
    piece: Option<Piece<'a>>,
    /// Where it begins in the piece.
    offset: usize,
}

impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({:?}, {:?}, <{} bytes>)", self.form, self.place, self.text.len())
    }
}

impl<'a> Field<'a> {
    /// Where a range of the text stands in the decoded string of the event; the same range unless the string is HTML.
    pub fn to_source(&self, range: Range<usize>) -> Range<usize> {
        match &self.piece {
            Some(piece) => piece.to_source(range.start + self.offset..range.end + self.offset),
            None => range,
        }
    }

    /// As the engine reads it.
    pub fn for_scan(&self) -> filter_core::Field<'a> {
        filter_core::Field { text: self.text, form: self.form }
    }

    /// For a part of an HTML string, which one.
    pub fn piece(&self) -> Option<&Piece<'a>> {
        self.piece.as_ref()
    }
}

#[derive(Clone, Copy)]
struct Slot {
    place: Place,
    form: Form,
    /// The number of the piece, for HTML.
    piece: Option<u32>,
    /// Which part of the text, where it is not all of it.
    part: Option<(u32, u32)>,
}

/// The buffers of extraction, kept from one event to the next. `Debug` prints counts only.
#[derive(Default)]
pub struct Extraction {
    slots: Vec<Slot>,
    /// For each value the form that its key, or a container around it, promises.
    promises: Vec<Option<Shape>>,
    renderer: Renderer,
}

impl fmt::Debug for Extraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Extraction(<{} fields>)", self.slots.len())
    }
}

impl Extraction {
    /// Finds the fields of an event, in document order; a key stands before its value.
    pub fn read<'a>(&'a mut self, event: &Event<'a>) -> Fields<'a> {
        let document = event.document;
        self.slots.clear();
        self.renderer.clear();
        self.promises.clear();
        // Most events have nothing that promises a form for all that stands below it.
        let mut has_deep = false;
        for id in document.ids() {
            let (is_member, defined) = (document.is_member(id), document.defined_key(id));
            let inherited = if is_member && !has_deep {
                None
            } else {
                document.parent(id).and_then(|parent| self.promises[parent.index()])
            };
            let promise = if is_member && !inherited.is_some_and(Shape::is_deep) {
                defined.and_then(|defined| SHAPES[defined])
            } else {
                inherited
            };
            has_deep |= promise.is_some_and(Shape::is_deep);
            self.promises.push(promise);
            if is_member
                && defined.is_none()
                && let Some(key) = document.key(id)
                && !is_passed_key(document, id, key)
            {
                self.slots.push(Slot {
                    place: Place { node: id, in_key: true },
                    form: Form::Key,
                    piece: None,
                    part: None,
                });
            }
            let kind = document.kind(id);
            if !matches!(kind, Kind::String | Kind::Number) {
                continue;
            }
            let text = document.text(id);
            if defined == Some(MESSAGE_TYPE) && is_nameless_file(document, id) {
                // A file without a name still is one, and a rule about files has to find it somewhere.
                let place = Place { node: id, in_key: false };
                self.slots.push(Slot { place, form: Form::FileName, piece: None, part: None });
                continue;
            }
            // Ciphertext is what an encrypted event has; anywhere else the word promises nothing.
            let promise = promise.filter(|&shape| shape != Shape::Megolm || event.event_type == ENCRYPTED);
            if text.is_empty() || promise.is_some_and(|shape| shape.holds(kind, text)) {
                continue;
            }
            let place = Place { node: id, in_key: false };
            match role(event, id, defined) {
                Role::Plain(form) => self.slots.push(Slot { place, form, piece: None, part: None }),
                Role::Html => {
                    for number in self.renderer.append(text) {
                        let piece = self.renderer.piece(number, text);
                        let mut push = |part: Range<usize>, form| {
                            let whole = part == (0..piece.text().len());
                            let part = (part.start as u32, part.end as u32);
                            if part.0 < part.1 {
                                let (piece, part) = (Some(number as u32), (!whole).then_some(part));
                                self.slots.push(Slot { place, form, piece, part });
                            }
                        };
                        let name = file_name(&piece).unwrap_or(0..0);
                        push(0..name.start, Form::Prose);
                        push(name.clone(), Form::FileName);
                        push(name.end..piece.text().len(), Form::Prose);
                    }
                }
            }
        }
        Fields { document, slots: &self.slots, renderer: &self.renderer }
    }
}

/// Keys that no specification fixes and that are yet no text: user ids in a room's power levels, types of events there, names of keys
/// that sign.
fn is_passed_key(document: Document<'_>, id: NodeId, key: &str) -> bool {
    let holder = document.parent(id).and_then(|parent| document.defined_key(parent));
    key.is_empty()
        || IDENTIFIERS.contains(key)
        || is_signing_key(key)
        || (holder == Some(USERS) && Shape::UserId.holds(Kind::String, key))
}

/// How a string or number is read.
enum Role {
    Plain(Form),
    Html,
}

const BODY: usize = KEYS.position_of("body");
const NAME: usize = KEYS.position_of("name");
const FILE_NAME: usize = KEYS.position_of("filename");
const FORMATTED_BODY: usize = KEYS.position_of("formatted_body");
const HTML: usize = KEYS.position_of("org.matrix.msc1767.html");
const OLD_HTML: usize = KEYS.position_of("m.html");
pub(crate) const MEDIA_TYPE: usize = KEYS.position_of("mimetype");
pub(crate) const MESSAGE_TYPE: usize = KEYS.position_of("msgtype");
const USERS: usize = KEYS.position_of("users");
const FILES: [usize; 3] = [
    KEYS.position_of("m.file"),
    KEYS.position_of("org.matrix.msc1767.file"),
    KEYS.position_of("org.matrix.msc3551.file"),
];

fn role(event: &Event<'_>, id: NodeId, key: Option<usize>) -> Role {
    let document = event.document;
    if document.kind(id) == Kind::Number {
        return Role::Plain(Form::Number);
    }
    match key {
        Some(FORMATTED_BODY | HTML | OLD_HTML) => Role::Html,
        Some(BODY) => body_role(event, id),
        Some(FILE_NAME) => Role::Plain(Form::FileName),
        Some(NAME) if is_in_file(document, id) => Role::Plain(Form::FileName),
        _ => Role::Plain(Form::Prose),
    }
}

/// A `body` is prose, HTML if its media type says so, or the name of a file if nothing beside it is.
fn body_role(event: &Event<'_>, id: NodeId) -> Role {
    let document = event.document;
    let (mut is_html, mut is_media, mut file_name) = (false, false, None);
    let siblings = document.parent(id).into_iter().flat_map(|parent| document.children(parent));
    for sibling in siblings {
        match (document.defined_key(sibling), document.string(sibling)) {
            (Some(MEDIA_TYPE), Some(media_type)) => is_html = is_html_type(media_type),
            (Some(MESSAGE_TYPE), Some(message_type)) => {
                is_media = is_file_type(message_type);
            }
            (Some(FILE_NAME), name) => file_name = name,
            _ => {}
        }
    }
    if is_html {
        return Role::Html;
    }
    // With a `filename` that says something else the body is a caption. A sticker's body describes it.
    let names_the_file = file_name.is_none_or(|name| name == document.text(id));
    let form = if is_media && names_the_file && event.event_type != "m.sticker" { Form::FileName } else { Form::Prose };
    Role::Plain(form)
}

/// The last part of an address's path in an attribute, if it has the ending of a file's name: `…/Note%20Secret.pdf?dl=1`.
fn file_name(piece: &Piece<'_>) -> Option<Range<usize>> {
    if piece.kind() != PieceKind::Attribute {
        return None;
    }
    let text = piece.text();
    let path = &text[..text.find(['?', '#']).unwrap_or(text.len())];
    let start = path.rfind('/')? + 1;
    // The host of an address that has no path is no file.
    let is_host = path[..start].ends_with("://");
    let (_, extension) = path[start..].rsplit_once('.')?;
    let is_extension = (2..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (!is_host && is_extension).then_some(start..path.len())
}

/// A message type that announces a file, with no name of one beside it.
fn is_nameless_file(document: Document<'_>, id: NodeId) -> bool {
    let siblings = document.parent(id).into_iter().flat_map(|parent| document.children(parent));
    is_file_type(document.text(id))
        && !siblings
            .filter(|sibling| matches!(document.defined_key(*sibling), Some(BODY | FILE_NAME)))
            .any(|sibling| document.string(sibling).is_some_and(|name| !name.is_empty()))
}

fn is_file_type(message_type: &str) -> bool {
    matches!(message_type, "m.file" | "m.image" | "m.video" | "m.audio")
}

fn is_html_type(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or("");
    essence.trim().eq_ignore_ascii_case("text/html")
}

/// `{"org.matrix.msc1767.file":{"name":…}}`
fn is_in_file(document: Document<'_>, id: NodeId) -> bool {
    let holder = document.parent(id).and_then(|parent| document.defined_key(parent));
    holder.is_some_and(|holder| FILES.contains(&holder))
}

/// The fields of one event.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    document: Document<'a>,
    slots: &'a [Slot],
    renderer: &'a Renderer,
}

impl fmt::Debug for Fields<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fields(<{} fields>)", self.slots.len())
    }
}

impl<'a> Fields<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// A field by its number.
    pub fn get(&self, number: usize) -> Option<Field<'a>> {
        self.slots.get(number).map(|slot| self.field(slot))
    }

    /// All of them, in document order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Field<'a>> + use<'a> {
        let fields = *self;
        self.slots.iter().map(move |slot| fields.field(slot))
    }

    /// The JSON pointer (RFC 6901) of a place. It spells out every key on the way, so it may hold message text where a key does.
    pub fn pointer(&self, place: Place) -> String {
        self.document.pointer(place.node)
    }

    /// As [`pointer`](Self::pointer), with `…` for every key that no specification defines: for what must not hold text.
    pub fn pointer_without_text(&self, place: Place) -> String {
        self.document.pointer_with(place.node, |key| KEYS.contains(key))
    }

    /// As [`pointer`](Self::pointer), with `…` for the keys that `may_show` does not let through.
    pub fn pointer_with(&self, place: Place, may_show: impl Fn(NodeId, &str) -> bool) -> String {
        self.document.render_pointer(place.node, may_show)
    }

    fn field(&self, slot: &Slot) -> Field<'a> {
        let Slot { place, form, piece, part } = *slot;
        let value = self.document.text(place.node);
        let piece = piece.map(|number| self.renderer.piece(number as usize, value));
        let text = match piece {
            Some(piece) => piece.text(),
            None if place.in_key => self.document.key(place.node).unwrap_or(""),
            None => value,
        };
        let part = part.map_or(0..text.len(), |(start, end)| start as usize..end as usize);
        Field { text: &text[part.clone()], form, place, piece, offset: part.start }
    }
}
