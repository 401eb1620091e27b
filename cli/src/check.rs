//! `tamis check`: one line in, one verdict out, in order. It reads from top to bottom as the way of a line.
//!
//! A line that cannot be checked gets a verdict of `error` in its place and the next one is read: one broken line must not hide the
//! thousand after it, and exit status 3 tells that it was there.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::Path;
use std::process::ExitCode;

use serde::Deserialize;
use tamis_host::{Engine, MAX_REQUEST, Summary};

use crate::arguments::CheckOptions;
use crate::diagnostics;
use crate::failure::Failure;
use crate::lines::{Line, Lines};
use crate::policy::Policy;
use crate::question::{self, LineForm, Questions, SHOW_TEXT};
use crate::render::Pretty;
use crate::verdict;

/// Loads the policy and checks all lines of all files.
pub(crate) fn run(options: &CheckOptions) -> Result<ExitCode, Failure> {
    let policy = Policy::find(options.policy.as_deref(), &options.keys)?;
    let mut engine = options.engine.start()?;
    let summary = diagnostics::report(engine.load_policy(&policy), &policy)?;
    lines_of(&mut engine, options, &summary)
}

fn lines_of(engine: &mut impl Engine, options: &CheckOptions, summary: &Summary) -> Result<ExitCode, Failure> {
    let form = if options.text { LineForm::Text } else { LineForm::Event };
    let questions = Questions::new(options.room, form).with_options(if options.show_text { SHOW_TEXT } else { b"" });
    let mut check = Check { engine, summary, questions };
    let mut output = Output::new(options.pretty);
    let standard_input = [Path::new("-").to_path_buf()];
    let files = if options.files.is_empty() { &standard_input[..] } else { &options.files };
    for file in files {
        let cannot = |error: io::Error| Failure::Input(format!("cannot read {}: {error}", file.display()));
        if file.as_os_str() == "-" {
            let input = io::stdin().lock();
            if input.is_terminal() {
                eprintln!("tamis: reading lines from the terminal; Ctrl-D ends, `tamis check --help` explains");
            }
            check.lines(input, &mut output, cannot)?;
        } else {
            check.lines(BufReader::with_capacity(1 << 16, File::open(file).map_err(cannot)?), &mut output, cannot)?;
        }
    }
    output.finish()
}

struct Check<'c, E> {
    engine: &'c mut E,
    summary: &'c Summary,
    questions: Questions,
}

impl<E: Engine> Check<'_, E> {
    fn lines(
        &mut self,
        input: impl BufRead,
        output: &mut Output,
        cannot_read: impl Fn(io::Error) -> Failure,
    ) -> Result<(), Failure> {
        let mut lines = Lines::new(input, MAX_REQUEST);
        loop {
            let mut flushed = Ok(());
            let line = lines.next(|| {
                flushed = output.flush();
                Ok(())
            });
            flushed?;
            let Some(line) = line.map_err(&cannot_read)? else { return Ok(()) };
            let verdict = match line {
                Line::Whole(line) => self.questions.check(self.engine, line),
                Line::TooLong => Err(question::too_long()),
            };
            output.verdict(&verdict.unwrap_or_else(|reason| verdict::error(self.summary, &reason)))?;
        }
    }
}

/// Standard output, and what the exit status must say.
struct Output {
    writer: Writer,
    /// Something was warned about, redacted or blocked.
    found: bool,
    /// Something could not be checked.
    unchecked: bool,
}

enum Writer {
    Lines(BufWriter<StdoutLock<'static>>),
    Pretty(Pretty),
}

impl Output {
    fn new(pretty: bool) -> Self {
        let writer = if pretty {
            Writer::Pretty(Pretty::new())
        } else {
            Writer::Lines(BufWriter::with_capacity(1 << 16, io::stdout().lock()))
        };
        Self { writer, found: false, unchecked: false }
    }

    fn verdict(&mut self, verdict: &[u8]) -> Result<(), Failure> {
        #[derive(Deserialize)]
        struct Word<'v> {
            #[serde(borrow)]
            verdict: std::borrow::Cow<'v, str>,
        }
        match serde_json::from_slice::<Word<'_>>(verdict).as_ref().map(|word| &*word.verdict) {
            Ok("allow" | "flag") => {}
            Ok("warn" | "redact" | "block") => self.found = true,
            // `error`; and a word that this command does not know must not read as clean.
            _ => self.unchecked = true,
        }
        match &mut self.writer {
            Writer::Lines(lines) => lines.write_all(verdict).and_then(|()| lines.write_all(b"\n")),
            Writer::Pretty(pretty) => pretty.verdict(verdict),
        }
        .map_err(Failure::output)
    }

    fn flush(&mut self) -> Result<(), Failure> {
        match &mut self.writer {
            Writer::Lines(lines) => lines.flush(),
            Writer::Pretty(pretty) => pretty.flush(),
        }
        .map_err(Failure::output)
    }

    fn finish(mut self) -> Result<ExitCode, Failure> {
        if let Writer::Pretty(pretty) = &mut self.writer {
            pretty.summary().map_err(Failure::output)?;
        }
        self.flush()?;
        Ok(match (self.unchecked, self.found) {
            (true, _) => ExitCode::from(3),
            (false, true) => ExitCode::from(1),
            (false, false) => ExitCode::SUCCESS,
        })
    }
}
