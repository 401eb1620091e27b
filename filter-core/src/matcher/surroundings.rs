//! What stands around a phrase on its own line: is it a stamp by its form?
//!
//! A stamp is alone on its line, set off by a dash, a colon or a table's border, in brackets, or part of a file's name. List numbers,
//! `Objet :` and `TR :` before it do not count as words. Must not know which marking it is, nor any vocabulary.

use core::ops::Range;

use crate::gate::is_word;
use crate::text::Folded;

/// How far to either side anything is looked at. What stands farther away sets nothing off, and a thousand markings on one line
/// of 64 KiB must not each read all of it.
pub(super) const REACH: usize = 240;

/// What stands on the same line, before and behind.
pub(super) struct Surroundings<'t> {
    folded: Folded<'t>,
    /// The place in folded text.
    span: Range<usize>,
    /// From the line's first byte, without what only introduces it.
    before: &'t [u8],
    behind: &'t [u8],
    /// A word of two or three letters that means twenty other things.
    short: bool,
}

/// How firmly punctuation parts a phrase from the rest of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Border {
    /// Nothing.
    None,
    /// A comma, a full stop, or an emoji.
    Loose,
    /// A colon: a heading, but also a word that is explained, or a key with its value.
    Colon,
    /// A dash, a bar, two slashes, a bracket, a tab.
    Firm,
}

/// What a phrase is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Enclosure {
    None,
    /// A title may be, too.
    Quotes,
    /// Or between asterisks.
    Brackets,
}

impl<'t> Surroundings<'t> {
    /// `row` is where the first of several markings in a row begins: those before this one are no words.
    pub(super) fn of(folded: Folded<'t>, span: &Range<usize>, row: usize, short: bool) -> Self {
        let text = folded.bytes();
        let before = &text[span.start.saturating_sub(REACH).min(row)..row];
        let behind = &text[span.end..text.len().min(span.end + REACH)];
        let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        let end = memchr::memchr(b'\n', behind).unwrap_or(behind.len());
        let before = without_introduction(&before[start..]);
        Self { folded, span: span.clone(), before, behind: &behind[..end], short }
    }

    pub(super) fn begins_line(&self) -> bool {
        !self.before.iter().any(|byte| is_word(*byte)) || !self.short && are_numbers(self.before)
    }

    fn ends_line(&self) -> bool {
        !self.behind.iter().any(|byte| is_word(*byte)) || !self.short && are_numbers(self.behind)
    }

    /// Alone on its line. Two or three letters alone are a heading only above or below some text: « DR » by itself says nothing.
    pub(super) fn is_alone(&self) -> bool {
        self.begins_line() && self.ends_line() && (!self.short || self.has_body())
    }

    /// First or last of the line, or between two, set off by punctuation.
    pub(super) fn segment(&self) -> Border {
        if self.ends_reference() {
            return Border::Firm;
        }
        let closed = self.border_behind();
        let opened = self.border_before();
        let first = if self.begins_line() { closed } else { Border::None };
        let last = if self.ends_line() { opened } else { Border::None };
        first.max(last).max(opened.min(closed))
    }

    pub(super) fn enclosure(&self) -> Enclosure {
        let before = self.before.iter().rev().find(|byte| **byte != b' ');
        let behind = self.behind.iter().find(|byte| **byte != b' ');
        let behind_tag = self.behind.starts_with(b"</");
        match (before, behind) {
            (Some(b'['), Some(b']')) | (Some(b'('), Some(b')')) | (Some(b'{'), Some(b'}')) => Enclosure::Brackets,
            // A tag that was pasted as text: « <b>DIFFUSION RESTREINTE</b> ».
            (Some(b'>'), Some(b'<')) if behind_tag => Enclosure::Brackets,
            (Some(b'<'), Some(b'>')) | (Some(b'*'), Some(b'*')) | (Some(b'|'), Some(b'|')) => Enclosure::Brackets,
            (Some(before), Some(behind)) if before == behind && b"\"`'~".contains(before) => Enclosure::Quotes,
            _ => Enclosure::None,
        }
    }

