//! The methods that declare constraints on a changeset. Nothing is derived or allocated here: the usual name of a constraint is made when it is compared.

use std::borrow::Cow;

use super::{Constraint, ConstraintKind, ConstraintOptions, constraint};
use crate::changeset::{Changeset, Fields, fields};
use crate::schema::{Record, ReferredBy, RefersBy};

impl<S: Record> Changeset<S> {
    /// These fields together are unique: a violation of `<table>_<columns>_index` becomes `has already been taken` on the first of them.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let changeset = Changeset::from(al).put_change(User::email, "bo@example.com").unique_constraint(User::email);
    /// assert_eq!(changeset.constraints()[0].name(changeset.meta()), "users_email_index");
    /// ```
    #[inline]
    pub fn unique_constraint(self, fields: impl Fields<S>) -> Self {
        self.declare(Constraint::new(ConstraintKind::Unique, &fields::list(&fields)))
    }

    /// The same, with another name or message.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let options = constraint().name("users_email_key").message("is in use");
    /// let changeset = Changeset::from(al).unique_constraint_with(User::email, options);
    /// assert_eq!(changeset.constraints()[0].name(changeset.meta()), "users_email_key");
    /// ```
    #[inline]
    pub fn unique_constraint_with(self, fields: impl Fields<S>, options: ConstraintOptions) -> Self {
        self.declare(Constraint::new(ConstraintKind::Unique, &fields::list(&fields)).with(options))
    }

    /// The row that this field refers to exists: a violation of `<table>_<column>_fkey` becomes `does not exist`.
    #[inline]
    pub fn foreign_key_constraint(self, fields: impl Fields<S>) -> Self {
        self.declare(Constraint::new(ConstraintKind::Foreign, &fields::list(&fields)))
    }

    /// The same, with another name or message.
    #[inline]
    pub fn foreign_key_constraint_with(self, fields: impl Fields<S>, options: ConstraintOptions) -> Self {
        self.declare(Constraint::new(ConstraintKind::Foreign, &fields::list(&fields)).with(options))
    }

    /// The check of this name holds; a violation becomes `is invalid` on the field.
    #[inline]
    pub fn check_constraint(self, fields: impl Fields<S>, name: impl Into<Cow<'static, str>>) -> Self {
        self.check_constraint_with(fields, constraint().name(name))
    }

    /// The same, with another message. The options must name the constraint: a check has no usual name.
    #[inline]
    pub fn check_constraint_with(self, fields: impl Fields<S>, options: ConstraintOptions) -> Self {
        self.declare(Constraint::new(ConstraintKind::Check, &fields::list(&fields)).with(options))
    }

    /// No other row excludes this one: a violation of `<table>_<columns>_exclusion` becomes `violates an exclusion constraint`.
    #[inline]
    pub fn exclusion_constraint(self, fields: impl Fields<S>) -> Self {
        self.declare(Constraint::new(ConstraintKind::Exclusion, &fields::list(&fields)))
    }

    /// The same, with another name or message.
    #[inline]
    pub fn exclusion_constraint_with(self, fields: impl Fields<S>, options: ConstraintOptions) -> Self {
        self.declare(Constraint::new(ConstraintKind::Exclusion, &fields::list(&fields)).with(options))
    }

    /// The row that a `belongs_to` refers to exists: as [`foreign_key_constraint`](Changeset::foreign_key_constraint), but the error stands under the
    /// association.
    #[inline]
    pub fn assoc_constraint(self, association: impl RefersBy<S>) -> Self {
        self.declare_relation(ConstraintKind::Assoc, association.__relation(), None)
    }

    /// The same, with another name or message.
    #[inline]
    pub fn assoc_constraint_with(self, association: impl RefersBy<S>, options: ConstraintOptions) -> Self {
        self.declare_relation(ConstraintKind::Assoc, association.__relation(), Some(options))
    }

    /// No row refers to this one by a `has_one` or `has_many`: what a deletion violates, `<their table>_<their column>_fkey`, becomes `is still associated with this
    /// entry` or `are still ..` under the association.
    #[inline]
    pub fn no_assoc_constraint(self, association: impl ReferredBy<S>) -> Self {
        self.declare_relation(ConstraintKind::NoAssoc, association.__relation(), None)
    }

    /// The same, with another name or message.
    #[inline]
    pub fn no_assoc_constraint_with(self, association: impl ReferredBy<S>, options: ConstraintOptions) -> Self {
        self.declare_relation(ConstraintKind::NoAssoc, association.__relation(), Some(options))
    }

    fn declare_relation(self, kind: ConstraintKind, name: &str, options: Option<ConstraintOptions>) -> Self {
        // OK because the derives make one entry for each association; a constant by hand that has none declares nothing.
        let Some(relation) = S::META.relations.iter().find(|relation| relation.name == name) else { return self };
        let constraint = Constraint::of_relation(kind, relation);
        self.declare(if let Some(options) = options { constraint.with(options) } else { constraint })
    }

    #[inline]
    fn declare(mut self, constraint: Constraint) -> Self {
        self.state.constraints.push(constraint);
        self
    }
}
