//! What SQLite itself says of a table, to be compared with its text.

use rusqlite::Connection;

use super::*;

/// The text of the only table that the statement makes, as the database keeps it.
pub(super) fn stored(sql: &str) -> (Connection, String) {
    let driver = Connection::open_in_memory().unwrap();
    driver.execute_batch(sql).unwrap_or_else(|error| panic!("{sql}\n{error}"));
    let find = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid DESC LIMIT 1";
    let text = driver.query_row(find, [], |row| row.get(0)).unwrap();
    (driver, text)
}

/// The rows of a query, each as one text.
pub(super) fn rows(driver: &Connection, sql: &str, table: &str) -> Vec<String> {
    let mut statement = driver.prepare(sql).unwrap();
    let width = statement.column_count();
    let read = statement.query_map([table], |row| {
        let cells = (0..width).map(|at| row.get::<_, rusqlite::types::Value>(at).map(|value| format!("{value:?}")));
        Ok(cells.collect::<rusqlite::Result<Vec<_>>>()?.join(" "))
    });
    read.unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

/// Name, type, whether NULL is refused, default, place in the key, generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub name: String,
    pub sql_type: String,
    pub not_null: bool,
    pub default: Option<String>,
    pub key: i64,
    pub hidden: i64,
}

pub(super) fn columns(driver: &Connection, table: &str) -> Vec<Seen> {
    let mut statement = driver.prepare("SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1)").unwrap();
    let read = statement.query_map([table], |row| {
        Ok(Seen {
            name: row.get(0)?,
            sql_type: row.get(1)?,
            not_null: row.get(2)?,
            default: row.get(3)?,
            key: row.get(4)?,
            hidden: row.get(5)?,
        })
    });
    read.unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

/// The columns as the text tells them.
fn told(text: &TableText) -> Vec<Seen> {
    let alias = text.rowid_alias().map(|column| column.name.text.clone());
    let place = |column: &ColumnText| {
        let key = text.primary_key()?;
        key.columns.iter().position(|name| column.is_named(name)).map(|at| at as i64 + 1)
    };
    let refuses = |column: &ColumnText| {
        let in_key = place(column).is_some() && alias.as_deref() != Some(&column.name.text);
        column.not_null() || (in_key && (text.strict() || text.without_rowid()))
    };
    let columns = text.columns().iter();
    columns
        .map(|column| Seen {
            name: column.name.text.clone(),
            sql_type: column.declared_type().map(|declared| usual(&declared)).unwrap_or_default(),
            not_null: refuses(column),
            default: column.default().map(bare),
            key: place(column).unwrap_or(0),
            hidden: column.generated().map_or(0, |generated| if generated.stored { 3 } else { 2 }),
        })
        .collect()
}

/// SQLite spells the types that it knows in its own way.
fn usual(sql_type: &str) -> String {
    let known = ["ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT"].iter().find(|known| known.eq_ignore_ascii_case(sql_type));
    known.map_or(sql_type.to_owned(), |known| (*known).to_owned())
}

/// SQLite keeps a default without its parentheses.
fn bare(default: &str) -> String {
    let inner = default.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inner.unwrap_or(default).trim().to_owned()
}

/// Compares all that the pragmas tell with the text.
pub(super) fn agree(driver: &Connection, text: &TableText) {
    let sql = text.sql();
    let table = text.name();
    assert_eq!(told(text), columns(driver, table), "{sql}");
    let options = "SELECT wr, strict FROM pragma_table_list WHERE name = ?1 COLLATE NOCASE AND schema = 'main'";
    let (without_rowid, strict): (bool, bool) = driver.query_row(options, [table], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!((text.without_rowid(), text.strict()), (without_rowid, strict), "{sql}");
    let has_key_index = !rows(driver, "SELECT 1 FROM pragma_index_list(?1) WHERE origin = 'pk'", table).is_empty();
    let has_key = text.primary_key().is_some();
    assert_eq!(text.rowid_alias().is_some(), has_key && !has_key_index, "{sql}");
    let counts = driver.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'", [], |row| row.get::<_, bool>(0));
    assert_eq!(text.autoincrement(), counts.unwrap(), "{sql}");
    assert_eq!(told_keys(text), foreign_keys(driver, table), "{sql}");
}

type ToldKey = (String, Vec<String>, Vec<String>);

/// Parent, own columns and the parent's, in the order of the text.
fn told_keys(text: &TableText) -> Vec<ToldKey> {
    let own = |name: &String| text.column(name).unwrap().name.text.clone();
    text.foreign_keys().map(|key| (key.parent.clone(), key.columns.iter().map(own).collect(), key.parent_columns.clone())).collect()
}

fn foreign_keys(driver: &Connection, table: &str) -> Vec<ToldKey> {
    // The last key of the text is number 0.
    let sql = "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq";
    let mut statement = driver.prepare(sql).unwrap();
    let mut found: Vec<(i64, ToldKey)> = Vec::new();
    let mut rows = statement.query([table]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let id: i64 = row.get(0).unwrap();
        if found.last().is_none_or(|(last, _)| *last != id) {
            found.push((id, (row.get(1).unwrap(), Vec::new(), Vec::new())));
        }
        let (_, (_, from, to)) = found.last_mut().unwrap();
        from.push(row.get(2).unwrap());
        to.extend(row.get::<_, Option<String>>(3).unwrap());
    }
    found.into_iter().map(|(_, key)| key).collect()
}
