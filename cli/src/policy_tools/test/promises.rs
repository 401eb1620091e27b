//! What a rule's examples, mentions and counter-examples promise, and whether it is kept.
//!
//! - An example is found by its rule with high confidence, as it stands. In every other form it is still stopped: by its rule, or by one
//!   that covers it and does at least as much. A rule that acts as a part of others only has to find it.
//! - A mention is flagged at most. A counter-example finds nothing of its rule. Both in the neutral forms.

use filter_core::policy::ResolvedRule;
use filter_core::policy::model::{Actions, Example};
use filter_core::{Action, Confidence};

use super::answers::{Answers, Verdict, is_unreported, rank};
use super::contexts::{AS_WRITTEN, CONTEXTS, Context};
use crate::engine::Running;
use crate::options::Room;
use crate::policy_tools::places::Said;

/// A promise that is not kept.
pub(crate) struct Broken {
    pub(crate) said: Said,
    /// From 0.
    pub(crate) number: usize,
    /// The name of the form.
    pub(crate) context: &'static str,
    /// For programs.
    pub(crate) code: &'static str,
    /// « is not found »: what became of it.
    pub(crate) outcome: String,
    /// The text of the policy that it is about.
    pub(crate) text: String,
}

/// What was tried of one rule.
#[derive(Default)]
pub(crate) struct Tested {
    pub(crate) examples: usize,
    /// Examples in other forms.
    pub(crate) rendered: usize,
    pub(crate) mentions: usize,
    pub(crate) counter_examples: usize,
    pub(crate) broken: Vec<Broken>,
}

/// Tries everything that a rule promises.
pub(crate) fn test(answers: &mut Answers, actions: &Actions, rule: &ResolvedRule) -> Tested {
    let mut tested = Tested::default();
    let is_silent = is_silent(actions, rule);
    let common = &rule.rule.common;
    for (number, example) in common.examples.iter().enumerate() {
        tested.examples += 1;
        let text = example.text();
        let mut trial = Trial { answers, rule, is_silent, said: Said::Example, number, text: &text };
        let plain = trial.ask(&AS_WRITTEN);
        match as_promised(plain.as_ref(), &common.id) {
            Err(broken) => tested.broken.push(trial.broken(&AS_WRITTEN, broken)),
            Ok(acts) => {
                for context in CONTEXTS.iter().filter(|context| (context.applies)(&rule.rule.kind, &text)) {
                    tested.rendered += 1;
                    let least = context.least(&rule.rule.kind, acts);
                    if let Err(broken) = survives(trial.ask(context).as_ref(), &common.id, least) {
                        tested.broken.push(trial.broken(context, broken));
                    }
                }
            }
        }
    }
    for (said, list, holds) in [
        (Said::Mention, &common.mentions, is_flagged_at_most as Holds),
        (Said::CounterExample, &common.counter_examples, finds_nothing),
    ] {
        for (number, example) in list.iter().enumerate() {
            let text = example.text();
            let neutral =
                CONTEXTS.iter().filter(|context| context.is_neutral && (context.applies)(&rule.rule.kind, &text));
            for context in std::iter::once(&AS_WRITTEN).chain(neutral) {
                let mut trial = Trial { answers, rule, is_silent, said, number, text: &text };
                if let Err(broken) = holds(trial.ask(context).as_ref(), &common.id) {
                    tested.broken.push(trial.broken(context, broken));
                }
            }
        }
    }
    tested.mentions = common.mentions.len();
    tested.counter_examples = common.counter_examples.len();
    tested
}

/// What of a rule's promises is not kept as it stands: for `tamis policy check`.
pub(crate) fn broken_as_written(engine: &mut Running, actions: &Actions, rule: &ResolvedRule) -> Vec<Broken> {
    let common = &rule.rule.common;
    let is_silent = is_silent(actions, rule);
    let lists: [(Said, &[Example], Holds); 3] = [
        (Said::Example, &common.examples, |verdict, id| as_promised(verdict, id).map(|_| ())),
        (Said::Mention, &common.mentions, is_flagged_at_most),
        (Said::CounterExample, &common.counter_examples, finds_nothing),
    ];
    let mut broken = Vec::new();
    for (said, list, holds) in lists {
        for (number, example) in list.iter().enumerate() {
            let text = example.text();
            let event = AS_WRITTEN.event(&rule.rule.kind, &text);
            let verdict = super::answers::one(engine, Room::Public, &event).map(|verdict| Verdict {
                is_unreported: is_silent && is_unreported(engine, Room::Public, &event, &common.id),
                ..verdict
            });
            if let Err((code, outcome)) = holds(verdict.as_ref(), &common.id) {
                broken.push(Broken { said, number, context: AS_WRITTEN.name, code, outcome, text });
            }
        }
    }
    broken
}

