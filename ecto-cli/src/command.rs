//! From the parsed command to what runs it.

pub mod create;
pub mod drop;
pub mod r#gen;
pub mod migrate;
pub mod migrations;
pub mod redo;
pub mod repair;
pub mod rollback;

use std::ffi::OsString;
use std::io::{IsTerminal as _, stdin};
use std::sync::Arc;

use ecto_core::adapter::{self, Adapter, ConnectOptions, PoolOptions};
use ecto_core::migration::Migrations;

use crate::app::App;
use crate::cli::{Cli, Command};
use crate::config::Config;
use crate::error::CliError;
use crate::output::Speaker;

/// Runs a command. Returns the exit code.
pub fn run(app: App, cli: Cli, arguments: &[OsString], voice: Speaker) -> Result<u8, CliError> {
    let config = Config::load(&cli.global)?;
    let answer = match (cli.global.yes, cli.global.no_input || !stdin().is_terminal()) {
        (true, _) => Answer::Yes,
        (false, true) => Answer::No,
        (false, false) => Answer::Ask,
    };
    let mut context = Context { config, built_in: app.into_migrations(), answer, voice, arguments };
    match cli.command {
        Command::Create(command) => create::run(&command, &mut context),
        Command::Drop(command) => drop::run(&command, &mut context),
        Command::Gen(command) => r#gen::run(&command, &mut context),
        Command::Migrate(command) => migrate::run(&command, context),
        Command::Rollback(command) => rollback::run(&command, context),
        Command::Redo(command) => redo::run(&command, context),
        Command::Migrations(command) => migrations::run(&command, context),
        Command::Repair(command) => repair::run(&command, context),
    }
}

/// What the commands share.
pub struct Context<'a> {
    pub config: Config,
    built_in: Option<Migrations>,
    answer: Answer,
    pub voice: Speaker,
    arguments: &'a [OsString],
}

/// What is said to a question.
#[derive(Debug, Clone, Copy)]
enum Answer {
    Yes,
    No,
    /// Somebody sits there.
    Ask,
}

/// The migrations to work with, or the exit code of the application that worked with its own.
pub enum Source {
    Here(Migrations),
    Done(u8),
}

impl Context<'_> {
    /// The database. Nothing is opened yet.
    pub fn adapter(&self) -> Result<Arc<dyn Adapter>, CliError> {
        Ok(adapter::open(self.config.url()?, ConnectOptions::default(), PoolOptions::default())?.0)
    }

    /// Asks where somebody can answer.
    pub fn confirms(&mut self, question: &str) -> bool {
        match self.answer {
            Answer::Yes => true,
            Answer::No => false,
            Answer::Ask => {
                self.voice.lock().question(&format!("{question} [y/N]"));
                let mut answer = String::new();
                stdin().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
            }
        }
    }

    /// Compiled migrations where the program has such; else those of the application, or of the folders.
    pub fn migrations(&mut self) -> Result<Source, CliError> {
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
