//! `ecto create`.

use serde_json::json;

use super::Context;
use crate::error::CliError;

/// Creates the database if it is not there.
#[derive(Debug, clap::Args)]
pub struct Create {}

pub fn run(_command: &Create, context: &mut Context<'_>) -> Result<u8, CliError> {
    let adapter = context.adapter()?;
    let database = adapter.describe();
    let created = adapter.storage().create()?;
    let outcome = if created { "has been created" } else { "has already been created" };
    context.voice.lock().result(&format!("The database {database} {outcome}"), json!({"database": database, "created": created}));
    Ok(0)
}
