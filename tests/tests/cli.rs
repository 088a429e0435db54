//! The command line, as transcripts: what was typed, what it said on both streams, its exit code, and what became of the files and
//! the database. Each folder of `cli/cases` is a case: `transcript` for every database, or one file for each that differs.
//! `ECTO_BLESS=1` writes down what is said now; read the difference before you keep it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking, and says why on the terminal")]

mod cli {
    pub mod doorman;
    pub mod inspect;
    pub mod mask;
    pub mod running;
    pub mod stage;
    pub mod transcript;
}

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ecto_tests::server;
use libtest_mimic::{Arguments, Completion, Failed, Trial};

use cli::stage::{Database, Stage};
use cli::transcript;

fn main() -> ExitCode {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/cases");
    let mut folders: Vec<PathBuf> = fs::read_dir(cases).expect("the folder of cases").map(|entry| entry.expect("a case").path()).collect();
    folders.sort();
    let trials = folders.iter().flat_map(|folder| [Database::Sqlite, Database::Postgres].map(|database| trial(folder, database)));
    libtest_mimic::run(&Arguments::from_args(), trials.flatten().collect()).exit_code()
}

/// The transcript of a case on one database, if it has one.
fn trial(folder: &Path, database: Database) -> Option<Trial> {
    let files = [folder.join("transcript"), folder.join(database.name())];
    let file = files.into_iter().find(|file| file.exists())?;
    let name = format!("{}::{}", folder.file_name()?.to_str()?, database.name());
    let before = folder.join("before");
    Some(Trial::ignorable_test(name, move || run(&file, &before, database)))
}

fn run(file: &Path, before: &Path, database: Database) -> Result<Completion, Failed> {
    if database == Database::Postgres {
        match server::url() {
            Err(reason) if server::is_required() => return Err(format!("ECTO_REQUIRE_POSTGRES is set: {reason}").into()),
            Err(reason) => return Ok(Completion::ignored_with(reason)),
            Ok(_) => {}
        }
    }
    let stage = Stage::set(before, database);
    transcript::check(file, |command| stage.run(command)).map_err(Failed::from)?;
    Ok(Completion::Completed)
}
