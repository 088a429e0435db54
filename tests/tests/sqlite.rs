//! Every case on SQLite.
use std::process::ExitCode;

use ecto_tests::setup::Sqlite;
use ecto_tests::{case, run};

fn main() -> ExitCode {
    run(Sqlite, case::all())
}
