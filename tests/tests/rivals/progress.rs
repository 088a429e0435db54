//! What is heard of an operation that takes long.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use ecto_core::migration::{Direction, Event, Migrations, Migrator, Until};
use ecto_tests::Stage;
use ecto_tests::case;
use ecto_tests::case::{Case, Outcome};

use super::lists::{self, whole};

pub const CASES: &[Case] = &[
    case!(a_long_operation_is_told_of, []),
    case!(a_short_operation_is_not, []),
    case!(an_index_says_for_whom_it_waits, [], with prefixes),
    case!(without_a_second_connection_the_time_is_told, [], with prefixes),
];

/// Description, time and whom it waits for, each time that it was told.
type Told = Arc<Mutex<Vec<(String, Duration, Option<String>)>>>;

/// Runs what never ends by itself until it was told of twice, and then stops it.
fn stopped(stage: &Stage, url: &str) -> Told {
    let (adapter, told, sql) = (lists::adapter(url), Told::default(), super::stop::long(stage));
    let migrations = Migrations::new().add(20, "long", whole(move |m| m.execute(sql)));
    let migrator = Migrator::new(&adapter, &migrations);
    let (interrupt, heard) = (migrator.interrupt(), Arc::clone(&told));
    let migrator = migrator.listen(move |event| {
        if let Event::Progress { description, elapsed, by, .. } = event {
            let mut heard = heard.lock().unwrap();
            heard.push((description.to_owned(), elapsed, by.map(str::to_owned)));
            if heard.len() == 2 {
                interrupt.stop();
            }
        }
    });
    assert!(migrator.run(Direction::Up, Until::All, &mut |_| {}).unwrap_err().is_interrupted());
    let count = told.lock().unwrap().len();
    thread::sleep(Duration::from_millis(1200));
    assert_eq!(told.lock().unwrap().len(), count, "nothing comes after the end");
    told
}

fn is_told_twice(told: &Told) {
    let told = told.lock().unwrap();
    let [(description, first, None), (_, second, None), ..] = &told[..] else { panic!("{told:?}") };
    assert!(description.starts_with("execute `") && *first >= Duration::from_secs(1) && second > first, "{told:?}");
}

fn a_long_operation_is_told_of(stage: &Stage) -> Outcome {
    lists::up(stage, &lists::five())?;
    is_told_twice(&stopped(stage, &stage.url));
    Ok(())
}

fn a_short_operation_is_not(stage: &Stage) -> Outcome {
    let (adapter, told) = (lists::adapter(&stage.url), Told::default());
    let heard = Arc::clone(&told);
    // Between the operations of different migrations nothing runs, however long that takes.
    let migrations = lists::five();
    let migrator = Migrator::new(&adapter, &migrations).listen(move |event| {
        if let Event::Progress { description, elapsed, .. } = event {
            heard.lock().unwrap().push((description.to_owned(), elapsed, None));
        }
    });
    migrator.run(Direction::Up, Until::All, &mut |event| {
        if matches!(event, Event::Finished { version: 2, .. }) {
            thread::sleep(Duration::from_millis(2200));
        }
    })?;
    assert!(told.lock().unwrap().is_empty(), "{told:?}");
    Ok(())
}

/// It waits for each transaction that is older; the one in its way goes when it was named.
fn an_index_says_for_whom_it_waits(stage: &Stage) -> Outcome {
    lists::up(stage, &Migrations::new())?;
    let mut old = lists::connection(stage);
    for sql in ["CREATE TABLE elsewhere ()", "BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM elsewhere"] {
        old.script(sql)?;
    }
    let (told, old) = (Told::default(), Mutex::new(Some(old)));
    let (adapter, heard, migrations) = (lists::adapter(&stage.url), Arc::clone(&told), lists::steps());
    let migrator = Migrator::new(&adapter, &migrations).listen(move |event| {
        if let Event::Progress { description, elapsed, phase, by: Some(by), .. } = event {
            assert!(phase.is_some_and(|phase| phase.starts_with("waiting for")), "{phase:?}");
            heard.lock().unwrap().push((description.to_owned(), elapsed, Some(by.to_owned())));
            old.lock().unwrap().take();
        }
    });
    assert_eq!(migrator.run(Direction::Up, Until::All, &mut |_| {})?, [1, 2]);
    let told = told.lock().unwrap();
    let (description, _, by) = &told[0];
    let by = by.as_deref().unwrap();
    assert!(description.contains("create index `users_by_name`"), "{description}");
    assert!(by.starts_with("pid ") && by.contains("idle in transaction") && by.contains("FROM elsewhere"), "{by}");
    assert_eq!(super::crash::valid_indexes(stage), [1]);
    Ok(())
}

/// Of somebody who may have one connection and no more.
fn without_a_second_connection_the_time_is_told(stage: &Stage) -> Outcome {
    lists::up(stage, &lists::five())?;
    let role = format!("one_{}", std::process::id());
    let mut owner = lists::connection(stage);
    owner.script(&format!(
        "DROP ROLE IF EXISTS {role}; CREATE ROLE {role} LOGIN PASSWORD 'one' CONNECTION LIMIT 1; GRANT ALL ON SCHEMA public TO {role}"
    ))?;
    owner.script(&format!("GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}"))?;
    let (start, rest) = stage.url.split_once("://").unwrap();
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    is_told_twice(&stopped(stage, &format!("{start}://{role}:one@{host}")));
    owner.script(&format!("DROP OWNED BY {role}; DROP ROLE {role}"))?;
    Ok(())
}
