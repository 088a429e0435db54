//! A table made anew from its own text: created beside the old one, filled from it, and put in its place.

mod copy;
mod promise;
mod room;

#[cfg(test)]
mod tests;

use super::alter::{Plan, refuse_keys, under_name};
use super::catalogue::{self, Made, count, pragma};
use super::rows::{same_count, sequence};
use super::{SqliteAdapter, fault};
use crate::adapter::hash::Hash;
use crate::adapter::sql::ddl::{quote, string};
use crate::adapter::{Connection, Emit, Structure};
use crate::error::{Result, StructureError};

/// Makes the table anew, with its rows and everything that hangs on it.
///
/// # Errors
/// When anything would be lost, or the rows do not fit. The transaction must be rolled back then.
pub(super) fn run(plan: &Plan, adapter: &SqliteAdapter, connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
    if plan.temporary {
        let what = "a table of this session alone, which can only be altered in place";
        return Err(StructureError::NoPlainTable { table: plan.table.name.clone(), what }.into());
    }
    refuse_keys(connection)?;
    promise::check(plan, adapter.nowhere()?.as_mut())?;
    let name = &plan.table.name;
    let new = new_name(name);
    if catalogue::exists(connection, &new)? {
        return Err(StructureError::Leftover { name: new, table: name.clone() }.into());
    }
    room::check(plan, adapter.free_space, connection)?;
    let hanging = Hanging::of(plan, connection)?;
    let before = count(connection, name)?;
    emit(connection, &under_name(plan, &new)?)?;
    emit(connection, &copy::statement(plan, &new)).map_err(|error| fault::renamed(error, &new, name))?;
    same_count(name, before, count(connection, &new)?)?;
    hanging.put_aside(name, &new, connection, &mut *emit)?;
    exchange(name, &new, connection, &mut *emit)?;
    hanging.put_back(name, &new, connection, emit)
}

/// Always the same for a table, whoever makes it anew, so that a leftover is found.
fn new_name(table: &str) -> String {
    let mut hash = Hash::default();
    hash.add(table.bytes());
    format!("_ecto_new_{:08x}", hash.0 & 0xffff_ffff)
}

/// The new table takes the old one's place. Without the old way of renaming, views and triggers that mention the table would keep it
/// from that, and foreign keys would follow it.
fn exchange(name: &str, new: &str, connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
    let legacy = pragma(connection, "legacy_alter_table")?;
    emit(connection, "PRAGMA legacy_alter_table = ON")?;
    emit(connection, &format!("DROP TABLE main.{}", quote(name)))?;
    emit(connection, &format!("ALTER TABLE main.{} RENAME TO {}", quote(new), quote(name)))?;
    emit(connection, &format!("PRAGMA legacy_alter_table = {legacy}"))
}

/// What goes with the old table, and has to come back.
struct Hanging {
    indexes: Vec<Made>,
    triggers: Vec<Made>,
    sequence: Option<i64>,
    /// Does it count up, and is there no row?
    counts_anew: bool,
    /// Tables with what is known about the rows.
    statistics: Vec<&'static str>,
}

impl Hanging {
    fn of(plan: &Plan, connection: &mut dyn Connection) -> Result<Self> {
        let name = &plan.table.name;
        let mut statistics = Vec::new();
        for table in ["sqlite_stat1", "sqlite_stat4"] {
            if catalogue::exists(connection, table)? {
                statistics.push(table);
            }
        }
        Ok(Hanging {
            indexes: catalogue::indexes(connection, name)?,
            triggers: catalogue::triggers(connection, name)?,
            sequence: if plan.new.autoincrement() { sequence(connection, name)? } else { None },
            counts_anew: plan.new.autoincrement() && count(connection, name)? == 0,
            statistics,
        })
    }

    fn put_aside(&self, name: &str, new: &str, connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
        for table in &self.statistics {
            emit(connection, &format!("UPDATE main.{table} SET tbl = {} WHERE tbl = {}", string(new), string(name)))?;
        }
        Ok(())
    }

    fn put_back(&self, name: &str, new: &str, connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
        for made in self.indexes.iter().chain(&self.triggers) {
            emit(connection, &made.sql)?;
        }
        let [name, new] = [name, new].map(string);
        for table in &self.statistics {
            emit(connection, &format!("UPDATE main.{table} SET tbl = {name} WHERE tbl = {new}"))?;
            let indexes = format!("SELECT name FROM main.sqlite_schema WHERE type = 'index' AND tbl_name = {name}");
            emit(connection, &format!("DELETE FROM main.{table} WHERE tbl = {name} AND idx NOT IN ({indexes})"))?;
        }
        let Some(sequence) = self.sequence else {
            // The new table begins a count by being filled, even with nothing; the old one may have had none.
            return match self.counts_anew {
                true => emit(connection, &format!("DELETE FROM main.sqlite_sequence WHERE name = {name}")),
                false => Ok(()),
            };
        };
        let known = format!("SELECT seq FROM main.sqlite_sequence WHERE name = {name}");
        let highest = catalogue::number(connection, &known, &[])?.map_or(sequence, |own| own.max(sequence));
        emit(connection, &format!("DELETE FROM main.sqlite_sequence WHERE name = {name}"))?;
        emit(connection, &format!("INSERT INTO main.sqlite_sequence (name, seq) VALUES ({name}, {highest})"))
    }
}
