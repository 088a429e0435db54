//! `ecto rollback`.

use super::Context;
use crate::error::CliError;
use crate::run::{self, Reach, Way};

/// Undoes migrations, the newest first; one unless said otherwise.
#[derive(Debug, clap::Args)]
pub struct Rollback {
    #[command(flatten)]
    pub reach: Reach,
}

pub fn run(command: &Rollback, context: Context<'_>) -> Result<u8, CliError> {
    run::run(&command.reach, Way::Down, context)
}
