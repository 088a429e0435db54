//! The tree of commands and flags. Nothing runs here.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::command::{create, drop, r#gen, migrate, migrations, rollback};
use crate::error::CliError;

/// Databases and migrations for ecto-core.
#[derive(Debug, Parser)]
#[command(name = "ecto", version, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct Global {
    /// The database: `sqlite://blog.db`, `postgres://user:password@host/database`. Else DATABASE_URL, else `url` in ecto.toml
    #[arg(long, global = true, value_name = "URL")]
    pub url: Option<String>,
    /// A folder of migrations, instead of `migrations`; may be given several times
    #[arg(long, global = true, value_name = "DIR")]
    pub migrations_path: Vec<PathBuf>,
    /// The file of settings, instead of `ecto.toml`
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create the database
    Create(create::Create),
    /// Drop the database with everything in it
    Drop(drop::Drop),
    /// Write a new file
    #[command(subcommand)]
    Gen(r#gen::Gen),
    /// Run migrations that were not run yet
    #[command(visible_alias = "up")]
    Migrate(migrate::Migrate),
    /// Undo migrations, the newest first; one unless said otherwise
    Rollback(rollback::Rollback),
    /// Show which migrations were run
    #[command(visible_alias = "status")]
    Migrations(migrations::List),
}

/// Reads the arguments.
pub fn parse(arguments: &[OsString]) -> Result<Cli, CliError> {
    Cli::try_parse_from(arguments).map_err(CliError::Usage)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_tree_is_sound() {
        super::Cli::command().debug_assert();
    }
}
