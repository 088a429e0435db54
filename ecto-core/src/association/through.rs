//! What the derive asks of the steps of a `through`: that each follows from the one before, and that they lead where the field says.

use std::marker::PhantomData;

use super::Association;
use crate::schema::{Record, Relation};

/// Where the steps have led so far.
#[derive(Debug)]
pub struct Chain<T>(PhantomData<T>);

impl<T> Chain<T> {
    /// Nowhere yet.
    #[must_use]
    pub const fn new() -> Self {
        Chain(PhantomData)
    }

    /// One step further.
    #[must_use]
    pub fn step<A: Association>(self, _step: A) -> Chain<A::Target>
    where
        A::Owner: Follows<T>,
    {
        Chain(PhantomData)
    }

    /// That was the last one.
    pub fn ends<U>(self)
    where
        T: LeadsTo<U>,
    {
    }
}

impl<T> Default for Chain<T> {
    fn default() -> Self {
        Chain::new()
    }
}

/// An association is one of the schema that the step before leads to.
#[diagnostic::on_unimplemented(
    message = "this association belongs to `{Self}`, but the step before it leads to `{T}`",
    label = "expected an association of `{T}`"
)]
pub trait Follows<T> {}
#[diagnostic::do_not_recommend]
impl<T> Follows<T> for T {}

/// The last step leads to what the field holds.
#[diagnostic::on_unimplemented(message = "the steps lead to `{Self}`, but the field holds `{T}`", label = "expected a field of `{Self}`")]
pub trait LeadsTo<T> {}
#[diagnostic::do_not_recommend]
impl<T> LeadsTo<T> for T {}

/// A step as data.
#[must_use]
pub fn relation_of<A: Association>(association: A) -> &'static Relation
where
    A::Owner: Record,
{
    association.__relation()
}
