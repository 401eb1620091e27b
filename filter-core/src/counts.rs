//! How often each rule found something, for thresholds.

use std::collections::BTreeMap;

use crate::found::{Raw, offset};
use crate::policy::model::Threshold;

/// How often each rule found something, and how many different values.
///
/// A message says the same thing in several fields, as text, as HTML and again in an edit: a value counts as often as it stands in the
/// field that has most of it.
pub(crate) struct Counts<'r>(BTreeMap<u32, Count<'r>>);

#[derive(Default)]
struct Count<'r> {
    places: u32,
    values: BTreeMap<&'r str, Repeated>,
}

#[derive(Default)]
struct Repeated {
    /// Counted last, and how often the value stands there.
    field: u32,
    here: u32,
    most: u32,
}

impl<'r> Counts<'r> {
    /// Of values that are sorted by field.
    pub(crate) fn of(raw: &'r [Raw]) -> Self {
        Self::among(raw.iter().map(|raw| (raw.rule, raw.value.as_str(), raw.place.field)))
    }

    pub(crate) fn among(values: impl Iterator<Item = (u32, &'r str, u32)>) -> Self {
        let mut counts: BTreeMap<u32, Count<'_>> = BTreeMap::new();
        for (rule, value, field) in values {
            let count = counts.entry(rule).or_default();
            let repeated = count.values.entry(value).or_default();
            if repeated.field != field {
                (repeated.field, repeated.here) = (field, 0);
            }
            repeated.here += 1;
            if repeated.here > repeated.most {
                repeated.most = repeated.here;
                count.places += 1;
            }
        }
        Self(counts)
    }

    pub(crate) fn of_rule(&self, rule: u32) -> (u32, u32) {
        self.0.get(&rule).map_or((0, 0), |count| (count.places, offset(count.values.len())))
    }

    pub(crate) fn reach(&self, rule: u32, threshold: Threshold) -> bool {
        let (count, distinct) = self.of_rule(rule);
        count >= threshold.count && distinct >= threshold.distinct
    }
}
