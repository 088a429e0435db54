//! T1 to T14: no row of any table is lost, and foreign keys hold afterwards as they did.

use super::*;

fn family(db: &mut Database, action: &str) -> String {
    let child = format!("CREATE TABLE child (id INTEGER PRIMARY KEY, p INTEGER DEFAULT 2 REFERENCES parent (id) ON DELETE {action})");
    db.run("CREATE TABLE parent (id INTEGER PRIMARY KEY, n INTEGER)");
    db.run(&child);
    db.run("INSERT INTO parent VALUES (1, 10), (2, 20); INSERT INTO child VALUES (5, 1), (6, 2), (7, NULL)");
    child
}

#[test]
fn t1_to_t5_children_keep_every_row() {
    for action in ["CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION"] {
        each(|db| {
            let child = family(db, action);
            db.done(&[touch("parent", "n")]);
            assert!(db.rebuilt());
            assert_eq!(db.rows("SELECT * FROM child ORDER BY id"), ["5|1", "6|2", "7|"]);
            assert_eq!(db.rows("SELECT * FROM parent"), ["1|10", "2|20"]);
            assert_eq!(db.schema(), [&child, "CREATE TABLE \"parent\" (id INTEGER PRIMARY KEY, n INTEGER DEFAULT 7)"]);
            assert!(db.is_refused("INSERT INTO child VALUES (8, 99)"));
            db.run("DELETE FROM child WHERE p = 1");
        });
    }
}

#[test]
fn t6_inside_a_transaction_of_the_caller_it_is_refused() {
    each(|db| {
        family(db, "CASCADE");
        let changes = written(&[touch("parent", "n")]).unwrap();
        db.run("BEGIN");
        let adapter = Arc::clone(&db.adapter);
        let mut alter = adapter.alter(&changes);
        let error = alter.enter(db.connection.as_mut(), &mut |connection, sql| connection.script(sql)).unwrap_err();
        assert!(error.message().contains("a transaction was open"), "{error}");
        // Even if nobody asked before.
        let mut unasked = adapter.alter(&[]);
        let error = unasked.apply(&changes, db.connection.as_mut(), &mut |connection, sql| connection.script(sql)).unwrap_err();
        assert!(error.message().contains("a transaction was open"), "{error}");
        db.run("COMMIT");
        assert_eq!(db.rows("SELECT count(*) FROM child"), ["3"]);
    });
}

#[test]
fn t7_a_table_that_refers_to_itself() {
    each(|db| {
        db.run("CREATE TABLE tree (id INTEGER PRIMARY KEY, up INTEGER REFERENCES tree (id) ON DELETE CASCADE, n INTEGER)");
        db.run("INSERT INTO tree VALUES (1, NULL, 1), (2, 1, 1), (3, 2, 1)");
        db.done(&[touch("tree", "n")]);
        assert_eq!(
            db.schema(),
            ["CREATE TABLE \"tree\" (id INTEGER PRIMARY KEY, up INTEGER REFERENCES tree (id) ON DELETE CASCADE, n INTEGER DEFAULT 7)"]
        );
        assert_eq!(db.rows("SELECT count(*) FROM tree"), ["3"]);
        db.run("DELETE FROM tree WHERE id = 1");
        assert_eq!(db.rows("SELECT count(*) FROM tree"), ["0"]);
    });
}

#[test]
fn t8_two_tables_that_refer_to_each_other() {
    each(|db| {
        db.run("CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES b (id) ON DELETE CASCADE, n INTEGER)");
        db.run("CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a (id) ON DELETE CASCADE, n INTEGER)");
        db.run("INSERT INTO a VALUES (1, NULL, 0); INSERT INTO b VALUES (1, 1, 0); UPDATE a SET b = 1");
        db.done(&[touch("a", "n"), touch("b", "n")]);
        assert_eq!(db.rows("SELECT a.id, a.b, b.id, b.a FROM a, b"), ["1|1|1|1"]);
        assert_eq!(db.rows("PRAGMA foreign_key_check"), Vec::<String>::new());
    });
}

