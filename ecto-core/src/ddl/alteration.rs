//! Changes to the columns of a table that is there.

use super::{Column, TableName, irreversible};
use crate::error::Result;

/// One thing about a column, written in the words of the database: what it shall be and, where that is known, what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields say it")]
pub struct ColumnChange {
    pub column: String,
    pub to: Facet,
    pub was: Option<Facet>,
}

/// What can be changed about a column by itself. The texts are SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields say it")]
pub enum Facet {
    Type {
        sql: String,
        /// The name of a collation, without quotes.
        collation: Option<String>,
        /// An expression that makes the new value from the old one.
        using: Option<String>,
    },
    /// May it be NULL?
    Null(bool),
    /// What it holds where a row does not say, if anything.
    Default(Option<String>),
}

impl ColumnChange {
    /// `None` if nobody knows what it was. Whether it may be NULL has only two answers, so that is known anyway.
    fn reverse(&self) -> Option<ColumnChange> {
        let to = match (&self.was, &self.to) {
            (Some(was), _) => was.clone(),
            (None, Facet::Null(null)) => Facet::Null(!null),
            (None, Facet::Type { .. } | Facet::Default(_)) => return None,
        };
        Some(ColumnChange { column: self.column.clone(), to, was: Some(self.to.clone()) })
    }

    fn collect_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        names.push(&self.column);
        for facet in std::iter::once(&self.to).chain(&self.was) {
            match facet {
                Facet::Type { collation, .. } => names.extend(collation.as_deref()),
                Facet::Null(_) | Facet::Default(_) => {}
            }
        }
    }
}

/// A change to one column of a table that is there.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields say it")]
#[expect(clippy::large_enum_variant, reason = "a migration has a handful of them, for a moment")]
pub enum Alteration {
    Add(Column),
    AddIfNotExists(Column),
    /// `to` says how the column shall be; `from`, where it is known, how it was.
    Modify {
        to: Column,
        from: Option<Column>,
    },
    Remove(Column),
    /// A column of which only the name is known.
    RemoveNamed(String),
    RemoveIfExists(String),
    /// One thing about a column, and nothing else of it.
    Set(ColumnChange),
    /// The remark on the table: what it shall be and, where that is known, what it was. An empty one is none.
    Comment {
        to: String,
        from: Option<String>,
    },
}

impl Alteration {
    /// The column as it shall be, where it is described.
    pub(crate) fn new_column(&self) -> Option<&Column> {
        match self {
            Alteration::Add(column) | Alteration::AddIfNotExists(column) | Alteration::Modify { to: column, .. } => Some(column),
            Alteration::Remove(_)
            | Alteration::RemoveNamed(_)
            | Alteration::RemoveIfExists(_)
            | Alteration::Set(_)
            | Alteration::Comment { .. } => None,
        }
    }

    fn reverse(&self, table: &TableName) -> Result<Alteration> {
        let refuse = |remedy: Option<&'static str>| irreversible(format!("{} of table `{table}`", self.describe()), remedy);
        match self {
            Alteration::Add(column) => Ok(Alteration::Remove(column.clone())),
            Alteration::Remove(column) => Ok(Alteration::Add(column.clone())),
            Alteration::Modify { to, from: Some(from) } => Ok(Alteration::Modify { to: from.clone(), from: Some(to.clone()) }),
            Alteration::Modify { from: None, .. } => refuse(Some("say what it was: `t.modify(..).from(Type::..)`")),
            Alteration::Comment { to, from: Some(from) } => Ok(Alteration::Comment { to: from.clone(), from: Some(to.clone()) }),
            Alteration::Comment { from: None, .. } => refuse(Some("say what it was: `t.change_comment(from, to)`")),
            Alteration::RemoveNamed(_) => refuse(Some("say its type: `t.remove_of(name, Type::..)`")),
            Alteration::AddIfNotExists(_) | Alteration::RemoveIfExists(_) => refuse(None),
            Alteration::Set(change) => match change.reverse() {
                Some(change) => Ok(Alteration::Set(change)),
                None => refuse(Some("say what it was: `ColumnChange::was`")),
            },
        }
    }

    pub(super) fn check(&self, table: &TableName) -> Result<()> {
        match self {
            Alteration::Add(column) | Alteration::AddIfNotExists(column) | Alteration::Remove(column) => {
                column.check(table).and_then(|()| column.check_added(table))
            }
            Alteration::Modify { to, from } if to.kind.is_serial() != from.as_ref().is_some_and(|from| from.kind.is_serial()) => {
                to.refuse(table, "a column cannot begin or cease to be counted up by `modify`")
            }
            Alteration::Modify { to, from } => {
                std::iter::once(to).chain(from).try_for_each(|column| column.check(table).and_then(|()| column.check_modify(table)))
            }
            Alteration::RemoveNamed(_) | Alteration::RemoveIfExists(_) | Alteration::Set(_) | Alteration::Comment { .. } => Ok(()),
        }
    }

    pub(super) fn collect_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Alteration::Add(column) | Alteration::AddIfNotExists(column) | Alteration::Remove(column) => column.collect_names(names),
            Alteration::Modify { to, from } => to.collect_names_with(from.as_ref(), names),
            Alteration::RemoveNamed(name) | Alteration::RemoveIfExists(name) => names.push(name),
            Alteration::Set(change) => change.collect_names(names),
            Alteration::Comment { .. } => {}
        }
    }

    /// The change in two words: ``add `email` ``.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Alteration::Add(column) | Alteration::AddIfNotExists(column) => format!("add `{}`", column.name),
            Alteration::Modify { to: Column { name, .. }, .. } | Alteration::Set(ColumnChange { column: name, .. }) => {
                format!("modify `{name}`")
            }
            Alteration::Remove(Column { name, .. }) | Alteration::RemoveNamed(name) | Alteration::RemoveIfExists(name) => {
                format!("remove `{name}`")
            }
            Alteration::Comment { .. } => "change its comment".into(),
        }
    }
}

pub(super) fn reverse(table: &TableName, alterations: &[Alteration]) -> Result<Vec<Alteration>> {
    alterations.iter().rev().map(|alteration| alteration.reverse(table)).collect()
}

impl Column {
    fn collect_names_with<'a>(&'a self, from: Option<&'a Column>, names: &mut Vec<&'a str>) {
        self.collect_names(names);
        if let Some(from) = from {
            from.collect_names(names);
        }
    }
}
