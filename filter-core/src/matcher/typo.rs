//! One slip of the finger: a letter too many, too few, another one, or two that changed places.
//!
//! The first letter is always right, people seldom miss it, and it keeps « infusion » from being « diffusion ».

/// Words of fewer letters have too many real neighbours: « note » and « vote ».
const SHORTEST: usize = 5;

/// Whether `written` is `meant` with exactly one slip in it.
pub(crate) fn is_slip(meant: &[u8], written: &[u8]) -> bool {
    if meant.len() < SHORTEST || meant.first() != written.first() || meant == written {
        return false;
    }
    let same = meant.iter().zip(written).take_while(|(a, b)| a == b).count();
    let (meant, written) = (&meant[same..], &written[same..]);
    match meant.len() as isize - written.len() as isize {
        1 => &meant[1..] == written,
        -1 => meant == &written[1..],
        0 => meant[1..] == written[1..] || is_swap(meant, written),
        _ => false,
    }
}

fn is_swap(meant: &[u8], written: &[u8]) -> bool {
    match (meant, written) {
        ([a, b, rest @ ..], [c, d, others @ ..]) => a == d && b == c && rest == others,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[track_caller]
    fn check(meant: &str, written: &str, slip: bool) {
        assert_eq!(is_slip(meant.as_bytes(), written.as_bytes()), slip, "{meant} {written}");
    }

    #[test]
    fn one_slip_is_forgiven() {
        check("diffusion", "difusion", true);
        check("diffusion", "diffussion", true);
        check("restreinte", "restriente", true);
        check("restreinte", "restreinre", true);
        check("restreinte", "restreint", true);
    }

    #[test]
    fn other_words_are_not() {
        check("diffusion", "diffusion", false);
        check("diffusion", "infusion", false);
        check("restreinte", "restreindre", false);
        check("restreinte", "retriente", false);
        check("note", "nota", false);
        check("secret", "", false);
    }
}
