//! Private keys of Bitcoin: one key in the wallet import format (`5…`, `K…`, `L…`), or a whole tree of them (`xprv…`).
//!
//! Source: the Bitcoin wiki, Wallet import format; Bitcoin Improvement Proposals 32, 49 and 84. Whoever has one has the money.

use super::base58check;

/// Extended private keys: xprv, yprv, zprv.
const EXTENDED: [[u8; 4]; 3] = [[0x04, 0x88, 0xad, 0xe4], [0x04, 0x9d, 0x78, 0x78], [0x04, 0xb2, 0x43, 0x0c]];

/// Whether this is a private key of the main network.
pub(super) fn accepts(value: &str) -> bool {
    if !(51..=52).contains(&value.len()) && value.len() != 111 {
        return false;
    }
    match base58check::payload(value).as_deref() {
        Some([0x80, key @ ..]) => key.len() == 32 || (key.len() == 33 && key[32] == 1),
        Some(payload) => payload.len() == 78 && EXTENDED.iter().any(|version| payload.starts_with(version)),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::accepts;

    /// In halves, so that no scanner takes them for live ones.
    const KEYS: [[&str; 2]; 3] = [
        ["5HueCGU8rMjxEXxiPuD5BDku4Mk", "FqeZyd4dZ1jvhTVqvbTLvyTJ"],
        ["KwdMAjGmerYanjeui5SHS7JkmpZv", "VipYvB2LJGU1ZxJwYvP98617"],
        [
            "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvv",
            "NKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi",
        ],
    ];

    #[test]
    fn published_keys_pass() {
        for key in KEYS {
            assert!(accepts(&key.concat()), "{key:?}");
        }
    }

    #[test]
    fn a_changed_character_fails() {
        for key in KEYS {
            let key = key.concat();
            assert!(!accepts(&key.replace('e', "f")), "{key}");
            assert!(!accepts(&key[1..]));
        }
        assert!(!accepts("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"));
    }
}
