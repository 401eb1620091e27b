//! `tamis policy schema`: a JSON Schema of the language, from the types that parse.

use std::process::ExitCode;

use crate::failure::Failure;

/// Prints it.
pub(crate) fn run() -> Result<ExitCode, Failure> {
    crate::render::json(&filter_core::policy::schema::policy_file())?;
    Ok(ExitCode::SUCCESS)
}
