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

/// With the tag right behind that ends an element begun in the range (`Restre<i>inte</i>`), and the one right before that begins
/// an element ended there: who masks the range leaves no half of an element behind.
pub(super) fn whole_elements(source: &str, range: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = range;
    if !source[start..end].contains('<') {
        return start..end;
    }
    for _ in 0..MOST_ELEMENTS {
        let closing = tag_at(source, end).filter(|(tag, _)| source[tag.clone()].starts_with("</"));
        let Some((tag, _)) = closing.filter(|(_, name)| surplus(&source[start..end], name) > 0) else { break };
        end = tag.end;
    }
    for _ in 0..MOST_ELEMENTS {
        let open = source[..start].strip_suffix('>').and_then(|before| before.rfind('<'));
        let opening = open.and_then(|open| tag_at(source, open)).filter(|(tag, _)| tag.end == start);
        let opening = opening.filter(|(tag, _)| !source[tag.clone()].starts_with("</"));
        let Some((tag, _)) = opening.filter(|(_, name)| surplus(&source[start..end], name) < 0) else { break };
        start = tag.start;
    }
    start..end
}

/// A tag that begins at a place, and its name.
fn tag_at(source: &str, at: usize) -> Option<(Range<usize>, &str)> {
    let rest = source[at..].strip_prefix('<')?;
    let length = rest.bytes().take(LONGEST_TAG).position(|byte| byte == b'>')?;
    let name = rest[..length].trim_start_matches('/');
    let name = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()];
    (!name.is_empty()).then_some((at..at + length + 2, name))
}

/// How many more elements of a name begin in a stretch than end.
fn surplus(stretch: &str, name: &str) -> i32 {
    let tags = stretch.match_indices('<').filter_map(|(at, _)| Some((at, tag_at(stretch, at)?.1)));
    let same = tags.filter(|(_, other)| other.eq_ignore_ascii_case(name));
    same.map(|(at, _)| if stretch[at..].starts_with("</") { -1 } else { 1 }).sum()
}

/// How many are taken on a side, each of which reads the range once: nobody nests more around half a word, and a flood of `<b>` has
/// thousands.
const MOST_ELEMENTS: usize = 8;

/// A tag with more in it stays where it is.
const LONGEST_TAG: usize = 256;

#[cfg(test)]
mod tests {
    use super::whole_elements;

    #[track_caller]
    fn check(source: &str, range: &str, whole: &str) {
        let start = source.find(range).expect("the range is in the source");
        assert_eq!(&source[whole_elements(source, start..start + range.len())], whole);
    }

    #[test]
    fn an_element_cut_in_two_is_taken_whole() {
        check("<p>Dif<b>fusion</b> R<i>e</i></p>", "Dif<b>fusion</b> R<i>e", "Dif<b>fusion</b> R<i>e</i>");
        check("<p><b class='x'>D</b>R</p>", "D</b>R", "<b class='x'>D</b>R");
        check("<b>DR</b>", "DR", "DR");
        check("<p>a<br>b</p>", "a<br>b", "a<br>b");
    }
}
