//! Each change, with the exact text that comes out; SQLite takes each of them.

use super::catalogue::{agree, stored};
use super::*;

fn text(sql: &str) -> Option<String> {
    Some(sql.to_owned())
}

/// Makes the change; the database takes the text before and after, and agrees with both.
fn changes(cases: &[(&str, Edit, &str)]) {
    for (before, edit, after) in cases {
        let made = parse(before).edit(std::slice::from_ref(edit)).unwrap_or_else(|error| panic!("{before} {edit:?}: {error}"));
        assert_eq!(made, *after, "{edit:?}");
        for sql in [before, after] {
            let (driver, kept) = stored(sql);
            agree(&driver, &parse(&kept));
        }
    }
}

fn add(definition: &str) -> Edit {
    Edit::AddColumn { definition: definition.into() }
}

fn drop(name: &str) -> Edit {
    Edit::DropColumn { name: name.into() }
}

#[test]
fn a_table_is_renamed_but_not_its_self_references() {
    let rename = || Edit::RenameTable { to: "\"new t\"".into() };
    changes(&[
        (
            "CREATE TABLE t(a REFERENCES t(a), CHECK (t.a > 0 AND 't.' <> ''))",
            Edit::Unqualify,
            "CREATE TABLE t(a REFERENCES t(a), CHECK (a > 0 AND 't.' <> ''))",
        ),
        ("CREATE TABLE [t] (a REFERENCES t(a)) -- t", rename(), "CREATE TABLE \"new t\" (a REFERENCES t(a)) -- t"),
        ("CREATE TABLE main . t(a)", rename(), "CREATE TABLE main . \"new t\"(a)"),
    ]);
}

#[test]
fn a_column_is_added_behind_the_last_one() {
    changes(&[
        ("CREATE TABLE t(a)", add("b INT"), "CREATE TABLE t(a, b INT)"),
        ("CREATE TABLE t(a, UNIQUE(a))", add("b -- b"), "CREATE TABLE t(a, b -- b\n, UNIQUE(a))"),
        ("CREATE TABLE t(a /* a */)", add("b"), "CREATE TABLE t(a /* a */, b)"),
        ("CREATE TABLE t(\n  a /* a */\n)", add("b"), "CREATE TABLE t(\n  a /* a */,\n  b\n)"),
        ("CREATE TABLE t(a /* a */, CHECK(a))", add("b"), "CREATE TABLE t(a /* a */, b, CHECK(a))"),
        ("CREATE TABLE t(a -- a\n)", add("b"), "CREATE TABLE t(a, -- a\n  b\n)"),
        ("CREATE TABLE t(\n\ta INT\n\t-- end\n)", add("b"), "CREATE TABLE t(\n\ta INT,\n\tb\n\t-- end\n)"),
        ("CREATE TABLE t(\n  a INT, -- a\n  CHECK (a)\n)", add("b"), "CREATE TABLE t(\n  a INT, -- a\n  b,\n  CHECK (a)\n)"),
        ("CREATE TABLE t(a,-- a\nCHECK (a))", add("b"), "CREATE TABLE t(a,-- a\n  b,\nCHECK (a))"),
    ]);
}

