//! The tokenizer: one pass from `<` to `<` and `&` to `&`.

use super::names::{self, Element};
use super::{Cut, Mapped, PieceKind, Renderer, Store};
use filter_core::text::entities::{self, Context};
use memchr::{memchr, memchr2};
use std::ops::Range;

/// Cuts a source into pieces and appends them; the text between the tags is the first of them.
pub(super) fn tokenize(renderer: &mut Renderer, source: &str) {
    let flow = renderer.flow.mark();
    let flow_cut = renderer.cuts.len();
    let whole = Cut { kind: PieceKind::Flow, store: Store::Source, text: (0, source.len() as u32), runs: flow };
    renderer.cuts.push(whole);
    if memchr2(b'<', b'&', source.as_bytes()).is_none() {
        return;
    }
    Tokenizer { source, bytes: source.as_bytes(), renderer, flow, tags_end: true }.run();
    let end = renderer.flow.mark();
    renderer.cuts[flow_cut] =
        Cut { kind: PieceKind::Flow, store: Store::Flow, text: (flow.0, end.0), runs: (flow.1, end.1) };
}

struct Tokenizer<'a, 'r> {
    source: &'a str,
    bytes: &'a [u8],
    renderer: &'r mut Renderer,
    /// Where this source's text between the tags begins.
    flow: (u32, u32),
    /// False once a tag was met that never ends. Then no later one is looked for: each would be read to the end of the source
    /// in vain, which makes `<a <a <a …` quadratic; the rest is text, brackets and all.
    tags_end: bool,
}

/// A tag that was read to its end.
struct Tag {
    element: Element,
    /// One past its `>`.
    end: usize,
    /// Whether its name and those of its attributes are HTML's.
    is_known: bool,
}

impl Tokenizer<'_, '_> {
    fn run(&mut self) {
        // Everything before `done` has been dealt with.
        let mut done = 0;
        let mut at = 0;
        while let Some(found) = memchr2(b'<', b'&', &self.bytes[at..]) {
            let start = at + found;
            at = start + 1;
            if self.bytes[start] == b'&' {
                // The text before it has to stand first, and a lone ampersand costs a call that appends nothing.
                self.renderer.flow.copy(self.flow, self.source, done..start);
                let text = self.renderer.flow.text.len();
                if let Some(len) = entities::decode(&self.source[start..], Context::Flow, &mut self.renderer.flow.text)
                {
                    self.renderer.flow.replace(text, start..start + len);
                    at = start + len;
                    done = at;
                } else {
                    done = start;
                }
            } else if let Some(end) = self.markup(start, done) {
                at = end;
                done = end;
            }
        }
        self.renderer.flow.copy(self.flow, self.source, done..self.source.len());
    }

    /// Deals with a `<` at `start`. Returns where the text goes on, or `None` where the `<` is text.
    fn markup(&mut self, start: usize, done: usize) -> Option<usize> {
        let inside = match self.bytes.get(start + 1)? {
            byte if byte.is_ascii_alphabetic() => start + 1,
            b'!' | b'?' => return Some(self.comment(start, done)),
            b'/' => match self.bytes.get(start + 2)? {
                byte if byte.is_ascii_alphabetic() => start + 2,
                _ => return Some(self.comment(start, done)),
            },
            _ => return None,
        };
        if !self.tags_end {
            return None;
        }
        let (cuts, aside) = (self.renderer.cuts.len(), self.renderer.aside.mark());
        let Some(tag) = self.tag(inside) else {
            self.tags_end = false;
            self.renderer.cuts.truncate(cuts);
            self.renderer.aside.text.truncate(aside.0 as usize);
            self.renderer.aside.runs.truncate(aside.1 as usize);
            return None;
        };
        if !tag.is_known {
            self.cut_source(PieceKind::Tag, inside..tag.end - 1);
        }
        self.renderer.flow.copy(self.flow, self.source, done..start);
        let separator = match tag.element {
            Element::Inline | Element::Unknown => return Some(tag.end),
            Element::Block => '\n',
            Element::Cell => '\t',
        };
        let text = self.renderer.flow.text.len();
        let before = self.renderer.flow.text[self.flow.0 as usize..].bytes().next_back();
        if before != Some(b'\n') && before != Some(separator as u8) {
            self.renderer.flow.text.push(separator);
            self.renderer.flow.replace(text, start..tag.end);
        }
        Some(tag.end)
    }

