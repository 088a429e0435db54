//! Which declared constraint a database objected by: by name where it says one, else by columns.

use super::{Constraint, ConstraintKind, Match};
use crate::error::{Violation, ViolationKind};
use crate::schema::SchemaMeta;

/// Which of the declared constraints a database objected by: by name where it says one, else by columns.
///
/// A database that names columns only (SQLite, of a unique index) cannot tell that a declaration of one field with a name of its own means an index of more
/// columns, so such a declaration also matches by some of them, after all that match in full.
pub(crate) fn matching<'a>(declared: &'a [Constraint], violation: &Violation, meta: &SchemaMeta) -> Option<&'a Constraint> {
    let candidates = || declared.iter().filter(|constraint| constraint.is_of(violation.kind));
    if let Some(name) = &violation.name {
        return candidates().find(|constraint| constraint.has_name(name, meta));
    }
    candidates()
        .find(|constraint| constraint.has_columns(violation, meta))
        .or_else(|| candidates().find(|constraint| constraint.is_named() && constraint.has_some_columns(violation, meta)))
}

/// The field that a database found NULL where it must not be: needs no declaration.
pub(crate) fn blank_field(violation: &Violation, meta: &SchemaMeta) -> Option<u16> {
    let of_this_table = violation.table.as_deref().is_none_or(|table| table == meta.table);
    let column = violation.columns.first().filter(|_| violation.kind == ViolationKind::NotNull && of_this_table)?;
    meta.columns().find(|field| meta.fields[usize::from(*field)].column == column.as_str())
}

impl Constraint {
    fn is_of(&self, kind: ViolationKind) -> bool {
        kind == match self.kind {
            ConstraintKind::Unique => ViolationKind::Unique,
            ConstraintKind::Foreign | ConstraintKind::Assoc | ConstraintKind::NoAssoc => ViolationKind::ForeignKey,
            ConstraintKind::Check => ViolationKind::Check,
            ConstraintKind::Exclusion => ViolationKind::Exclusion,
        }
    }

    fn has_name(&self, found: &str, meta: &SchemaMeta) -> bool {
        let name = self.name(meta);
        match self.match_kind() {
            Match::Exact => found == name || (!self.is_named() && self.is_key(meta) && found.strip_suffix("_pkey") == Some(meta.table)),
            Match::Suffix => found.ends_with(&*name),
            Match::Prefix => found.starts_with(&*name),
        }
    }

    /// Are its fields the primary key, whose constraint has a name of its own?
    fn is_key(&self, meta: &SchemaMeta) -> bool {
        self.kind == ConstraintKind::Unique && self.fields.as_slice() == meta.key
    }

    /// Is it about exactly these columns, in any order?
    fn has_columns(&self, violation: &Violation, meta: &SchemaMeta) -> bool {
        let mine = self.columns(meta);
        violation.columns.len() == mine.len() && self.has_some_columns(violation, meta)
    }

    /// Is it about these columns or some of them?
    fn has_some_columns(&self, violation: &Violation, meta: &SchemaMeta) -> bool {
        let mine = self.columns(meta);
        violation.table.as_deref().is_none_or(|table| table == self.table(meta))
            && !mine.is_empty()
            && mine.iter().all(|column| violation.columns.iter().any(|found| found == column))
    }
}
