use std::fs;
use std::sync::Arc;

use super::*;
use crate::adapter::{Adapter, Command, Connection, Opened, Role, Row, Sink, open};
use crate::ddl::{AddConstraint, Constraint, OnDelete, Type, references};
use crate::error::Result;
use crate::types::Value;

struct Written<F>(F);

impl<F: Fn(&mut Change) + Send + Sync> Migration for Written<F> {
    fn change(&self, m: &mut Change) {
        (self.0)(m);
    }
}

fn database() -> Opened {
    open("sqlite::memory:", Default::default(), Default::default()).unwrap()
}

#[derive(Default)]
struct Texts(Vec<String>);

impl Sink for Texts {
    fn row(&mut self, row: Row<'_>) -> Result<()> {
        let texts: Vec<String> = row
            .values()?
            .iter()
            .map(|value| match value {
                Value::Text(text) => text.to_string(),
                Value::I64(number) => number.to_string(),
                Value::Null => "NULL".into(),
                other => format!("{other:?}"),
            })
            .collect();
        self.0.push(texts.join("|"));
        Ok(())
    }
}

fn rows(connection: &mut dyn Connection, sql: &str) -> Vec<String> {
    let mut texts = Texts::default();
    connection.run(Command::Raw(sql, &[]), &mut texts).unwrap();
    texts.0
}

/// Everything in the database but the versions and SQLite's own tables.
fn structure(connection: &mut dyn Connection) -> Vec<String> {
    rows(
        connection,
        "SELECT sql FROM sqlite_schema WHERE sql NOT NULL AND name NOT LIKE 'schema\\_migration%' ESCAPE '\\' AND name <> 'sqlite_sequence' ORDER BY name",
    )
}

fn run(
    adapter: &Arc<dyn Adapter>,
    connection: &mut Box<dyn Connection>,
    migrations: &Migrations,
    direction: Direction,
) -> Result<Vec<i64>> {
    Migrator::new(adapter, migrations).run_on(connection, direction, Until::All, &mut |_| {})
}

#[track_caller]
fn there_and_back(before: &str, change: impl Fn(&mut Change) + Send + Sync + 'static) -> Vec<String> {
    let (adapter, _) = database();
    let mut connection = adapter.connect(Role::Writer).unwrap();
    connection.script(before).unwrap();
    let first = structure(connection.as_mut());
    let migrations = Migrations::new().add(1, "x", Written(change));
    assert_eq!(run(&adapter, &mut connection, &migrations, Direction::Up).unwrap(), [1]);
    let changed = structure(connection.as_mut());
    assert_ne!(first, changed);
    assert_eq!(run(&adapter, &mut connection, &migrations, Direction::Down).unwrap(), [1]);
    let names = |list: &[String]| list.iter().map(|sql| sql.replace('"', "").split_whitespace().collect::<String>()).collect::<Vec<_>>();
    assert_eq!(names(&first), names(&structure(connection.as_mut())));
    changed
}

#[test]
fn a_table_comes_and_goes_with_its_indexes_and_references() {
    let made = there_and_back("", |m| {
        m.create_table("users", |t| {
            t.add("email", Type::String).not_null();
            t.add("age", Type::Integer).check("adult", "age > 17");
            t.timestamps();
        });
        m.create_unique_index("users", ["email"]);
        m.create_table("posts", |t| {
            t.add("author_id", t.references("users").on_delete(OnDelete::DeleteAll)).not_null();
            t.add("price", Type::Decimal).precision(10).scale(2).default("1.50");
        });
    });
    assert_eq!(made.len(), 3);
    assert!(made[0].contains("\"price\" TEXT DEFAULT '1.50'"));
}

