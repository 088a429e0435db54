//! What PostgreSQL's errors mean, by their SQLSTATE.

use std::error::Error as StdError;
use std::io;

use postgres::error::DbError;

use crate::error::{AdapterError, Error, Violation, ViolationKind};

/// The error for one of the driver.
#[cold]
pub(super) fn error(error: postgres::Error) -> Error {
    let Some(server) = error.as_db_error() else { return of_driver(error) };
    let kind = named(server);
    match kind {
        // The driver's error tells the values of the row, some of which may be secret.
        AdapterError::Violation { .. } => kind.into(),
        _ => Error::from(kind).because(error),
    }
}

/// The error for one that arose while connecting.
#[cold]
pub(super) fn connecting(error: postgres::Error, database: &str, name: &str) -> Error {
    let (database, message) = (database.to_owned(), describe(&error));
    let kind = match error.as_db_error().map(|server| server.code().code()) {
        Some("28P01" | "28000") => AdapterError::Authentication { database, message },
        Some("3D000") => AdapterError::MissingDatabase { name: name.to_owned() },
        Some(code) if code.starts_with("53") || code.starts_with("57") || code.starts_with("08") => {
            AdapterError::Unreachable { database, message }
        }
        Some(_) => return self::error(error).context(format!("connecting to {database}")),
        None => of_handshake(&error, database, message),
    };
    Error::from(kind).because(error)
}

// The driver keeps the kinds of its errors to itself; their texts are what there is.
fn of_handshake(error: &postgres::Error, database: String, message: String) -> AdapterError {
    let text = error.to_string();
    if text.contains("TLS") {
        AdapterError::Tls { message }
    } else if text.contains("authentication") || message.contains("password missing") {
        AdapterError::Authentication { database, message }
    } else {
        AdapterError::Unreachable { database, message }
    }
}

/// Was the plan of a prepared statement outdated by a change of the schema, or the statement itself lost?
pub(super) fn is_stale(error: &postgres::Error) -> bool {
    error.as_db_error().is_some_and(|server| match server.code().code() {
        "0A000" => server.message().contains("cached plan"),
        code => code == "26000",
    })
}

fn named(server: &DbError) -> AdapterError {
    let message = server.message().to_owned();
    let violation = |kind| AdapterError::Violation { violation: violation(kind, server), message: message.clone() };
    match server.code().code() {
        "23505" => violation(ViolationKind::Unique),
        "23503" | "23001" => violation(ViolationKind::ForeignKey),
        "23514" => violation(ViolationKind::Check),
        "23502" => violation(ViolationKind::NotNull),
        "23P01" => violation(ViolationKind::Exclusion),
        "40001" | "40P01" => AdapterError::Serialization { message },
        "55P03" => AdapterError::Busy { message, setting: "lock_timeout" },
        "57014" => AdapterError::Cancelled { message },
        "57P01" | "57P02" | "57P03" | "08006" | "08003" => AdapterError::Lost { message },
        "25006" => AdapterError::ReadOnly { message },
        "3D000" => AdapterError::MissingDatabase { name: message.split('"').nth(1).unwrap_or_default().to_owned() },
        code => AdapterError::Refused { code: code.to_owned(), message },
    }
}

fn violation(kind: ViolationKind, server: &DbError) -> Violation {
    Violation {
        name: server.constraint().map(str::to_owned),
        table: server.table().map(str::to_owned),
        columns: server.column().map(str::to_owned).into_iter().collect(),
        ..Violation::new(kind)
    }
}

/// An error that arose on our side: of a parameter, whose own error it hides, or of the connection.
fn of_driver(error: postgres::Error) -> Error {
    let message = describe(&error);
    let is_parameter = error.source().is_some_and(|cause| cause.is::<Error>());
    if is_parameter {
        // `error serializing parameter 0` counts from zero, placeholders from one.
        let number = error.to_string().rsplit(' ').next().and_then(|number| number.parse::<usize>().ok());
        if let Some(Ok(cause)) = error.into_source().map(|cause| cause.downcast::<Error>()) {
            return match number {
                Some(number) => cause.context(format!("in parameter ${}", number + 1)),
                None => *cause,
            };
        }
        return AdapterError::Refused { message, code: String::new() }.into();
    }
    // What cannot be put into a message of the protocol, a text with a NUL for one, was not sent.
    let is_unsent =
        error.source().and_then(|cause| cause.downcast_ref::<io::Error>()).is_some_and(|cause| cause.kind() == io::ErrorKind::InvalidInput);
    let kind = if is_unsent { AdapterError::Refused { message, code: String::new() } } else { AdapterError::Lost { message } };
    Error::from(kind).because(error)
}

/// The text of an error and of what lies behind it.
fn describe(error: &postgres::Error) -> String {
    if let Some(server) = error.as_db_error() {
        return server.message().to_owned();
    }
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(behind) = cause {
        text.push_str(": ");
        text.push_str(&behind.to_string());
        cause = behind.source();
    }
    text
}
