//! The grammar of values: a loop with its own stack.

use super::marks::Marks;
use super::{Document, IN_ARENA, Kind, Malformed, NO_KEY, NO_PARENT, Node, Problem, Scratch, Text, UNDEFINED_KEY};
use super::{push_index, push_segment, string};
use crate::keys::{self, KEY_LIST, KEYS};

/// A container whose end has not been seen.
pub(super) struct Open {
    node: u32,
    is_object: bool,
    /// Where its undefined keys begin on the stack of keys.
    keys_from: u32,
    /// Items so far.
    items: u32,
}

/// The defined keys of an open object. Not part of [`Open`]: a text may open an array with every byte, and these are 56 bytes.
#[derive(Default)]
pub(super) struct Defined {
    /// Those that were seen, a bit each.
    seen: [u64; KEY_LIST.len().div_ceil(64)],
    /// The byte where the first one stands that repeats one.
    repeated_at: Option<u32>,
}

/// An undefined key of an open object, and the byte where it stands.
#[derive(Clone, Copy)]
pub(super) struct Key {
    text: Text,
    at: u32,
}

/// How deep the pointer of an error goes before it ends in `…`.
const POINTER_DEPTH: usize = 16;

/// Up to here every undefined key is compared with every other; beyond, they are sorted. Most objects have none.
const PAIRWISE: usize = 8;

/// Reads a text. What it returns borrows from both the text and the buffers.
pub fn parse<'a>(input: &'a [u8], scratch: &'a mut Scratch) -> Result<Document<'a>, Malformed> {
    let whole = |problem, at| Malformed::new(problem, at, String::new());
    if input.len() >= IN_ARENA as usize {
        return Err(whole(Problem::TooLong, 0));
    }
    let text = simdutf8::compat::from_utf8(input).map_err(|error| whole(Problem::NotUtf8, error.valid_up_to()))?;
    scratch.nodes.clear();
    scratch.arena.clear();
    scratch.open.clear();
    scratch.defined.clear();
    scratch.keys.clear();
    let mut parser = Parser {
        text,
        bytes: input,
        marks: Marks::of(input),
        at: 0,
        name: Text::NONE,
        key: NO_KEY,
        naming: false,
        scratch,
    };
    if let Err((problem, at)) = parser.run() {
        return Err(Malformed::new(problem, at, parser.pointer()));
    }
    let Scratch { nodes, arena, .. } = scratch;
    Ok(Document { input: text, arena, nodes })
}

struct Parser<'a, 's> {
    text: &'a str,
    bytes: &'a [u8],
    marks: Marks<'a>,
    at: usize,
    /// The key or index of the value that is being read, or was read last.
    name: Text,
    /// Which key of the list `name` is.
    key: u16,
    /// Whether the keys of the innermost object are being looked at, not a value in it.
    naming: bool,
    scratch: &'s mut Scratch,
}

impl Parser<'_, '_> {
    fn run(&mut self) -> Result<(), string::Fault> {
        self.skip_space();
        if self.at == self.bytes.len() {
            return Err((Problem::Empty, self.at));
        }
        loop {
            let complete = self.value()?;
            if complete && !self.after_value()? {
                break;
            }
        }
        if self.at == self.bytes.len() { Ok(()) } else { Err((Problem::TrailingBytes, self.at)) }
    }

    /// Reads one value, or the opening of a container that is not empty (then `false`: a value comes next).
    #[inline]
    fn value(&mut self) -> Result<bool, string::Fault> {
        self.skip_space();
        match self.peek()? {
            b'"' => {
                let (text, after) = string::read(self.text, &mut self.marks, self.at + 1, &mut self.scratch.arena)?;
                self.at = after;
                self.push(Kind::String, text);
            }
            b'{' => {
                self.open(Kind::Object);
                if self.peek()? != b'}' {
                    self.key()?;
                    return Ok(false);
                }
                self.close();
            }
            b'[' => {
                self.open(Kind::Array);
                if self.peek()? != b']' {
                    (self.name, self.key) = (Text::NONE, NO_KEY);
                    return Ok(false);
                }
                self.close();
            }
            b'-' | b'0'..=b'9' => self.number()?,
            b't' => self.literal("true", Kind::Bool)?,
            b'f' => self.literal("false", Kind::Bool)?,
            b'n' => self.literal("null", Kind::Null)?,
            _ => return Err((Problem::UnexpectedByte, self.at)),
        }
        Ok(true)
    }

