//! Waiting for another run.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use ecto_core::migration::{Direction, Event, LockKind, MigrationOptions, Migrations, Migrator, State, Until};
use ecto_core::{Error, Result};
use ecto_tests::Stage;
use ecto_tests::case;
use ecto_tests::case::{Case, Outcome};

use super::lists::{self, Written, stepwise, whole};

pub const CASES: &[Case] = &[
    case!(the_holder_is_named, ["H-08"]),
    case!(who_does_not_want_to_wait_fails_at_once, []),
    case!(who_has_nothing_to_do_waits_for_nobody, []),
    case!(a_status_takes_no_lock, ["H-12"]),
    case!(a_failure_lets_the_lock_go, []),
    case!(a_panic_lets_the_lock_go, []),
    case!(a_migration_may_do_without_the_lock, ["G-06"]),
    case!(a_lock_that_was_lost_is_told_of, ["H-09"], with prefixes),
    case!(no_lock_file_stays_behind, [], without prefixes),
    case!(a_lock_does_not_grow_old, [], without prefixes),
    case!(the_versions_stay_where_they_are, [], with prefixes),
    case!(the_session_is_left_as_it_was, [], with prefixes),
];

/// While a run holds the lock, does something else.
pub fn while_held(stage: &Stage, work: impl FnOnce()) {
    let (held, is_held): (Sender<()>, Receiver<()>) = channel();
    let (release, released): (Sender<()>, Receiver<()>) = channel();
    let [held, released] = [Mutex::new(Some(Ends::Held(held))), Mutex::new(Some(Ends::Released(released)))].map(Arc::new);
    let migrations = Migrations::new().add(
        900,
        "holder",
        whole(move |m| {
            let [held, released] = [Arc::clone(&held), Arc::clone(&released)];
            m.run(move |_| {
                if let Some(Ends::Held(held)) = held.lock().unwrap().take() {
                    held.send(()).unwrap();
                }
                if let Some(Ends::Released(released)) = released.lock().unwrap().take() {
                    let _ = released.recv();
                }
                Ok(())
            });
        }),
    );
    thread::scope(|scope| {
        let holder = scope.spawn(|| lists::up(stage, &migrations).unwrap());
        is_held.recv().unwrap();
        work();
        drop(release);
        assert_eq!(holder.join().unwrap(), [900]);
    });
}

enum Ends {
    Held(Sender<()>),
    Released(Receiver<()>),
}

fn waiting(stage: &Stage, wait: Duration, tell: &mut dyn FnMut(Event<'_>)) -> Result<Vec<i64>> {
    Migrator::new(&lists::adapter(&stage.url), &lists::five()).lock_wait(wait).run(Direction::Up, Until::All, tell)
}

fn the_holder_is_named(stage: &Stage) -> Outcome {
    let me = std::process::id().to_string();
    while_held(stage, || {
        let mut told = Vec::new();
        let mut tell = |event: Event<'_>| {
            if let Event::Waiting { holder, waited } = event {
                told.push((holder.unwrap().to_owned(), waited));
            }
        };
        let error = waiting(stage, Duration::from_millis(2600), &mut tell).unwrap_err();
        assert!(error.is_busy() && error.hint().unwrap().contains("--lock-wait"), "{error}");
        assert!(error.message().contains(&me) && error.message().contains("2.6s"), "{error}");
        assert_eq!(told.len(), 1);
        assert!(told[0].0.contains(&me) && told[0].1 >= Duration::from_secs(2), "{told:?}");
    });
    assert_eq!(waiting(stage, Duration::ZERO, &mut |_| {})?, [1, 2, 3, 4, 5]);
    Ok(())
}

fn who_does_not_want_to_wait_fails_at_once(stage: &Stage) -> Outcome {
    while_held(stage, || {
        let started = Instant::now();
        assert!(waiting(stage, Duration::ZERO, &mut |_| {}).unwrap_err().is_busy());
        assert!(started.elapsed() < Duration::from_secs(1));
    });
    Ok(())
}

