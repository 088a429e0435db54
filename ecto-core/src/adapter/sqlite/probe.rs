//! What became of a change that was begun outside of a transaction. A statement of SQLite is made whole or not at all, so only whether
//! it was made is open.

use crate::adapter::sql::ddl::string;
use crate::adapter::{Connection, Probe, ask};
use crate::ddl::{CreateIndex, DropIndex, Op};
use crate::error::Result;

/// Looks what became of it.
pub(super) fn probe(op: &Op, connection: &mut dyn Connection) -> Result<Probe> {
    match op {
        Op::CreateIndex(CreateIndex { index, .. }) => found(&index.name, true, connection),
        Op::DropIndex(DropIndex { index, .. }) => found(&index.name, false, connection),
        Op::Execute(raw) => Ok(as_written(&raw.up.sql)),
        // All others stand in a transaction, and are never in doubt.
        Op::CreateTable(_)
        | Op::DropTable(_)
        | Op::RenameTable { .. }
        | Op::AlterTable { .. }
        | Op::RenameColumn { .. }
        | Op::RenameIndex { .. }
        | Op::AddConstraint(_)
        | Op::DropConstraint(_)
        | Op::ValidateConstraint { .. }
        | Op::CreateEnum(_)
        | Op::DropEnum(_)
        | Op::AddEnumValue(_)
        | Op::RenameEnumValue { .. }
        | Op::CreateView(_)
        | Op::DropView(_)
        | Op::CreatePrefix(_)
        | Op::DropPrefix(_) => Ok(Probe::Unknown),
    }
}

fn found(index: &str, wanted: bool, connection: &mut dyn Connection) -> Result<Probe> {
    let sql = format!("SELECT '' FROM sqlite_schema WHERE type = 'index' AND name = {} COLLATE NOCASE", string(index));
    let there = ask::text(connection, &sql)?.is_some();
    Ok(if there == wanted { Probe::Done } else { Probe::Redo(Vec::new()) })
}

/// To do these twice is to do them once.
fn as_written(sql: &str) -> Probe {
    let first = sql.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    match first.as_str() {
        "vacuum" | "analyze" | "reindex" | "pragma" => Probe::Redo(Vec::new()),
        _ => Probe::Unknown,
    }
}
