//! The engine behind its ABI, whatever runs it.

use filter_matrix::{Filter, wire::push_frame};
use serde_json::Value;

/// Something that answers requests.
pub trait Host {
    /// Answers a request with one JSON object. `export` is the name of the module's function.
    fn call(&mut self, export: &str, request: &[u8]) -> Vec<u8>;

    /// `tamis_reset`
    fn reset(&mut self);
}

/// The engine compiled into this program.
#[derive(Default)]
pub struct Native(Filter);

impl Host for Native {
    #[track_caller]
    fn call(&mut self, export: &str, request: &[u8]) -> Vec<u8> {
        let reply = match export {
            "tamis_load" => self.0.load(request),
            "tamis_classify" => self.0.classify(request),
            "tamis_check" => self.0.check(request),
            "tamis_explain" => self.0.explain(request),
            other => panic!("the ABI has no call {other}"),
        };
        reply.to_vec()
    }

    fn reset(&mut self) {
        self.0.reset();
    }
}

/// A request of these frames.
pub fn request(frames: &[Option<&[u8]>]) -> Vec<u8> {
    let mut request = Vec::new();
    for frame in frames {
        push_frame(&mut request, *frame);
    }
    request
}

/// A check of an event of which nothing else is known.
pub fn check(host: &mut impl Host, event: &[u8]) -> Vec<u8> {
    host.call("tamis_check", &request(&[None, None, Some(event)]))
}

/// Loads a policy, giving the engine the files that it asks for; the last reply.
#[track_caller]
pub fn follow(host: &mut dyn Host, root: &str, file: &dyn Fn(&str) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut files = vec![(root.to_owned(), file(root))];
    loop {
        let mut bundle = Vec::new();
        for (path, content) in &files {
            push_frame(&mut bundle, Some(path.as_bytes()));
            push_frame(&mut bundle, content.as_deref());
        }
        let reply = host.call("tamis_load", &bundle);
        let read: Value = serde_json::from_slice(&reply).expect("a reply is JSON");
        let Some(needs) = read.get("needs").and_then(Value::as_array) else { return reply };
        let sent = files.len();
        for path in needs.iter().filter_map(Value::as_str) {
            if files.iter().all(|(known, _)| known != path) {
                files.push((path.to_owned(), file(path)));
            }
        }
        assert!(files.len() > sent, "the engine asks for files that it was sent: {needs:?}");
    }
}
