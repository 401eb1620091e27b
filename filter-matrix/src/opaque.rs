//! Values that are no text: ids, hashes, ciphertext, measures, words of the protocol.
//!
//! A key promises a form ([`OPAQUE`]); a value is passed over only when it has that form, else it is text. The forms are as
//! narrow as the real values allow: a hash is 43 characters *with* letters of both cases and digits, a blurhash must have the
//! length that its first character announces, a media id is 24 letters of mixed case as Synapse makes them. A word of the
//! protocol is one of a list (`IDENTIFIERS`): a grammar such as « letters and dots » would let `fr.secret-defense` through.
//! Where it is in doubt a value is text: looking at a random string costs nanoseconds, not looking costs a leak.
//!
//! Not passed over, although they are no prose: device ids (ten capitals: `NATOSECRET`), server names, room aliases, power levels.
//!
//! ```
//! use filter_matrix::{json::Kind, opaque::Shape};
//! assert!(Shape::Pixels.holds(Kind::Number, "1080"));
//! assert!(!Shape::Pixels.holds(Kind::Number, "4111111111111111"));
//! assert!(!Shape::Pixels.holds(Kind::String, "1080"));
//! ```

use crate::json::Kind;
use crate::keys::KEY_LIST;
use crate::words::WordTable;
use filter_core::lanes::{self, LANE, Lane};

/// The form that a key promises for its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `$` and 43 characters of base64url, or `$opaque:server` (room versions 1 and 2).
    EventId,
    /// `!opaque:server`, or `!` and 43 characters of base64url (room version 12).
    RoomId,
    /// `@localpart:server` in the grammar of new user ids.
    UserId,
    /// 32 bytes in base64 without padding: SHA-256, Curve25519, Ed25519 and AES keys.
    Base64Of32,
    /// 64 bytes in base64 without padding, under `signatures` at any depth.
    Signature,
    /// 16 bytes in base64 without padding: the counter block of an encrypted file.
    Base64Of16,
    /// A Megolm message. Its version byte and first tag make it begin with `Awg`; with MAC and signature it has 120 characters.
    Megolm,
    /// As many characters of base 83 as the first of them announces.
    Blurhash,
    /// A loudness in a voice message, 0 to 1024.
    Amplitude,
    /// Milliseconds since 1970, up to the year 2096. (13-digit card numbers begin with 4 and lie above.)
    Timestamp,
    /// Milliseconds, up to eleven days.
    Duration,
    /// Bytes, up to 4 GiB.
    Bytes,
    /// Width or height, up to five digits.
    Pixels,
    /// A small count: depth in the graph, up to nine digits.
    Count,
    /// `mxc://server/` and 24 letters as Synapse makes them.
    Mxc,
    /// A word of `IDENTIFIERS`.
    Identifier,
}

