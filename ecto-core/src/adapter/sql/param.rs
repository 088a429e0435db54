//! The writer that sea-query prints into. It numbers parameters as we say, instead of collecting them.

use std::fmt::{self, Write};

use sea_query::{Expr, QueryBuilder, SqlWriter, Value};

/// SQL text in which a parameter is its number.
///
/// sea-query numbers a parameter when it prints it, and clones its value. We hand it the *number* as the value and print that,
/// so a text can be written without the parameters it will be run with.
#[derive(Debug)]
pub struct Numbered {
    sql: String,
    placeholder: char,
}

impl Numbered {
    pub(super) fn new(placeholder: char) -> Self {
        Numbered { sql: String::with_capacity(256), placeholder }
    }

    pub(super) fn into_sql(self) -> String {
        self.sql
    }
}

/// Stands for a limit that is none. sea-query knows limits as numbers only.
pub(super) const UNLIMITED: u64 = u64::MAX;

/// The parameter of this number.
pub(super) fn numbered(number: usize) -> Expr {
    Expr::Value(Value::BigUnsigned(Some(number as u64)))
}

impl Write for Numbered {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.sql.push_str(text);
        Ok(())
    }
}

impl fmt::Display for Numbered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sql)
    }
}

impl SqlWriter for Numbered {
    fn push_param<T: QueryBuilder>(&mut self, value: Value, _builder: &T) {
        // OK because every value of a tree we built is a number made by `numbered`.
        match value {
            Value::BigUnsigned(Some(UNLIMITED)) => self.sql.push_str("-1"),
            Value::BigUnsigned(Some(number)) => {
                self.sql.push(self.placeholder);
                self.sql.push_str(&number.to_string());
            }
            _ => {}
        }
    }

    fn as_writer(&mut self) -> &mut dyn Write {
        self
    }
}