#[test]
fn what_is_said_of_a_table_and_of_a_column_is_changed() {
    let table = |said: Option<&str>| Edit::SetComment { text: said.map(str::to_owned) };
    let of = |column: &str, said: Option<&str>| Edit::SetColumnComment { column: column.into(), text: said.map(str::to_owned) };
    changes(&[
        ("CREATE TABLE t(a, b)", table(Some("it's")), "CREATE TABLE t(/* it's */ a, b)"),
        ("CREATE TABLE t (\n  a\n)", table(Some("x")), "CREATE TABLE t (/* x */\n  a\n)"),
        ("CREATE TABLE t (/* x */\n  a\n)", table(None), "CREATE TABLE t (\n  a\n)"),
        ("CREATE TABLE t(/* old */ a, b)", table(Some("new")), "CREATE TABLE t(/* new */ a, b)"),
        ("CREATE TABLE t(/* old */ a, b)", table(None), "CREATE TABLE t(a, b)"),
        // Somebody else's, of the column.
        ("CREATE TABLE t( /* of a */ a)", table(Some("x")), "CREATE TABLE t(/* x */ /* of a */ a)"),
        ("CREATE TABLE t(-- of a\n a)", table(None), "CREATE TABLE t(-- of a\n a)"),
        ("CREATE TABLE t(a INT NOT NULL, b)", of("A", Some("x")), "CREATE TABLE t(a INT NOT NULL /* x */, b)"),
        ("CREATE TABLE t(a INT NOT NULL /* x */, b)", of("a", None), "CREATE TABLE t(a INT NOT NULL, b)"),
        ("CREATE TABLE t(a INT /* x */ /* y */, b)", of("a", None), "CREATE TABLE t(a INT, b)"),
        ("CREATE TABLE t(a INT /* x */ /* y */, b)", of("a", Some("z")), "CREATE TABLE t(a INT /* z */ /* y */, b)"),
        ("CREATE TABLE t(a/*x*/,b)", of("a", Some("y")), "CREATE TABLE t(a/* y */,b)"),
        ("CREATE TABLE t(a, b /* x */)", of("b", Some("y")), "CREATE TABLE t(a, b /* y */)"),
        ("CREATE TABLE t(a, b /* x */)", of("b", None), "CREATE TABLE t(a, b)"),
        ("CREATE TABLE t(a -- a\n, b)", of("a", Some("x")), "CREATE TABLE t(a /* x */ -- a\n, b)"),
        ("CREATE TABLE t(a, b\n/* the end */)", of("b", None), "CREATE TABLE t(a, b\n/* the end */)"),
    ]);
}

#[test]
fn a_column_goes_with_its_comma_and_its_comment() {
    let lines = "CREATE TABLE t(\n  a INT, -- a\n  -- of b\n  b INT, -- b\n  c INT -- c\n)";
    changes(&[
        (lines, drop("a"), "CREATE TABLE t(\n  -- of b\n  b INT, -- b\n  c INT -- c\n)"),
        (lines, drop("b"), "CREATE TABLE t(\n  a INT, -- a\n  -- of b\n  c INT -- c\n)"),
        (lines, drop("c"), "CREATE TABLE t(\n  a INT, -- a\n  -- of b\n  b INT -- b\n)"),
        ("CREATE TABLE t(a INT,b INT,c INT)", drop("a"), "CREATE TABLE t(b INT,c INT)"),
        ("CREATE TABLE t(a INT,b INT,c INT)", drop("b"), "CREATE TABLE t(a INT,c INT)"),
        ("CREATE TABLE t(a INT, b INT, c INT)", drop("C"), "CREATE TABLE t(a INT, b INT)"),
        ("CREATE TABLE t(a INT, b INT, c INT)", drop("a"), "CREATE TABLE t(b INT, c INT)"),
        ("CREATE TABLE t(a INT, b INT UNIQUE CHECK (b > 0), UNIQUE(a))", drop("b"), "CREATE TABLE t(a INT, UNIQUE(a))"),
        ("CREATE TABLE t(a INT, -- a\nb INT, c INT)", drop("b"), "CREATE TABLE t(a INT, -- a\n c INT)"),
        ("CREATE TABLE t(a INT, -- a\nb INT)", drop("b"), "CREATE TABLE t(a INT -- a\n)"),
        ("CREATE TABLE t(a INT, /* b */ b INT, /* c */ c INT)", drop("b"), "CREATE TABLE t(a INT, /* b */ /* c */ c INT)"),
        (
            "CREATE TABLE t(a, b REFERENCES p(a), FOREIGN KEY (b) REFERENCES q(a))",
            drop("a"),
            "CREATE TABLE t(b REFERENCES p(a), FOREIGN KEY (b) REFERENCES q(a))",
        ),
    ]);
}

