//! The leaf decisions in which databases differ about their structure.

use std::borrow::Cow;

/// How SQL is parsed; and the grammar that files are written in which run on every database.
pub use sqlparser::dialect::{Dialect as Grammar, PostgreSqlDialect as SharedGrammar};

use crate::capability::{StructureCapabilities, Syntax};
use crate::ddl::{Column, TableName};
use crate::error::Lack;

/// How one database's DDL differs.
pub trait DdlDialect: Sync {
    /// What it can do; the rest is refused by the writer.
    fn capabilities(&self) -> &'static StructureCapabilities;

    /// How its SQL is cut into words.
    fn syntax(&self) -> &'static Syntax;

    /// By which grammars its SQL is understood: the first that fits.
    fn grammars(&self) -> Vec<Box<dyn Grammar>> {
        vec![Box::new(SharedGrammar {})]
    }

    /// The type of a column, with size and precision; or what it lacks.
    fn column_type<'c>(&self, column: &'c Column) -> Result<Cow<'c, str>, Lack>;

    /// What stands behind the name of a column that is counted up and alone the key, where that is one phrase.
    fn serial_key(&self) -> Option<&'static str> {
        None
    }

    /// How a column's values become those of its new type, where the database does not convert them by itself.
    fn conversion(&self, _column: &Column) -> Option<String> {
        None
    }

    /// Bytes as a literal.
    fn bytes(&self, hexadecimal: &str) -> String;

    /// A query that has one row if the table is there, and none if not.
    fn table_exists(&self, table: &TableName) -> String;

    /// The types of the table of applied versions, `version` and `inserted_at`: those that Ecto uses.
    fn history_types(&self) -> [&'static str; 2];
}
