//! Random tables and random changes: SQLite takes what comes out, and it differs as the change says and in nothing else.

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use super::catalogue::{Seen, agree, columns, rows, stored};
use super::*;

const COLUMNS: usize = 4;

/// A column's name in one of its spellings.
fn spelled(at: usize) -> impl Strategy<Value = String> {
    let name = format!("c{at}");
    select(vec![name.clone(), format!("\"{name}\""), format!("[{name}]"), format!("`{}`", name.to_uppercase()), format!("'{name}'")])
}

fn gap() -> impl Strategy<Value = &'static str> {
    select(vec![" ", "  ", "\n", " /* , ( */ ", " -- c0, ')\n", "\t"])
}

fn clause() -> impl Strategy<Value = String> {
    let clauses = vec![
        "NOT NULL",
        "NULL",
        "NOT NULL ON CONFLICT FAIL",
        "CONSTRAINT n1 NOT NULL",
        "DEFAULT -1",
        "DEFAULT ('a,)' || 'b')",
        "DEFAULT 'x''y'",
        "COLLATE NOCASE",
        "CONSTRAINT ck CHECK (1 > 0)",
        "CHECK ((0) IS NOT 'x)')",
        "UNIQUE",
        "UNIQUE ON CONFLICT REPLACE",
        "REFERENCES p(id) ON DELETE CASCADE",
        "CONSTRAINT f1 REFERENCES p DEFERRABLE INITIALLY DEFERRED",
        "REFERENCES t(c0) MATCH FULL",
    ];
    select(clauses).prop_map(str::to_owned)
}

fn column(at: usize) -> impl Strategy<Value = String> {
    let types = vec!["", "INT", "VARCHAR(3)", "DECIMAL(10, 2)", "UNSIGNED BIG INT", "TEXT"];
    let clauses = proptest::collection::vec((gap(), clause()), 0..4);
    (spelled(at), gap(), select(types), clauses, gap()).prop_map(|(name, before, kind, clauses, after)| {
        let clauses: String = clauses.into_iter().map(|(gap, clause)| format!("{gap}{clause}")).collect();
        format!("{name}{before}{kind}{clauses}{after}")
    })
}

fn table_constraint() -> impl Strategy<Value = String> {
    let constraints = vec![
        "UNIQUE (c0, c1)",
        "CHECK (c1 IS NOT c2)",
        "FOREIGN KEY (c2, c3) REFERENCES q(x, y) NOT DEFERRABLE",
        "CONSTRAINT tk CHECK (1)",
        "PRIMARY KEY (c0)",
        "PRIMARY KEY (c0 DESC, [c3]) ON CONFLICT FAIL",
    ];
    (select(constraints), gap()).prop_map(|(constraint, gap)| format!("{constraint}{gap}"))
}

/// Not all of them are taken: two keys are one too many.
fn table() -> impl Strategy<Value = String> {
    let columns = (column(0), column(1), column(2), column(3));
    let constraints = proptest::collection::vec((table_constraint(), any::<bool>()), 0..3);
    (columns, gap(), gap(), constraints).prop_map(|((a, b, c, d), open, gap, constraints)| {
        let mut sql = format!("CREATE TABLE t({open}{a},{gap}{b},{gap}{c},{d}");
        for (at, (constraint, comma)) in constraints.iter().enumerate() {
            sql.push_str(if at == 0 || *comma { "," } else { " " });
            sql.push_str(constraint);
        }
        sql + ")"
    })
}

fn edit() -> impl Strategy<Value = Edit> {
    let one = (0..COLUMNS).prop_map(|at| format!("C{at}"));
    let of_column = (one, any::<bool>(), 0..7).prop_map(|(column, on, which)| match which {
        0 => Edit::DropColumn { name: column },
        1 => Edit::SetNotNull { column, on },
        2 => Edit::SetDefault { column, sql: on.then(|| "(1 + 1)".into()) },
        3 => Edit::SetType { column, sql: on.then(|| "BLOB".into()) },
        4 => Edit::SetCollation { column, name: on.then(|| "RTRIM".into()) },
        5 => Edit::SetColumnComment { column, text: on.then(|| "it's, (new".into()) },
        _ => Edit::AddColumnConstraint { column, sql: "REFERENCES added(id)".into() },
    });
    let constraint = |name: &str| Edit::DropConstraint { name: name.into() };
    let others = vec![
        Edit::AddColumn { definition: "new TEXT DEFAULT 'n'".into() },
        Edit::AddTableConstraint { sql: "FOREIGN KEY (c0) REFERENCES added(id)".into() },
        Edit::DropCheck { expression: "c1 IS  NOT c2".into() },
        Edit::DropForeignKey { columns: names(&["c2", "c3"]), parent: "q".into() },
        Edit::DropUnique { columns: names(&["c0", "c1"]) },
        Edit::SetPrimaryKey { columns: names(&["c3", "c1"]) },
        Edit::DropPrimaryKey,
        constraint("ck"),
        constraint("f1"),
        constraint("tk"),
        constraint("n1"),
    ];
    let comment = any::<bool>().prop_map(|on| Edit::SetComment { text: on.then(|| "it's, (new".into()) });
    prop_oneof![of_column, select(others), comment, Just(Edit::RenameTable { to: "u".into() })]
}

