//! T15 to T19: a row is known by the same number afterwards.

use super::*;

#[test]
fn t15_rowids_stay() {
    each(|db| {
        db.run("CREATE TABLE t (code TEXT PRIMARY KEY, n INTEGER); INSERT INTO t VALUES ('a', 1), ('b', 2), ('c', 3)");
        db.run("DELETE FROM t WHERE code = 'a'");
        db.done(&[touch("t", "n")]);
        assert_eq!(db.rows("SELECT rowid, code FROM t ORDER BY rowid"), ["2|b", "3|c"]);
    });
}

#[test]
fn t16_columns_that_are_called_like_the_rowid() {
    each(|db| {
        db.run("CREATE TABLE t (rowid TEXT, \"_rowid_\" TEXT, n INTEGER); INSERT INTO t (oid, rowid, _rowid_, n) VALUES (7, 'r', 's', 1)");
        db.done(&[touch("t", "n")]);
        assert_eq!(db.rows("SELECT oid, * FROM t"), ["7|r|s|1"]);
        db.run("CREATE TABLE all_taken (rowid TEXT, _rowid_ TEXT, oid TEXT, n INTEGER); INSERT INTO all_taken VALUES ('r', 's', 'o', 1)");
        db.done(&[touch("all_taken", "n")]);
        assert_eq!(db.rows("SELECT * FROM all_taken"), ["r|s|o|1"]);
    });
}

#[test]
fn t17_numbers_are_not_given_twice() {
    let next = |db: &mut Database| {
        db.run("INSERT INTO t (n) VALUES (0)");
        db.rows("SELECT last_insert_rowid()")
    };
    each(|db| {
        db.run("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER); INSERT INTO t (n) VALUES (1), (2), (3)");
        db.run("DELETE FROM t WHERE id = 3");
        db.done(&[touch("t", "n")]);
        assert_eq!(next(db), ["4"]);
        db.run("DELETE FROM t");
        db.done(&[set("t", "n", Facet::Default(None))]);
        assert_eq!(db.rows("SELECT * FROM sqlite_sequence"), ["t|4"]);
        assert_eq!(next(db), ["5"]);
        db.run("DELETE FROM t; DELETE FROM sqlite_sequence");
        db.done(&[touch("t", "n")]);
        assert_eq!(db.rows("SELECT * FROM sqlite_sequence"), Vec::<String>::new());
        assert_eq!(next(db), ["1"]);
    });
}

#[test]
fn t18_an_index_of_words_still_finds_its_rows() {
    each(|db| {
        db.run("CREATE TABLE notes (title TEXT PRIMARY KEY, body TEXT, n INTEGER)");
        db.run("INSERT INTO notes VALUES ('a', 'red fox', 1), ('b', 'blue whale', 2), ('c', 'red hen', 3); DELETE FROM notes WHERE title = 'a'");
        db.run("CREATE VIRTUAL TABLE words USING fts5(body, content='notes', content_rowid='rowid')");
        db.run("INSERT INTO words (words) VALUES ('rebuild')");
        db.done(&[touch("notes", "n")]);
        assert_eq!(db.rows("SELECT body FROM words WHERE words MATCH 'red'"), ["red hen"]);
        db.run("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)");
        let message = db.refuses(&[touch("words", "body")]);
        assert_eq!(message, "`words` is a virtual table, and cannot be altered");
        assert!(db.refuses(&[touch("words_data", "block")]).contains("a part of a virtual table"));
        assert!(db.refuses(&[touch("sqlite_schema", "name")]).contains("there is no table"));
    });
}

#[test]
fn t19_new_rows_get_the_numbers_that_they_would_have_got() {
    each(|db| {
        db.run("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER); INSERT INTO t VALUES (41, 1)");
        db.done(&[touch("t", "n")]);
        db.run("INSERT INTO t (n) VALUES (2)");
        assert_eq!(db.rows("SELECT last_insert_rowid()"), ["42"]);
        db.run("CREATE TABLE u (id INT PRIMARY KEY, n INTEGER); INSERT INTO u VALUES (41, 1)");
        db.done(&[touch("u", "n")]);
        assert_eq!(db.rows("SELECT rowid, id FROM u"), ["1|41"]);
    });
}

#[test]
fn another_key_takes_the_place_of_the_old_one() {
    each(|db| {
        db.run("CREATE TABLE t (\"id\" INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO t VALUES (5), (9)");
        let key = Column { primary_key: true, ..Column::new("my_key", Type::Serial) };
        db.done(&[alter("t", vec![Alteration::RemoveNamed("id".into()), Alteration::Add(key)])]);
        assert_eq!(db.text_of("t"), "CREATE TABLE \"t\" (\"my_key\" INTEGER PRIMARY KEY AUTOINCREMENT)");
        assert_eq!(db.rows("SELECT my_key FROM t"), ["1", "2"]);
    });
}