    /// Behind the one word that its line begins with: « Version DR du plan ».
    pub(super) fn follows_first_word(&self) -> bool {
        has_words(self.before, 1) && !has_words(self.before, 2) && self.before.ends_with(b" ")
    }

    /// « droit de retrait (DR) », « DR : directeur régional »: the initials of the words beside it spell what it stands for.
    pub(super) fn spells_out(&self) -> bool {
        let abbreviation = &self.folded.bytes()[self.span.clone()];
        let wanted: Vec<u8> = abbreviation.iter().copied().filter(|b| is_word(*b)).collect();
        // A few more words than it has letters: a thousand abbreviations on one line must not each read all of it.
        const MOST_WORDS: usize = 24;
        let is_spelt = |word: &&[u8]| word.len() > 2 || word.len() == 1;
        let before = self.before.rsplit(|b| !is_word(*b)).take(MOST_WORDS).filter(is_spelt).map(|word| word[0]);
        if before.take(wanted.len()).eq(wanted.iter().rev().copied()) {
            return true;
        }
        let spelt = |text: &[u8]| {
            let words = text.split(|b| !is_word(*b)).take(MOST_WORDS).filter(is_spelt).map(|word| word[0]);
            words.take(wanted.len()).eq(wanted.iter().copied())
        };
        // « le plan DR 2026 (développement rural) »
        let aside = self.behind.iter().position(|b| !b.is_ascii_digit() && *b != b' ');
        self.border_behind() == Border::Colon && spelt(self.behind)
            || aside.is_some_and(|at| self.behind[at] == b'(' && spelt(&self.behind[at..]))
    }

    /// « DR = dans l'armoire »: it is explained.
    pub(super) fn is_defined(&self) -> bool {
        self.behind.trim_ascii_start().starts_with(b"=")
    }

    /// Whether some words follow behind a colon on the same line, or right behind a dash or an arrow.
    pub(super) fn announces(&self) -> bool {
        let points = self.border_behind() == Border::Firm || self.points_behind();
        if points && self.segment() == Border::None && has_words(self.behind, 3) {
            return true;
        }
        let colon = memchr::memchr(b':', self.behind);
        colon.is_some_and(|colon| has_words(&self.behind[colon..], 3))
    }

    /// Whether a whole sentence follows behind a colon on the same line.
    pub(super) fn tells(&self) -> bool {
        let colon = memchr::memchr(b':', self.behind);
        colon.is_some_and(|colon| has_words(&self.behind[colon..], A_SENTENCE))
    }

    /// How many numbers stand on the line, years left aside.
    pub(super) fn numbers(&self) -> usize {
        numbers_in(self.before) + numbers_in(self.behind)
    }

    /// Whether another line is near by.
    pub(super) fn has_lines(&self) -> bool {
        let text = self.folded.bytes();
        let from = self.span.start.saturating_sub(REACH);
        memchr::memchr(b'\n', &text[from..text.len().min(self.span.end + REACH)]).is_some()
    }

    /// Whether somebody's words follow behind a colon: « la note est DR : “deux équipages suffisent” ».
    pub(super) fn is_quoted_from(&self) -> bool {
        let colon = memchr::memchr(b':', self.behind);
        colon.is_some_and(|colon| {
            let quoted = self.behind[colon + 1..].trim_ascii_start();
            quoted.starts_with(b"\"") && has_words(quoted, 3)
        })
    }

    /// In the midst of a sentence that somebody else is quoted with: « p. 44 : “l'usage excessif de la mention Diffusion Restreinte
    /// entrave le travail” ». A label or a dash before it in the quotation is what a stamp has.
    pub(super) fn is_in_quoted_sentence(&self) -> bool {
        let (Some(opened), Some(closed)) = (memchr::memrchr(b'"', self.before), memchr::memchr(b'"', self.behind))
        else {
            return false;
        };
        let before = &self.before[opened..];
        self.opens_quotation()
            && has_words(before, SEVERAL)
            && has_words(&self.behind[..closed], 2)
            && self.border_before() <= Border::Loose
            && memchr::memchr(b':', before).is_none()
    }

    /// Behind several words of its line: « le dossier que j'ai annoncé ».
    pub(super) fn is_deep(&self) -> bool {
        has_words(self.before, SEVERAL)
    }

