//! Is this phrase a marking, a mention of one, or just words? A score of small integers, each cue once.
//!
//! The form in which a phrase stands says more than any vocabulary: stamps are written in capitals, alone on their line, in
//! brackets, before a dash. Words near by support it; words in the same sentence show that something else is meant
//! (a film, an MRI), or that the marking is only spoken about, but never on a banner, a portion mark or a file name:
//! else one « rappel : » would disarm any leak.

use core::ops::Range;

use super::hearing::{Ear, Hearing, Scope};
use super::sentence::Sentences;
use super::surroundings::{Border, Enclosure, REACH, Surroundings};
use crate::gate::is_word;
use crate::policy::model::{Role, Score, Side};
use crate::text::Folded;
use crate::text::layer::Layer;

/// What a rule weighs.
#[derive(Debug)]
pub(crate) struct Weights {
    pub(crate) score: Score,
    pub(crate) vocabularies: Vec<Weighted>,
    /// For each role, which of the vocabularies have it, a bit each.
    by_role: [u64; ROLES],
}

const ROLES: usize = Role::About as usize + 1;

impl Weights {
    pub(crate) fn new(score: Score, vocabularies: Vec<Weighted>) -> Self {
        let mut by_role = [0; ROLES];
        for (vocabulary, bit) in vocabularies.iter().zip(0..u64::BITS) {
            by_role[vocabulary.role as usize] |= 1 << bit;
        }
        Self { score, vocabularies, by_role }
    }

    fn bits(&self, role: Role) -> u64 {
        self.by_role[role as usize]
    }
}

/// A vocabulary as a marking uses it.
#[derive(Clone, Debug)]
pub(crate) struct Weighted {
    pub(crate) number: u32,
    pub(crate) role: Role,
    pub(crate) weight: i32,
    pub(crate) within: Option<u32>,
    pub(crate) side: Side,
}

/// A phrase that stands somewhere.
#[derive(Clone, Debug)]
pub(crate) struct Occurrence {
    /// In folded text; caveats included.
    pub(crate) span: Range<usize>,
    pub(crate) abbreviation: bool,
    /// A word that classifies leads up to it: « Einstufung: GEHEIM ».
    pub(crate) led: bool,
    /// It stands right beside another marking, or carries a caveat.
    pub(crate) joined: bool,
    /// Where the first of the markings begins that stand in a row and end with this one: « TLP:AMBER | PAP:RED ».
    pub(crate) row: usize,
    /// One of several levels that are named in a row: « SECRET et TRÈS SECRET ».
    pub(crate) listed: bool,
    /// The field is a file name.
    pub(crate) file_name: bool,
    /// What hid it.
    pub(crate) layer: Option<Layer>,
    /// What a grammar read in it.
    pub(crate) label: Option<Label>,
}

impl Occurrence {
    fn is_short(&self) -> bool {
        self.abbreviation && self.span.len() <= SHORT
    }
}

/// Whose marking it is and how high, where the text itself says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) issuer: &'static str,
    pub(crate) level: u8,
}

/// Something that was added to a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    Cased,
    Uncased,
    Abbreviation,
    OwnLine,
    Segment,
    Enclosed,
    Heading,
    Begins,
    Joined,
    Capitals,
    Playful,
    Disguised,
    Content,
    Quoted,
    Cited,
    Numbers,
    Bare,
    Nearby,
    OneOfTwo,
    Listed,
    SpeltOut,
    Vocabulary(u32),
}

const FORM: i32 = 3;
const CAPITALS: i32 = 2;
const AMONG_CAPITALS: i32 = 1;
const DISGUISED: i32 = 2;
const ENCODED: i32 = 4;
const CONTENT: i32 = 2;
const CONTENT_OF_PAPER: i32 = 3;
const QUOTED: i32 = 3;
const CITED: i32 = -3;
const IN_QUOTED_SENTENCE: i32 = -6;
const NUMBERS: i32 = 1;
const BARE: i32 = -2;
const AMIDST: i32 = -3;
const PLAYFUL: i32 = -4;
const HEADING: i32 = 1;
const NEARBY: i32 = 2;
const ONE_OF_TWO: i32 = -4;
const LISTED: i32 = -8;
const SPELT_OUT: i32 = -4;

