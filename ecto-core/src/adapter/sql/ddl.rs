//! From changes of structure to SQL text. Our own writer: every name is quoted here and every literal escaped here, and what a
//! database cannot do is refused before a statement is made. It never asks which database it writes for.

pub(crate) mod alter;
mod check;
pub(crate) mod column;
pub(crate) mod constraint;
mod dialect;
pub(crate) mod enumeration;
pub(crate) mod facets;
mod index;
mod table;
mod text;

pub(crate) use super::quote::{push_quoted, quote, string};
pub use dialect::{DdlDialect, Grammar, SharedGrammar};
pub(crate) use text::quote_table;

use crate::capability::StructureCapabilities;
use crate::ddl::{DropTable, Op};
use crate::error::{DdlError, Lack, Result};

/// The statements that make a change, in order.
///
/// # Errors
/// When the change contradicts itself, or when the database cannot do it; the text says what, and the hint the way out.
pub(crate) fn write(op: &Op, dialect: &dyn DdlDialect) -> Result<Vec<String>> {
    op.check()?;
    check::names(op, dialect.capabilities())?;
    let refuse = |lack: Lack| DdlError::Unsupported { operation: op.describe(), database: dialect.capabilities().database, lack };
    check::support(op, dialect.capabilities()).map_err(refuse)?;
    statements(op, dialect).map_err(|lack| refuse(lack).into())
}

fn statements(op: &Op, dialect: &dyn DdlDialect) -> Result<Vec<String>, Lack> {
    Ok(match op {
        Op::CreateTable(create) => table::create(create, dialect)?,
        Op::DropTable(drop) => vec![drop_table(drop, dialect.capabilities())],
        Op::RenameTable { from, to } => vec![format!("ALTER TABLE {} RENAME TO {}", quote_table(from), quote(&to.name))],
        Op::AlterTable { table, alterations } => alter::write(table, alterations, dialect)?,
        Op::RenameColumn { table, from, to } => {
            vec![format!("ALTER TABLE {} RENAME COLUMN {} TO {}", quote_table(table), quote(from), quote(to))]
        }
        Op::CreateIndex(create) => index::create(create, dialect.capabilities()),
        Op::DropIndex(drop) => vec![index::drop(drop, dialect.capabilities())],
        Op::RenameIndex { index, to } => vec![index::rename(index, to)],
        Op::AddConstraint(add) => constraint::add(add, dialect.capabilities()),
        Op::DropConstraint(drop) => vec![constraint::drop(drop)],
        Op::ValidateConstraint { table, name } => constraint::validate(table, name, dialect.capabilities()),
        // A check in each column stands for the type.
        Op::CreateEnum(_) | Op::DropEnum(_) | Op::AddEnumValue(_) | Op::RenameEnumValue { .. } if !dialect.capabilities().enum_types => {
            Vec::new()
        }
        Op::CreateEnum(new) => vec![enumeration::create(new)],
        Op::DropEnum(drop) => vec![format!("DROP TYPE {}", quote_table(&drop.name))],
        Op::AddEnumValue(add) => vec![enumeration::add_value(add)],
        Op::RenameEnumValue { name, from, to } => vec![enumeration::rename_value(name, from, to)],
        Op::CreateView(view) => vec![format!("CREATE VIEW {} AS {}", quote_table(&view.name), view.sql)],
        Op::DropView(drop) => vec![format!("DROP VIEW {}", quote_table(&drop.name))],
        Op::CreatePrefix(name) => vec![format!("CREATE SCHEMA {}", quote(name))],
        Op::DropPrefix(name) => vec![format!("DROP SCHEMA {}", quote(name))],
        Op::Execute(raw) if raw.up.sql.trim().is_empty() => Vec::new(),
        Op::Execute(raw) => vec![raw.up.sql.clone()],
    })
}

fn drop_table(drop: &DropTable, can: &StructureCapabilities) -> String {
    let [if_exists, cascade] = [text::when(drop.if_exists, " IF EXISTS"), text::when(drop.cascade && can.cascade, " CASCADE")];
    format!("DROP TABLE{if_exists} {}{cascade}", quote_table(&drop.table))
}

#[cfg(test)]
#[cfg(all(feature = "sqlite", feature = "postgres"))]
mod tests;