fn who_has_nothing_to_do_waits_for_nobody(stage: &Stage) -> Outcome {
    lists::up(stage, &lists::five())?;
    while_held(stage, || assert!(waiting(stage, Duration::ZERO, &mut |_| {}).unwrap().is_empty()));
    Ok(())
}

/// Ecto's status takes the lock, and makes the table of versions.
fn a_status_takes_no_lock(stage: &Stage) -> Outcome {
    let (adapter, migrations) = (lists::adapter(&stage.url), lists::five());
    let status = Migrator::new(&adapter, &migrations).status()?;
    assert!(status.iter().all(|status| status.state == State::Down));
    assert!(stage.repo.query("SELECT 1 FROM schema_migrations", ()).is_err());
    while_held(stage, || assert_eq!(Migrator::new(&adapter, &migrations).status().unwrap().len(), 5));
    Ok(())
}

/// Where the session goes back to a pool with the lock on it, as sqlx's does after an error, every later start hangs.
fn a_failure_lets_the_lock_go(stage: &Stage) -> Outcome {
    let broken = Migrations::new().add(7, "broken", whole(|m| m.execute("BROKEN")));
    let adapter = lists::adapter(&stage.url);
    let mut kept = lists::connection(stage);
    let migrator = Migrator::new(&adapter, &broken);
    assert!(migrator.run_on(&mut kept, Direction::Up, Until::All, &mut |_| {}).is_err());
    assert_eq!(waiting(stage, Duration::ZERO, &mut |_| {})?, [1, 2, 3, 4, 5]);
    assert!(!kept.in_transaction());
    Ok(())
}

fn a_panic_lets_the_lock_go(stage: &Stage) -> Outcome {
    let panicking = Migrations::new().add(7, "panicking", whole(|m| m.run(|_| std::panic::resume_unwind(Box::new("no")))));
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| lists::up(stage, &panicking).map(drop)));
    assert!(outcome.is_err());
    assert_eq!(waiting(stage, Duration::from_secs(5), &mut |_| {})?, [1, 2, 3, 4, 5]);
    Ok(())
}

fn a_migration_may_do_without_the_lock(stage: &Stage) -> Outcome {
    lists::up(stage, &lists::five())?;
    let free = |version, name: &'static str| {
        Migrations::new().add(version, name, Written(|m: &mut ecto_core::migration::Change| m.flush(), MigrationOptions::new().lock(false)))
    };
    let mut told = false;
    let mut tell = |event: Event<'_>| told |= matches!(event, Event::Locked { .. });
    assert_eq!(lists::up_telling(stage, &free(10, "free"), &mut tell)?, [10]);
    assert!(!told);
    let both = free(11, "also_free").add(12, "bound", whole(|m| m.flush()));
    assert_eq!(lists::up_telling(stage, &both, &mut |event| told |= matches!(event, Event::Locked { .. }))?, [11, 12]);
    assert!(told);
    Ok(())
}

/// As behind a pooler, which gives each transaction another session.
fn a_lock_that_was_lost_is_told_of(stage: &Stage) -> Outcome {
    let losing = Migrations::new().add(7, "losing", stepwise(|m| m.execute("SELECT pg_advisory_unlock_all()")));
    let error: Error = lists::up(stage, &losing).unwrap_err();
    assert!(error.message().contains("the lock of migrations was lost") && error.hint().unwrap().contains("--lock row"), "{error}");
    let (adapter, five) = (lists::adapter(&stage.url), lists::five());
    assert_eq!(Migrator::new(&adapter, &five).lock(LockKind::None).run(Direction::Up, Until::All, &mut |_| {})?.len(), 5);
    Ok(())
}

fn no_lock_file_stays_behind(stage: &Stage) -> Outcome {
    let lock = format!("{}.migrate.lock", stage.url.trim_start_matches("sqlite://"));
    while_held(stage, || assert!(std::fs::exists(&lock).unwrap()));
    assert!(!std::fs::exists(&lock)?);
    // One that a crash left behind is in nobody's way.
    std::fs::write(&lock, "somebody/1")?;
    assert_eq!(waiting(stage, Duration::ZERO, &mut |_| {})?.len(), 5);
    Ok(())
}