/// Which key promises which form. Items of an array are held to the form of the array's key; what stands below `signatures`
/// to that of `signatures`.
pub const OPAQUE: &[(&str, Shape)] = &[
    ("event_id", Shape::EventId),
    ("redacts", Shape::EventId),
    ("replaces_state", Shape::EventId),
    ("prev_events", Shape::EventId),
    ("auth_events", Shape::EventId),
    ("prev_state", Shape::EventId),
    ("pinned", Shape::EventId),
    ("room_id", Shape::RoomId),
    ("replacement_room", Shape::RoomId),
    ("sender", Shape::UserId),
    ("user_id", Shape::UserId),
    ("user_ids", Shape::UserId),
    ("creator", Shape::UserId),
    ("additional_creators", Shape::UserId),
    ("prev_sender", Shape::UserId),
    ("mxid", Shape::UserId),
    ("join_authorised_via_users_server", Shape::UserId),
    ("sha256", Shape::Base64Of32),
    ("session_id", Shape::Base64Of32),
    ("sender_key", Shape::Base64Of32),
    ("k", Shape::Base64Of32),
    ("public_key", Shape::Base64Of32),
    ("signatures", Shape::Signature),
    ("iv", Shape::Base64Of16),
    ("ciphertext", Shape::Megolm),
    ("blurhash", Shape::Blurhash),
    ("xyz.amorgan.blurhash", Shape::Blurhash),
    ("waveform", Shape::Amplitude),
    ("origin_server_ts", Shape::Timestamp),
    ("age_ts", Shape::Timestamp),
    ("m.ts", Shape::Timestamp),
    ("org.matrix.msc3488.ts", Shape::Timestamp),
    ("created_ts", Shape::Timestamp),
    ("expires_ts", Shape::Timestamp),
    ("sender_ts", Shape::Timestamp),
    ("duration", Shape::Duration),
    ("age", Shape::Duration),
    ("lifetime", Shape::Duration),
    ("size", Shape::Bytes),
    ("matrix:image:size", Shape::Bytes),
    ("w", Shape::Pixels),
    ("h", Shape::Pixels),
    ("width", Shape::Pixels),
    ("height", Shape::Pixels),
    ("og:image:width", Shape::Pixels),
    ("og:image:height", Shape::Pixels),
    ("depth", Shape::Count),
    ("url", Shape::Mxc),
    ("thumbnail_url", Shape::Mxc),
    ("avatar_url", Shape::Mxc),
    ("type", Shape::Identifier),
    ("msgtype", Shape::Identifier),
    ("rel_type", Shape::Identifier),
    ("format", Shape::Identifier),
    ("mimetype", Shape::Identifier),
    ("og:image:type", Shape::Identifier),
    ("membership", Shape::Identifier),
    ("join_rule", Shape::Identifier),
    ("history_visibility", Shape::Identifier),
    ("guest_access", Shape::Identifier),
    ("algorithm", Shape::Identifier),
    ("alg", Shape::Identifier),
    ("kty", Shape::Identifier),
    ("key_ops", Shape::Identifier),
    ("v", Shape::Identifier),
    ("kind", Shape::Identifier),
    ("m.type", Shape::Identifier),
];

