//! T31 to T43: what hangs on a table still hangs on it, or the change is refused.

use super::*;

fn make(db: &mut Database, made: &[&str]) {
    db.run("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT, n INTEGER)");
    db.run("CREATE TABLE log (what TEXT)");
    made.iter().for_each(|sql| db.run(sql));
    db.run("INSERT INTO t (a, b, n) VALUES ('a', 'b', 1)");
}

/// These stay word for word when the table is made anew.
fn stay(made: &[&str]) {
    each(|db| {
        make(db, made);
        let before = db.rows("SELECT sql FROM sqlite_schema WHERE type <> 'table' ORDER BY rowid");
        db.done(&[touch("t", "n")]);
        assert!(db.rebuilt());
        assert_eq!(db.rows("SELECT sql FROM sqlite_schema WHERE type <> 'table' ORDER BY rowid").len(), made.len());
        let mut after = db.rows("SELECT sql FROM sqlite_schema WHERE type <> 'table' ORDER BY rowid");
        let mut before = before;
        before.sort();
        after.sort();
        assert_eq!(after, before);
    });
}

#[test]
fn t31_to_t33_indexes() {
    stay(&[
        "CREATE INDEX part ON t (a) WHERE n > 0",
        "CREATE INDEX \"t by a\" ON t (lower(a), n DESC)",
        "CREATE UNIQUE INDEX u ON t (b COLLATE NOCASE DESC)",
    ]);
    each(|db| {
        make(db, &["CREATE UNIQUE INDEX u ON t (b COLLATE NOCASE DESC)"]);
        db.done(&[touch("t", "n")]);
        assert!(db.is_refused("INSERT INTO t (b) VALUES ('B')"));
        assert_eq!(db.rows("SELECT \"desc\", coll FROM pragma_index_xinfo('u') WHERE key"), ["1|NOCASE"]);
    });
}

#[test]
fn t34_and_t35_triggers() {
    stay(&[
        "CREATE TRIGGER own BEFORE UPDATE OF a ON t WHEN new.n > 0 BEGIN INSERT INTO log VALUES (old.a); END",
        "CREATE TRIGGER foreign_one AFTER INSERT ON log BEGIN UPDATE t SET b = new.what; END",
    ]);
    each(|db| {
        make(db, &["CREATE TRIGGER own AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END"]);
        db.run("CREATE TEMP TRIGGER passing AFTER UPDATE ON t BEGIN INSERT INTO log VALUES ('temp'); END");
        db.run("CREATE TEMP VIEW seen AS SELECT a FROM t; DELETE FROM log");
        db.done(&[touch("t", "n")]);
        assert_eq!(db.rows("SELECT * FROM log"), Vec::<String>::new());
        db.run("INSERT INTO t (a) VALUES ('x'); UPDATE t SET a = 'y' WHERE a = 'x'");
        assert_eq!(db.rows("SELECT * FROM log"), ["x", "temp"]);
        assert_eq!(db.rows("SELECT count(*) FROM seen"), ["2"]);
    });
}

#[test]
fn t36_to_t38_views() {
    stay(&[
        "CREATE VIEW v AS SELECT a, n FROM t",
        "CREATE VIEW w AS WITH RECURSIVE r (x) AS (SELECT n FROM v UNION SELECT x + 1 FROM r WHERE x < 3) SELECT x FROM r",
        "CREATE TRIGGER instead INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a) VALUES (new.a); END",
    ]);
}

#[test]
fn t39_what_was_broken_before_is_not_blamed() {
    each(|db| {
        make(db, &["CREATE VIEW broken AS SELECT x FROM nowhere", "CREATE VIEW v AS SELECT a FROM t"]);
        db.run("CREATE TRIGGER lame AFTER INSERT ON log BEGIN INSERT INTO nowhere VALUES (1); END");
        db.done(&[touch("t", "n")]);
        db.done(&[
            Op::RenameColumn { table: "t".into(), from: "n".into(), to: "number".into() },
            remove("t", "b"),
            Op::RenameTable { from: "t".into(), to: "u".into() },
        ]);
        assert_eq!(db.rows("SELECT * FROM v"), ["a"]);
        assert_eq!(db.text_of("u"), "CREATE TABLE \"u\" (id INTEGER PRIMARY KEY, a TEXT, \"number\" INTEGER DEFAULT 7)");
        assert_eq!(db.text_of("v"), "CREATE VIEW v AS SELECT a FROM \"u\"");
    });
}

#[test]
fn t40_a_view_that_would_break_is_named() {
    each(|db| {
        make(db, &["CREATE VIEW v AS SELECT a FROM t"]);
        assert_eq!(db.refuses(&[remove("t", "a")]), "`v` does not work any more: the database refused the statement: no such column: a");
        db.run("DROP VIEW v; CREATE INDEX i ON t (b) WHERE a > ''");
        assert_eq!(db.refuses(&[remove("t", "a")]), "column `a` of table `t` is used by index `i`");
        db.run("DROP INDEX i; CREATE TRIGGER of_a AFTER UPDATE OF a ON t BEGIN SELECT 1; END");
        assert_eq!(db.refuses(&[remove("t", "a")]), "column `a` of table `t` is used by trigger `of_a`");
        db.run("DROP TRIGGER of_a");
        db.done(&[remove("t", "a")]);
        assert!(!db.rebuilt());
        assert_eq!(db.rows("SELECT * FROM t"), ["1|b|1"]);
        db.run("ALTER TABLE t ADD COLUMN c TEXT CHECK (b <> 'x')");
        assert!(db.refuses(&[remove("t", "b")]).starts_with("column `b` of table `t` is used by a check of column `c`"));
    });
}