/// Years left aside: times, quantities, the number of a copy.
const SOME_NUMBERS: usize = 2;

/// An abbreviation of so few letters means other things too.
const SHORT: usize = 3;

/// How much of a stamp a phrase is by the place in which it stands. Each takes more talk to disarm than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// A phrase in a sentence: everything counts.
    Prose,
    /// Capitalised before a colon at the start of a line: a film or a question may follow.
    Title,
    /// The same in capitals: a question may follow.
    Heading,
    /// It begins its line in brackets or before a dash: « DIFFUSION RESTREINTE - formation des opérateurs »; or it is in a
    /// file's name: « Guide_marquage_DR.pdf ».
    Stamp,
    /// It has its line to itself, or stands in a file's name in prose.
    Banner,
}

/// How a phrase looks where it stands, whichever rule asks: several read the same words.
pub(crate) struct Sight<'t> {
    span: Range<usize>,
    row: usize,
    short: bool,
    surroundings: Surroundings<'t>,
    segment: Border,
    enclosure: Enclosure,
    is_cased: bool,
    is_in_file_name: bool,
    /// Beside the other words that it stands for, if it is an abbreviation.
    spells_out: bool,
    /// A key with its value, if it is one.
    is_key: bool,
    is_defined: bool,
    is_alone: bool,
    /// The text has a second line, which may be what is marked.
    has_lines: bool,
    /// How many numbers stand on its line.
    numbers: usize,
    begins_line: bool,
    is_disguised: bool,
    /// It is in capitals.
    capitals: bool,
    /// It is, and what stands around is not.
    stands_out: bool,
    sentence: Range<usize>,
    around: Range<usize>,
}

impl<'t> Sight<'t> {
    pub(crate) fn of(folded: Folded<'t>, occurrence: &Occurrence, sentences: &Sentences<'_>) -> Self {
        let span = occurrence.span.clone();
        let short = occurrence.is_short();
        let surroundings = Surroundings::of(folded, &span, occurrence.row, short);
        let capitals = is_in_capitals(folded, &span);
        let sentence = sentences.of(&span);
        Self {
            row: occurrence.row,
            short,
            segment: surroundings.segment(),
            enclosure: surroundings.enclosure(),
            is_cased: is_marking_cased(folded, &span),
            is_in_file_name: surroundings.is_in_file_name() || surroundings.is_folder(),
            spells_out: surroundings.spells_out(),
            is_key: surroundings.is_key_of_value(),
            is_defined: surroundings.is_defined(),
            is_alone: surroundings.is_alone(),
            has_lines: !short && surroundings.has_lines(),
            numbers: surroundings.numbers(),
            begins_line: surroundings.begins_line(),
            is_disguised: span.clone().any(|i| folded.flags_at(i).was_disguised),
            capitals,
            stands_out: capitals && !short && stands_out_in_capitals(folded, &span),
            around: sentences.with_neighbours(&sentence),
            sentence,
            surroundings,
            span,
        }
    }

    /// Whether it is what an occurrence looks like, too.
    pub(crate) fn is_of(&self, occurrence: &Occurrence) -> bool {
        self.span == occurrence.span && self.short == occurrence.is_short() && self.row == occurrence.row
    }
}

