//! Odd tables: each is made by SQLite, and its text must tell what the pragmas tell.

use super::catalogue::{agree, stored};
use super::*;

const CORPUS: &[&str] = &[
    "CREATE TABLE t(a)",
    "create table T (A integer primary key, b)",
    "CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY AUTOINCREMENT)",
    "CREATE TABLE t(id INTEGER PRIMARY KEY DESC, x)",
    "CREATE TABLE t(id INTEGER PRIMARY KEY ASC ON CONFLICT REPLACE AUTOINCREMENT)",
    "CREATE TABLE t(id INT PRIMARY KEY)",
    "CREATE TABLE t(id INTEGER, x, PRIMARY KEY(id DESC))",
    "CREATE TABLE t(id INTEGER, PRIMARY KEY(id AUTOINCREMENT))",
    "CREATE TABLE t(id INTEGER, PRIMARY KEY((id) COLLATE NOCASE) ON CONFLICT FAIL)",
    "CREATE TABLE t(id INTEGER PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE t(a TEXT, b INTEGER NOT NULL, PRIMARY KEY(b, 'a')) WITHOUT ROWID, STRICT",
    "CREATE TABLE t(a TEXT PRIMARY KEY, b ANY, c INT) STRICT -- end",
    "CREATE TABLE t(id INTEGER PRIMARY KEY, b ANY) /* x */ strict , without /* y */ rowid",
    "CREATE TABLE t(a VARCHAR(255), b UNSIGNED BIG INT, c DECIMAL(10, 2), d DECIMAL ( +10 , -2.5 ), e DOUBLE PRECISION)",
    "CREATE TABLE t(a \"my type\", b 'text', c [x y](3), d `q` z)",
    "CREATE TABLE t(a long /* in between */ int, b\nvery\nlong, c)",
    "CREATE TABLE t(a DEFAULT -1, b DEFAULT + 5, c DEFAULT - 2.5e3, d DEFAULT 'it''s, (so)', e DEFAULT null, f DEFAULT word)",
    "CREATE TABLE t(a DEFAULT (1 + (2, 3) IS (2, 3)), b DEFAULT(')'), c DEFAULT ( 'a' || 'x,)' ), d DEFAULT X'00ff')",
    "CREATE TABLE t(a DEFAULT CURRENT_TIMESTAMP, b DEFAULT current_date NOT NULL, c DEFAULT true, d DEFAULT \"quoted\", e DEFAULT 0x1F)",
    "CREATE TABLE t(a INT DEFAULT 1 DEFAULT 2, b TEXT COLLATE NOCASE COLLATE rtrim NOT NULL NULL)",
    "CREATE TABLE t(a INT CONSTRAINT x NOT NULL ON CONFLICT IGNORE CONSTRAINT y DEFAULT 3 CONSTRAINT z CHECK (a > 0))",
    "CREATE TABLE t(a INT CONSTRAINT x CONSTRAINT y UNIQUE CONSTRAINT z, b CONSTRAINT w)",
    "CREATE TABLE t(a INT NULL ON CONFLICT ABORT UNIQUE ON CONFLICT REPLACE)",
    "CREATE TABLE t(a, b, UNIQUE(a, b) ON CONFLICT ROLLBACK, CONSTRAINT c CHECK (a <> b) ON CONFLICT FAIL)",
    "CREATE TABLE t(a, b, UNIQUE(a) UNIQUE(b) CHECK(a)CHECK(b)CONSTRAINT x PRIMARY KEY(a))",
    "CREATE TABLE t(a, b, CONSTRAINT x, CHECK(a), CONSTRAINT y)",
    "CREATE TABLE t(a REFERENCES p, b REFERENCES p(id) ON DELETE CASCADE ON UPDATE SET NULL MATCH FULL)",
    "CREATE TABLE t(a REFERENCES p(id) DEFERRABLE INITIALLY DEFERRED NOT NULL, b REFERENCES p(id) NOT NULL NOT DEFERRABLE)",
    "CREATE TABLE t(a REFERENCES p(id) ON DELETE NO ACTION NOT DEFERRABLE INITIALLY IMMEDIATE UNIQUE REFERENCES q(x))",
    "CREATE TABLE t(a, b, FOREIGN KEY(a, b) REFERENCES \"a p\"(x, y) ON DELETE SET DEFAULT DEFERRABLE, FOREIGN KEY (B) REFERENCES t(A))",
    "CREATE TABLE t(a, b, CONSTRAINT f FOREIGN KEY(a) REFERENCES p ON UPDATE RESTRICT FOREIGN KEY(b) REFERENCES q)",
    "CREATE TABLE t(a INT, b INT GENERATED ALWAYS AS (a * 2) STORED, c AS (a || ',)') VIRTUAL UNIQUE, d TEXT AS (b) NOT NULL)",
    "CREATE TABLE t(a INT, generated always as (a), b generated always as (a))",
    "CREATE TABLE t(key, action, desc, rowid, oid, \"order\", [select], `from`, 'text', temp, if, match, cascade, replace)",
    "CREATE TABLE t(full, left INT, indexed, cross TEXT, begin, end, key key, row row)",
    "CREATE TABLE \"odd \"\" name\" (\"a\"\"b\" INT, [c \"d] TEXT, `e``f`, 'g''h')",
    "CREATE TABLE \u{e9}t\u{e9}(\u{fc}ber TEXT, a$b INT, _x, \u{1f600} BLOB DEFAULT '\u{1f600}')",
    "CREATE TABLE t(\n  a INT, -- the a, and (more)\n  /* b */ b INT -- last\n  -- end\n)",
    "CREATE TABLE t(--x\na/**/INT/**/NOT/**/NULL/* , */,b--y\r\n)",
    "CREATE/**/TABLE\tt\u{c}(a,b)",
    "CREATE TABLE t(a CHECK(a IN (1, 2, (3))), b CHECK (b LIKE '%)%' AND \"b\" IS NOT '--'))",
    "CREATE TABLE t(a CHECK (CASE WHEN a THEN 1 ELSE 0 END), b CHECK (b -> '$.x' ->> 'y' != 1 OR t.b << 2))",
    "CREATE TABLE t AS SELECT 1 AS a, 'x' AS \"b c\", 2.5 AS \"order\", CAST(1 AS VARCHAR(3)) AS d",
    "CREATE TABLE \"if\"(a)",
    "CREATE TABLE t(a INT PRIMARY KEY REFERENCES t(a)DEFAULT 'x'CHECK(a)NOT NULL UNIQUE)",
    "CREATE TABLE t(a \"INTEGER\" PRIMARY KEY)",
    "CREATE TABLE t(a INTEGER/**/PRIMARY KEY, b INTEGER(5))",
    "CREATE TABLE t(a); ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'x' COLLATE NOCASE; ALTER TABLE t ADD c",
    "CREATE TABLE old(a INT, CHECK (old.a > 0)); ALTER TABLE old RENAME TO new; ALTER TABLE new RENAME a TO \"select\"",
];

