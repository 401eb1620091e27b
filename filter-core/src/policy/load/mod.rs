//! From a bundle of files to one [`Policy`]: follows includes, and asks for the files that are still missing.
//!
//! `named` reads the files that rules name, `merge` puts all of it together.

mod merge;
mod named;

use core::ops::Range;
use std::collections::BTreeSet;

use super::bundle::{BUILTIN, Bundle, is_confined};
use super::diagnostic::Diagnostic;
use super::resolved::Policy;
use super::source::{self, File};

/// Why a policy did not load.
#[derive(Clone, Debug)]
pub enum LoadError {
    /// These files are needed too.
    Needs(Vec<String>),
    /// It is wrong; at least one of these is an error.
    Invalid(Vec<Diagnostic>),
}

/// Follows includes from the bundle's root.
///
/// # Errors
/// [`LoadError::Needs`] as long as a file is missing from the bundle. What is wrong with the files is in the diagnostics, so that
/// the rules that can be read are compiled all the same and everything is told at once.
pub fn resolve(bundle: &Bundle, engine_version: &str) -> Result<(Policy, Vec<Diagnostic>), LoadError> {
    let mut diagnostics = Vec::new();
    let Some(root) = bundle.root() else {
        return Err(LoadError::Invalid(vec![Diagnostic::error("no-root", "", "the bundle holds no file")]));
    };
    let mut walk =
        Walk { bundle, diagnostics: &mut diagnostics, files: Vec::new(), seen: BTreeSet::new(), needs: Vec::new() };
    walk.visit(root, None, &mut Vec::new());
    let Walk { files, mut needs, .. } = walk;

    // What a file that cannot be read would have brought is not called unknown too.
    let lost = ["missing-file", "not-utf8", "syntax", "outside-folder"];
    let is_incomplete = diagnostics.iter().any(|diagnostic| lost.contains(&diagnostic.code));
    let lacks_vocabularies = is_incomplete || files.iter().any(|parsed| parsed.file.lacks_vocabularies);
    let lacks_rules = is_incomplete || files.iter().any(|parsed| parsed.file.lacks_rules);

    let terms = named::terms(bundle, &files, &mut needs, &mut diagnostics);
    let exact = named::exact(bundle, &files, &mut needs, &mut diagnostics);
    if !needs.is_empty() {
        needs.dedup();
        return Err(LoadError::Needs(needs));
    }

    let mut policy = merge::merge(root, files, (&terms, &exact), bundle, engine_version, &mut diagnostics);
    policy.lacks_vocabularies = lacks_vocabularies;
    policy.lacks_rules = lacks_rules;
    if lacks_rules {
        diagnostics.retain(|diagnostic| diagnostic.code != "unknown-rule");
    }
    Ok((policy, diagnostics))
}

struct Parsed {
    path: String,
    text: String,
    file: File,
}

struct Walk<'b> {
    bundle: &'b Bundle,
    diagnostics: &'b mut Vec<Diagnostic>,
    files: Vec<Parsed>,
    seen: BTreeSet<String>,
    needs: Vec<String>,
}

impl Walk<'_> {
    /// Included files come before the file that includes them, so that it has the last word.
    fn visit(&mut self, path: &str, asked_by: Option<(&Parsed, &Range<usize>)>, open: &mut Vec<String>) {
        if open.iter().any(|p| p == path) {
            if let Some((parent, span)) = asked_by {
                self.diagnostics.push(
                    Diagnostic::error("include-cycle", &parent.path, format!("`{path}` includes itself in the end"))
                        .at(&parent.text, span.clone())
                        .help(format!("{} -> {path}", open.join(" -> "))),
                );
            }
            return;
        }
        if self.seen.contains(path) {
            return;
        }
        let content = match self.bundle.get(path) {
            None => {
                if !self.needs.iter().any(|p| p == path) {
                    self.needs.push(path.to_owned());
                }
                return;
            }
            Some(None) => {
                let diagnostic = match asked_by {
                    Some((parent, span)) => {
                        Diagnostic::error("missing-file", &parent.path, format!("`{path}` cannot be read"))
                            .at(&parent.text, span.clone())
                    }
                    None => Diagnostic::error("missing-file", path, "the policy cannot be read"),
                };
                self.diagnostics.push(diagnostic.help("paths are relative to the folder of the root policy"));
                self.seen.insert(path.to_owned());
                return;
            }
            Some(Some(content)) => content,
        };
        self.seen.insert(path.to_owned());
        let text = match core::str::from_utf8(content) {
            Ok(text) => text.to_owned(),
            Err(error) => {
                self.diagnostics.push(not_utf8(path, content, error.valid_up_to()));
                return;
            }
        };
        let file = source::parse(path, &text, self.diagnostics);
        let parsed = Parsed { path: path.to_owned(), text, file };
        open.push(path.to_owned());
        for (include, span) in &parsed.file.include {
            if let Some(target) = self.confined(&parsed, include, span) {
                self.visit(&target, Some((&parsed, span)), open);
            }
        }
        open.pop();
        self.files.push(parsed);
    }

    fn confined(&mut self, parent: &Parsed, include: &str, span: &Range<usize>) -> Option<String> {
        if !is_confined(include) {
            self.diagnostics.push(unconfined(&parent.path, &parent.text, include, span.clone()));
            return None;
        }
        Some(within(&parent.path, include))
    }
}

fn not_utf8(path: &str, content: &[u8], valid: usize) -> Diagnostic {
    let text = core::str::from_utf8(&content[..valid]).unwrap_or("");
    Diagnostic::error("not-utf8", path, format!("the file is not UTF-8 from byte {valid} on")).at(text, valid..valid)
}

fn unconfined(path: &str, text: &str, wanted: &str, span: Range<usize>) -> Diagnostic {
    Diagnostic::error("outside-folder", path, format!("`{wanted}` leads out of the policy's folder"))
        .at(text, span)
        .help("write a path relative to the root policy, without `..`, or `builtin:…`")
}

/// A built-in file's own includes are built in too.
fn within(parent: &str, path: &str) -> String {
    if parent.starts_with(BUILTIN) && !path.starts_with(BUILTIN) { format!("{BUILTIN}{path}") } else { path.to_owned() }
}
