//! French and English prose with a heavy tail: common words as often as people use them, thousands of rare ones made of
//! syllables, and words that nobody has written before.
//!
//! A small vocabulary flatters every engine with a cache: after a few hundred messages a lazily built automaton has seen it
//! all, and a processor's branch predictor nearly so. Sentences bring along what chat has in it: hours, dates, sums, telephone
//! numbers, addresses, links, names of tickets. None of that is a finding of a built-in rule, which the corpus relies on.
//!
//! Must not know what an event is, or a rule.

use std::fmt::Write as _;

use crate::random::{BASE62, DIGITS, Random, SMALL};

/// Words made of syllables, for each language.
const RARE_WORDS: usize = 8_000;

const FRENCH: &str = "de la le et les des en un une du que est pour qui dans a par plus pas au sur ne se ce il sont avec son aux \
    nous vous je tu on elle ils ça mais ou où donc car si comme tout tous toute cette ces mes ses leur même aussi bien très trop peu \
    fait faire dit dire voir va aller vient venir peut pouvoir doit devoir faut sera serait été était avait avoir être aura \
    bonjour bonsoir salut merci coucou désolé voilà oui non ouais super parfait ok d'accord j'ai j'arrive c'est qu'il n'est l'équipe \
    réunion dossier projet compte rendu ordre point semaine matin après-midi demain hier aujourd'hui lundi mardi mercredi jeudi vendredi \
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre heure minute année mois jour \
    préfecture ministère mairie région département service bureau direction école hôpital collège élève agent collègue chef \
    réseau serveur écran mot clé fichier pièce lien version mise à jour sauvegarde téléphone courriel salon message réponse question \
    demande problème erreur solution idée exemple détail liste tableau formulaire budget marché contrat facture crédit délai \
    publier envoyer recevoir relire corriger préparer vérifier valider proposer organiser créer modifier supprimer installer \
    café déjeuner gare train métro vélo voiture pluie soleil été hiver forêt fenêtre bibliothèque cantine étage ascenseur \
    nécessaire possible prêt prêts différent général régional numérique technique précédent dernière première près là-bas bientôt \
    secret médical confiance diffusion restreint défense sécurité document note fiche formation rappel film santé élection";

const ENGLISH: &str = "the of and to in is that for it as was with be by on not he this are or his from at which but have an had \
    they you were their one all we can her has there been if more when will would who so no out up into than them only some could \
    these time two may then do first any my now such like our over man me even most made after also did many before must through \
    hello hi hey thanks please sorry sure great okay cool yes nope maybe well really actually probably today tomorrow yesterday \
    monday tuesday wednesday thursday friday week month morning evening minute meeting agenda minutes call review draft release \
    build branch merge server client room message thread reply upload download file folder link version update issue ticket bug fix \
    test deploy staging production database query index cache network firewall certificate browser plugin module package license \
    team manager colleague office kitchen coffee lunch train station weather rain holiday weekend family school music movie game \
    secret document note notice training reminder restricted public private security question answer example budget invoice \
    contract report figures chart table slide deck feedback plan roadmap milestone deadline estimate delay review approval";

const SYLLABLES: [&[&str]; 2] = [
    &[
        "ba", "bel", "bri", "ca", "ché", "cla", "con", "cou", "cre", "dé", "dou", "é", "en", "fai", "fri", "gé", "gra",
        "gue", "jou", "lai", "lé", "lou", "man", "mé", "mon", "né", "noi", "on", "pa", "pé", "plou", "pré", "ran",
        "ré", "rou", "sa", "sé", "sion", "té", "teur", "tion", "tra", "tri", "veau", "vé", "vou", "zon", "è", "ê", "ç",
        "ette", "euse", "ment", "age", "isme", "oeuf", "ï",
    ],
    &[
        "ab", "an", "bar", "ber", "ble", "con", "cra", "den", "der", "dis", "ed", "el", "er", "est", "fer", "ful",
        "gra", "han", "ing", "is", "ker", "land", "ler", "less", "ly", "man", "ment", "mis", "ness", "ning", "ork",
        "out", "per", "pre", "ran", "ring", "ship", "ster", "stru", "ter", "thor", "tion", "tle", "un", "ver", "ward",
        "wick", "win", "wood", "york",
    ],
];

const EMOJI: &[&str] = &["🙂", "👍", "😂", "🎉", "❤️", "🙏", "😅", "🤔", "✅", "🚀", "👀", "☀️"];
const DOMAINS: &[&str] = &["example.org", "agent.example.org", "docs.example.com", "wiki.example.net"];

