//! The filter: a policy, loaded, and the calls of the ABI that are made on it.
//!
//! What a host of the module calls, a program that links this crate calls too, with the same bytes in and out: [`Filter`] is
//! the module without its memory. Each call takes a request of frames ([`crate::wire`]) and answers with one JSON object.
//!
//! ```
//! use filter_matrix::{filter::Filter, wire::push_frame};
//!
//! let mut filter = Filter::new();
//! let mut request = Vec::new();
//! push_frame(&mut request, Some(b"policy.toml"));
//! push_frame(&mut request, Some(br#"
//!     [[rule]]
//!     id = "ours.projects"
//!     kind = "terms"
//!     title = "name of a secret project"
//!     category = "ours"
//!     severity = "high"
//!     terms = ["blue heron"]
//! "#));
//! assert!(filter.load(&request).starts_with(b"{\"ok\":"));
//!
//! let mut request = Vec::new();
//! let event = br#"{"type":"m.room.message","content":{"msgtype":"m.text","body":"Blue Heron"}}"#;
//! for frame in [None, None, Some(event.as_slice())] {
//!     push_frame(&mut request, frame);
//! }
//! let verdict = String::from_utf8_lossy(filter.check(&request));
//! assert!(verdict.contains(r#""scope":"in","verdict":"block""#));
//! ```

use filter_core::{Attachment, Attributes, Bundle, ENGINE_VERSION, Engine, LoadError};
use serde::{Deserialize, Serialize};

use crate::checked::Checked;
use crate::event::Event;
use crate::field::{Extraction, Fields};
use crate::report::{Failure, InScope, Verdict};
use crate::scope::{self, Decision, Reply, RoomFacts};
use crate::{attachment, explain, json, report, verdict, wire};

/// A filter, with or without a policy. Not for sharing between threads: each has its own, and its own buffers.
#[derive(Default)]
pub struct Filter {
    loaded: Option<Loaded>,
    buffers: Buffers,
    reply: Vec<u8>,
}

struct Loaded {
    engine: Engine,
    /// A verdict of `allow` behind its event id, in scope and out of it: nearly every verdict there is, and always the same.
    clean: [Vec<u8>; 2],
}

#[derive(Default)]
struct Buffers {
    json: json::Scratch,
    extraction: Extraction,
    scan: filter_core::Scratch,
}

/// The first frame of a check.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Options {
    event_id: Option<String>,
    show_text: bool,
    /// The rule that an account is about.
    rule: Option<String>,
}

/// A request of `check` or `explain`, taken apart.
struct Request<'r> {
    options: Options,
    facts: RoomFacts<'r>,
    event: &'r [u8],
}

