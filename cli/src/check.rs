//! `tamis check`: one line in, one verdict out, in order. It reads from top to bottom as the way of a line.
//!
//! A line that cannot be checked gets a verdict of `error` in its place and the next one is read: one broken line must not hide the
//! thousand after it, and exit status 3 tells that it was there.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::Path;
use std::process::ExitCode;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use tamis_host::{Engine, Frames, MAX_REQUEST, Refusal, Summary};

use crate::arguments::CheckOptions;
use crate::failure::Failure;
use crate::lines::{Line, Lines};
use crate::render::Pretty;
use crate::rooms::Rooms;
use crate::verdict::{self, Reason};

/// Checks all lines of all files.
pub(crate) fn run(engine: &mut impl Engine, options: &CheckOptions, summary: &Summary) -> Result<ExitCode, Failure> {
    let mut check = Check {
        engine,
        summary,
        rooms: Rooms::new(options.room.description()),
        request: Frames::new(),
        text: options.text,
        options: if options.show_text { br#"{"show_text":true}"# } else { b"" },
    };
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
    rooms: Rooms,
    request: Frames,
    text: bool,
    options: &'static [u8],
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
                Line::Whole(line) => self.line(line),
                Line::TooLong => {
                    Err(Reason::of_the_event("too-large", format!("the line is longer than {} MiB", MAX_REQUEST >> 20)))
                }
            };
            output.verdict(&verdict.unwrap_or_else(|reason| verdict::error(self.summary, &reason)))?;
        }
    }

    /// One line into one verdict.
    fn line(&mut self, line: &[u8]) -> Result<Vec<u8>, Reason> {
        if self.text {
            let event = message_of(line)?;
            return self.event(None, &event);
        }
        match WithRoom::of(line)? {
            Some(WithRoom { room, event }) => self.event(room, event.get().as_bytes()),
            // What is no JSON is told of by the engine, as in a homeserver.
            None => self.event(None, line),
        }
    }

    fn event(&mut self, room: Option<&RawValue>, event: &[u8]) -> Result<Vec<u8>, Reason> {
        let facts = self.rooms.facts(self.engine, room)?;
        self.request.clear();
        self.request.push(self.options)?;
        self.request.push(facts.as_bytes())?;
        self.request.push(event)?;
        let reply = self.engine.check(self.request.as_bytes())?;
        match serde_json::from_slice::<Reply<'_>>(reply) {
            Ok(Reply { verdict: Some(_), .. }) => Ok(reply.to_vec()),
            Ok(Reply { error: Some(refusal), .. }) => Err(refusal.into()),
            _ => Err(Reason {
                code: "module-lie".to_owned(),
                message: "the module's reply is no verdict".to_owned(),
                permanent: false,
            }),
        }
    }
}

#[derive(Deserialize)]
struct Reply<'r> {
    #[serde(borrow)]
    verdict: Option<std::borrow::Cow<'r, str>>,
    error: Option<Refusal>,
}

/// A line's text as the body of a message.
fn message_of(line: &[u8]) -> Result<Vec<u8>, Reason> {
    let body = std::str::from_utf8(line).map_err(|error| {
        let message = format!("the line is no UTF-8 (byte {})", error.valid_up_to());
        Reason::of_the_event("malformed-event", message)
    })?;
    let mut event = br#"{"type":"m.room.message","content":{"msgtype":"m.text","body":"#.to_vec();
    // A string always serialises into memory.
    let _ = serde_json::to_writer(&mut event, body);
    event.extend_from_slice(b"}}");
    Ok(event)
}

/// `{"room":STATE,"event":EVENT}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WithRoom<'l> {
    #[serde(borrow)]
    room: Option<&'l RawValue>,
    #[serde(borrow)]
    event: &'l RawValue,
}

/// What tells such a line from an event, which has a type and a content.
#[derive(Deserialize)]
struct Outline {
    #[serde(rename = "type")]
    kind: Option<IgnoredAny>,
    content: Option<IgnoredAny>,
    event: Option<IgnoredAny>,
}

impl<'l> WithRoom<'l> {
    /// None where the line is an event, or no JSON.
    fn of(line: &'l [u8]) -> Result<Option<Self>, Reason> {
        // The mark is rare in events, and a line is not read twice for nothing.
        const MARK: &[u8] = b"\"event\"";
        if !line.windows(MARK.len()).any(|window| window == MARK) {
            return Ok(None);
        }
        match serde_json::from_slice::<Outline>(line) {
            Ok(Outline { kind: None, content: None, event: Some(_) }) => {}
            _ => return Ok(None),
        }
        serde_json::from_slice(line).map(Some).map_err(|error| {
            // serde names the member, and of what else stands in the line only the column.
            let message = format!(
                "a line with `event` has that and `room`, once each, and nothing else (column {})",
                error.column()
            );
            Reason::of_the_event("malformed-event", message)
        })
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
