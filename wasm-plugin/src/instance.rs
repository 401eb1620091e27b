//! What the module keeps between two calls: the filter, the request's buffer, and how long the host said the request is.
//!
//! It knows addresses and lengths, not meanings. The host writes into the buffer behind Rust's back, between a call of
//! [`announce`] and the next one: nothing here holds a reference to the buffer over the end of a call.
//!
//! ```text
//! host                                module
//! tamis_input(5)        ->  announce: buffer of 5 bytes, returns its address
//! (writes 5 bytes)
//! tamis_check(5)        ->  answer: 5 bytes as announced? then Filter::check(bytes)
//! ```

use std::cell::RefCell;

use filter_matrix::Filter;

/// The longest request, as `docs/abi.md` has it. A longer one gets no address, so that it cannot be sent at all.
pub(crate) const MAX_REQUEST: usize = 64 << 20;

/// What answers a call whose length is not the one that `tamis_input` was told. It is the host's mistake, so it is not permanent:
/// the host's failure mode decides what becomes of the event.
const WRONG_LENGTH: &str = r#"{"error":{"code":"malformed-request","message":"the length of the call is not the length that tamis_input was given","permanent":false}}"#;

struct Instance {
    filter: Filter,
    /// Only grows: its bytes beyond the announced length are left over from longer requests, and never read.
    buffer: Vec<u8>,
    /// Taken by the call that it belongs to, so that one request is answered once.
    announced: Option<usize>,
}

thread_local! {
    // A `static mut` would need an unsafe block at each use. On wasm32 without threads this is a plain static;
    // natively (clippy and rustdoc build the crate so) every thread has its own.
    static INSTANCE: RefCell<Instance> = RefCell::new(Instance {
        filter: Filter::new(),
        buffer: Vec::new(),
        announced: None,
    });
}

/// Where the host may write the `length` bytes of a request, or 0 when it is too long.
pub(crate) fn announce(length: usize) -> usize {
    INSTANCE.with_borrow_mut(|instance| {
        instance.announced = None;
        if length > MAX_REQUEST {
            return 0;
        }
        if instance.buffer.len() < length {
            // Emptied first: the old bytes need not be copied when the buffer moves.
            instance.buffer.clear();
            instance.buffer.resize(length, 0);
        }
        instance.announced = Some(length);
        // An empty vector's address is dangling but not 0, which is all that a request of no bytes needs.
        instance.buffer.as_mut_ptr().expose_provenance()
    })
}

/// Hands the announced request to `function` and returns where its reply stands. The reply lives in the filter's own buffer, until the next call.
pub(crate) fn answer(length: usize, function: for<'f> fn(&'f mut Filter, &[u8]) -> &'f [u8]) -> (usize, usize) {
    INSTANCE.with_borrow_mut(|instance| {
        let reply = match instance.announced.take() {
            Some(announced) if announced == length => function(&mut instance.filter, &instance.buffer[..length]),
            _ => WRONG_LENGTH.as_bytes(),
        };
        (reply.as_ptr().expose_provenance(), reply.len())
    })
}

/// Forgets the policy and gives the buffers back.
pub(crate) fn reset() {
    INSTANCE.with_borrow_mut(|instance| {
        instance.filter.reset();
        instance.buffer = Vec::new();
        instance.announced = None;
    });
}
