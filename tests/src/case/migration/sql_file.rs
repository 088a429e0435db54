//! Migrations in SQL: what is understood goes back by itself, and what is noted of each version.

use std::fs;

use ecto_core::adapter::{ConnectOptions, PoolOptions, open};
use ecto_core::migration::{Direction, Event, Migrator, State, Status};
use ecto_core::prelude::*;
use tempfile::TempDir;

use super::{count, is_refused};
use crate::Stage;
use crate::case::{Case, Outcome, case};

pub(in crate::case) const CASES: &[Case] = &[
    case!(what_is_understood_goes_there_and_back, ["G-23"]),
    case!(what_the_catalogue_says_comes_back, ["G-23"], with prefixes),
    case!(a_condition_that_holds_already_leaves_nothing_to_undo, ["G-23"]),
    case!(what_was_done_is_undone_although_the_file_was_edited, ["G-23", "H-11"]),
    case!(a_statement_that_is_not_understood_is_named, ["G-23"]),
    case!(what_nothing_undoes_is_told_before_it_is_done, ["G-23"], with prefixes),
    case!(what_cannot_stand_in_a_transaction_is_refused, ["G-23"]),
    case!(an_error_names_the_line_whatever_is_sent, ["G-23"]),
    case!(a_way_back_that_is_written_wins, ["G-23"]),
    case!(nothing_is_noted_of_what_another_applied, ["H-01", "H-11"]),
    case!(a_pending_version_may_be_out_of_order, ["H-10", "H-11"]),
    case!(folders_in_the_folder_are_searched, ["H-05"]),
];

/// A folder of files.
struct Files(TempDir);

impl Files {
    fn new(stage: &Stage, files: &[(&str, &str)]) -> std::io::Result<Files> {
        let folder = tempfile::tempdir()?;
        for (name, text) in files {
            let path = folder.path().join(name);
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::write(path, stage.sql(text))?;
        }
        Ok(Files(folder))
    }

    fn write(&self, name: &str, text: &str) -> std::io::Result<()> {
        fs::write(self.0.path().join(name), text)
    }

    fn migrations(&self) -> Result<Migrations> {
        Migrations::new().folder(self.0.path())
    }
}

const BASE: (&str, &str) = (
    "1_base.sql",
    "CREATE TABLE teams (id {key}, name {text} NOT NULL, CONSTRAINT short CHECK (name <> 'longer'));
     CREATE TABLE users (id {key}, name {text} DEFAULT 'x', age {integer} NOT NULL, size {integer});
     CREATE INDEX users_age ON users (age);
     CREATE TABLE posts (id {key}, title {text}, user_id {bigint} REFERENCES users (id));
     CREATE INDEX posts_title ON posts (title);
     CREATE VIEW seen AS SELECT name FROM teams;",
);

/// Everything that is there but what migrations record, in the database's own words.
fn structure(stage: &Stage) -> Result<Vec<String>> {
    let sql = match stage.capabilities().prefixes {
        false => {
            "SELECT sql FROM sqlite_schema WHERE sql NOT NULL AND name NOT LIKE 'schema\\_migration%' ESCAPE '\\' AND name <> 'sqlite_sequence'"
        }
        true => {
            "WITH ours AS (SELECT oid, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'schema_migration%') \
             SELECT relname::text || ' ' || attname::text || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull || ' ' || attidentity::text || ' ' || \
             coalesce(pg_get_expr(adbin, adrelid), '') || ' ' || coalesce(col_description(attrelid, attnum), '') \
             FROM ours JOIN pg_attribute ON attrelid = oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attnum > 0 \
             AND NOT attisdropped \
             UNION ALL SELECT conname || ' ' || pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN ours ON conrelid = ours.oid \
             UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN ours ON indrelid = oid \
             UNION ALL SELECT relname || pg_get_viewdef(c.oid) FROM pg_class c WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace \
             UNION ALL SELECT typname || ' ' || enumlabel FROM pg_enum JOIN pg_type t ON t.oid = enumtypid \
             UNION ALL SELECT relname || ' ' || obj_description(oid, 'pg_class') FROM ours WHERE obj_description(oid, 'pg_class') IS NOT NULL"
        }
    };
    let mut lines: Vec<String> = stage.repo.query(sql, ())?.load::<String>()?;
    lines.iter_mut().for_each(|line| *line = line.replace('"', "").split_whitespace().collect());
    lines.sort();
    Ok(lines)
}

