//! Tables, and the names that they and their columns go by.

use sea_query::{Alias, DynIden, Expr, IntoIden, TableRef};

use crate::query::{At, Statement};
use crate::schema::SchemaMeta;

/// A query that encloses what is being written, or is it.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    pub(super) statement: &'a Statement,
    /// How many queries enclose it in the text.
    pub(super) depth: usize,
}

impl Scope<'_> {
    /// What the source of this number is called: the first letter of its table, its number, and an `s` for each query around it.
    pub(super) fn alias(&self, binding: usize) -> DynIden {
        let letter = self.statement.source(binding).and_then(|source| source.table.chars().find(char::is_ascii_alphabetic)).unwrap_or('t');
        Alias::new(format!("{}{}{binding}", "s".repeat(self.depth), letter.to_ascii_lowercase())).into_iden()
    }

    /// A table under its alias.
    pub(super) fn table(&self, binding: usize, source: &SchemaMeta) -> TableRef {
        match &self.statement.prefix {
            Some(prefix) => TableRef::from((Alias::new(prefix.to_string()), Alias::new(source.table))),
            None => TableRef::from(Alias::new(source.table)),
        }
        .alias(self.alias(binding))
    }

    /// A column under the alias of its table.
    pub(super) fn column(&self, binding: usize, field: u16) -> Option<Expr> {
        let field = self.statement.source(binding)?.fields.get(usize::from(field))?;
        Some(Expr::col((self.alias(binding), Alias::new(field.column))))
    }
}

/// The scope that a column belongs to: the one of its level.
pub(super) fn find<'s, 'a>(scopes: &'s [Scope<'a>], at: At) -> Option<&'s Scope<'a>> {
    scopes.iter().rev().find(|scope| scope.statement.level == at.level())
}
