//! `ecto migrations`, also `ecto status`.

use ecto_core::migration::Migrator;

use super::{Context, Source};
use crate::error::CliError;
use crate::run::Place;

/// The exit code for "some migrations wait".
const WAITING: u8 = 3;

/// Shows which migrations were run. Takes no lock, and writes nothing.
#[derive(Debug, clap::Args)]
pub struct List {
    /// Exit with 3 if migrations wait
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    place: Place,
}

pub fn run(command: &List, mut context: Context<'_>) -> Result<u8, CliError> {
    let migrations = match context.migrations()? {
        Source::Done(code) => return Ok(code),
        Source::Here(migrations) => migrations,
    };
    let adapter = context.adapter()?;
    let voice = context.voice.clone();
    let migrator = Migrator::new(&adapter, &migrations).listen(move |event| voice.lock().event(event));
    let statuses = command.place.applied_to(migrator).status()?;
    context.voice.lock().statuses(adapter.describe(), &statuses);
    let waiting = statuses.iter().any(|status| !status.state.is_applied());
    Ok(if command.exit_code && waiting { WAITING } else { 0 })
}
