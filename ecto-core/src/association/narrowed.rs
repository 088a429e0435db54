//! Some of the rows of an association, for a join.

use std::fmt;

use crate::query::{Columns, IntoPredicate, JoinPath, JoinPlace, JoinTarget, Op, Token};
use crate::types::NotNull;

/// What [`Assoc::filter`](super::Assoc::filter) makes of an association.
pub struct Narrowed<A, F> {
    association: A,
    condition: F,
}

impl<A, F> Narrowed<A, F> {
    pub(super) fn new(association: A, condition: F) -> Self {
        Narrowed { association, condition }
    }
}

#[diagnostic::do_not_recommend]
impl<A, F, P> JoinTarget for Narrowed<A, F>
where
    A: JoinTarget,
    F: FnOnce(<A::Target as Columns>::Cols<NotNull>) -> P,
    P: IntoPredicate,
{
    type Target = A::Target;

    fn __join(self, place: JoinPlace) -> JoinPath {
        let mut path = self.association.__join(place);
        let condition = (self.condition)(A::Target::cols(place.at)).into_predicate();
        path.on.append(condition.into_raw());
        path.on.push(Token::new(Op::And));
        path
    }
}

impl<A: fmt::Debug, F> fmt::Debug for Narrowed<A, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}.filter(..)", self.association)
    }
}
