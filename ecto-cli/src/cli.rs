//! The tree of commands and flags. Nothing runs here.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum as _};

use crate::command::{create, drop, r#gen, migrate, migrations, redo, repair, rollback};
use crate::error::CliError;
use crate::output::{Format, Manner};

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
    /// The form of the answer: json is one object at the end, ndjson one a line as it happens
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORM")]
    pub format: Format,
    /// Colours: where somebody looks, or said otherwise
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: ColorChoice,
    /// Do not ask, but do it
    #[arg(short, long, global = true)]
    pub yes: bool,
    /// Do not ask, but leave it
    #[arg(long, global = true, conflicts_with = "yes")]
    pub no_input: bool,
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
    /// Undo migrations and run them again; the last one unless said otherwise
    Redo(redo::Redo),
    /// Show which migrations were run
    #[command(visible_alias = "status")]
    Migrations(migrations::List),
    /// Correct what is recorded of migrations; run none
    Repair(repair::Repair),
}

/// Reads the arguments.
pub fn parse(arguments: &[OsString]) -> Result<Cli, CliError> {
    Cli::try_parse_from(arguments).map_err(CliError::Usage)
}

/// How the answer is given. Also a wrong call is answered in the form that it asked for.
pub fn manner(parsed: &Result<Cli, CliError>, arguments: &[OsString]) -> Manner {
    let Ok(Cli { global, command }) = parsed else { return Manner { format: asked_form(arguments), ..Manner::default() } };
    let (sql, script) = match command {
        Command::Migrate(migrate::Migrate { reach, .. })
        | Command::Rollback(rollback::Rollback { reach })
        | Command::Redo(redo::Redo { reach }) => (reach.shows_sql(), reach.dry_run),
        Command::Create(_) | Command::Drop(_) | Command::Gen(_) | Command::Migrations(_) | Command::Repair(_) => (false, false),
    };
    Manner { format: global.format, color: global.color, quiet: global.quiet, sql, script }
}

fn asked_form(arguments: &[OsString]) -> Format {
    let words: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let joined = words.iter().find_map(|word| word.strip_prefix("--format="));
    let apart = words.windows(2).find_map(|pair| (pair[0] == "--format").then_some(pair[1]));
    joined.or(apart).and_then(|word| Format::from_str(word, false).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_tree_is_sound() {
        super::Cli::command().debug_assert();
    }
}
