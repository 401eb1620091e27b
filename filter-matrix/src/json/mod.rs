//! JSON texts as a flat list of values, each with its place. Strict RFC 8259, and objects may not repeat a key.
//!
//! [`parse()`] reads a text once and never recurses, so nesting is bounded by memory alone. It leaves a list of nodes in
//! document order: a container stands before what it contains, and knows where that ends. Strings without an escape are
//! slices of the text; decoded ones stand in an arena. Both, and every other buffer, live in a [`Scratch`] that the caller
//! keeps, so that reading the next event allocates nothing.
//!
//! A list of nodes, not callbacks: what a string means in Matrix depends on its siblings (`mimetype` beside `body`), and
//! members come in any order. Not `serde_json::Value` either: it drops duplicate keys in silence, reprints numbers, and costs
//! an allocation for every string.
//!
//! Must not know: what an event is.
//!
//! ```
//! use filter_matrix::json::{parse, Scratch};
//! let mut scratch = Scratch::default();
//! let document = parse(br#"{"content":{"body":"caf\u00e9"}}"#, &mut scratch).unwrap();
//! let body = document.ids().last().unwrap();
//! assert_eq!(document.text(body), "café");
//! assert_eq!(document.pointer(body), "/content/body");
//! ```

mod error;
mod marks;
mod parse;
mod string;

pub use error::{Malformed, Problem};
pub use parse::parse;

use std::fmt;

