//! Letters in UTF-8 that were read as windows-1252 or Latin-1: `DÃ‰FENSE`, `Ã©`, `Â ` before a colon.

use super::map::Sink;
use super::{Layer, before, behind};
use crate::text::entities::WINDOWS_1252;

/// On `Â`, `Ã`, `Ä` or `Å`, which all letters of western Europe and no-break spaces begin with when they are read so.
pub(super) fn read(text: &str, at: usize, sink: &mut Sink<'_>) -> usize {
    let mut characters = text[at..].chars();
    let (Some(lead), Some(next)) = (characters.next(), characters.next()) else { return 0 };
    if !matches!(lead, 'Â' | 'Ã' | 'Ä' | 'Å') {
        return 0;
    }
    let end = at + lead.len_utf8() + next.len_utf8();
    let whole = byte(lead).zip(byte(next)).map(|(lead, next)| [lead, next]);
    let decoded = whole.and_then(|bytes| std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()));
    // The second half had no character in that encoding and was lost.
    let lost = || match (next, before(text, at), behind(text, end)) {
        ('?' | '\u{FFFD}', Some(before), Some(behind)) if behind.is_alphabetic() => Some(lost_letter(before, behind)),
        _ => None,
    };
    let Some(letter) = decoded.or_else(lost) else { return 0 };
    sink.replace(at..end, Layer::Mojibake, |text| text.push(letter));
    end - at
}

/// The byte that windows-1252, or else Latin-1, reads as this character.
fn byte(c: char) -> Option<u8> {
    let listed = WINDOWS_1252.iter().position(|code| *code == c as u32);
    listed.map_or_else(|| u8::try_from(c as u32).ok(), |at| u8::try_from(0x80 + at).ok())
}

/// Of the letters that are lost in French nearly all are some `é`; in German, between these two, it is `ü` (« für »).
pub(super) fn lost_letter(before: char, behind: char) -> char {
    match (before, behind) {
        ('F', 'R') => 'Ü',
        ('f' | 'F', 'r') => 'ü',
        (before, _) if before.is_uppercase() => 'É',
        _ => 'é',
    }
}
