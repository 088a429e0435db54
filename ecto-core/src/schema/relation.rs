//! Associations as data: what is tied to what, by which fields. How they are queried stands in `association`.

use super::SchemaMeta;

/// One association of a schema.
#[derive(Debug)]
pub struct Relation {
    /// The name of the field.
    pub name: &'static str,
    /// Which of the kinds.
    pub kind: RelationKind,
    /// The schema at the other end. A function, because two schemas may refer to each other.
    pub target: fn() -> &'static SchemaMeta,
    /// The number of the field of the owner that ties them.
    pub owner_key: u16,
    /// The number of the field of the target that ties them. A function, for the same reason.
    pub related_key: fn() -> u16,
}

/// Who holds the foreign key, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RelationKind {
    /// The owner holds the key of one target.
    BelongsTo,
    /// One target holds the key of the owner.
    HasOne,
    /// Any number of targets hold the key of the owner.
    HasMany,
}

/// An association by which `S` refers to a row: a `belongs_to`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an association by which `{S}` refers to a row",
    label = "expected a `belongs_to` of `{S}`",
    note = "`no_assoc_constraint` is the one for `has_one` and `has_many`"
)]
pub trait RefersBy<S> {
    #[doc(hidden)]
    fn __relation(&self) -> &'static str;
}

/// An association by which rows refer to `S`: a `has_one` or a `has_many`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an association by which rows refer to `{S}`",
    label = "expected a `has_one` or a `has_many` of `{S}`",
    note = "`assoc_constraint` is the one for `belongs_to`"
)]
pub trait ReferredBy<S> {
    #[doc(hidden)]
    fn __relation(&self) -> &'static str;
}
