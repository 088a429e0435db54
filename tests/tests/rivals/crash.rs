//! Runs that are killed at every boundary. After each, all or nothing of a migration is there, and the next run finishes.

use std::thread::sleep;
use std::time::{Duration, Instant};

use ecto_core::migration::{Event, Migrator, State};
use ecto_tests::Stage;
use ecto_tests::case;
use ecto_tests::case::{Case, Outcome};

use super::{child, lists};

pub const CASES: &[Case] = &[
    case!(killed_while_it_waits_for_the_lock, []),
    case!(killed_with_the_lock, []),
    case!(killed_in_a_transaction, []),
    case!(killed_after_the_commit, []),
    case!(killed_between_the_note_and_the_statement, []),
    case!(killed_between_the_statement_and_the_note, []),
    case!(killed_around_a_statement_as_written, []),
    case!(killed_at_the_last_step, []),
    case!(killed_while_an_index_is_built, [], with prefixes),
    case!(killed_and_the_index_left_invalid, [], with prefixes),
];

/// Runs a list in a process that kills itself at a moment.
pub fn killed(stage: &Stage, list: &str, die: &str) {
    let status = child::start(&stage.url, list, die).wait_with_output().unwrap().status;
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(9), "it lived: {status}");
}

/// Runs what is left, and says what was repaired; a lock that a dead process left would keep it for longer than it waits.
fn finish(stage: &Stage, expected: &[i64]) -> Vec<String> {
    let mut repaired = Vec::new();
    let ran = lists::up_telling(stage, &lists::steps(), &mut |event| {
        if let Event::Repaired { what } = event {
            repaired.push(what.to_owned());
        }
    });
    assert_eq!(ran.unwrap(), expected);
    assert_eq!((lists::recorded(stage), lists::ran(stage)), (vec![1, 2], vec![1, 2]));
    assert_eq!(lists::numbers(stage, "SELECT count(text) FROM logs"), [0]);
    assert_eq!(valid_indexes(stage), [1]);
    assert_eq!(lists::numbers(stage, "SELECT count(*) FROM schema_migration_steps"), [0]);
    repaired
}

/// How many indexes `users_by_name` there are that can be used.
pub fn valid_indexes(stage: &Stage) -> Vec<i64> {
    lists::numbers(
        stage,
        match stage.capabilities().prefixes {
            true => "SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('users_by_name') AND indisvalid",
            false => "SELECT count(*) FROM sqlite_schema WHERE name = 'users_by_name'",
        },
    )
}

fn partial(stage: &Stage) -> State {
    let (adapter, migrations) = (lists::adapter(&stage.url), lists::steps());
    Migrator::new(&adapter, &migrations).status().unwrap()[1].state
}

fn killed_while_it_waits_for_the_lock(stage: &Stage) -> Outcome {
    super::wait::while_held(stage, || {
        let mut waiting = child::start(&stage.url, "five", "never");
        child::listen(&mut waiting, "ready");
        sleep(Duration::from_millis(300));
        waiting.kill().unwrap();
        waiting.wait().unwrap();
    });
    assert_eq!(lists::recorded(stage), [900]);
    assert_eq!(lists::up(stage, &lists::five())?, [1, 2, 3, 4, 5]);
    Ok(())
}

fn killed_with_the_lock(stage: &Stage) -> Outcome {
    killed(stage, "steps", "locked");
    assert!(lists::recorded(stage).is_empty());
    finish(stage, &[1, 2]);
    Ok(())
}

fn killed_in_a_transaction(stage: &Stage) -> Outcome {
    killed(stage, "steps", "performed INSERT INTO ran (version) VALUES (1)");
    assert!(lists::recorded(stage).is_empty() && stage.repo.query("SELECT 1 FROM users", ()).is_err());
    finish(stage, &[1, 2]);
    Ok(())
}

