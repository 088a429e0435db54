//! What the shared suite cannot see: settings of a session, files that are no databases, the faults of SQLite.

use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use super::SqliteAdapter;
use crate::adapter::exec::{self, Exec};
use crate::adapter::{
    Adapter, Command, ConnectOptions, Connection, Pool, PoolOptions, Role, Row, Sink, Step, StorageStatus, TransactionMode,
};
use crate::error::{Result, ViolationKind};
use crate::telemetry::Listeners;
use crate::types::Value;

#[derive(Default)]
struct Collect(Vec<Vec<Value>>);

impl Sink for Collect {
    fn row(&mut self, row: Row<'_>) -> Result<()> {
        self.0.push(row.values()?);
        Ok(())
    }
}

fn memory() -> Box<dyn Connection> {
    SqliteAdapter::new(None, ConnectOptions::default()).connect(Role::Writer).unwrap()
}

fn run(connection: &mut dyn Connection, sql: &str, params: &[Value]) -> Result<u64> {
    connection.run(Command::Raw(sql, params), &mut ())
}

fn rows(connection: &mut dyn Connection, sql: &str, params: &[Value]) -> Vec<Vec<Value>> {
    let mut collect = Collect::default();
    connection.run(Command::Raw(sql, params), &mut collect).unwrap();
    collect.0
}

#[test]
fn values_are_stored_as_the_guide_says() {
    let mut connection = memory();
    let at = crate::types::parse_utc(b"2026-11-22T09:30:00Z").unwrap();
    let sent = [Value::Bool(true), Value::DateTime(at), Value::Date(at.date_naive()), Value::Uuid([1; 16]), Value::F32(0.5), Value::Null];
    let sql = "SELECT ?1, ?2, ?3, ?4, ?5, ?6, typeof(?2)";
    let read = rows(&mut *connection, sql, &sent);
    let text = |text: &str| Value::Text(text.to_owned().into());
    let expected = [
        Value::I64(1),
        text("2026-11-22T09:30:00.000000Z"),
        text("2026-11-22"),
        text("01010101-0101-0101-0101-010101010101"),
        Value::F64(0.5),
        Value::Null,
        text("text"),
    ];
    assert_eq!(read, [expected]);
}

#[test]
fn a_patience_beyond_what_sqlite_counts_is_the_longest() {
    let options = ConnectOptions { busy_timeout: Duration::MAX, ..ConnectOptions::default() };
    let mut connection = SqliteAdapter::new(None, options).connect(Role::Writer).unwrap();
    assert_eq!(rows(&mut *connection, "PRAGMA busy_timeout", &[]), [[Value::I64(i64::from(i32::MAX))]]);
}

#[test]
fn a_session_is_set_up() {
    let folder = tempfile::tempdir().unwrap();
    let adapter = SqliteAdapter::new(Some(folder.path().join("a.db")), ConnectOptions::default());
    let mut writer = adapter.connect(Role::Writer).unwrap();
    let pragma = |connection: &mut dyn Connection, name: &str| rows(connection, &format!("PRAGMA {name}"), &[])[0][0].clone();
    assert_eq!(pragma(&mut *writer, "journal_mode"), Value::Text("wal".into()));
    assert_eq!(pragma(&mut *writer, "foreign_keys"), Value::I64(1));
    assert_eq!(pragma(&mut *writer, "busy_timeout"), Value::I64(5000));
    assert_eq!(rows(&mut *writer, "SELECT 'A' LIKE 'a'", &[]), [[Value::I64(0)]]);
    run(&mut *writer, "CREATE TABLE t (id INTEGER PRIMARY KEY)", &[]).unwrap();
    let mut reader = adapter.connect(Role::Reader).unwrap();
    assert!(run(&mut *reader, "INSERT INTO t VALUES (1)", &[]).is_err());
    assert_eq!(rows(&mut *reader, "SELECT count(*) FROM t", &[]), [[Value::I64(0)]]);
}

#[test]
fn what_a_statement_wrote_is_counted() {
    let mut connection = memory();
    run(&mut *connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)", &[]).unwrap();
    assert_eq!(run(&mut *connection, "INSERT INTO t (n) VALUES (?1), (?2)", &[Value::I64(1), Value::I64(2)]).unwrap(), 2);
    assert_eq!(run(&mut *connection, "SELECT * FROM t", &[]).unwrap(), 2);
    assert_eq!(run(&mut *connection, "UPDATE t SET n = 0 WHERE n > 5", &[]).unwrap(), 0);
    assert_eq!(run(&mut *connection, "DELETE FROM t RETURNING id", &[]).unwrap(), 2);
    let few = run(&mut *connection, "SELECT ?1, ?2", &[Value::I64(1)]).unwrap_err();
    assert!(few.to_string().contains("takes 2 parameters, found 1"), "{few}");
    let many = run(&mut *connection, "SELECT ?1", &[Value::I64(1), Value::I64(1)]).unwrap_err();
    assert!(many.to_string().contains("takes 1 parameters, found 2"), "{many}");
}