/// Whether a rule acts as a part of others only, at the confidence that an example has.
fn is_silent(actions: &Actions, rule: &ResolvedRule) -> bool {
    let common = &rule.rule.common;
    let action = common.action.map_or_else(|| actions.of(common.severity), |action| action.of(Confidence::High));
    action == Action::Allow
}

struct Trial<'t> {
    answers: &'t mut Answers,
    rule: &'t ResolvedRule,
    is_silent: bool,
    said: Said,
    number: usize,
    text: &'t str,
}

impl Trial<'_> {
    fn ask(&mut self, context: &Context) -> Answer {
        let event = context.event(&self.rule.rule.kind, self.text);
        let what = || {
            format!(
                "{}, {} {}, in the form « {} »",
                self.rule.rule.common.id,
                self.said.word(),
                self.number + 1,
                context.name
            )
        };
        let verdict = self.answers.ask(Room::Public, &event, &what).map_err(|reason| reason.message)?;
        let id = &self.rule.rule.common.id;
        let is_unreported = self.is_silent && self.answers.is_unreported(Room::Public, &event, id);
        Ok(Verdict { is_unreported, ..verdict })
    }

    fn broken(&self, context: &Context, (code, outcome): Outcome) -> Broken {
        let text = self.text.to_owned();
        Broken { said: self.said, number: self.number, context: context.name, code, outcome, text }
    }
}

/// A verdict, or why there is none.
type Answer = Result<Verdict, String>;
/// A code and what became of a message, in words.
type Outcome = (&'static str, String);
type Holds = fn(Result<&Verdict, &String>, &str) -> Result<(), Outcome>;

/// What the rule does about its example.
fn as_promised<'v>(verdict: Result<&'v Verdict, &String>, id: &str) -> Result<&'v str, Outcome> {
    let verdict = looked_at(verdict)?;
    match verdict.of(id) {
        Some(finding) if finding.confidence == "high" => Ok(finding.acts()),
        Some(finding) => {
            Err(("example-too-weak", format!("is found with {} confidence only, not high", finding.confidence)))
        }
        None if verdict.is_unreported => Ok("allow"),
        None => Err(("example-not-found", missed(verdict))),
    }
}

fn survives(verdict: Result<&Verdict, &String>, id: &str, acts: &str) -> Result<(), Outcome> {
    let verdict = looked_at(verdict)?;
    match verdict.of(id) {
        Some(finding) if rank(finding.acts()) >= rank(acts) => Ok(()),
        Some(finding) => {
            let outcome =
                format!("has {} confidence, and the action {} instead of {acts}", finding.confidence, finding.acts());
            Err(("example-too-weak", outcome))
        }
        None if verdict.is_unreported => Ok(()),
        // Another rule covers it, and does as much: the message does not get through.
        None if !verdict.findings.is_empty() && rank(verdict.acts()) >= rank(acts) => Ok(()),
        None => Err(("example-not-found", missed(verdict))),
    }
}

fn is_flagged_at_most(verdict: Result<&Verdict, &String>, id: &str) -> Result<(), Outcome> {
    match looked_at(verdict)?.of(id) {
        Some(finding) if rank(finding.acts()) > rank("flag") => Err((
            "mention-stopped",
            format!("is stopped: the action is {}, {} confidence", finding.acts(), finding.confidence),
        )),
        _ => Ok(()),
    }
}

fn finds_nothing(verdict: Result<&Verdict, &String>, id: &str) -> Result<(), Outcome> {
    let verdict = looked_at(verdict)?;
    match verdict.of(id) {
        Some(finding) => Err((
            "counter-example-found",
            format!("is found: the action is {}, {} confidence", finding.acts(), finding.confidence),
        )),
        None if verdict.is_unreported => {
            Err(("counter-example-found", "is found, as a part of other rules".to_owned()))
        }
        None => Ok(()),
    }
}

/// A verdict that says something about the text.
fn looked_at<'v>(verdict: Result<&'v Verdict, &String>) -> Result<&'v Verdict, Outcome> {
    match verdict {
        Err(reason) => Err(("not-checked", format!("cannot be checked: {reason}"))),
        Ok(Verdict { error: Some(reason), .. }) => {
            Err(("not-checked", format!("cannot be checked: {}", reason.message)))
        }
        Ok(verdict) if verdict.scope.as_deref() != Some("in") => {
            Err(("out-of-scope", "is not looked at: a public room is out of the policy's scope".to_owned()))
        }
        Ok(verdict) => Ok(verdict),
    }
}

fn missed(verdict: &Verdict) -> String {
    let others = verdict.findings.iter().map(|finding| format!("`{}`", finding.rule)).collect::<Vec<_>>();
    if others.is_empty() { "is not found".to_owned() } else { format!("is not found; {} is", others.join(", ")) }
}
