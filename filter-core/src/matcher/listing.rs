//! Where a list of values begins and ends: « Maya 06 …, Joris 06 … » is a list of people, of which the numbers are a part.
//!
//! What is looked for are the values; whose they are stands beside them. The first item reaches as far back as the others do from their values, the
//! last as far forth: whole lines where the list has several, in one line as many words as between the others, and over no sign that they do not have.
//! So « appelez directement : Maya 06 … » begins with Maya, and « numéros perso 06 … Karim ⏎ 06 … Laure » with the first number.
//!
//! Must not know rules.

use core::ops::Range;

use crate::gate::is_word;

/// What parts the items of a line, the strongest first: the rows of a table before its cells. A slash without spaces stands in dates.
const PARTINGS: &[&[u8]] = &[b"}", b"|", b";", b" / ", b",", b"/"];

/// The same, sign by sign.
const SIGNS: &[u8] = b"}|;/,";

/// Where a sentence before a list ends, or something around it begins. Dots are looked at with what follows.
const STOPS: &[u8] = b":([{!?\n";

/// From the beginning of the first item to the end of the last. Values in order, two or more.
pub(crate) fn whole(text: &[u8], values: &[Range<usize>]) -> Range<usize> {
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return 0..0 };
    if values.len() < 2 {
        return first.clone();
    }
    let one_line = !text[first.end..last.start].contains(&b'\n');
    let between = || values.windows(2).map(|two| &text[two[0].end..two[1].start]);
    // What stands before and behind a value and is its own.
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for between in between() {
        let partings = if one_line { PARTINGS } else { &[b"\n".as_slice()] };
        let places = |parting: &&[u8]| between.windows(parting.len()).position(|part| part == *parting);
        let Some((parting, ends)) = partings.iter().find_map(|parting| Some((parting, places(parting)?))) else {
            continue;
        };
        let begins = between.windows(parting.len()).rposition(|part| part == *parting).unwrap_or(ends);
        after.push(&between[..ends]);
        before.push(&between[begins + parting.len()..]);
    }
    if one_line && before.is_empty() {
        // « Anne 06 … Paul 06 … »: the names stand on the side on which the list has one more of them.
        let is_bare = |text: &[u8]| words(text.split(|byte| *byte == b'\n').next().unwrap_or(text)) == 0;
        let ahead: Vec<u8> = text[..first.start].iter().rev().copied().collect();
        match (is_bare(&ahead), is_bare(&text[last.end..])) {
            (false, true) => before.extend(between()),
            (true, false) => after.extend(between()),
            _ => {}
        }
    }
    let start = first.start - back(&text[..first.start], &before, one_line);
    let end = last.end + forth(&text[last.end..], &after, one_line);
    let start = if one_line { start } else { header(text, start, first.start).unwrap_or(start) };
    start..end
}

/// How many bytes before the first value are its item's.
fn back(text: &[u8], others: &[&[u8]], one_line: bool) -> usize {
    let most = others.iter().map(|other| words(other)).max().unwrap_or(0);
    if most == 0 {
        return 0;
    }
    let line = text.iter().rev().take_while(|byte| **byte != b'\n').count();
    let line = &text[text.len() - line..];
    let known = signs_of(others);
    let stop = line.iter().enumerate().rposition(|(at, byte)| {
        let sentence = *byte == b'.' && line.get(at + 1) == Some(&b' ') && one_line;
        let stops = STOPS.contains(byte) || one_line && SIGNS.contains(byte);
        sentence || stops && !known[usize::from(*byte)]
    });
    let item = &line[stop.map_or(0, |at| at + 1)..];
    let own = if one_line { last_words(item, most) } else { item };
    let own = own.trim_ascii_start();
    if words(own) == 0 { 0 } else { own.len() }
}

/// How many bytes behind the last value are its item's.
fn forth(text: &[u8], others: &[&[u8]], one_line: bool) -> usize {
    let most = others.iter().map(|other| words(other)).max().unwrap_or(0);
    if most == 0 {
        return 0;
    }
    let known = signs_of(others);
    let stop = text.iter().enumerate().position(|(at, byte)| {
        let sentence = *byte == b'.' && text.get(at + 1).is_none_or(u8::is_ascii_whitespace) && one_line;
        let stops = b"\n!?".contains(byte) || one_line && (SIGNS.contains(byte) || b")]:".contains(byte));
        sentence || stops && (*byte == b'\n' || !known[usize::from(*byte)])
    });
    let item = &text[..stop.unwrap_or(text.len())];
    let own = if one_line { first_words(item, most) } else { item };
    let own = own.trim_ascii_end();
    if words(own) == 0 { 0 } else { own.len() }
}

