//! T20 to T30: what a change does not speak of stays as it was written, but for quotes around the table's own name.

use super::*;

/// Makes the table anew by giving column `n` a default, and back; the text is what it was.
fn stays(sql: &str, rows: &str) {
    each(|db| {
        db.run(sql);
        db.run(rows);
        let before = db.rows("SELECT * FROM t ORDER BY 1");
        db.done(&[touch("t", "n")]);
        assert!(db.rebuilt());
        let changed = db.text_of("t");
        assert_ne!(changed, sql);
        db.done(&[set("t", "n", Facet::Default(None))]);
        assert_eq!(db.text_of("t"), sql.replacen("CREATE TABLE t", "CREATE TABLE \"t\"", 1));
        assert_eq!(db.rows("SELECT * FROM t ORDER BY 1"), before);
    });
}

#[test]
fn t20_comments() {
    stays("CREATE TABLE t ( -- the first\n  a TEXT, /* between */\n  n INTEGER -- the last\n)", "INSERT INTO t VALUES ('x', 1)");
}

#[test]
fn t21_odd_quoting() {
    stays("CREATE TABLE t ([a b] TEXT, `c\"d` TEXT, \"select\" TEXT, ü TEXT, n INTEGER)", "INSERT INTO t VALUES ('1', '2', '3', '4', 5)");
}

#[test]
fn t22_collations() {
    stays("CREATE TABLE t (a TEXT COLLATE NOCASE UNIQUE, n INTEGER)", "INSERT INTO t VALUES ('A', 1)");
    each(|db| {
        db.run("CREATE TABLE t (a TEXT COLLATE NOCASE UNIQUE, n INTEGER); INSERT INTO t VALUES ('A', 1)");
        db.done(&[touch("t", "n")]);
        assert!(db.is_refused("INSERT INTO t VALUES ('a', 2)"));
    });
}

#[test]
fn t23_and_t49_conflict_clauses_lose_no_row() {
    let sql = "CREATE TABLE t (a TEXT UNIQUE ON CONFLICT REPLACE, b TEXT NOT NULL ON CONFLICT REPLACE DEFAULT 'x', n INTEGER)";
    stays(sql, "INSERT INTO t VALUES ('a', 'b', 1), ('b', 'b', 2)");
    each(|db| {
        db.run("CREATE TABLE t (a TEXT, n INTEGER); INSERT INTO t VALUES ('a', 1), ('a', 2)");
        let add =
            |clause: &str| Op::AddConstraint(AddConstraint::new("t", "once", Constraint::Sql(format!("UNIQUE (a) ON CONFLICT {clause}"))));
        for clause in ["REPLACE", "IGNORE"] {
            let error = db.change(&[add(clause)]).unwrap_err();
            assert!(error.is_unique_violation(), "{error}");
            assert_eq!(error.violation().unwrap().table.as_deref(), Some("t"));
            assert_eq!(db.rows("SELECT * FROM t"), ["a|1", "a|2"]);
        }
    });
}

#[test]
fn t24_checks_with_and_without_a_name() {
    stays(
        "CREATE TABLE t (a TEXT CHECK (a <> ''), n INTEGER, CONSTRAINT small CHECK (n < 9), CHECK (t.n > 0))".replace("t.n", "n").as_str(),
        "INSERT INTO t VALUES ('a', 1)",
    );
    each(|db| {
        db.run("CREATE TABLE t (a TEXT CHECK (a <> ''), n INTEGER, CONSTRAINT small CHECK (t.n < 9)); INSERT INTO t VALUES ('a', 1)");
        db.done(&[touch("t", "n")]);
        assert_eq!(db.text_of("t"), "CREATE TABLE \"t\" (a TEXT CHECK (a <> ''), n INTEGER DEFAULT 7, CONSTRAINT small CHECK (n < 9))");
        assert!(db.is_refused("INSERT INTO t VALUES ('', 1)"));
        assert!(db.is_refused("INSERT INTO t VALUES ('a', 9)"));
        db.done(&[drop_constraint("t", "small")]);
        db.run("INSERT INTO t VALUES ('a', 9)");
    });
}