#[test]
fn the_clauses_of_a_column_are_set_one_by_one() {
    let kind = |sql| Edit::SetType { column: "a".into(), sql };
    let null = |on| Edit::SetNotNull { column: "A".into(), on };
    let default = |sql| Edit::SetDefault { column: "a".into(), sql };
    let collation = |name| Edit::SetCollation { column: "a".into(), name };
    let generated = |sql| Edit::SetGenerated { column: "a".into(), sql };
    changes(&[
        ("CREATE TABLE t(a VARCHAR ( 3 ) /* x */ NOT NULL)", kind(text("TEXT")), "CREATE TABLE t(a TEXT /* x */ NOT NULL)"),
        ("CREATE TABLE t(a big int NOT NULL)", kind(None), "CREATE TABLE t(a NOT NULL)"),
        ("CREATE TABLE t(\"a\"NOT NULL)", kind(text("INT")), "CREATE TABLE t(\"a\" INT NOT NULL)"),
        ("CREATE TABLE t(a)", kind(text("INT -- x")), "CREATE TABLE t(a INT -- x\n)"),
        ("CREATE TABLE t(a INT DEFAULT 1)", null(true), "CREATE TABLE t(a INT NOT NULL DEFAULT 1)"),
        ("CREATE TABLE t(a CONSTRAINT n NULL)", null(true), "CREATE TABLE t(a CONSTRAINT n NOT NULL)"),
        ("CREATE TABLE t(a NOT /* */ NULL)", null(true), "CREATE TABLE t(a NOT /* */ NULL)"),
        ("CREATE TABLE t(a INT CONSTRAINT n NOT NULL ON CONFLICT FAIL DEFAULT 1)", null(false), "CREATE TABLE t(a INT DEFAULT 1)"),
        ("CREATE TABLE t(a INT -- a\n NOT NULL, b)", null(false), "CREATE TABLE t(a INT -- a\n , b)"),
        ("CREATE TABLE t(a INT CHECK(a)NOT NULL UNIQUE)", null(false), "CREATE TABLE t(a INT CHECK(a) UNIQUE)"),
        ("CREATE TABLE t(a INT DEFAULT 1 NOT NULL)", default(text("(1 + 1)")), "CREATE TABLE t(a INT DEFAULT (1 + 1) NOT NULL)"),
        ("CREATE TABLE t(a INT NOT NULL)", default(text("'x'")), "CREATE TABLE t(a INT DEFAULT 'x' NOT NULL)"),
        ("CREATE TABLE t(a DEFAULT 1 CONSTRAINT d DEFAULT (2) UNIQUE)", default(None), "CREATE TABLE t(a UNIQUE)"),
        ("CREATE TABLE t(a TEXT COLLATE \"nocase\")", collation(text("RTRIM")), "CREATE TABLE t(a TEXT COLLATE RTRIM)"),
        ("CREATE TABLE t(a TEXT)", collation(text("RTRIM")), "CREATE TABLE t(a TEXT COLLATE RTRIM)"),
        ("CREATE TABLE t(a TEXT COLLATE nocase,b)", collation(None), "CREATE TABLE t(a TEXT,b)"),
        ("CREATE TABLE t(b, a INT AS (b) NOT NULL)", generated(None), "CREATE TABLE t(b, a INT NOT NULL)"),
        ("CREATE TABLE t(b, a INT)", generated(text("AS (b) STORED")), "CREATE TABLE t(b, a INT AS (b) STORED)"),
        ("CREATE TABLE t(b, a AS (b))", generated(text("AS (b + 1)")), "CREATE TABLE t(b, a AS (b + 1))"),
    ]);
}

