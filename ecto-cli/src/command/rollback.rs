//! `ecto rollback`.

use ecto_core::migration::{Direction, Until};

use super::{Context, Reach, migrate_to};
use crate::error::CliError;

/// Undoes migrations, the newest first; one unless said otherwise.
#[derive(Debug, clap::Args)]
pub struct Rollback {
    #[command(flatten)]
    reach: Reach,
}

pub fn run(command: &Rollback, context: Context<'_>) -> Result<u8, CliError> {
    migrate_to(&command.reach, Until::Steps(1), Direction::Down, false, context)
}
