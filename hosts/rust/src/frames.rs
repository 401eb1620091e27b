//! The encoding of a request: frames, each a little-endian `u32` length and its bytes, or the length `0xffffffff` for *absent*.
//!
//! It knows nothing of what stands in a frame. The limit of a request is enforced here, before anything is copied, so
//! that a line of a gigabyte is refused at the cost of reading its length.
//!
//! ```
//! let mut request = tamis_host::Frames::new();
//! request.push(b"ab")?;
//! request.push_absent()?;
//! assert_eq!(request.as_bytes(), b"\x02\0\0\0ab\xff\xff\xff\xff");
//! # Ok::<(), tamis_host::EngineError>(())
//! ```

use crate::engine::EngineError;

/// The longest request that the module accepts, in bytes.
pub const MAX_REQUEST: usize = 64 << 20;

const ABSENT: u32 = u32::MAX;

/// A request being written. Reuse one: [`Frames::clear`] keeps its memory.
#[derive(Default)]
pub struct Frames {
    bytes: Vec<u8>,
}

impl Frames {
    /// An empty request.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a frame, or says that the request would become too long; it is as before then.
    pub fn push(&mut self, frame: &[u8]) -> Result<(), EngineError> {
        self.reserve(frame.len())?;
        // `reserve` let it pass, so it is at most 64 MiB and never the mark of an absent frame.
        let length = frame.len() as u32;
        self.bytes.extend_from_slice(&length.to_le_bytes());
        self.bytes.extend_from_slice(frame);
        Ok(())
    }

    /// Appends an absent frame.
    pub fn push_absent(&mut self) -> Result<(), EngineError> {
        self.reserve(0)?;
        self.bytes.extend_from_slice(&ABSENT.to_le_bytes());
        Ok(())
    }

    /// Appends the frame or, for `None`, an absent one.
    pub fn push_or_absent(&mut self, frame: Option<&[u8]>) -> Result<(), EngineError> {
        match frame {
            Some(frame) => self.push(frame),
            None => self.push_absent(),
        }
    }

    /// The request as the module reads it.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Starts a new request in the same memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
    }

    fn reserve(&mut self, frame: usize) -> Result<(), EngineError> {
        let free = MAX_REQUEST.saturating_sub(self.bytes.len() + size_of::<u32>());
        if frame > free || self.bytes.len() + size_of::<u32>() > MAX_REQUEST {
            return Err(EngineError::RequestTooLong);
        }
        Ok(())
    }
}

/// A request may hold message text: only its size is shown.
impl std::fmt::Debug for Frames {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Frames(<{} bytes>)", self.bytes.len())
    }
}