impl Filter {
    /// A filter without a policy.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// `tamis_load`: frames of path and content, the root first.
    pub fn load(&mut self, request: &[u8]) -> &[u8] {
        let Some(frames) = wire::frames(request).filter(|frames| frames.len().is_multiple_of(2)) else {
            return refuse(&mut self.reply, malformed_request("a bundle is frames of path and content"));
        };
        let mut bundle = Bundle::new();
        for pair in frames.chunks_exact(2) {
            let Some(path) = pair[0].and_then(|path| core::str::from_utf8(path).ok()) else {
                return refuse(&mut self.reply, malformed_request("a path of the bundle is absent or not UTF-8"));
            };
            bundle.add(path, pair[1]);
        }
        #[derive(Serialize)]
        #[serde(rename_all = "lowercase")]
        enum Loading<'l> {
            Ok { policy: &'l str, engine: &'static str, rules: usize, warnings: Vec<filter_core::Diagnostic> },
            Needs(Vec<String>),
            Diagnostics(Vec<filter_core::Diagnostic>),
        }
        match Engine::load(&bundle) {
            Ok(filter_core::Loaded { engine, warnings }) => {
                let clean = [InScope::In, InScope::Out].map(|scope| behind_id(&verdict::passed(&engine, None, scope)));
                let loaded = self.loaded.insert(Loaded { engine, clean });
                let (policy, rules) = (loaded.engine.policy().hash.as_str(), loaded.engine.rules().len());
                write(&mut self.reply, &Loading::Ok { policy, engine: ENGINE_VERSION, rules, warnings })
            }
            Err(LoadError::Needs(paths)) => write(&mut self.reply, &Loading::Needs(paths)),
            Err(LoadError::Invalid(diagnostics)) => write(&mut self.reply, &Loading::Diagnostics(diagnostics)),
        }
    }

    /// `tamis_classify`: one frame, a description of a room.
    pub fn classify(&mut self, request: &[u8]) -> &[u8] {
        let Some([Some(description)]) = wire::exactly::<1>(request) else {
            return refuse(&mut self.reply, malformed_request("a description of a room is one frame"));
        };
        #[derive(Serialize)]
        #[serde(rename_all = "lowercase")]
        enum Classified {
            Facts(String),
            Needs(Vec<String>),
        }
        match scope::classify(description) {
            Reply::Facts(facts) => write(&mut self.reply, &Classified::Facts(facts)),
            Reply::Needs(rooms) => write(&mut self.reply, &Classified::Needs(rooms)),
            Reply::Malformed(error) => refuse(
                &mut self.reply,
                Failure { code: "malformed-state", message: error.to_string(), permanent: true },
            ),
        }
    }

    /// `tamis_check`: options, facts, event; one verdict.
    pub fn check(&mut self, request: &[u8]) -> &[u8] {
        let Self { loaded, buffers, reply } = self;
        let (loaded, request) = match prepare(loaded.as_ref(), request) {
            Ok(prepared) => prepared,
            Err(failure) => return refuse(reply, failure),
        };
        let Buffers { json, extraction, scan } = buffers;
        loaded.judge(&request, json, extraction, |judged| {
            match judged {
                Judged::Refused(verdict) => write(reply, &verdict),
                Judged::Out { event_id } => loaded.write_clean(reply, event_id, InScope::Out),
                Judged::Read { event, event_id, fields } => {
                    let texts: Vec<_> = fields.iter().map(|field| field.for_scan()).collect();
                    let files =
                        if loaded.engine.asks_for_files() { attachment::of(&event, fields) } else { Vec::new() };
                    let outcome = loaded.engine.scan(scan, &texts, &attributes(&event, &files));
                    if outcome.findings.is_empty() && !outcome.truncated {
                        loaded.write_clean(reply, event_id, InScope::In);
                        return;
                    }
                    let show_text = request.options.show_text;
                    let checked = Checked { engine: &loaded.engine, event, event_id, fields, outcome, show_text };
                    write(reply, &verdict::of(&checked))
                }
            };
        });
        reply
    }

    /// `tamis_explain`: as [`check`](Self::check), with an account of each candidate. Holds text of the event.
    pub fn explain(&mut self, request: &[u8]) -> &[u8] {
        let Self { loaded, buffers, reply } = self;
        let (loaded, request) = match prepare(loaded.as_ref(), request) {
            Ok(prepared) => prepared,
            Err(failure) => return refuse(reply, failure),
        };
        let Buffers { json, extraction, scan } = buffers;
        loaded.judge(&request, json, extraction, |judged| {
            match judged {
                Judged::Refused(verdict) => {
                    let rule = request.options.rule.as_deref();
                    let rule = rule
                        .map(|id| explain::AskedRule { id, account: explain::Asked::Unscanned { state: "not-read" } });
                    write(reply, &explain::Account { verdict, fields: Vec::new(), rule })
                }
                Judged::Out { event_id } => {
                    let verdict = verdict::passed(&loaded.engine, event_id, InScope::Out);
                    let rule = request.options.rule.as_deref();
                    let rule = rule.map(|id| explain::AskedRule {
                        id,
                        account: explain::Asked::Unscanned { state: "out-of-scope" },
                    });
                    write(reply, &explain::Account { verdict, fields: Vec::new(), rule })
                }
                Judged::Read { event, event_id, fields } => {
                    let texts: Vec<_> = fields.iter().map(|field| field.for_scan()).collect();
                    let files =
                        if loaded.engine.asks_for_files() { attachment::of(&event, fields) } else { Vec::new() };
                    let (outcome, steps) = loaded.engine.explain(scan, &texts, &attributes(&event, &files));
                    let show_text = request.options.show_text;
                    let checked = Checked { engine: &loaded.engine, event, event_id, fields, outcome, show_text };
                    write(reply, &explain::account(&checked, &steps, request.options.rule.as_deref()))
                }
            };
        });
        reply
    }

    /// `tamis_reset`: forgets the policy and gives the buffers back.
    pub fn reset(&mut self) {
        *self = Self::default();
    }
}

fn refuse(reply: &mut Vec<u8>, error: Failure) -> &[u8] {
    #[derive(Serialize)]
    struct Refusal {
        error: Failure,
    }
    write(reply, &Refusal { error })
}

