//! Elements and attributes: which ones HTML has, and which elements break a line.

use crate::words::WordTable;

/// What an element does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// Nothing: « DIFF<b>USION</b> » is one word.
    Inline,
    /// Begins a line and ends one.
    Block,
    /// Stands in a column of its own.
    Cell,
    /// No element of HTML. Its name is text that somebody wrote.
    Unknown,
}

/// What the tag's name means, in any letter case.
pub(super) fn element(name: &str) -> Element {
    let mut buffer = [0; LONGEST];
    match lower_case(name, &mut buffer).and_then(|name| ELEMENTS.position(name)) {
        Some(position) if position < BLOCKS_FROM => Element::Inline,
        Some(position) if position < CELLS_FROM => Element::Block,
        Some(_) => Element::Cell,
        None => Element::Unknown,
    }
}

/// Whether HTML or Matrix has an attribute of this name, in any letter case.
pub(super) fn is_attribute(name: &str) -> bool {
    let mut buffer = [0; LONGEST];
    lower_case(name, &mut buffer).is_some_and(|name| ATTRIBUTES.contains(name))
}

/// No name of the lists is longer.
const LONGEST: usize = 16;

fn lower_case<'a>(name: &str, buffer: &'a mut [u8; LONGEST]) -> Option<&'a str> {
    let lowered = buffer.get_mut(..name.len())?;
    lowered.copy_from_slice(name.as_bytes());
    lowered.make_ascii_lowercase();
    std::str::from_utf8(lowered).ok()
}

const BLOCKS_FROM: usize = ELEMENTS.position_of("address");
const CELLS_FROM: usize = ELEMENTS.position_of("td");

/// Inline ones, then blocks, then cells.
#[rustfmt::skip]
static ELEMENTS: WordTable<512> = WordTable::new(&[
    "a", "abbr", "acronym", "area", "audio", "b", "base", "bdi", "bdo", "big", "button", "canvas", "cite", "code", "col",
    "colgroup", "data", "datalist", "del", "dfn", "em", "embed", "font", "i", "iframe", "img", "input", "ins", "kbd", "label",
    "link", "map", "mark", "math", "meta", "meter", "noscript", "object", "optgroup", "output", "param", "picture",
    "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "script", "select", "slot", "small", "source", "span", "strike",
    "strong", "style", "sub", "sup", "svg", "template", "textarea", "time", "tt", "u", "var", "video", "wbr",

    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html",
    "legend", "li", "listing", "main", "menu", "mx-reply", "nav", "ol", "option", "p", "plaintext", "pre", "search", "section",
    "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul", "xmp",

    "td", "th",
]);

#[rustfmt::skip]
static ATTRIBUTES: WordTable<256> = WordTable::new(&[
    "abbr", "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "charset", "checked", "cite", "class", "color", "cols",
    "colspan", "content", "controls", "coords", "data-md", "data-mx-bg-color", "data-mx-color", "data-mx-emoticon", "data-mx-icon",
    "data-mx-maths", "data-mx-pill", "data-mx-ping", "data-mx-spoiler",
    "datetime", "dir", "disabled", "download", "draggable", "face", "for", "headers", "height", "hidden", "href", "hreflang", "id", "ismap",
    "lang", "loop", "media", "method", "name", "nowrap", "onclick", "onerror", "onload", "open", "placeholder", "poster", "preload", "rel",
    "reversed", "role", "rows", "rowspan", "rules", "scope", "shape", "size", "spellcheck", "src", "srcset", "start", "style", "summary",
    "tabindex", "target", "title", "translate", "type", "usemap", "valign", "value", "vertical-align", "width",
]);

#[cfg(test)]
mod tests {
    use super::{ATTRIBUTES, ELEMENTS, LONGEST};

    #[test]
    fn every_name_fits_the_buffer() {
        let longest_that_counts = |words: &[&str]| words.iter().map(|word| word.len()).max();
        assert!(longest_that_counts(ELEMENTS.words()) <= Some(LONGEST));
        assert!(longest_that_counts(ATTRIBUTES.words()) <= Some(LONGEST));
    }
}