/// What SQLite alters in place: also a reference, which is dropped by its name before its column.
#[test]
fn a_table_is_altered_in_place() {
    let before = "CREATE TABLE teams (id INTEGER PRIMARY KEY); CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER); \
                  INSERT INTO users VALUES (1, 'Al', 20)";
    let made = there_and_back(before, |m| {
        m.alter_table("users", |t| {
            t.add("email", Type::String).not_null().default("x");
            t.add("team_id", references("teams"));
            t.modify("age", Type::Integer).not_null().from_with(Type::Integer, |was| _ = was.nullable());
        });
        m.create_check("users", "adult", "age > 17");
        m.rename_column("users", "name", "full_name");
        m.rename_table("users", "people");
    });
    assert!(made.iter().any(|sql| sql.contains("CONSTRAINT \"users_team_id_fkey\" REFERENCES")), "{made:?}");
    assert!(made.iter().any(|sql| sql.contains("CONSTRAINT \"adult\" CHECK")), "{made:?}");
}

#[test]
fn an_index_is_renamed() {
    let before = "CREATE TABLE users (email TEXT); CREATE INDEX \"a\" ON \"users\" (\"email\")";
    there_and_back(before, |m| m.rename_index("users", ["email"], "a", "b"));
}

/// H-01, H-02, H-07
#[test]
fn versions_are_recorded_as_ecto_does() {
    let (adapter, _) = database();
    let mut connection = adapter.connect(Role::Writer).unwrap();
    let migrations = Migrations::new().add(20_261_122_093_000, "x", Written(|m: &mut Change| m.create_table("t", |_| {})));
    run(&adapter, &mut connection, &migrations, Direction::Up).unwrap();
    assert_eq!(
        rows(connection.as_mut(), "SELECT sql FROM sqlite_schema WHERE name = 'schema_migrations'"),
        ["CREATE TABLE \"schema_migrations\" (\"version\" INTEGER PRIMARY KEY, \"inserted_at\" TEXT)"]
    );
    let row = rows(connection.as_mut(), "SELECT version, length(inserted_at), substr(inserted_at, 11, 1) FROM schema_migrations");
    assert_eq!(row, ["20261122093000|19|T"]);
    assert_eq!(run(&adapter, &mut connection, &migrations, Direction::Up).unwrap(), [0_i64; 0]);
    let status = Migrator::new(&adapter, &migrations).status_on(connection.as_mut()).unwrap();
    assert_eq!((status[0].state, status[0].name.as_deref()), (State::Up, Some("x")));
}

/// H-07: a failure in a later statement undoes the whole migration, its row too; the earlier migrations stay, the later do not run.
#[test]
fn a_failure_leaves_nothing_half_done() {
    let (adapter, _) = database();
    let mut connection = adapter.connect(Role::Writer).unwrap();
    let create = |table: &'static str| Written(move |m: &mut Change| m.create_table(table, |_| {}));
    let broken = Written(|m: &mut Change| {
        m.create_table("b", |_| {});
        m.execute("INSERT INTO nowhere VALUES (1)");
    });
    let migrations = Migrations::new().add(1, "first", create("a")).add(2, "second", broken).add(3, "third", create("c"));
    let mut events = Vec::new();
    let error = Migrator::new(&adapter, &migrations)
        .run_on(&mut connection, Direction::Up, Until::All, &mut |event| events.push(format!("{event:?}")))
        .unwrap_err();
    assert!(error.message().starts_with("migration 2 second: execute `INSERT INTO nowhere VALUES (1)`: the database refused"), "{error}");
    assert!(events.last().unwrap().starts_with("Failed { version: 2"), "{events:?}");
    assert_eq!(rows(connection.as_mut(), "SELECT version FROM schema_migrations"), ["1"]);
    assert_eq!(rows(connection.as_mut(), "SELECT name FROM sqlite_schema WHERE name IN ('a', 'b', 'c')"), ["a"]);
}

