//! The counts of last time, kept in a file: a figure that falls is a failure, one that rises is a reason to write the file anew.
//!
//! Shares are compared, not counts, so that messages may be added to a corpus; the rare false stops are compared as counts, for of
//! a thousand messages one more is already a tenth of what there may be.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use serde::{Deserialize, Serialize};

use super::score::{Counts, Score};
use crate::failure::Failure;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Baseline {
    all: Counts,
    labels: BTreeMap<String, Counts>,
}

/// Keeps the counts.
pub(crate) fn write(path: &Path, score: &Score) -> Result<(), Failure> {
    let baseline = Baseline { all: score.all.clone(), labels: score.labels.clone() };
    // Numbers and strings always serialise.
    let mut text = serde_json::to_string_pretty(&baseline).unwrap_or_default();
    text.push('\n');
    fs::write(path, text).map_err(|error| Failure::Input(format!("cannot write {}: {error}", path.display())))
}

/// Exit status 1 where a figure has fallen; each one is named.
pub(crate) fn compare(path: &Path, score: &Score) -> Result<ExitCode, Failure> {
    let cannot = |why: String| Failure::Input(format!("the baseline {}: {why}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| cannot(error.to_string()))?;
    let baseline: Baseline = serde_json::from_str(&text).map_err(|error| cannot(error.to_string()))?;
    let mut fallen = worse("all", &baseline.all, &score.all);
    for (label, before) in &baseline.labels {
        fallen.extend(worse(label, before, score.labels.get(label).unwrap_or(&Counts::default())));
    }
    for line in &fallen {
        eprintln!("tamis: fell below the baseline: {line}");
    }
    Ok(if fallen.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn worse(label: &str, before: &Counts, now: &Counts) -> Vec<String> {
    let mut fallen = Vec::new();
    let shares =
        [("recall", before.recall(), now.recall()), ("span accuracy", before.span_accuracy(), now.span_accuracy())];
    for (name, before, now) in shares {
        if let Some(before) = before
            && now.is_none_or(|now| now < before)
        {
            let now = now.map_or("nothing".to_owned(), |now| format!("{:.2} %", now * 100.0));
            fallen.push(format!("{label}: {name} was {:.2} %, is {now}", before * 100.0));
        }
    }
    let counts = [
        ("mentions stopped", before.mentions_stopped, now.mentions_stopped),
        ("near-misses stopped", before.near_misses_stopped, now.near_misses_stopped),
    ];
    for (name, before, now) in counts {
        if now > before {
            fallen.push(format!("{label}: {name} were {before}, are {now}"));
        }
    }
    fallen
}

#[cfg(test)]
mod tests {
    use super::{Counts, worse};

    #[test]
    fn what_falls_is_named_and_what_rises_is_not() {
        let before = Counts { to_stop: 10, stopped: 9, spans: 10, found: 9, exact: 9, ..Counts::default() };
        assert!(worse("l", &before, &Counts { to_stop: 20, stopped: 19, ..before.clone() }).is_empty());
        assert_eq!(worse("l", &before, &Counts { stopped: 8, ..before.clone() }).len(), 1);
        assert_eq!(worse("l", &before, &Counts { near_misses_stopped: 1, exact: 8, ..before.clone() }).len(), 2);
        assert_eq!(worse("l", &before, &Counts::default()).len(), 2);
    }
}
