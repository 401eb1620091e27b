//! The member names that the Matrix specification and widely used proposals define.
//!
//! A key of this list carries no text of a person, so it is not a field, and it may appear in an error's pointer. Every other
//! key is text like any other: `{"content":{"<the secret>":1}}` is stored as readily as a body is.
//! Adding a key here means that it is never scanned, so only names that a specification fixes belong here.
//!
//! ```
//! assert!(filter_matrix::keys::is_defined("formatted_body"));
//! assert!(!filter_matrix::keys::is_defined("formatted_Body"));
//! ```

use crate::words::WordTable;

/// Whether a specification defines this key.
pub fn is_defined(key: &str) -> bool {
    KEYS.contains(key)
}

/// The keys, by where they are met.
pub(crate) static KEYS: WordTable<1024> = WordTable::new(&KEY_LIST);

/// The list of [`KEYS`], a constant of its own so that other tables can be laid beside it while the crate is built.
#[rustfmt::skip]
pub(crate) const KEY_LIST: [&str; 375] = [
    // The event itself.
    "type", "content", "event_id", "room_id", "sender", "state_key", "origin_server_ts", "unsigned", "redacts", "origin",
    "depth", "hashes", "sha256", "signatures", "auth_events", "prev_events", "prev_state", "user_id", "membership",
    "age", "age_ts", "transaction_id", "prev_content", "prev_sender", "replaces_state", "redacted_because", "redacted_by",
    "invite_room_state", "knock_room_state", "m.relations", "io.element.performance", "m.thread_id",
    "org.matrix.msc4115.membership", "org.matrix.msc4354.sticky", "msc4354_sticky", "policy_server",
    // Messages.
    "body", "msgtype", "format", "formatted_body", "m.new_content", "m.mentions", "user_ids", "room", "filename", "url",
    "file", "info", "mimetype", "size", "w", "h", "duration", "thumbnail_url", "thumbnail_file", "thumbnail_info",
    "xyz.amorgan.blurhash", "blurhash", "xyz.amorgan.thumbhash", "thumbhash", "is_animated", "org.matrix.msc4230.is_animated",
    "fi.mau.gif", "fi.mau.autoplay", "fi.mau.loop", "fi.mau.hide_controls", "fi.mau.no_audio", "external_url",
    "key", "k", "alg", "ext", "kty", "key_ops", "iv", "v", "name", "caption", "geo_uri", "uri", "description", "location",
    "server_notice_type", "admin_contact", "limit_type", "data-mx-spoiler", "m.url_previews", "com.beeper.linkpreviews",
    "beeper:image:encryption", "matched_url", "og:title", "og:description", "og:image", "og:url", "og:type",
    "og:image:width", "og:image:height", "og:image:type", "matrix:image:size", "com.beeper.per_message_profile", "id",
    "has_fallback", "org.matrix.msc4144.per_message_profile", "org.matrix.msc3952.mentions", "org.matrix.msc1767.text",
    // Relations.
    "m.relates_to", "rel_type", "m.in_reply_to", "is_falling_back", "m.render_in", "m.annotation", "m.replace", "m.thread",
    "m.reference", "m.shown", "shortcode", "com.beeper.reaction.shortcode", "latest_event", "count", "current_user_participated",
    "chunk", "io.element.relation",
    // Extensible events, voice messages, places.
    "m.text", "m.html", "m.message", "m.markup", "m.file", "m.image", "m.video", "m.audio", "m.voice", "m.caption",
    "m.location", "m.asset", "m.ts", "m.emote", "m.notice", "m.sticker", "m.automated", "m.image_details", "m.video_details",
    "m.audio_details", "m.alt_text", "m.thumbnail", "width", "height",
    "org.matrix.msc1767.html", "org.matrix.msc1767.message", "org.matrix.msc1767.file", "org.matrix.msc1767.image",
    "org.matrix.msc1767.video", "org.matrix.msc1767.audio", "org.matrix.msc1767.caption", "org.matrix.msc1767.emote",
    "org.matrix.msc1767.notice", "org.matrix.msc1767.image_details", "org.matrix.msc1767.audio_details",
    "org.matrix.msc1767.thumbnail", "org.matrix.msc3245.voice", "org.matrix.msc3245.voice.v2", "org.matrix.msc3246.audio", "waveform",
    "org.matrix.msc3488.location", "org.matrix.msc3488.asset", "org.matrix.msc3488.ts", "org.matrix.msc3551.file",
    "org.matrix.msc3552.image", "org.matrix.msc3553.video", "org.matrix.msc3927.audio", "timeout", "live", "zoom_level", "self", "pin",
    "org.matrix.msc2516.voice", "org.matrix.msc3381.poll", "org.matrix.msc3955.automated",
    // Polls.
    "m.poll", "m.poll.start", "m.poll.response", "m.poll.end", "m.poll.results", "question", "answers", "kind", "max_selections", "m.id",
    "m.selections", "org.matrix.msc3381.poll.start", "org.matrix.msc3381.poll.response", "org.matrix.msc3381.poll.end",
    // Encrypted events and keys.
    "algorithm", "ciphertext", "session_id", "sender_key", "device_id", "rotation_period_ms", "rotation_period_msgs",
    "io.element.msc4362.encrypt_state_events", "org.matrix.msc3414.withheld", "org.matrix.msc4147.device_keys", "sender_device_keys",
    "keys", "algorithms", "user_signing_key", "device_keys", "session_key", "chain_index", "code", "from_device", "methods", "method",
    "timestamp", "commitment", "hash", "key_agreement_protocol", "key_agreement_protocols", "message_authentication_code",
    "message_authentication_codes", "short_authentication_string", "mac", "to",
    // Room state.
    "topic", "m.topic", "m.room.topic", "org.matrix.msc3765.topic", "alias", "alt_aliases", "aliases", "pinned", "creator",
    "room_version", "predecessor", "additional_creators", "m.federate", "replacement_room", "join_rule", "allow", "history_visibility",
    "guest_access", "displayname", "avatar_url", "is_direct", "reason", "third_party_invite", "signed", "mxid", "token", "display_name",
    "join_authorised_via_users_server", "third_party_signed", "public_key", "public_keys", "key_validity_url", "sender_localpart",
    "users", "users_default", "events", "events_default", "state_default", "ban", "kick", "redact", "invite", "historical",
    "notifications", "deny", "allow_ip_literals", "via", "order", "suggested", "canonical", "entity", "recommendation", "max_lifetime",
    "min_lifetime", "rule", "im.vector.room.access_rules", "preset", "visibility", "bridgebot", "protocol", "network", "channel",
    "avatar", "org.matrix.msc3414.hidden", "im.nheko.summary",
    // Widgets, image packs, calls, beacons.
    "data", "waitForIframeLoad", "creatorUserId", "avatarUrl", "title", "conferenceId", "domain", "isAudioOnly", "roomName", "auth", "images",
    "pack", "usage", "attribution", "emoticons", "widgets", "container", "index", "layout", "im.ponies.room_emotes",
    "call_id", "party_id", "version", "lifetime", "offer", "answer", "sdp", "candidates", "candidate", "sdpMid", "sdpMLineIndex",
    "selected_party_id", "invitee", "capabilities", "m.call.transferee", "m.call.dtmf", "sdp_stream_metadata", "purpose",
    "audio_muted", "video_muted", "org.matrix.msc3077.sdp_stream_metadata", "m.intent", "m.type", "m.name", "m.terminated",
    "m.calls", "m.call_id", "m.devices", "m.foci", "memberships", "application", "scope", "foci_preferred", "foci_active", "focus_active",
    "focus_selection", "livekit_service_url", "livekit_alias", "expires", "expires_ts", "created_ts", "membershipID", "feeds",
    "notify_type", "notification_type", "sender_ts", "intent", "m.call.intent", "io.element.call.encryption", "member", "device",
    "rtc_transports", "slot_id", "sticky_key", "msc4354_sticky_key", "beacon_info", "m.beacon_info", "m.beacon",
    "org.matrix.msc3672.beacon_info", "org.matrix.msc3672.beacon", "last_event", "m.server_notice", "mode",
    "fi.mau.deduplicate", "fi.mau.double_puppet_source", "fi.mau.telegram.source", "m.bridge", "uk.half-shot.bridge",
];
