//! `ecto migrate`.

use super::Context;
use crate::error::CliError;
use crate::run::{self, Reach, Way};

/// Runs the migrations that were not run yet, the oldest first; all of them unless said otherwise.
#[derive(Debug, clap::Args)]
pub struct Migrate {
    #[command(flatten)]
    pub reach: Reach,
    /// Refuse to run a migration that is older than one that was run
    #[arg(long)]
    strict_version_order: bool,
}

pub fn run(command: &Migrate, context: Context<'_>) -> Result<u8, CliError> {
    run::run(&command.reach, Way::Up { strict: command.strict_version_order }, context)
}
