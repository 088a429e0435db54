//! Tables of odd forms, each made anew with all that is in it.

use super::*;

/// All rows with their numbers, before and after.
#[track_caller]
fn keeps(db: &mut Database, table: &str, column: &str, rows: &str) {
    let before = db.rows(rows);
    assert!(!before.is_empty());
    db.done(&[touch(table, column)]);
    assert!(db.rebuilt());
    assert_eq!(db.rows(rows), before);
}

#[test]
fn a_key_that_only_looks_like_the_rowid() {
    each(|db| {
        db.run("CREATE TABLE falling (id INTEGER PRIMARY KEY DESC, n INTEGER); INSERT INTO falling VALUES (5, 1), (NULL, 2), (9, 3)");
        db.run("CREATE TABLE short (id INT PRIMARY KEY, n INTEGER); INSERT INTO short VALUES (5, 1), (NULL, 2); DELETE FROM short WHERE id = 5");
        keeps(db, "falling", "n", "SELECT rowid, id, n FROM falling ORDER BY rowid");
        keeps(db, "short", "n", "SELECT rowid, id, n FROM short ORDER BY rowid");
    });
}

#[test]
fn keys_of_several_columns_with_and_without_a_rowid() {
    each(|db| {
        db.run("CREATE TABLE a (x TEXT, y TEXT, n INTEGER, PRIMARY KEY (y, x)); INSERT INTO a VALUES ('1', NULL, 1), ('2', 'b', 2)");
        db.run("CREATE TABLE b (x TEXT COLLATE NOCASE, y TEXT, n INTEGER, PRIMARY KEY (y DESC, x)) WITHOUT ROWID");
        db.run("INSERT INTO b VALUES ('A', 'y', 1), ('B', 'y', 2), ('a', 'z', 3)");
        keeps(db, "a", "n", "SELECT rowid, * FROM a ORDER BY rowid");
        keeps(db, "b", "n", "SELECT * FROM b");
        assert!(db.is_refused("INSERT INTO b VALUES ('b', 'y', 4)"));
    });
}

fn wide(db: &mut Database, columns: usize) {
    let columns: Vec<String> = (0..columns).map(|at| format!("c{at} INTEGER")).collect();
    db.run(&format!("CREATE TABLE wide ({}); INSERT INTO wide (c0, c9) VALUES (1, 2)", columns.join(", ")));
}

#[test]
fn as_many_columns_as_there_may_be() {
    each(|db| {
        wide(db, 1999);
        keeps(db, "wide", "c7", "SELECT rowid, c0, c1, c9 FROM wide");
    });
    // With the number of its row that is one more than SQLite reads at once.
    each(|db| {
        wide(db, 2000);
        assert!(db.refuses(&[touch("wide", "c7")]).contains("too many columns"));
        assert_eq!(db.rows("SELECT c0, c1, c9 FROM wide"), ["1||2"]);
    });
}

#[test]
fn no_row_and_one_column() {
    each(|db| {
        db.run("CREATE TABLE t (n INTEGER)");
        db.done(&[touch("t", "n")]);
        assert_eq!(db.schema(), ["CREATE TABLE \"t\" (n INTEGER DEFAULT 7)"]);
        db.run("INSERT INTO t DEFAULT VALUES");
        assert_eq!(db.rows("SELECT * FROM t"), ["7"]);
    });
}

#[test]
fn a_strict_table_with_a_column_of_any_kind() {
    each(|db| {
        db.run("CREATE TABLE t (a ANY, n INTEGER) STRICT; INSERT INTO t (a) VALUES ('007'), (7), (7.0), (x'07'), (NULL)");
        keeps(db, "t", "n", "SELECT typeof(a), a FROM t");
        assert!(db.is_refused("INSERT INTO t (n) VALUES ('x')"));
    });
}

#[test]
fn a_file_that_shrinks_by_itself() {
    for mode in ["FULL", "INCREMENTAL"] {
        each(|db| {
            db.run(&format!("PRAGMA auto_vacuum = {mode}; VACUUM; CREATE TABLE t (a BLOB, n INTEGER)"));
            db.run("INSERT INTO t (a) VALUES (zeroblob(20000)), (zeroblob(5)), (x'01')");
            keeps(db, "t", "n", "SELECT rowid, hex(a) FROM t");
        });
    }
}

#[test]
fn names_that_are_words_or_hold_anything() {
    each(|db| {
        db.run("CREATE TABLE \"select\" (\"from\" INTEGER, \"a b\" TEXT, [Größe] REAL, `x\"y` TEXT, n INTEGER)");
        db.run("INSERT INTO \"select\" VALUES (1, 'two', 3.5, 'four', 5); CREATE INDEX \"order\" ON \"select\" (\"a b\", \"Größe\" DESC)");
        keeps(db, "SELECT", "N", "SELECT * FROM \"select\"");
        assert_eq!(db.rows("SELECT name FROM sqlite_schema WHERE tbl_name = 'select' AND type = 'index'"), ["order"]);
        keeps(db, "select", "a b", "SELECT * FROM \"select\"");
    });
}

#[test]
fn places_keep_their_numbers() {
    each(|db| {
        db.run("CREATE TABLE shops (name TEXT, n INTEGER); CREATE VIRTUAL TABLE places USING rtree(id, x0, x1, y0, y1)");
        db.run("INSERT INTO shops VALUES ('gone', 0), ('here', 1), ('there', 2); DELETE FROM shops WHERE name = 'gone'");
        db.run("INSERT INTO places SELECT rowid, n, n, n, n FROM shops");
        let found = "SELECT s.name FROM places p JOIN shops s ON s.rowid = p.id WHERE p.x0 >= 1.5";
        keeps(db, "shops", "n", found);
        assert_eq!(db.rows("SELECT rtreecheck('places')"), ["ok"]);
    });
}