    /// Closes what ends here. True when another value comes, false when the outermost one is complete.
    #[inline]
    fn after_value(&mut self) -> Result<bool, string::Fault> {
        loop {
            self.skip_space();
            let Some(open) = self.scratch.open.last_mut() else { return Ok(false) };
            let Some(&byte) = self.bytes.get(self.at) else { return Err((Problem::UnexpectedEnd, self.at)) };
            match (byte, open.is_object) {
                (b',', true) => {
                    self.at += 1;
                    self.skip_space();
                    self.key()?;
                    return Ok(true);
                }
                (b',', false) => {
                    self.at += 1;
                    open.items += 1;
                    (self.name, self.key) = (Text { start: open.items, len: 0 }, NO_KEY);
                    return Ok(true);
                }
                (b'}', true) => {
                    self.naming = true;
                    self.refuse_duplicates()?;
                    self.close();
                }
                (b']', false) => self.close(),
                _ => return Err((Problem::UnexpectedByte, self.at)),
            }
        }
    }

    /// A key and its colon.
    #[inline]
    fn key(&mut self) -> Result<(), string::Fault> {
        self.naming = true;
        if self.peek()? != b'"' {
            return Err((Problem::UnexpectedByte, self.at));
        }
        let at = self.at as u32;
        let (text, after) = string::read(self.text, &mut self.marks, self.at + 1, &mut self.scratch.arena)?;
        self.at = after;
        self.name = text;
        self.note_key(Key { text, at });
        self.skip_space();
        if self.peek()? != b':' {
            return Err((Problem::UnexpectedByte, self.at));
        }
        self.at += 1;
        self.naming = false;
        Ok(())
    }

    /// Numbers a key, and keeps it until its object ends.
    #[inline]
    fn note_key(&mut self, key: Key) {
        let Scratch { arena, keys, defined, .. } = &mut *self.scratch;
        match (KEYS.position(key.text.resolve(self.text, arena)), defined.last_mut()) {
            (Some(position), Some(defined)) => {
                let (word, bit) = (&mut defined.seen[position / 64], 1 << (position % 64));
                if *word & bit != 0 {
                    defined.repeated_at.get_or_insert(key.at);
                }
                *word |= bit;
                self.key = position as u16;
            }
            _ => {
                keys.push(key);
                self.key = UNDEFINED_KEY;
            }
        }
    }

    fn open(&mut self, kind: Kind) {
        let node = self.scratch.nodes.len() as u32;
        self.push(kind, Text::NONE);
        let keys_from = self.scratch.keys.len() as u32;
        let is_object = kind == Kind::Object;
        self.scratch.open.push(Open { node, is_object, keys_from, items: 0 });
        if is_object {
            self.scratch.defined.push(Defined::default());
        }
        self.naming = kind == Kind::Object;
        self.at += 1;
        self.skip_space();
    }

    fn close(&mut self) {
        let end = self.scratch.nodes.len() as u32;
        if let Some(open) = self.scratch.open.pop() {
            let node = &mut self.scratch.nodes[open.node as usize];
            node.end = end;
            self.name = node.name;
            self.scratch.keys.truncate(open.keys_from as usize);
            if open.is_object {
                self.scratch.defined.pop();
            }
        }
        self.naming = false;
        self.at += 1;
    }

    #[inline]
    fn push(&mut self, kind: Kind, value: Text) {
        let parent = self.scratch.open.last().map_or(NO_PARENT, |open| open.node);
        let end = self.scratch.nodes.len() as u32 + 1;
        self.scratch.nodes.push(Node { kind, key: self.key, parent, name: self.name, value, end });
    }

