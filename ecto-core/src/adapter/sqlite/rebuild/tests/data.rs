//! T44 to T50 and T57 to T59: what rows hold, what they may not hold, and the way back.

use super::*;
use crate::ddl::{Literal, reverse};

fn modify(table: &str, to: Column, from: Column) -> Op {
    alter(table, vec![Alteration::Modify { to, from: Some(from) }])
}

#[test]
fn t44_nulls_are_counted_and_shown() {
    each(|db| {
        db.run("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)");
        db.run("WITH RECURSIVE r (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r WHERE x < 8) INSERT INTO t SELECT x, nullif(x, x) FROM r");
        db.run("INSERT INTO t VALUES (9, 9)");
        let message = db.refuses(&[set("t", "n", Facet::Null(false))]);
        let shown = "id = 1, id = 2, id = 3, id = 4, id = 5, …";
        assert_eq!(message, format!("column `n` of table `t` shall not be NULL, and is in 8 rows: {shown}"));
        db.run("DELETE FROM t WHERE n IS NULL");
        db.done(&[set("t", "n", Facet::Null(false))]);
        assert_eq!(db.rebuilt(), db.adapter.version < 3_053_000);
        assert!(db.is_refused("INSERT INTO t VALUES (1, NULL)"));
        db.done(&[set("t", "n", Facet::Null(true))]);
        db.run("INSERT INTO t VALUES (1, NULL)");
    });
}

#[test]
fn t45_nulls_are_filled() {
    let plain = || Column::new("n", Type::Integer);
    for to in [Column { backfill: Some(5.into()), ..plain() }, Column { default: Some(5.into()), ..plain() }] {
        each(|db| {
            db.run("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER); INSERT INTO t VALUES (1, NULL), (2, 2)");
            db.done(&[modify("t", Column { null: Some(false), ..to.clone() }, plain())]);
            assert_eq!(db.rows("SELECT * FROM t"), ["1|5", "2|2"]);
            assert!(db.is_refused("INSERT INTO t VALUES (3, NULL)"));
        });
    }
}

#[test]
fn a_column_that_needs_a_value_is_added_to_rows_only_with_one() {
    each(|db| {
        db.run("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2)");
        let required = || Column { null: Some(false), ..Column::new("n", Type::Integer) };
        let add = |column: Column| alter("t", vec![Alteration::Add(column)]);
        let message = db.refuses(&[add(required())]);
        assert_eq!(message, "column `n` shall not be NULL and has no value for the 2 rows of table `t`");
        db.done(&[add(Column { backfill: Some(3.into()), ..required() })]);
        let counted = Column { default: Some(Literal::Expression("abs(random()) % 1 + 4".into())), ..Column::new("m", Type::Integer) };
        db.done(&[add(counted)]);
        let stored = Column { generated: Some(crate::ddl::Generated::Stored("n + m".into())), ..Column::new("s", Type::Integer) };
        db.done(&[add(stored)]);
        assert_eq!(db.rows("SELECT * FROM t"), ["1|3|4|7", "2|3|4|7"]);
        db.run("DELETE FROM t");
        db.done(&[add(Column { name: "z".into(), ..required() })]);
        assert!(db.is_refused("INSERT INTO t (n) VALUES (1)"));
    });
}

#[test]
fn t46_and_t47_values_that_would_change_are_shown() {
    each(|db| {
        db.run("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)");
        db.run("INSERT INTO t VALUES (1, '12'), (2, '012'), (3, 'abc'), (4, ''), (5, '1.5'), (6, NULL), (7, '-3')");
        let message = db.refuses(&[set_type("t", "a", "INTEGER")]);
        assert_eq!(message, "4 values of column `a` of table `t` do not fit into INTEGER: '012', 'abc', '', '1.5'");
        let using = Facet::Type { sql: "INTEGER".into(), collation: None, using: Some("CAST(a AS INTEGER)".into()) };
        db.done(&[set("t", "a", using)]);
        assert_eq!(
            db.rows("SELECT a, typeof(a) FROM t WHERE id <> 6"),
            ["12|integer", "12|integer", "0|integer", "0|integer", "1|integer", "-3|integer"]
        );
        db.done(&[set_type("t", "a", "TEXT")]);
        assert_eq!(db.rows("SELECT a, typeof(a) FROM t WHERE id IN (1, 6)"), ["12|text", "|null"]);
    });
    each(|db| {
        db.run("CREATE TABLE t (a INTEGER, b REAL); INSERT INTO t VALUES (9007199254740993, 1.0), (1, 2.5)");
        assert!(db.refuses(&[set_type("t", "a", "REAL")]).contains("1 values of column `a`"));
        assert!(db.refuses(&[set_type("t", "b", "INTEGER")]).ends_with("do not fit into INTEGER: 2.5"));
        db.run("DELETE FROM t WHERE a <> 1");
        db.done(&[set_type("t", "a", "REAL"), set_type("t", "b", "TEXT")]);
        assert_eq!(db.rows("SELECT typeof(a), a = 1, b FROM t"), ["real|1|2.5"]);
    });
}

#[test]
fn t48_a_strict_table_takes_no_other_kind() {
    each(|db| {
        db.run("CREATE TABLE t (id INTEGER PRIMARY KEY, a ANY) STRICT; INSERT INTO t VALUES (1, 1), (2, 'two'), (3, x'03')");
        let message = db.refuses(&[set_type("t", "a", "INTEGER")]);
        assert_eq!(message, "2 values of column `a` of table `t` do not fit into INTEGER: 'two', X'03'");
        assert_eq!(db.rows("SELECT typeof(a) FROM t"), ["integer", "text", "blob"]);
    });
}

