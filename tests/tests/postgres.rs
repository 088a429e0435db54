//! Every case on PostgreSQL.
use std::process::ExitCode;

use ecto_tests::setup::Postgres;
use ecto_tests::{case, run, without_server};

fn main() -> ExitCode {
    match Postgres::find() {
        Ok(postgres) => run(postgres, case::all()),
        Err(reason) => without_server(reason, &case::all()),
    }
}
