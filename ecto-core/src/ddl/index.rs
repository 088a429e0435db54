//! Indexes made and dropped. An index always has a name: given, or made from its table and columns.

use super::{TableName, irreversible, name};
use crate::error::{DdlError, Result};

/// Which way a part of an index is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "each name says it")]
pub enum Order {
    #[default]
    Ascending,
    Descending,
}

/// Where NULLs stand in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub enum Nulls {
    First,
    Last,
}

/// One part of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each name says it")]
pub enum IndexPart {
    Column {
        name: String,
        order: Order,
        /// `None` is the database's own choice.
        nulls: Option<Nulls>,
    },
    /// SQL, written as it is: `lower(email)`.
    Expression(String),
    /// The same without parentheses around it, which leaves room for more than an expression: `name text_pattern_ops`.
    Sql(String),
}

impl IndexPart {
    /// A column, the greatest value first.
    #[must_use]
    pub fn descending(name: impl Into<String>) -> Self {
        IndexPart::Column { name: name.into(), order: Order::Descending, nulls: None }
    }

    /// A column sorted this way, with its NULLs at this end.
    #[must_use]
    pub fn ordered(name: impl Into<String>, order: Order, nulls: Nulls) -> Self {
        IndexPart::Column { name: name.into(), order, nulls: Some(nulls) }
    }

    /// An expression: SQL, written as it is.
    #[must_use]
    pub fn expression(sql: impl Into<String>) -> Self {
        IndexPart::Expression(sql.into())
    }

    /// A part in the database's own language, written as it is, without parentheses around it: `name text_pattern_ops`.
    #[must_use]
    pub fn sql(sql: impl Into<String>) -> Self {
        IndexPart::Sql(sql.into())
    }

    /// Does it want NULLs elsewhere than where the least value stands?
    pub(crate) fn turns_nulls(&self) -> bool {
        matches!(
            self,
            IndexPart::Column { order: Order::Ascending, nulls: Some(Nulls::Last), .. }
                | IndexPart::Column { order: Order::Descending, nulls: Some(Nulls::First), .. }
        )
    }

    fn text(&self) -> &str {
        match self {
            IndexPart::Column { name, .. } => name,
            IndexPart::Expression(sql) | IndexPart::Sql(sql) => sql,
        }
    }
}

impl From<&str> for IndexPart {
    fn from(name: &str) -> Self {
        IndexPart::Column { name: name.into(), order: Order::Ascending, nulls: None }
    }
}

impl From<String> for IndexPart {
    fn from(name: String) -> Self {
        IndexPart::Column { name, order: Order::Ascending, nulls: None }
    }
}

/// An index.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Index {
    /// The table.
    pub table: TableName,
    /// Its name.
    pub name: String,
    /// What it sorts by. Empty only where an index is dropped by its name alone.
    pub parts: Vec<IndexPart>,
    /// May no two rows have the same values?
    pub unique: bool,
    /// Only rows that meet this are in it: SQL, written as it is.
    pub condition: Option<String>,
    /// Columns that it carries along without sorting by them.
    pub include: Vec<String>,
    /// The method, in the database's own word: `gin`.
    pub using: Option<String>,
    /// Are two NULLs different, as SQL has it? `Some(false)`: they are the same, so only one row may have it.
    pub nulls_distinct: Option<bool>,
    /// Is it made, or dropped, without blocking writers? Cannot stand in a transaction.
    pub concurrently: bool,
    /// On the table alone, not on its partitions.
    pub only: bool,
    /// SQL between the columns and the condition, written as it is: `WITH (fillfactor = 70)`.
    pub options: Option<String>,
    /// A remark that the database keeps.
    pub comment: Option<String>,
}

impl Index {
    /// An index on these parts, named after them.
    #[must_use]
    pub fn new(table: impl Into<TableName>, parts: Vec<IndexPart>) -> Self {
        let table = table.into();
        let name = name::of_index(&table.name, parts.iter().map(IndexPart::text));
        Index {
            table,
            name,
            parts,
            unique: false,
            condition: None,
            include: Vec::new(),
            using: None,
            nulls_distinct: None,
            concurrently: false,
            only: false,
            options: None,
            comment: None,
        }
    }

    pub(super) fn check(&self) -> Result<()> {
        let refuse = |reason| Err(DdlError::Index { index: self.name.clone(), reason }.into());
        match self {
            Index { parts, .. } if parts.is_empty() => refuse("it names no column"),
            Index { nulls_distinct: Some(_), unique: false, .. } => refuse("`nulls_distinct` is for unique indexes"),
            _ => Ok(()),
        }
    }

    pub(super) fn collect_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        self.table.collect_names(names);
        names.push(&self.name);
        names.extend(self.include.iter().map(String::as_str));
        names.extend(self.parts.iter().filter_map(|part| match part {
            IndexPart::Column { name, .. } => Some(name.as_str()),
            IndexPart::Expression(_) | IndexPart::Sql(_) => None,
        }));
    }

    pub(super) fn describe(&self, verb: &str) -> String {
        let unique = if self.unique { "unique " } else { "" };
        format!("{verb} {unique}index `{}`", self.name)
    }
}

/// A new index.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each name says it")]
pub struct CreateIndex {
    pub index: Index,
    /// Leave an index of this name alone that is there already.
    pub if_not_exists: bool,
}

/// An index that goes.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each name says it")]
pub struct DropIndex {
    pub index: Index,
    /// Do nothing where there is none.
    pub if_exists: bool,
    /// Drop what depends on it, too.
    pub cascade: bool,
}

impl CreateIndex {
    pub(super) fn reverse(&self) -> DropIndex {
        DropIndex { index: self.index.clone(), if_exists: self.if_not_exists, cascade: false }
    }
}

impl DropIndex {
    pub(super) fn reverse(&self) -> Result<CreateIndex> {
        match self.index.parts.is_empty() {
            false => Ok(CreateIndex { index: self.index.clone(), if_not_exists: self.if_exists }),
            true => irreversible(self.index.describe("drop"), Some("name its columns: `drop_index(table, [columns])`")),
        }
    }
}
