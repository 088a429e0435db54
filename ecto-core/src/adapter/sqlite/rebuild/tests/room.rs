//! A disk without room is found out before anything is written to it.

use std::path::Path;

use tempfile::TempDir;

use super::*;

type Free = fn(&Path) -> Option<u64>;

/// A file with some hundred kilobytes of rows, on a disk of which somebody says how much is free.
fn on_disk(free_space: Free) -> (TempDir, Database) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let adapter = SqliteAdapter { version: VERSIONS[0], free_space, ..SqliteAdapter::new(Some(path), ConnectOptions::default()) };
    let connection = adapter.connect(Role::Writer).unwrap();
    let mut db = Database { adapter: Arc::new(adapter), connection, sent: Vec::new() };
    db.run("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, x TEXT); CREATE INDEX t_x ON t (x); CREATE TABLE other (x TEXT)");
    let numbers = "WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 1000)";
    db.run(&format!("{numbers} INSERT INTO t SELECT i, i, printf('%0200d', i) FROM r"));
    db.run("PRAGMA wal_checkpoint(TRUNCATE)");
    (folder, db)
}

#[test]
fn without_room_nothing_is_written() {
    let (_folder, mut db) = on_disk(|_| Some(400_000));
    let error = db.change(&[touch("t", "n")]).unwrap_err();
    let message = error.message();
    let (start, end) = ("a copy of table `t` takes 4", " kB at least, and the disk of `");
    assert!(message.starts_with(start) && message.contains(end) && message.ends_with("test.db` has room for 400.0 kB"), "{message}");
    assert!(error.hint().is_some());
    assert_eq!(db.sent, Vec::<String>::new());
    // A table that is smaller has room.
    db.done(&[touch("other", "x")]);
    assert!(db.rebuilt());
}

#[test]
fn with_room_or_where_nobody_knows_it_goes_on() {
    for free in [(|_| Some(500_000)) as Free, |_| None] {
        let (_folder, mut db) = on_disk(free);
        db.done(&[touch("t", "n")]);
        assert!(db.rebuilt());
        assert_eq!(db.rows("SELECT count(*), max(length(x)) FROM t"), ["1000|200"]);
    }
    each(|db| {
        db.adapter = Arc::new(SqliteAdapter {
            version: db.adapter.version,
            free_space: |_| Some(0),
            ..SqliteAdapter::new(None, ConnectOptions::default())
        });
        db.run("CREATE TABLE t (n INTEGER)");
        db.done(&[touch("t", "n")]);
    });
}

/// Somebody may remove it for the sake of the room.
#[test]
fn a_column_that_goes_makes_room() {
    let (_folder, mut db) = on_disk(|_| Some(0));
    db.run("DROP INDEX t_x");
    db.done(&[Op::AlterTable {
        table: "t".into(),
        alterations: vec![Alteration::RemoveNamed("x".into()), Alteration::Set(default_of("n"))],
    }]);
    assert!(db.rebuilt());
}

fn default_of(column: &str) -> ColumnChange {
    ColumnChange { column: column.into(), to: Facet::Default(Some("7".into())), was: None }
}

/// What a log or a free page takes again needs no room of its own.
#[test]
fn what_is_there_is_written_over() {
    let (_folder, mut db) = on_disk(|_| Some(0));
    db.run("UPDATE t SET x = printf('%0201d', id); UPDATE t SET x = printf('%0200d', id)");
    db.done(&[touch("t", "n")]);
    db.run("PRAGMA journal_mode = DELETE; CREATE TABLE once AS SELECT * FROM t; CREATE INDEX once_x ON once (x); DROP TABLE once");
    db.done(&[set("t", "n", Facet::Default(Some("8".into())))]);
    db.run("VACUUM");
    assert!(db.refuses(&[touch("t", "n")]).contains("has room for 0 B"));
}

/// The real question has an answer, where there is one.
#[test]
#[cfg(unix)]
fn a_folder_has_a_disk() {
    let folder = tempfile::tempdir().unwrap();
    assert!(crate::adapter::sqlite::disk::free_space(folder.path()).is_some());
    assert_eq!(crate::adapter::sqlite::disk::free_space(Path::new("/nowhere/at/all")), None);
}
