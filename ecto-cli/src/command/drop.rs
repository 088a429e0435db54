//! `ecto drop`.

use serde_json::json;

use super::Context;
use crate::error::CliError;
use crate::place;

/// Drops the database. Asks first if it is not on this machine.
#[derive(Debug, clap::Args)]
pub struct Drop {
    /// Do not ask
    #[arg(short, long)]
    force: bool,
    /// End the sessions of others first
    #[arg(long)]
    force_drop: bool,
}

pub fn run(command: &Drop, context: &mut Context<'_>) -> Result<u8, CliError> {
    let adapter = context.adapter()?;
    let database = adapter.describe();
    let free = command.force || place::is_local(database);
    if !free && !context.confirms(&format!("Drop {database} with everything in it?")) {
        return Err(CliError::Remote { database: database.to_owned() });
    }
    let dropped = adapter.storage().drop(command.force_drop)?;
    let outcome = if dropped { "has been dropped" } else { "has already been dropped" };
    context.voice.lock().result(&format!("The database {database} {outcome}"), json!({"database": database, "dropped": dropped}));
    Ok(0)
}