/// Where the line of names above a table begins, in a file that was pasted with it: `nom;prenom;mail`, `| Nom | Adresse |`.
fn header(text: &[u8], start: usize, value: usize) -> Option<usize> {
    let above = text[..start].strip_suffix(b"\n")?;
    let row = &text[start..value];
    let parting = *b";|,".iter().find(|parting| row.contains(parting))?;
    let line = |text: &[u8]| text.iter().rev().take_while(|byte| **byte != b'\n').count();
    let mut at = above.len() - line(above);
    if parting == b'|' && above[at..].iter().all(|byte| b"|-: ".contains(byte)) && at > 0 {
        at -= 1 + line(&above[..at - 1]);
    }
    let names = above[at..].split(|byte| *byte == b'\n').next()?;
    let count = |text: &[u8]| text.iter().filter(|byte| **byte == parting).count();
    let is_pasted = names.starts_with(b"|") || !names.windows(2).any(|two| two == [b' ', parting]);
    let fits = count(names) >= count(row).max(1 + usize::from(parting == b','));
    (fits && is_pasted && words(names) > 0 && !names.iter().any(u8::is_ascii_digit)).then_some(at)
}

/// Which bytes stand in the other items. Asked once: a line of 64 KiB may have as many signs as the list has values.
fn signs_of(others: &[&[u8]]) -> [bool; 256] {
    let mut known = [false; 256];
    others.iter().copied().flatten().for_each(|byte| known[usize::from(*byte)] = true);
    known
}

fn words(text: &[u8]) -> usize {
    text.split(|byte| !is_word(*byte)).filter(|word| !word.is_empty()).count()
}

/// The last words of a text, with the signs behind them.
fn last_words(text: &[u8], most: usize) -> &[u8] {
    let begins = |at: &usize| is_word(text[*at]) && (*at == 0 || !is_word(text[*at - 1]));
    let at = (0..text.len()).rev().filter(begins).nth(most - 1);
    &text[at.unwrap_or(0)..]
}

/// The first words of a text, with the signs before them.
fn first_words(text: &[u8], most: usize) -> &[u8] {
    let ends = |at: &usize| is_word(text[*at - 1]) && text.get(*at).is_none_or(|byte| !is_word(*byte));
    let at = (1..=text.len()).filter(ends).nth(most - 1);
    &text[..at.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list in a text whose values are runs of three digits.
    fn list(text: &str) -> &str {
        let bytes = text.as_bytes();
        let is_value = |at: &usize| bytes[*at..].iter().take(3).filter(|byte| byte.is_ascii_digit()).count() == 3;
        let values: Vec<Range<usize>> = (0..bytes.len()).filter(is_value).map(|at| at..at + 3).collect();
        &text[whole(bytes, &values)]
    }

    #[test]
    fn in_one_line_the_first_item_has_as_many_words_as_the_others() {
        assert_eq!(list("appelez : maya 111, joris 222, ted 333 merci"), "maya 111, joris 222, ted 333");
        assert_eq!(list("les voici maya 111 / joris 222 / ted 333."), "maya 111 / joris 222 / ted 333");
        assert_eq!(list("perso 111 karim, 222 laure, 333 hugo. bonne nuit"), "111 karim, 222 laure, 333 hugo");
        assert_eq!(list("tous : 111 222 333 merci"), "111 222 333");
        assert_eq!(list("anne 111 paul 222 eva 333"), "anne 111 paul 222 eva 333");
        assert_eq!(list("appelez ana 111 né 1/2/85, luc 222 né 3/4/86."), "ana 111 né 1/2/85, luc 222 né 3/4/86");
        assert_eq!(list(r#"[{"n":"a","t":"111"},{"n":"b","t":"222"}]"#), r#"n":"a","t":"111"},{"n":"b","t":"222"#);
    }

    #[test]
    fn items_in_lines_are_whole_lines() {
        assert_eq!(
            list("à voir :\n1. m. luc, 111, rennes\n2. mme ana, 222, brest\nmerci"),
            "1. m. luc, 111, rennes\n2. mme ana, 222, brest"
        );
        assert_eq!(list("perso 111 karim\n222 laure"), "111 karim\n222 laure");
        assert_eq!(list("liste : luc 111\nana 222\nmerci"), "luc 111\nana 222");
        assert_eq!(list("111\n222\nje prends"), "111\n222");
    }

    #[test]
    fn a_pasted_file_begins_with_the_names_of_its_columns() {
        assert_eq!(
            list("export\nnom;tel;ville\nluc;111;brest\nana;222;rennes"),
            "nom;tel;ville\nluc;111;brest\nana;222;rennes"
        );
        assert_eq!(
            list("| nom | tel |\n|---|---|\n| luc | 111 |\n| ana | 222 |"),
            "| nom | tel |\n|---|---|\n| luc | 111 |\n| ana | 222"
        );
        assert_eq!(list("nom | tel\nluc | 111\nana | 222"), "luc | 111\nana | 222");
    }
}