#[test]
fn t41_a_trigger_that_writes_the_column_is_named() {
    for body in ["INSERT INTO t (a) VALUES (new.what)", "UPDATE t SET a = new.what"] {
        each(|db| {
            make(db, &[&format!("CREATE TRIGGER writes AFTER INSERT ON log BEGIN {body}; END")]);
            let message = db.refuses(&[remove("t", "a")]);
            assert!(message.starts_with("`log` does not work any more"), "{message}");
        });
    }
}

/// It was never possible to delete from it, and that hides nothing else.
#[test]
fn a_view_that_takes_some_writes_only_is_looked_at_too() {
    each(|db| {
        make(db, &["CREATE VIEW v AS SELECT a FROM t", "CREATE TRIGGER instead INSTEAD OF INSERT ON v BEGIN SELECT 1; END"]);
        assert!(db.refuses(&[remove("t", "a")]).starts_with("`v` does not work any more"));
        db.done(&[remove("t", "b")]);
    });
}

#[test]
fn t42_statistics_stay() {
    each(|db| {
        make(db, &["CREATE INDEX i ON t (a)"]);
        db.run("ANALYZE");
        let before = db.rows("SELECT * FROM sqlite_stat1 ORDER BY tbl, idx");
        assert_eq!(before, ["t|i|1 1"]);
        db.done(&[touch("t", "n")]);
        assert_eq!(db.rows("SELECT * FROM sqlite_stat1 ORDER BY tbl, idx"), before);
    });
}

#[test]
fn t43_a_new_name_is_followed_everywhere() {
    each(|db| {
        db.run("CREATE TABLE p (id INTEGER, code TEXT UNIQUE, twice TEXT AS (code || code), n INTEGER)");
        db.run("CREATE TABLE c (code TEXT REFERENCES p (code))");
        db.run("CREATE TRIGGER t AFTER UPDATE OF code ON p BEGIN SELECT new.code; END; CREATE INDEX i ON p (code) WHERE code > ''");
        db.run("INSERT INTO p (id, code) VALUES (1, 'x'); INSERT INTO c VALUES ('x')");
        db.done(&[
            Op::RenameColumn { table: "p".into(), from: "code".into(), to: "sign".into() },
            Op::RenameTable { from: "p".into(), to: "q".into() },
            touch("q", "n"),
        ]);
        assert_eq!(db.text_of("c"), "CREATE TABLE c (code TEXT REFERENCES \"q\" (\"sign\"))");
        assert_eq!(db.text_of("t"), "CREATE TRIGGER t AFTER UPDATE OF \"sign\" ON \"q\" BEGIN SELECT new.\"sign\"; END");
        assert_eq!(db.rows("SELECT sign, twice FROM q"), ["x|xx"]);
        assert_eq!(db.rows("PRAGMA foreign_key_check"), Vec::<String>::new());
    });
}

#[test]
fn an_index_is_renamed_as_it_was_written() {
    each(|db| {
        make(db, &["CREATE UNIQUE INDEX old ON t (lower(a) DESC) /* old */ WHERE n > 0"]);
        let index = crate::ddl::Index { name: "old".into(), ..crate::ddl::Index::new("t", Vec::new()) };
        db.done(&[Op::RenameIndex { index: index.clone(), to: "new one".into() }]);
        assert_eq!(db.text_of("new one"), "CREATE UNIQUE INDEX \"new one\" ON t (lower(a) DESC) /* old */ WHERE n > 0");
        assert!(db.refuses(&[Op::RenameIndex { index, to: "x".into() }]).contains("there is no index `old`"));
    });
}

#[test]
fn a_leftover_is_named() {
    each(|db| {
        make(db, &[]);
        db.done(&[touch("t", "n")]);
        let left = db.sent[0].split('"').nth(1).unwrap().to_owned();
        assert_eq!(left, "_ecto_new_860202a3", "whichever compiler made the one that left it");
        db.run(&format!("CREATE TABLE \"{left}\" (x TEXT)"));
        let error = db.adapter.clone();
        let changes = written(&[set("t", "n", Facet::Default(None))]).unwrap();
        let mut work = error.alter(&changes);
        work.enter(db.connection.as_mut(), &mut |connection, sql| connection.script(sql)).unwrap();
        db.run("BEGIN IMMEDIATE");
        let error = work.apply(&changes, db.connection.as_mut(), &mut |connection, sql| connection.script(sql)).unwrap_err();
        assert!(error.message().starts_with(&format!("`{left}` is left from a change of table `t`")), "{error}");
        db.run("ROLLBACK");
        work.leave(db.connection.as_mut(), &mut |connection, sql| connection.script(sql)).unwrap();
    });
}
