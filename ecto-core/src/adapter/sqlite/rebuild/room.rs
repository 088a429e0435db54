//! Is there room for a second copy of the rows? Asked before anything is written: a disk that is full is full for everybody.
//!
//! What is counted is the least that a copy takes, so that nothing is refused that would have fitted in. Whoever gets by here and finds the
//! disk full all the same is told so by the database, and everything is undone. Its temporary files count for nothing: a session keeps them
//! in memory.

use std::path::Path;

use super::super::alter::Plan;
use super::super::catalogue::{number, pragma, texts};
use super::super::disk::FreeSpace;
use super::super::table_text::Edit;
use crate::adapter::Connection;
use crate::error::{Result, StructureError};

/// # Errors
/// When the disk has less room than the copy takes. Where that cannot be told there is room.
pub(super) fn check(plan: &Plan, free_space: FreeSpace, connection: &mut dyn Connection) -> Result<()> {
    let Some(file) = file(connection)? else { return Ok(()) };
    let Some(free) = free_space(Path::new(&file)) else { return Ok(()) };
    // Where there is room for all of the database, a table of it need not be measured, for which all of it is read.
    if free >= bytes(pragma(connection, "page_count")?, connection)? {
        return Ok(());
    }
    let Some(need) = need(plan, connection) else { return Ok(()) };
    let room = free.saturating_add(reused(&file, connection)?);
    if room < need { Err(StructureError::NoRoom { table: plan.table.name.clone(), need, room, file }.into()) } else { Ok(()) }
}

/// Where the rows are kept, unless it is in memory.
fn file(connection: &mut dyn Connection) -> Result<Option<String>> {
    let files = texts(connection, "SELECT file FROM pragma_database_list WHERE name = 'main'", &[])?;
    Ok(files.into_iter().next().filter(|file| !file.is_empty()))
}

/// What the rows and indexes take now, without the holes between them. How much less it is without a column nobody knows.
fn need(plan: &Plan, connection: &mut dyn Connection) -> Option<u64> {
    if plan.edits.iter().any(|edit| matches!(edit, Edit::DropColumn { .. })) {
        return None;
    }
    let sql = "SELECT sum(disk.pgsize - disk.unused) FROM main.sqlite_schema AS made CROSS JOIN dbstat AS disk \
               WHERE made.tbl_name = ?1 COLLATE NOCASE AND made.rootpage > 0 AND disk.name = made.name AND disk.aggregate = TRUE";
    // OK because a library without this table says nothing.
    number(connection, sql, &[&plan.table.name]).ok().flatten().and_then(|bytes| u64::try_from(bytes).ok())
}

/// What the database has already and writes over: its log, or its free pages.
fn reused(file: &str, connection: &mut dyn Connection) -> Result<u64> {
    let log = std::fs::metadata(format!("{file}-wal")).map(|log| log.len()).unwrap_or_default();
    match texts(connection, "PRAGMA main.journal_mode", &[])?.first().map(String::as_str) {
        Some("wal") => Ok(log),
        _ => bytes(pragma(connection, "freelist_count")?, connection),
    }
}

fn bytes(pages: i64, connection: &mut dyn Connection) -> Result<u64> {
    Ok(u64::try_from(pages.saturating_mul(pragma(connection, "page_size")?)).unwrap_or_default())
}
