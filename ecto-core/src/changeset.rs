//! How a row may change, and why a change was refused.
//!
//! A [`Changeset`] holds what a user sent, what of it would change in a row, and what is wrong with it. Casting turns input into typed
//! changes, validations look at the changes, constraints name what only the database can check. Bad input is data
//! ([`FieldError`]), never an [`Error`]. Nothing here knows a query or a database: a repo takes a changeset and writes it.
//!
//! Behind the typed methods stands one state that knows fields by number; it is compiled once, not once for each schema.

mod apply;
mod cast;
mod change;
mod constraint;
mod display;
mod errors;
mod field_error;
mod fields;
mod form;
mod lock;
mod merge;
mod message;
mod params;
mod prepare;
mod state;
#[cfg(test)]
mod test_schema;
#[cfg(test)]
mod tests;
mod validate;
mod write_error;

use crate::error::Error;
use crate::schema::{Record, SchemaMeta};
use crate::types::Value;

pub use cast::{CastOptions, cast};
pub use change::FieldValue;
pub use constraint::{Constraint, ConstraintKind, ConstraintOptions, Match, constraint};
pub use field_error::FieldError;
pub use fields::{Assign, FieldList, FieldName, Fields};
pub use lock::Version;
pub use message::{Message, message};
pub use params::Params;
pub use validate::{Choice, Count, Format, Length, Measurable, Number, Numeric, Textual, format, length, number};
pub use write_error::WriteError;

pub(crate) use constraint::{blank_field, matching};
pub(crate) use prepare::Prepare;
use state::State;

/// The changes to one row, new or existing.
///
/// Built by value: each method takes the changeset and gives it back. A changeset of a **new row** ([`Changeset::new`]) has no struct
/// behind it; one of an **existing row** (`Changeset::from(user)`, or `user.into()`) has. Which of the two it is, is the
/// changeset's own knowledge.
#[must_use = "a changeset changes nothing by itself: give it to a repo, or `apply` it"]
pub struct Changeset<S> {
    data: Option<S>,
    state: State,
    prepare: Vec<Prepare<S>>,
}

/// What is about to be done with a changeset, or was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// A new row.
    Insert,
    /// New values in an existing row.
    Update,
    /// The row goes away.
    Delete,
    /// Nothing is written: a form shows its errors while it is filled in.
    Validate,
}

impl Action {
    /// What texts call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Action::Insert => "insert",
            Action::Update => "update",
            Action::Delete => "delete",
            Action::Validate => "validate",
        }
    }
}

impl<S: Record> Changeset<S> {
    /// A row to be: no value stands behind it, so the struct needs no `Default`.
    pub fn new() -> Self {
        Changeset { data: None, state: State::new(S::META), prepare: Vec::new() }
    }

    /// A value to insert as it is.
    ///
    /// Every field is a change, except `None` (the database's own default applies, as for a field that is absent) and
    /// generated fields that were never filled in: a key of `0`, an empty key, a nil UUID, a timestamp at the epoch. A generated field
    /// with any other value keeps it, so a copy of a row that was read has the key of that row:
    /// [`delete_change`](Changeset::delete_change) of the key makes it a new row. Associations are not written.
    pub fn insert(value: S) -> Self {
        let mut changeset = Changeset::new();
        changeset.state.take_all(&value);
        changeset
    }

    /// Is it a new row?
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.data.is_none()
    }

    /// The row as it was before the changes; `None` of a new row.
    #[must_use]
    pub fn data(&self) -> Option<&S> {
        self.data.as_ref()
    }

    /// The row as it was before the changes, by value.
    #[must_use]
    pub fn into_data(self) -> Option<S> {
        self.data
    }

    /// What would change: numbers of fields (see [`SchemaMeta::fields`]) and their new values, in the order in which they were first changed.
    #[must_use]
    pub fn changes(&self) -> &[(u16, Value)] {
        &self.state.changes
    }

    /// What was cast, all casts together; `None` if nothing was.
    #[must_use]
    pub fn params(&self) -> Option<&Params> {
        self.state.params.as_ref()
    }

    /// May it be written? No error was found, and the params were a map.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.state.is_valid()
    }

    /// What was tried with it, or is about to be.
    #[must_use]
    pub fn action(&self) -> Option<Action> {
        self.state.action
    }

    /// Says what is about to be done with it.
    pub fn set_action(mut self, action: Action) -> Self {
        self.state.action = Some(action);
        self
    }

    /// A mistake in the code that built this changeset, such as a pattern that is no regular expression. It makes the changeset invalid, and
    /// writing it is an error of the database's channel, because no user can correct it.
    #[must_use]
    pub fn mistake(&self) -> Option<Error> {
        self.state.mistake().cloned().map(Error::from)
    }

    /// The reflection of the schema.
    #[must_use]
    pub fn meta(&self) -> &'static SchemaMeta {
        self.state.meta
    }

    /// The constraints that were declared, in their order.
    #[must_use]
    pub fn constraints(&self) -> &[Constraint] {
        &self.state.constraints
    }
}

/// For the repo.
impl<S: Record> Changeset<S> {
    /// What the row must still hold to be written, beside its key.
    pub(crate) fn filters(&self) -> &[(u16, Value)] {
        self.state.rare().map_or(&[], |rare| &rare.filters)
    }

    /// Takes the row out, of a changeset that has been written.
    pub(crate) fn take_data(&mut self) -> Option<S> {
        self.data.take()
    }

    /// Takes the changes out, of a changeset that has been written.
    pub(crate) fn take_changes(&mut self) -> impl Iterator<Item = (u16, Value)> {
        self.state.changes.drain(..)
    }

    /// Adds to [`filters`](Changeset::filters).
    pub(crate) fn add_filter(&mut self, field: u16, value: Value) {
        self.state.rare_mut().filters.push((field, value));
    }

    /// Sets a change of the machinery's own: a generated key, a timestamp.
    pub(crate) fn put_value(&mut self, field: u16, value: Value) {
        self.state.record(field, value);
    }

    /// `can't be blank` on what an insert may not leave out.
    pub(crate) fn require_present(&mut self) {
        self.state.require_present();
    }

    /// Turns a violation of a declared constraint into an error of its field.
    pub(crate) fn add_constraint_error(&mut self, violated: &Constraint, database_name: Option<&str>) {
        let error = violated.field_error(self.state.meta, database_name);
        self.state.add_error(error);
    }

    /// `can't be blank` on a field that the database found NULL.
    pub(crate) fn add_blank_error(&mut self, field: u16) {
        let error = FieldError::required(self.state.field(field).name);
        self.state.add_error(error);
    }
}

impl<S: Record> Default for Changeset<S> {
    fn default() -> Self {
        Changeset::new()
    }
}

/// An existing row, with nothing changed yet.
#[diagnostic::do_not_recommend]
impl<S: Record> From<S> for Changeset<S> {
    fn from(data: S) -> Self {
        Changeset { data: Some(data), state: State::new(S::META), prepare: Vec::new() }
    }
}

/// An existing row, with nothing changed yet.
#[diagnostic::do_not_recommend]
impl<S: Record + Clone> From<&S> for Changeset<S> {
    fn from(data: &S) -> Self {
        data.clone().into()
    }
}

impl<S: Clone> Clone for Changeset<S> {
    fn clone(&self) -> Self {
        Changeset { data: self.data.clone(), state: self.state.clone(), prepare: self.prepare.clone() }
    }
}
