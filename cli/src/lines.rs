//! Lines of any length in bounded memory: one that is longer than the limit is read to its end and not kept.
//!
//! It knows nothing of what stands in a line. A line break is `\n` or `\r\n`; one at the very end begins no further line.

use std::io::{self, BufRead};

/// A line, without its line break.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'l> {
    Whole(&'l [u8]),
    /// It was longer than the limit.
    TooLong,
}

/// What is kept for the next line. A line of 60 MiB does not cost its memory for ever.
const KEPT: usize = 1 << 20;

pub(crate) struct Lines<R> {
    reader: R,
    limit: usize,
    line: Vec<u8>,
    /// All that was read so far has been handed on: the next look may have to wait.
    drained: bool,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(reader: R, limit: usize) -> Self {
        Self { reader, limit, line: Vec::new(), drained: true }
    }

    /// The next line. `before_waiting` is called before each read, so that a person who types lines sees what
    /// became of the last one.
    pub(crate) fn next(&mut self, mut before_waiting: impl FnMut() -> io::Result<()>) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        self.line.shrink_to(KEPT);
        let mut seen = 0_u64;
        let ended = loop {
            if self.drained {
                before_waiting()?;
            }
            let available = match self.reader.fill_buf() {
                Ok([]) => break false,
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = available.iter().position(|byte| *byte == b'\n');
            let part = &available[..end.unwrap_or(available.len())];
            seen += part.len() as u64;
            // One byte over: a line break of two bytes is not part of the line.
            if seen <= self.limit as u64 + 1 {
                self.line.extend_from_slice(part);
            } else {
                self.line = Vec::new();
            }
            let consumed = part.len() + usize::from(end.is_some());
            self.drained = consumed == available.len();
            self.reader.consume(consumed);
            if end.is_some() {
                break true;
            }
        };
        if !ended && seen == 0 {
            return Ok(None);
        }
        if seen > self.limit as u64 + 1 {
            return Ok(Some(Line::TooLong));
        }
        let line = self.line.strip_suffix(b"\r").filter(|_| ended).unwrap_or(&self.line);
        Ok(Some(if line.len() > self.limit { Line::TooLong } else { Line::Whole(line) }))
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Lines};

    /// Reads with buffers of every size, so that each line break falls on each place of a buffer.
    #[track_caller]
    fn check(input: &[u8], limit: usize, expected: &[Option<&[u8]>]) {
        for buffer in 1..8 {
            let mut lines = Lines::new(std::io::BufReader::with_capacity(buffer, input), limit);
            let mut found = Vec::new();
            while let Some(line) = lines.next(|| Ok(())).expect("a slice can be read") {
                found.push(match line {
                    Line::Whole(line) => Some(line.to_vec()),
                    Line::TooLong => None,
                });
            }
            assert_eq!(found.iter().map(Option::as_deref).collect::<Vec<_>>(), expected, "buffers of {buffer}");
        }
    }

    #[test]
    fn a_line_break_at_the_end_begins_no_line() {
        check(b"", 9, &[]);
        check(b"a\nbc\n", 9, &[Some(b"a"), Some(b"bc")]);
        check(b"a\nbc", 9, &[Some(b"a"), Some(b"bc")]);
    }

    #[test]
    fn empty_lines_are_lines() {
        check(b"\n\na\n", 9, &[Some(b""), Some(b""), Some(b"a")]);
    }

    #[test]
    fn a_line_break_of_two_bytes_is_one() {
        check(b"a\r\nb\rc\n\r\nd\r", 9, &[Some(b"a"), Some(b"b\rc"), Some(b""), Some(b"d\r")]);
    }

    #[test]
    fn a_line_over_the_limit_is_told_of_in_its_place() {
        check(
            b"1234\n12345\n1234\r\n12345678901234567890\n12",
            4,
            &[Some(b"1234"), None, Some(b"1234"), None, Some(b"12")],
        );
    }
}
