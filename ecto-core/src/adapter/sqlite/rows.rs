//! What the rows of a table must be like, before their table is changed.

use super::catalogue::{self, integer, text};
use super::table_text::TableText;
use crate::adapter::Connection;
use crate::adapter::sql::ddl::quote;
use crate::error::{Result, StructureError};

/// What is demanded of all rows. `value` is what the column will hold: SQL over the columns that are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Demand {
    NotNull {
        column: String,
        value: String,
    },
    /// The type, and whether the table keeps to it.
    Fits {
        column: String,
        value: String,
        into: String,
        strict: bool,
    },
    /// There is nothing that the column could hold.
    NoRows {
        column: String,
    },
}

/// How many rows an error shows.
const SHOWN: usize = 5;

impl Demand {
    fn column(&self) -> &str {
        match self {
            Demand::NotNull { column, .. } | Demand::Fits { column, .. } | Demand::NoRows { column } => column,
        }
    }

    pub(super) fn is_about(&self, column: &str) -> bool {
        self.column().eq_ignore_ascii_case(column)
    }

    pub(super) fn is_not_null(&self, column: &str) -> bool {
        matches!(self, Demand::NotNull { .. }) && self.is_about(column)
    }

    /// # Errors
    /// When some rows are not like that; with their number and the first few.
    pub(super) fn check(&self, old: &TableText, connection: &mut dyn Connection) -> Result<()> {
        let table = || old.name().to_owned();
        match self {
            Demand::NoRows { column } => match catalogue::count(connection, old.name())? {
                0 => Ok(()),
                count => Err(StructureError::NoValue { table: table(), column: column.clone(), count }.into()),
            },
            Demand::NotNull { column, value } => {
                let Some((count, rows)) = find(old, &format!("({value}) IS NULL"), &key(old), connection)? else { return Ok(()) };
                Err(StructureError::NullsFound { table: table(), column: column.clone(), count, rows }.into())
            }
            Demand::Fits { column, value, into, strict } => {
                let misfit = format!("NOT coalesce({}, TRUE)", fits(&format!("({value})"), into, *strict));
                let Some((count, values)) = find(old, &misfit, &shown(value), connection)? else { return Ok(()) };
                let (column, into) = (column.clone(), into.clone());
                Err(StructureError::Lossy { table: table(), column, into, count, values }.into())
            }
        }
    }
}

/// How many rows meet the condition, and the first of them.
fn find(old: &TableText, condition: &str, what: &str, connection: &mut dyn Connection) -> Result<Option<(i64, Vec<String>)>> {
    let table = quote(old.name());
    let count = catalogue::number(connection, &format!("SELECT count(*) FROM main.{table} WHERE {condition}"), &[])?;
    let Some(count) = count.filter(|count| *count > 0) else { return Ok(None) };
    let first = catalogue::texts(connection, &format!("SELECT {what} FROM main.{table} WHERE {condition} LIMIT {SHOWN}"), &[])?;
    Ok(Some((count, first)))
}

/// What tells a row from the others.
fn key(old: &TableText) -> String {
    let columns: Vec<String> = match old.primary_key() {
        Some(key) => key.columns.iter().map(|column| format!("{} = '||{}||'", column.replace('\'', "''"), shown(&quote(column)))).collect(),
        None => match free_rowid(&[old]) {
            Some(rowid) => vec![format!("rowid = '||{rowid}||'")],
            None => vec!["?".into()],
        },
    };
    format!("'{}'", columns.join(", "))
}

/// A value as an error shows it. Bytes that are no text must not keep the error from being read.
fn shown(value: &str) -> String {
    let (start, bytes) = (format!("substr({value}, 1, 40)"), format!("'X''' || hex(substr({value}, 1, 40)) || ''''"));
    format!("CASE WHEN typeof({value}) <> 'text' THEN quote({value}) WHEN {start} GLOB '*[^ -~]*' THEN {bytes} ELSE quote({start}) END")
}

