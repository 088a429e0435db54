//! Each case beside hand-written driver code, in the same run: `cargo run --release -p ecto-benches`, with a word to pick cases.
//!
//! The floor is what a person can do with the driver alone, written out in `floor`; the budgets are those of the design. PostgreSQL is measured where a
//! server is to be had: `ECTO_TEST_POSTGRES_URL`, else 127.0.0.1:5432. A ratio is the median over groups in which both run in turns, so that a noisy
//! machine shows in the quartiles and not in the ratio.
//!
//! With a number behind the word each side of a case runs so many times and nothing is timed. Then a profiler can count instructions, which are the same
//! whatever else the machine does: `valgrind --tool=callgrind --toggle-collect='*counted_ours*' target/release/ecto-benches 'SQLite: get by primary key' 1000`,
//! and again with `counted_floor`.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench fails by panicking, and reports on the terminal")]

mod case;
mod database;
mod fill;
mod floor;
mod measure;
mod model;
mod report;

use database::Database;
use report::Report;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (word, count) = (arguments.next(), arguments.next().map(|count| count.parse().expect("a number")));
    let mut report = Report::picking(word, count);
    measure::warm_allocator();
    report.head("without a database");
    case::pure::run(&mut report);
    for database in [Database::sqlite(), Database::postgres()] {
        match database {
            Ok(mut database) => run(&mut database, &mut report),
            Err(reason) => report.skipped(&reason),
        }
    }
    report.close();
}

fn run(database: &mut Database, report: &mut Report) {
    report.head(database.name);
    case::read::run(database, report);
    case::related::run(database, report);
    case::write::run(database, report);
    case::bulk::run(database, report);
    case::allocations::run(database, report);
    case::migrate::run(database, report);
}
