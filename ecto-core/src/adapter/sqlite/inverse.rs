//! What undoes a change, from the texts that SQLite keeps of what is there.

use sqlparser::ast::{ColumnDef, ColumnOption, ColumnOptionDef, CreateTable, Statement, TableConstraint};
use sqlparser::dialect::SQLiteDialect;
use sqlparser::parser::Parser;

use crate::adapter::ask::{self, text};
use crate::adapter::sql::ddl::{quote, quote_table, string};
use crate::adapter::{Connection, Understood};
use crate::ddl::{Alteration, Facet, Op, TableName};
use crate::error::Result;

/// The statements, or `None` where the texts do not tell enough.
type Inverse = Result<Option<Vec<String>>>;

pub(super) fn inverse(change: &Understood, connection: &mut dyn Connection) -> Inverse {
    match change {
        Understood::Op(op) => of_op(op, connection),
        // There is no such statement here.
        Understood::Comment(_) => Ok(None),
    }
}

fn of_op(op: &Op, connection: &mut dyn Connection) -> Inverse {
    match op {
        Op::CreateTable(create) => {
            let there = create.if_not_exists && exists(&create.table.name, connection)?;
            unless(there, || format!("DROP TABLE {}", quote_table(&create.table)))
        }
        Op::DropTable(drop) => Ok(Some(texts_of_table(&drop.table.name, connection)?)),
        Op::RenameTable { from, to } => one(alter(to, &format!("RENAME TO {}", quote(&from.name)))),
        Op::AlterTable { table, alterations } => {
            let mut statements = Vec::new();
            for alteration in alterations.iter().rev() {
                let Some(inverse) = of_alteration(table, alteration, connection)? else { return Ok(None) };
                statements.extend(inverse);
            }
            Ok(Some(statements))
        }
        Op::RenameColumn { table, from, to } => one(alter(table, &format!("RENAME COLUMN {} TO {}", quote(to), quote(from)))),
        Op::CreateIndex(create) => {
            let there = create.if_not_exists && exists(&create.index.name, connection)?;
            unless(there, || format!("DROP INDEX {}", quote(&create.index.name)))
        }
        Op::DropIndex(drop) => Ok(Some(text_of(&drop.index.name, connection)?.into_iter().collect())),
        Op::AddConstraint(add) => one(alter(&add.table, &format!("DROP CONSTRAINT {}", quote(&add.name)))),
        Op::DropConstraint(drop) => {
            let Some(table) = read_table(&drop.table, connection)? else { return Ok(None) };
            Ok(constraint(&table, &drop.name).map(|definition| vec![alter(&drop.table, &format!("ADD {definition}"))]))
        }
        // Every constraint holds for all rows here.
        Op::ValidateConstraint { .. } => nothing(),
        Op::CreateView(view) => one(format!("DROP VIEW {}", quote_table(&view.name))),
        Op::DropView(drop) => Ok(Some(texts_of_table(&drop.name.name, connection)?)),
        Op::RenameIndex { .. }
        | Op::CreateEnum(_)
        | Op::DropEnum(_)
        | Op::AddEnumValue(_)
        | Op::RenameEnumValue { .. }
        | Op::CreatePrefix(_)
        | Op::DropPrefix(_)
        | Op::Execute(_) => Ok(None),
    }
}

fn of_alteration(table: &TableName, alteration: &Alteration, connection: &mut dyn Connection) -> Inverse {
    match alteration {
        Alteration::Add(column) => one(alter(table, &format!("DROP COLUMN {}", quote(&column.name)))),
        Alteration::Remove(column) => removed(table, &column.name, connection),
        Alteration::RemoveNamed(name) => removed(table, name, connection),
        Alteration::Set(change) => {
            let Some(written) = read_table(table, connection)? else { return Ok(None) };
            let Some(was) = column(&written, &change.column) else { return nothing() };
            one(alter(table, &format!("ALTER COLUMN {} {}", quote(&change.column), facet(was, &change.to))))
        }
        // The conditional ones are refused here; the others say themselves how it was.
        Alteration::AddIfNotExists(_) | Alteration::RemoveIfExists(_) | Alteration::Modify { .. } | Alteration::Comment { .. } => Ok(None),
    }
}

/// The column, empty. Indexes that would go with it are made again behind it.
fn removed(table: &TableName, name: &str, connection: &mut dyn Connection) -> Inverse {
    let Some(written) = read_table(table, connection)? else { return Ok(None) };
    let Some(was) = column(&written, name) else { return nothing() };
    let mut statements = vec![alter(table, &format!("ADD COLUMN {was}"))];
    let [table, name] = [string(&table.name), string(name)];
    let indexes = ask::column(
        connection,
        &format!(
            "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql NOT NULL AND tbl_name = {table} COLLATE NOCASE \
             AND EXISTS (SELECT 1 FROM pragma_index_info(sqlite_schema.name) AS part WHERE part.name = {name} COLLATE NOCASE)"
        ),
    )?;
    statements.extend(indexes);
    Ok(Some(statements))
}

