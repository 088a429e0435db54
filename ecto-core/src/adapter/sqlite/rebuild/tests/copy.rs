//! In which order the rows are copied.

use super::*;

/// The order in which the table of the last change was filled, as the statement says it.
fn order(db: &Database) -> Option<String> {
    let copy = db.sent.iter().find(|sql| sql.starts_with("INSERT OR ABORT")).expect("a table made anew");
    copy.split_once(" ORDER BY ").map(|(_, order)| order.to_owned())
}

const FILL: &str = "WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 200)
    INSERT INTO t SELECT i * 7919 % 200, 'k' || (i * 31 % 200), i FROM r";

#[test]
fn a_table_without_rowid_is_filled_in_the_order_of_its_key() {
    for (key, ordered) in [
        ("a INTEGER, b TEXT, n INTEGER, PRIMARY KEY (b COLLATE NOCASE DESC, a)", "b COLLATE NOCASE DESC, a"),
        ("a INTEGER, b TEXT PRIMARY KEY DESC, n INTEGER", "\"b\" DESC"),
        ("a INTEGER, b TEXT PRIMARY KEY, n INTEGER", "\"b\""),
    ] {
        each(|db| {
            db.run(&format!("CREATE TABLE t ({key}) WITHOUT ROWID; {FILL}"));
            let before = db.rows("SELECT * FROM t ORDER BY b");
            db.done(&[touch("t", "n")]);
            assert_eq!(order(db).as_deref(), Some(ordered));
            assert_eq!(db.rows("SELECT * FROM t ORDER BY b"), before);
        });
    }
}

/// By what the key becomes, not by what it was.
#[test]
fn a_key_that_changes_is_ordered_by_its_new_values() {
    each(|db| {
        db.run(&format!("CREATE TABLE t (a INTEGER, b TEXT, n INTEGER, PRIMARY KEY (b, a)) WITHOUT ROWID; {FILL}"));
        let number = Facet::Type { sql: "INTEGER".into(), collation: None, using: Some("CAST(substr(b, 2) AS INTEGER)".into()) };
        db.done(&[set("t", "b", number)]);
        assert_eq!(order(db).as_deref(), Some("(CAST(substr(b, 2) AS INTEGER)), \"a\""));
        assert_eq!(db.rows("SELECT count(*), min(b), max(b), typeof(b) FROM t"), ["200|0|199|integer"]);
        assert_eq!(db.rows("SELECT b FROM t LIMIT 2"), ["0", "1"]);
    });
}

#[test]
fn a_table_with_rowid_is_copied_as_it_lies() {
    each(|db| {
        db.run(&format!("CREATE TABLE t (a INTEGER, b TEXT PRIMARY KEY, n INTEGER); {FILL}"));
        let before = db.rows("SELECT rowid, * FROM t ORDER BY rowid");
        db.done(&[touch("t", "n")]);
        assert_eq!(order(db), None);
        assert_eq!(db.rows("SELECT rowid, * FROM t ORDER BY rowid"), before);
    });
}
