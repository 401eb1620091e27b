//! `tamis policy …`: what the author of a policy works with, from the first line of a file to the day it bites.
//!
//! Each command answers one question that its author has. None of them knows how a rule matches: they read the policy's types,
//! ask the engine, and show what it said.
//!
//! | file | the question |
//! |---|---|
//! | `new` | how do I begin? |
//! | `check` | is it right? |
//! | `test` | does it do what it says, in every form in which the text will be met? |
//! | `explain` | why was this stopped, or why not? |
//! | `diff` | what would change on real traffic? |
//! | `list`, `show`, `pages` | what is in it? |
//! | `hash` | how does it find real values without holding them? |
//! | `schema` | what can be said? (for editors) |
//! | `arguments` | how the questions are asked |
//! | `opened` | a policy's files, read into the language's types |
//! | `places` | where in a file an example stands |
//! | `page` | a rule as a page of text |

mod arguments;
mod check;
mod diff;
mod explain;
mod hash;
mod list;
mod new;
mod opened;
mod page;
mod pages;
mod places;
mod schema;
mod show;
mod test;

use std::process::ExitCode;

pub(crate) use arguments::PolicyOptions;

use crate::failure::Failure;
use arguments::PolicyCommand;

/// Does what was asked.
pub(crate) fn run(options: &PolicyOptions) -> Result<ExitCode, Failure> {
    match &options.command {
        PolicyCommand::New(options) => new::run(options),
        PolicyCommand::Check(options) => check::run(options),
        PolicyCommand::Test(options) => test::run(options),
        PolicyCommand::Explain(options) => explain::run(options),
        PolicyCommand::Diff(options) => diff::run(options),
        PolicyCommand::List(options) => list::run(options),
        PolicyCommand::Show(options) => show::run(options),
        PolicyCommand::Hash(options) => hash::run(options),
        PolicyCommand::Schema => schema::run(),
        PolicyCommand::Pages(options) => pages::run(options),
    }
}