#[test]
fn t9_a_deferred_key_stays_deferred() {
    each(|db| {
        db.run("CREATE TABLE p (id INTEGER PRIMARY KEY)");
        db.run("CREATE TABLE c (p INTEGER REFERENCES p DEFERRABLE INITIALLY DEFERRED, n INTEGER)");
        db.done(&[touch("c", "n")]);
        assert_eq!(db.text_of("c"), "CREATE TABLE \"c\" (p INTEGER REFERENCES p DEFERRABLE INITIALLY DEFERRED, n INTEGER DEFAULT 7)");
        db.run("BEGIN; INSERT INTO c VALUES (1, 1); INSERT INTO p VALUES (1); COMMIT");
    });
}

#[test]
fn t10_and_t11_a_key_that_others_refer_to_stays_unique() {
    each(|db| {
        db.run("CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT, n INTEGER, CONSTRAINT p_code UNIQUE (code))");
        db.run("CREATE TABLE c (code TEXT REFERENCES p (code))");
        db.run("INSERT INTO p VALUES (1, 'x', 0); INSERT INTO c VALUES ('x')");
        db.done(&[touch("p", "n")]);
        assert!(db.is_refused("INSERT INTO c VALUES ('y')"));
        db.run("INSERT INTO c VALUES ('x')");
        let message = db.refuses(&[drop_constraint("p", "p_code")]);
        assert!(message.contains("the foreign key of table `c` refers to columns of `p` that are no key any more"), "{message}");
        let message = db.refuses(&[remove("p", "code")]);
        assert!(message.contains("column `code` of table `p` is used by a foreign key of table `c`"), "{message}");
    });
}

#[test]
fn t12_what_was_violated_before_is_nobodys_fault() {
    each(|db| {
        family(db, "NO ACTION");
        db.run("PRAGMA foreign_keys = OFF; INSERT INTO child VALUES (9, 99); PRAGMA foreign_keys = ON");
        db.done(&[touch("parent", "n"), Op::RenameTable { from: "child".into(), to: "kid".into() }]);
        assert_eq!(db.rows("SELECT p FROM kid WHERE id = 9"), ["99"]);
        db.done(&[alter("kid", vec![Alteration::Add(Column { default: Some(1.into()), ..Column::new("n", references("parent")) })])]);
        assert!(db.rebuilt());
    });
}

#[test]
fn t13_a_new_violation_is_refused() {
    each(|db| {
        db.run("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER); INSERT INTO c VALUES (4, 1)");
        let key = ForeignKey { column: "p".into(), reference: references("p") };
        let add = Op::AddConstraint(AddConstraint::new("c", "c_p_fkey", Constraint::ForeignKey(key)));
        let message = db.refuses(std::slice::from_ref(&add));
        assert_eq!(message, "row 4 of table `c` has no parent in `p` any more");
        db.run("INSERT INTO p VALUES (1)");
        db.done(&[add]);
        assert!(db.is_refused("INSERT INTO c VALUES (5, 2)"));
        db.done(&[drop_constraint("c", "c_p_fkey")]);
        assert_eq!(db.text_of("c"), "CREATE TABLE \"c\" (id INTEGER PRIMARY KEY, p INTEGER)");
    });
}

#[test]
fn t14_settings_come_back() {
    each(|db| {
        family(db, "CASCADE");
        db.run("PRAGMA foreign_keys = OFF");
        db.done(&[touch("parent", "n")]);
        db.refuses(&[touch("parent", "nothing")]);
        db.run("PRAGMA foreign_keys = ON");
        db.refuses(&[touch("parent", "nothing")]);
        db.done(&[remove("parent", "n")]);
    });
}

#[test]
fn a_parent_is_not_dropped_and_takes_nobody_along() {
    each(|db| {
        family(db, "CASCADE");
        let drop = |name: &str| Op::DropTable(crate::ddl::DropTable { table: name.into(), if_exists: false, cascade: false, was: None });
        assert_eq!(db.refuses(&[drop("parent")]), "table `child` refers to table `parent`");
        assert_eq!(db.rows("SELECT count(*) FROM child"), ["3"]);
        db.done(&[drop("child"), drop("parent")]);
        db.run("CREATE TABLE tree (id INTEGER PRIMARY KEY, up INTEGER REFERENCES tree ON DELETE RESTRICT); INSERT INTO tree VALUES (1, NULL), (2, 1)");
        db.done(&[drop("tree")]);
        assert_eq!(db.schema(), Vec::<String>::new());
    });
}
