//! The files that rules name besides the policy's own: lists of terms, and keyed hashes of real values.

use std::collections::{BTreeMap, BTreeSet};

use super::{Parsed, not_utf8, unconfined, within};
use crate::policy::bundle::{Bundle, is_confined};
use crate::policy::diagnostic::Diagnostic;
use crate::policy::exact::{Exact, Hashes, KEY, Key, Mistake, SHORTEST_KEY};
use crate::policy::model::{ExactFile, Kind};

/// The terms of each file, one a line.
pub(super) fn terms(
    bundle: &Bundle,
    files: &[Parsed],
    needs: &mut Vec<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Vec<String>> {
    let mut terms = BTreeMap::new();
    for parsed in files {
        for located in &parsed.file.rules {
            let Kind::Terms(rule) = &located.item.kind else {
                continue;
            };
            let Some(path) = &rule.file else { continue };
            let span = located.key("file");
            if !is_confined(path) {
                diagnostics.push(unconfined(&parsed.path, &parsed.text, path, span).rule(&located.item.common.id));
                continue;
            }
            let path = within(&parsed.path, path);
            match bundle.get(&path) {
                None => needs.push(path),
                Some(None) => diagnostics.push(
                    Diagnostic::error("missing-file", &parsed.path, format!("`{path}` cannot be read"))
                        .at(&parsed.text, span)
                        .rule(&located.item.common.id)
                        .help("paths are relative to the folder of the root policy"),
                ),
                Some(Some(content)) => match core::str::from_utf8(content) {
                    Ok(text) => {
                        let lines = text.lines().map(|line| line.split('#').next().unwrap_or("").trim());
                        terms.insert(path, lines.filter(|line| !line.is_empty()).map(str::to_owned).collect());
                    }
                    Err(error) => diagnostics.push(not_utf8(&path, content, error.valid_up_to())),
                },
            }
        }
    }
    terms
}

pub(super) fn exact_file(kind: &Kind) -> Option<&ExactFile> {
    match kind {
        Kind::Pattern(rule) => rule.exact.as_ref(),
        Kind::Shape(rule) => rule.exact.as_ref(),
        Kind::Marking(_) | Kind::Terms(_) | Kind::Combination(_) | Kind::File(_) => None,
    }
}

/// The files of keyed hashes, with their keys. A file says which key it wants, so that the host is asked a second time.
pub(super) fn exact(
    bundle: &Bundle,
    files: &[Parsed],
    needs: &mut Vec<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Exact> {
    let (mut exact, mut seen) = (BTreeMap::new(), BTreeSet::new());
    for parsed in files {
        for located in &parsed.file.rules {
            let Some(ExactFile { file: path }) = exact_file(&located.item.kind) else { continue };
            let span = located.key("exact");
            let id = &located.item.common.id;
            let mut wrong = |code, message: String, help: &str| {
                let diagnostic = Diagnostic::error(code, &parsed.path, message).at(&parsed.text, span.clone()).rule(id);
                diagnostics.push(diagnostic.help(help));
            };
            if !is_confined(path) {
                diagnostics.push(unconfined(&parsed.path, &parsed.text, path, span).rule(id));
                continue;
            }
            let path = within(&parsed.path, path);
            // Two rules may share a file, and what is wrong with it is told once.
            if !seen.insert(path.clone()) {
                continue;
            }
            let content = match bundle.get(&path) {
                None => {
                    needs.push(path);
                    continue;
                }
                Some(None) => {
                    let help =
                        "paths are relative to the folder of the root policy; `tamis policy hash` makes the file";
                    wrong("missing-file", format!("`{path}` cannot be read"), help);
                    continue;
                }
                Some(Some(content)) => content,
            };
            let text = match core::str::from_utf8(content) {
                Ok(text) => text,
                Err(error) => {
                    diagnostics.push(not_utf8(&path, content, error.valid_up_to()));
                    continue;
                }
            };
            let hashes = match Hashes::parse(text) {
                Ok(hashes) => hashes,
                Err(Mistake { line, message }) => {
                    let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
                    let diagnostic = Diagnostic::error("bad-exact", &path, message).at(text, start..start).rule(id);
                    diagnostics.push(diagnostic.help("make the file with `tamis policy hash`"));
                    continue;
                }
            };
            let key_path = format!("{KEY}{}", hashes.key);
            let key = match bundle.get(&key_path) {
                None => {
                    needs.push(key_path);
                    continue;
                }
                Some(None) => {
                    let message =
                        format!("`{path}` was made with the key `{}`, which the host does not supply", hashes.key);
                    let help = format!(
                        "`tamis … --key {}=FILE`, or the host's configuration, says where the key is; it is never in the policy",
                        hashes.key
                    );
                    wrong("missing-key-value", message, &help);
                    continue;
                }
                Some(Some(key)) => Key::new(key),
            };
            let Some(key) = key else {
                let message = format!("the key `{}` has fewer than {SHORTEST_KEY} bytes", hashes.key);
                wrong("short-key", message, "make one with a generator of random bytes, and the file of hashes anew");
                continue;
            };
            let name = hashes.key.clone();
            match hashes.with(key) {
                Some(values) => {
                    exact.insert(path, values);
                }
                None => {
                    let message =
                        format!("the key `{name}` that the host supplies is not the one that `{path}` was made with");
                    wrong("wrong-key", message, "supply the right key, or make the file anew with this one");
                }
            }
        }
    }
    exact
}