/// Adds up the cues of an occurrence; each is reported with its weight.
pub(crate) fn score(
    folded: Folded<'_>,
    occurrence: &Occurrence,
    sight: &Sight<'_>,
    weights: &Weights,
    hearing: &mut Hearing,
    report: &mut dyn FnMut(Cue, i32),
) -> i32 {
    let mut total = 0;
    let mut add = |cue, weight| {
        total += weight;
        report(cue, weight);
    };
    let span = &occurrence.span;
    if occurrence.abbreviation {
        add(Cue::Abbreviation, weights.score.abbreviation);
    } else if sight.is_cased {
        add(Cue::Cased, weights.score.cased);
    } else {
        add(Cue::Uncased, weights.score.other);
    }

    let Sight { surroundings, short, capitals, begins_line, .. } = sight;
    let (short, capitals, begins_line) = (*short, *capitals, *begins_line);
    let is_word_for_another = occurrence.abbreviation && sight.spells_out;
    let is_key = occurrence.abbreviation && sight.is_key;
    let segment = if is_word_for_another || is_key { Border::None } else { sight.segment };
    let file_name = occurrence.file_name || sight.is_in_file_name;
    if short && surroundings.is_one_of_two() {
        add(Cue::OneOfTwo, ONE_OF_TWO);
    }
    let banner = file_name || sight.is_alone;
    if banner {
        add(Cue::OwnLine, FORM);
    } else if segment > Border::None {
        add(Cue::Segment, FORM);
    }
    // A grammar takes the brackets of a portion mark for part of it.
    let has_brackets = occurrence.label.is_some() && b"([".contains(&folded.bytes()[span.start]);
    let enclosure = if has_brackets {
        Enclosure::Brackets
    } else if is_word_for_another {
        Enclosure::None
    } else {
        sight.enclosure
    };
    if occurrence.joined {
        add(Cue::Joined, FORM);
    }
    if !banner && !short && capitals {
        if sight.stands_out {
            add(Cue::Capitals, CAPITALS);
        } else if !occurrence.abbreviation {
            add(Cue::Capitals, AMONG_CAPITALS);
        }
    }
    // Nobody draws a marking in other letters by accident, and who encodes one means that it is not read on the way. What is encoded
    // may be a whole mail, in which the words in small letters are a noun.
    let disguise = match occurrence.layer {
        Some(Layer::Base64 | Layer::Hex) if capitals => ENCODED,
        Some(Layer::Spaced | Layer::Indicators | Layer::Reversed) if capitals => DISGUISED,
        _ if sight.is_disguised => DISGUISED,
        _ => 0,
    };
    if disguise > 0 {
        add(Cue::Disguised, disguise);
    }

    let bracketed = enclosure == Enclosure::Brackets;
    let standing = if occurrence.file_name {
        Standing::Stamp
    } else if banner {
        Standing::Banner
    } else if !begins_line {
        Standing::Prose
    } else if bracketed || segment == Border::Firm {
        Standing::Stamp
    } else if segment == Border::Colon && capitals {
        Standing::Heading
    } else if segment == Border::Colon && sight.is_cased {
        Standing::Title
    } else {
        Standing::Prose
    };
    // Twenty other things that « DR » means stay possible in a file's name and before a dash, but hardly in a bracket; games have
    // « [SECRET] » in one.
    let ambiguous = occurrence.abbreviation && !(bracketed && short) && (file_name || standing > Standing::Title);
    let ear = hearing.from(folded.bytes(), span, &sight.sentence, Scope::Sentence);
    let mut found = Found::of(ear, weights);
    // « DIFFUSION RESTREINTE liste des agents habilités … »: what follows is the paper, whose words are not about the marking; a verb
    // right behind it is: « DIFFUSION RESTREINTE doit figurer … ».
    let heads = standing == Standing::Prose && begins_line && sight.stands_out;
    if heads && found.has(weights, &[Role::Mention]) && !found.has(weights, &[Role::Question, Role::About]) {
        found.keep_near(&[Role::Mention], Side::After, RIGHT_BEHIND, ear, weights);
    }
    // « note DR n° 14 : le mirador 2 n'est plus armé », « note DR → le mirador 2 … »
    let announces = standing == Standing::Prose && surroundings.announces();
    // What the paper says stands behind the colon: one word of talk is in many papers, two are talk.
    if announces && surroundings.tells() && sight.stands_out && found.is_one_word_of_talk(weights) {
        found.keep_near(&[Role::Mention, Role::About], Side::After, BESIDE, ear, weights);
    }
    let talks = found.has(weights, &[Role::Mention, Role::About]) && standing < Standing::Banner;
    if sight.around != sight.sentence && !found.has(weights, &[Role::Share]) {
        let heard = Found::of(hearing.from(folded.bytes(), span, &sight.around, Scope::Neighbours), weights);
        // « TOP SECRET !!! Anniversaire de Bruno samedi »
        if occurrence.abbreviation && !short && !found.has(weights, &[Role::Cue]) {
            found.bits |= heard.bits & weights.bits(Role::Counter);
        }
        // « Voici la règle. On marque SECRET, puis on numérote. »: the subject goes on, and nothing is handed over.
        let goes_on = standing == Standing::Prose && heard.has(weights, &[Role::About]);
        if goes_on {
            found.bits |= heard.bits & weights.bits(Role::About);
        }
        // « Voici le PV. Il est DR. », « tu peux relire la note DR ? elle est ci-dessous »
        if !talks && !goes_on && heard.has(weights, &[Role::Share]) {
            found.handed_over_nearby = true;
            add(Cue::Nearby, NEARBY);
        }
    }
    let has_cue = found.has(weights, &[Role::Cue]);
    if announces {
        match (short, has_cue) {
            (false, true) => add(Cue::Content, CONTENT_OF_PAPER),
            (true, true) | (false, false) => add(Cue::Content, CONTENT),
            (true, false) => {}
        }
    }
    if surroundings.is_quoted_from() {
        add(Cue::Quoted, QUOTED);
    }
    if standing == Standing::Prose && surroundings.is_in_quoted_sentence() {
        add(Cue::Cited, IN_QUOTED_SENTENCE);
    }
    // « Version DR du plan », but not « Réunion DR jeudi ».
    if short && standing == Standing::Prose && found.has(weights, &[Role::Cue]) && surroundings.follows_first_word() {
        add(Cue::Heading, HEADING);
    }
    // « GEHEIM Az 55-01, Quellenmeldung »: the text begins behind it, with a capital or a number.
    if span.len() >= HEAD_LETTERS
        && !banner
        && capitals
        && segment == Border::None
        && begins_line
        && text_begins(folded, span.end)
    {
        add(Cue::Begins, 1);
    }
    let hands_over = found.handed_over_nearby || found.has(weights, &[Role::Share]);
    if (is_word_for_another || sight.is_defined) && standing == Standing::Prose {
        add(Cue::SpeltOut, SPELT_OUT);
    }
    if occurrence.listed && !banner && !hands_over {
        add(Cue::Listed, LISTED);
    }
    // Who speaks about a marking has nothing to tell; a line of its own, or a second one, may be the text itself.
    // Two letters take two cues to be stopped: « La note DR sera distribuée » tells no more than that there is one.
    let stands_by_itself = !short && (occurrence.abbreviation || sight.is_cased);
    let may_be_bare = standing == Standing::Prose && (stands_by_itself || short && found.cues(weights) > 1);
    let is_told = bracketed || hands_over || announces || begins_line || disguise > 0 || sight.has_lines;
    if may_be_bare && !is_told && !talks {
        if sight.numbers >= SOME_NUMBERS {
            add(Cue::Numbers, if stands_by_itself { NUMBERS } else { 0 });
        } else if segment == Border::None && !file_name {
            add(Cue::Bare, if surroundings.is_in_the_midst() { AMIDST } else { BARE });
        }
    }
    // « le dossier que j'ai annoncé “diffusion restreinte” »: in the midst of a sentence quotation marks cite.
    let cites = enclosure == Enclosure::Quotes
        && standing == Standing::Prose
        && !hands_over
        && !announces
        && surroundings.is_deep();
    if cites {
        add(Cue::Cited, CITED);
    } else if enclosure != Enclosure::None {
        add(Cue::Enclosed, FORM);
    }
    // « SECRET 🤫 »; but « je colle la note SECRET 😅 » is none the better for it.
    if occurrence.abbreviation
        && !found.has(weights, &[Role::Cue, Role::Share])
        && is_playful(folded, sight.sentence.clone())
    {
        add(Cue::Playful, PLAYFUL);
    }
    let counting = found.counting(weights, standing, ambiguous);
    if counting != 0 {
        for (weighted, _) in weights.vocabularies.iter().zip(0..u64::BITS).filter(|(_, n)| counting >> n & 1 != 0) {
            add(Cue::Vocabulary(weighted.number), weighted.weight);
        }
    }
    total
}

