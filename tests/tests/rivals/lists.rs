//! What is run, and how a run is begun.

use std::sync::Arc;

use ecto_core::Result;
use ecto_core::adapter::{Adapter, Connection, Role, open};
use ecto_core::migration::{Change, Direction, Event, Migration, MigrationOptions, Migrations, Migrator, Until};
use ecto_tests::Stage;

use super::doubt;

/// A migration from a function, and its options.
pub struct Written<F>(pub F, pub MigrationOptions);

impl<F: Fn(&mut Change) + Send + Sync> Migration for Written<F> {
    fn change(&self, m: &mut Change) {
        (self.0)(m);
    }

    fn options(&self) -> MigrationOptions {
        self.1
    }
}

pub fn whole(change: impl Fn(&mut Change) + Send + Sync + 'static) -> impl Migration + 'static {
    Written(change, MigrationOptions::new())
}

pub fn stepwise(change: impl Fn(&mut Change) + Send + Sync + 'static) -> impl Migration + 'static {
    Written(change, MigrationOptions::new().transaction(false))
}

fn make_ran(m: &mut Change) {
    m.create_table("ran", |t| {
        t.add("version", ecto_core::ddl::Type::BigInteger);
    });
}

fn make_users(m: &mut Change) {
    m.create_table("users", |t| {
        t.add("name", ecto_core::ddl::Type::Text);
    });
}

fn note(m: &mut Change, version: i64) {
    m.execute_both(format!("INSERT INTO ran (version) VALUES ({version})"), format!("DELETE FROM ran WHERE version = {version}"));
}

/// Five migrations of which each leaves a row: whichever runs twice leaves two.
pub fn five() -> Migrations {
    let list = Migrations::new().add(1, "make_ran", whole(make_ran));
    (2..=5).fold(list, |list, version| {
        list.add(
            version,
            format!("m{version}"),
            whole(move |m| {
                m.create_table(format!("t{version}").as_str(), |_| {});
                note(m, version);
            }),
        )
    })
}

/// One migration in a transaction, and one with four steps: of them the second and the third cannot stand in a transaction.
pub fn steps() -> Migrations {
    Migrations::new()
        .add(
            1,
            "start",
            whole(|m| {
                make_ran(m);
                make_users(m);
                note(m, 1);
            }),
        )
        .add(
            2,
            "steps",
            stepwise(|m| {
                m.create_table("logs", |_| {});
                m.create_index("users", ["name"]).name("users_by_name").concurrently();
                note(m, 2);
                m.alter_table("logs", |t| {
                    t.add("text", ecto_core::ddl::Type::Text);
                });
            }),
        )
}

pub fn named(name: &str) -> Migrations {
    match name {
        "five" => five(),
        "steps" => steps(),
        "as written" => doubt::as_written(),
        "detach" => doubt::detach(),
        "repeatable" => doubt::repeatable(),
        "database" => doubt::making_a_database(),
        other => panic!("there is no list {other}"),
    }
}

pub fn adapter(url: &str) -> Arc<dyn Adapter> {
    open(url, Default::default(), Default::default()).unwrap().0
}

pub fn connection(stage: &Stage) -> Box<dyn Connection> {
    adapter(&stage.url).connect(Role::Writer).unwrap()
}

/// Runs all that is pending, as an application does.
pub fn up(stage: &Stage, migrations: &Migrations) -> Result<Vec<i64>> {
    up_telling(stage, migrations, &mut |_| {})
}

pub fn up_telling(stage: &Stage, migrations: &Migrations, tell: &mut dyn FnMut(Event<'_>)) -> Result<Vec<i64>> {
    Migrator::new(&adapter(&stage.url), migrations).run(Direction::Up, Until::All, tell)
}

pub fn numbers(stage: &Stage, sql: &str) -> Vec<i64> {
    stage.repo.query(sql, ()).unwrap().load::<i64>().unwrap()
}

pub fn ran(stage: &Stage) -> Vec<i64> {
    numbers(stage, "SELECT version FROM ran ORDER BY version")
}

pub fn recorded(stage: &Stage) -> Vec<i64> {
    match stage.repo.query("SELECT version FROM schema_migrations ORDER BY version", ()) {
        Ok(rows) => rows.load::<i64>().unwrap(),
        Err(_) => Vec::new(),
    }
}
