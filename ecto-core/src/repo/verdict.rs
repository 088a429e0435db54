//! What the database's refusal means to the one who wrote: an error of a field, or an error with the way out.

use crate::changeset::{Changeset, WriteError, blank_field, matching};
use crate::error::{Error, RepoError, Violation, ViolationKind};
use crate::schema::{Record, SchemaMeta};

/// The changeset with a field error, if the violated constraint was declared (or is NOT NULL, which needs no declaration); else the error.
pub(super) fn of<S: Record>(mut changeset: Changeset<S>, error: Error) -> WriteError<S> {
    let Some(violation) = error.violation() else { return error.into() };
    if let Some(field) = blank_field(violation, S::META) {
        changeset.add_blank_error(field);
        return changeset.into();
    }
    match matching(changeset.constraints(), violation, S::META).cloned() {
        Some(constraint) => {
            changeset.add_constraint_error(&constraint, violation.name.as_deref());
            changeset.into()
        }
        None => {
            let explained = undeclared(S::META, violation);
            explained.into_error(error).into()
        }
    }
}

/// C-71: names the constraint, and the call to add.
#[cold]
fn undeclared(meta: &SchemaMeta, violation: &Violation) -> RepoError {
    let call = match violation.kind {
        ViolationKind::Unique => "unique_constraint",
        ViolationKind::ForeignKey if violation.table.as_deref().is_some_and(|table| table != meta.table) => "no_assoc_constraint",
        ViolationKind::ForeignKey => "foreign_key_constraint",
        ViolationKind::Check => "check_constraint",
        ViolationKind::Exclusion => "exclusion_constraint",
        ViolationKind::NotNull => "validate_required",
    };
    let field = meta.fields.iter().find(|field| violation.columns.iter().any(|column| column == field.column));
    let example = match field {
        Some(field) => format!("`.{call}({}::{})`", meta.name, field.name),
        None => format!("`.{call}(..)`"),
    };
    RepoError::ConstraintNotDeclared { violation: violation.clone(), example }
}
