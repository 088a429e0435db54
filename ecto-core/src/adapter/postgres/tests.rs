//! What the shared suite cannot see: formats on the wire, runtimes, prepared statements that go stale, the ways into a server.
//!
//! They need a server: `ECTO_TEST_POSTGRES_URL`, else the local one. Where none answers they say so and pass.

use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::adapter::exec::{self, Exec};
use crate::adapter::{
    Adapter, Command, ConnectOptions, Connection, Pool, PoolOptions, Role, Row, Sink, Step, StorageStatus, TransactionMode, open,
};
use crate::error::{Error, Result, ViolationKind};
use crate::telemetry::Listeners;
use crate::types::Value;

fn url() -> String {
    std::env::var("ECTO_TEST_POSTGRES_URL").unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned())
}

fn adapter_at(url: &str) -> Arc<dyn Adapter> {
    open(url, ConnectOptions::default(), PoolOptions::default()).unwrap().0
}

/// A connection, or a word that there is none.
#[expect(clippy::print_stderr, reason = "a test that is skipped must say so")]
fn connect() -> Option<Box<dyn Connection>> {
    match adapter_at(&url()).connect(Role::Writer) {
        Ok(connection) => Some(connection),
        Err(error) if error.is_connection() => {
            eprintln!("skipped, no PostgreSQL server: {error}");
            None
        }
        Err(error) => panic!("{error:?}"),
    }
}

#[derive(Default)]
struct Collect(Vec<Vec<Value>>);

impl Sink for Collect {
    fn row(&mut self, row: Row<'_>) -> Result<()> {
        self.0.push(row.values()?);
        Ok(())
    }
}

fn run(connection: &mut dyn Connection, sql: &str, params: &[Value]) -> Result<u64> {
    connection.run(Command::Raw(sql, params), &mut ())
}

fn rows(connection: &mut dyn Connection, sql: &str, params: &[Value]) -> Result<Vec<Vec<Value>>> {
    let mut collect = Collect::default();
    connection.run(Command::Raw(sql, params), &mut collect)?;
    Ok(collect.0)
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned().into())
}

#[test]
fn every_type_comes_back_as_it_was_sent() {
    let Some(mut connection) = connect() else { return };
    let at = crate::types::parse_utc(b"2026-11-22T09:30:00.123456Z").unwrap();
    let before = crate::types::parse_utc(b"1899-12-31T23:59:59.999999Z").unwrap();
    let cases = [
        ("boolean", Value::Bool(true)),
        ("smallint", Value::I16(-7)),
        ("integer", Value::I32(i32::MIN)),
        ("bigint", Value::I64(i64::MAX)),
        ("real", Value::F32(0.5)),
        ("double precision", Value::F64(0.1)),
        ("text", text("a\"b\\c ä")),
        ("varchar(5)", text("abc")),
        ("name", text("abc")),
        ("bytea", Value::Bytes(Box::new([0, 255]))),
        ("date", Value::Date(before.date_naive())),
        ("time", Value::Time(at.time())),
        ("timestamp", Value::NaiveDateTime(before.naive_utc())),
        ("timestamptz", Value::DateTime(at)),
        ("json", Value::Json(Box::new(serde_json::json!({"a": [1, null]})))),
        ("jsonb", Value::Json(Box::new(serde_json::json!({"a": [1, null]})))),
        ("uuid", Value::Uuid([7; 16])),
        ("bigint[]", Value::List(Box::new([Value::I64(1), Value::Null, Value::I64(3)]))),
        ("text[]", Value::List(Box::new([]))),
    ];
    for (ty, value) in cases {
        let read = rows(&mut *connection, &format!("SELECT $1::{ty}"), std::slice::from_ref(&value)).unwrap();
        assert_eq!(read, [[value]], "{ty}");
        assert_eq!(rows(&mut *connection, &format!("SELECT $1::{ty} "), &[Value::Null]).unwrap(), [[Value::Null]], "{ty}");
    }
}

#[test]
#[cfg(feature = "decimal")]
fn decimals_are_exact_both_ways() {
    let Some(mut connection) = connect() else { return };
    for number in
        ["0", "1.50", "-0.0025", "12345678901234567890.12345678", "79228162514264337593543950335", "0.0000000000000000000000000001"]
    {
        let value = Value::Decimal(number.parse().unwrap());
        let read = rows(&mut *connection, "SELECT $1::numeric, ($1::numeric)::text", std::slice::from_ref(&value)).unwrap();
        assert_eq!(read, [[value, text(number)]], "{number}");
    }
    let too_long = rows(&mut *connection, "SELECT 123456789012345678901234567890.5", &[]).unwrap_err().to_string();
    assert!(too_long.contains("out of range for type `Decimal`"), "{too_long}");
}