/// What counts is that the file is locked, not when it was written or what it says.
fn a_lock_does_not_grow_old(stage: &Stage) -> Outcome {
    let lock = format!("{}.migrate.lock", stage.url.trim_start_matches("sqlite://"));
    while_held(stage, || {
        let mut file = std::fs::File::options().write(true).open(&lock).unwrap();
        std::io::Write::write_all(&mut file, b"gone/1 since 1970").unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        assert!(waiting(stage, Duration::ZERO, &mut |_| {}).unwrap_err().is_busy());
    });
    assert_eq!(waiting(stage, Duration::ZERO, &mut |_| {})?.len(), 5);
    Ok(())
}

/// A schema that comes first in the search path does not hide what was applied.
fn the_versions_stay_where_they_are(stage: &Stage) -> Outcome {
    lists::up(stage, &lists::five())?;
    let mut connection = lists::connection(stage);
    connection.script("CREATE SCHEMA tenant; SET search_path = tenant, public")?;
    let (adapter, five) = (lists::adapter(&stage.url), lists::five());
    assert!(Migrator::new(&adapter, &five).run_on(&mut connection, Direction::Up, Until::All, &mut |_| {})?.is_empty());
    connection.script("SET search_path = tenant")?;
    assert_eq!(Migrator::new(&adapter, &five).run_on(&mut connection, Direction::Up, Until::All, &mut |_| {})?.len(), 5);
    assert_eq!(lists::numbers(stage, "SELECT count(*) FROM tenant.schema_migrations"), [5]);
    Ok(())
}

const SETTINGS: &str = "SELECT concat_ws('|', current_setting('lock_timeout'), current_setting('statement_timeout'), \
                        current_setting('search_path'), current_setting('application_name'), \
                        current_setting('idle_in_transaction_session_timeout'), current_setting('client_connection_check_interval'))";

/// A migration may lead the search path elsewhere, as a dump does: the next one, and the table of versions, do not follow it.
fn the_session_is_left_as_it_was(stage: &Stage) -> Outcome {
    let keep = |name: &str| format!("CREATE TABLE public.{name} AS {SETTINGS}");
    let wandering = Migrations::new()
        .add(
            1,
            "wander",
            whole(move |m| {
                m.execute(keep("whole"));
                m.execute("SET search_path = ''");
            }),
        )
        .add(2, "come_back", whole(|m| m.create_table("here", |_| {})))
        .add(
            3,
            "steps",
            stepwise(move |m| {
                m.execute(keep("steps"));
                m.execute("SET search_path = ''");
            }),
        );
    let adapter = lists::adapter(&stage.url);
    let mut connection = lists::connection(stage);
    connection.script("SET lock_timeout = 77")?;
    let before = settings(connection.as_mut());
    assert_eq!(Migrator::new(&adapter, &wandering).run_on(&mut connection, Direction::Up, Until::All, &mut |_| {})?, [1, 2, 3]);
    assert_eq!(settings(connection.as_mut()), before);
    let during = |table: &str| stage.repo.query(&format!("SELECT * FROM {table}"), ()).unwrap().load::<String>().unwrap().remove(0);
    assert!(during("whole").starts_with("2s|0|") && during("whole").contains("|ecto migrate "), "{}", during("whole"));
    assert!(during("whole").ends_with("|0|2s"), "{}", during("whole"));
    assert!(during("steps").ends_with("|0|0"), "{}", during("steps"));
    assert!(lists::numbers(stage, "SELECT count(*) FROM public.here") == [0]);
    Ok(())
}

fn settings(connection: &mut dyn ecto_core::adapter::Connection) -> String {
    use ecto_core::adapter::{Command, Row, Sink};
    struct One(String);
    impl Sink for One {
        fn row(&mut self, row: Row<'_>) -> Result<()> {
            self.0 = format!("{:?}", row.values()?);
            Ok(())
        }
    }
    let mut one = One(String::new());
    connection.run(Command::Raw(SETTINGS, &[]), &mut one).unwrap();
    one.0
}