impl Standing {
    /// Whether words of a role still say something about what stands there.
    fn hears(self, role: Role) -> bool {
        match role {
            Role::Cue | Role::Share => true,
            Role::Origin => false,
            Role::Mention => self == Self::Prose,
            Role::Counter => self <= Self::Title,
            Role::Question => self <= Self::Heading,
            Role::About => self < Self::Banner,
        }
    }
}

/// How many vocabularies a rule may name: the bits of [`Found`].
pub(crate) const MOST_VOCABULARIES: usize = u64::BITS as usize;

/// Which of a rule's vocabularies have a word in the marking's sentence, bit by bit.
struct Found {
    bits: u64,
    /// Words that hand over stand in the sentence before or behind.
    handed_over_nearby: bool,
}

impl Found {
    fn of(ear: &Ear, weights: &Weights) -> Self {
        let vocabularies = weights.vocabularies.iter().zip(0..u64::BITS).filter(|_| !ear.is_empty());
        let heard = vocabularies.filter(|(v, _)| ear.hears(v.number, v.side, v.within));
        Self { bits: heard.fold(0, |bits, (_, n)| bits | 1 << n), handed_over_nearby: false }
    }

    /// Of all vocabularies that speak about a marking one was heard.
    fn is_one_word_of_talk(&self, weights: &Weights) -> bool {
        let talk = weights.bits(Role::Mention) | weights.bits(Role::About) | weights.bits(Role::Question);
        (self.bits & talk).count_ones() == 1
    }