    /// The same with the sentence going on, and no number behind: « qu'un rapport Diffusion Restreinte sur la Libye a fuité ».
    pub(super) fn is_in_the_midst(&self) -> bool {
        self.is_deep() && !self.ends_line() && self.border_behind() == Border::None && numbers_in(self.behind) == 0
    }

    /// « DR/parkings »: one of two words of a list.
    pub(super) fn is_one_of_two(&self) -> bool {
        let next_to =
            |slash: Option<&u8>, word: Option<&u8>| slash == Some(&b'/') && word.is_some_and(|byte| is_word(*byte));
        let mut before = self.before.iter().rev();
        let is_pair = next_to(self.behind.first(), self.behind.get(1)) || next_to(before.next(), before.next());
        is_pair && !self.ends_reference()
    }

    /// `SECRET: c2VjcmV0`: one word is all that a key has behind its colon.
    pub(super) fn is_key_of_value(&self) -> bool {
        // « // SECRET: … » is a line of a program.
        if self.before.trim_ascii().ends_with(b"//") && self.before.ends_with(b" ") {
            return true;
        }
        let [b':' | b'=', value @ ..] = self.behind.trim_ascii_start() else { return false };
        // A program's comment: « // SECRET: the cache is a hash map ».
        if matches!(self.before.trim_ascii(), b"//" | b"/*") {
            return true;
        }
        let value = value.trim_ascii();
        !value.is_empty() && (value.contains(&b'$') || !value.iter().any(u8::is_ascii_whitespace))
    }

    /// Within a name that ends like a file's: `Note_DR_audit.pdf`, and the whole of « NOTE - diffusion restreinte - v2.odt ». The
    /// last part of an address is one, too.
    pub(super) fn is_in_file_name(&self) -> bool {
        if memchr::memchr(b'.', self.behind).is_none() {
            return false;
        }
        let is_joint = |byte: &u8| is_word(*byte) || b"_-.()[]+~'%".contains(byte);
        let run = self.behind.iter().position(|byte| !is_joint(byte)).unwrap_or(self.behind.len());
        if has_extension(&self.behind[..run]) {
            return true;
        }
        // A name with spaces in quotation marks: « “note OFFICIAL-SENSITIVE v2.pdf” ».
        if let Some(closed) = memchr::memchr(b'"', self.behind)
            && has_extension(self.behind[..closed].trim_ascii_end())
            && self.opens_quotation()
        {
            return true;
        }
        let line = self.behind.trim_ascii_end();
        let plain = |text: &[u8]| !text.iter().any(|byte| b":;,?!/\"".contains(byte));
        let is_address = memchr::memmem::find(self.before, b"://").is_some();
        let before = if is_address { self.before.rsplit(|byte| b"/ ?=&".contains(byte)).next() } else { None };
        has_extension(line) && plain(line) && plain(before.unwrap_or(self.before))
    }

    /// A folder of a path or an address, of two words or more: `https://…/Diffusion%20Restreinte/plan.pdf`. One word there is often what
    /// somebody shall fill in: `…/services/SECRET/…`.
    pub(super) fn is_folder(&self) -> bool {
        let (Some(sign @ (b'/' | b'\\')), Some(behind)) = (self.before.last(), self.behind.first()) else {
            return false;
        };
        if sign != behind || self.folded.bytes()[self.span.clone()].iter().all(|byte| is_word(*byte)) {
            return false;
        }
        let is_around = |byte: &u8| byte.is_ascii_whitespace() || b"\"'(<".contains(byte);
        let path = self.before.rsplit(is_around).next().unwrap_or_default();
        // « …/Top-Secret/horaires » is a page.
        let run = self.behind.iter().position(is_around).unwrap_or(self.behind.len());
        if run > 1
            && !has_extension(&self.behind[..run])
            && !self.span.clone().all(|at| self.folded.is_upper(at) || !self.folded.bytes()[at].is_ascii_lowercase())
        {
            return false;
        }
        // « NON PROTÉGÉ/DIFFUSION RESTREINTE/SECRET » are levels.
        matches!(path, [b'/' | b'\\' | b'~' | b'.', ..] | [_, b':', b'/' | b'\\', ..])
            || memchr::memmem::find(path, b"://").is_some()
    }

