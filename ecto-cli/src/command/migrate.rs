//! `ecto migrate`.

use ecto_core::migration::{Direction, Until};

use super::{Context, Reach, migrate_to};
use crate::error::CliError;

/// Runs the migrations that were not run yet, the oldest first; all of them unless said otherwise.
#[derive(Debug, clap::Args)]
pub struct Migrate {
    #[command(flatten)]
    reach: Reach,
    /// Refuse to run a migration that is older than one that was run
    #[arg(long)]
    strict_version_order: bool,
}

pub fn run(command: &Migrate, context: Context<'_>) -> Result<u8, CliError> {
    migrate_to(&command.reach, Until::All, Direction::Up, command.strict_version_order, context)
}
