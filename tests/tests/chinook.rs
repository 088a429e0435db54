//! Real input: the Chinook music shop, 11 tables with 15 607 rows, through migrations, schemas and changesets into every database, and
//! questions about it, whose answers are equal on all databases and equal to hand-written SQL.
//!
//! The data is not part of the project: `chinook/data.rs` says where it is looked for. Without it every case is ignored.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(missing_docs, reason = "the schemas of an application, as it would write them")]

mod chinook {
    pub mod answers;
    pub mod data;
    pub mod import;
    pub mod migrations;
    pub mod read_back;
    pub mod refusals;
    pub mod schemas;
    pub mod sql;
}

use std::process::ExitCode;

use ecto_tests::case::Case;
use ecto_tests::run_everywhere_unless;

use chinook::{answers, data, import, migrations, refusals};

fn main() -> ExitCode {
    let cases: Vec<Case> = [migrations::CASES, import::CASES, refusals::CASES, answers::CASES].concat();
    run_everywhere_unless(data::reason_to_ignore(), "chinook", &cases)
}