/// There, back, there again and back again: the structure is the same each time.
fn there_and_back(stage: &Stage, base: (&str, &str), text: &str) -> Outcome {
    let files = Files::new(stage, &[base, ("2_change.sql", text)])?;
    let migrations = files.migrations()?;
    let before = structure(stage)?;
    assert_eq!(stage.repo.migrate(&migrations)?, [2], "{text}");
    let after = structure(stage)?;
    assert_ne!(before, after, "{text}");
    for _ in 0..2 {
        assert_eq!(stage.repo.rollback(&migrations, Until::Steps(1))?, [2], "{text}");
        assert_eq!(structure(stage)?, before, "{text}");
        stage.repo.migrate(&migrations)?;
        assert_eq!(structure(stage)?, after, "{text}");
    }
    stage.repo.rollback(&migrations, Until::Steps(1))?;
    Ok(())
}

fn what_is_understood_goes_there_and_back(stage: &Stage) -> Outcome {
    stage.repo.migrate(&Files::new(stage, &[BASE])?.migrations()?)?;
    for text in [
        "CREATE TABLE tags (id {key}, post_id {bigint} REFERENCES posts (id), name {text} UNIQUE, CHECK (name <> ''))",
        "CREATE UNIQUE INDEX users_name ON users (name) WHERE age > 20",
        "DROP INDEX users_age",
        "ALTER TABLE users ADD COLUMN email {text} DEFAULT 'none'",
        "ALTER TABLE users DROP COLUMN size",
        "ALTER TABLE users RENAME COLUMN name TO full_name",
        "ALTER TABLE users RENAME TO people",
        "ALTER TABLE users ALTER COLUMN name SET NOT NULL",
        "ALTER TABLE users ALTER COLUMN age DROP NOT NULL",
        "ALTER TABLE users ADD CONSTRAINT young CHECK (age < 99)",
        "ALTER TABLE teams DROP CONSTRAINT short",
        "ALTER TABLE users ADD COLUMN a {integer}, ADD COLUMN b {text}, ALTER COLUMN name SET NOT NULL",
        "CREATE VIEW grown AS SELECT name FROM users WHERE age > 30",
        "DROP VIEW seen",
        "DROP TABLE posts",
        "CREATE TABLE a (x {integer}); ALTER TABLE a ADD COLUMN y {integer}; CREATE INDEX a_y ON a (y); ALTER TABLE a RENAME COLUMN y TO z; DROP INDEX a_y",
        "ALTER TABLE users ALTER COLUMN name SET DEFAULT 'y'",
        "ALTER TABLE users ALTER COLUMN name DROP DEFAULT",
        "ALTER TABLE users ALTER COLUMN size TYPE {text}",
        "ALTER TABLE users ADD CONSTRAINT one_name UNIQUE (name)",
        "ALTER TABLE users ADD CONSTRAINT in_team FOREIGN KEY (size) REFERENCES teams (id) ON DELETE SET NULL",
    ] {
        there_and_back(stage, BASE, text)?;
    }
    Ok(())
}

/// What only one of the databases has, or only its catalogue says.
fn what_the_catalogue_says_comes_back(stage: &Stage) -> Outcome {
    let base = (
        "1_base.sql",
        "CREATE TYPE mood AS ENUM ('sad', 'ok');
         CREATE TABLE teams (id serial PRIMARY KEY, code varchar(8) COLLATE \"C\", budget numeric(8,2) NOT NULL DEFAULT 1.5);
         CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, mood mood DEFAULT 'ok', born date,
                             team_id int CONSTRAINT in_team REFERENCES teams (id) ON DELETE CASCADE, CONSTRAINT grown CHECK (born < '2020-01-01'));
         CREATE INDEX users_born ON users (lower(name), born DESC) WHERE born IS NOT NULL;
         COMMENT ON COLUMN users.born IS 'a day, isn''t it';
         COMMENT ON TABLE users IS 'people';
         CREATE TABLE plain (a int, b text);
         ALTER TABLE plain ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;",
    );
    let migrations = Files::new(stage, &[base])?.migrations()?;
    stage.repo.migrate(&migrations)?;
    for text in [
        "DROP TABLE users",
        "DROP TABLE users; DROP TABLE teams",
        "ALTER TABLE plain DROP COLUMN b",
        "ALTER TABLE teams DROP COLUMN budget",
        "ALTER TABLE teams ALTER COLUMN code TYPE text, ALTER COLUMN budget DROP DEFAULT, ALTER COLUMN budget DROP NOT NULL",
        "ALTER TABLE teams ALTER COLUMN budget TYPE text USING budget::text",
        "ALTER TABLE users DROP CONSTRAINT in_team",
        "ALTER TABLE users DROP CONSTRAINT grown, ADD CONSTRAINT grown CHECK (born < '2010-01-01')",
        "ALTER TABLE plain VALIDATE CONSTRAINT positive",
        "ALTER TABLE plain ADD CONSTRAINT plain_key PRIMARY KEY (a)",
        "COMMENT ON COLUMN users.born IS NULL; COMMENT ON TABLE users IS 'others'",
        "COMMENT ON INDEX users_born IS 'sorted'",
        "CREATE TYPE size AS ENUM ('s', 'it''s')",
        "ALTER TYPE mood RENAME VALUE 'sad' TO 'low'",
        "ALTER INDEX users_born RENAME TO users_by_birth",
        "DROP INDEX users_born",
        "-- ecto: transaction = off\nCREATE INDEX CONCURRENTLY plain_b ON plain (b)",
        "-- ecto: transaction = off\nDROP INDEX CONCURRENTLY users_born",
    ] {
        there_and_back(stage, base, text)?;
    }
    // The column comes back at the end of its table, with all that went with it.
    let files = Files::new(stage, &[base, ("2_x.sql", "ALTER TABLE users DROP COLUMN born")])?;
    let before = structure(stage)?;
    stage.repo.migrate(&files.migrations()?)?;
    stage.repo.rollback(&files.migrations()?, Until::Steps(1))?;
    assert_eq!(structure(stage)?, before);
    stage.repo.rollback(&migrations, Until::All)?;
    assert!(structure(stage)?.is_empty());
    Ok(())
}

