//! A migration, beside the same statements and the same row of its version, sent by hand in one transaction.

use std::time::{Duration, Instant};

use ecto_core::adapter::{ConnectOptions, PoolOptions, Role, open};
use ecto_core::migration::{Direction, Migrator, statements};
use ecto_core::prelude::*;

use crate::database::Database;
use crate::report::Report;

const TABLES: usize = 50;
const VERSION: i64 = 2;

/// Tables of a usual kind.
struct Fifty;

impl Migration for Fifty {
    fn change(&self, m: &mut Change) {
        for at in 0..TABLES {
            m.create_table(format!("bench_{at}"), |t| {
                t.add("name", Type::String).not_null();
                t.add("age", Type::Integer);
                t.add("confirmed", Type::Boolean).not_null().default(false);
                t.timestamps();
            });
        }
    }
}

pub fn run(database: &mut Database, report: &mut Report) {
    let (adapter, _) = open(&database.url, ConnectOptions::default(), PoolOptions::default()).expect("a database");
    let migrations = Migrations::new().add(VERSION, "fifty", Fifty);
    let texts = statements(adapter.as_ref(), &Fifty, Direction::Up).expect("statements");
    let mut connection = adapter.connect(Role::Writer).expect("a connection");
    let floor = &mut *database.floor;
    let clean = |connection: &mut dyn ecto_core::adapter::Connection| {
        let drops: String = (0..TABLES).map(|at| format!("DROP TABLE bench_{at}; ")).collect();
        let forgotten = format!("DELETE FROM schema_migrations WHERE version = {VERSION}");
        connection.script(&format!("BEGIN; {drops}{forgotten}; COMMIT")).expect("a clean database");
    };
    let ours = |connection: &mut Box<dyn ecto_core::adapter::Connection>| {
        let started = Instant::now();
        let ran = Migrator::new(&adapter, &migrations).run_on(connection, Direction::Up, Until::All, &mut |_| {}).expect("a migration");
        let elapsed = started.elapsed();
        assert_eq!(ran, [VERSION]);
        clean(connection.as_mut());
        elapsed
    };
    let row = format!("INSERT INTO schema_migrations (version, inserted_at) VALUES ({VERSION}, '2026-11-22T09:30:00')");
    let mut by_hand = |connection: &mut Box<dyn ecto_core::adapter::Connection>| {
        let started = Instant::now();
        floor.script("BEGIN");
        floor.script(&row);
        texts.iter().for_each(|sql| floor.script(sql));
        floor.script("COMMIT");
        let elapsed = started.elapsed();
        clean(connection.as_mut());
        elapsed
    };
    report.timed("migrate 50 tables", 1.20, &mut |is_ours| -> Duration {
        if is_ours { ours(&mut connection) } else { by_hand(&mut connection) }
    });
}