#[test]
fn widths_follow_the_server_and_what_does_not_fit_is_an_error() {
    let Some(mut connection) = connect() else { return };
    assert_eq!(rows(&mut *connection, "SELECT $1::smallint", &[Value::I64(7)]).unwrap(), [[Value::I16(7)]]);
    assert_eq!(rows(&mut *connection, "SELECT $1::bigint", &[Value::I16(7)]).unwrap(), [[Value::I64(7)]]);
    let wide = rows(&mut *connection, "SELECT $1::smallint", &[Value::I64(70_000)]).unwrap_err().to_string();
    assert!(wide.contains("in parameter $1") && wide.contains("`70000` is out of range for type `smallint`"), "{wide}");
    let wrong = rows(&mut *connection, "SELECT $1::integer", &[text("1")]).unwrap_err().to_string();
    assert!(wrong.contains("expected a value of type `integer`, found String"), "{wrong}");
    let infinite = rows(&mut *connection, "SELECT 'infinity'::timestamptz", &[]).unwrap_err().to_string();
    assert!(infinite.contains("`infinity` is out of range"), "{infinite}");
    assert!(rows(&mut *connection, "SELECT '-infinity'::date", &[]).unwrap_err().to_string().contains("`-infinity`"));
    assert!(rows(&mut *connection, "SELECT '24:00'::time", &[]).is_err());
    let unknown = rows(&mut *connection, "SELECT '1.2.3.4'::inet AS address", &[]).unwrap_err().to_string();
    assert!(unknown.contains("`inet`") && unknown.contains("hint: cast it"), "{unknown}");
    assert!(run(&mut *connection, "SELECT $1::int", &[]).unwrap_err().to_string().contains("takes 1 parameters, found 0"));
}

#[test]
fn enums_and_domains_are_what_lies_under_them() {
    let Some(mut connection) = connect() else { return };
    let types = "CREATE TYPE pg_temp.mood AS ENUM ('sad', 'ok'); CREATE DOMAIN pg_temp.age AS integer CHECK (VALUE > 0); \
                 CREATE TEMP TABLE people (mood pg_temp.mood, age pg_temp.age)";
    connection.script(types).unwrap();
    run(&mut *connection, "INSERT INTO people VALUES ($1, $2)", &[text("ok"), Value::I64(7)]).unwrap();
    let read = rows(&mut *connection, "SELECT mood, age FROM people WHERE mood = $1", &[text("ok")]).unwrap();
    assert_eq!(read, [[text("ok"), Value::I32(7)]]);
}

#[test]
fn what_a_statement_wrote_is_counted() {
    let Some(mut connection) = connect() else { return };
    connection.script("CREATE TEMP TABLE t (n integer)").unwrap();
    assert_eq!(run(&mut *connection, "INSERT INTO t VALUES ($1), ($2)", &[Value::I32(1), Value::I32(2)]).unwrap(), 2);
    assert_eq!(run(&mut *connection, "SELECT * FROM t", &[]).unwrap(), 2);
    assert_eq!(run(&mut *connection, "UPDATE t SET n = 0 WHERE n > 5", &[]).unwrap(), 0);
    assert_eq!(run(&mut *connection, "DELETE FROM t RETURNING n", &[]).unwrap(), 2);
}

#[test]
fn violations_are_named_and_hold_no_value() {
    let Some(mut connection) = connect() else { return };
    let tables = "CREATE TEMP TABLE users (id bigint PRIMARY KEY, email text UNIQUE, age integer CONSTRAINT adult CHECK (age > 17) NOT NULL); \
                  CREATE TEMP TABLE posts (user_id bigint REFERENCES users); INSERT INTO users VALUES (1, 'al@secret', 20); INSERT INTO posts VALUES (1)";
    connection.script(tables).unwrap();
    let mut violated = |sql: &str| {
        let error = run(&mut *connection, sql, &[]).unwrap_err();
        assert!(!format!("{error:?}").contains("al@secret"), "{error:?}");
        error.violation().cloned().unwrap()
    };
    let unique = violated("INSERT INTO users VALUES (2, 'al@secret', 20)");
    assert_eq!(
        (unique.kind, unique.name.as_deref(), unique.table.as_deref()),
        (ViolationKind::Unique, Some("users_email_key"), Some("users"))
    );
    assert_eq!(violated("INSERT INTO users VALUES (2, 'b', 1)").name.as_deref(), Some("adult"));
    assert_eq!(violated("INSERT INTO users VALUES (2, 'b', NULL)").columns, ["age"]);
    assert_eq!(violated("INSERT INTO posts VALUES (7)").name.as_deref(), Some("posts_user_id_fkey"));
    let child = violated("DELETE FROM users");
    assert_eq!((child.kind, child.name.as_deref()), (ViolationKind::ForeignKey, Some("posts_user_id_fkey")));
}

