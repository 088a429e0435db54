//! Associations as data: what is tied to what, by which fields. How they are queried stands in `association`.

use smallvec::SmallVec;

use super::SchemaMeta;

/// One association of a schema.
#[derive(Debug)]
pub struct Relation {
    /// The name of the field.
    pub name: &'static str,
    /// Which of the kinds.
    pub kind: RelationKind,
    /// How its rows are reached.
    pub route: Route,
}

/// The way from a row to those that are associated with it.
#[derive(Debug)]
pub enum Route {
    /// From table to table: one hop where one end holds the key of the other, two by way of a table that holds both keys.
    Hops(&'static [Hop]),
    /// By associations, each of the schema that the one before leads to. Functions, because two schemas may refer to each other.
    Through(&'static [fn() -> &'static Relation]),
}

/// One step from a table to another, whose rows have an equal value.
#[derive(Debug, Clone, Copy)]
pub struct Hop {
    /// The number of the field that it starts from.
    pub from: u16,
    /// The table that it leads to. A function, because two schemas may refer to each other.
    pub target: fn() -> &'static SchemaMeta,
    /// The number of the field there.
    pub to: u16,
}

/// Every table on the way of an association, the last one being that of its rows.
pub type Hops = SmallVec<[Hop; 2]>;

impl Relation {
    /// Every hop of its way.
    #[must_use]
    pub fn hops(&self) -> Hops {
        let mut hops = Hops::new();
        self.push_hops(&mut hops);
        hops
    }

    fn push_hops(&self, to: &mut Hops) {
        match self.route {
            Route::Hops(hops) => to.extend_from_slice(hops),
            Route::Through(steps) => steps.iter().for_each(|step| step().push_hops(to)),
        }
    }

    /// The first hop: the field of the owner that ties them, and the table that holds the other end of that tie.
    #[must_use]
    pub fn first_hop(&self) -> Hop {
        match self.route {
            Route::Hops(hops) => hops[0],
            Route::Through(steps) => steps[0]().first_hop(),
        }
    }
}

/// Who holds the foreign key, and how many rows there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RelationKind {
    /// The owner holds the key of one target.
    BelongsTo,
    /// One target holds the key of the owner.
    HasOne,
    /// Any number of targets hold the key of the owner.
    HasMany,
    /// A table between the two holds the keys of both.
    ManyToMany,
    /// One row, by way of other associations; it is only read.
    HasOneThrough,
    /// Any number of rows, by way of other associations; they are only read.
    HasManyThrough,
}

/// An association by which `S` refers to a row: a `belongs_to`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an association by which `{S}` refers to a row",
    label = "expected a `belongs_to`; `no_assoc_constraint` is for the others"
)]
pub trait RefersBy<S> {
    #[doc(hidden)]
    fn __relation(&self) -> &'static str;
}

/// An association by which rows refer to `S`: a `has_one`, a `has_many` or a `many_to_many`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an association by which rows refer to `{S}`",
    label = "expected rows that refer to `{S}`; `assoc_constraint` is for `belongs_to`"
)]
pub trait ReferredBy<S> {
    #[doc(hidden)]
    fn __relation(&self) -> &'static str;
}
