//! HTML as its reader sees it, and everything in it that its reader does not see; each with the way back to the source.
//!
//! [`Renderer::render`] cuts a source into pieces. The first is the text between the tags: inline tags vanish without a trace
//! (« DIFF`<b>`USION`</b>` » is one word), tags that break a line become a newline, cells a tab, character references what they
//! stand for. The other pieces are what tags and comments hold: every value of an attribute, every comment, and the whole tag
//! where its name or an attribute's is none of HTML's. So no markup makes text disappear unseen.
//!
//! The tokenizer follows the HTML standard where a difference would hide text (`<!-->` is a whole comment, `</3>` is one, `>`
//! may stand in quotes), and differs where the standard drops text: a tag that never ends is text, `<script>` is an element
//! like another. It builds no tree, never recurses, and reads each byte a constant number of times. It does not know which
//! tags a client would show: what is stored is what counts.
//!
//! ```
//! use filter_matrix::html::Renderer;
//! let source = "Diff<b>usion</b>&nbsp;<i title='Restreinte'>x</i>";
//! let mut renderer = Renderer::default();
//! let rendered = renderer.render(source);
//! assert_eq!(rendered.text(), "Diffusion\u{a0}x");
//! assert_eq!(&source[rendered.to_source(0..9)], "Diff<b>usion</b>");
//! assert_eq!(rendered.pieces().nth(1).map(|piece| piece.text()), Some("Restreinte"));
//! ```

mod map;
mod names;
mod tokens;

use map::Run;
use std::fmt;
use std::ops::Range;

/// What part of the source a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// The text between the tags.
    Flow,
    /// The value of an attribute, character references decoded.
    Attribute,
    /// A comment, or what the standard treats as one, as it stands.
    Comment,
    /// A tag with a name that is none of HTML's, without its angle brackets, as it stands.
    Tag,
}

/// Where the text of a piece stands.
#[derive(Clone, Copy)]
enum Store {
    /// In the source: nothing had to be decoded.
    Source,
    Flow,
    Aside,
}

#[derive(Clone, Copy)]
struct Cut {
    kind: PieceKind,
    store: Store,
    text: (u32, u32),
    runs: (u32, u32),
}

/// A text under construction and its map.
#[derive(Default)]
struct Mapped {
    text: String,
    runs: Vec<Run>,
}

impl Mapped {
    fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
    }

    fn mark(&self) -> (u32, u32) {
        (self.text.len() as u32, self.runs.len() as u32)
    }

    /// Appends source as it stands. A stretch that follows the one before it in both texts needs no run of its own.
    fn copy(&mut self, since: (u32, u32), source: &str, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let text = self.text.len() as u32;
        let continues = self.runs[since.1 as usize..]
            .last()
            .is_some_and(|run| run.replaced == 0 && run.source + (text - run.text) == range.start as u32);
        if !continues {
            self.runs.push(Run { text, source: range.start as u32, replaced: 0 });
        }
        self.text.push_str(&source[range]);
    }

    /// Notes that what was appended since `text` stands for a range of the source.
    fn replace(&mut self, text: usize, range: Range<usize>) {
        self.runs.push(Run { text: text as u32, source: range.start as u32, replaced: range.len() as u32 });
    }
}

/// The buffers of rendering. One renderer may hold the pieces of several sources, until it is cleared.
/// `Debug` prints lengths only.
#[derive(Default)]
pub struct Renderer {
    flow: Mapped,
    /// Decoded values of attributes: they come while the text between the tags is still growing.
    aside: Mapped,
    cuts: Vec<Cut>,
}

impl fmt::Debug for Renderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Renderer(<{} pieces>)", self.cuts.len())
    }
}

impl Renderer {
    /// Renders one source. A source without `<` and `&` is not copied. Sources are shorter than 4 GiB.
    pub fn render<'a>(&'a mut self, source: &'a str) -> Rendered<'a> {
        self.clear();
        let cuts = self.append(source);
        Rendered { renderer: self, source, cuts }
    }

    /// Forgets all pieces, keeps the buffers.
    pub(crate) fn clear(&mut self) {
        self.flow.clear();
        self.aside.clear();
        self.cuts.clear();
    }

    /// Renders one more source and returns which pieces are its own.
    pub(crate) fn append(&mut self, source: &str) -> Range<usize> {
        let from = self.cuts.len();
        tokens::tokenize(self, source);
        from..self.cuts.len()
    }

    /// A piece by the number that [`append`](Self::append) returned, with the same source.
    pub(crate) fn piece<'a>(&'a self, number: usize, source: &'a str) -> Piece<'a> {
        Piece { renderer: self, source, cut: self.cuts[number] }
    }
}

/// One source, rendered. The first piece is the text between the tags.
#[derive(Clone)]
pub struct Rendered<'a> {
    renderer: &'a Renderer,
    source: &'a str,
    cuts: Range<usize>,
}

impl fmt::Debug for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rendered(<{} bytes>)", self.source.len())
    }
}

impl<'a> Rendered<'a> {
    /// The text between the tags.
    pub fn text(&self) -> &'a str {
        self.flow().text()
    }

    /// Where a range of [`text`](Self::text) comes from: see [`Piece::to_source`].
    pub fn to_source(&self, range: Range<usize>) -> Range<usize> {
        self.flow().to_source(range)
    }

    /// All pieces, the text between the tags first.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'a>> + use<'a> {
        let (renderer, source) = (self.renderer, self.source);
        self.cuts.clone().map(move |number| renderer.piece(number, source))
    }

    fn flow(&self) -> Piece<'a> {
        self.renderer.piece(self.cuts.start, self.source)
    }
}

/// A stretch of text out of a source.
#[derive(Clone, Copy)]
pub struct Piece<'a> {
    renderer: &'a Renderer,
    source: &'a str,
    cut: Cut,
}

impl fmt::Debug for Piece<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Piece(<{} bytes>)", self.cut.text.1 - self.cut.text.0)
    }
}

impl<'a> Piece<'a> {
    /// What part of the source it is.
    pub fn kind(&self) -> PieceKind {
        self.cut.kind
    }

    /// Its text.
    pub fn text(&self) -> &'a str {
        let range = self.cut.text.0 as usize..self.cut.text.1 as usize;
        match self.cut.store {
            Store::Source => &self.source[range],
            Store::Flow => &self.renderer.flow.text[range],
            Store::Aside => &self.renderer.aside.text[range],
        }
    }

    /// Where a range of the text comes from in the source: whole characters and whole references, with the tags that lie
    /// inside the range and their other halves right beside it, but not those around it. A range that is out of bounds is cut down, one that cuts a character widened.
    pub fn to_source(&self, range: Range<usize>) -> Range<usize> {
        let text = self.text();
        let range = floor_char_boundary(text, range.start)..ceil_char_boundary(text, range.end);
        let offset = self.cut.text.0 as usize;
        let mapped = match self.cut.store {
            Store::Source => return offset + range.start.min(range.end)..offset + range.end,
            Store::Flow => &self.renderer.flow,
            Store::Aside => &self.renderer.aside,
        };
        let runs = &mapped.runs[self.cut.runs.0 as usize..self.cut.runs.1 as usize];
        let range = map::to_source(runs, self.cut.text.1 as usize, offset + range.start..offset + range.end);
        map::whole_elements(self.source, range)
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