/// Language of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// With accents: 3 % of the letters.
    French,
    /// Nearly all ASCII.
    English,
}

/// The words of both languages.
#[derive(Debug)]
pub struct Words {
    common: [Vec<&'static str>; 2],
    rare: [Vec<String>; 2],
}

impl Words {
    /// The vocabulary of a seed.
    #[must_use]
    pub fn new(random: &mut Random) -> Self {
        let common = [FRENCH, ENGLISH].map(|words| words.split_whitespace().collect());
        let rare = [0, 1].map(|language| (0..RARE_WORDS).map(|_| made_up(random, language)).collect());
        Self { common, rare }
    }

    /// A word: 60 % common, low ranks oftener; 36 % rare; 4 % never seen before.
    pub fn word(&self, random: &mut Random, language: Language) -> String {
        let language = language as usize;
        match random.below(100) {
            0..60 => {
                let words = &self.common[language];
                // The product of two numbers prefers low ranks, roughly as Zipf's law does.
                let rank = random.below(words.len()) * (random.below(1000) + 1) / 1000;
                words[rank].to_owned()
            }
            60..96 => random.pick(&self.rare[language]).clone(),
            _ => made_up(random, language),
        }
    }

    /// A few sentences of about `bytes` bytes.
    pub fn prose(&self, random: &mut Random, language: Language, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes + 64);
        while text.len() < bytes {
            if !text.is_empty() {
                text.push_str(if random.percent(15) { "\n" } else { " " });
            }
            self.sentence(random, language, bytes - text.len(), &mut text);
        }
        text
    }

    fn sentence(&self, random: &mut Random, language: Language, room: usize, text: &mut String) {
        let words = random.between(3, 16);
        let begin = text.len();
        for n in 0..words {
            if n > 0 {
                text.push_str(if random.percent(7) { ", " } else { " " });
            }
            let word = if n > 0 && random.percent(5) { extra(random, language) } else { self.word(random, language) };
            let capital = n == 0 && random.percent(80) || random.percent(3);
            let mut letters = word.chars();
            match letters.next() {
                Some(first) if capital => text.extend(first.to_uppercase().chain(letters)),
                _ => text.push_str(&word),
            }
            if text.len() - begin > room {
                break;
            }
        }
        match random.below(10) {
            0..6 => text.push('.'),
            6 => text.push_str(if language == Language::French { " ?" } else { "?" }),
            7 => text.push_str(if language == Language::French { " !" } else { "!" }),
            8 => {
                text.push(' ');
                text.push_str(random.pick::<&str>(EMOJI));
            }
            _ => {}
        }
    }
}

fn made_up(random: &mut Random, language: usize) -> String {
    let syllables = random.between(2, 4);
    (0..syllables).map(|_| *random.pick(SYLLABLES[language])).collect()
}

/// What stands between words in chat. Always words around it, so that two numbers never join into a longer one.
fn extra(random: &mut Random, language: Language) -> String {
    let mut text = String::new();
    let (a, b, c) = (random.between(1, 28), random.between(1, 12), random.between(2024, 2027));
    // Writing into a string cannot fail.
    let _ = match random.below(12) {
        0 if language == Language::French => write!(text, "{}h{:02}", random.below(24), random.below(60)),
        0 => write!(text, "{}:{:02}", random.below(24), random.below(60)),
        1 => write!(text, "{a:02}/{b:02}/{c}"),
        2 => write!(text, "{c}-{b:02}-{a:02}"),
        3 => write!(text, "{} {:03},{:02} €", random.between(1, 99), random.below(1000), random.below(100)),
        4 => write!(text, "06 {}", (0..4).map(|_| random.letters(DIGITS, 2)).collect::<Vec<_>>().join(" ")),
        5 => write!(
            text,
            "https://{}/{}/{}?v={}",
            random.pick(DOMAINS),
            random.letters(SMALL, 6),
            random.letters(BASE62, 8),
            random.below(90)
        ),
        6 => write!(text, "{}.{}@{}", random.letters(SMALL, 5), random.letters(SMALL, 7), random.pick(DOMAINS)),
        7 => write!(text, "PROJ-{}", random.between(100, 9999)),
        8 => write!(text, "v{}.{}.{}", random.below(9), random.below(30), random.below(99)),
        9 => write!(text, "{} %", random.below(100)),
        10 => write!(
            text,
            "{} {}",
            random.between(2, 400),
            if language == Language::French { "élèves" } else { "people" }
        ),
        _ => write!(text, "{}", random.pick(EMOJI)),
    };
    text
}