#[test]
fn t25_generated_columns() {
    let sql =
        "CREATE TABLE t (n INTEGER, d INTEGER AS (n * 2) STORED CHECK (d < 99), e INTEGER GENERATED ALWAYS AS (d + 1) VIRTUAL, f TEXT)";
    stays(sql, "INSERT INTO t (n, f) VALUES (1, 'x'), (2, 'y')");
}

#[test]
fn t26_strict() {
    stays("CREATE TABLE t (a ANY, n INTEGER) STRICT", "INSERT INTO t VALUES ('1', 1), (x'00', 2)");
}

#[test]
fn t27_without_rowid() {
    stays("CREATE TABLE t (a TEXT, b TEXT, n INTEGER, PRIMARY KEY (b, a)) WITHOUT ROWID", "INSERT INTO t VALUES ('a', 'b', 1)");
    stays("CREATE TABLE t (a TEXT PRIMARY KEY, n INTEGER) STRICT, WITHOUT ROWID", "INSERT INTO t VALUES ('a', 1)");
}

#[test]
fn t28_columns_keep_their_order() {
    each(|db| {
        db.run("CREATE TABLE t (c TEXT, a TEXT, n INTEGER, CHECK (n > 0)); INSERT INTO t VALUES ('c', 'a', 1)");
        let added = Column { default: Some(crate::ddl::Literal::Expression("1 + 1".into())), ..Column::new("b", Type::Integer) };
        db.done(&[alter("t", vec![Alteration::Add(added)]), set_type("t", "c", "BLOB")]);
        assert_eq!(db.rows("SELECT * FROM t"), ["c|a|1|2"]);
        assert_eq!(db.text_of("t"), "CREATE TABLE \"t\" (c BLOB, a TEXT, n INTEGER, \"b\" INTEGER DEFAULT (1 + 1), CHECK (n > 0))");
    });
}

#[test]
fn t29_defaults_with_commas_and_parentheses() {
    stays(
        "CREATE TABLE t (a TEXT DEFAULT (lower('A,)(')), b TEXT DEFAULT 'x, (y', n INTEGER, c REAL DEFAULT -1.5e3)",
        "INSERT INTO t (n) VALUES (1)",
    );
}

#[test]
fn t30_many_columns() {
    let columns: Vec<String> = (0..199).map(|number| format!("c{number} INTEGER DEFAULT {number}")).collect();
    stays(&format!("CREATE TABLE t ({}, n INTEGER)", columns.join(", ")), "INSERT INTO t (n) VALUES (1)");
}

/// Where it was put by `ADD COLUMN`, too; and nothing is made anew for what is said already.
#[test]
fn remarks_are_changed() {
    let said = |text: &str| Column { comment: Some(text.into()), ..Column::new("b", Type::Text) };
    let modify = |text: &str| alter("t", vec![Alteration::Modify { to: said(text), from: Some(Column::new("b", Type::Text)) }]);
    let of_table = |text: &str| alter("t", vec![Alteration::Comment { to: text.into(), from: None }]);
    each(|db| {
        db.run("CREATE TABLE t (a TEXT /* first */); INSERT INTO t VALUES ('x')");
        db.done(&[alter("t", vec![Alteration::Add(said("second"))])]);
        assert!(!db.rebuilt());
        assert_eq!(db.text_of("t"), "CREATE TABLE t (a TEXT /* first */, \"b\" TEXT /* second */)");
        db.done(&[of_table("all"), modify("other")]);
        assert!(db.rebuilt());
        let changed = "CREATE TABLE \"t\" (/* all */ a TEXT /* first */, \"b\" TEXT /* other */)";
        assert_eq!(db.text_of("t"), changed);
        db.done(&[of_table(" all "), modify("other")]);
        assert!(!db.rebuilt());
        db.done(&[of_table(""), modify("")]);
        assert_eq!(db.text_of("t"), "CREATE TABLE \"t\" (a TEXT /* first */, \"b\" TEXT)");
        assert_eq!(db.rows("SELECT a FROM t"), ["x"]);
    });
}
