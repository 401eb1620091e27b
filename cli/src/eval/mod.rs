//! `tamis eval`: how good a policy is on labelled messages.
//!
//! Reads a corpus, checks every message as a homeserver would, and counts. With a baseline it fails when a figure has fallen, which is
//! how the project's own tests keep its packs from getting worse unnoticed.
//!
//! | file | idea |
//! |---|---|
//! | `corpus` | messages, and what ought to become of them |
//! | `score` | what became of them, counted |
//! | `report` | the counts, for people and for programs |
//! | `baseline` | the counts of last time |
//! | `arguments` | how it is asked |

mod arguments;
mod baseline;
mod corpus;
mod report;
mod score;

use std::io::Write;
use std::process::ExitCode;

use serde::Deserialize;
use tamis_host::{Engine, Frames, Refusal};

pub(crate) use arguments::{ABOUT, EXAMPLES, EvalOptions};

use crate::diagnostics;
use crate::failure::Failure;
use crate::options::Format;
use crate::options::Room;
use crate::policy::Policy;
use crate::rooms::Rooms;
use arguments::HalfOption;
use corpus::{Half, Message};
use report::About;
use score::{Score, Verdict};

/// Measures the policy that was asked for.
pub(crate) fn run(options: &EvalOptions) -> Result<ExitCode, Failure> {
    let mut messages = corpus::read(&options.corpus)?;
    let wanted = match options.half {
        HalfOption::Both => None,
        HalfOption::Tune => Some(Half::Tune),
        HalfOption::HeldOut => Some(Half::HeldOut),
    };
    messages.retain(|message| wanted.is_none_or(|half| message.half == half));
    if options.events {
        return print_events(&messages);
    }
    let policy = Policy::find(options.policy.as_deref(), &options.keys)?;
    let mut engine = options.engine.start()?;
    let summary = diagnostics::report(engine.load_policy(&policy), &policy)?;
    let mut score = Score::default();
    let facts = Rooms::new(Room::Public.description()).facts(&mut engine, None);
    let facts = facts.map_err(|reason| Failure::Input(reason.message))?;
    let mut request = Frames::new();
    for (number, message) in messages.iter().enumerate() {
        let verdict = check(&mut engine, &mut request, &facts, message)?;
        score.add(number, message, &verdict);
    }
    score.finish();
    let about = About {
        corpus: &options.corpus,
        policy: &summary.policy,
        messages: &messages,
        list: options.list,
        show_text: options.show_text,
    };
    match options.format {
        Format::Text => report::text(&score, &about),
        Format::Json => report::json(&score, &about),
    }
    .map_err(Failure::output)?;
    if let Some(path) = &options.write_baseline {
        baseline::write(path, &score)?;
    }
    match &options.baseline {
        Some(path) => baseline::compare(path, &score),
        None => Ok(ExitCode::SUCCESS),
    }
}

fn check(engine: &mut impl Engine, request: &mut Frames, facts: &str, message: &Message) -> Result<Verdict, Failure> {
    #[derive(Deserialize)]
    struct Refused {
        error: Refusal,
    }
    let place = || format!("{}:{}", message.file.display(), message.line);
    let cannot = |why: &str| Failure::Input(format!("{}: the message could not be checked: {why}", place()));
    request.clear();
    // With text, so that pointers spell the keys that the corpus names.
    for frame in [br#"{"show_text":true}"#, facts.as_bytes(), &message.event] {
        request.push(frame).map_err(|error| cannot(&error.to_string()))?;
    }
    let reply = engine.check(request.as_bytes()).map_err(|error| cannot(&error.to_string()))?;
    let verdict: Verdict = serde_json::from_slice(reply).map_err(|_| {
        let refused = serde_json::from_slice::<Refused>(reply);
        cannot(&refused.map_or("the module's reply is no verdict".to_owned(), |refused| refused.error.message))
    })?;
    if verdict.verdict == "error" { Err(cannot("the verdict is `error`")) } else { Ok(verdict) }
}

/// The corpus as `tamis check` and every other host take it.
fn print_events(messages: &[Message]) -> Result<ExitCode, Failure> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for message in messages {
        out.write_all(&message.event).and_then(|()| out.write_all(b"\n")).map_err(Failure::output)?;
    }
    out.flush().map_err(Failure::output)?;
    Ok(ExitCode::SUCCESS)
}