    /// Whether a line near by holds three words or more.
    fn has_body(&self) -> bool {
        let text = self.folded.bytes();
        let from = self.span.start.saturating_sub(REACH);
        let around = &text[from..text.len().min(self.span.end + REACH)];
        around.split(|byte| *byte == b'\n').any(|line| has_words(line, 3))
    }

    fn border_behind(&self) -> Border {
        match self.behind.trim_ascii_start() {
            [b':', ..] => Border::Colon,
            [b'(', ..] if !self.short => Border::Colon,
            [b'|' | b']', ..] | [b'/', b'/' | b'!', ..] => Border::Firm,
            // A dash needs a space beside it, else « DR-Bretagne » were a stamp.
            [b'-', next, ..] if self.behind[0] == b' ' || *next == b' ' => Border::Firm,
            [b'/', b' ', ..] if self.behind[0] == b' ' => Border::Firm,
            [b',' | b';' | b'.' | b'!', ..] if !self.short => Border::Loose,
            // « DR !! heures de ronde »
            [b'!', ..] if !self.before.iter().any(|byte| is_word(*byte)) => Border::Loose,
            _ if self.behind.starts_with(b"\t") || self.behind.starts_with(b"   ") => Border::Firm,
            _ if self.is_drawn(self.span.end) => Border::Loose,
            _ => Border::None,
        }
    }

    fn border_before(&self) -> Border {
        match self.before.trim_ascii_end() {
            [.., b':'] => Border::Colon,
            [.., b'|' | b']'] | [.., b'/', b'/'] => Border::Firm,
            // « “Confidentiel Défense, à ne pas communiquer, …” »: a quotation begins with its mark.
            [.., b'"'] if !self.short && self.opens_quotation() => Border::Loose,
            [.., previous, b'-'] if *previous == b' ' || self.before.ends_with(b" ") => Border::Firm,
            [.., b',' | b';' | b'.' | b'!' | b'?'] if !self.short => Border::Loose,
            [.., b' ', b'/'] if self.before.ends_with(b" ") => Border::Firm,
            _ if self.before.ends_with(b"\t") || self.before.ends_with(b"   ") => Border::Firm,
            _ if self.span.start > 0 && self.is_drawn(self.span.start - 1) => Border::Loose,
            _ => Border::None,
        }
    }

    /// Whether the quotation mark before it is an opening one.
    fn opens_quotation(&self) -> bool {
        self.before.iter().filter(|byte| **byte == b'"').count() % 2 == 1
    }

    /// « n° 2217/DGA/UM NAV/DR », « 0088/PREF/CAB/DR/2025 »: a letter's number ends with its mark.
    fn ends_reference(&self) -> bool {
        if !self.before.ends_with(b"/") {
            return false;
        }
        let is_joint = |byte: &u8| is_word(*byte) || b"/-. ".contains(byte);
        let run = self.before.iter().rev().take_while(|byte| is_joint(byte)).count();
        let mut parts = self.before[self.before.len() - run..].split(|byte| *byte == b'/').rev().skip(1);
        let is_number = |part: &[u8]| {
            let number = part.rsplit(|byte| *byte == b' ').next().unwrap_or(part);
            number.len() >= 2 && number.iter().all(u8::is_ascii_digit)
        };
        parts.next().is_some_and(|part| !is_number(part)) && parts.any(is_number)
    }

    /// « DR → retrait des patrouilles ».
    fn points_behind(&self) -> bool {
        let behind = self.folded.to_original(self.span.end..self.span.end + self.behind.len().min(4));
        let behind = self.folded.original().get(behind).unwrap_or("").trim_start();
        behind.starts_with(['\u{2192}', '\u{21D2}', '\u{27A1}', '\u{2794}'])
            || self.behind.trim_ascii_start().starts_with(b"->")
    }

