//! A table that is dropped with what depends on it, and nothing else.

use super::*;
use crate::ddl::{DropIndex, DropTable, Index};

fn drop_cascade(table: &str) -> Op {
    Op::DropTable(DropTable { table: table.into(), if_exists: false, cascade: true, was: None })
}

const CHILD: &str = "CREATE TABLE child (id INTEGER PRIMARY KEY, -- its own
  p INTEGER NOT NULL REFERENCES Parent (id) ON DELETE CASCADE, q INTEGER REFERENCES other,
  CONSTRAINT both FOREIGN KEY (p, q) REFERENCES \"parent\" (id, n))";

fn family(db: &mut Database) {
    db.run("CREATE TABLE other (id INTEGER PRIMARY KEY); CREATE TABLE parent (id INTEGER PRIMARY KEY, n INTEGER, up INTEGER REFERENCES parent, UNIQUE (id, n))");
    db.run(CHILD);
    db.run(
        "INSERT INTO other VALUES (7); INSERT INTO parent VALUES (1, 7, NULL), (2, 7, 1); INSERT INTO child VALUES (5, 1, 7), (6, 2, 7)",
    );
}

#[test]
fn keys_of_others_go_and_their_rows_stay() {
    each(|db| {
        family(db);
        db.run("CREATE INDEX child_p ON child (p)");
        db.done(&[drop_cascade("parent")]);
        let child = "CREATE TABLE \"child\" (id INTEGER PRIMARY KEY, -- its own\n  p INTEGER NOT NULL, q INTEGER REFERENCES other)";
        assert_eq!(db.schema()[1..], ["CREATE TABLE other (id INTEGER PRIMARY KEY)", "CREATE INDEX child_p ON child (p)"]);
        assert_eq!(db.text_of("child"), child);
        assert_eq!(db.rows("SELECT * FROM child"), ["5|1|7", "6|2|7"]);
        db.run("INSERT INTO child VALUES (8, 99, 7)");
        assert!(db.is_refused("INSERT INTO child VALUES (9, 1, 8)"), "the other key holds");
    });
}

/// In place, where that can be done.
#[test]
fn a_key_with_a_name_goes_in_place() {
    each(|db| {
        db.run(
            "CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE child (p INTEGER CONSTRAINT k REFERENCES parent ON DELETE CASCADE)",
        );
        db.run("INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1)");
        db.done(&[drop_cascade("PARENT")]);
        assert_eq!(db.rebuilt(), db.adapter.version < 3_054_000);
        assert_eq!(db.rows("SELECT p FROM child"), ["1"]);
        assert_eq!(db.rows("PRAGMA foreign_key_list(child)"), Vec::<String>::new());
    });
}

#[test]
fn views_go_with_those_on_them_and_no_others() {
    each(|db| {
        family(db);
        db.run("CREATE VIEW one AS SELECT n FROM parent; CREATE VIEW two AS SELECT n FROM one; CREATE VIEW parents AS SELECT 'parent' AS parent");
        db.run("CREATE TEMP VIEW mine AS SELECT id FROM parent; CREATE VIEW broken AS SELECT x FROM nowhere");
        db.run("CREATE TRIGGER into_one INSTEAD OF INSERT ON one BEGIN SELECT 1; END");
        db.done(&[drop_cascade("parent")]);
        assert_eq!(db.rows("SELECT name FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY name"), ["broken", "parents"]);
        assert_eq!(db.rows("SELECT name FROM sqlite_temp_schema"), Vec::<String>::new());
    });
}

/// What a trigger of another table does cannot be left out in silence.
#[test]
fn a_trigger_of_another_table_is_in_the_way() {
    each(|db| {
        family(db);
        db.run("CREATE TRIGGER counts AFTER INSERT ON other BEGIN UPDATE parent SET n = n + 1; END");
        let message = db.refuses(&[drop_cascade("parent")]);
        assert!(message.starts_with("`other` does not work any more: "), "{message}");
        assert_eq!(db.rows("SELECT count(*) FROM child"), ["2"]);
    });
}