#[test]
fn t50_every_byte_stays() {
    each(|db| {
        db.run("CREATE TABLE t (id INTEGER PRIMARY KEY, a, n INTEGER)");
        db.run(
            "INSERT INTO t (a) VALUES (9223372036854775807), (-9223372036854775808), (9e999), (-0.0), (0.1), (x'00ff'), \
             (CAST(x'c328ff' AS TEXT)), (CAST(x'610062' AS TEXT)), ('é'), (zeroblob(2000000)), ('')",
        );
        let sql = "SELECT id, typeof(a), hex(CAST(a AS BLOB)) FROM t";
        let before = db.rows(sql);
        db.done(&[touch("t", "n"), set_type("t", "n", "TEXT")]);
        assert_eq!(db.rows(sql), before);
    });
}

#[test]
fn t57_and_t58_there_and_back_and_there_again() {
    each(|db| {
        db.run(
            "CREATE TABLE \"p\" (\"id\" INTEGER PRIMARY KEY); CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY, \"a\" TEXT, \"p\" INTEGER)",
        );
        db.run("INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, '5', 1), (2, NULL, NULL)");
        let [text, number] = [Type::Text, Type::Integer].map(|kind| Column::new("a", kind));
        let key = Column::new("p", references("p").on_delete(crate::ddl::OnDelete::DeleteAll));
        let ops = [
            modify("t", number, text),
            modify("t", key, Column::new("p", Type::BigInteger)),
            unique("t", "once", "a"),
            Op::AddConstraint(AddConstraint::new("t", "few", Constraint::Check("id < 9".into()))),
            alter("t", vec![Alteration::Add(Column { default: Some(1.into()), ..Column::new("r", references("p")) })]),
        ];
        let before = (db.schema(), db.rows("SELECT *, typeof(a) FROM t"));
        db.done(&ops);
        let changed = (db.schema(), db.rows("SELECT *, typeof(a) FROM t"));
        assert_eq!(changed.1, ["1|5|1|1|integer", "2|||1|null"]);
        assert_eq!(
            changed.0[1],
            "CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY, \"a\" INTEGER, \"p\" INTEGER, \"r\" INTEGER DEFAULT 1 CONSTRAINT \"t_r_fkey\" \
             REFERENCES \"p\" (\"id\"), CONSTRAINT \"t_p_fkey\" FOREIGN KEY (\"p\") REFERENCES \"p\" (\"id\") ON DELETE CASCADE, \
             CONSTRAINT \"once\" UNIQUE (\"a\"), CONSTRAINT \"few\" CHECK (id < 9))"
        );
        db.done(&reverse(&ops).unwrap());
        assert_eq!((db.schema(), db.rows("SELECT *, typeof(a) FROM t")), before);
        db.done(&ops);
        assert_eq!((db.schema(), db.rows("SELECT *, typeof(a) FROM t")), changed);
    });
}

#[test]
fn t59_in_place_and_anew_come_to_the_same() {
    let results = std::cell::RefCell::new(Vec::new());
    each(|db| {
        db.run("CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY, \"n\" INTEGER, \"gone\" TEXT, CONSTRAINT \"old\" CHECK (id > 0)); INSERT INTO t VALUES (1, 1, 'x')");
        let ops = [
            set("t", "n", Facet::Null(false)),
            Op::AddConstraint(AddConstraint::new("t", "few", Constraint::Check("n < 9".into()))),
            drop_constraint("t", "old"),
            remove("t", "gone"),
            alter("t", vec![Alteration::Add(Column { default: Some("d".into()), ..Column::new("more", Type::Text) })]),
            alter(
                "t",
                vec![Alteration::Add(Column { null: Some(false), backfill: Some(2.into()), ..Column::new("filled", Type::Integer) })],
            ),
        ];
        db.done(&ops);
        assert_eq!(db.rebuilt(), db.adapter.version < 3_053_000);
        results.borrow_mut().push((db.schema(), db.rows("SELECT * FROM t")));
    });
    let results = results.into_inner();
    assert_eq!(
        results[0].0,
        [
            "CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY, \"n\" INTEGER NOT NULL, \"more\" TEXT DEFAULT 'd', \"filled\" INTEGER NOT NULL, CONSTRAINT \"few\" CHECK (n < 9))"
        ]
    );
    results[1..].iter().for_each(|other| assert_eq!(other, &results[0]));
}

#[test]
fn several_changes_make_the_table_anew_once() {
    each(|db| {
        db.run("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, m TEXT)");
        db.done(&[
            touch("t", "n"),
            set_type("t", "m", "BLOB"),
            unique("t", "once", "m"),
            unique("t", "also", "n"),
            alter("t", vec![Alteration::RemoveIfExists("x".into())]),
        ]);
        assert_eq!(db.sent.iter().filter(|sql| sql.starts_with("INSERT OR ABORT")).count(), 1);
        db.run("INSERT INTO t (n, m) VALUES (1, 'a')");
        assert!(db.is_refused("INSERT INTO t (n, m) VALUES (2, 'a')") && db.is_refused("INSERT INTO t (n, m) VALUES (1, 'b')"));
        let message = db.refuses(&[unique("t", "once", "n")]);
        assert_eq!(message, "constraint `once` of table `t` is there already");
        db.done(&[Op::DropConstraint(DropConstraint { if_exists: true, ..DropConstraint::new("t", "nothing") })]);
        assert!(db.refuses(&[drop_constraint("t", "nothing")]).contains("has no constraint `nothing`"));
    });
}
