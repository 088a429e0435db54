//! An association as a field of a handle: what a join is told.

use std::fmt;
use std::marker::PhantomData;

use crate::query::{At, Columns, IntoPredicate, JoinTarget, Op, Predicate, Query, Raw, Token, level};
use crate::types::NotNull;

/// An association of one source of a query: `u.posts`.
pub struct Assoc<Owner, Target> {
    #[doc(hidden)]
    __at: At,
    #[doc(hidden)]
    __keys: (u16, u16),
    #[doc(hidden)]
    __ends: PhantomData<fn() -> (Owner, Target)>,
}

impl<Owner, Target> Assoc<Owner, Target> {
    /// Made by the derives: which source, and the fields of both ends that tie them.
    #[doc(hidden)]
    #[inline]
    #[must_use]
    pub const fn new(at: At, owner_key: u16, related_key: u16) -> Self {
        Assoc { __at: at, __keys: (owner_key, related_key), __ends: PhantomData }
    }
}

#[inline(never)]
fn on(owner: Token, related: Token) -> Raw {
    let mut raw = Raw::of(owner);
    raw.push(related);
    raw.push(Token::new(Op::Eq));
    raw
}

impl<Owner, Target: Columns> JoinTarget for Assoc<Owner, Target> {
    type Target = Target;

    #[inline]
    fn __on(self, at: At) -> Raw {
        on(Token::column(self.__at, self.__keys.0), Token::column(at, self.__keys.1))
    }
}

impl<Owner, Target: Columns> Assoc<Owner, Target> {
    /// The associated rows, as a correlated query: for `exists`, `scalar` and `in_query`.
    pub fn query(self) -> Query<Target> {
        Query::<Target>::new().filter(|_| Predicate::from_raw(self.__on(level::here())))
    }

    /// Is there an associated row for which this holds?
    pub fn any<P: IntoPredicate>(self, condition: impl FnOnce(Target::Cols<NotNull>) -> P) -> Predicate {
        self.query().filter(condition).exists()
    }
}

impl<Owner, Target> Clone for Assoc<Owner, Target> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Owner, Target> Copy for Assoc<Owner, Target> {}

impl<Owner, Target> fmt::Debug for Assoc<Owner, Target> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Assoc<{}, {}>", std::any::type_name::<Owner>(), std::any::type_name::<Target>())
    }
}
