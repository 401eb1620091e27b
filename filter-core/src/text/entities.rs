//! Character references: `&eacute;`, `&#233;`, `&#xe9;`, and `&eacute` as old pages write it.
//!
//! The whole list of the HTML standard stands in `entities.txt` (name, `*` where the semicolon may be missing, code points),
//! and is searched as it stands: nothing is built when the module starts. All 2,125 of them and not the usual
//! fifty, because browsers know them all: `&DD;iffusion` reads « ⅅiffusion ».
//!
//! ```text
//! AElig* c6
//! AMP* 26
//! ```

use crate::words::slot_of;

/// Sorted by the bytes of the name. Shorter than 64 KiB, so that 16 bits name a line.
const ENTITIES: &str = include_str!("entities.txt");

/// The longest name in the list.
const LONGEST_NAME: usize = 31;
/// The longest name that needs no semicolon.
const LONGEST_BARE_NAME: usize = 6;

/// What the numbers 0x80 to 0x9F mean: the characters of windows-1252, which old pages wrote there. 0 where it has none.
#[rustfmt::skip]
pub(super) const WINDOWS_1252: [u32; 32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
];

/// Where the text that is decoded stands: rules for a missing semicolon differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Between tags.
    Flow,
    /// In the value of an attribute: `?a=1&copy=2` is an address, not a copyright sign.
    Attribute,
}

/// Decodes the reference that begins with the `&` at the start of `text`. Appends what it stands for to `out` and returns the
/// number of bytes it takes; `None` (and nothing appended) where it is only an ampersand.
pub fn decode(text: &str, context: Context, out: &mut String) -> Option<usize> {
    let rest = text.strip_prefix('&')?.as_bytes();
    match rest.first()? {
        b'#' => decode_number(&rest[1..], out).map(|len| len + 2),
        byte if byte.is_ascii_alphabetic() => decode_name(rest, context, out).map(|len| len + 1),
        _ => None,
    }
}

/// After `&#`.
fn decode_number(rest: &[u8], out: &mut String) -> Option<usize> {
    let (prefix, radix) = if matches!(rest.first(), Some(b'x' | b'X')) { (1, 16) } else { (0, 10) };
    let digits = rest[prefix..].iter().take_while(|&&byte| (byte as char).is_digit(radix)).count();
    if digits == 0 {
        return None;
    }
    // Saturates: `&#99999999999;` is U+FFFD however long it is.
    let number = rest[prefix..prefix + digits].iter().fold(0_u32, |number, &byte| {
        let digit = (byte as char).to_digit(radix).unwrap_or(0);
        number.saturating_mul(radix).saturating_add(digit)
    });
    out.push(character(number));
    let len = prefix + digits;
    Some(len + usize::from(rest.get(len) == Some(&b';')))
}

fn character(number: u32) -> char {
    let number = match number {
        0x80..=0x9F => match WINDOWS_1252[number as usize - 0x80] {
            0 => number,
            listed => listed,
        },
        other => other,
    };
    char::from_u32(number).filter(|&character| character != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// After `&`, on a letter.
fn decode_name(rest: &[u8], context: Context, out: &mut String) -> Option<usize> {
    let len = rest.iter().take(LONGEST_NAME + 1).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if rest.get(len) == Some(&b';')
        && let Some(entity) = find(&rest[..len])
    {
        out.extend(entity.characters());
        return Some(len + 1);
    }
    // The longest name that needs no semicolon, as browsers do: `&notit` is `¬it`.
    for bare in (2..=len.min(LONGEST_BARE_NAME)).rev() {
        let Some(entity) = find(&rest[..bare]).filter(|entity| entity.may_stand_bare) else { continue };
        let followed = rest.get(bare).is_some_and(|&byte| byte == b'=' || byte.is_ascii_alphanumeric());
        if context == Context::Attribute && followed {
            return None;
        }
        out.extend(entity.characters());
        return Some(bare);
    }
    None
}

/// A line of the list.
struct Entity {
    may_stand_bare: bool,
    code_points: &'static str,
}

impl Entity {
    fn characters(&self) -> impl Iterator<Item = char> {
        self.code_points.split(' ').filter_map(|hex| u32::from_str_radix(hex, 16).ok()).filter_map(char::from_u32)
    }
}

/// One look at the table below and, nearly always, one line.
fn find(name: &[u8]) -> Option<Entity> {
    let mut slot = slot_of(name, SLOTS);
    loop {
        // Ends, because nearly half of the slots are free.
        let start = usize::from(LINES[slot]).checked_sub(1)?;
        let line = ENTITIES[start..].split('\n').next()?;
        let (listed, code_points) = line.split_once(' ')?;
        let bare = listed.strip_suffix('*');
        if bare.unwrap_or(listed).as_bytes() == name {
            return Some(Entity { may_stand_bare: bare.is_some(), code_points });
        }
        slot = (slot + 1) % SLOTS;
    }
}

const SLOTS: usize = 4096;

/// Where each name's line begins, plus one, by the name's slot; laid out by the compiler. Searching the sorted list by halves
/// takes twelve probes, which a body full of `&aa;` would have paid for every four bytes.
static LINES: [u16; SLOTS] = {
    let bytes = ENTITIES.as_bytes();
    let mut lines = [0_u16; SLOTS];
    let mut start = 0;
    while start < bytes.len() {
        let mut end = start;
        while bytes[end] != b' ' && bytes[end] != b'*' {
            end += 1;
        }
        let mut slot = slot_of(bytes.split_at(end).0.split_at(start).1, SLOTS);
        while lines[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        lines[slot] = start as u16 + 1;
        while bytes[end] != b'\n' {
            end += 1;
        }
        start = end + 1;
    }
    lines
};

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::{Context, ENTITIES, LONGEST_BARE_NAME, LONGEST_NAME, decode};

    #[test]
    fn every_entity_of_the_list_is_found() {
        for line in ENTITIES.lines() {
            let (name, code_points) = line.split_once(' ').unwrap();
            let bare = name.strip_suffix('*');
            let name = bare.unwrap_or(name);
            let longest = if bare.is_some() { LONGEST_BARE_NAME } else { LONGEST_NAME };
            assert!(name.len() <= longest, "{name}");
            let expected: String = code_points
                .split(' ')
                .map(|hex| char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap())
                .collect();
            let mut out = String::new();
            let source = format!("&{name};");
            assert_eq!(decode(&source, Context::Attribute, &mut out), Some(source.len()), "{name}");
            assert_eq!(out, expected, "{name}");
        }
    }

    #[test]
    fn the_list_is_sorted_and_whole() {
        let names: Vec<_> = ENTITIES.lines().map(|line| line.split([' ', '*']).next().unwrap()).collect();
        assert!(names.is_sorted_by(|left, right| left.as_bytes() < right.as_bytes()));
        assert_eq!(names.len(), 2125);
        assert!(ENTITIES.len() < usize::from(u16::MAX));
    }
}
