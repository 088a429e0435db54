//! What was wrong before: a change is only blamed for what it breaks itself.

use std::collections::BTreeMap;

use super::catalogue::{self, text};
use crate::adapter::Connection;
use crate::adapter::sql::ddl::quote;
use crate::error::{Result, StructureError};
use crate::types::Value;

/// What was wrong when a migration began.
pub(super) struct Baseline {
    /// Rows without their parent: of a table, to a table, the row.
    violations: Violations,
    broken: Broken,
}

/// How often each is there.
type Violations = BTreeMap<[String; 3], usize>;

/// Views that cannot be read and tables that cannot be written to: each with the use that fails, and the reason. A view that takes only
/// some writes fails at the others always.
pub(super) type Broken = BTreeMap<(String, Use), String>;

/// What can be done with a view or a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    Read,
    Insert,
    Delete,
    Update,
}

impl Baseline {
    /// `keys`: foreign keys are off for a while, so they are looked at as well.
    pub(super) fn of(connection: &mut dyn Connection, keys: bool) -> Result<Self> {
        let violations = if keys { violations(connection)? } else { Violations::new() };
        Ok(Baseline { violations, broken: broken(connection)? })
    }

    /// A table has another name from now on.
    pub(super) fn rename(&mut self, from: &str, to: &str) {
        let renamed = |name: &String| if name.eq_ignore_ascii_case(from) { to.to_owned() } else { name.clone() };
        self.violations =
            self.violations.iter().map(|([child, parent, row], count)| ([renamed(child), renamed(parent), row.clone()], *count)).collect();
        self.broken = self.broken.iter().map(|((name, how), reason)| ((renamed(name), *how), reason.clone())).collect();
    }

    /// Is there something wrong now that was not then?
    ///
    /// # Errors
    /// What is.
    pub(super) fn compare(&self, connection: &mut dyn Connection, keys: bool) -> Result<()> {
        compare_broken(&self.broken, &broken(connection)?)?;
        if !keys {
            return Ok(());
        }
        let now = violations(connection)?;
        let more = |(key, count): &(&[String; 3], &usize)| **count > self.violations.get(*key).copied().unwrap_or_default();
        let mut new = now.iter().filter(more);
        match new.next() {
            None => Ok(()),
            Some(([child, parent, row], _)) => {
                let (child, parent, row, further) = (child.clone(), parent.clone(), row.clone(), new.count());
                Err(match row.strip_prefix(MISMATCH) {
                    Some(message) => StructureError::LostKey { child, parent, message: message.to_owned() },
                    None => StructureError::Orphan { child, parent, row, further },
                }
                .into())
            }
        }
    }
}

/// Marks a key that is no key, in place of the row.
const MISMATCH: &str = "mismatch: ";

/// All rows that lack a parent. A table whose key is broken raises instead; the others are asked nevertheless.
fn violations(connection: &mut dyn Connection) -> Result<Violations> {
    let sql = "SELECT DISTINCT child.name FROM main.sqlite_schema child, pragma_foreign_key_list(child.name) key \
               WHERE child.type = 'table' AND child.rootpage > 0";
    let mut all = Violations::new();
    for child in catalogue::texts(connection, sql, &[])? {
        match catalogue::rows(connection, &format!("PRAGMA main.foreign_key_check({})", quote(&child)), &[]) {
            Ok(rows) => {
                for row in rows {
                    let id = if row[1] == Value::Null { "?".to_owned() } else { text(&row[1]) };
                    *all.entry([child.clone(), text(&row[2]), id]).or_default() += 1;
                }
            }
            Err(error) => {
                all.insert([child, String::new(), format!("{MISMATCH}{}", error.message())], 1);
            }
        }
    }
    Ok(all)
}

/// Tables whose foreign keys refer to this one and to no key of it, with what the database says of each.
pub(super) fn mismatches(connection: &mut dyn Connection, parent: &str) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for key in catalogue::keys_to(connection, parent)? {
        if let Err(error) = compile(connection, &format!("PRAGMA main.foreign_key_check({})", quote(&key.child))) {
            found.push((key.child, error.message()));
        }
    }
    Ok(found)
}

/// Prepares a use of each view and each table with triggers.
pub(super) fn broken(connection: &mut dyn Connection) -> Result<Broken> {
    let views = "SELECT name FROM main.sqlite_schema WHERE type = 'view' UNION SELECT name FROM sqlite_temp_schema WHERE type = 'view'";
    let mut all = Broken::new();
    for view in catalogue::texts(connection, views, &[])? {
        try_all(connection, &view, &[(Use::Read, format!("SELECT * FROM {}", quote(&view)))], &mut all);
    }
    let triggered = "SELECT tbl_name FROM main.sqlite_schema WHERE type = 'trigger' \
                     UNION SELECT tbl_name FROM sqlite_temp_schema WHERE type = 'trigger'";
    for table in catalogue::texts(connection, triggered, &[])? {
        // A view that is broken itself has no columns to name.
        let columns = "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden = 0";
        let columns = catalogue::texts(connection, columns, &[&table]).unwrap_or_default();
        let sets: Vec<String> = columns.iter().map(|column| format!("{0} = {0}", quote(column))).collect();
        let name = quote(&table);
        let uses = [
            (Use::Insert, format!("INSERT INTO {name} DEFAULT VALUES")),
            (Use::Delete, format!("DELETE FROM {name}")),
            (Use::Update, format!("UPDATE {name} SET {}", sets.join(", "))),
        ];
        let uses = if sets.is_empty() { &uses[..2] } else { &uses[..] };
        try_all(connection, &table, uses, &mut all);
    }
    Ok(all)
}

/// Compiles a statement without running it. Never one that was kept prepared: SQLite explains that without looking whether the tables
/// it was compiled for are still there, and reads memory that was freed.
fn compile(connection: &mut dyn Connection, sql: &str) -> Result<()> {
    connection.script(&format!("EXPLAIN {sql}"))
}

fn try_all(connection: &mut dyn Connection, name: &str, uses: &[(Use, String)], all: &mut Broken) {
    for (how, sql) in uses {
        if let Err(error) = compile(connection, sql) {
            all.insert((name.to_owned(), *how), error.message());
        }
    }
}

/// What is broken now and was not before.
///
/// # Errors
/// The first such thing.
pub(super) fn compare_broken(before: &Broken, now: &Broken) -> Result<()> {
    match now.iter().find(|(broken, _)| !before.contains_key(*broken)) {
        None => Ok(()),
        Some(((name, _), message)) => Err(StructureError::Broken { name: name.clone(), message: message.clone() }.into()),
    }
}