fn one(statement: String) -> Inverse {
    Ok(Some(vec![statement]))
}

/// What is not there before a change does not come back after it.
fn nothing() -> Inverse {
    Ok(Some(Vec::new()))
}

fn unless(there: bool, statement: impl FnOnce() -> String) -> Inverse {
    if there { nothing() } else { one(statement()) }
}

fn alter(table: &TableName, action: &str) -> String {
    format!("ALTER TABLE {} {action}", quote_table(table))
}

fn exists(name: &str, connection: &mut dyn Connection) -> Result<bool> {
    Ok(text(connection, &format!("SELECT name FROM sqlite_schema WHERE name = {} COLLATE NOCASE", string(name)))?.is_some())
}

fn text_of(name: &str, connection: &mut dyn Connection) -> Result<Option<String>> {
    text(connection, &format!("SELECT sql FROM sqlite_schema WHERE name = {} COLLATE NOCASE", string(name)))
}

/// Of a table or view, and of what goes with it: indexes and triggers.
fn texts_of_table(name: &str, connection: &mut dyn Connection) -> Result<Vec<String>> {
    let name = string(name);
    ask::column(
        connection,
        &format!(
            "SELECT sql FROM sqlite_schema WHERE tbl_name = {name} COLLATE NOCASE AND sql NOT NULL \
             ORDER BY type IN ('table', 'view') DESC, type, rowid"
        ),
    )
}

fn read_table(table: &TableName, connection: &mut dyn Connection) -> Result<Option<CreateTable>> {
    let sql = text_of(&table.name, connection)?;
    let statement = sql.and_then(|sql| Parser::parse_sql(&SQLiteDialect {}, &sql).ok()?.pop());
    Ok(match statement {
        Some(Statement::CreateTable(create)) => Some(create),
        _ => None,
    })
}

fn column<'t>(table: &'t CreateTable, name: &str) -> Option<&'t ColumnDef> {
    table.columns.iter().find(|column| column.name.value.eq_ignore_ascii_case(name))
}

fn facet(was: &ColumnDef, to: &Facet) -> String {
    let options = || was.options.iter().map(|written| &written.option);
    match to {
        Facet::Null(_) if options().any(|option| matches!(option, ColumnOption::NotNull)) => "SET NOT NULL".into(),
        Facet::Null(_) => "DROP NOT NULL".into(),
        Facet::Default(_) => {
            let default = options().find_map(|option| if let ColumnOption::Default(value) = option { Some(value) } else { None });
            default.map_or_else(|| "DROP DEFAULT".into(), |value| format!("SET DEFAULT {value}"))
        }
        Facet::Type { .. } => format!("TYPE {}", was.data_type),
    }
}

/// `CONSTRAINT name …`, whether it stands behind a column or by itself.
fn constraint(table: &CreateTable, name: &str) -> Option<String> {
    let is = |named: Option<&str>| named.is_some_and(|named| named.eq_ignore_ascii_case(name));
    let apart = table.constraints.iter().find(|written| is(constraint_name(written)));
    if let Some(written) = apart {
        return Some(written.to_string());
    }
    let inline = table.columns.iter().flat_map(|column| column.options.iter().map(move |option| (column, option)));
    let (column, ColumnOptionDef { option, .. }) = inline
        .into_iter()
        .find(|(_, written)| is(written.name.as_ref().map(|name| name.value.as_str()).or_else(|| inner_name(&written.option))))?;
    let column = quote(&column.name.value);
    let body = match option {
        ColumnOption::Check(check) => format!("CHECK ({})", check.expr),
        ColumnOption::Unique(_) => format!("UNIQUE ({column})"),
        ColumnOption::PrimaryKey(_) => format!("PRIMARY KEY ({column})"),
        ColumnOption::ForeignKey(key) => {
            let mut plain = key.clone();
            plain.name = None;
            format!("FOREIGN KEY ({column}) {}", ColumnOption::ForeignKey(plain))
        }
        _ => return None,
    };
    Some(format!("CONSTRAINT {} {body}", quote(name)))
}

fn inner_name(option: &ColumnOption) -> Option<&str> {
    let name = match option {
        ColumnOption::Check(check) => &check.name,
        ColumnOption::Unique(unique) => &unique.name,
        ColumnOption::PrimaryKey(key) => &key.name,
        ColumnOption::ForeignKey(key) => &key.name,
        _ => return None,
    };
    name.as_ref().map(|name| name.value.as_str())
}

fn constraint_name(written: &TableConstraint) -> Option<&str> {
    let name = match written {
        TableConstraint::Check(check) => &check.name,
        TableConstraint::Unique(unique) => &unique.name,
        TableConstraint::PrimaryKey(key) => &key.name,
        TableConstraint::ForeignKey(key) => &key.name,
        _ => return None,
    };
    name.as_ref().map(|name| name.value.as_str())
}
