//! Constraints.

use super::column::{alter, read};
use super::{Inverse, nothing, one, relation};
use crate::adapter::Connection;
use crate::adapter::ask::text;
use crate::adapter::sql::ddl::{quote, string};
use crate::ddl::{AddConstraint, Constraint, TableName};
use crate::error::Result;

/// A primary key makes its columns NOT NULL, and leaves them so when it goes.
pub(super) fn added(add: &AddConstraint, connection: &mut dyn Connection) -> Inverse {
    let mut statements = vec![alter(&add.table, &format!("DROP CONSTRAINT {}", quote(&add.name)))];
    let columns: &[String] = match &add.constraint {
        Constraint::PrimaryKey(columns) => columns,
        Constraint::Check(_) | Constraint::Exclude(_) | Constraint::Unique(_) | Constraint::ForeignKey(_) | Constraint::Sql(_) => &[],
    };
    for column in columns {
        if let Some(was) = read(&add.table, column, connection)? {
            statements.push(alter(&add.table, &format!("ALTER COLUMN {} {}", quote(column), was.null())));
        }
    }
    Ok(Some(statements))
}

pub(super) fn dropped(table: &TableName, name: &str, connection: &mut dyn Connection) -> Inverse {
    match definition(table, name, "", connection)? {
        Some(definition) => one(alter(table, &format!("ADD CONSTRAINT {} {definition}", quote(name)))),
        None => nothing(),
    }
}

/// One that was valid before stays so; another one is made again, as it was.
pub(super) fn validated(table: &TableName, name: &str, connection: &mut dyn Connection) -> Inverse {
    let Some(definition) = definition(table, name, " AND NOT convalidated", connection)? else { return nothing() };
    let drop = alter(table, &format!("DROP CONSTRAINT {}", quote(name)));
    Ok(Some(vec![drop, alter(table, &format!("ADD CONSTRAINT {} {definition}", quote(name)))]))
}

fn definition(table: &TableName, name: &str, condition: &str, connection: &mut dyn Connection) -> Result<Option<String>> {
    let [relation, name] = [relation(table), string(name)];
    text(
        connection,
        &format!(
            "SELECT pg_get_constraintdef(oid) FROM pg_catalog.pg_constraint WHERE conrelid = {relation} AND conname = {name}{condition}"
        ),
    )
}