#[test]
fn violations_name_what_sqlite_names() {
    let mut connection = memory();
    let tables = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE NOT NULL, age INTEGER CONSTRAINT adult CHECK (age > 17), nick TEXT); \
                  CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users DEFERRABLE INITIALLY DEFERRED); \
                  CREATE UNIQUE INDEX users_lower ON users (lower(nick)); INSERT INTO users VALUES (1, 'a', 20, 'n');";
    connection.script(tables).unwrap();
    let mut violated = |sql: &str| run(&mut *connection, sql, &[]).unwrap_err().violation().cloned().unwrap();
    let unique = violated("INSERT INTO users VALUES (2, 'a', 20, 'm')");
    assert_eq!((unique.kind, unique.table.as_deref(), unique.columns), (ViolationKind::Unique, Some("users"), vec!["email".to_owned()]));
    assert_eq!(violated("INSERT INTO users VALUES (1, 'b', 20, 'm')").columns, ["id"]);
    assert_eq!(violated("INSERT INTO users VALUES (2, 'A', 20, 'N')").name.as_deref(), Some("users_lower"));
    let null = violated("INSERT INTO users VALUES (2, NULL, 20, 'm')");
    assert_eq!((null.kind, null.columns), (ViolationKind::NotNull, vec!["email".to_owned()]));
    let check = violated("INSERT INTO users VALUES (2, 'b', 1, 'm')");
    assert_eq!((check.kind, check.name.as_deref()), (ViolationKind::Check, Some("adult")));
}

#[test]
fn a_commit_names_the_deferred_key_that_it_broke() {
    let mut connection = memory();
    let tables = "CREATE TABLE users (id INTEGER PRIMARY KEY); \
                  CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users DEFERRABLE INITIALLY DEFERRED);";
    connection.script(tables).unwrap();
    connection.step(Step::Begin(TransactionMode::Write)).unwrap();
    run(&mut *connection, "INSERT INTO posts VALUES (1, 7)", &[]).unwrap();
    let error = connection.step(Step::Commit).unwrap_err();
    let violation = error.violation().unwrap();
    assert_eq!((violation.name.as_deref(), violation.columns.join(" ")), (Some("posts_user_id_fkey"), "user_id".to_owned()));
    assert!(connection.in_transaction());
    connection.step(Step::Rollback).unwrap();
    assert!(!connection.in_transaction());
    connection.step(Step::Rollback).unwrap();
}

#[test]
fn a_read_only_transaction_refuses_to_write_and_ends() {
    let mut connection = memory();
    run(&mut *connection, "CREATE TABLE t (n INTEGER)", &[]).unwrap();
    connection.step(Step::Begin(TransactionMode::ReadOnly)).unwrap();
    assert!(run(&mut *connection, "INSERT INTO t VALUES (1)", &[]).is_err());
    connection.step(Step::Rollback).unwrap();
    run(&mut *connection, "INSERT INTO t VALUES (1)", &[]).unwrap();
}

#[test]
fn savepoints_undo_what_stands_behind_them() {
    let mut connection = memory();
    run(&mut *connection, "CREATE TABLE t (n INTEGER)", &[]).unwrap();
    connection.step(Step::Begin(TransactionMode::Write)).unwrap();
    for undone in [true, false, true] {
        connection.step(Step::Savepoint(1)).unwrap();
        run(&mut *connection, "INSERT INTO t VALUES (1)", &[]).unwrap();
        if undone {
            connection.step(Step::RollbackTo(1)).unwrap();
        }
        connection.step(Step::Release(1)).unwrap();
    }
    connection.step(Step::Commit).unwrap();
    assert_eq!(rows(&mut *connection, "SELECT count(*) FROM t", &[]), [[Value::I64(1)]]);
}

#[test]
fn a_second_writer_waits_and_then_says_who_is_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let options = ConnectOptions { busy_timeout: Duration::from_millis(20), ..ConnectOptions::default() };
    let adapter = SqliteAdapter::new(Some(folder.path().join("a.db")), options);
    let (mut one, mut two) = (adapter.connect(Role::Writer).unwrap(), adapter.connect(Role::Writer).unwrap());
    one.step(Step::Begin(TransactionMode::Write)).unwrap();
    let error = two.step(Step::Begin(TransactionMode::Write)).unwrap_err();
    assert!(error.is_busy() && error.hint().is_some(), "{error}");
}

