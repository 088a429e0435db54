//! Runs the cases on one database, says which rows they proved, and holds that against the table.

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use libtest_mimic::{Arguments, Completion, Failed, Trial};

use crate::case::Case;
use crate::{Setup, parity, server};

type Proved = Arc<Mutex<BTreeSet<&'static str>>>;

/// Runs all cases that the database can do, and compares what they proved with docs/ecto-parity.md. Nothing is compared where
/// only some were asked for, or where one failed.
pub fn run(setup: impl Setup, cases: Vec<Case>) -> ExitCode {
    let arguments = Arguments::from_args();
    let setup = Arc::new(setup);
    let proved = Proved::default();
    let trials = cases.into_iter().filter(|case| case.needs.admit(setup.capabilities())).map(|case| trial(case, &setup, &proved)).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    setup.finish();
    let is_whole = conclusion.num_filtered_out == 0 && conclusion.num_ignored == 0 && !arguments.list;
    if conclusion.has_failed() || !is_whole {
        return conclusion.exit_code();
    }
    let proved = proved.lock().unwrap_or_else(PoisonError::into_inner);
    report(setup.database(), &proved)
}

fn trial(case: Case, setup: &Arc<impl Setup>, proved: &Proved) -> Trial {
    let (setup, proved) = (Arc::clone(setup), Arc::clone(proved));
    let name = case.name.trim_start_matches("ecto_tests::case::").to_owned();
    Trial::test(name, move || {
        let stage = setup.stage().map_err(|error| format!("the stage could not be set: {error:?}"))?;
        (case.run)(&stage).map_err(|error| format!("{error:?}"))?;
        proved.lock().unwrap_or_else(PoisonError::into_inner).extend(case.rows);
        Ok::<_, Failed>(())
    })
}

fn report(database: &str, proved: &BTreeSet<&str>) -> ExitCode {
    println!("ids on {database}: {}", proved.iter().copied().collect::<Vec<_>>().join(" "));
    let disagreements = parity::disagreements(database, proved);
    for disagreement in &disagreements {
        eprintln!("docs/ecto-parity.md: {disagreement}");
    }
    if disagreements.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Says of every case why it does not run; fails where a server is required.
#[must_use]
pub fn without_server(reason: &'static str, cases: Vec<Case>) -> ExitCode {
    let trials =
        cases.into_iter().map(|case| Trial::ignorable_test(case.name.trim_start_matches("ecto_tests::case::"), move || missing(reason)));
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn missing(reason: &str) -> Result<Completion, Failed> {
    if server::is_required() { Err(format!("ECTO_REQUIRE_POSTGRES is set: {reason}").into()) } else { Ok(Completion::ignored_with(reason)) }
}