/// G-02: what cannot be written or undone is found before the first of them runs.
#[test]
fn nothing_runs_if_one_of_them_cannot() {
    let (adapter, _) = database();
    let mut connection = adapter.connect(Role::Writer).unwrap();
    let create = Written(|m: &mut Change| m.create_table("a", |_| {}));
    let refused = Written(|m: &mut Change| m.create_prefix("b"));
    let migrations = Migrations::new().add(1, "first", create).add(2, "second", refused);
    let error = run(&adapter, &mut connection, &migrations, Direction::Up).unwrap_err();
    assert_eq!(error.message(), "migration 2 second: create prefix `b`: SQLite has no named schemas inside a database");
    assert_eq!(rows(connection.as_mut(), "SELECT count(*) FROM sqlite_schema"), ["0"]);
}

#[test]
fn a_statement_that_would_end_the_transaction_is_refused() {
    let (adapter, _) = database();
    let mut connection = adapter.connect(Role::Writer).unwrap();
    let migrations = Migrations::new().add(1, "x", Written(|m: &mut Change| m.execute("COMMIT")));
    let error = run(&adapter, &mut connection, &migrations, Direction::Up).unwrap_err();
    assert!(error.message().ends_with("`COMMIT` would end the transaction that the migration runs in"), "{error}");
}

/// G-48: refused, not only warned of.
#[test]
fn what_needs_no_transaction_says_so() {
    let (adapter, _) = database();
    let op = |m: &mut Change| _ = m.create_index("users", ["email"]).concurrently();
    let migrations = Migrations::new().add(1, "x", Written(op));
    let error = run(&adapter, &mut adapter.connect(Role::Writer).unwrap(), &migrations, Direction::Up).unwrap_err();
    let says =
        |error: &crate::Error| error.message().ends_with("create index `users_email_index` concurrently cannot run inside a transaction");
    assert!(says(&error), "{error}");
    #[cfg(feature = "postgres")]
    {
        let (postgres, _) = open("postgres://al@db.invalid/blog", Default::default(), Default::default()).unwrap();
        let available = &migrations.list().unwrap()[0];
        let ground = ground::Ground { adapter: postgres.as_ref(), prefix: None };
        let error = prepare::prepare(available, Direction::Up, ground, None).err().unwrap();
        assert!(says(&error), "{error}");
    }
}

/// G-37: in the text that the database keeps.
#[test]
fn remarks_are_kept() {
    let made = there_and_back("CREATE TABLE teams (id INTEGER PRIMARY KEY)", |m| {
        m.alter_table("teams", |t| _ = t.add("name", Type::Text).comment("what it is called"));
        m.create_index("teams", ["name"]).comment("for lists");
        m.create_constraint(AddConstraint::new("teams", "named", Constraint::Check("name <> ''".into())).comment("never empty"));
        m.create_table("users", |t| {
            t.comment("who is in");
            t.add("age", Type::Integer).comment("in years");
        });
    });
    let text = made.join("\n");
    for remark in ["what it is called", "for lists", "never empty", "who is in", "in years"] {
        assert!(text.contains(&format!("/* {remark} */")), "{text}");
    }
}

#[test]
fn sql_files_run_statement_by_statement() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("1_users.sql", "CREATE TABLE users (name TEXT);\nINSERT INTO users VALUES ('a;b');\n-- down\nDROP TABLE users;\n");
    write("README.md", "not a migration");
    fs::create_dir(folder.path().join("2_posts")).unwrap();
    write("2_posts/up.sql", "CREATE TABLE posts (x)");
    write("2_posts/down.sql", "DROP TABLE posts");
    let (adapter, _) = database();
    let mut connection = adapter.connect(Role::Writer).unwrap();
    let migrations = Migrations::new().folder(folder.path()).unwrap();
    assert_eq!(run(&adapter, &mut connection, &migrations, Direction::Up).unwrap(), [1, 2]);
    assert_eq!(rows(connection.as_mut(), "SELECT name FROM users"), ["a;b"]);
    assert_eq!(run(&adapter, &mut connection, &migrations, Direction::Down).unwrap(), [2, 1]);
    assert_eq!(structure(connection.as_mut()), [""; 0]);

    write("3_broken.sql", "CREATE TABLE a (x);\n\nCREATE TABEL b (x);");
    let migrations = Migrations::new().folder(folder.path()).unwrap();
    let error = run(&adapter, &mut connection, &migrations, Direction::Up).unwrap_err();
    assert!(error.message().contains("3_broken.sql:3: statement 2: the database refused"), "{error}");
    assert_eq!(structure(connection.as_mut()).len(), 2);
    assert_eq!(rows(connection.as_mut(), "SELECT version FROM schema_migrations"), ["1", "2"]);
}