fn killed_after_the_commit(stage: &Stage) -> Outcome {
    killed(stage, "steps", "finished 1");
    assert_eq!((lists::recorded(stage), lists::ran(stage)), (vec![1], vec![1]));
    finish(stage, &[2]);
    Ok(())
}

fn killed_between_the_note_and_the_statement(stage: &Stage) -> Outcome {
    killed(stage, "steps", "statement users_by_name");
    assert_eq!(lists::recorded(stage), [1]);
    assert_eq!(partial(stage), State::Partial { done: 1, of: 4 });
    assert_eq!(finish(stage, &[2]), [""; 0]);
    Ok(())
}

fn killed_between_the_statement_and_the_note(stage: &Stage) -> Outcome {
    killed(stage, "steps", "performed users_by_name");
    assert_eq!(valid_indexes(stage), [1]);
    assert_eq!(finish(stage, &[2]).len(), 1);
    Ok(())
}

/// Nobody can see whether such a statement was done; both sides of it look the same.
fn killed_around_a_statement_as_written(stage: &Stage) -> Outcome {
    killed(stage, "steps", "performed INSERT INTO ran (version) VALUES (2)");
    let error = lists::up(stage, &lists::steps()).unwrap_err();
    assert!(error.is_half_done() && error.message().contains("step 3 of 4") && error.message().contains("VALUES (2)"), "{error}");
    assert!(error.hint().unwrap().contains("`ecto repair 2 --step 3 --done`"), "{error}");
    let (adapter, migrations) = (lists::adapter(&stage.url), lists::steps());
    Migrator::new(&adapter, &migrations).step_done(2, 3, &mut |_| {})?;
    finish(stage, &[2]);
    Ok(())
}

/// The last step is a change that is made together with the version.
fn killed_at_the_last_step(stage: &Stage) -> Outcome {
    killed(stage, "steps", "performed ALTER TABLE");
    assert_eq!(partial(stage), State::Partial { done: 3, of: 4 });
    assert!(stage.repo.query("SELECT text FROM logs", ()).is_err());
    finish(stage, &[2]);
    Ok(())
}

/// Waits until an index is being built.
pub fn await_index(stage: &Stage) {
    let started = Instant::now();
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' \
               AND query LIKE 'CREATE INDEX CONCURRENTLY%'";
    while lists::numbers(stage, sql) == [0] {
        assert!(started.elapsed() < Duration::from_secs(20), "no index is built");
        sleep(Duration::from_millis(20));
    }
}

/// Kills a run that is building an index, which cannot end before `release` is called.
fn killed_while_building(stage: &Stage, release: impl FnOnce(Box<dyn ecto_core::adapter::Connection>)) {
    killed(stage, "steps", "finished 1");
    let mut old = lists::connection(stage);
    old.script("BEGIN; INSERT INTO users (name) VALUES ('Al')").unwrap();
    let mut building = child::start(&stage.url, "steps", "never");
    await_index(stage);
    building.kill().unwrap();
    building.wait().unwrap();
    release(old);
}

/// The server goes on without its client, holding the lock: the next run waits, and finds the index.
fn killed_while_an_index_is_built(stage: &Stage) -> Outcome {
    killed_while_building(stage, |mut old| {
        std::thread::spawn(move || {
            sleep(Duration::from_millis(600));
            old.script("COMMIT").unwrap();
        });
    });
    let repaired = finish(stage, &[2]);
    assert!(repaired.len() == 1 && repaired[0].starts_with("found done"), "{repaired:?}");
    Ok(())
}

fn killed_and_the_index_left_invalid(stage: &Stage) -> Outcome {
    killed_while_building(stage, |mut old| {
        let orphan =
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'CREATE INDEX CONC%'";
        stage.repo.query(orphan, ()).unwrap();
        old.script("COMMIT").unwrap();
    });
    let repaired = finish(stage, &[2]);
    assert!(repaired.len() == 1 && repaired[0].starts_with("DROP INDEX CONCURRENTLY"), "{repaired:?}");
    Ok(())
}
