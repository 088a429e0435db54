//! `ecto migrations`, also `ecto status`.

use ecto_core::migration::{Migrator, State};

use super::{Context, Source};
use crate::error::CliError;

/// The exit code for "some migrations wait".
const WAITING: u8 = 3;

/// Shows which migrations were run. Takes no lock, and writes nothing.
#[derive(Debug, clap::Args)]
pub struct List {
    /// Exit with 3 if migrations wait
    #[arg(long)]
    exit_code: bool,
    /// A named schema of the database
    #[arg(long, value_name = "PREFIX")]
    prefix: Option<String>,
}

pub fn run(command: &List, mut context: Context<'_>) -> Result<u8, CliError> {
    if command.prefix.is_some() {
        return Err(CliError::Flag { flag: "--prefix" });
    }
    let migrations = match context.migrations()? {
        Source::Done(code) => return Ok(code),
        Source::Here(migrations) => migrations,
    };
    let adapter = context.adapter()?;
    let statuses = Migrator::new(&adapter, &migrations).status()?;
    context.voice.statuses(adapter.describe(), &statuses);
    let waiting = statuses.iter().any(|status| matches!(status.state, State::Down | State::Partial { .. }));
    Ok(if command.exit_code && waiting { WAITING } else { 0 })
}
