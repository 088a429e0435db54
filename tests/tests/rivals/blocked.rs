//! Other sessions in the way of a migration.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use ecto_core::migration::{Direction, Event, MigrationOptions, Migrations, Migrator, Until};
use ecto_tests::Stage;
use ecto_tests::case;
use ecto_tests::case::{Case, Outcome};

use super::lists::{self, Written};

pub const CASES: &[Case] = &[
    case!(a_blocked_migration_is_tried_again, []),
    case!(who_blocks_is_named, [], with prefixes),
    case!(a_deadlock_is_tried_again, [], with prefixes),
    case!(a_function_is_not_repeated_unasked, [], with prefixes),
    case!(a_retry_may_be_declined, []),
    case!(a_statement_may_be_limited, []),
    case!(an_index_is_built_while_rivals_wait, [], with prefixes),
];

const SHORT: Duration = Duration::from_millis(100);

/// Keeps everyone from writing to a table.
fn block(stage: &Stage) -> Box<dyn ecto_core::adapter::Connection> {
    let mut other = lists::connection(stage);
    let sql = if stage.capabilities().prefixes { "BEGIN; LOCK TABLE users IN SHARE MODE" } else { "BEGIN IMMEDIATE" };
    other.script(sql).unwrap();
    other
}

fn add_age(m: &mut ecto_core::migration::Change) {
    m.alter_table("users", |t| {
        t.add("age", ecto_core::ddl::Type::Integer);
    });
}

fn one(change: impl Fn(&mut ecto_core::migration::Change) + Send + Sync + 'static, options: MigrationOptions) -> Migrations {
    Migrations::new().add(20, "blocked", Written(change, options))
}

/// Runs it; the one that blocks goes away when it is told of. Returns who that was.
fn run_blocked(stage: &Stage, migrations: &Migrations) -> Result<Vec<Option<String>>, ecto_core::Error> {
    let mut other = block(stage);
    let mut by = Vec::new();
    let ran = lists::up_telling(stage, migrations, &mut |event| {
        if let Event::Blocked { by: who, attempt, of, .. } = event {
            assert_eq!((attempt, of), (by.len() as u32 + 1, 10));
            by.push(who.map(str::to_owned));
            other.script("ROLLBACK").unwrap();
        }
    });
    ran.map(|versions| {
        assert_eq!(versions, [20]);
        by
    })
}

fn a_blocked_migration_is_tried_again(stage: &Stage) -> Outcome {
    lists::up(stage, &lists::steps())?;
    let migrations = one(add_age, MigrationOptions::new().lock_timeout(SHORT));
    assert_eq!(run_blocked(stage, &migrations)?.len(), 1);
    assert_eq!(lists::numbers(stage, "SELECT count(age) FROM users"), [0]);
    Ok(())
}

fn who_blocks_is_named(stage: &Stage) -> Outcome {
    lists::up(stage, &lists::steps())?;
    let by = run_blocked(stage, &one(add_age, MigrationOptions::new().lock_timeout(SHORT)))?;
    let by = by[0].as_deref().unwrap();
    assert!(by.starts_with("pid ") && by.contains("idle in transaction") && by.contains("LOCK TABLE users"), "{by}");
    Ok(())
}

fn a_deadlock_is_tried_again(stage: &Stage) -> Outcome {
    lists::up(stage, &lists::five())?;
    let crossing = |m: &mut ecto_core::migration::Change| {
        m.execute("SET LOCAL deadlock_timeout = '200ms'");
        m.execute("LOCK TABLE t2");
        m.execute("LOCK TABLE t3");
        m.execute("INSERT INTO ran (version) VALUES (20)");
    };
    let mut other = lists::connection(stage);
    other.script("BEGIN; LOCK TABLE t3")?;
    let mut other = Some(other);
    let mut blocked = 0;
    thread::scope(|scope| {
        let ran = lists::up_telling(stage, &one(crossing, MigrationOptions::new()), &mut |event| {
            blocked += usize::from(matches!(event, Event::Blocked { .. }));
            if is(event, "LOCK TABLE t3")
                && let Some(mut other) = other.take()
            {
                scope.spawn(move || other.script("LOCK TABLE t2; COMMIT").unwrap());
            }
        });
        assert_eq!(ran.unwrap(), [20]);
    });
    assert_eq!(blocked, 1);
    assert_eq!(lists::ran(stage), [2, 3, 4, 5, 20]);
    Ok(())
}