    fn literal(&mut self, literal: &str, kind: Kind) -> Result<(), string::Fault> {
        let rest = &self.bytes[self.at..];
        let same = rest.iter().zip(literal.as_bytes()).take_while(|(left, right)| left == right).count();
        if same < literal.len() {
            let problem = if same == rest.len() { Problem::UnexpectedEnd } else { Problem::UnexpectedByte };
            return Err((problem, self.at + same));
        }
        self.push(kind, Text { start: self.at as u32, len: literal.len() as u32 });
        self.at += literal.len();
        Ok(())
    }

    fn number(&mut self) -> Result<(), string::Fault> {
        let start = self.at;
        let bad = Err((Problem::BadNumber, start));
        if self.bytes[self.at] == b'-' {
            self.at += 1;
        }
        let whole_from = self.at;
        let whole = self.digits();
        if whole == 0 || (whole > 1 && self.bytes[whole_from] == b'0') {
            return bad;
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return bad;
            }
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.bytes.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return bad;
            }
        }
        self.push(Kind::Number, Text { start: start as u32, len: (self.at - start) as u32 });
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let count = self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        count
    }

    #[inline]
    fn skip_space(&mut self) {
        // Hosts send JSON without spaces.
        if self.bytes.get(self.at).is_none_or(|byte| *byte > b' ') {
            return;
        }
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    #[inline]
    fn peek(&self) -> Result<u8, string::Fault> {
        self.bytes.get(self.at).copied().ok_or((Problem::UnexpectedEnd, self.at))
    }

    /// Refuses the object that ends here if it repeats a key; keys are compared decoded: `"a"` and `"\u0061"` are the same.
    /// Points at the first one that repeats an earlier one.
    #[inline]
    fn refuse_duplicates(&mut self) -> Result<(), string::Fault> {
        let Some(open) = self.scratch.open.last() else { return Ok(()) };
        let defined = self.scratch.defined.last().and_then(|defined| defined.repeated_at);
        let undefined = self.first_undefined_duplicate(open.keys_from as usize);
        match defined.into_iter().chain(undefined).min() {
            Some(at) => Err((Problem::DuplicateKey, at as usize)),
            None => Ok(()),
        }
    }

    /// The keys are not needed again, so sorting may scramble them.
    #[inline]
    fn first_undefined_duplicate(&mut self, keys_from: usize) -> Option<u32> {
        let Scratch { arena, keys, .. } = &mut *self.scratch;
        let keys = &mut keys[keys_from..];
        let text = |key: &Key| key.text.resolve(self.text, arena);
        if keys.len() <= PAIRWISE {
            let repeats = |later: usize| keys[..later].iter().any(|earlier| text(earlier) == text(&keys[later]));
            return (1..keys.len()).find(|&later| repeats(later)).map(|later| keys[later].at);
        }
        keys.sort_unstable_by(|left, right| text(left).cmp(text(right)).then(left.at.cmp(&right.at)));
        keys.windows(2).filter(|pair| text(&pair[0]) == text(&pair[1])).map(|pair| pair[1].at).min()
    }

    /// Where the reading stopped: the value, or the object one of whose keys is wrong.
    #[cold]
    fn pointer(&self) -> String {
        let Scratch { nodes, arena, open, .. } = &*self.scratch;
        let mut pointer = String::new();
        let names = open.iter().skip(1).map(|open| nodes[open.node as usize].name).chain([self.name]);
        // Each name is a step inside the container before it.
        for (depth, (holder, name)) in open.iter().zip(names).enumerate() {
            if depth == POINTER_DEPTH {
                pointer.push_str("/…");
                break;
            }
            let is_last = depth + 1 == open.len();
            if holder.is_object {
                if is_last && self.naming {
                    break;
                }
                let key = name.resolve(self.text, arena);
                if keys::is_defined(key) { push_segment(&mut pointer, key) } else { pointer.push_str("/…") }
            } else {
                push_index(&mut pointer, if is_last { holder.items } else { name.start });
            }
        }
        pointer
    }
}
