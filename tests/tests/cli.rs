//! The command line, as transcripts: what was typed, what it said on both streams, its exit code, and what became of the files and
//! the database. Each folder of `cli/cases` is a case: `transcript` for every database, or one file for each that differs.
//! What their first lines say that they prove is held against docs/ecto-parity.md, database by database.
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

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use ecto_tests::{parity, server};
use libtest_mimic::{Arguments, Completion, Failed, Trial};

use cli::stage::{Database, Stage};
use cli::transcript;

fn main() -> ExitCode {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/cases");
    let mut folders: Vec<PathBuf> = fs::read_dir(cases).expect("the folder of cases").map(|entry| entry.expect("a case").path()).collect();
    folders.sort();
    let arguments = Arguments::from_args();
    let proved = [(Database::Sqlite, Proved::default()), (Database::Postgres, Proved::default())];
    let trials = folders.iter().flat_map(|folder| proved.each_ref().map(|(database, proved)| trial(folder, *database, proved)));
    let conclusion = libtest_mimic::run(&arguments, trials.flatten().collect());
    let is_whole = conclusion.num_filtered_out == 0 && conclusion.num_ignored == 0 && !arguments.list;
    if conclusion.has_failed() || !is_whole {
        return conclusion.exit_code();
    }
    if proved.map(|(database, proved)| agrees(database, &proved)) == [true, true] { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What the transcripts on one database have proved.
type Proved = Arc<Mutex<BTreeSet<String>>>;

fn agrees(database: Database, proved: &Proved) -> bool {
    let proved = proved.lock().unwrap_or_else(PoisonError::into_inner);
    parity::report("transcripts", database.title(), &proved.iter().map(String::as_str).collect())
}

/// The transcript of a case on one database, if it has one.
fn trial(folder: &Path, database: Database, proved: &Proved) -> Option<Trial> {
    let files = [folder.join("transcript"), folder.join(database.name())];
    let file = files.into_iter().find(|file| file.exists())?;
    let name = format!("{}::{}", folder.file_name()?.to_str()?, database.name());
    let before = folder.join("before");
    let (rows, proved) = (transcript::rows(&file), Arc::clone(proved));
    Some(Trial::ignorable_test(name, move || {
        let completed = run(&file, &before, database)?;
        proved.lock().unwrap_or_else(PoisonError::into_inner).extend(rows);
        Ok(completed)
    }))
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
