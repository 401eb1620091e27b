//! Results as people read them and as programs do: one table in Markdown, the same numbers in JSON.
//!
//! Must not know what was measured.

use std::fmt;

use serde_json::{Map, Value, json};

/// A table of numbers with named rows and columns.
pub(crate) struct Table {
    title: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<(String, Vec<f64>)>,
}

impl Table {
    pub(crate) fn new(title: &'static str, columns: &[&'static str]) -> Self {
        Self { title, columns: columns.to_vec(), rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, name: impl Into<String>, values: &[f64]) {
        self.rows.push((name.into(), values.to_vec()));
    }

    /// `{"title":…,"rows":{"native":{"p50 µs":1.2,…}}}`
    pub(crate) fn to_json(&self) -> Value {
        let rows: Map<String, Value> = self
            .rows
            .iter()
            .map(|(name, values)| {
                let cells: Map<String, Value> = self
                    .columns
                    .iter()
                    .zip(values)
                    .map(|(column, value)| ((*column).to_owned(), json!(value)))
                    .collect();
                (name.clone(), Value::Object(cells))
            })
            .collect();
        json!({ "title": self.title, "rows": rows })
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "### {}\n", self.title)?;
        writeln!(f, "| | {} |", self.columns.join(" | "))?;
        writeln!(f, "|---|{}", "---:|".repeat(self.columns.len()))?;
        for (name, values) in &self.rows {
            let cells: Vec<String> = values.iter().map(|value| cell(*value)).collect();
            writeln!(f, "| {name} | {} |", cells.join(" | "))?;
        }
        writeln!(f)
    }
}

/// Three digits that count.
fn cell(value: f64) -> String {
    match value.abs() {
        size if size.is_nan() => "–".to_owned(),
        size if size < 10.0 => format!("{value:.2}"),
        size if size < 100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}
