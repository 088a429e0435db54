//! What is told of a run to those who listen beside its report.

use std::sync::{Arc, Mutex};

use ecto_core::adapter::{Connection, Role, open};
use ecto_core::migration::{Direction, Event, Migrator};
use ecto_core::prelude::*;

use super::{count, list};
use crate::Stage;
use crate::case::{Case, Outcome, case};

pub(in crate::case) const CASES: &[Case] = &[
    case!(what_the_migrator_sends_is_told_apart, ["G-55", "H-16", "H-19"]),
    case!(a_function_sends_nothing_of_the_migrator, ["H-19"]),
    case!(a_connection_comes_back_as_it_was, ["H-16"]),
    case!(remarks_of_the_database_are_told, ["G-55"], with prefixes),
    case!(without_remarks_nothing_is_told, ["G-55"], without prefixes),
    case!(the_server_is_told, []),
];

/// What was heard: a word for the event, and its text.
type Heard = Arc<Mutex<Vec<(&'static str, String)>>>;

fn hear<'m>(migrator: Migrator<'m>, heard: &Heard) -> Migrator<'m> {
    let heard = Arc::clone(heard);
    migrator.listen(move |event| {
        heard.lock().unwrap().extend(match event {
            Event::Bookkeeping { sql } => Some(("own", sql.to_owned())),
            Event::Notice { severity, message } => Some(("notice", format!("{severity} {message}"))),
            Event::Connected { server } => Some(("server", server.to_owned())),
            _ => None,
        });
    })
}

/// Runs everything on this connection. The statements of the migrations are heard in their place.
fn run_on(stage: &Stage, connection: &mut Box<dyn Connection>, migrations: &Migrations, log: bool) -> Result<Heard> {
    let (adapter, heard) = (open(&stage.url, Default::default(), Default::default())?.0, Heard::default());
    let migrator = hear(Migrator::new(&adapter, migrations).log_migrator_sql(log), &heard);
    migrator.run_on(connection, Direction::Up, Until::All, &mut |event| {
        if let Event::Statement { sql } = event {
            heard.lock().unwrap().push(("migration", sql.to_owned()));
        }
    })?;
    drop(migrator);
    Ok(heard)
}

fn run(stage: &Stage, migrations: &Migrations, log: bool) -> Result<Vec<(&'static str, String)>> {
    let mut connection = open(&stage.url, Default::default(), Default::default())?.0.connect(Role::Writer)?;
    Ok(run_on(stage, &mut connection, migrations, log)?.lock().unwrap().clone())
}

fn place(heard: &[(&str, String)], kind: &str, text: &str) -> Option<usize> {
    heard.iter().position(|(of, sql)| *of == kind && sql.contains(text))
}

fn what_the_migrator_sends_is_told_apart(stage: &Stage) -> Outcome {
    let users = list(&[|m| m.create_table("users", |_| {})]);
    let heard = run(stage, &users, true)?;
    let places = [
        place(&heard, "own", "BEGIN"),
        place(&heard, "own", "INSERT INTO"),
        place(&heard, "migration", "CREATE TABLE \"users\""),
        place(&heard, "own", "COMMIT"),
    ];
    assert!(places.is_sorted() && places[0].is_some(), "{places:?} of {heard:?}");
    assert_eq!(place(&heard, "own", "users"), None, "a statement of the migration is told of once");
    let more = list(&[|m| m.create_table("users", |_| {}), |m| m.create_table("posts", |_| {})]);
    let heard = run(stage, &more, false)?;
    assert!(place(&heard, "own", "").is_none() && place(&heard, "migration", "posts").is_some(), "{heard:?}");
    Ok(())
}

fn a_function_sends_nothing_of_the_migrator(stage: &Stage) -> Outcome {
    let heard = run(
        stage,
        &list(&[|m| {
            m.create_table("users", |_| {});
            m.run(|repo| repo.query("INSERT INTO users (id) VALUES (7)", ()).map(drop));
        }]),
        true,
    )?;
    assert_eq!(count(stage, "SELECT count(*) FROM users")?, 1);
    assert_eq!(place(&heard, "own", "VALUES (7)"), None);
    assert!(place(&heard, "own", "COMMIT").is_some());
    Ok(())
}

fn a_connection_comes_back_as_it_was(stage: &Stage) -> Outcome {
    let mut connection = open(&stage.url, Default::default(), Default::default())?.0.connect(Role::Writer)?;
    let heard = run_on(stage, &mut connection, &list(&[|m| m.create_table("users", |_| {})]), true)?;
    let told = heard.lock().unwrap().len();
    connection.script("INSERT INTO users (id) VALUES (7)")?;
    let refused = list(&[|m| m.create_table("users", |_| {}), |m| m.execute("INSERT INTO nowhere VALUES (1)")]);
    assert!(run_on(stage, &mut connection, &refused, true).is_err());
    connection.script("INSERT INTO users (id) VALUES (8)")?;
    assert_eq!(count(stage, "SELECT count(*) FROM users")?, 2);
    assert_eq!(heard.lock().unwrap().len(), told, "it is not listened to any more");
    Ok(())
}

const TWICE: [fn(&mut Change); 1] = [|m| {
    m.execute("CREATE TABLE IF NOT EXISTS users (id integer)");
    m.execute("CREATE TABLE IF NOT EXISTS users (id integer)");
}];

fn remarks_of_the_database_are_told(stage: &Stage) -> Outcome {
    let heard = run(stage, &list(&TWICE), false)?;
    let texts: Vec<(&str, &str)> = heard.iter().map(|(kind, text)| (*kind, text.as_str())).filter(|(kind, _)| *kind != "server").collect();
    let create = ("migration", "CREATE TABLE IF NOT EXISTS users (id integer)");
    assert_eq!(texts, [create, create, ("notice", "NOTICE relation \"users\" already exists, skipping")]);
    Ok(())
}

fn without_remarks_nothing_is_told(stage: &Stage) -> Outcome {
    let heard = run(stage, &list(&TWICE), false)?;
    assert!(place(&heard, "notice", "").is_none() && place(&heard, "migration", "users").is_some());
    Ok(())
}

fn the_server_is_told(stage: &Stage) -> Outcome {
    let heard = run(stage, &list(&[|m| m.create_table("users", |_| {})]), false)?;
    let (kind, server) = &heard[0];
    let (name, version) = server.split_once(' ').ok_or("a name and a version")?;
    assert_eq!((*kind, name), ("server", stage.url.split(':').next().unwrap_or_default().trim_end_matches("ql")));
    assert!(version.split('.').all(|number| number.parse::<u32>().is_ok()), "{version}");
    let (adapter, heard, migrations) = (open(&stage.url, Default::default(), Default::default())?.0, Heard::default(), Migrations::new());
    hear(Migrator::new(&adapter, &migrations), &heard).status()?;
    assert_eq!(heard.lock().unwrap()[..], [("server", server.clone())]);
    Ok(())
}