#[test]
fn a_table_of_the_session_hides_the_other() {
    each(|db| {
        family(db);
        db.run("CREATE TEMP TABLE parent (x INTEGER)");
        db.done(&[drop_cascade("parent")]);
        assert_eq!(db.rows("SELECT count(*) FROM parent"), ["2"]);
        assert!(db.is_refused("INSERT INTO child VALUES (9, 99, 7)"), "its keys are there");
        assert!(db.refuses(&[drop_cascade("nowhere")]).contains("no such table"));
    });
}

/// An index that made a key of its columns goes with the foreign keys that need it, and with no others.
#[test]
fn keys_go_with_the_index_that_they_need() {
    let index = || Index { name: "i".into(), ..Index::new("parent", vec!["b".into(), "a".into()]) };
    let drop = |cascade| Op::DropIndex(DropIndex { index: index(), if_exists: false, cascade });
    each(|db| {
        db.run("CREATE TABLE parent (a INTEGER PRIMARY KEY, b INTEGER); CREATE UNIQUE INDEX i ON parent (b, a); INSERT INTO parent VALUES (1, 2)");
        let child = "CREATE TABLE child (a INTEGER REFERENCES parent ON DELETE CASCADE, b INTEGER";
        db.run(&format!("{child}, CONSTRAINT k FOREIGN KEY (a, b) REFERENCES Parent (a, b)); INSERT INTO child VALUES (1, 2)"));
        assert!(db.refuses(&[drop(false)]).contains("the foreign key of table `child`"));
        db.done(&[drop(true)]);
        assert_eq!(db.text_of("child").replace("\"child\"", "child"), format!("{child})"));
        db.run("INSERT INTO child VALUES (1, 3)");
        assert!(db.is_refused("INSERT INTO child VALUES (2, 2)"), "the other key holds");
        db.run("CREATE UNIQUE INDEX i ON parent (b, a)");
        let text = db.text_of("child");
        db.done(&[drop(true)]);
        assert_eq!((db.rebuilt(), db.text_of("child")), (false, text));
    });
}

/// A check that is only called like the part of a key belongs to somebody.
#[test]
fn a_check_of_somebody_stays() {
    each(|db| {
        db.run(
            "CREATE TABLE p (a INTEGER PRIMARY KEY); CREATE TABLE t (a INTEGER CONSTRAINT k REFERENCES p, CONSTRAINT k_full CHECK (a > 0))",
        );
        db.done(&[drop_constraint("t", "k")]);
        assert!(db.is_refused("INSERT INTO t VALUES (-1)"));
    });
}

/// `MATCH FULL`, which is a check here.
#[test]
fn a_key_that_is_whole_or_null_comes_and_goes_with_its_check() {
    let reference = references("parent").with("q", "n").match_full();
    let add = Op::AddConstraint(AddConstraint::new("t", "k", Constraint::ForeignKey(ForeignKey { column: "p".into(), reference })));
    each(|db| {
        family(db);
        let text = "CREATE TABLE t (p INTEGER, q INTEGER)";
        db.run(&format!("{text}; INSERT INTO t VALUES (1, 7), (NULL, NULL), (1, NULL)"));
        let error = db.change(std::slice::from_ref(&add)).unwrap_err();
        assert!(error.is_check_violation() && error.message().contains("k_full"), "{error}");
        for drop in [drop_constraint("t", "k"), drop_cascade("parent")] {
            db.run("DELETE FROM t WHERE q IS NULL");
            db.done(std::slice::from_ref(&add));
            assert!(db.is_refused("INSERT INTO t VALUES (1, NULL)") && db.is_refused("INSERT INTO t VALUES (1, 8)"));
            db.run("INSERT INTO t VALUES (2, 7), (NULL, NULL)");
            db.done(&[drop]);
            assert_eq!(db.text_of("t"), text.replace("TABLE t", "TABLE \"t\""));
            db.run("INSERT INTO t VALUES (1, NULL)");
        }
    });
}