    /// Whether an emoji stands at a place, or behind one space. The fold makes a space of it.
    fn is_drawn(&self, at: usize) -> bool {
        let text = self.folded.bytes();
        let spaces = at.saturating_sub(2)..text.len().min(at + 3);
        spaces.filter(|i| text[*i] == b' ').any(|i| {
            let original = self.folded.to_original(i..i + 1);
            let drawn = self.folded.original().get(original).and_then(|text| text.chars().next());
            drawn.is_some_and(|c| c >= '\u{2300}' && !c.is_whitespace())
        })
    }
}

/// So many words before a marking are more than a label: « niveau de la note : ».
const SEVERAL: usize = 4;

/// « c'est la règle » has fewer words than what a paper says.
const A_SENTENCE: usize = 5;

/// Without list numbers, quote marks of mail, and the words that announce a subject.
fn without_introduction(mut before: &[u8]) -> &[u8] {
    loop {
        let trimmed = before.trim_ascii_start();
        // « > <@sam:example.org> SECRET »: who is quoted.
        if let Some(quoted) = trimmed.strip_prefix(b">").map(<[u8]>::trim_ascii_start)
            && quoted.starts_with(b"<@")
            && let Some(end) = quoted.iter().position(|byte| *byte == b'>')
        {
            before = &quoted[end + 1..];
            continue;
        }
        let word = trimmed.iter().position(|byte| !is_word(*byte)).unwrap_or(trimmed.len());
        let rest = trimmed[word..].trim_ascii_start();
        let introduces = match rest {
            [b':', ..] => INTRODUCTIONS.contains(&&trimmed[..word]),
            [b'.' | b')' | b'/', b' ', ..] => word <= 2 && word > 0,
            _ => false,
        };
        if !introduces {
            return before;
        }
        before = &rest[1..];
    }
}

/// In front of a subject in mail and minutes.
const INTRODUCTIONS: &[&[u8]] =
    &[b"objet", b"obj", b"re", b"tr", b"fw", b"fwd", b"subject", b"sujet", b"aw", b"wg", b"betreff", b"titre", b"nom"];

fn are_numbers(text: &[u8]) -> bool {
    !text.iter().any(|byte| is_word(*byte) && !byte.is_ascii_digit())
}

/// Whether a text has so many words; it is read no farther than to the last of them.
fn has_words(text: &[u8], least: usize) -> bool {
    let begins = |at: &usize| is_word(text[*at]) && (*at == 0 || !is_word(text[*at - 1]));
    (0..text.len()).filter(begins).nth(least - 1).is_some()
}

/// How many of the words of a text are numbers, years left aside.
fn numbers_in(text: &[u8]) -> usize {
    // Most texts have none, which is seen at a glance: no byte is looked at by itself.
    if !text.iter().fold(false, |any, byte| any | byte.is_ascii_digit()) {
        return 0;
    }
    let is_year = |text: &[u8]| {
        (text.starts_with(b"19") || text.starts_with(b"20"))
            && text.len() >= 4
            && text[..4].iter().all(|byte| is_word(*byte))
            && !text.get(4).is_some_and(|byte| is_word(*byte))
    };
    let begins = |at: &usize| text[*at].is_ascii_digit() && (*at == 0 || !is_word(text[at - 1]));
    (0..text.len()).filter(begins).filter(|at| !is_year(&text[*at..])).count()
}

/// Whether a text ends with an extension under which papers are kept.
fn has_extension(text: &[u8]) -> bool {
    let text = text.strip_suffix(b".").unwrap_or(text);
    let text = text.trim_ascii_end();
    text.iter().rposition(|byte| *byte == b'.').is_some_and(|dot| EXTENSIONS.contains(&&text[dot + 1..]))
}

const EXTENSIONS: &[&[u8]] = &[
    b"pdf", b"doc", b"docx", b"docm", b"odt", b"ods", b"odp", b"odg", b"xls", b"xlsx", b"xlsm", b"ppt", b"pptx",
    b"csv", b"txt", b"rtf", b"msg", b"eml", b"zip", b"7z", b"rar", b"zed", b"jpg", b"jpeg", b"png", b"tif", b"tiff",
    b"heic", b"vsd", b"vsdx", b"dwg", b"mpp", b"mp4", b"mov", b"gpg", b"kmz", b"pages", b"numbers", b"key",
];

