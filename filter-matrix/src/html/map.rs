//! From a text that was made out of a source back to the source: stretches that were copied, and places where something else
//! stands for what the source said.

use std::ops::Range;

/// A stretch of the made text, up to where the next one begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// Where it begins in the made text.
    pub(super) text: u32,
    /// Where its origin begins in the source.
    pub(super) source: u32,
    /// 0: copied byte by byte. Else the number of bytes of source that the stretch as a whole stands for.
    pub(super) replaced: u32,
}

/// Where a range of the made text comes from. `runs` cover it from `text_start` on, `text_end` is its end, in the same
/// coordinates. What lies between two runs in the source (a tag) belongs to a range only if the range has both.
pub(super) fn to_source(runs: &[Run], text_end: usize, range: Range<usize>) -> Range<usize> {
    let end = range.end.min(text_end);
    let start = range.start.min(end);
    if start == end {
        let point = position(runs, text_end, start);
        return point..point;
    }
    let Some(first) = run_at(runs, start) else { return 0..0 };
    let from =
        if first.replaced == 0 { first.source as usize + (start - first.text as usize) } else { first.source as usize };
    // The run of the last byte, not of the byte after it: a tag behind the range does not belong to it.
    let Some(last) = run_at(runs, end - 1) else { return from..from };
    let to = last.source as usize + if last.replaced == 0 { end - last.text as usize } else { last.replaced as usize };
    from..to
}

/// A place between two bytes.
fn position(runs: &[Run], text_end: usize, at: usize) -> usize {
    let Some(run) = run_at(runs, at) else { return 0 };
    let source = run.source as usize;
    match run.replaced as usize {
        0 => source + (at - run.text as usize),
        // After the last run, or at its start.
        replaced if at == text_end && at > run.text as usize => source + replaced,
        _ => source,
    }
}

fn run_at(runs: &[Run], at: usize) -> Option<&Run> {
    let after = runs.partition_point(|run| run.text as usize <= at);
    runs.get(after.saturating_sub(1))
}