/// The words that stand where the protocol wants one: types of events and messages, relations, media types, enumerations.
#[rustfmt::skip]
pub(crate) static IDENTIFIERS: WordTable<512> = WordTable::new(&[
    // Events.
    "m.room.message", "m.room.encrypted", "m.room.member", "m.room.name", "m.room.topic", "m.room.avatar",
    "m.room.create", "m.room.join_rules", "m.room.power_levels", "m.room.history_visibility", "m.room.guest_access",
    "m.room.encryption", "m.room.canonical_alias", "m.room.aliases", "m.room.redaction", "m.room.pinned_events",
    "m.room.server_acl", "m.room.third_party_invite", "m.room.tombstone", "m.room.retention", "m.room.policy",
    "m.reaction", "m.sticker", "m.space", "m.space.child", "m.space.parent", "m.poll.start", "m.poll.response",
    "m.poll.end", "m.beacon", "m.beacon_info", "m.call.invite", "m.call.candidates", "m.call.answer", "m.call.hangup",
    "m.call.select_answer", "m.call.reject", "m.call.negotiate", "m.call.sdp_stream_metadata_changed",
    "m.call.member", "m.call.notify", "m.rtc.notification", "m.policy.rule.user", "m.policy.rule.room",
    "m.policy.rule.server", "m.widget", "m.room.image_pack", "im.vector.modular.widgets",
    "im.vector.room.access_rules", "im.ponies.room_emotes", "io.element.widgets.layout",
    "org.matrix.msc3381.poll.start", "org.matrix.msc3381.poll.response", "org.matrix.msc3381.poll.end",
    "org.matrix.msc3672.beacon", "org.matrix.msc3672.beacon_info", "org.matrix.msc3401.call",
    "org.matrix.msc3401.call.member", "m.key.verification.request", "m.key.verification.ready",
    "m.key.verification.start", "m.key.verification.accept", "m.key.verification.key", "m.key.verification.mac",
    "m.key.verification.done", "m.key.verification.cancel",
    // Messages, formats, relations, algorithms.
    "m.text", "m.notice", "m.emote", "m.image", "m.file", "m.audio", "m.video", "m.location", "m.server_notice",
    "org.matrix.custom.html", "m.annotation", "m.replace", "m.thread", "m.reference", "io.element.thread",
    "m.megolm.v1.aes-sha2", "m.olm.v1.curve25519-aes-sha2", "A256CTR", "oct", "encrypt", "decrypt", "v1", "v2",
    "m.poll.disclosed", "m.poll.undisclosed", "org.matrix.msc3381.poll.disclosed",
    "org.matrix.msc3381.poll.undisclosed", "m.self", "m.pin", "m.room_membership", "m.login.password",
    // Enumerations.
    "join", "invite", "leave", "ban", "knock", "public", "private", "restricted", "knock_restricted", "invited",
    "joined", "shared", "world_readable", "can_join", "forbidden",
    // Media types.
    "text/plain", "text/html", "text/markdown", "text/csv", "text/calendar", "text/vcard", "text/xml", "text/css",
    "text/javascript", "text/rtf", "text/x-python", "image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp",
    "image/avif", "image/heic", "image/heif", "image/bmp", "image/tiff", "image/svg+xml", "image/x-icon",
    "image/apng", "image/jxl", "video/mp4", "video/webm", "video/quicktime", "video/ogg", "video/mpeg",
    "video/x-matroska", "video/3gpp", "video/x-msvideo", "audio/mpeg", "audio/mp3", "audio/mp4", "audio/aac",
    "audio/ogg", "audio/ogg; codecs=opus", "audio/ogg;codecs=opus", "audio/opus", "audio/wav", "audio/x-wav",
    "audio/wave", "audio/webm", "audio/flac", "audio/x-flac", "audio/x-m4a", "audio/m4a", "audio/amr",
    "application/pdf", "application/json", "application/xml", "application/zip", "application/gzip",
    "application/x-tar", "application/x-7z-compressed", "application/vnd.rar", "application/x-rar-compressed",
    "application/octet-stream", "application/rtf", "application/msword", "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint", "application/vnd.ms-outlook",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation", "application/epub+zip", "application/javascript",
    "application/x-sh", "application/x-msdownload", "application/vnd.android.package-archive",
    "application/pgp-signature", "application/pkcs7-signature", "application/x-www-form-urlencoded", "message/rfc822",
]);

/// The form that each key of the list promises, laid beside it: one look-up answers both questions.
pub(crate) static SHAPES: [Option<Shape>; KEY_LIST.len()] = {
    let mut shapes = [None; KEY_LIST.len()];
    let mut row = 0;
    while row < OPAQUE.len() {
        // A row about a key that no specification defines does not compile.
        shapes[crate::keys::KEYS.position_of(OPAQUE[row].0)] = Some(OPAQUE[row].1);
        row += 1;
    }
    shapes
};

impl Shape {
    /// Whether what stands inside a container of this form is held to it too, whatever its own key.
    pub(crate) fn is_deep(self) -> bool {
        self == Self::Signature
    }

    /// Whether a value has this form.
    pub fn holds(self, kind: Kind, text: &str) -> bool {
        match (kind, self.limit()) {
            (Kind::Number, Some(limit)) => is_whole_up_to(text, limit),
            (Kind::String, None) => self.holds_string(text),
            _ => false,
        }
    }

    /// The greatest number of this form; `None` where the form is one of strings.
    fn limit(self) -> Option<u64> {
        match self {
            Self::Amplitude => Some(1024),
            Self::Timestamp => Some(3_999_999_999_999),
            Self::Duration => Some(999_999_999),
            Self::Bytes => Some(u32::MAX as u64),
            Self::Pixels => Some(99_999),
            Self::Count => Some(999_999_999),
            _ => None,
        }
    }