#[test]
fn constraints_come_and_go() {
    let named = |name: &str| Edit::DropConstraint { name: name.into() };
    let of_table = |sql: &str| Edit::AddTableConstraint { sql: sql.into() };
    let key = |column: &str| Edit::DropForeignKey { columns: names(&[column]), parent: "P".into() };
    let replace = |sql: &str| Edit::ReplaceConstraint { name: "x".into(), sql: sql.into() };
    changes(&[
        ("CREATE TABLE t(a, b)", Edit::AddColumnConstraint { column: "a".into(), sql: "UNIQUE".into() }, "CREATE TABLE t(a UNIQUE, b)"),
        ("CREATE TABLE t(\n  a -- a\n)", of_table("CHECK (a)"), "CREATE TABLE t(\n  a, -- a\n  CHECK (a)\n)"),
        ("CREATE TABLE t(a, CONSTRAINT x CHECK (a))", named("X"), "CREATE TABLE t(a)"),
        ("CREATE TABLE t(a CONSTRAINT x CHECK (a) NOT NULL)", named("x"), "CREATE TABLE t(a NOT NULL)"),
        ("CREATE TABLE t(a, CHECK(a)CONSTRAINT x CHECK(1)UNIQUE(a))", named("x"), "CREATE TABLE t(a, CHECK(a)UNIQUE(a))"),
        ("CREATE TABLE t(a, CONSTRAINT x CHECK (a) ON CONFLICT FAIL UNIQUE(a))", named("x"), "CREATE TABLE t(a, UNIQUE(a))"),
        (
            "CREATE TABLE t(\n  a, -- a\n  CONSTRAINT x CHECK (a), -- x\n  UNIQUE (a)\n)",
            named("x"),
            "CREATE TABLE t(\n  a, -- a\n  UNIQUE (a)\n)",
        ),
        ("CREATE TABLE t(a, CONSTRAINT x UNIQUE(a) CHECK (a))", replace("CHECK (2)"), "CREATE TABLE t(a, CHECK (2) CHECK (a))"),
        ("CREATE TABLE t(a CONSTRAINT x UNIQUE)", replace("CHECK (a) -- y"), "CREATE TABLE t(a CHECK (a) -- y\n)"),
        ("CREATE TABLE t(a REFERENCES p(x) NOT NULL DEFERRABLE UNIQUE)", key("a"), "CREATE TABLE t(a NOT NULL UNIQUE)"),
        ("CREATE TABLE t(a REFERENCES p, b REFERENCES p DEFERRABLE)", key("b"), "CREATE TABLE t(a REFERENCES p, b)"),
        ("CREATE TABLE t(a, FOREIGN KEY (a) REFERENCES p ON DELETE CASCADE)", key("A"), "CREATE TABLE t(a)"),
        ("CREATE TABLE t(a CHECK(\"a\" > /* x */ 0), b)", Edit::DropCheck { expression: "A>0".into() }, "CREATE TABLE t(a, b)"),
        (
            "CREATE TABLE t(a UNIQUE ON CONFLICT FAIL, b, UNIQUE(a, b))",
            Edit::DropUnique { columns: names(&["A", "b"]) },
            "CREATE TABLE t(a UNIQUE ON CONFLICT FAIL, b)",
        ),
    ]);
}

