//! A run that is stopped from outside.

use std::thread;
use std::time::{Duration, Instant};

use ecto_core::Error;
use ecto_core::migration::{Direction, Event, Migrations, Migrator, Until};
use ecto_tests::Stage;
use ecto_tests::case;
use ecto_tests::case::{Case, Outcome};

use super::lists::{self, stepwise, whole};

pub const CASES: &[Case] = &[
    case!(a_long_statement_is_cancelled, []),
    case!(a_long_step_is_cancelled_and_noted, []),
    case!(a_wait_for_the_lock_ends, []),
    case!(nothing_begins_after_it, []),
];

/// A statement that would take longer than anyone waits.
pub fn long(stage: &Stage) -> &'static str {
    match stage.capabilities().prefixes {
        true => "SELECT pg_sleep(60)",
        false => {
            "INSERT INTO ran (version) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) \
             SELECT count(*) FROM n"
        }
    }
}

/// Stops the run a moment after the event is told.
fn stopped_at(stage: &Stage, migrations: &Migrations, at: fn(Event<'_>) -> bool) -> Error {
    let adapter = lists::adapter(&stage.url);
    let migrator = Migrator::new(&adapter, migrations);
    let interrupt = migrator.interrupt();
    let mut started = None;
    let outcome = thread::scope(|scope| {
        migrator.run(Direction::Up, Until::All, &mut |event| {
            if at(event) {
                started = Some(Instant::now());
                let interrupt = interrupt.clone();
                scope.spawn(move || {
                    thread::sleep(Duration::from_millis(200));
                    interrupt.stop();
                });
            }
        })
    });
    let error = outcome.unwrap_err();
    assert!(error.is_interrupted(), "{error}");
    assert!(started.unwrap().elapsed() < Duration::from_secs(5));
    error
}

fn is_statement(event: Event<'_>) -> bool {
    matches!(event, Event::Statement { sql } if sql.contains("pg_sleep") || sql.contains("RECURSIVE"))
}

fn a_long_statement_is_cancelled(stage: &Stage) -> Outcome {
    lists::up(stage, &lists::five())?;
    let sql = long(stage);
    let migrations = Migrations::new()
        .add(
            20,
            "long",
            whole(move |m| {
                m.create_table("half", |_| {});
                m.execute(sql);
            }),
        )
        .add(21, "later", whole(|m| m.create_table("later", |_| {})));
    stopped_at(stage, &migrations, is_statement);
    assert_eq!(lists::recorded(stage), [1, 2, 3, 4, 5]);
    assert!(stage.repo.query("SELECT 1 FROM half", ()).is_err() && stage.repo.query("SELECT 1 FROM later", ()).is_err());
    // The lock is free again.
    let (adapter, short) = (lists::adapter(&stage.url), Migrations::new().add(22, "short", whole(|m| m.flush())));
    assert_eq!(Migrator::new(&adapter, &short).lock_wait(Duration::from_secs(1)).run(Direction::Up, Until::All, &mut |_| {})?, [22]);
    Ok(())
}

/// It was refused, and that is known: the next run does it again.
fn a_long_step_is_cancelled_and_noted(stage: &Stage) -> Outcome {
    lists::up(stage, &lists::five())?;
    let sql = long(stage);
    let list = |sql: &'static str| {
        Migrations::new().add(
            20,
            "long",
            stepwise(move |m| {
                m.create_table("half", |_| {});
                m.execute(sql);
            }),
        )
    };
    stopped_at(stage, &list(sql), is_statement);
    assert_eq!(lists::recorded(stage), [1, 2, 3, 4, 5]);
    let states = stage.repo.query("SELECT state FROM schema_migration_steps ORDER BY step", ())?.load::<String>()?;
    assert_eq!(states, ["done", "failed"]);
    assert_eq!(lists::up(stage, &list("INSERT INTO ran (version) VALUES (20)"))?, [20]);
    assert_eq!(lists::ran(stage), [2, 3, 4, 5, 20]);
    Ok(())
}

fn a_wait_for_the_lock_ends(stage: &Stage) -> Outcome {
    super::wait::while_held(stage, || {
        let (adapter, migrations) = (lists::adapter(&stage.url), lists::five());
        let migrator = Migrator::new(&adapter, &migrations);
        let interrupt = migrator.interrupt();
        let started = Instant::now();
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(300));
                interrupt.stop();
            });
            assert!(migrator.run(Direction::Up, Until::All, &mut |_| {}).unwrap_err().is_interrupted());
        });
        assert!(started.elapsed() < Duration::from_secs(2));
    });
    Ok(())
}

fn nothing_begins_after_it(stage: &Stage) -> Outcome {
    let (adapter, migrations) = (lists::adapter(&stage.url), lists::five());
    let migrator = Migrator::new(&adapter, &migrations);
    let interrupt = migrator.interrupt();
    let outcome = migrator.run(Direction::Up, Until::All, &mut |event| {
        if matches!(event, Event::Finished { version: 2, .. }) {
            interrupt.stop();
        }
    });
    assert!(outcome.unwrap_err().is_interrupted());
    assert_eq!(lists::recorded(stage), [1, 2]);
    assert_eq!(lists::up(stage, &migrations)?, [3, 4, 5]);
    Ok(())
}