    fn holds_string(self, text: &str) -> bool {
        match self {
            Self::EventId => text.strip_prefix('$').is_some_and(|id| is_random(id, 43) || is_old_event_id(id)),
            Self::RoomId => text.strip_prefix('!').is_some_and(|id| is_random(id, 43) || is_room_id(id)),
            Self::UserId => text
                .strip_prefix('@')
                .and_then(split_at_colon)
                .is_some_and(|(localpart, server)| text.len() <= 255 && is_localpart(localpart) && is_server(server)),
            Self::Base64Of32 => is_random(text, 43),
            Self::Base64Of16 => is_random(text.strip_suffix("==").unwrap_or(text), 22),
            Self::Signature => is_random(text, 86),
            Self::Megolm => text.len() >= 120 && text.starts_with("Awg") && is_base64(text.as_bytes()),
            Self::Blurhash => is_blurhash(text.as_bytes()),
            Self::Mxc => is_synapse_mxc(text),
            Self::Identifier => IDENTIFIERS.contains(text),
            Self::Amplitude | Self::Timestamp | Self::Duration | Self::Bytes | Self::Pixels | Self::Count => false,
        }
    }
}

/// A whole number without sign, fraction or exponent. 13 digits at most, so it cannot overflow.
fn is_whole_up_to(literal: &str, limit: u64) -> bool {
    let digit = |number: u64, byte: u8| byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0'));
    literal.len() <= 13 && literal.bytes().try_fold(0, digit).is_some_and(|number| number <= limit)
}

fn upper(lane: Lane) -> Lane {
    lane.within(b'A', b'Z')
}

fn lower(lane: Lane) -> Lane {
    lane.within(b'a', b'z')
}

fn digit(lane: Lane) -> Lane {
    lane.within(b'0', b'9')
}

fn sign(lane: Lane) -> Lane {
    // `-` `.` `/` lie side by side.
    lane.within(b'-', b'/').or(lane.equal(b'+')).or(lane.equal(b'_'))
}

/// Base64 of either alphabet, of this length, with letters of both cases and a digit. Of 43 random characters one in 1,400
/// has no digit; it is then text, which does no harm.
fn is_random(text: &str, len: usize) -> bool {
    let text = text.as_bytes();
    text.len() == len
        && is_base64(text)
        && lanes::any(text, upper)
        && lanes::any(text, lower)
        && lanes::any(text, digit)
}

fn is_base64(text: &[u8]) -> bool {
    let dash_or_slash = |lane: Lane| lane.equal(b'-').or(lane.equal(b'/')).or(lane.equal(b'+')).or(lane.equal(b'_'));
    lanes::all(text, |lane| upper(lane).or(lower(lane)).or(digit(lane)).or(dash_or_slash(lane)))
}

fn is_localpart(localpart: &str) -> bool {
    lanes::all(localpart.as_bytes(), |lane| lower(lane).or(digit(lane)).or(sign(lane)).or(lane.equal(b'=')))
}

/// What stands before the first colon and behind it. `str::split_once` looks for a byte with a loop over bytes in the module.
#[inline]
fn split_at_colon(id: &str) -> Option<(&str, &str)> {
    let colon = memchr::memchr(b':', id.as_bytes())?;
    Some((&id[..colon], &id[colon + 1..]))
}

/// The characters of a server's name, in lower case: that is how they are written.
fn is_server(server: &str) -> bool {
    let mark = |lane: Lane| lane.within(b'-', b'.').or(lane.equal(b':')).or(lane.equal(b'[')).or(lane.equal(b']'));
    let is_name = lanes::all(server.as_bytes(), |lane| lower(lane).or(digit(lane)).or(mark(lane)));
    !server.is_empty() && server.len() <= 230 && is_name
}

