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
    pub fn step<A: StepFrom<T>>(self, _step: A) -> Chain<A::To>
    where
        A::Checked: Sized,
    {
        Chain(PhantomData)
    }
}

impl<T> Default for Chain<T> {
    fn default() -> Self {
        Chain::new()
    }
}

/// An association of the schema that the step before leads to.
#[diagnostic::on_unimplemented(
    message = "this step is `{Self}`, but the one before it leads to `{T}`",
    label = "expected an association of `{T}`"
)]
pub trait StepFrom<T> {
    /// Where it leads to.
    type To;
    /// Asked for so that a mistake is told in few lines: see `asked` in `query`.
    type Checked;
}
#[diagnostic::do_not_recommend]
impl<T, A: Association<Owner = T>> StepFrom<T> for A {
    type To = A::Target;
    type Checked = ();
}

/// A step as data.
#[must_use]
pub fn relation_of<A: Association>(association: A) -> &'static Relation
where
    A::Owner: Record,
{
    association.__relation()
}