#[test]
fn a_statement_that_went_stale_is_prepared_again_outside_of_a_transaction() {
    let Some(mut connection) = connect() else { return };
    connection.script("CREATE TEMP TABLE t (a integer); INSERT INTO t VALUES (1)").unwrap();
    let read = |connection: &mut dyn Connection| rows(connection, "SELECT * FROM t", &[]);
    assert_eq!(read(&mut *connection).unwrap(), [[Value::I32(1)]]);
    connection.script("ALTER TABLE t ADD b integer DEFAULT 2").unwrap();
    assert_eq!(read(&mut *connection).unwrap(), [[Value::I32(1), Value::I32(2)]]);

    connection.step(Step::Begin(TransactionMode::Write)).unwrap();
    connection.script("ALTER TABLE t ADD c integer").unwrap();
    let error = read(&mut *connection).unwrap_err();
    assert!(error.to_string().contains("prepared before the schema changed") && error.hint().is_some(), "{error}");
    connection.step(Step::Rollback).unwrap();
    assert_eq!(read(&mut *connection).unwrap().len(), 1);
    connection.script("DEALLOCATE ALL").unwrap();
    assert_eq!(read(&mut *connection).unwrap().len(), 1);
}

#[test]
fn a_failed_transaction_does_not_commit() {
    let Some(mut connection) = connect() else { return };
    connection.script("CREATE TEMP TABLE t (n integer)").unwrap();
    connection.step(Step::Begin(TransactionMode::Write)).unwrap();
    run(&mut *connection, "INSERT INTO t VALUES (1)", &[]).unwrap();
    run(&mut *connection, "SELECT 1 / 0", &[]).unwrap_err();
    assert_eq!(connection.step(Step::Commit).unwrap_err().code(), Some("25P02"));
    assert!(!connection.in_transaction());

    connection.step(Step::Begin(TransactionMode::Write)).unwrap();
    connection.step(Step::Savepoint(1)).unwrap();
    run(&mut *connection, "SELECT 1 / 0", &[]).unwrap_err();
    connection.step(Step::RollbackTo(1)).unwrap();
    run(&mut *connection, "INSERT INTO t VALUES (2)", &[]).unwrap();
    connection.step(Step::Commit).unwrap();
    assert_eq!(rows(&mut *connection, "SELECT n FROM t", &[]).unwrap(), [[Value::I32(2)]]);
}

#[test]
fn a_transaction_that_a_raw_statement_left_open_is_found() {
    let Some(mut connection) = connect() else { return };
    assert!(!connection.in_transaction());
    run(&mut *connection, "BEGIN", &[]).unwrap();
    assert!(connection.in_transaction());
    run(&mut *connection, "SELECT 1 / 0", &[]).unwrap_err();
    assert!(connection.in_transaction());
    run(&mut *connection, "ROLLBACK", &[]).unwrap();
    assert!(!connection.in_transaction());
}

#[test]
fn a_statement_is_stopped_at_its_deadline_and_the_connection_goes_on() {
    if connect().is_none() {
        return;
    }
    let adapter = adapter_at(&url());
    let pool = Pool::new(adapter.clone(), PoolOptions::default());
    let mut lease = pool.take(Role::Writer, None).unwrap();
    let (connection, watch) = lease.parts();
    let listeners = Listeners::new();
    let timeout = Some(Duration::from_millis(100));
    let (dialect, location) = (adapter.dialect(), Location::caller());
    let context = Exec { listeners: &listeners, dialect, timeout, watch: Some(watch), queued: Duration::ZERO, location };
    let start = Instant::now();
    let error = exec::run(connection, Command::Raw("SELECT pg_sleep(20)", &[]), &mut (), &context).unwrap_err();
    assert!(error.is_timeout() && start.elapsed() < Duration::from_secs(5), "{error}");
    assert!(!connection.is_broken());
    assert_eq!(exec::run(connection, Command::Raw("SELECT 1", &[]), &mut (), &context).unwrap(), 1);
}

/// Opens a pool, asks, transacts and drops everything, inside of a task.
fn inside_of_a_task() -> Result<u64> {
    let pool = Pool::new(adapter_at(&url()), PoolOptions::default());
    let mut lease = pool.take(Role::Writer, None)?;
    lease.step(Step::Begin(TransactionMode::Write))?;
    let count = run(&mut *lease, "SELECT * FROM generate_series(1, $1)", &[Value::I64(3)])?;
    lease.step(Step::Commit)?;
    lease.finish()?;
    Ok(count)
}

