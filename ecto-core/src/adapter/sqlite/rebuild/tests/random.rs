//! T51: random tables, rows and changes; a table that is made anew holds what a model of it holds.

use proptest::prelude::{Strategy, any};
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use super::*;

/// A column: its type, and what stands behind it.
type Made = (&'static str, &'static str);

/// What may happen to a table of columns `c0`, `c1`, …: each step is made if it can be.
#[derive(Debug, Clone)]
enum Change {
    Default(usize, i64),
    Retype(usize, &'static str),
    Require(usize),
    Relax(usize),
    Remove(usize),
    Add(i64),
    Check(usize),
    Unique(usize),
}

fn made() -> impl Strategy<Value = Made> {
    let types = select(vec!["INTEGER", "TEXT", "REAL", "BLOB", "", "NUMERIC", "VARCHAR(9)"]);
    (types, select(vec!["", "/* c */", "DEFAULT (1 + 1)", "CHECK (length('a,)') = 3)", "COLLATE NOCASE", "NOT NULL DEFAULT 'x'"]))
}

fn value() -> impl Strategy<Value = String> {
    let values = ["NULL", "1", "-1.5", "'12'", "'a''b'", "x'00ff'", "9223372036854775807", "''", "1e300", "'012'"];
    select(values.map(str::to_owned).to_vec())
}

fn change() -> impl Strategy<Value = Change> {
    (0..8_usize, 0..5_usize, any::<i8>(), select(vec!["INTEGER", "TEXT", "REAL", "BLOB"])).prop_map(
        |(kind, column, number, sql)| match kind {
            0 => Change::Default(column, number.into()),
            1 => Change::Retype(column, sql),
            2 => Change::Require(column),
            3 => Change::Relax(column),
            4 => Change::Remove(column),
            5 => Change::Add(number.into()),
            6 => Change::Check(column),
            _ => Change::Unique(column),
        },
    )
}

fn op(change: &Change, added: usize) -> Op {
    let name = |column: &usize| format!("c{column}");
    match change {
        Change::Default(column, number) => set("t", &name(column), Facet::Default(Some(number.to_string()))),
        Change::Retype(column, sql) => set_type("t", &name(column), sql),
        Change::Require(column) => set("t", &name(column), Facet::Null(false)),
        Change::Relax(column) => set("t", &name(column), Facet::Null(true)),
        Change::Remove(column) => remove("t", &name(column)),
        Change::Add(number) => {
            let default = Some(crate::ddl::Literal::Expression(number.to_string()));
            alter("t", vec![Alteration::Add(Column { default, ..Column::new(format!("d{added}"), Type::BigInteger) })])
        }
        Change::Check(column) => {
            Op::AddConstraint(AddConstraint::new("t", format!("k{column}"), Constraint::Check(format!("c{column} IS NOT 77"))))
        }
        Change::Unique(column) => unique("t", &format!("u{column}"), &name(column)),
    }
}

/// The rows with every byte, by column; a table with the same columns and types to which they are added again must hold the same.
fn dump(db: &mut Database, table: &str) -> Vec<(String, Vec<String>)> {
    let columns = db.rows(&format!("SELECT name FROM pragma_table_info('{table}')"));
    let dump = |column: String| {
        let sql = format!("SELECT rowid || typeof(\"{column}\") || quote(\"{column}\") FROM \"{table}\" ORDER BY rowid");
        let values = db.rows(&sql);
        (column, values)
    };
    columns.into_iter().map(dump).collect()
}

fn run_case(db: &mut Database, columns: &[Made], rows: &[Vec<String>], changes: &[Change]) {
    let definitions: Vec<String> = columns.iter().enumerate().map(|(at, (sql, behind))| format!("c{at} {sql} {behind}")).collect();
    db.run(&format!("CREATE TABLE t ({}, last /* one */ ANYTHING)", definitions.join(", ")));
    for row in rows {
        // A row that the table refuses is none.
        let _ = db.connection.script(&format!("INSERT INTO t VALUES ({}, 'last')", row[..columns.len()].join(", ")));
    }
    db.run("DELETE FROM t WHERE rowid = 1; CREATE INDEX i ON t (last); CREATE TABLE log (x); CREATE TRIGGER g AFTER DELETE ON t BEGIN INSERT INTO log VALUES (old.last); END");
    for (number, change) in changes.iter().enumerate() {
        let before = dump(db, "t");
        let schema = db.schema();
        match db.change(&[op(change, number)]) {
            Err(_) => assert_eq!((dump(db, "t"), db.schema()), (before, schema), "{change:?}"),
            Ok(()) => {
                for (column, values) in &before {
                    let after = dump(db, "t").into_iter().find(|(found, _)| found == column);
                    match (change, after) {
                        (Change::Remove(removed), None) => assert_eq!(*column, format!("c{removed}")),
                        (Change::Retype(retyped, _), Some((_, now))) if *column == format!("c{retyped}") => {
                            assert_eq!(now.len(), values.len())
                        }
                        (_, after) => assert_eq!(Some(values), after.as_ref().map(|(_, now)| now), "{change:?} {column}"),
                    }
                }
                // A model: the same rows put one by one into a new table of the same text.
                let text = db.text_of("t");
                let names = db.rows("SELECT '\"' || name || '\"' FROM pragma_table_info('t')").join(", ");
                db.run(&text.replacen("\"t\"", "model", 1).replacen("CREATE TABLE t ", "CREATE TABLE model ", 1));
                db.run(&format!("INSERT INTO model (rowid, {names}) SELECT rowid, {names} FROM t"));
                assert_eq!(dump(db, "model"), dump(db, "t"));
                db.run("DROP TABLE model");
            }
        }
        assert_eq!(db.rows("SELECT name FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY 1"), ["g", "i"]);
    }
}

#[test]
fn t51_what_is_made_anew_holds_what_a_model_holds() {
    let columns = proptest::collection::vec(made(), 1..5);
    let rows = proptest::collection::vec(proptest::collection::vec(value(), 5), 0..7);
    let changes = proptest::collection::vec(change(), 1..6);
    let mut runner = TestRunner::new(Config { cases: 24, ..Config::default() });
    let outcome = runner.run(&(columns, rows, changes), |(columns, rows, changes)| {
        each(|db| run_case(db, &columns, &rows, &changes));
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}