/// A name of the rowid that no column of these tables has taken.
pub(super) fn free_rowid(tables: &[&TableText]) -> Option<&'static str> {
    ["rowid", "_rowid_", "oid"].into_iter().find(|name| tables.iter().all(|table| table.column(name).is_err()))
}

/// How values are converted that are stored in a column of this type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Affinity {
    Integer,
    Text,
    Blob,
    Real,
    Numeric,
}

/// By the rules in which the database reads a type's name.
pub(super) fn affinity(sql_type: &str) -> Affinity {
    let name = sql_type.to_ascii_uppercase();
    let has = |part: &str| name.contains(part);
    match () {
        () if has("INT") => Affinity::Integer,
        () if has("CHAR") || has("CLOB") || has("TEXT") => Affinity::Text,
        () if has("BLOB") || name.is_empty() => Affinity::Blob,
        () if has("REAL") || has("FLOA") || has("DOUB") => Affinity::Real,
        () => Affinity::Numeric,
    }
}

/// Is the value the same when it is stored in a column of this type, but for the form in which a number is written? A condition.
fn fits(value: &str, into: &str, strict: bool) -> String {
    // Beyond 2^53 not every whole number is a floating-point number.
    const EXACT: &str = "BETWEEN -9007199254740992 AND 9007199254740992";
    let back = |kind: &str, from: &str| format!("CAST(CAST({from} AS {kind}) AS TEXT) = {from} COLLATE BINARY");
    let anything = strict && into.eq_ignore_ascii_case("any");
    match affinity(into) {
        _ if anything => "TRUE".into(),
        Affinity::Integer => format!(
            "CASE typeof({value}) WHEN 'integer' THEN TRUE WHEN 'real' THEN CAST({value} AS INTEGER) = {value} \
             WHEN 'text' THEN {} WHEN 'null' THEN TRUE ELSE FALSE END",
            back("INTEGER", value)
        ),
        Affinity::Real => format!(
            "CASE typeof({value}) WHEN 'integer' THEN {value} {EXACT} WHEN 'real' THEN TRUE \
             WHEN 'text' THEN ({}) OR ({} AND CAST({value} AS INTEGER) {EXACT}) WHEN 'null' THEN TRUE ELSE FALSE END",
            back("REAL", value),
            back("INTEGER", value)
        ),
        // Text that is no number stays as it is.
        Affinity::Numeric => format!(
            "CASE typeof({value}) WHEN 'text' THEN ({}) OR {value} <> CAST({value} AS NUMERIC) ELSE TRUE END",
            back("NUMERIC", value)
        ),
        Affinity::Text => format!(
            "CASE typeof({value}) WHEN 'real' THEN CAST(CAST({value} AS TEXT) AS REAL) = {value} WHEN 'blob' THEN {} ELSE TRUE END",
            if strict { "FALSE" } else { "TRUE" }
        ),
        Affinity::Blob if strict => format!("typeof({value}) IN ('blob', 'null')"),
        Affinity::Blob => "TRUE".into(),
    }
}

/// Two numbers are compared where they are counted.
pub(super) fn same_count(table: &str, before: i64, after: i64) -> Result<()> {
    if before == after { Ok(()) } else { Err(StructureError::RowsLost { table: table.to_owned(), before, after }.into()) }
}

/// The highest number that was ever given to a row, where the table remembers it.
pub(super) fn sequence(connection: &mut dyn Connection, table: &str) -> Result<Option<i64>> {
    if !catalogue::exists(connection, "sqlite_sequence")? {
        return Ok(None);
    }
    let found = catalogue::rows(connection, "SELECT seq FROM main.sqlite_sequence WHERE name = ?1", &[table])?;
    Ok(found.first().and_then(|row| row.first()).and_then(|value| integer(value).or_else(|| text(value).parse().ok())))
}
