//! The cases by which a rebuild proves that it loses nothing, on the library as it is and as if it were older.

mod cascade;
mod copy;
mod corners;
mod data;
mod dependants;
mod enums;
mod identity;
mod random;
mod room;
mod safety;
mod texts;

use std::sync::Arc;

use crate::adapter::sql::ddl::write;
use crate::adapter::sqlite::catalogue::{self, pragma, text};
use crate::adapter::sqlite::{SqliteAdapter, SqliteDdl};
use crate::adapter::{Adapter, Alter, ConnectOptions, Connection, Role, Step, Structure, TransactionMode, Written};
use crate::ddl::{AddConstraint, Alteration, Column, ColumnChange, Constraint, DropConstraint, Facet, ForeignKey, Op, Type, references};
use crate::error::Result;

/// Below the first that alters checks, below the first that drops foreign keys, and from there on.
const VERSIONS: [i32; 3] = [3_040_000, 3_053_000, 3_054_000];

/// A database in memory, as if the library were of some version.
struct Database {
    adapter: Arc<SqliteAdapter>,
    connection: Box<dyn Connection>,
    sent: Vec<String>,
}

/// Runs a case on the library as it is, and as if it were older: one that is older itself cannot do what it has not learnt yet.
fn each(case: impl Fn(&mut Database)) {
    let own = rusqlite::version_number();
    for version in VERSIONS.into_iter().filter(|version| *version < own).chain([own]) {
        let adapter = SqliteAdapter { version, ..SqliteAdapter::new(None, ConnectOptions::default()) };
        let connection = adapter.connect(Role::Writer).unwrap();
        case(&mut Database { adapter: Arc::new(adapter), connection, sent: Vec::new() });
    }
}

fn written(ops: &[Op]) -> Result<Vec<Written>> {
    ops.iter().map(|op| write(op, &SqliteDdl).map(|statements| Written { op: op.clone(), statements })).collect()
}

impl Database {
    fn run(&mut self, sql: &str) {
        self.connection.script(sql).unwrap_or_else(|error| panic!("{sql}\n{error}"));
    }

    fn is_refused(&mut self, sql: &str) -> bool {
        self.connection.script(sql).is_err()
    }

    /// The rows, each as one text.
    fn rows(&mut self, sql: &str) -> Vec<String> {
        let rows = catalogue::rows(self.connection.as_mut(), sql, &[]).unwrap_or_else(|error| panic!("{sql}\n{error}"));
        rows.iter().map(|row| row.iter().map(text).collect::<Vec<_>>().join("|")).collect()
    }

    /// The text of everything that was made by a statement.
    fn schema(&mut self) -> Vec<String> {
        self.rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' ORDER BY type = 'table' DESC, name")
    }

    fn text_of(&mut self, name: &str) -> String {
        self.rows(&format!("SELECT sql FROM sqlite_schema WHERE name = '{name}'")).concat()
    }

    /// What a migration does with these changes.
    fn change(&mut self, ops: &[Op]) -> Result<()> {
        let adapter = Arc::clone(&self.adapter);
        let changes = written(ops)?;
        let keys = pragma(self.connection.as_mut(), "foreign_keys").unwrap();
        let mut alter = adapter.alter(&changes);
        let outcome = alter
            .enter(self.connection.as_mut(), &mut |connection, sql| connection.script(sql))
            .and_then(|()| self.inside(&changes, alter.as_mut()));
        if outcome.is_err() && self.connection.in_transaction() {
            self.connection.step(Step::Rollback).unwrap();
        }
        alter.leave(self.connection.as_mut(), &mut |connection, sql| connection.script(sql)).unwrap();
        // T14
        assert_eq!(pragma(self.connection.as_mut(), "foreign_keys").unwrap(), keys);
        assert_eq!(pragma(self.connection.as_mut(), "legacy_alter_table").unwrap(), 0);
        assert_eq!(pragma(self.connection.as_mut(), "writable_schema").unwrap(), 0);
        assert_eq!(self.rows("PRAGMA integrity_check"), ["ok"]);
        assert_eq!(self.rows("SELECT name FROM sqlite_schema WHERE name GLOB '_ecto_*'"), Vec::<String>::new());
        outcome
    }

    fn inside(&mut self, changes: &[Written], alter: &mut dyn Alter) -> Result<()> {
        self.sent.clear();
        self.connection.step(Step::Begin(TransactionMode::Write))?;
        alter.begun(self.connection.as_mut())?;
        let mut rest = changes;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(alter.together(rest));
            let sent = &mut self.sent;
            alter.apply(now, self.connection.as_mut(), &mut |connection, sql| {
                sent.push(sql.to_owned());
                connection.script(sql)
            })?;
            rest = later;
        }
        alter.verify(self.connection.as_mut())?;
        self.connection.step(Step::Commit)
    }

    /// What says that it cannot be done; nothing is changed then.
    #[track_caller]
    fn refuses(&mut self, ops: &[Op]) -> String {
        let before = self.schema();
        let error = self.change(ops).unwrap_err();
        assert_eq!(self.schema(), before);
        error.message()
    }

    #[track_caller]
    fn done(&mut self, ops: &[Op]) {
        self.change(ops).unwrap_or_else(|error| panic!("{error}"));
    }

    /// Was a table made anew?
    fn rebuilt(&self) -> bool {
        self.sent.iter().any(|sql| sql.starts_with("INSERT OR ABORT"))
    }
}

fn alter(table: &str, alterations: Vec<Alteration>) -> Op {
    Op::AlterTable { table: table.into(), alterations }
}

fn set(table: &str, column: &str, to: Facet) -> Op {
    alter(table, vec![Alteration::Set(ColumnChange { column: column.into(), to, was: None })])
}

fn set_type(table: &str, column: &str, sql: &str) -> Op {
    set(table, column, Facet::Type { sql: sql.into(), collation: None, using: None })
}

/// A change that always makes the table anew, and touches nothing but this default.
fn touch(table: &str, column: &str) -> Op {
    set(table, column, Facet::Default(Some("7".into())))
}

fn remove(table: &str, column: &str) -> Op {
    alter(table, vec![Alteration::RemoveNamed(column.into())])
}

fn unique(table: &str, name: &str, column: &str) -> Op {
    Op::AddConstraint(AddConstraint::new(table, name, Constraint::Unique(vec![column.into()])))
}

fn drop_constraint(table: &str, name: &str) -> Op {
    Op::DropConstraint(DropConstraint::new(table, name))
}
