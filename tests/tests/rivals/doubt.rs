//! Statements as written that cannot stand in a transaction, and runs that end while one of them is under way: the catalogue tells the next
//! run whether it was done, and where nothing tells, a person is asked.

use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use ecto_core::Result;
use ecto_core::adapter::Connection;
use ecto_core::migration::{Event, Migrations};
use ecto_tests::Stage;
use ecto_tests::case;
use ecto_tests::case::{Case, Outcome};

use super::lists::{self, stepwise, whole};
use super::{child, crash};

pub const CASES: &[Case] = &[
    case!(each_statement_is_found_done_or_done_again, [], with prefixes),
    case!(what_may_be_done_twice_is_done_again, [], without prefixes),
    case!(a_database_that_was_being_made_is_in_doubt, [], with prefixes),
    case!(a_partition_detached_after_the_kill_is_found_apart, [], with prefixes),
    case!(a_partition_left_half_detached_is_detached_to_the_end, [], with prefixes),
    case!(a_detachment_that_is_still_under_way_is_waited_for, [], with prefixes),
    case!(what_a_rebuild_of_indexes_left_is_cleared_away, [], with prefixes),
];

const ADD: &str = "ALTER TYPE mood ADD VALUE 'on hold, again' AFTER 'glad'";
const VALIDATE: &str = "ALTER TABLE events VALIDATE CONSTRAINT \"Known mood\"";
const DETACH: &str = "ALTER TABLE events DETACH PARTITION events_old CONCURRENTLY";
const REINDEX: &str = "REINDEX (VERBOSE, CONCURRENTLY) TABLE events_new";
const VACUUM: &str = "VACUUM (ANALYZE) events_new";

/// One migration that makes ready, and one with these steps and a last one behind them.
pub fn steps(statements: &'static [&str]) -> Migrations {
    Migrations::new().add(1, "start", whole(|m| START.iter().for_each(|sql| m.execute(*sql)))).add(
        2,
        "steps",
        stepwise(|m| {
            statements.iter().for_each(|sql| m.execute(*sql));
            m.create_table("last", |_| {});
        }),
    )
}

const START: [&str; 6] = [
    "CREATE TYPE mood AS ENUM ('sad', 'glad')",
    "CREATE TABLE events (id bigint, mood mood, note text) PARTITION BY RANGE (id)",
    "CREATE TABLE events_old PARTITION OF events FOR VALUES FROM (0) TO (10)",
    "CREATE TABLE events_new PARTITION OF events FOR VALUES FROM (10) TO (20)",
    "CREATE INDEX events_index ON events_new (id)",
    "ALTER TABLE events ADD CONSTRAINT \"Known mood\" CHECK (mood IS NOT NULL) NOT VALID",
];

/// All of them.
pub fn as_written() -> Migrations {
    steps(&[ADD, VALIDATE, DETACH, REINDEX, VACUUM])
}

/// The one that is two transactions.
pub fn detach() -> Migrations {
    steps(&[DETACH])
}

/// What SQLite does outside of a transaction.
pub fn repeatable() -> Migrations {
    Migrations::new().add(
        1,
        "tidy",
        stepwise(|m| {
            ["VACUUM", "REINDEX", "PRAGMA journal_mode = WAL"].iter().for_each(|sql| m.execute(*sql));
            m.create_table("last", |_| {});
        }),
    )
}

/// Runs what is left, and says what was repaired.
fn finish(stage: &Stage, migrations: &Migrations) -> Result<Vec<String>> {
    let mut repaired = Vec::new();
    lists::up_telling(stage, migrations, &mut |event| {
        if let Event::Repaired { what } = event {
            repaired.push(what.to_owned());
        }
    })?;
    Ok(repaired)
}

fn is_so(stage: &Stage, condition: &str) -> bool {
    lists::numbers(stage, &format!("SELECT count(*) WHERE {condition}")) == [1]
}