/// What became of an event before any rule was asked.
enum Judged<'j> {
    /// It cannot be read, or has no business where it is.
    Refused(Verdict<'j>),
    /// It is out of scope.
    Out { event_id: Option<&'j str> },
    /// It is to be scanned.
    Read { event: Event<'j>, event_id: Option<&'j str>, fields: Fields<'j> },
}

impl Loaded {
    fn write_clean<'r>(&self, reply: &'r mut Vec<u8>, event_id: Option<&str>, scope: InScope) -> &'r [u8] {
        reply.clear();
        reply.extend_from_slice(BEFORE_ID);
        match event_id {
            Some(id) if json::is_plain(id) => {
                reply.push(b'"');
                reply.extend_from_slice(id.as_bytes());
                reply.push(b'"');
            }
            _ => append(reply, &event_id),
        }
        reply.extend_from_slice(&self.clean[scope as usize]);
        reply
    }

    /// Reads an event and decides about scope. The result borrows from the buffers, hence the callback.
    fn judge(
        &self,
        request: &Request<'_>,
        json: &mut json::Scratch,
        extraction: &mut Extraction,
        then: impl FnOnce(Judged<'_>),
    ) {
        let engine = &self.engine;
        let limit = engine.policy().limits.event_bytes;
        let given_id = request.options.event_id.as_deref();
        if request.event.len() > limit as usize {
            let message = format!("the event has {} bytes, and the policy reads {limit}", request.event.len());
            let failure = Failure { code: "too-large", message, permanent: true };
            return then(Judged::Refused(verdict::unreadable(engine, given_id, None, failure)));
        }
        let event = match Event::read(request.event, json) {
            Ok(event) => event,
            Err(error) => {
                let failure = Failure { code: "malformed-event", message: error.to_string(), permanent: true };
                return then(Judged::Refused(verdict::unreadable(engine, given_id, None, failure)));
            }
        };
        let event_id = event.event_id.or(given_id);
        match scope::decide(&request.facts, &engine.policy().scope, event.subject()) {
            Decision::Out => then(Judged::Out { event_id }),
            Decision::BlockCleartext => then(Judged::Refused(verdict::cleartext(engine, &event, event_id))),
            Decision::In => {
                let fields = extraction.read(&event);
                then(Judged::Read { event, event_id, fields });
            }
        }
    }
}

const BEFORE_ID: &[u8; 12] = b"{\"event_id\":";

/// What a verdict without an id has behind it.
fn behind_id(verdict: &Verdict<'_>) -> Vec<u8> {
    let mut whole = Vec::new();
    write(&mut whole, verdict);
    whole.split_off(BEFORE_ID.len() + "null".len())
}

fn prepare<'p>(loaded: Option<&'p Loaded>, request: &'p [u8]) -> Result<(&'p Loaded, Request<'p>), Failure> {
    let Some([options, facts, Some(event)]) = wire::exactly::<3>(request) else {
        return Err(malformed_request("a check is three frames: options, facts, event"));
    };
    let loaded = loaded.ok_or_else(|| Failure {
        code: "no-policy",
        message: "no policy has been loaded".to_owned(),
        permanent: false,
    })?;
    let options = match options {
        None | Some([]) => Options::default(),
        Some(options) => serde_json::from_slice(options)
            .map_err(|_| malformed_request("the options are not JSON of `event_id`, `show_text` and `rule`"))?,
    };
    let facts = match facts {
        None => RoomFacts::unknown(),
        Some(facts) => RoomFacts::parse(facts).map_err(|error| Failure {
            code: "malformed-facts",
            message: error.to_string(),
            permanent: false,
        })?,
    };
    Ok((loaded, Request { options, facts, event }))
}

fn malformed_request(message: &str) -> Failure {
    Failure { code: "malformed-request", message: message.to_owned(), permanent: false }
}

fn attributes<'e>(event: &Event<'e>, files: &'e [Attachment<'e>]) -> Attributes<'e> {
    Attributes { room: event.room_id, sender: event.sender, event_type: Some(event.event_type), files }
}

fn write<'r>(reply: &'r mut Vec<u8>, value: &impl Serialize) -> &'r [u8] {
    reply.clear();
    append(reply, value);
    reply
}

fn append(reply: &mut Vec<u8>, value: &impl Serialize) {
    // Writing to memory cannot fail, and no type here has a map with keys that are no strings. Were it otherwise, a host
    // would get a reply that is no JSON, which is an error of the module to it.
    if report::to_json(reply, value).is_err() {
        reply.clear();
    }
}
