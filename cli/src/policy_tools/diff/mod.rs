//! `tamis policy diff`: what would change on real traffic if one policy took the place of another.
//!
//! Both policies are asked about each event. *Stopped* is `warn` and above. Nothing of the events is shown but their place in the
//! file, their id and where in them something was found, unless the person asks for the text.

mod changes;
mod report;

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tamis_host::{MAX_REQUEST, Summary};

use super::arguments::DiffOptions;
use super::opened::refused;
use crate::engine::Running;
use crate::failure::Failure;
use crate::lines::{Line, Lines};
use crate::options::Format;
use crate::policy::Policy;
use crate::question::{self, LineForm, Questions, SHOW_TEXT};
use changes::{Changes, Judged, Source};

/// One of the two policies, loaded.
struct Side {
    shown: String,
    engine: Running,
    summary: Summary,
}

/// Compares two policies on all events of all files.
pub(crate) fn run(options: &DiffOptions) -> Result<ExitCode, Failure> {
    let mut old = side(&options.old, options)?;
    let mut new = side(&options.new, options)?;
    let form = if options.text { LineForm::Text } else { LineForm::Event };
    let mut questions =
        Questions::new(options.room, form).with_options(if options.show_text { SHOW_TEXT } else { b"" });
    let mut changes = Changes::new(options);
    let progress = progress(&options.on);
    for path in &options.on {
        let cannot = |error: io::Error| Failure::Input(format!("cannot read {}: {error}", path.display()));
        let reader: Box<dyn BufRead> = if path.as_os_str() == "-" {
            Box::new(BufReader::new(io::stdin()))
        } else {
            Box::new(BufReader::with_capacity(1 << 16, File::open(path).map_err(cannot)?))
        };
        let mut lines = Lines::new(reader, MAX_REQUEST);
        let mut number = 0;
        while let Some(line) = lines.next(|| Ok(())).map_err(cannot)? {
            number += 1;
            let source = Source { path: path.display().to_string(), line: number };
            match line {
                Line::TooLong => changes.unchecked(source, &question::too_long()),
                Line::Whole(line) => {
                    progress.inc(line.len() as u64 + 1);
                    let before = questions.check(&mut old.engine, line);
                    let behind = before.as_ref().ok().map(|_| questions.check_again(&mut new.engine));
                    match (before, behind) {
                        (Ok(before), Some(Ok(after))) => {
                            changes.event(source, &Judged::read(&before), &Judged::read(&after))
                        }
                        (Err(reason), _) | (_, Some(Err(reason))) => changes.unchecked(source, &reason),
                        (Ok(_), None) => {}
                    }
                }
            }
        }
    }
    progress.finish_and_clear();
    let sides = [&old, &new].map(|side| (side.shown.as_str(), side.summary.policy.as_str()));
    match options.answer.format {
        Format::Json => report::json(&changes, sides)?,
        Format::Text => report::print(&changes, sides, options.show_text).map_err(Failure::output)?,
    }
    Ok(match (changes.could_not_check(), changes.is_none()) {
        (true, _) => ExitCode::from(3),
        (false, false) => ExitCode::from(1),
        (false, true) => ExitCode::SUCCESS,
    })
}

fn side(path: &Path, options: &DiffOptions) -> Result<Side, Failure> {
    let policy = Policy::find(Some(path), &options.answer.keys)?;
    let mut engine = options.engine.start()?;
    let loaded = engine.load_policy(&policy).map_err(|error| refused(error, &policy))?;
    Ok(Side { shown: policy.shown(&policy.root), engine, summary: loaded.summary })
}

/// Within 40 columns: a line that wraps is drawn over by halves. By bytes, where the files' sizes are known; on a terminal only.
fn progress(files: &[std::path::PathBuf]) -> ProgressBar {
    let sizes = files.iter().map(|path| path.metadata().ok().filter(|data| data.is_file()).map(|data| data.len()));
    let total = sizes.sum::<Option<u64>>();
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
    let template = match total {
        Some(_) => "{bar:20} {percent:>3} %  {eta} left",
        None => "{spinner} {bytes}",
    };
    // The template is a constant; a wrong one leaves the default style.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
