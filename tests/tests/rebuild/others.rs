//! What others see while a table is made anew, and after.

use std::sync::Barrier;

use super::*;

#[test]
fn t54_a_reader_keeps_what_it_saw() {
    let folder = tempfile::tempdir().unwrap();
    let repo = filled(&file(&folder), 10);
    let reader = rusqlite::Connection::open(file(&folder)).unwrap();
    let seen = || reader.query_row("SELECT group_concat(DISTINCT typeof(age)) FROM users", [], |row| row.get::<_, String>(0)).unwrap();
    reader.execute_batch("BEGIN").unwrap();
    assert_eq!(seen(), "integer");
    repo.migrate(&changed()).unwrap();
    assert_eq!(seen(), "integer");
    reader.execute_batch("COMMIT").unwrap();
    assert_eq!(seen(), "text");
}

/// A writer waits until the table is made anew, and goes on with the statement that it had prepared before.
#[test]
fn t55_a_writer_waits_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let repo = filled(&file(&folder), 20_000);
    let writer = super::repo(&file(&folder));
    let insert = "INSERT INTO users (name) VALUES ('late') RETURNING age";
    assert_eq!(writer.query(insert, ()).unwrap().load::<Option<i64>>().unwrap(), [None]);
    let together = Barrier::new(2);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            together.wait();
            repo.migrate(&changed()).unwrap();
        });
        together.wait();
        for _ in 0..20 {
            writer.query("INSERT INTO posts (user_id) VALUES (1)", ()).unwrap();
        }
    });
    assert_eq!(writer.query(insert, ()).unwrap().load::<String>().unwrap(), ["none"]);
    assert_eq!(number(&repo, "SELECT count(*) FROM users"), 20_002);
    assert_eq!(number(&repo, "SELECT count(*) FROM posts"), 20_020);
}

/// Each in a session of its own: one does it, and the other finds it done.
#[test]
fn t56_two_at_once() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(&file(&folder), 5_000));
    let ran = std::thread::scope(|scope| {
        let rivals: Vec<_> = (0..2).map(|_| scope.spawn(|| migrate_on(&file(&folder), "").unwrap())).collect();
        rivals.into_iter().map(|rival| rival.join().unwrap()).collect::<Vec<_>>().concat()
    });
    assert_eq!(ran, [2]);
    assert_eq!(number(&repo(&file(&folder)), "SELECT count(*) FROM posts"), 5_000);
}

#[test]
fn there_and_back_is_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let repo = filled(&file(&folder), 100);
    let rows = || texts(&repo, "SELECT id || name || quote(age) FROM users");
    let (schema, before) = (texts(&repo, SCHEMA), rows());
    repo.migrate(&changed()).unwrap();
    repo.rollback(&changed(), Until::Steps(1)).unwrap();
    repo.migrate(&changed()).unwrap();
    repo.rollback(&changed(), Until::Steps(1)).unwrap();
    let users = "CREATE TABLE \"users\" (\"id\" INTEGER PRIMARY KEY AUTOINCREMENT, \"name\" TEXT, \"age\" INTEGER DEFAULT 'none')";
    // Nobody said what the default was, so it stays; PostgreSQL does the same.
    assert_eq!(texts(&repo, SCHEMA).iter().filter(|sql| !schema.contains(sql)).collect::<Vec<_>>(), [users]);
    assert_eq!(rows(), before);
    // Foreign keys are on again.
    assert!(repo.query("INSERT INTO posts (user_id) VALUES (999)", ()).unwrap_err().is_foreign_key_violation());
}

/// Outside a transaction each rebuild has one of its own.
#[test]
fn a_migration_without_a_transaction() {
    struct Stepwise;
    impl Migration for Stepwise {
        fn change(&self, m: &mut Change) {
            m.execute_both("INSERT INTO users (name) VALUES ('before')", "");
            m.alter_table("users", |t| _ = t.modify("age", Type::Text).from(Type::Integer));
        }
        fn options(&self) -> MigrationOptions {
            MigrationOptions::new().transaction(false)
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let repo = filled(&file(&folder), 100);
    repo.migrate(&made().add(2, "stepwise", Stepwise)).unwrap();
    assert_eq!(number(&repo, "SELECT count(*) FROM posts"), 100);
    assert_eq!(number(&repo, "SELECT count(*) FROM users WHERE typeof(age) = 'text'"), 100);
    assert!(repo.query("INSERT INTO posts (user_id) VALUES (999)", ()).unwrap_err().is_foreign_key_violation());
}