#[test]
fn a_text_tells_what_the_pragmas_tell() {
    assert!(CORPUS.len() >= 40);
    for sql in CORPUS {
        let (driver, kept) = stored(sql);
        let text = parse(&kept);
        agree(&driver, &text);
        assert_eq!(text.edit(&[]).unwrap(), kept);
        assert_eq!(text.sql(), kept);
    }
}

#[test]
fn a_cut_text_is_refused_and_never_a_panic() {
    for sql in CORPUS {
        let (_, kept) = stored(sql);
        for (at, _) in kept.char_indices() {
            let cut = &kept[..at];
            let Err(refusal) = rusqlite::Connection::open_in_memory().unwrap().execute_batch(cut) else { continue };
            let refusal = refusal.to_string();
            let of_language = ["syntax error", "incomplete", "unrecognized token"].iter().any(|text| refusal.contains(text));
            assert!(!of_language || TableText::parse(cut).is_err(), "{cut}\n{refusal}");
        }
    }
}

#[test]
fn constraints_are_told_with_their_names_and_texts() {
    let text = parse(
        "CREATE TABLE t(a INT CONSTRAINT x CONSTRAINT \"Y\" CHECK ( a>0 ), b REFERENCES p(q) NOT NULL, CONSTRAINT k UNIQUE (a, B) ON CONFLICT FAIL)",
    );
    let told: Vec<_> = text.constraints().map(|found| (found.name.as_deref(), found.kind.noun(), text.text_of(found))).collect();
    let expected = [
        (Some("Y"), "a check", "CONSTRAINT x CONSTRAINT \"Y\" CHECK ( a>0 )"),
        (None, "a foreign key", "REFERENCES p(q)"),
        (None, "a NOT NULL", "NOT NULL"),
        (Some("k"), "a unique constraint", "CONSTRAINT k UNIQUE (a, B) ON CONFLICT FAIL"),
    ];
    assert_eq!(told, expected);
    assert_eq!(
        text.foreign_keys().cloned().collect::<Vec<_>>(),
        [ForeignKey { columns: names(&["b"]), parent: "p".into(), parent_columns: names(&["q"]) }]
    );
}