/// Without a transaction what ran stays, and the version is recorded only at the end.
#[test]
fn a_migration_without_transaction_keeps_what_ran() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("1_x.sql"), "-- ecto: transaction = off\nCREATE TABLE a (x);\nVACUUM;\nBROKEN").unwrap();
    let (adapter, _) = database();
    let mut connection = adapter.connect(Role::Writer).unwrap();
    let migrations = Migrations::new().folder(folder.path()).unwrap();
    let mut kept = None;
    let mut report = |event: Event<'_>| {
        if let Event::Failed { kept: statements, .. } = event {
            kept = Some(statements);
        }
    };
    let migrator = Migrator::new(&adapter, &migrations);
    assert!(migrator.run_on(&mut connection, Direction::Up, Until::All, &mut report).is_err());
    assert_eq!(kept, Some(2));
    assert_eq!(structure(connection.as_mut()).len(), 1);
}

/// The status of a file that does not exist does not make it.
#[test]
fn status_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    let (adapter, _) = open(&format!("sqlite://{}", path.display()), Default::default(), Default::default()).unwrap();
    let migrations = Migrations::new().add(1, "x", Written(|m: &mut Change| m.create_table("t", |_| {})));
    let migrator = Migrator::new(&adapter, &migrations);
    assert_eq!(migrator.status().unwrap()[0].state, State::Down);
    assert!(!path.exists());
    migrator.run(Direction::Up, Until::All, &mut |_| {}).unwrap();
    let before = fs::read(&path).unwrap();
    assert_eq!(migrator.status().unwrap()[0].state, State::Up);
    assert_eq!(fs::read(&path).unwrap(), before);
    let none = Migrations::new();
    let status = Migrator::new(&adapter, &none).status().unwrap();
    assert_eq!((status[0].state, status[0].name.as_deref()), (State::Missing, None));
}

/// What a dry run shows can be run by hand: foreign keys are off before the table goes that others refer to.
#[test]
fn a_dry_run_shows_all_that_a_rebuild_needs() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("a.db").display());
    let (adapter, _) = open(&url, Default::default(), Default::default()).unwrap();
    let mut connection = adapter.connect(Role::Writer).unwrap();
    connection.script("CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER)").unwrap();
    let migrations = Migrations::new().add(1, "x", Written(|m: &mut Change| m.alter_table("users", |t| _ = t.modify("age", Type::Text))));
    let mut shown = Vec::new();
    let mut report = |event: Event<'_>| {
        if let Event::Statement { sql } = event {
            shown.push(sql.split_whitespace().take(2).collect::<Vec<_>>().join(" "));
        }
    };
    assert_eq!(Migrator::new(&adapter, &migrations).dry_run(Direction::Up, Until::All, &mut report).unwrap(), [1]);
    let expected = [
        "PRAGMA foreign_keys",
        "CREATE TABLE",
        "INSERT OR",
        "PRAGMA legacy_alter_table",
        "DROP TABLE",
        "ALTER TABLE",
        "PRAGMA legacy_alter_table",
        "PRAGMA foreign_keys",
    ];
    assert_eq!(shown, expected);
    assert_eq!(rows(connection.as_mut(), "SELECT name FROM sqlite_schema"), ["users"]);
}