/// `15163623196QBZPG:example.org`: digits and letters together, never a word.
fn is_old_event_id(id: &str) -> bool {
    split_at_colon(id).is_some_and(|(opaque, server)| {
        opaque.len() <= 64
            && opaque.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && opaque.bytes().any(|byte| byte.is_ascii_digit())
            && opaque.bytes().any(|byte| byte.is_ascii_alphabetic())
            && is_server(server)
    })
}

/// `OGEhHVWSdvArJzumhm:example.org`
fn is_room_id(id: &str) -> bool {
    const LETTERS: usize = 18;
    let server = id.get(LETTERS..).and_then(|rest| rest.strip_prefix(':'));
    id.as_bytes().first_chunk::<LETTERS>().is_some_and(is_jumble) && server.is_some_and(is_server)
}

/// `ed25519:a_RXGa`, the name that Synapse gives a signing key, under which every event's signature stands. Four letters hold
/// nothing; the underscore makes a reader of texts look twice.
pub(crate) fn is_signing_key(key: &str) -> bool {
    key.strip_prefix("ed25519:a_").is_some_and(|id| id.len() == 4 && id.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

fn is_synapse_mxc(text: &str) -> bool {
    const LETTERS: usize = 24;
    let Some(rest) = text.strip_prefix("mxc://") else { return false };
    // No server's name has a slash.
    let server = rest.len().checked_sub(LETTERS).and_then(|end| rest.get(..end)?.strip_suffix('/'));
    rest.as_bytes().last_chunk::<LETTERS>().is_some_and(is_jumble) && server.is_some_and(is_server)
}

/// Letters whose case changes about as often as in a random draw. A word in camel case changes it twice, so five changes take
/// three words; of random ids one in 40 with 18 letters and one in 770 with 24 has fewer. Those are text, which does no harm.
fn is_jumble<const N: usize>(letters: &[u8; N]) -> bool {
    const { assert!(LANE < N && N < 2 * LANE) };
    let (Some(first), Some(last)) = (letters.first_chunk(), letters.last_chunk()) else { return false };
    // Bit 5 of a letter is its case; the lowest byte of what is left compares the first letter with the second.
    let changes = |letters: &[u8; LANE]| {
        let letters = u128::from_le_bytes(*letters);
        (letters ^ letters >> 8) & u128::from_le_bytes([0x20; LANE]) >> 8
    };
    // The last sixteen letters begin among the first sixteen, whose changes have been counted.
    let counted = 2 * LANE - 1 - N;
    let count = changes(first).count_ones() + (changes(last) >> (8 * counted)).count_ones();
    count >= 5 && lanes::all(letters, |lane| upper(lane).or(lower(lane)))
}

/// The first character is `(x - 1) + 9 (y - 1)` for x by y components; the whole has `4 + 2 x y` characters.
fn is_blurhash(hash: &[u8]) -> bool {
    const DIGITS: &[u8; 83] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    let Some(components) = hash.first().and_then(|first| DIGITS.iter().position(|digit| digit == first)) else {
        return false;
    };
    let (across, down) = (components % 9 + 1, components / 9 + 1);
    down <= 9 && hash.len() == 4 + 2 * across * down && hash.iter().all(|byte| DIGITS.contains(byte))
}

#[cfg(test)]
mod tests {
    use super::is_jumble;

    #[test]
    fn a_jumble_changes_case_five_times_wherever() {
        for place in 0..24 - 5 {
            for changes in 0..=5 {
                let mut letters = [b'a'; 24];
                (place..24).for_each(|at| {
                    if (at - place).min(changes) % 2 == 1 {
                        letters[at] = b'A'
                    }
                });
                let count = letters.windows(2).filter(|pair| pair[0] != pair[1]).count();
                assert_eq!(is_jumble(&letters), count >= 5, "{changes} changes from {place}");
                letters[23] = b'1';
                assert!(!is_jumble(&letters));
            }
        }
        assert!(is_jumble(b"OGEhHVWSdvArJzumhm"));
        assert!(!is_jumble(b"diffusionRestreint"));
    }
}
