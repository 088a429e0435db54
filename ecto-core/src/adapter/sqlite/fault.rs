//! What SQLite's errors mean.
//!
//! SQLite names what was violated in its text only: the columns of a unique or NOT NULL constraint, the name of a check or of an index,
//! and nothing at all for a foreign key (see `foreign_key`).

use rusqlite::ffi;

use crate::error::{AdapterError, Error, Kind, Violation, ViolationKind};

/// The error for one of the driver.
#[cold]
pub(super) fn error(error: rusqlite::Error) -> Error {
    let kind = match &error {
        rusqlite::Error::SqliteFailure(failure, message) => {
            let message = message.clone().unwrap_or_else(|| failure.to_string());
            named(failure.extended_code, message)
        }
        rusqlite::Error::SqlInputError { error, msg, .. } => named(error.extended_code, msg.clone()),
        other => AdapterError::Refused { message: other.to_string(), code: String::new() },
    };
    Error::from(kind).because(error)
}

/// The error of a table that has another name for a while.
#[cold]
pub(super) fn renamed(error: Error, from: &str, to: &str) -> Error {
    let Kind::Adapter(AdapterError::Violation { violation, message }) = error.kind() else { return error };
    let table = violation.table.as_ref().map(|table| if table == from { to.to_owned() } else { table.clone() });
    let (violation, message) = (Violation { table, ..violation.clone() }, message.replace(from, to));
    Error::from(AdapterError::Violation { violation, message }).because(error)
}

fn named(extended: i32, message: String) -> AdapterError {
    match extended {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            violation(unique(&message), message)
        }
        ffi::SQLITE_CONSTRAINT_NOTNULL => violation(columns(ViolationKind::NotNull, &message), message),
        ffi::SQLITE_CONSTRAINT_CHECK => violation(check(&message), message),
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => violation(Violation::new(ViolationKind::ForeignKey), message),
        // An `ON DELETE RESTRICT` says so by the code of triggers.
        ffi::SQLITE_CONSTRAINT_TRIGGER if message.contains("FOREIGN KEY") => violation(Violation::new(ViolationKind::ForeignKey), message),
        ffi::SQLITE_BUSY_SNAPSHOT => AdapterError::Serialization { message },
        other => by_primary_code(other, message),
    }
}

fn by_primary_code(extended: i32, message: String) -> AdapterError {
    match extended & 0xff {
        ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => AdapterError::Busy { message, setting: "busy_timeout" },
        ffi::SQLITE_INTERRUPT => AdapterError::Cancelled { message },
        ffi::SQLITE_CORRUPT => AdapterError::Damaged { message },
        ffi::SQLITE_NOTADB => AdapterError::NotADatabase { path: "the file".into(), database: super::CAPABILITIES.database },
        ffi::SQLITE_READONLY => AdapterError::ReadOnly { message },
        _ => AdapterError::Refused { message, code: extended.to_string() },
    }
}

fn violation(violation: Violation, message: String) -> AdapterError {
    AdapterError::Violation { violation, message }
}

/// What stands behind `… constraint failed: `.
fn subject(message: &str) -> &str {
    message.split_once("failed: ").map_or("", |(_, subject)| subject)
}

/// `users.email, users.org_id`, or `index 'users_lower_email_index'` where the index is on an expression.
fn unique(message: &str) -> Violation {
    match subject(message).strip_prefix("index '").and_then(|rest| rest.strip_suffix('\'')) {
        Some(index) => Violation { name: Some(index.to_owned()), ..Violation::new(ViolationKind::Unique) },
        None => columns(ViolationKind::Unique, message),
    }
}

fn columns(kind: ViolationKind, message: &str) -> Violation {
    let mut violation = Violation::new(kind);
    for column in subject(message).split(", ") {
        match column.rsplit_once('.') {
            Some((table, column)) => {
                violation.table = Some(table.to_owned());
                violation.columns.push(column.to_owned());
            }
            None if !column.is_empty() => violation.columns.push(column.to_owned()),
            None => {}
        }
    }
    violation
}

/// The name of the check, or its text where it has no name, which then is of no use.
fn check(message: &str) -> Violation {
    let name = subject(message);
    Violation { name: (!name.is_empty()).then(|| name.to_owned()), ..Violation::new(ViolationKind::Check) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unique_violation_names_columns_or_an_index() {
        let two = unique("UNIQUE constraint failed: users.email, users.org_id");
        assert_eq!((two.table.as_deref(), two.columns.join(" ")), (Some("users"), "email org_id".to_owned()));
        let index = unique("UNIQUE constraint failed: index 'users_lower'");
        assert_eq!((index.name.as_deref(), index.columns.len()), (Some("users_lower"), 0));
    }

    #[test]
    fn a_check_names_itself() {
        assert_eq!(check("CHECK constraint failed: age_is_positive").name.as_deref(), Some("age_is_positive"));
    }
}
