//! From the parsed command to what runs it.

pub mod create;
pub mod drop;
pub mod r#gen;
pub mod migrate;
pub mod migrations;
pub mod rollback;

use std::ffi::OsString;
use std::sync::Arc;
use std::time::Instant;

use ecto_core::adapter::{self, Adapter, ConnectOptions, PoolOptions};
use ecto_core::migration::{Direction, Migrations, Migrator, Until};

use crate::app::App;
use crate::cli::{Cli, Command};
use crate::config::Config;
use crate::error::CliError;
use crate::output::{self, Progress};

/// Runs a command. Returns the exit code.
pub fn run(app: App, cli: Cli, arguments: &[OsString]) -> Result<u8, CliError> {
    let config = Config::load(&cli.global)?;
    let context = Context { config, built_in: app.into_migrations(), quiet: cli.global.quiet, arguments };
    match cli.command {
        Command::Create(command) => create::run(&command, &context),
        Command::Drop(command) => drop::run(&command, &context),
        Command::Gen(command) => r#gen::run(&command, &context),
        Command::Migrate(command) => migrate::run(&command, context),
        Command::Rollback(command) => rollback::run(&command, context),
        Command::Migrations(command) => migrations::run(&command, context),
    }
}

/// What the commands share.
pub struct Context<'a> {
    pub config: Config,
    built_in: Option<Migrations>,
    pub quiet: bool,
    arguments: &'a [OsString],
}

/// The migrations to work with, or the exit code of the application that worked with its own.
enum Source {
    Here(Migrations),
    Done(u8),
}

impl Context<'_> {
    /// The database. Nothing is opened yet.
    pub fn adapter(&self) -> Result<Arc<dyn Adapter>, CliError> {
        Ok(adapter::open(self.config.url()?, ConnectOptions::default(), PoolOptions::default())?.0)
    }

    /// Compiled migrations where the program has such; else those of the application, or of the folders.
    fn migrations(&mut self) -> Result<Source, CliError> {
        if let Some(built_in) = self.built_in.take() {
            return folders(built_in, self.config.named_folders()).map(Source::Here);
        }
        if let Some(app) = &self.config.app {
            return crate::delegate::run(app, self.arguments).map(Source::Done);
        }
        if let Some(folder) = self.config.rust_folder() {
            return Err(CliError::RustWithoutApp { folder: folder.display().to_string() });
        }
        folders(Migrations::new(), &self.config.sql_folders()).map(Source::Here)
    }
}

fn folders(mut migrations: Migrations, folders: &[std::path::PathBuf]) -> Result<Migrations, CliError> {
    for folder in folders {
        migrations = migrations.folder(folder)?;
    }
    Ok(migrations)
}

/// How far to go, and what to show: the flags that `migrate` and `rollback` share.
#[derive(Debug, clap::Args)]
pub struct Reach {
    /// So many migrations
    #[arg(short = 'n', long, value_name = "NUMBER", conflicts_with_all = ["to", "to_exclusive", "all"])]
    step: Option<usize>,
    /// As far as this version, and this one too
    #[arg(long, value_name = "VERSION", conflicts_with_all = ["to_exclusive", "all"])]
    to: Option<i64>,
    /// As far as this version, but not this one
    #[arg(long, value_name = "VERSION", conflicts_with = "all")]
    to_exclusive: Option<i64>,
    /// All of them
    #[arg(long)]
    all: bool,
    /// Show the SQL of each statement
    #[arg(long)]
    log_migrations_sql: bool,
    /// A named schema of the database
    #[arg(long, value_name = "PREFIX")]
    prefix: Option<String>,
}

impl Reach {
    fn until(&self, usual: Until) -> Until {
        let steps = self.step.map(Until::Steps);
        let version = self.to.map(Until::Version).or(self.to_exclusive.map(Until::Before));
        steps.or(version).unwrap_or(if self.all { Until::All } else { usual })
    }
}

/// Runs migrations in one direction, and shows it.
fn migrate_to(reach: &Reach, until: Until, direction: Direction, strict: bool, mut context: Context<'_>) -> Result<u8, CliError> {
    if reach.prefix.is_some() {
        return Err(CliError::Flag { flag: "--prefix" });
    }
    let migrations = match context.migrations()? {
        Source::Done(code) => return Ok(code),
        Source::Here(migrations) => migrations,
    };
    let adapter = context.adapter()?;
    let progress = Progress { quiet: context.quiet, sql: reach.log_migrations_sql };
    let started = Instant::now();
    let migrator = Migrator::new(&adapter, &migrations).strict_version_order(strict);
    let versions = migrator.run(direction, reach.until(until), &mut |event| progress.show(event))?;
    if !context.quiet {
        output::summary(direction, versions.len(), started.elapsed());
    }
    Ok(0)
}
