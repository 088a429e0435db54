//! Runs cases on databases, says which rows they proved, and holds that against the table.

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use libtest_mimic::{Arguments, Completion, Failed, Trial};

use crate::case::Case;
use crate::setup::{Postgres, Setup, Sqlite};
use crate::{Stage, parity, server};

type Proved = Arc<Mutex<BTreeSet<&'static str>>>;

/// Runs all cases that the database can do, and compares what they proved with docs/ecto-parity.md. Nothing is compared where
/// only some were asked for, or where one failed.
#[must_use]
pub fn run(setup: impl Setup, cases: Vec<Case>) -> ExitCode {
    let arguments = Arguments::from_args();
    let setup = Arc::new(setup);
    let proved = Proved::default();
    let conclusion = libtest_mimic::run(&arguments, trials("", &setup, cases, &proved));
    setup.finish();
    let is_whole = conclusion.num_filtered_out == 0 && conclusion.num_ignored == 0 && !arguments.list;
    if conclusion.has_failed() || !is_whole {
        return conclusion.exit_code();
    }
    agree(parity::report("suite", setup.database(), &proved.lock().unwrap_or_else(PoisonError::into_inner)))
}

fn agree(agrees: bool) -> ExitCode {
    if agrees { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs the cases on every database that is to be had, under its name, and compares what they proved as [`run`] does. The table knows
/// them by the word `prover`.
#[must_use]
pub fn run_everywhere(prover: &str, cases: &[Case]) -> ExitCode {
    let arguments = Arguments::from_args();
    let (sqlite, postgres) = (Arc::new(Sqlite), Postgres::find().map(Arc::new));
    let proved = [("SQLite", Proved::default()), ("PostgreSQL", Proved::default())];
    let mut all = trials("sqlite::", &sqlite, cases.to_vec(), &proved[0].1);
    match &postgres {
        Ok(postgres) => all.extend(trials("postgres::", postgres, cases.to_vec(), &proved[1].1)),
        &Err(reason) => all.extend(ignored("postgres::", cases, move || missing(reason))),
    }
    let conclusion = libtest_mimic::run(&arguments, all);
    if let Ok(postgres) = postgres {
        postgres.finish();
    }
    let is_whole = conclusion.num_filtered_out == 0 && conclusion.num_ignored == 0 && !arguments.list;
    if conclusion.has_failed() || !is_whole {
        return conclusion.exit_code();
    }
    let report =
        |(database, proved): (&str, Proved)| parity::report(prover, database, &proved.lock().unwrap_or_else(PoisonError::into_inner));
    agree(proved.map(report) == [true, true])
}

/// The same if there is no reason against it; else says of every case, on every database, why it does not run.
#[must_use]
pub fn run_everywhere_unless(reason: Option<&'static str>, prover: &str, cases: &[Case]) -> ExitCode {
    let Some(reason) = reason else { return run_everywhere(prover, cases) };
    let all = ["sqlite::", "postgres::"].map(|prefix| ignored(prefix, cases, move || Ok(Completion::ignored_with(reason))));
    libtest_mimic::run(&Arguments::from_args(), all.into_iter().flatten().collect()).exit_code()
}

/// Says of every case why it does not run; fails where a server is required.
#[must_use]
pub fn without_server(reason: &'static str, cases: &[Case]) -> ExitCode {
    libtest_mimic::run(&Arguments::from_args(), ignored("", cases, move || missing(reason))).exit_code()
}

/// Trials that do not run their cases, and answer why.
fn ignored(prefix: &str, cases: &[Case], answer: impl Fn() -> Result<Completion, Failed> + Copy + Send + 'static) -> Vec<Trial> {
    cases.iter().map(|case| Trial::ignorable_test(name(prefix, case), answer)).collect()
}

fn missing(reason: &str) -> Result<Completion, Failed> {
    if server::is_required() { Err(format!("ECTO_REQUIRE_POSTGRES is set: {reason}").into()) } else { Ok(Completion::ignored_with(reason)) }
}

fn name(prefix: &str, case: &Case) -> String {
    format!("{prefix}{}", case.name.trim_start_matches("ecto_tests::case::"))
}

/// The cases that the database can do, to be run on a stage each.
fn trials(prefix: &str, setup: &Arc<impl Setup>, cases: Vec<Case>, proved: &Proved) -> Vec<Trial> {
    let capabilities = match Stage::set(&**setup) {
        Ok(stage) => stage.capabilities(),
        Err(error) => return vec![Trial::test(format!("{prefix}a database can be had"), move || Err(error.into()))],
    };
    cases.into_iter().filter(|case| case.needs.admit(capabilities)).map(|case| trial(prefix, case, setup, proved)).collect()
}

fn trial(prefix: &str, case: Case, setup: &Arc<impl Setup>, proved: &Proved) -> Trial {
    let (setup, proved) = (Arc::clone(setup), Arc::clone(proved));
    Trial::test(name(prefix, &case), move || {
        let stage = Stage::set(&*setup).map_err(|error| format!("the stage could not be set: {error:?}"))?;
        (case.run)(&stage).map_err(|error| format!("{error:?}"))?;
        proved.lock().unwrap_or_else(PoisonError::into_inner).extend(case.rows);
        Ok::<_, Failed>(())
    })
}