/// The columns that should be there after the change.
fn promised(mut seen: Vec<Seen>, edit: &Edit) -> Vec<Seen> {
    let find = |seen: &mut Vec<Seen>, name: &str| seen.iter().position(|column| column.name.eq_ignore_ascii_case(name)).unwrap();
    match edit {
        Edit::DropColumn { name } => {
            let at = find(&mut seen, name);
            seen.remove(at);
        }
        Edit::SetNotNull { column, on } => {
            let at = find(&mut seen, column);
            seen[at].not_null = *on;
        }
        Edit::SetDefault { column, sql } => {
            let at = find(&mut seen, column);
            seen[at].default = sql.as_ref().map(|_| "1 + 1".to_owned());
        }
        Edit::SetType { column, sql } => {
            let at = find(&mut seen, column);
            seen[at].sql_type = sql.clone().unwrap_or_default();
        }
        Edit::AddColumn { .. } => {
            seen.push(Seen { name: "new".into(), sql_type: "TEXT".into(), not_null: false, default: Some("'n'".into()), key: 0, hidden: 0 })
        }
        Edit::DropPrimaryKey => seen.iter_mut().for_each(|column| column.key = 0),
        Edit::SetPrimaryKey { columns } => seen.iter_mut().for_each(|seen| {
            seen.key = columns.iter().position(|name| seen.name.eq_ignore_ascii_case(name)).map_or(0, |at| at as i64 + 1);
        }),
        _ => {}
    }
    seen
}

/// How many foreign keys and unique constraints come or go, besides those of a column that is dropped.
fn difference(edit: &Edit) -> (i64, i64) {
    match edit {
        Edit::AddColumnConstraint { .. } | Edit::AddTableConstraint { .. } => (1, 0),
        Edit::DropForeignKey { .. } => (-1, 0),
        Edit::DropUnique { .. } => (0, -1),
        Edit::DropConstraint { name } if name == "f1" => (-1, 0),
        _ => (0, 0),
    }
}

fn uniques(text: &TableText) -> i64 {
    text.constraints().filter(|constraint| matches!(constraint.kind, Kind::Unique { .. })).count() as i64
}

fn checked(sql: &str, edit: &Edit) -> bool {
    let driver = rusqlite::Connection::open_in_memory().unwrap();
    if driver.execute_batch(sql).is_err() {
        return false;
    }
    let (driver, kept) = stored(sql);
    let before = parse(&kept);
    agree(&driver, &before);
    let Ok(made) = before.edit(std::slice::from_ref(edit)) else { return false };
    let (changed, after) = stored(&made);
    assert_eq!(after, made);
    let after = parse(&after);
    agree(&changed, &after);
    assert_eq!(columns(&changed, after.name()), promised(columns(&driver, "t"), edit), "{kept}\n{edit:?}\n{made}");
    if !matches!(edit, Edit::DropColumn { .. }) {
        let keys = "SELECT \"table\", \"from\", \"to\", on_update, on_delete, \"match\" FROM pragma_foreign_key_list(?1) ORDER BY id, seq";
        let (old, new) = (rows(&driver, keys, "t"), rows(&changed, keys, after.name()));
        let count = |text: &TableText| text.foreign_keys().count() as i64;
        let expected = difference(edit);
        assert_eq!((count(&after) - count(&before), uniques(&after) - uniques(&before)), expected, "{kept}\n{edit:?}\n{made}");
        assert!(expected.0 != 0 || old == new, "{kept}\n{edit:?}\n{made}");
    }
    match edit {
        Edit::SetComment { text } => assert_eq!(after.comment(), text.as_deref(), "{kept}\n{made}"),
        Edit::SetColumnComment { column, text } => {
            assert_eq!(after.comment_of(after.column(column).unwrap()), text.as_deref(), "{kept}\n{made}");
        }
        _ => {}
    }
    let comments = |sql: &str| sql.matches("/* , ( */").count();
    assert!(matches!(edit, Edit::DropColumn { .. }) || comments(&made) == comments(&kept) || edit_inside(edit), "{kept}\n{edit:?}\n{made}");
    true
}

/// May a comment go, since it is what is changed, or can stand inside of what is removed or at the end of its line?
fn edit_inside(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::DropConstraint { .. }
            | Edit::DropCheck { .. }
            | Edit::DropForeignKey { .. }
            | Edit::DropUnique { .. }
            | Edit::DropPrimaryKey
            | Edit::SetComment { .. }
            | Edit::SetColumnComment { .. }
    )
}

#[test]
fn a_change_changes_what_it_says_and_nothing_else() {
    let mut runner = TestRunner::new(Config { cases: 1500, failure_persistence: None, ..Config::default() });
    let made = std::cell::Cell::new(0);
    let outcome = runner.run(&(table(), edit()), |(sql, edit)| {
        made.set(made.get() + i32::from(checked(&sql, &edit)));
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(made.get() > 500, "only {} of the changes were made", made.get());
}
