//! Constraints as data: what only the database can check, and what to say when it objects.
//!
//! How they are declared stands in `declare`, how a violation finds its constraint in `matching`.

mod declare;
mod matching;

use std::borrow::Cow;

use smallvec::SmallVec;

use super::{FieldError, FieldList, Message};
use crate::schema::{Field, Relation, RelationKind, SchemaMeta};

pub(crate) use matching::{blank_field, matching};

/// Something that only the database can check, and what to say when it objects.
#[derive(Debug, Clone)]
pub struct Constraint {
    kind: ConstraintKind,
    fields: SmallVec<[u16; 2]>,
    relation: Option<&'static Relation>,
    /// Boxed, because few constraints have any and a changeset is moved often.
    options: Option<Box<ConstraintOptions>>,
}

/// Which kind of constraint, by what it says of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConstraintKind {
    /// No two rows have these values.
    Unique,
    /// The row that is referred to exists.
    Foreign,
    /// The same, said of the association.
    Assoc,
    /// No row of another table refers to this one.
    NoAssoc,
    /// A condition holds.
    Check,
    /// No two rows have values that exclude each other.
    Exclusion,
}

/// How the declared name is compared with the one that the database says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Match {
    /// They are the same.
    #[default]
    Exact,
    /// The database's name ends with the declared one.
    Suffix,
    /// The database's name begins with the declared one.
    Prefix,
}

/// How a constraint differs from the usual one. Made by [`constraint`].
#[derive(Debug, Clone, Default)]
pub struct ConstraintOptions {
    name: Option<Cow<'static, str>>,
    message: Option<Message>,
    match_kind: Match,
    error_field: Option<&'static str>,
}

/// Options for the `_with` methods that declare constraints: `constraint().name("users_email_key").message("is in use")`.
#[must_use]
pub fn constraint() -> ConstraintOptions {
    ConstraintOptions::default()
}

impl ConstraintOptions {
    /// Its name in the database, where it is not the usual one.
    #[must_use]
    pub fn name(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What to say, instead of the usual text.
    #[must_use]
    pub fn message(mut self, message: impl Into<Message>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// How the name is compared.
    #[must_use]
    pub fn match_by(mut self, match_kind: Match) -> Self {
        self.match_kind = match_kind;
        self
    }

    /// The field to blame, where it is not the first.
    #[must_use]
    pub fn error_on<S, T>(mut self, field: Field<S, T>) -> Self {
        self.error_field = Some(field.name());
        self
    }
}

impl Constraint {
    fn new(kind: ConstraintKind, fields: &FieldList) -> Self {
        Constraint { kind, fields: SmallVec::from_slice(fields), relation: None, options: None }
    }

    fn of_relation(kind: ConstraintKind, relation: &'static Relation) -> Self {
        Constraint { kind, fields: SmallVec::new(), relation: Some(relation), options: None }
    }

    fn with(mut self, options: ConstraintOptions) -> Self {
        self.options = Some(Box::new(options));
        self
    }

    /// Which kind.
    #[must_use]
    pub fn kind(&self) -> ConstraintKind {
        self.kind
    }

    /// The numbers of the fields it is about; none of an association.
    #[must_use]
    pub fn fields(&self) -> &[u16] {
        &self.fields
    }

    /// How the name is compared.
    #[must_use]
    pub fn match_kind(&self) -> Match {
        self.options.as_ref().map_or(Match::Exact, |options| options.match_kind)
    }

    /// Was it given a name?
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.explicit_name().is_some()
    }

    fn explicit_name(&self) -> Option<&str> {
        self.options.as_ref().and_then(|options| options.name.as_deref())
    }

    /// Its name in the database: the declared one, or the usual one for its table and columns (`users_email_index`, `posts_author_id_fkey`).
    #[must_use]
    pub fn name(&self, meta: &SchemaMeta) -> Cow<'_, str> {
        match self.explicit_name() {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(format!("{}_{}_{}", self.table(meta), self.columns(meta).join("_"), self.suffix())),
        }
    }

    fn suffix(&self) -> &'static str {
        match self.kind {
            ConstraintKind::Unique => "index",
            ConstraintKind::Foreign | ConstraintKind::Assoc | ConstraintKind::NoAssoc => "fkey",
            ConstraintKind::Check => "check",
            ConstraintKind::Exclusion => "exclusion",
        }
    }

    /// The table that holds it: for [`ConstraintKind::NoAssoc`], that of the other end.
    #[must_use]
    pub fn table(&self, meta: &SchemaMeta) -> &'static str {
        match (self.kind, self.relation) {
            (ConstraintKind::NoAssoc, Some(relation)) => (relation.first_hop().target)().table,
            _ => meta.table,
        }
    }

    /// The columns it is about, in the table that holds it.
    #[must_use]
    pub fn columns(&self, meta: &SchemaMeta) -> SmallVec<[&'static str; 2]> {
        let column = |meta: &SchemaMeta, field: u16| meta.fields[usize::from(field)].column;
        match (self.kind, self.relation) {
            (ConstraintKind::NoAssoc, Some(relation)) => {
                let hop = relation.first_hop();
                SmallVec::from_slice(&[column((hop.target)(), hop.to)])
            }
            (_, Some(relation)) => SmallVec::from_slice(&[column(meta, relation.first_hop().from)]),
            (_, None) => self.fields.iter().map(|field| column(meta, *field)).collect(),
        }
    }

    /// The field to blame: the declared one, else the association, else the first.
    #[must_use]
    pub fn error_field(&self, meta: &SchemaMeta) -> &'static str {
        let declared = self.options.as_ref().and_then(|options| options.error_field);
        let relation = self.relation.map(|relation| relation.name);
        let first = || self.fields.first().map_or("base", |field| meta.fields[usize::from(*field)].name);
        declared.or(relation).unwrap_or_else(first)
    }

    /// The error's code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            ConstraintKind::Unique => "unique",
            ConstraintKind::Foreign => "foreign",
            ConstraintKind::Assoc => "assoc",
            ConstraintKind::NoAssoc => "no_assoc",
            ConstraintKind::Check => "check",
            ConstraintKind::Exclusion => "exclusion",
        }
    }

    fn text(&self) -> &'static str {
        match self.kind {
            ConstraintKind::Unique => "has already been taken",
            ConstraintKind::Foreign | ConstraintKind::Assoc => "does not exist",
            ConstraintKind::NoAssoc if self.relation.is_some_and(|relation| relation.kind == RelationKind::HasOne) => {
                "is still associated with this entry"
            }
            ConstraintKind::NoAssoc => "are still associated with this entry",
            ConstraintKind::Check => "is invalid",
            ConstraintKind::Exclusion => "violates an exclusion constraint",
        }
    }

    /// What the field is told when the database objects.
    pub(crate) fn field_error(&self, meta: &SchemaMeta, database_name: Option<&str>) -> FieldError {
        let message = self.options.as_ref().and_then(|options| options.message.clone()).unwrap_or_else(|| self.text().into());
        let name = database_name.map_or_else(|| self.name(meta).into_owned(), str::to_owned);
        FieldError::new(self.error_field(meta), self.code(), message).with("constraint_name", name)
    }
}