fn is(event: Event<'_>, text: &str) -> bool {
    matches!(event, Event::Statement { sql } if sql == text)
}

fn a_function_is_not_repeated_unasked(stage: &Stage) -> Outcome {
    lists::up(stage, &lists::steps())?;
    let calls = Arc::new(AtomicUsize::new(0));
    let counting = |calls: &Arc<AtomicUsize>| {
        let calls = Arc::clone(calls);
        move |m: &mut ecto_core::migration::Change| {
            let calls = Arc::clone(&calls);
            m.run(move |_| {
                calls.fetch_add(1, Ordering::Relaxed);
                Ok(())
            });
            add_age(m);
        }
    };
    let options = MigrationOptions::new().lock_timeout(SHORT);
    assert!(run_blocked(stage, &one(counting(&calls), options)).unwrap_err().is_busy());
    assert_eq!(calls.load(Ordering::Relaxed), 1);
    assert_eq!(run_blocked(stage, &one(counting(&calls), options.retry(true)))?.len(), 1);
    assert_eq!(calls.load(Ordering::Relaxed), 3);
    Ok(())
}

fn a_retry_may_be_declined(stage: &Stage) -> Outcome {
    lists::up(stage, &lists::steps())?;
    let once = MigrationOptions::new().lock_timeout(SHORT).retry(false);
    assert!(run_blocked(stage, &one(add_age, once)).unwrap_err().is_busy());
    let (adapter, migrations) = (lists::adapter(&stage.url), one(add_age, MigrationOptions::new().lock_timeout(SHORT)));
    let other = block(stage);
    let impatient = Migrator::new(&adapter, &migrations).lock_wait(Duration::ZERO);
    assert!(impatient.run(Direction::Up, Until::All, &mut |_| {}).unwrap_err().is_busy());
    let few = Migrator::new(&adapter, &migrations).lock_retries(0);
    assert!(few.run(Direction::Up, Until::All, &mut |_| {}).unwrap_err().is_busy());
    drop(other);
    assert_eq!(lists::up(stage, &migrations)?, [20]);
    Ok(())
}

fn a_statement_may_be_limited(stage: &Stage) -> Outcome {
    lists::up(stage, &lists::five())?;
    let long = super::stop::long(stage);
    let migrations = one(move |m| m.execute(long), MigrationOptions::new().timeout(SHORT));
    let error = lists::up(stage, &migrations).unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(lists::recorded(stage), [1, 2, 3, 4, 5]);
    Ok(())
}

/// Whoever waited in `pg_advisory_lock` would be what the index waits for: a deadlock, and the index stays invalid.
fn an_index_is_built_while_rivals_wait(stage: &Stage) -> Outcome {
    lists::up(stage, &Migrations::new())?;
    let mut old = lists::connection(stage);
    for sql in ["CREATE TABLE elsewhere ()", "BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM elsewhere"] {
        old.script(sql)?;
    }
    let run = || lists::up(stage, &lists::steps()).unwrap();
    let mut ran: Vec<i64> = thread::scope(|scope| {
        let rivals: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        super::crash::await_index(stage);
        thread::sleep(Duration::from_millis(1500));
        old.script("COMMIT").unwrap();
        rivals.into_iter().flat_map(|rival| rival.join().unwrap()).collect()
    });
    ran.sort_unstable();
    assert_eq!(ran, [1, 2]);
    assert_eq!(lists::ran(stage), [1, 2]);
    assert_eq!(super::crash::valid_indexes(stage), [1]);
    Ok(())
}