const ADDED: &str = "(SELECT string_agg(enumlabel, '|' ORDER BY enumsortorder) FROM pg_enum) = 'sad|glad|on hold, again'";
const VALIDATED: &str =
    "EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'Known mood' AND conrelid = 'events'::regclass AND convalidated)";
const APART: &str = "NOT (SELECT relispartition FROM pg_class WHERE oid = 'events_old'::regclass)";
const LAST: &str = "to_regclass('last') IS NOT NULL";

fn each_statement_is_found_done_or_done_again(stage: &Stage) -> Outcome {
    for (sql, effect) in [(ADD, Some(ADDED)), (VALIDATE, Some(VALIDATED)), (DETACH, Some(APART)), (REINDEX, None), (VACUUM, None)] {
        for moment in ["statement", "performed"] {
            let was_done = moment == "performed";
            crash::killed(stage, "as written", &format!("{moment} {sql}"));
            assert!(effect.is_none_or(|effect| is_so(stage, effect) == was_done), "{moment} {sql}");
            let found = if was_done && effect.is_some() { vec![format!("found done: {sql}")] } else { Vec::new() };
            assert_eq!(finish(stage, &as_written())?, found, "{moment} {sql}");
            assert!([ADDED, VALIDATED, APART, LAST].iter().all(|effect| is_so(stage, effect)), "{moment} {sql}");
            assert_eq!(lists::recorded(stage), [1, 2]);
            stage.repo.query("DROP SCHEMA public CASCADE", ())?;
            stage.repo.query("CREATE SCHEMA public", ())?;
        }
    }
    Ok(())
}

fn what_may_be_done_twice_is_done_again(stage: &Stage) -> Outcome {
    for sql in ["VACUUM", "REINDEX", "PRAGMA journal_mode = WAL"] {
        for moment in ["statement", "performed"] {
            crash::killed(stage, "repeatable", &format!("{moment} {sql}"));
            assert_eq!(finish(stage, &repeatable())?, [""; 0], "{moment} {sql}");
            assert_eq!(lists::recorded(stage), [1]);
            stage.repo.query("DROP TABLE last", ())?;
            stage.repo.query("DELETE FROM schema_migrations", ())?;
        }
    }
    Ok(())
}

/// Whether one that is there is this one, or somebody else's of that name, nothing tells.
pub fn making_a_database() -> Migrations {
    steps(&["CREATE DATABASE ecto_never_made"])
}

fn a_database_that_was_being_made_is_in_doubt(stage: &Stage) -> Outcome {
    crash::killed(stage, "database", "statement CREATE DATABASE");
    let error = lists::up(stage, &making_a_database()).unwrap_err();
    assert!(error.is_half_done() && error.message().contains("CREATE DATABASE ecto_never_made"), "{error}");
    Ok(())
}

/// Is the partition marked as half detached?
const PENDING: &str = "EXISTS (SELECT 1 FROM pg_inherits WHERE inhdetachpending)";
const CANCEL: &str = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() \
                      AND (query LIKE 'ALTER TABLE%CONCURRENTLY' OR query LIKE 'REINDEX%')";
const DETACHING: &str = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' \
                         AND query LIKE 'ALTER TABLE%CONCURRENTLY'";

fn until(stage: &Stage, condition: &str) {
    let started = Instant::now();
    while !is_so(stage, condition) {
        assert!(started.elapsed() < Duration::from_secs(20), "never so: {condition}");
        sleep(Duration::from_millis(20));
    }
}

/// A session with an old transaction, which the detachment waits for in its middle.
fn hold(stage: &Stage) -> Result<Box<dyn Connection>> {
    let mut old = lists::connection(stage);
    old.script("BEGIN; SELECT count(*) FROM events")?;
    Ok(old)
}

/// Kills a run in the middle of a detachment, which cannot end before the session that is given is through.
fn killed_while_detaching(stage: &Stage) -> Result<Box<dyn Connection>> {
    crash::killed(stage, "detach", "finished 1");
    let old = hold(stage)?;
    let mut detaching = child::start(&stage.url, "detach", "never");
    until(stage, PENDING);
    detaching.kill().unwrap();
    detaching.wait().unwrap();
    Ok(old)
}