#[test]
fn a_statement_is_stopped_at_its_deadline() {
    let adapter = Arc::new(SqliteAdapter::new(None, ConnectOptions::default()));
    let pool = Pool::new(adapter.clone(), PoolOptions::default());
    let mut lease = pool.take(Role::Writer, None).unwrap();
    let (connection, watch) = lease.parts();
    let listeners = Listeners::new();
    let context = Exec {
        listeners: &listeners,
        dialect: adapter.dialect(),
        timeout: Some(Duration::from_millis(50)),
        watch: Some(watch),
        queued: Duration::ZERO,
        location: Location::caller(),
    };
    let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n";
    let error = exec::run(connection, Command::Raw(endless, &[]), &mut (), &context).unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("50ms"), "{error}");
    assert_eq!(exec::run(connection, Command::Raw("SELECT 1", &[]), &mut (), &context).unwrap(), 1);
}

#[test]
fn whoever_listens_is_told_once_of_each_statement() {
    let mut connection = memory();
    let listeners = Listeners::new();
    let told = Arc::new(std::sync::Mutex::new(Vec::new()));
    let sink = Arc::clone(&told);
    let id = listeners
        .add(move |event| sink.lock().unwrap().push((event.sql.to_owned(), event.params.join(","), event.rows, event.error.is_some())));
    let context = Exec {
        listeners: &listeners,
        dialect: &super::dialect::DIALECT,
        timeout: None,
        watch: None,
        queued: Duration::ZERO,
        location: Location::caller(),
    };
    exec::run(&mut *connection, Command::Raw("SELECT ?1", &[Value::I64(7)]), &mut (), &context).unwrap();
    exec::run(&mut *connection, Command::Raw("SELEC", &[]), &mut (), &context).unwrap_err();
    exec::step(&mut *connection, Step::Begin(TransactionMode::Write), &context).unwrap();
    listeners.remove(id);
    exec::run(&mut *connection, Command::Raw("SELECT 2", &[]), &mut (), &context).unwrap();
    let expected = [("SELECT ?1", "7", 1, false), ("SELEC", "", 0, true), ("begin", "", 0, false)];
    let told: Vec<_> = told.lock().unwrap().clone();
    assert_eq!(told, expected.map(|(sql, params, rows, failed)| (sql.to_owned(), params.to_owned(), rows, failed)));
}

#[test]
fn files_that_are_no_databases_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "these are notes, and not a database; long enough to have a header").unwrap();
    let adapter = SqliteAdapter::new(Some(path), ConnectOptions::default());
    let error = adapter.connect(Role::Writer).err().unwrap().to_string();
    assert!(error.contains("notes.txt` is not a SQLite database"), "{error}");
    assert!(adapter.storage().status().is_err() && adapter.storage().drop(false).is_err());

    let nowhere = SqliteAdapter::new(Some(folder.path().join("no/such/a.db")), ConnectOptions::default());
    let error = nowhere.connect(Role::Writer).err().unwrap().to_string();
    assert!(error.contains("cannot open") && error.contains("hint: does its folder exist"), "{error}");
}

#[test]
fn a_file_is_created_found_and_dropped_with_what_stands_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/blog.db");
    let adapter = SqliteAdapter::new(Some(path.clone()), ConnectOptions::default());
    let storage = adapter.storage();
    assert_eq!(storage.status().unwrap(), StorageStatus::Down);
    assert!(!storage.drop(false).unwrap());
    assert!(storage.create().unwrap());
    assert_eq!(storage.status().unwrap(), StorageStatus::Up);
    assert!(!storage.create().unwrap());
    let mut open = adapter.connect(Role::Writer).unwrap();
    run(&mut *open, "CREATE TABLE t (n INTEGER)", &[]).unwrap();
    assert!(storage.drop(false).unwrap());
    drop(open);
    assert!(!path.exists() && !folder.path().join("deep/blog.db-wal").exists());
}

#[test]
fn a_table_that_changed_is_read_as_it_is_now() {
    let mut connection = memory();
    connection.script("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)").unwrap();
    assert_eq!(rows(&mut *connection, "SELECT * FROM t", &[]), [[Value::I64(1)]]);
    connection.script("ALTER TABLE t ADD b INTEGER DEFAULT 2").unwrap();
    assert_eq!(rows(&mut *connection, "SELECT * FROM t", &[]), [[Value::I64(1), Value::I64(2)]]);
}

#[test]
fn a_pattern_can_use_an_index_and_other_plans_are_stable_again_afterwards() {
    let mut connection = memory();
    connection.script("CREATE TABLE t (name TEXT); CREATE INDEX t_name ON t (name)").unwrap();
    let plan = |connection: &mut dyn Connection, pattern: &str| {
        let read = rows(connection, "EXPLAIN QUERY PLAN SELECT * FROM t WHERE name LIKE ?1", &[Value::Text(pattern.to_owned().into())]);
        format!("{read:?}")
    };
    assert!(plan(&mut *connection, "al%").contains("SEARCH"));
    assert!(plan(&mut *connection, "%al").contains("SCAN"));
}

mod keys;
