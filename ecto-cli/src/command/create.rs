//! `ecto create`.

use super::Context;
use crate::error::CliError;
use crate::output;

/// Creates the database if it is not there.
#[derive(Debug, clap::Args)]
pub struct Create {}

pub fn run(_command: &Create, context: &Context<'_>) -> Result<u8, CliError> {
    let adapter = context.adapter()?;
    let created = adapter.storage().create()?;
    if !context.quiet {
        let outcome = if created { "has been created" } else { "has already been created" };
        output::result(&format!("The database {} {outcome}", adapter.describe()));
    }
    Ok(0)
}
