//! What became of a change that was begun outside of a transaction: the catalogue tells.

mod written;

use super::PostgresDdl;
use crate::adapter::sql::ddl::{quote, quote_table, string, write};
use crate::adapter::{Connection, Probe, Step, TransactionMode, ask};
use crate::ddl::{CreateIndex, DropIndex, Index, Op, TableName};
use crate::error::Result;

/// Where the same index is made, to see how the server writes it.
const TWIN: &str = "ecto_twin";

/// Looks what became of it.
pub(super) fn probe(op: &Op, connection: &mut dyn Connection) -> Result<Probe> {
    match op {
        Op::CreateIndex(create) => created(&name_of(&create.index), create.index.concurrently, Some(create), connection),
        Op::DropIndex(DropIndex { index, .. }) => dropped(&name_of(index), connection),
        Op::Execute(raw) => written::probe(&raw.up.sql, connection),
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

fn name_of(index: &Index) -> String {
    quote_table(&TableName { prefix: index.table.prefix.clone(), name: index.name.clone() })
}

fn again() -> Probe {
    Probe::Redo(Vec::new())
}

/// An index that was being made, by its name as SQL writes it. Without `create` the name is all that is known.
fn created(name: &str, concurrently: bool, create: Option<&CreateIndex>, connection: &mut dyn Connection) -> Result<Probe> {
    let sql = format!(
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid AND p.pid <> pg_backend_pid()) \
         THEN 'running' WHEN i.indisvalid THEN 'valid' ELSE 'invalid' END FROM pg_index i WHERE i.indexrelid = to_regclass({})",
        string(name)
    );
    Ok(match (ask::text(connection, &sql)?.as_deref(), create) {
        (Some("running"), _) => Probe::Running,
        (Some("invalid"), _) => Probe::Redo(vec![format!("DROP INDEX {}{name}", if concurrently { "CONCURRENTLY " } else { "" })]),
        (Some(_), Some(create)) if !is_same(name, create, connection)? => Probe::Unknown,
        (Some(_), _) => Probe::Done,
        (None, _) => again(),
    })
}

/// Is the index that is there the one that was to be made? The same one is made on an empty table of the same shape, and both are compared
/// as the server writes them.
fn is_same(name: &str, create: &CreateIndex, connection: &mut dyn Connection) -> Result<bool> {
    if connection.in_transaction() {
        return Ok(true);
    }
    connection.step(Step::Begin(TransactionMode::Write))?;
    let same = compare(name, create, connection);
    connection.step(Step::Rollback)?;
    same
}

fn compare(name: &str, create: &CreateIndex, connection: &mut dyn Connection) -> Result<bool> {
    let twin = TableName { prefix: Some("pg_temp".into()), name: TWIN.into() };
    let mut other = create.clone();
    other.if_not_exists = false;
    (other.index.concurrently, other.index.only, other.index.comment) = (false, false, None);
    other.index.name = format!("{TWIN}_index");
    other.index.table = twin.clone();
    connection.script(&format!("CREATE TEMPORARY TABLE {} (LIKE {})", quote(TWIN), quote_table(&create.index.table)))?;
    for sql in write(&Op::CreateIndex(other), &PostgresDdl)? {
        connection.script(&sql)?;
    }
    let definition = |name: &str| {
        format!(
            "(SELECT i.indisunique::text || substring(pg_get_indexdef(i.indexrelid) FROM ' USING .*') FROM pg_index i \
             WHERE i.indexrelid = to_regclass({}))",
            string(name)
        )
    };
    let twin_index = quote_table(&TableName { name: format!("{TWIN}_index"), ..twin });
    let sql = format!("SELECT '' WHERE {} = {}", definition(name), definition(&twin_index));
    Ok(ask::text(connection, &sql)?.is_some())
}

fn dropped(name: &str, connection: &mut dyn Connection) -> Result<Probe> {
    let there = ask::text(connection, &format!("SELECT '' WHERE to_regclass({}) IS NOT NULL", string(name)))?;
    Ok(if there.is_some() { again() } else { Probe::Done })
}