#[test]
fn keys_and_options_are_set() {
    let key = |columns: &[&str]| Edit::SetPrimaryKey { columns: names(columns) };
    changes(&[
        ("CREATE TABLE t(\"a\", b)", key(&["A", "b"]), "CREATE TABLE t(\"a\", b, PRIMARY KEY (\"a\", b))"),
        (
            "CREATE TABLE t(a CONSTRAINT k PRIMARY KEY DESC ON CONFLICT FAIL, b)",
            key(&["b"]),
            "CREATE TABLE t(a, b, CONSTRAINT k PRIMARY KEY (b) ON CONFLICT FAIL)",
        ),
        ("CREATE TABLE t(a, b PRIMARY KEY)", key(&["a"]), "CREATE TABLE t(a, b, PRIMARY KEY (a))"),
        (
            "CREATE TABLE t(a INTEGER, b, PRIMARY KEY (a AUTOINCREMENT) ON CONFLICT FAIL)",
            key(&["b", "a"]),
            "CREATE TABLE t(a INTEGER, b, PRIMARY KEY (b, a) ON CONFLICT FAIL)",
        ),
        ("CREATE TABLE t(a PRIMARY KEY DESC)", key(&["a"]), "CREATE TABLE t(a PRIMARY KEY DESC)"),
        ("CREATE TABLE t(a PRIMARY KEY NOT NULL)", Edit::DropPrimaryKey, "CREATE TABLE t(a NOT NULL)"),
        ("CREATE TABLE t(a, PRIMARY KEY(a), CHECK(a))", Edit::DropPrimaryKey, "CREATE TABLE t(a, CHECK(a))"),
        ("CREATE TABLE t(a INT)", Edit::SetStrict(true), "CREATE TABLE t(a INT) STRICT"),
        (
            "CREATE TABLE t(a INT PRIMARY KEY) without rowid",
            Edit::SetStrict(true),
            "CREATE TABLE t(a INT PRIMARY KEY) without rowid, STRICT",
        ),
        (
            "CREATE TABLE t(a INT PRIMARY KEY) STRICT, WITHOUT ROWID",
            Edit::SetStrict(false),
            "CREATE TABLE t(a INT PRIMARY KEY) WITHOUT ROWID",
        ),
        (
            "CREATE TABLE t(a INT PRIMARY KEY) STRICT, WITHOUT ROWID",
            Edit::SetWithoutRowid(false),
            "CREATE TABLE t(a INT PRIMARY KEY) STRICT",
        ),
        ("CREATE TABLE t(a INT PRIMARY KEY)STRICT", Edit::SetStrict(false), "CREATE TABLE t(a INT PRIMARY KEY)"),
        ("CREATE TABLE t(a INT PRIMARY KEY)", Edit::SetWithoutRowid(true), "CREATE TABLE t(a INT PRIMARY KEY) WITHOUT ROWID"),
        (
            "CREATE TABLE t(a INTEGER PRIMARY KEY NOT NULL)",
            Edit::SetAutoincrement(true),
            "CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL)",
        ),
        (
            "CREATE TABLE t(a INTEGER, PRIMARY KEY(a))",
            Edit::SetAutoincrement(true),
            "CREATE TABLE t(a INTEGER, PRIMARY KEY(a AUTOINCREMENT))",
        ),
        ("CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT)", Edit::SetAutoincrement(false), "CREATE TABLE t(a INTEGER PRIMARY KEY)"),
    ]);
}

#[test]
fn changes_follow_one_another() {
    let edits = [
        Edit::AddColumn { definition: "c INT".into() },
        Edit::AddTableConstraint { sql: "CONSTRAINT k UNIQUE (c)".into() },
        Edit::SetNotNull { column: "c".into(), on: true },
        Edit::DropColumn { name: "a".into() },
        Edit::RenameTable { to: "n".into() },
    ];
    let made = parse("CREATE TABLE t(a, b /* stays */ DEFAULT 1)").edit(&edits).unwrap();
    assert_eq!(made, "CREATE TABLE n(b /* stays */ DEFAULT 1, c INT NOT NULL, CONSTRAINT k UNIQUE (c))");
}

#[test]
fn a_check_that_names_its_table_must_be_unqualified_before_a_rename() {
    let text = parse("CREATE TABLE t(a CHECK (\"T\" . a > 0), b AS (t.a))");
    let rename = Edit::RenameTable { to: "n".into() };
    let takes = |sql: &str| rusqlite::Connection::open_in_memory().unwrap().execute_batch(sql).is_ok();
    assert!(!takes(&text.edit(std::slice::from_ref(&rename)).unwrap()));
    let made = text.edit(&[Edit::Unqualify, rename]).unwrap();
    assert_eq!(made, "CREATE TABLE n(a CHECK ( a > 0), b AS (a))");
    assert!(takes(&made));
}