#[test]
fn nothing_panics_inside_of_a_runtime() {
    if connect().is_none() {
        return;
    }
    let one = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let many = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    assert_eq!(one.block_on(async { inside_of_a_task() }).unwrap(), 3);
    assert_eq!(many.block_on(async { inside_of_a_task() }).unwrap(), 3);
    assert_eq!(many.block_on(async { tokio::spawn(async { inside_of_a_task() }).await.unwrap() }).unwrap(), 3);
    assert_eq!(many.block_on(async { tokio::task::spawn_blocking(inside_of_a_task).await.unwrap() }).unwrap(), 3);
}

fn refused(url: &str) -> Error {
    adapter_at(url).connect(Role::Writer).err().unwrap_or_else(|| panic!("{url} was let in"))
}

#[test]
fn the_ways_in_that_are_closed_say_why() {
    if connect().is_none() {
        return;
    }
    let base = url();
    let missing = refused(&format!("{}/ecto_no_such_database", base.rsplit_once('/').unwrap().0));
    assert!(missing.is_missing_database() && missing.to_string().contains("hint: create it with `ecto create`"), "{missing}");
    let nobody = refused("postgres://al:hush@127.0.0.1:1/blog?connect_timeout=1s");
    assert!(nobody.is_connection() && !format!("{nobody:?}").contains("hush"), "{nobody}");
    let rootless = format!("{base}?sslmode=verify-full&sslrootcert=/no/such/file");
    let error = open(&rootless, ConnectOptions::default(), PoolOptions::default()).err().unwrap();
    assert!(error.to_string().contains("/no/such/file"), "{error}");
}

#[test]
fn statements_without_names_work_behind_a_pooler() {
    if connect().is_none() {
        return;
    }
    let mut connection = adapter_at(&format!("{}?prepare=off", url())).connect(Role::Writer).unwrap();
    connection.script("CREATE TEMP TABLE t (n integer, label text, at timestamp)").unwrap();
    let at = crate::types::parse_utc(b"2026-11-22T09:30:00Z").unwrap();
    for number in [1, 2] {
        let params = [Value::I64(number), text("a"), Value::DateTime(at)];
        assert_eq!(run(&mut *connection, "INSERT INTO t VALUES ($1, $2, $3)", &params).unwrap(), 1);
    }
    let list = Value::List(Box::new([Value::I64(2), Value::I64(3)]));
    let read = rows(&mut *connection, "SELECT n, at FROM t WHERE n = ANY($1) AND label = $2", &[list, text("a")]).unwrap();
    assert_eq!(read, [[Value::I32(2), Value::NaiveDateTime(at.naive_utc())]]);
    let kept = rows(&mut *connection, "SELECT count(*) FROM pg_prepared_statements", &[]).unwrap();
    assert_eq!(kept, [[Value::I64(0)]]);
}

#[test]
fn sessions_are_in_utc_and_have_a_name() {
    if connect().is_none() {
        return;
    }
    let mut connection = adapter_at(&format!("{}?application_name=blog&statement_timeout=50ms", url())).connect(Role::Writer).unwrap();
    let read = rows(&mut *connection, "SELECT current_setting('TimeZone'), current_setting('application_name')", &[]).unwrap();
    assert_eq!(read, [[text("UTC"), text("blog")]]);
    assert!(run(&mut *connection, "SELECT pg_sleep(5)", &[]).unwrap_err().is_timeout());
}

static DATABASES: AtomicUsize = AtomicUsize::new(0);

#[test]
fn a_database_is_created_found_and_dropped_even_while_in_use() {
    if connect().is_none() {
        return;
    }
    let name = format!("ecto_adapter_\"{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::SeqCst));
    let adapter = adapter_at(&format!("{}/{}", url().rsplit_once('/').unwrap().0, name.replace('"', "%22")));
    let storage = adapter.storage();
    assert_eq!(storage.status().unwrap(), StorageStatus::Down);
    assert!(storage.create().unwrap() && !storage.create().unwrap());
    assert_eq!(storage.status().unwrap(), StorageStatus::Up);
    let mut connection = adapter.connect(Role::Writer).unwrap();
    assert!(storage.drop(false).is_err());
    assert!(storage.drop(true).unwrap() && !storage.drop(true).unwrap());
    let lost = run(&mut *connection, "SELECT 1", &[]).unwrap_err();
    assert!(lost.is_connection() && connection.is_broken(), "{lost}");
}

#[test]
fn a_server_without_tls_is_refused_where_tls_is_required() {
    let Some(mut connection) = connect() else { return };
    if rows(&mut *connection, "SHOW ssl", &[]).unwrap() != [[text("off")]] {
        let mut secret = adapter_at(&format!("{}?sslmode=require", url())).connect(Role::Writer).unwrap();
        let used = rows(&mut *secret, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", &[]).unwrap();
        assert_eq!(used, [[Value::Bool(true)]]);
        return;
    }
    let error = refused(&format!("{}?sslmode=require", url())).to_string();
    assert!(error.contains("TLS"), "{error}");
}
