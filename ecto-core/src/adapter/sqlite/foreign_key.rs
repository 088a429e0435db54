//! Which foreign key was violated. SQLite does not say, so the keys themselves are asked, in the transaction in which the write failed.
//!
//! An insert or update that was refused lacks a parent: its values are looked up in the parent of each key. A delete or update that was
//! refused left a child behind: the rows it would have changed are looked up in each table that refers to them. At a commit the
//! database is checked as a whole. Where nothing is found the violation stays without a name.

use rusqlite::{Connection, params_from_iter};

use crate::adapter::Command;
use crate::error::{AdapterError, Error, Violation, ViolationKind};

/// One foreign key of a table.
pub(super) struct ForeignKey {
    child: String,
    parent: String,
    from: Vec<String>,
    to: Vec<String>,
}

/// The error with the key that a statement violated.
#[cold]
pub(super) fn immediate(driver: &Connection, error: Error, command: Command<'_>) -> Error {
    match super::blame::find(driver, command) {
        Ok(Some(key)) => key.name(error),
        // A failure of the search says less than what was being searched for.
        Ok(None) | Err(_) => error,
    }
}

/// The error with the key that a commit found violated.
#[cold]
pub(super) fn deferred(driver: &Connection, error: Error) -> Error {
    let first = driver.query_row("PRAGMA foreign_key_check", [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(3)?)));
    let key = first.and_then(|(child, id)| Ok(of_table(driver, &child)?.into_iter().find(|(found, _)| *found == id)));
    match key {
        Ok(Some((_, key))) => key.name(error),
        Ok(None) | Err(_) => error,
    }
}

/// The keys of a table, with SQLite's numbers of them.
pub(super) fn of_table(driver: &Connection, child: &str) -> rusqlite::Result<Vec<(i64, ForeignKey)>> {
    let sql = "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?1) ORDER BY id, seq";
    let mut statement = driver.prepare_cached(sql)?;
    let mut rows = statement.query([child])?;
    let mut keys: Vec<(i64, ForeignKey)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, from, to): (i64, String, Option<String>) = (row.get(0)?, row.get(2)?, row.get(3)?);
        if keys.last().is_none_or(|(last, _)| *last != id) {
            keys.push((id, ForeignKey { child: child.to_owned(), parent: row.get(1)?, from: Vec::new(), to: Vec::new() }));
        }
        if let Some((_, key)) = keys.last_mut() {
            key.from.push(from);
            key.to.extend(to);
        }
    }
    drop(rows);
    for (_, key) in &mut keys {
        if key.to.is_empty() {
            key.to = primary_key(driver, &key.parent)?;
        }
    }
    Ok(keys)
}

/// The keys of all tables that refer to this one.
pub(super) fn referring_to(driver: &Connection, parent: &str) -> rusqlite::Result<Vec<ForeignKey>> {
    let sql = "SELECT DISTINCT child.name FROM sqlite_schema child, pragma_foreign_key_list(child.name) key \
               WHERE child.type = 'table' AND key.\"table\" = ?1 COLLATE NOCASE";
    let mut statement = driver.prepare_cached(sql)?;
    let children: Vec<String> = statement.query_map([parent], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut keys = Vec::new();
    for child in children {
        keys.extend(of_table(driver, &child)?.into_iter().map(|(_, key)| key).filter(|key| key.parent.eq_ignore_ascii_case(parent)));
    }
    Ok(keys)
}

/// A key without columns on its far side means the primary key there.
fn primary_key(driver: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = driver.prepare_cached("SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk")?;
    statement.query_map([table], |row| row.get(0))?.collect()
}

/// An identifier of the database's own, in quotes.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl ForeignKey {
    /// The child's columns.
    pub(super) fn from(&self) -> &[String] {
        &self.from
    }

    /// The parent's columns.
    pub(super) fn to(&self) -> &[String] {
        &self.to
    }

    /// Does the child lack a parent with these values? One that is NULL needs none.
    pub(super) fn lacks_parent(&self, driver: &Connection, values: &[rusqlite::types::Value]) -> rusqlite::Result<bool> {
        if values.contains(&rusqlite::types::Value::Null) {
            return Ok(false);
        }
        Ok(!exists(driver, &self.parent, &self.to, values)?)
    }

    /// Does a child refer to a parent with these values?
    pub(super) fn has_child(&self, driver: &Connection, values: &[rusqlite::types::Value]) -> rusqlite::Result<bool> {
        exists(driver, &self.child, &self.from, values)
    }

    /// Names the violation as PostgreSQL would.
    fn name(self, error: Error) -> Error {
        let message =
            format!("FOREIGN KEY constraint failed: {}.{} to {}.{}", self.child, self.from.join("_"), self.parent, self.to.join("_"));
        let name = format!("{}_{}_fkey", self.child, self.from.join("_"));
        let violation =
            Violation { name: Some(name), table: Some(self.child), columns: self.from, ..Violation::new(ViolationKind::ForeignKey) };
        Error::from(AdapterError::Violation { violation, message }).because(error)
    }
}

fn exists(driver: &Connection, table: &str, columns: &[String], values: &[rusqlite::types::Value]) -> rusqlite::Result<bool> {
    let conditions: Vec<String> = columns.iter().enumerate().map(|(at, column)| format!("{} = ?{}", quoted(column), at + 1)).collect();
    let sql = format!("SELECT EXISTS (SELECT 1 FROM {} WHERE {})", quoted(table), conditions.join(" AND "));
    driver.query_row(&sql, params_from_iter(values), |row| row.get(0))
}