/// Whether a text is a JSON string as it stands, between two quotes.
pub(crate) fn is_plain(text: &str) -> bool {
    marks::Marks::of(text.as_bytes()).next(0) == text.len()
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{…}`
    Object,
    /// `[…]`
    Array,
    /// A string; its text is decoded.
    String,
    /// A number; its text is the literal as it stands.
    Number,
    /// `true` or `false`
    Bool,
    /// `null`
    Null,
}

/// A value of a [`Document`]: its position in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// The position in document order, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A stretch of the input, or of the arena where an escape had to be decoded.
#[derive(Clone, Copy)]
struct Text {
    start: u32,
    /// The highest bit tells the arena from the input.
    len: u32,
}

const IN_ARENA: u32 = 1 << 31;
const NO_PARENT: u32 = u32::MAX;
/// The key is none that a specification defines.
const UNDEFINED_KEY: u16 = u16::MAX;
/// No member of an object, so there is no key.
const NO_KEY: u16 = u16::MAX - 1;

impl Text {
    const NONE: Self = Self { start: 0, len: 0 };

    #[inline]
    fn resolve<'a>(self, input: &'a str, arena: &'a str) -> &'a str {
        let held = if self.len & IN_ARENA == 0 { input } else { arena };
        let start = self.start as usize;
        &held[start..start + (self.len & !IN_ARENA) as usize]
    }
}

#[derive(Clone, Copy)]
struct Node {
    kind: Kind,
    /// Which key of [`KEYS`](crate::keys) the name is, or one of the two numbers below. Looked up once, while reading: after
    /// that keys are told apart by number, and their texts are compared only where no specification defines them.
    key: u16,
    parent: u32,
    /// For a member of an object its key; for an item of an array the index stands in `start`.
    name: Text,
    /// Strings and numbers only, and booleans (their literal).
    value: Text,
    /// One past the last node inside this one.
    end: u32,
}

/// The buffers of [`parse()`], kept from one text to the next. `Debug` prints capacities only.
#[derive(Default)]
pub struct Scratch {
    nodes: Vec<Node>,
    arena: String,
    open: Vec<parse::Open>,
    defined: Vec<parse::Defined>,
    keys: Vec<parse::Key>,
}

impl fmt::Debug for Scratch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scratch(<{} nodes, {} bytes>)", self.nodes.capacity(), self.arena.capacity())
    }
}

/// A text that has been read.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    input: &'a str,
    arena: &'a str,
    nodes: &'a [Node],
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document(<{} bytes>)", self.input.len())
    }
}

impl<'a> Document<'a> {
    /// The outermost value.
    pub fn root(self) -> NodeId {
        NodeId(0)
    }

    /// Every value, in document order.
    pub fn ids(self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// How many values there are.
    #[expect(clippy::len_without_is_empty, reason = "a document always has its root")]
    pub fn len(self) -> usize {
        self.nodes.len()
    }

    /// What a value is.
    #[inline]
    pub fn kind(self, id: NodeId) -> Kind {
        self.node(id).kind
    }

    /// The text of a string, the literal of a number or boolean, `""` for the rest.
    #[inline]
    pub fn text(self, id: NodeId) -> &'a str {
        self.node(id).value.resolve(self.input, self.arena)
    }

    /// A string's text; `None` for every other kind.
    #[inline]
    pub fn string(self, id: NodeId) -> Option<&'a str> {
        (self.kind(id) == Kind::String).then(|| self.text(id))
    }

    /// The object or array that holds a value; `None` for the root.
    #[inline]
    pub fn parent(self, id: NodeId) -> Option<NodeId> {
        let parent = self.node(id).parent;
        (parent != NO_PARENT).then_some(NodeId(parent))
    }

    /// The key of a member of an object; `None` for the root and for items of arrays.
    #[inline]
    pub fn key(self, id: NodeId) -> Option<&'a str> {
        let node = self.node(id);
        (node.key != NO_KEY).then(|| node.name.resolve(self.input, self.arena))
    }

    /// Whether the value is a member of an object, and so has a key.
    #[inline]
    pub(crate) fn is_member(self, id: NodeId) -> bool {
        self.node(id).key != NO_KEY
    }

    /// Where the key stands in [`KEYS`](crate::keys); `None` for a key that no specification defines, and for no key.
    #[inline]
    pub(crate) fn defined_key(self, id: NodeId) -> Option<usize> {
        let key = self.node(id).key;
        (key < NO_KEY).then_some(key as usize)
    }

    /// The members of an object or the items of an array, without what lies deeper.
    pub fn children(self, id: NodeId) -> impl Iterator<Item = NodeId> + use<'a> {
        let end = self.node(id).end;
        let mut next = id.0 + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = NodeId(next);
                next = self.node(child).end;
                child
            })
        })
    }

    /// Everything inside a value, at every depth, in document order.
    pub fn descendants(self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0 + 1..self.node(id).end).map(NodeId)
    }

    /// The member of an object with this key.
    pub fn member(self, object: NodeId, key: &str) -> Option<NodeId> {
        self.children(object).find(|&child| self.key(child) == Some(key))
    }

    /// The JSON pointer (RFC 6901) of a value. It spells out every key, so it may hold message text.
    pub fn pointer(self, id: NodeId) -> String {
        self.render_pointer(id, |_, _| true)
    }

    /// As [`pointer`](Self::pointer), with `…` for each key that `may_show` does not let through: for logs and errors.
    pub fn pointer_with(self, id: NodeId, may_show: impl Fn(&str) -> bool) -> String {
        self.render_pointer(id, |_, key| may_show(key))
    }

    /// As [`pointer_with`](Self::pointer_with), where it matters too whose key it is.
    pub fn render_pointer(self, id: NodeId, may_show: impl Fn(NodeId, &str) -> bool) -> String {
        // From the leaf to the root, then backwards: a chain of parents has no other order.
        let mut chain = Vec::new();
        let mut at = id;
        while let Some(parent) = self.parent(at) {
            chain.push(at);
            at = parent;
        }
        let mut pointer = String::new();
        for &step in chain.iter().rev() {
            match self.key(step) {
                Some(key) if may_show(step, key) => push_segment(&mut pointer, key),
                Some(_) => pointer.push_str("/…"),
                None => push_index(&mut pointer, self.node(step).name.start),
            }
        }
        pointer
    }

    #[inline]
    fn node(&self, id: NodeId) -> &'a Node {
        &self.nodes[id.index()]
    }
}

/// One reference token of RFC 6901: `~` and `/` are escaped.
fn push_segment(pointer: &mut String, key: &str) {
    pointer.push('/');
    for character in key.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

fn push_index(pointer: &mut String, index: u32) {
    use fmt::Write as _;
    // Writing to a String cannot fail.
    let _ = write!(pointer, "/{index}");
}