    /// `<!--…-->`, and what the standard reads as a comment up to the next `>`: `<!…>`, `<?…>`, `</3>`. One that never ends
    /// goes to the end of the source. Returns its end.
    fn comment(&mut self, start: usize, done: usize) -> usize {
        self.renderer.flow.copy(self.flow, self.source, done..start);
        let rest = &self.bytes[start..];
        let (inside, end) = if rest.starts_with(b"<!-->") {
            (start + 4..start + 4, start + 5)
        } else if rest.starts_with(b"<!--->") {
            (start + 5..start + 5, start + 6)
        } else if rest.starts_with(b"<!--") {
            let from = start + 4;
            let (len, mark) = end_of_comment(&self.bytes[from..]);
            (from..from + len, from + len + mark)
        } else {
            let from = start + 2;
            match memchr(b'>', &self.bytes[from..]) {
                Some(len) => (from..from + len, from + len + 1),
                None => (from..self.bytes.len(), self.bytes.len()),
            }
        };
        // `</` and then a character of several bytes: the comment begins with it.
        self.cut_source(PieceKind::Comment, inside);
        end
    }

    /// Reads a tag whose name begins at `from`; `None` where it never ends. Its attributes become pieces.
    fn tag(&mut self, from: usize) -> Option<Tag> {
        let name_end = self.skip_until(from, |byte| is_space(byte) || byte == b'/' || byte == b'>')?;
        let element = names::element(&self.source[from..name_end]);
        let mut is_known = element != Element::Unknown;
        let mut at = name_end;
        loop {
            at = self.skip_until(at, |byte| !is_space(byte) && byte != b'/')?;
            if self.bytes[at] == b'>' {
                return Some(Tag { element, end: at + 1, is_known });
            }
            // The first character belongs to the name whatever it is.
            let attribute_end = self.skip_until(at + 1, |byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='))?;
            is_known &= names::is_attribute(self.source.get(at..attribute_end).unwrap_or(""));
            at = self.skip_until(attribute_end, |byte| !is_space(byte))?;
            if self.bytes[at] == b'=' {
                at = self.skip_until(at + 1, |byte| !is_space(byte))?;
                at = self.value(at)?;
            }
        }
    }

    /// Reads the value of an attribute and returns where it ends, closing quote included.
    fn value(&mut self, from: usize) -> Option<usize> {
        let quote = self.bytes[from];
        let (inside, end) = match quote {
            b'"' | b'\'' => {
                let len = memchr(quote, &self.bytes[from + 1..])?;
                (from + 1..from + 1 + len, from + len + 2)
            }
            b'>' => return Some(from),
            _ => {
                let end = self.skip_until(from, |byte| is_space(byte) || byte == b'>')?;
                (from..end, end)
            }
        };
        if memchr(b'&', &self.bytes[inside.clone()]).is_some() {
            self.cut_decoded(inside);
        } else {
            self.cut_source(PieceKind::Attribute, inside);
        }
        Some(end)
    }

    fn cut_decoded(&mut self, range: Range<usize>) {
        let Renderer { aside, cuts, .. } = &mut *self.renderer;
        let since = aside.mark();
        decode_references(aside, since, self.source, range);
        let end = aside.mark();
        let (text, runs) = ((since.0, end.0), (since.1, end.1));
        cuts.push(Cut { kind: PieceKind::Attribute, store: Store::Aside, text, runs });
    }

    fn cut_source(&mut self, kind: PieceKind, range: Range<usize>) {
        if !range.is_empty() {
            let text = (range.start as u32, range.end as u32);
            self.renderer.cuts.push(Cut { kind, store: Store::Source, text, runs: (0, 0) });
        }
    }

    /// The first byte at or after `from` that `stops`; `None` where the source ends before.
    #[inline]
    fn skip_until(&self, from: usize, stops: impl Fn(u8) -> bool) -> Option<usize> {
        let rest = self.bytes.get(from..)?;
        rest.iter().position(|&byte| stops(byte)).map(|found| from + found)
    }
}

/// Decodes the character references of a value.
fn decode_references(aside: &mut Mapped, since: (u32, u32), source: &str, range: Range<usize>) {
    let mut done = range.start;
    let mut at = range.start;
    while let Some(found) = memchr(b'&', &source.as_bytes()[at..range.end]) {
        let start = at + found;
        at = start + 1;
        aside.copy(since, source, done..start);
        let text = aside.text.len();
        match entities::decode(&source[start..range.end], Context::Attribute, &mut aside.text) {
            Some(len) => {
                aside.replace(text, start..start + len);
                at = start + len;
                done = at;
            }
            None => done = start,
        }
    }
    aside.copy(since, source, done..range.end);
}

/// How long a comment is and how long the mark that ends it: `-->` or `--!>`, or nothing where it never ends.
fn end_of_comment(bytes: &[u8]) -> (usize, usize) {
    let mut from = 0;
    while let Some(found) = memchr(b'>', &bytes[from..]) {
        let at = from + found;
        if bytes[..at].ends_with(b"--") {
            return (at - 2, 3);
        }
        if bytes[..at].ends_with(b"--!") {
            return (at - 3, 4);
        }
        from = at + 1;
    }
    (bytes.len(), 0)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}
