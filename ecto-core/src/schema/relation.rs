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