/// The server goes on without its client, holding the lock of the run.
fn a_partition_detached_after_the_kill_is_found_apart(stage: &Stage) -> Outcome {
    let mut old = killed_while_detaching(stage)?;
    thread::spawn(move || {
        sleep(Duration::from_millis(600));
        old.script("COMMIT").unwrap();
    });
    assert_eq!(finish(stage, &detach())?, [format!("found done: {DETACH}")]);
    assert!(is_so(stage, APART) && is_so(stage, LAST));
    Ok(())
}

/// To send the statement again would be an error: `already pending detach`.
fn a_partition_left_half_detached_is_detached_to_the_end(stage: &Stage) -> Outcome {
    let mut old = killed_while_detaching(stage)?;
    stage.repo.query(CANCEL, ())?;
    until(stage, &format!("NOT EXISTS ({DETACHING})"));
    old.script("COMMIT")?;
    assert!(is_so(stage, PENDING) && !is_so(stage, LAST));
    assert_eq!(finish(stage, &detach())?, ["ALTER TABLE events DETACH PARTITION events_old FINALIZE"]);
    assert!(is_so(stage, APART) && is_so(stage, LAST) && !is_so(stage, PENDING));
    assert_eq!(lists::recorded(stage), [1, 2]);
    Ok(())
}

fn a_detachment_that_is_still_under_way_is_waited_for(stage: &Stage) -> Outcome {
    crash::killed(stage, "detach", &format!("statement {DETACH}"));
    let old = hold(stage)?;
    let mut other = lists::connection(stage);
    let mut waited = 0;
    thread::scope(|scope| {
        let mut old = Some(old);
        // As the server does whose client was killed, but without the lock of the run.
        scope.spawn(move || other.script(DETACH).unwrap());
        until(stage, PENDING);
        let ran = lists::up_telling(stage, &detach(), &mut |event| {
            if let Event::Running { what, .. } = event {
                assert_eq!(what, DETACH);
                waited += 1;
                old.take().into_iter().for_each(|mut old| old.script("COMMIT").unwrap());
            }
        });
        assert_eq!(ran.unwrap(), [2]);
    });
    assert!(waited > 0 && is_so(stage, APART) && is_so(stage, LAST));
    Ok(())
}

/// The half-made copies are of no use, and cost with every row; also those beside long texts.
fn what_a_rebuild_of_indexes_left_is_cleared_away(stage: &Stage) -> Outcome {
    const LEFT: &str =
        "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname ~ '_cc(new|old)' AND NOT i.indisvalid";
    const BOTH: [&str; 2] = ["REINDEX TABLE CONCURRENTLY events_new", "REINDEX SCHEMA CONCURRENTLY public"];
    lists::up(stage, &detach())?;
    for (version, sql) in (3..).zip(BOTH) {
        let again = Migrations::new().add(version, sql, stepwise(move |m| m.execute(sql)));
        let mut old = lists::connection(stage);
        old.script("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM events_new")?;
        let failed = thread::scope(|scope| {
            // Goes when this ends, however it ends: nobody waits for it then.
            let _old = old;
            let run = scope.spawn(|| lists::up(stage, &again).unwrap_err());
            until(stage, "EXISTS (SELECT 1 FROM pg_stat_progress_create_index WHERE phase = 'waiting for old snapshots')");
            stage.repo.query(CANCEL, ()).unwrap();
            run.join().unwrap()
        });
        assert!(failed.message().contains(sql), "{failed}");
        let left = lists::numbers(stage, LEFT)[0];
        assert!(left > 0, "nothing was left");
        assert_eq!(finish(stage, &again)?.len(), usize::try_from(left)?);
        assert_eq!(lists::numbers(stage, LEFT), [0]);
        assert!(is_so(stage, "EXISTS (SELECT 1 FROM pg_index WHERE indexrelid = 'events_index'::regclass AND indisvalid)"));
    }
    Ok(())
}
