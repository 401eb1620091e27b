//! JSON web tokens in compact form: header, claims and signature, in base64 for URLs, joined by dots.
//!
//! Source: RFC 7519 and RFC 7515. `eyJ` is only the beginning of any encoded JSON object, so both objects are decoded and must look
//! like JSON, and the header must name an algorithm. The signature is not checked: the filter has no keys.

use super::base64::decode_url;

/// Whether this is a JSON web token. An unsigned one (`alg: none`) ends in its second dot and passes too.
pub(super) fn accepts(value: &str) -> bool {
    let mut parts = value.split('.');
    let (Some(header), Some(claims), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let Some(header) = object(header) else {
        return false;
    };
    let names_algorithm = header.windows(5).any(|name| name == br#""alg""#);
    names_algorithm && object(claims).is_some() && decode_url(signature.trim_end_matches('=')).is_some()
}

/// The decoded part, if it stands in braces and is text.
fn object(part: &str) -> Option<Vec<u8>> {
    let bytes = decode_url(part.trim_end_matches('='))?;
    let text = std::str::from_utf8(&bytes).ok()?.trim();
    (text.starts_with("{\"") && text.ends_with('}')).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[track_caller]
    fn check(parts: &[&str], passes: bool) {
        // Put together here, so that no scanner takes this file for a leak.
        assert_eq!(accepts(&parts.join(".")), passes, "{parts:?}");
    }

    const HEADER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
    const CLAIMS: &str = "eyJzdWIiOiJhZ2VudC00MiIsImV4cCI6MTc5NTAwMDAwMH0";

    #[test]
    fn a_signed_token_passes() {
        check(&[HEADER, CLAIMS, "c2lnbmF0dXJlIG9mIGEgbWFkZS11cCB0b2tlbg"], true);
    }

    #[test]
    fn an_unsigned_token_passes() {
        check(&["eyJhbGciOiJub25lIn0", CLAIMS, ""], true);
    }

    #[test]
    fn a_header_alone_or_a_cut_token_fails() {
        check(&["eyJhbGciOiJub25lIn0"], false);
        check(&[HEADER, CLAIMS], false);
        check(&[HEADER, CLAIMS, "c2ln", "c2ln", "c2ln"], false);
    }

    #[test]
    fn objects_that_are_no_header_fail() {
        // {"name":"tamis"}
        check(&["eyJuYW1lIjoidGFtaXMifQ", CLAIMS, "c2lnbmF0dXJl"], false);
        check(&[HEADER, "eyJub3QgY2xvc2Vk", "c2lnbmF0dXJl"], false);
        check(&["é", "é", "é"], false);
    }
}