fn a_condition_that_holds_already_leaves_nothing_to_undo(stage: &Stage) -> Outcome {
    let text = "CREATE TABLE IF NOT EXISTS users (x {integer}); CREATE INDEX IF NOT EXISTS users_age ON users (name); DROP TABLE IF EXISTS nowhere";
    let files = Files::new(stage, &[BASE, ("2_again.sql", text)])?;
    stage.repo.migrate(&files.migrations()?)?;
    let there = structure(stage)?;
    stage.repo.rollback(&files.migrations()?, Until::Steps(1))?;
    assert_eq!(structure(stage)?, there);
    Ok(())
}

pub(super) fn status(stage: &Stage, migrations: &Migrations) -> Result<Vec<Status>> {
    let (adapter, _) = open(&stage.url, ConnectOptions::default(), PoolOptions::default())?;
    Migrator::new(&adapter, migrations).status()
}

fn what_was_done_is_undone_although_the_file_was_edited(stage: &Stage) -> Outcome {
    let files = Files::new(stage, &[("1_a.sql", "CREATE TABLE a (x {integer});\n"), ("2_b.sql", "CREATE TABLE b (x {integer})")])?;
    stage.repo.migrate(&files.migrations()?)?;
    let lines = status(stage, &files.migrations()?)?;
    assert!(lines.iter().all(|line| line.state == State::Up && line.duration.is_some() && line.applied_by.is_some()), "{lines:?}");
    files.write("1_a.sql", &stage.sql("CREATE TABLE a (x {integer});  \r\n\r\n"))?;
    assert_eq!(status(stage, &files.migrations()?)?[0].state, State::Up, "ends of lines make no difference");
    files.write("1_a.sql", &stage.sql("CREATE TABLE other (x {integer});"))?;
    let changed = files.migrations()?;
    assert_eq!(status(stage, &changed)?[0].state, State::Changed);
    let (adapter, _) = open(&stage.url, ConnectOptions::default(), PoolOptions::default())?;
    Migrator::new(&adapter, &changed).accept_hash(1)?;
    assert_eq!(status(stage, &changed)?[0].state, State::Up);
    assert!(Migrator::new(&adapter, &changed).accept_hash(7).is_err());
    assert_eq!(stage.repo.rollback(&changed, Until::All)?, [2, 1]);
    assert!(is_refused(stage, "SELECT 1 FROM a"));
    assert_eq!(count(stage, "SELECT count(*) FROM schema_migration_details")?, 0);
    Ok(())
}