#[cfg(test)]
mod tests {
    use super::{Border, Enclosure, Surroundings};
    use crate::text::FoldBuffer;

    /// What stands around the one « DR » or « Secret » of a text.
    fn around<T>(text: &str, see: impl Fn(&Surroundings<'_>) -> T) -> T {
        let mut buffer = FoldBuffer::new();
        let folded = buffer.fold(text);
        let (word, short) = if text.contains("DR") { (&b"dr"[..], true) } else { (&b"secret"[..], false) };
        let start = memchr::memmem::find(folded.bytes(), word).expect("the text has the word");
        let span = start..start + word.len();
        see(&Surroundings::of(folded, &span, start, short))
    }

    #[test]
    fn the_number_of_a_letter_ends_with_its_mark() {
        let segment = |text| around(text, |seen| seen.segment());
        assert_eq!(segment("note n° 2217/DGA/UM NAV/DR du 3 mars"), Border::Firm);
        assert_eq!(segment("(Réf : 0088/PREF/CAB/DR/2025), texte"), Border::Firm);
        assert_eq!(segment("infos 12/14/DR du soir"), Border::None);
        assert_eq!(segment("parkings/DR et rocade"), Border::None);
    }

    #[test]
    fn a_mark_that_begins_a_quotation_is_set_off() {
        let segment = |text| around(text, |seen| seen.segment());
        assert_eq!(segment("J'ai le papier. « Secret, à ne pas communiquer, Monsieur le Préfet »"), Border::Loose);
        assert_eq!(segment("Le mot « juré » Secret, dit-il"), Border::None);
    }

    #[test]
    fn a_sign_of_warning_and_a_pasted_tag_set_off() {
        assert_eq!(around("/!\\ DR /!\\ Trombinoscope de l'unité", |seen| seen.segment()), Border::Firm);
        assert_eq!(around("voir <b>Secret</b> ici", |seen| seen.enclosure()), Enclosure::Brackets);
    }

    #[test]
    fn a_quoted_sentence_goes_on_behind_the_mark() {
        let is_cited = |text| around(text, |seen| seen.is_in_quoted_sentence());
        assert!(is_cited("Le rapport : « l'abus de la mention Secret gêne les chercheurs »"));
        assert!(!is_cited("bas de page : « groupe naval, tous droits réservés - Secret - page 9 »"));
        assert!(!is_cited("à l'écran : « niveau de la réunion : Secret » et les planches"));
        assert!(!is_cited("Il a dit « bonjour à tous et toutes » : Secret et le « reste »"));
    }

    #[test]
    fn a_name_in_quotation_marks_may_have_spaces() {
        let is_in_file_name = |text| around(text, |seen| seen.is_in_file_name());
        assert!(is_in_file_name("imprime « plan de vol Secret v2.pdf », stp"));
        assert!(!is_in_file_name("« plan de vol Secret » et le reste.pdf, stp"));
    }

    #[test]
    fn a_folder_of_two_words_is_one() {
        let is_folder = |text| {
            let mut buffer = FoldBuffer::new();
            let folded = buffer.fold(text);
            let start = memchr::memmem::find(folded.bytes(), b"nato").expect("the text has the words");
            Surroundings::of(folded, &(start..start + "nato secret".len()), start, false).is_folder()
        };
        assert!(is_folder("c'est là : https://a.example/x/NATO_SECRET/plan.pdf"));
        assert!(is_folder(r"copie dans S:\NATO SECRET\plans"));
        assert!(is_folder("ls ~/NATO-SECRET/"));
        assert!(!is_folder("https://a.example/Nato-Secret/tickets"));
        assert!(!is_folder("https://a.example/wiki/NATO_SECRET"));
        assert!(!is_folder("NON CLASSIFIÉ/NATO SECRET/COSMIC"));
        assert!(!is_folder("https://a.example/NATO-SECRET-plans/"));
    }

    #[test]
    fn the_last_part_of_an_address_is_a_file_name() {
        let is_in_file_name = |text| around(text, |seen| seen.is_in_file_name());
        assert!(is_in_file_name("c'est là : https://a.example/Secret - plan.pdf"));
        assert!(!is_in_file_name("a/b Secret, voir plan.pdf"));
    }
}
