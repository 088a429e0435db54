//! `ecto redo`.

use super::Context;
use crate::error::CliError;
use crate::run::{self, Reach, Way};

/// Undoes migrations and runs the same ones again; the last one unless said otherwise.
#[derive(Debug, clap::Args)]
pub struct Redo {
    #[command(flatten)]
    pub reach: Reach,
}

pub fn run(command: &Redo, context: Context<'_>) -> Result<u8, CliError> {
    run::run(&command.reach, Way::Again, context)
}
