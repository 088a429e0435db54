//! Texts that are not understood, and changes that are not made.

use super::*;

#[test]
fn what_is_no_table_is_not_understood() {
    let texts = [
        ("CREATE VIEW v AS SELECT 1", "expected TABLE", 7),
        ("CREATE VIRTUAL TABLE v USING fts5(a)", "expected TABLE", 7),
        ("CREATE TABLE t", "expected `(`", 14),
        ("CREATE TABLE t()", "expected a column", 15),
        ("CREATE TABLE t(a,)", "expected a column", 17),
        ("CREATE TABLE t(a INT CHECK (a)", "expected `,` or `)`", 30),
        ("CREATE TABLE t(a CHECK (a", "expected `)`", 25),
        ("CREATE TABLE t(a DEFAULT)", "expected a value", 24),
        ("CREATE TABLE t(a) WITH ROWID", "STRICT or WITHOUT ROWID", 18),
        ("CREATE TABLE t(a);", "STRICT or WITHOUT ROWID", 17),
        ("CREATE TABLE t(a, CHECK(a), b)", "expected a constraint of the table", 28),
        ("CREATE TABLE t(a DEFERRABLE)", "a foreign key before DEFERRABLE", 27),
        ("CREATE TABLE t(a VARCHAR(max))", "expected a number", 25),
        ("CREATE TABLE t(a 'open)", "a constraint of the column", 17),
        ("CREATE TABLE t(a, UNIQUE(a+1))", "expected `,` or `)`", 26),
    ];
    for (sql, expected, at) in texts {
        let error = TableText::parse(sql).expect_err(sql);
        assert!(error.to_string().contains(expected), "{sql}: {error}");
        assert!(matches!(error, StructureError::NotUnderstood { at: found, .. } if found == at), "{sql}: {error}");
    }
}

const TABLE: &str = "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT CONSTRAINT d DEFAULT 1 CONSTRAINT c COLLATE BINARY, b INT CHECK (b > a),
    e INT, f INT AS (e), g REFERENCES t(h), h UNIQUE, i, j, k, UNIQUE(i, j), CONSTRAINT ck CHECK (k > 0), CHECK (1), CHECK(1))";

#[test]
fn a_change_that_cannot_be_is_refused() {
    let drop = |name: &str| Edit::DropColumn { name: name.into() };
    let edits = [
        (drop("nope"), "table `t` has no column `nope`"),
        (drop("a"), "column `a` of table `t` is used by a check of column `b`: CHECK (b > a)"),
        (drop("E"), "column `e` of table `t` is used by a generated expression of column `f`: AS (e)"),
        (drop("h"), "column `h` of table `t` is used by a foreign key of column `g`: REFERENCES t(h)"),
        (drop("j"), "column `j` of table `t` is used by a unique constraint: UNIQUE(i, j)"),
        (drop("k"), "column `k` of table `t` is used by a check `ck`"),
        (Edit::DropConstraint { name: "d".into() }, "`d` of table `t` names a default, which is no constraint to drop"),
        (Edit::DropConstraint { name: "c".into() }, "`c` of table `t` names a collation, which is no constraint to drop"),
        (Edit::DropConstraint { name: "x".into() }, "table `t` has no constraint `x`"),
        (Edit::DropCheck { expression: "1".into() }, "table `t` has 2 times check `1`"),
        (Edit::DropUnique { columns: names(&["j", "i"]) }, "table `t` has no unique constraint of j, i"),
        (Edit::DropForeignKey { columns: names(&["g"]), parent: "p".into() }, "table `t` has no foreign key from g to `p`"),
        (Edit::AddColumn { definition: "x INT, y INT".into() }, "it changes the number of columns"),
        (Edit::AddColumn { definition: "CHECK (1)".into() }, "`CHECK (1)` does not fit into the definition of table `t`"),
        (Edit::SetDefault { column: "a".into(), sql: Some("1, x".into()) }, "it changes the number of columns"),
        (Edit::SetDefault { column: "a".into(), sql: Some("1 + 1".into()) }, "`1 + 1` does not fit into the definition of table `t`"),
        (Edit::SetPrimaryKey { columns: vec![] }, "a primary key needs a column"),
    ];
    for (edit, expected) in edits {
        let error = parse(TABLE).edit(std::slice::from_ref(&edit)).expect_err(&format!("{edit:?}"));
        assert!(error.to_string().contains(expected), "{edit:?}: {error}");
    }
    let errors = [
        ("CREATE TABLE t(a)", drop("a"), "column `a` is the only one of table `t`"),
        ("CREATE TABLE t(a PRIMARY KEY, b) WITHOUT ROWID", drop("a"), "needs its primary key"),
        ("CREATE TABLE t(a PRIMARY KEY, b) WITHOUT ROWID", Edit::DropPrimaryKey, "needs its primary key"),
        ("CREATE TABLE t(a CONSTRAINT k PRIMARY KEY) WITHOUT ROWID", Edit::DropConstraint { name: "k".into() }, "needs its primary key"),
        ("CREATE TABLE t(a)", Edit::DropPrimaryKey, "has no primary key"),
        ("CREATE TABLE t(a)", Edit::SetWithoutRowid(true), "needs a primary key"),
        ("CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT)", Edit::SetWithoutRowid(true), "cannot count up"),
        ("CREATE TABLE t(a INT PRIMARY KEY)", Edit::SetAutoincrement(true), "counts up"),
    ];
    for (sql, edit, expected) in errors {
        let error = parse(sql).edit(&[edit]).expect_err(sql);
        assert!(error.to_string().contains(expected), "{sql}: {error}");
    }
}
