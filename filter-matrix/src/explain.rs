//! How a verdict came about: which fields were read, what the fold made of them, what became of each candidate.
//!
//! For the authors of policies. It holds the text of the event, so that nothing here may reach a log.

use filter_core::text::FoldBuffer;
use filter_core::{RuleAccount, Stage, Step};
use serde::Serialize;

use crate::checked::Checked;
use crate::report::Verdict;
use crate::verdict;

/// The reply of `tamis_explain`.
#[derive(Serialize)]
pub(crate) struct Account<'e> {
    pub(crate) verdict: Verdict<'e>,
    pub(crate) fields: Vec<FieldAccount<'e>>,
    /// What became of the rule that was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<AskedRule<'e>>,
}

/// What became of one rule.
#[derive(Serialize)]
pub(crate) struct AskedRule<'e> {
    pub(crate) id: &'e str,
    #[serde(flatten)]
    pub(crate) account: Asked,
}

/// Why a rule found nothing may be a matter of the event.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Asked {
    Scanned(RuleAccount),
    Unscanned { state: &'static str },
}

#[derive(Serialize)]
pub(crate) struct FieldAccount<'e> {
    field: String,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    in_key: Option<&'static str>,
    form: &'static str,
    text: &'e str,
    folded: String,
    steps: Vec<StepAccount<'e>>,
}

#[derive(Serialize)]
struct StepAccount<'e> {
    rule: &'e str,
    start: usize,
    end: usize,
    /// What had to be undone for the rule to see anything here.
    #[serde(skip_serializing_if = "Option::is_none")]
    layer: Option<&'static str>,
    /// In words.
    outcome: String,
    /// As data.
    stage: &'e Stage,
}

/// The account of an event that was scanned.
pub(crate) fn account<'c>(checked: &'c Checked<'c>, steps: &'c [Step], asked: Option<&'c str>) -> Account<'c> {
    let mut fold = FoldBuffer::new();
    let fields = checked.fields.iter().enumerate().map(|(number, field)| {
        let is_asked = |step: &&Step| asked.is_none_or(|id| checked.engine.rule(step.rule).id() == id);
        let own = steps.iter().filter(|step| step.field as usize == number).filter(is_asked);
        let steps = own.map(|step| {
            let span = field.to_source(step.span.clone());
            let rule = checked.engine.rule(step.rule).id();
            let layer = step.layer.map(filter_core::text::layer::Layer::as_str);
            StepAccount {
                rule,
                start: span.start,
                end: span.end,
                layer,
                outcome: step.stage.to_string(),
                stage: &step.stage,
            }
        });
        FieldAccount {
            field: checked.fields.pointer(field.place),
            in_key: field.place.in_key.then_some("key"),
            form: match field.form {
                filter_core::Form::Prose => "prose",
                filter_core::Form::FileName => "file-name",
                filter_core::Form::Key => "key",
                filter_core::Form::Number => "number",
            },
            text: field.text,
            folded: fold.fold(field.text).text().to_owned(),
            steps: steps.collect(),
        }
    });
    let fields = fields.collect();
    let rule = asked.map(|id| {
        let account = checked.engine.account_of(id, &checked.outcome, steps);
        AskedRule { id, account: Asked::Scanned(account) }
    });
    Account { verdict: verdict::of(checked), fields, rule }
}
