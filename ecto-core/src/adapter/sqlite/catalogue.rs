//! What is in a database: asked of its own tables and pragmas.

use crate::adapter::sql::ddl::quote;
use crate::adapter::{Connection, ask};
use crate::error::{Result, StructureError};
use crate::types::Value;

/// The rows of a query.
pub(super) fn rows(connection: &mut dyn Connection, sql: &str, params: &[&str]) -> Result<Vec<Vec<Value>>> {
    let params: Vec<Value> = params.iter().map(|text| Value::Text((*text).to_owned().into())).collect();
    ask::values(connection, sql, &params)
}

/// The first column of each row, as text.
pub(super) fn texts(connection: &mut dyn Connection, sql: &str, params: &[&str]) -> Result<Vec<String>> {
    Ok(rows(connection, sql, params)?.iter().filter_map(|row| row.first()).map(text).collect())
}

/// The first column of the first row, as a number.
pub(super) fn number(connection: &mut dyn Connection, sql: &str, params: &[&str]) -> Result<Option<i64>> {
    Ok(rows(connection, sql, params)?.first().and_then(|row| row.first()).and_then(integer))
}

/// Whatever it is, as text; NULL is empty.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => text.to_string(),
        other => integer(other).map_or_else(|| format!("{other:?}"), |number| number.to_string()),
    }
}

pub(super) fn integer(value: &Value) -> Option<i64> {
    if let Value::I64(number) = value { Some(*number) } else { None }
}

/// A table whose definition can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// As it is written where it was made.
    pub name: String,
    pub sql: String,
    /// Is it of this session alone?
    pub temporary: bool,
}

const TABLES: &str = "SELECT name, sql, type, rootpage, 1 FROM sqlite_temp_schema WHERE name = ?1 COLLATE NOCASE AND type IN ('table', 'view') \
                      UNION ALL \
                      SELECT name, sql, type, rootpage, 0 FROM main.sqlite_schema WHERE name = ?1 COLLATE NOCASE AND type IN ('table', 'view')";

/// The table that a statement means which names it.
///
/// # Errors
/// When there is none, or when it is none that can be altered.
pub(super) fn table(connection: &mut dyn Connection, name: &str) -> Result<Table> {
    let Some(found) = rows(connection, TABLES, &[name])?.into_iter().next() else {
        return Err(StructureError::NoTable { table: name.to_owned() }.into());
    };
    let table = Table { name: text(&found[0]), sql: text(&found[1]), temporary: integer(&found[4]) == Some(1) };
    let refuse = |what| Err(StructureError::NoPlainTable { table: name.to_owned(), what }.into());
    match (text(&found[2]).as_str(), integer(&found[3])) {
        ("view", _) => refuse("a view"),
        (_, Some(0)) => refuse("a virtual table"),
        _ if table.name.to_ascii_lowercase().starts_with("sqlite_") => refuse("a table of the database itself"),
        _ if is_shadow(connection, &table)? => refuse("a part of a virtual table"),
        _ => Ok(table),
    }
}

/// Does it hold what a virtual table keeps? Only the name says so where there is no list of tables.
fn is_shadow(connection: &mut dyn Connection, table: &Table) -> Result<bool> {
    let sql = "SELECT type FROM pragma_table_list WHERE schema = 'main' AND name = ?1";
    Ok(!table.temporary && texts(connection, sql, &[&table.name])? == ["shadow"])
}

/// A foreign key of some table, as the database lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub child: String,
    pub from: Vec<String>,
    /// Empty where the primary key is meant.
    pub to: Vec<String>,
}

/// The foreign keys that refer to a table, its own among them.
pub(super) fn keys_to(connection: &mut dyn Connection, parent: &str) -> Result<Vec<Key>> {
    let sql = "SELECT child.name, key.id, key.\"from\", key.\"to\" \
               FROM main.sqlite_schema child, pragma_foreign_key_list(child.name) key \
               WHERE child.type = 'table' AND child.rootpage > 0 AND key.\"table\" = ?1 COLLATE NOCASE ORDER BY child.rowid, key.id, key.seq";
    let mut keys: Vec<(Key, i64)> = Vec::new();
    for row in rows(connection, sql, &[parent])? {
        let (child, id) = (text(&row[0]), integer(&row[1]).unwrap_or_default());
        if keys.last().is_none_or(|(last, number)| last.child != child || *number != id) {
            keys.push((Key { child, from: Vec::new(), to: Vec::new() }, id));
        }
        if let Some((key, _)) = keys.last_mut() {
            key.from.push(text(&row[2]));
            key.to.extend(Some(text(&row[3])).filter(|to| !to.is_empty()));
        }
    }
    Ok(keys.into_iter().map(|(key, _)| key).collect())
}

/// Something that was made by a text of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    pub name: String,
    pub sql: String,
}

/// The indexes of a table that were not made by its constraints, in the order in which they were made.
pub(super) fn indexes(connection: &mut dyn Connection, table: &str) -> Result<Vec<Made>> {
    made(connection, "main.sqlite_schema", "index", table)
}

/// The triggers of a table; those of this session are told apart.
pub(super) fn triggers(connection: &mut dyn Connection, table: &str) -> Result<Vec<Made>> {
    let mut all = made(connection, "main.sqlite_schema", "trigger", table)?;
    // The text is kept without the word.
    all.extend(
        made(connection, "sqlite_temp_schema", "trigger", table)?
            .into_iter()
            .map(|trigger| Made { sql: trigger.sql.replacen("CREATE TRIGGER", "CREATE TEMP TRIGGER", 1), name: trigger.name }),
    );
    Ok(all)
}

fn made(connection: &mut dyn Connection, schema: &str, kind: &str, table: &str) -> Result<Vec<Made>> {
    let sql = format!("SELECT name, sql FROM {schema} WHERE type = ?1 AND tbl_name = ?2 COLLATE NOCASE AND sql IS NOT NULL ORDER BY rowid");
    let rows = rows(connection, &sql, &[kind, table])?;
    Ok(rows.iter().map(|row| Made { name: text(&row[0]), sql: text(&row[1]) }).collect())
}

/// The whole texts of views and triggers, wherever they are.
pub(super) fn programs(connection: &mut dyn Connection) -> Result<Vec<Made>> {
    let sql = "SELECT name, sql FROM main.sqlite_schema WHERE type IN ('view', 'trigger') \
               UNION ALL SELECT name, sql FROM sqlite_temp_schema WHERE type IN ('view', 'trigger')";
    Ok(rows(connection, sql, &[])?.iter().map(|row| Made { name: text(&row[0]), sql: text(&row[1]) }).collect())
}

/// A setting of the session.
pub(super) fn pragma(connection: &mut dyn Connection, name: &str) -> Result<i64> {
    Ok(number(connection, &format!("PRAGMA {name}"), &[])?.unwrap_or_default())
}

pub(super) fn count(connection: &mut dyn Connection, table: &str) -> Result<i64> {
    Ok(number(connection, &format!("SELECT count(*) FROM main.{}", quote(table)), &[])?.unwrap_or_default())
}

/// Is there anything of this name?
pub(super) fn exists(connection: &mut dyn Connection, name: &str) -> Result<bool> {
    Ok(!rows(connection, "SELECT 1 FROM main.sqlite_schema WHERE name = ?1 COLLATE NOCASE", &[name])?.is_empty())
}
