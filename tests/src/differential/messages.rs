//! Messages of a seed, made of what the rules' own files hold: examples, mentions and near-misses, cut, joined and disguised.
//!
//! The same seed and number give the same message as long as the policy does not change.

use filter_core::Form;
use filter_core::policy::Policy;
use tamis_benches::random::{BASE62, DIGITS, Random, SMALL};

/// A source of messages.
pub struct Messages {
    pieces: Vec<String>,
    seed: u64,
}

/// One of them.
pub struct Message {
    /// What is written.
    pub text: String,
    /// Where.
    pub form: Form,
}

/// What is put between pieces, and into them.
const SEPARATORS: &[&str] = &[
    " ", " ", " ", "  ", "   ", "\n", "\n\n", "\r\n> ", "\t", "-", " - ", " – ", "_", ".", ". ", ", ", ",", ":", " : ",
    "/", "//", "|", "(", ")", "[", "]", "\"", "'", "«\u{a0}", "\u{a0}»", "\u{a0}", "\u{202f}", "\u{200b}", "\u{2060}",
    "\u{ad}", "*", "**", "`", "~~", "<b>", "</b>", "<", "<<", ">", "=", "==", "@", "+", "#", "%", "$", "&", "\\", "{",
    "}", "!", "?", "…", "é", "e\u{301}", "ß", "ﬁ", "№", "😀", "\u{202e}", "0", "1", "a", "S", "+33", "-----", "://",
];

/// Letters that are drawn like others, or fold to them.
const ALIKE: &[(char, &str)] = &[
    ('a', "а"),
    ('e', "е"),
    ('o', "о"),
    ('c', "с"),
    ('A', "А"),
    ('E', "Е"),
    ('R', "Ｒ"),
    ('S', "Ѕ"),
    ('T', "Т"),
    ('I', "І"),
    ('i', "і"),
    ('s', "ｓ"),
    ('t', "t\u{308}"),
    ('n', "ñ"),
    ('u', "ü"),
    ('1', "１"),
    ('2', "²"),
    ('3', "３"),
    ('0', "𝟎"),
    ('5', "⑤"),
    ('-', "—"),
    (' ', "\u{2003}"),
];

impl Messages {
    /// For the rules of a policy.
    #[must_use]
    pub fn new(policy: &Policy, seed: u64) -> Self {
        let common = policy.rules.iter().map(|resolved| &resolved.rule.common);
        let examples = common.flat_map(|c| c.examples.iter().chain(&c.mentions).chain(&c.counter_examples));
        Self { pieces: examples.map(filter_core::policy::model::Example::text).collect(), seed }
    }

    /// The message of a number.
    #[must_use]
    pub fn message(&self, number: u64) -> Message {
        let mut random = Random::new(Random::new(self.seed ^ number.rotate_left(32)).next());
        let random = &mut random;
        let mut text = String::new();
        // Blocks of 64 bytes begin anywhere in what follows.
        if random.percent(50) {
            text += &noise(random, 140);
            text += separator(random);
        }
        let count = match random.below(100) {
            0 => 0,
            1 => random.between(20, 60),
            2..=69 => 1,
            _ => random.between(2, 4),
        };
        for _ in 0..count {
            text += &self.piece(random);
            if random.percent(80) {
                text += separator(random);
            }
        }
        if random.percent(20) {
            text += &noise(random, 40);
        }
        let form = if random.percent(4) { Form::FileName } else { Form::Prose };
        Message { text, form }
    }

    fn piece(&self, random: &mut Random) -> String {
        let mut chars: Vec<char> = random.pick(&self.pieces).chars().collect();
        if random.percent(25) && !chars.is_empty() {
            let from = random.below(chars.len());
            let to = random.between(from, chars.len());
            chars = chars[from..to].to_vec();
        }
        let mut piece: String = chars.iter().collect();
        piece = match random.below(20) {
            0 => piece.to_uppercase(),
            1 => piece.to_lowercase(),
            2 => chars
                .iter()
                .map(|c| if random.percent(50) { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
                .collect(),
            3 => chars.iter().map(|c| format!("{c} ")).collect(),
            4 => piece
                .bytes()
                .map(|b| {
                    if random.percent(20) {
                        format!("%{b:02X}")
                    } else if b.is_ascii() {
                        char::from(b).to_string()
                    } else {
                        format!("%{b:02X}")
                    }
                })
                .collect(),
            5 => piece.split_whitespace().collect::<Vec<_>>().join(separator(random)),
            6 => format!("**{piece}**"),
            7 => format!("\u{202e}{}", chars.iter().rev().collect::<String>()),
            _ => piece,
        };
        for _ in 0..[0, 0, 1, 1, 2, 5][random.below(6)] {
            piece = mistake(random, &piece);
        }
        piece
    }
}

fn separator(random: &mut Random) -> &'static str {
    SEPARATORS[random.below(SEPARATORS.len())]
}

/// One change at one place.
fn mistake(random: &mut Random, piece: &str) -> String {
    let mut chars: Vec<String> = piece.chars().map(String::from).collect();
    if chars.is_empty() {
        return String::new();
    }
    let at = random.below(chars.len());
    match random.below(7) {
        0 => chars.insert(at, separator(random).to_owned()),
        1 => drop(chars.remove(at)),
        2 if at > 0 => chars.swap(at - 1, at),
        3 => {
            // The next letter or digit from there that has a look-alike.
            if let Some((place, (_, alike))) = (at..chars.len())
                .find_map(|n| ALIKE.iter().find(|(c, _)| chars[n] == c.to_string()).map(|alike| (n, alike)))
            {
                chars[place] = (*alike).to_owned();
            }
        }
        4 => {
            if let Some(n) = (at..chars.len()).find(|n| chars[*n].bytes().all(|byte| byte.is_ascii_digit())) {
                chars[n] = random.letters(DIGITS, 1);
            }
        }
        5 => {
            if let Some(n) = (at..chars.len()).find(|n| chars[*n].trim().is_empty() || chars[*n] == "-") {
                chars[n] = separator(random).to_owned();
            }
        }
        _ => chars[at] = random.letters(BASE62, 1),
    }
    chars.concat()
}

/// Up to so many characters of one sort, or of words.
fn noise(random: &mut Random, longest: usize) -> String {
    let count = random.between(0, longest);
    match random.below(5) {
        0 => random.letters(DIGITS, count),
        1 => random.letters(BASE62, count),
        2 => random.letters("0123456789 -./", count),
        3 => " ".repeat(count),
        _ => (0..count / 6)
            .map(|_| {
                let n = random.between(1, 9);
                random.letters(SMALL, n) + " "
            })
            .collect(),
    }
}