    /// Forgets the words of some roles that do not stand so near the marking on a side.
    fn keep_near(&mut self, roles: &[Role], side: Side, within: u32, ear: &Ear, weights: &Weights) {
        let vocabularies = weights.vocabularies.iter().zip(0..u64::BITS);
        let forgotten =
            vocabularies.filter(|(v, _)| roles.contains(&v.role) && !ear.hears(v.number, side, Some(within)));
        self.bits = forgotten.fold(self.bits, |bits, (_, n)| bits & !(1 << n));
    }

    fn has(&self, weights: &Weights, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.bits & weights.bits(*role) != 0)
    }

    /// How many vocabularies support the marking.
    fn cues(&self, weights: &Weights) -> u32 {
        (self.bits & weights.bits(Role::Cue)).count_ones()
    }

    /// Which of the rule's vocabularies count.
    fn counting(&self, weights: &Weights, standing: Standing, ambiguous: bool) -> u64 {
        let hands_over = self.handed_over_nearby || self.has(weights, &[Role::Share]);
        let talk = [Role::About, Role::Mention, Role::Question];
        let talk = talk.into_iter().filter(|role| self.has(weights, &[*role]) && standing.hears(*role));
        let spoken_about = talk.into_iter().any(|role| role != Role::Question || !hands_over);
        let is_subject = self.has(weights, &[Role::About]) && standing.hears(Role::About);
        let counts = |role: &Role| match role {
            // « Rappel : les documents marqués DR … »: the document is not there. Nor is it in « Si vous trouvez un document marqué
            // DR, ne le prenez pas en photo », where the marking is the subject.
            Role::Cue => !spoken_about || hands_over && !is_subject,
            Role::Share => true,
            Role::Counter => standing.hears(*role) || ambiguous,
            Role::Question => standing.hears(*role) && !hands_over,
            Role::Mention | Role::About | Role::Origin => standing.hears(*role),
        };
        let all = [Role::Cue, Role::Share, Role::Counter, Role::Question, Role::Mention, Role::Origin, Role::About];
        all.iter().filter(|role| counts(role)).fold(0, |bits, role| bits | self.bits & weights.bits(*role))
    }
}

