//! The values of an enum, which stand in each table that has it.

use super::*;
use crate::ddl::{AddEnumValue, EnumValue};

fn add(name: &str, value: EnumValue) -> Op {
    Op::AddEnumValue(AddEnumValue { name: name.into(), value })
}

fn rename(name: &str, from: &str, to: &str) -> Op {
    Op::RenameEnumValue { name: name.into(), from: from.into(), to: to.into() }
}

/// The tables that were made anew, in order.
fn copied(db: &Database) -> Vec<String> {
    let copies = db.sent.iter().filter(|sql| sql.starts_with("INSERT OR ABORT"));
    copies.filter_map(|sql| sql.rsplit('"').nth(1).map(str::to_owned)).collect()
}

#[test]
fn values_of_an_enum_are_added_and_renamed() {
    each(|db| {
        db.run("CREATE TABLE o (id INTEGER PRIMARY KEY, \"state\" TEXT DEFAULT 'new' CONSTRAINT \"o_state_is_state\" CHECK (\"state\" IN ('new', 'it''s')))");
        db.run("INSERT INTO o (state) VALUES ('new'), (NULL)");
        db.done(&[add("state", EnumValue::new("paid").before("it's"))]);
        db.run("INSERT INTO o (state) VALUES ('paid')");
        db.done(&[rename("state", "new", "fresh")]);
        assert_eq!(db.rows("SELECT state FROM o"), ["fresh", "", "paid"]);
        let text = "CREATE TABLE \"o\" (id INTEGER PRIMARY KEY, \"state\" TEXT DEFAULT 'fresh' \
                    CONSTRAINT \"o_state_is_state\" CHECK (\"state\" IN ('fresh', 'paid', 'it''s')))";
        assert_eq!(db.schema(), [text]);
        assert_eq!(db.refuses(&[add("state", EnumValue::new("paid"))]), "enum `state`: it has the value `paid` already");
    });
}

const TABLES: &str = "
    CREATE TABLE a (id INTEGER PRIMARY KEY, \"s\" TEXT DEFAULT 'x' CONSTRAINT \"a_s_is_s\" CHECK (\"s\" IN ('x', 'y')), n INTEGER);
    CREATE TABLE b (\"s\" TEXT CONSTRAINT \"b_s_is_s\" CHECK (\"s\" IN ('x', 'y')),
        \"k\" TEXT CONSTRAINT \"b_k_is_k\" CHECK (\"k\" IN ('one', 'two')));
    INSERT INTO a VALUES (1, 'x', 1), (2, 'y', 2), (3, NULL, 3); INSERT INTO b VALUES ('x', 'two'), ('y', 'one')";

#[test]
fn several_in_a_row_make_each_table_anew_once() {
    each(|db| {
        db.run(TABLES);
        // What one value was called another one is.
        let ops = [
            rename("s", "x", "z"),
            rename("s", "y", "x"),
            add("s", EnumValue::new("y")),
            rename("k", "two", "2"),
            rename("s", "z", "first"),
        ];
        db.done(&ops);
        assert_eq!(copied(db), ["a", "b"]);
        assert_eq!(db.rows("SELECT id, s FROM a"), ["1|first", "2|x", "3|"]);
        assert_eq!(db.rows("SELECT s, k FROM b"), ["first|2", "x|one"]);
        assert!(
            db.text_of("a").contains("DEFAULT 'first' CONSTRAINT \"a_s_is_s\" CHECK (\"s\" IN ('first', 'x', 'y'))"),
            "{}",
            db.text_of("a")
        );
        assert!(db.is_refused("INSERT INTO b (s) VALUES ('z')"));
    });
}

#[test]
fn with_changes_of_a_table_between_them_it_is_made_anew_once() {
    let state = |values: [&str; 2]| Column { default: Some("p".into()), ..Column::new("t", Type::enumeration("t", values)) };
    each(|db| {
        db.run(TABLES);
        db.done(&[
            add("s", EnumValue::new("w")),
            touch("a", "n"),
            alter("A", vec![Alteration::Add(state(["p", "q"])), Alteration::RemoveNamed("n".into())]),
            rename("s", "x", "first"),
            rename("t", "p", "r"),
            unique("a", "once", "s"),
            touch("b", "k"),
        ]);
        // The last change is one of another table, which has the enum, too.
        assert_eq!(copied(db), ["a", "b", "b"]);
        assert_eq!(db.rows("SELECT id, s, t FROM a"), ["1|first|r", "2|y|r", "3||r"]);
        assert!(db.is_refused("INSERT INTO a (s, t) VALUES ('w', 'p')"));
        db.run("INSERT INTO a (s) VALUES ('w')");
    });
}

/// Also of a column that is called as the value is on the way.
#[test]
fn a_value_may_be_renamed_more_than_once() {
    each(|db| {
        db.run(
            "CREATE TABLE o (\"v\" TEXT CONSTRAINT \"o_v_is_s\" CHECK (\"v\" IN ('a', 'b'))); INSERT INTO o VALUES ('a'), ('b'), (NULL)",
        );
        db.done(&[rename("s", "a", "c"), rename("s", "c", "d"), rename("s", "b", "a"), rename("s", "d", "b")]);
        assert_eq!(copied(db), ["o"]);
        assert_eq!(db.rows("SELECT v FROM o"), ["b", "a", ""]);
    });
}

/// A column that is filled with a value that has another name at the end.
#[test]
fn a_value_that_fills_a_new_column_is_renamed_with_the_others() {
    let filled = || Column { backfill: Some("p".into()), null: Some(false), ..Column::new("t", Type::enumeration("t", ["p", "q"])) };
    each(|db| {
        db.run(TABLES);
        db.done(&[alter("a", vec![Alteration::Add(filled())]), rename("t", "p", "r")]);
        assert_eq!(copied(db), ["a"]);
        assert_eq!(db.rows("SELECT DISTINCT t FROM a"), ["r"]);
    });
}