fn a_statement_that_is_not_understood_is_named(stage: &Stage) -> Outcome {
    let text = "CREATE TABLE a (x {integer});\n\nINSERT INTO a VALUES (1);";
    let files = Files::new(stage, &[("1_a.sql", text), ("2_b.sql", "CREATE TABLE b (x {integer})")])?;
    let migrations = files.migrations()?;
    let (adapter, _) = open(&stage.url, ConnectOptions::default(), PoolOptions::default())?;
    let mut told = Vec::new();
    let mut tell = |event: Event<'_>| match event {
        Event::OneWay { version, reason, .. } => told.push((version, reason.to_owned())),
        Event::Started { version, .. } => told.push((version, "started".to_owned())),
        _ => {}
    };
    Migrator::new(&adapter, &migrations).run(Direction::Up, Until::All, &mut tell)?;
    let [(1, reason), (1, started), (2, _)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(started, "started");
    assert!(reason.contains("1_a.sql:3: `INSERT INTO a VALUES (1)`"), "{reason}");
    let error = stage.repo.rollback(&migrations, Until::All).unwrap_err();
    assert!(error.message().contains("1_a.sql:3: `INSERT INTO a VALUES (1)`"), "{error}");
    assert!(error.hint().is_some_and(|hint| hint.contains("-- down")));
    assert_eq!(count(stage, "SELECT count(*) FROM a")?, 1, "nothing was undone");
    assert_eq!(count(stage, "SELECT count(*) FROM b")?, 0);
    assert_eq!(stage.repo.rollback(&migrations, Until::Steps(1))?, [2]);
    Ok(())
}

/// Runs them and keeps what is told of ways back, of statements and of losses.
fn told(stage: &Stage, migrations: &Migrations, direction: Direction) -> Result<Vec<String>> {
    let (adapter, _) = open(&stage.url, ConnectOptions::default(), PoolOptions::default())?;
    let mut told = Vec::new();
    let mut tell = |event: Event<'_>| match event {
        Event::OneWay { reason, .. } => told.push(format!("one way: {reason}")),
        Event::Loss { what, .. } => told.push(format!("loss: {what}")),
        Event::Statement { sql } => told.push(sql.to_owned()),
        _ => {}
    };
    Migrator::new(&adapter, migrations).run(direction, Until::All, &mut tell)?;
    Ok(told)
}

fn what_nothing_undoes_is_told_before_it_is_done(stage: &Stage) -> Outcome {
    stage.run(&["CREATE TABLE a (x int)", "CREATE VIEW v AS SELECT 1", "CREATE RULE r AS ON INSERT TO a DO ALSO NOTHING"])?;
    let files = Files::new(stage, &[("1_a.sql", "CREATE TABLE b (x int);\nDROP TABLE a;")])?;
    let lines = told(stage, &files.migrations()?, Direction::Up)?;
    assert_eq!(lines[0], "CREATE TABLE b (x int)");
    assert!(lines[1].starts_with("one way: what undoes this cannot be told from the catalogue: execute `DROP TABLE a`"), "{lines:?}");
    assert_eq!(lines[2], "DROP TABLE a");
    assert!(stage.repo.rollback(&files.migrations()?, Until::All).unwrap_err().message().contains("not recorded"));
    stage.run(&["CREATE TYPE mood AS ENUM ('ok')"])?;
    let files = Files::new(stage, &[("2_b.sql", "ALTER TYPE mood ADD VALUE 'glad'")])?;
    let lines = told(stage, &files.migrations()?, Direction::Up)?;
    assert!(lines[0].contains("nothing undoes this: add value `glad` to enum `mood`"), "{lines:?}");
    assert!(stage.repo.rollback(&files.migrations()?, Until::All).unwrap_err().message().contains("nothing undoes this"));
    let files = Files::new(stage, &[("3_c.sql", "CREATE TABLE c (x int)")])?;
    assert_eq!(told(stage, &files.migrations()?, Direction::Up)?, ["CREATE TABLE c (x int)"]);
    assert_eq!(told(stage, &files.migrations()?, Direction::Down)?, ["loss: the rows of table `c`", "DROP TABLE \"c\""]);
    Ok(())
}

fn what_cannot_stand_in_a_transaction_is_refused(stage: &Stage) -> Outcome {
    let files = Files::new(stage, &[BASE, ("2_x.sql", "CREATE INDEX CONCURRENTLY users_name ON users (name)")])?;
    let error = stage.repo.migrate(&files.migrations()?).unwrap_err();
    assert!(error.message().contains("create index `users_name` concurrently cannot run inside a transaction"), "{error}");
    assert!(is_refused(stage, "SELECT 1 FROM users"), "nothing has run");
    Ok(())
}

