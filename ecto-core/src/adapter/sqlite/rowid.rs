//! The key of an inserted row, without asking for it.
//!
//! `RETURNING` makes SQLite keep the new row in a table of its own first, which costs more than the insert itself. Where all that comes back is
//! the rowid, the driver knows it anyway.

use crate::error::Result;
use crate::query::{Op, Statement, Tokens, Verb};
use crate::schema::Autogenerate;

use super::fault;

/// The same insert without a `RETURNING`, if all it returns is certain to be the rowid of the new row.
///
/// # Errors
/// When the catalogue cannot be read.
pub(super) fn without_returning(driver: &rusqlite::Connection, statement: &Statement) -> Result<Option<Statement>> {
    match returned_key(statement) {
        Some(column) if is_rowid(driver, statement.root().table, column)? => {
            Ok(Some(Statement { select: Tokens::default(), ..statement.clone() }))
        }
        _ => Ok(None),
    }
}

/// The column that is returned, if it is the only one and a key that the database makes.
fn returned_key(statement: &Statement) -> Option<&'static str> {
    let root = statement.root();
    match (statement.verb, statement.select.tokens.as_slice(), root.key) {
        (Verb::Insert, [returned], [key]) if returned.op == Op::Returned && returned.arg == *key => {
            let field = root.fields.get(usize::from(*key))?;
            matches!(field.autogenerate, Some(Autogenerate::Database)).then_some(field.column)
        }
        _ => None,
    }
}

/// Is the column another name of the rowid? Then it is the primary key of a table that has no index for it; every other
/// primary key has one (`INT`, `DESC`, several columns, WITHOUT ROWID). A view has neither.
fn is_rowid(driver: &rusqlite::Connection, table: &str, column: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2 AND pk = 1) \
               AND NOT EXISTS (SELECT 1 FROM pragma_index_list(?1) WHERE origin = 'pk')";
    driver.query_row(sql, [table, column], |row| row.get(0)).map_err(fault::error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_name_of_the_rowid_is_one() {
        let driver = rusqlite::Connection::open_in_memory().unwrap();
        let tables = "CREATE TABLE plain (id INTEGER PRIMARY KEY, x); CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT);
            CREATE TABLE int (id INT PRIMARY KEY); CREATE TABLE descending (id INTEGER PRIMARY KEY DESC);
            CREATE TABLE two (id INTEGER, x, PRIMARY KEY (id, x)); CREATE TABLE keyed (id INTEGER PRIMARY KEY) WITHOUT ROWID;
            CREATE TABLE none (id INTEGER); CREATE VIEW seen AS SELECT * FROM plain;";
        driver.execute_batch(tables).unwrap();
        let found = |table| is_rowid(&driver, table, "id").unwrap();
        assert!(found("plain") && found("counted"));
        for table in ["int", "descending", "two", "keyed", "none", "seen", "missing"] {
            assert!(!found(table), "{table}");
        }
        assert!(!is_rowid(&driver, "plain", "x").unwrap());
    }
}
