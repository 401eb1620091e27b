//! The bytes between host and module: frames in, JSON out.
//!
//! A request is a sequence of frames, each a little-endian `u32` length and that many bytes; the length `0xffff_ffff` stands for
//! *absent*. Any language can write that in three lines, and nothing has to be escaped. `docs/abi.md` is the contract.

/// The version of the ABI that this crate speaks.
pub const ABI_VERSION: u32 = 1;

/// The longest request, in bytes.
pub const MAX_REQUEST: usize = 64 << 20;

const ABSENT: u32 = u32::MAX;

/// One part of a request; `None` where the host has nothing to send.
pub(crate) type Frame<'r> = Option<&'r [u8]>;

/// Splits a request. `None` where the lengths do not add up.
pub(crate) fn frames(mut request: &[u8]) -> Option<Vec<Frame<'_>>> {
    let mut frames = Vec::new();
    while !request.is_empty() {
        frames.push(take(&mut request)?);
    }
    Some(frames)
}

/// Splits a request into exactly so many frames, without allocating.
pub(crate) fn exactly<const N: usize>(mut request: &[u8]) -> Option<[Frame<'_>; N]> {
    let mut frames = [None; N];
    for frame in &mut frames {
        *frame = take(&mut request)?;
    }
    request.is_empty().then_some(frames)
}

fn take<'r>(request: &mut &'r [u8]) -> Option<Frame<'r>> {
    let (length, rest) = request.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length);
    if length == ABSENT {
        *request = rest;
        return Some(None);
    }
    let (frame, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    *request = rest;
    Some(Some(frame))
}

/// Adds a frame to a request. For hosts that link this crate instead of loading the module.
pub fn push_frame(request: &mut Vec<u8>, frame: Option<&[u8]>) {
    match frame {
        // Too long to be told its length: absent, and the request as a whole is over the limit anyway.
        Some(bytes) if bytes.len() < ABSENT as usize => {
            request.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(ABSENT).to_le_bytes());
            request.extend_from_slice(bytes);
        }
        _ => request.extend_from_slice(&ABSENT.to_le_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_as_they_were_pushed() {
        let mut request = Vec::new();
        for frame in [Some(b"one".as_slice()), None, Some(b""), Some(&[0, 255])] {
            push_frame(&mut request, frame);
        }
        let expected = vec![Some(b"one".as_slice()), None, Some(b"".as_slice()), Some([0u8, 255].as_slice())];
        assert_eq!(frames(&request), Some(expected.clone()));
        assert_eq!(exactly::<4>(&request).map(Vec::from), Some(expected));
        assert_eq!(exactly::<3>(&request), None);
        assert_eq!(exactly::<5>(&request), None);
    }

    #[test]
    fn lengths_that_do_not_add_up_are_refused() {
        for lying in [&b"\x01"[..], b"\x05\0\0\0four", b"\xfe\xff\xff\xff", b"\0\0\0\0\x01"] {
            assert_eq!(frames(lying), None, "{lying:?}");
        }
    }
}