fn an_error_names_the_line_whatever_is_sent(stage: &Stage) -> Outcome {
    let text = "ALTER TABLE users ADD COLUMN nick {text};\nALTER TABLE users ALTER COLUMN nick SET NOT NULL;";
    let files = Files::new(stage, &[BASE, ("2_nick.sql", text)])?;
    let migrations = files.migrations()?;
    stage.repo.migrate(&Files::new(stage, &[BASE])?.migrations()?)?;
    stage.run(&["INSERT INTO users (name, age) VALUES ('Al', 20)"])?;
    let error = stage.repo.migrate(&migrations).unwrap_err();
    assert!(error.message().contains("2_nick.sql:2: statement 2: "), "{error}");
    stage.run(&["DELETE FROM users"])?;
    assert_eq!(stage.repo.migrate(&migrations)?, [2]);
    Ok(())
}

fn a_way_back_that_is_written_wins(stage: &Stage) -> Outcome {
    let files = Files::new(stage, &[("1_a.sql", "CREATE TABLE a (x {integer});\n-- down\nALTER TABLE a RENAME TO b;")])?;
    stage.repo.migrate(&files.migrations()?)?;
    assert_eq!(count(stage, "SELECT count(*) FROM schema_migration_details WHERE down IS NULL")?, 1);
    stage.repo.rollback(&files.migrations()?, Until::All)?;
    assert_eq!(count(stage, "SELECT count(*) FROM b")?, 0);
    Ok(())
}

fn nothing_is_noted_of_what_another_applied(stage: &Stage) -> Outcome {
    let files = Files::new(
        stage,
        &[("1_a.sql", "CREATE TABLE a (x {integer})"), ("2_b.sql", "CREATE TABLE b (x {integer});\n-- down\nDROP TABLE b")],
    )?;
    let migrations = files.migrations()?;
    stage.repo.migrate(&migrations)?;
    stage.run(&["DROP TABLE schema_migration_details"])?;
    let lines = status(stage, &migrations)?;
    assert!(lines.iter().all(|line| line.state == State::Up && line.duration.is_none() && line.applied_at.is_some()), "{lines:?}");
    assert_eq!(stage.repo.rollback(&migrations, Until::Steps(1))?, [2]);
    let error = stage.repo.rollback(&migrations, Until::Steps(1)).unwrap_err();
    assert_eq!(error.message(), "migration 1 a: it does not say how to go back, and that was not recorded when it was applied");
    // One of another shape in its place is no reason to fail.
    stage.run(&["CREATE TABLE schema_migration_details (x {integer})"])?;
    assert_eq!(stage.repo.migrate(&migrations)?, [2]);
    assert_eq!(status(stage, &migrations)?[1].state, State::Up);
    assert_eq!(stage.repo.rollback(&migrations, Until::Steps(1))?, [2]);
    Ok(())
}

fn a_pending_version_may_be_out_of_order(stage: &Stage) -> Outcome {
    let files = Files::new(stage, &[("2_b.sql", "CREATE TABLE b (x {integer})")])?;
    stage.repo.migrate(&files.migrations()?)?;
    files.write("1_a.sql", "SELECT 1")?;
    files.write("3_c.sql", "SELECT 1")?;
    stage.run(&["CREATE TABLE schema_migration_steps (version {bigint}, step {integer}, op_hash {text}, state {text})"])?;
    stage.run(&["INSERT INTO schema_migration_steps VALUES (3, 1, 'a', 'done'), (3, 2, 'b', 'started')"])?;
    let lines = status(stage, &files.migrations()?)?;
    let found: Vec<(State, bool)> = lines.iter().map(|line| (line.state, line.out_of_order)).collect();
    assert_eq!(found, [(State::Down, true), (State::Up, false), (State::Partial { done: 1, of: 1 }, false)]);
    Ok(())
}

fn folders_in_the_folder_are_searched(stage: &Stage) -> Outcome {
    let table = |name: &str| format!("CREATE TABLE {name} (x {{integer}})");
    let [a, b, c] = ["a", "b", "c"].map(table);
    let files = [
        ("2024/1_a.sql", a.as_str()),
        ("2025/late/2_b.sql", &b),
        ("3_c/up.sql", &c),
        ("4_d.SQL", "x"),
        ("5_e.sql.bak", "x"),
        (".git/6_f.sql", "x"),
    ];
    let files = Files::new(stage, &files)?;
    let migrations = files.migrations()?;
    let ignored: Vec<&str> = migrations.ignored().iter().filter_map(|path| path.rsplit('/').next()).collect();
    assert_eq!(ignored, ["4_d.SQL", "5_e.sql.bak"]);
    assert_eq!(stage.repo.migrate(&migrations)?, [1, 2, 3]);
    assert_eq!(stage.repo.rollback(&migrations, Until::All)?, [3, 2, 1]);
    Ok(())
}
