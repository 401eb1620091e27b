//! One event, asked of the module and natively. Where the two do not give the same bytes, that is a failure of its own.

use serde::Deserialize;

use crate::engine::Running;
use crate::options::Room;
use crate::question::{LineForm, Questions};
use crate::verdict::Reason;

/// The engines that answer, and the questions for each room that is assumed.
pub(crate) struct Answers {
    engines: Vec<Running>,
    asked: u64,
    /// The descriptions of what was asked where the engines differed.
    differences: Vec<String>,
}

/// What the tests read of a verdict.
#[derive(Debug, Deserialize)]
pub(crate) struct Verdict {
    pub(crate) verdict: String,
    pub(crate) scope: Option<String>,
    pub(crate) would: Option<String>,
    #[serde(default)]
    pub(crate) findings: Vec<Finding>,
    pub(crate) error: Option<Reason>,
    /// The rule that was asked about found something that is no finding: it acts as a part of others only.
    #[serde(skip)]
    pub(crate) is_unreported: bool,
}

/// What the tests read of a finding.
#[derive(Debug, Deserialize)]
pub(crate) struct Finding {
    pub(crate) rule: String,
    pub(crate) confidence: String,
    pub(crate) action: String,
    pub(crate) would: Option<String>,
}

/// The actions, in ascending order.
const ACTIONS: &[&str] = &["allow", "flag", "warn", "redact", "block"];

/// How much an action does; a word that is none counts for most, so that it is not taken for harmless.
pub(crate) fn rank(action: &str) -> usize {
    ACTIONS.iter().position(|known| *known == action).unwrap_or(ACTIONS.len())
}

impl Finding {
    /// The action without mode and maturity: whether a rule is right does not depend on whether it may act yet.
    pub(crate) fn acts(&self) -> &str {
        self.would.as_deref().unwrap_or(&self.action)
    }
}

impl Verdict {
    /// The action without mode and maturity.
    pub(crate) fn acts(&self) -> &str {
        self.would.as_deref().unwrap_or(&self.verdict)
    }

    /// The finding of a rule.
    pub(crate) fn of(&self, rule: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.rule == rule)
    }
}

impl Answers {
    pub(crate) fn new(engines: Vec<Running>) -> Self {
        Self { engines, asked: 0, differences: Vec::new() }
    }

    /// The verdict of the first engine, held against the others. `what` names the question in case they differ.
    pub(crate) fn ask(&mut self, room: Room, event: &[u8], what: &dyn Fn() -> String) -> Result<Verdict, Reason> {
        self.asked += 1;
        let mut first: Option<Result<Vec<u8>, String>> = None;
        let mut reason = None;
        for engine in &mut self.engines {
            let answer = Questions::new(room, LineForm::Event).check(engine, event);
            let comparable = answer.clone().map_err(|reason| reason.message);
            match &first {
                Some(first) if *first != comparable => self.differences.push(what()),
                Some(_) => {}
                None => {
                    reason = answer.err();
                    first = Some(comparable);
                }
            }
        }
        if let Some(reason) = reason {
            return Err(reason);
        }
        let bytes = first.and_then(Result::ok).unwrap_or_default();
        serde_json::from_slice(&bytes).map_err(|_| Reason {
            code: "module-lie".to_owned(),
            message: "the verdict is none that this command can read".to_owned(),
            permanent: false,
        })
    }

    /// Whether a rule that reports nothing itself found something.
    pub(crate) fn is_unreported(&mut self, room: Room, event: &[u8], rule: &str) -> bool {
        self.engines.first_mut().is_some_and(|engine| is_unreported(engine, room, event, rule))
    }

    /// How many events were asked about.
    pub(crate) fn asked(&self) -> u64 {
        self.asked
    }

    /// Where the engines did not agree.
    pub(crate) fn differences(&self) -> &[String] {
        &self.differences
    }
}

/// The verdict of one engine.
pub(crate) fn one(engine: &mut Running, room: Room, event: &[u8]) -> Result<Verdict, String> {
    let bytes = Questions::new(room, LineForm::Event).check(engine, event).map_err(|reason| reason.message)?;
    serde_json::from_slice(&bytes).map_err(|_| "the verdict is none that this command can read".to_owned())
}

/// Whether a rule that reports nothing itself found something, by one engine.
pub(crate) fn is_unreported(engine: &mut Running, room: Room, event: &[u8], rule: &str) -> bool {
    #[derive(Deserialize)]
    struct Account {
        rule: State,
    }
    #[derive(Deserialize)]
    struct State {
        state: String,
    }
    let options = serde_json::json!({ "rule": rule }).to_string();
    let account = Questions::new(room, LineForm::Event).with_options(options.as_bytes()).explain(engine, event);
    let account = account.ok().and_then(|account| serde_json::from_slice::<Account>(&account).ok());
    account.is_some_and(|account| account.rule.state == "unreported")
}
