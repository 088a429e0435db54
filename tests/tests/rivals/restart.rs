//! A server that falls in the middle of a run, and comes back: one of its own, so that nobody else's tests fall with it.

use ecto_core::Repo;
use ecto_core::migration::{Direction, Event, Migrations, Migrator, Until};
use ecto_tests::Stage;
use ecto_tests::case;
use ecto_tests::case::{Case, Outcome};
use ecto_tests::server::Fragile;

use super::lists;

pub const CASES: &[Case] = &[case!(a_server_falls_and_comes_back, [], with prefixes)];

/// Brings the server down when a statement is about to be sent, and up again when the run has failed; then runs the rest.
fn falls_at(server: &Fragile, migrations: &Migrations, text: &str) -> Vec<i64> {
    let adapter = lists::adapter(&server.url());
    let migrator = Migrator::new(&adapter, migrations);
    let mut stands = true;
    let outcome = migrator.run(Direction::Up, Until::All, &mut |event| {
        if stands && matches!(event, Event::Statement { sql } if sql.contains(text)) {
            server.fall().unwrap();
            stands = false;
        }
    });
    assert!(outcome.unwrap_err().is_connection());
    server.rise().unwrap();
    migrator.run(Direction::Up, Until::All, &mut |_| {}).unwrap()
}

fn a_server_falls_and_comes_back(_: &Stage) -> Outcome {
    let server = Fragile::start()?;
    let numbers = |sql: &str| Repo::connect(&server.url()).unwrap().query(sql, ()).unwrap().load::<i64>().unwrap();
    assert_eq!(falls_at(&server, &lists::five(), "VALUES (3)"), [3, 4, 5]);
    assert_eq!(numbers("SELECT version FROM ran ORDER BY version"), [2, 3, 4, 5]);
    for sql in ["DROP TABLE ran", "DELETE FROM schema_migrations"] {
        Repo::connect(&server.url())?.query(sql, ())?;
    }
    assert_eq!(falls_at(&server, &lists::steps(), "users_by_name"), [2]);
    assert_eq!(numbers("SELECT version FROM ran ORDER BY version"), [1, 2]);
    assert_eq!(numbers("SELECT count(*) FROM pg_index WHERE indexrelid = 'users_by_name'::regclass AND indisvalid"), [1]);
    Ok(())
}
