//! Opening a file, and making a session ready.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, ffi};

use super::fault;
use crate::adapter::{ConnectOptions, Role};
use crate::error::{AdapterError, Error, Result};

/// What each session is told. LIKE tells upper from lower case, as PostgreSQL's does; writes are on disk at each checkpoint, which
/// in WAL mode loses nothing but the last transactions, and only when the machine itself fails.
const SETTINGS: &str = "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; \
                        PRAGMA cache_size = -64000; PRAGMA case_sensitive_like = ON;";

/// As many milliseconds as SQLite can count.
pub(super) const LONGEST_PATIENCE: Duration = Duration::from_millis(i32::MAX as u64);

/// Opens a session with a file, which a writer creates, or with a new database in memory.
///
/// # Errors
/// When the file cannot be opened or is no database.
pub(super) fn open(path: Option<&Path>, role: Role, options: &ConnectOptions) -> Result<Connection> {
    let driver = match path {
        Some(path) => Connection::open_with_flags(path, flags(role)),
        None => Connection::open_in_memory_with_flags(flags(Role::Writer)),
    };
    let driver = driver.map_err(|error| explain(error, path))?;
    prepare(&driver, path.is_some(), role, options).map_err(|error| explain(error, path))?;
    super::decimal::register(&driver).map_err(fault::error)?;
    Ok(driver)
}

/// A connection is used by one thread at a time, so SQLite needs no mutex of its own. No URIs: a file may be called anything.
fn flags(role: Role) -> OpenFlags {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    match role {
        Role::Writer => flags | OpenFlags::SQLITE_OPEN_CREATE,
        Role::Reader => flags,
    }
}

fn prepare(driver: &Connection, is_file: bool, role: Role, options: &ConnectOptions) -> rusqlite::Result<()> {
    // The driver panics at more milliseconds than SQLite can count.
    driver.busy_timeout(options.busy_timeout.min(LONGEST_PATIENCE))?;
    if is_file && role == Role::Writer && !driver.is_readonly("main")? {
        driver.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    }
    driver.execute_batch(SETTINGS)?;
    if role == Role::Reader {
        driver.pragma_update(None, "query_only", true)?;
    }
    // A look at the file: only this finds out that it is no database.
    driver.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

#[cold]
fn explain(error: rusqlite::Error, path: Option<&Path>) -> Error {
    let (Some(path), rusqlite::Error::SqliteFailure(failure, message)) = (path, &error) else { return fault::error(error) };
    let path = path.display().to_string();
    let kind = match failure.extended_code & 0xff {
        ffi::SQLITE_CANTOPEN | ffi::SQLITE_PERM | ffi::SQLITE_AUTH => {
            AdapterError::CannotOpen { path, message: message.clone().unwrap_or_else(|| failure.to_string()) }
        }
        ffi::SQLITE_NOTADB => AdapterError::NotADatabase { path, database: super::CAPABILITIES.database },
        _ => return fault::error(error).context(format!("opening `{path}`")),
    };
    Error::from(kind).because(error)
}