/// « TLP:RED ne doit jamais … »: a word or none between.
const RIGHT_BEHIND: u32 = 1;

/// « DIFFUSION RESTREINTE en haut de chaque page : … »: so near they speak of the marking itself.
const BESIDE: u32 = 2;

/// A word of fewer letters at the head of a line may be any other: « EU-R 500 ».
const HEAD_LETTERS: usize = 6;

/// Whether a word with a capital, or a number, follows behind one space.
fn text_begins(folded: Folded<'_>, at: usize) -> bool {
    match folded.bytes().get(at..at + 2) {
        Some([b' ', first]) => first.is_ascii_digit() || folded.is_upper(at + 1),
        _ => false,
    }
}

/// Whether a face, a present or a glass is drawn in a sentence.
fn is_playful(folded: Folded<'_>, sentence: Range<usize>) -> bool {
    let original = folded.original().get(folded.to_original(sentence)).unwrap_or("");
    !original.is_ascii() && original.chars().any(|c| matches!(c, '\u{1F600}'..='\u{1F64F}' | '\u{1F910}'..='\u{1F92F}' | '\u{1F970}'..='\u{1F97A}' | '\u{1F380}'..='\u{1F38A}' | '\u{1F373}'..='\u{1F37E}'))
}

/// Every word in capitals or capitalised; words of up to three letters inside may be small (« Secret de l'Enquête »).
fn is_marking_cased(folded: Folded<'_>, span: &Range<usize>) -> bool {
    let text = folded.bytes();
    let mut at = span.start;
    let mut first = true;
    while at < span.end {
        if !is_word(text[at]) {
            at += 1;
            continue;
        }
        let end = (at..span.end).find(|i| !is_word(text[*i])).unwrap_or(span.end);
        let small = !first && end - at <= 3;
        if text[at].is_ascii_lowercase() && !small && !folded.is_upper(at) {
            return false;
        }
        first = false;
        at = end;
    }
    true
}

/// All letters; or those of the last word, behind an office with a capital of its own, as the Dutch write it:
/// « Departementaal VERTROUWELIJK ».
fn is_in_capitals(folded: Folded<'_>, span: &Range<usize>) -> bool {
    let text = folded.bytes();
    let are_capitals =
        |range: Range<usize>| range.filter(|i| text[*i].is_ascii_lowercase()).all(|i| folded.is_upper(i));
    let last = span.end - text[span.clone()].iter().rev().take_while(|byte| is_word(**byte)).count();
    are_capitals(span.clone())
        || span.end - last >= HEAD_LETTERS && are_capitals(last..span.end) && folded.is_upper(span.start)
}

/// Less than 60 % of the letters around a phrase in capitals are capitals.
fn stands_out_in_capitals(folded: Folded<'_>, span: &Range<usize>) -> bool {
    let text = folded.bytes();
    let before = folded.letters_and_capitals(span.start.saturating_sub(REACH)..span.start);
    let behind = folded.letters_and_capitals(span.end..text.len().min(span.end + REACH));
    let (total, capitals) = (before.0 + behind.0, before.1 + behind.1);
    total >= 4 && capitals * 10 < total * 6
}
