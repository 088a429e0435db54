//! What a query reads from: one schema, or a tuple of them as joins add up.
//!
//! A closure of a query receives the *bindings* of its sources: one handle per source, whose fields are the columns.
//! A source that an outer join may leave empty is [`Maybe`], and every column of its handle is an `Option` by type.

use std::marker::PhantomData;

use super::{At, Col, Select};
use crate::schema::Record;
use crate::types::{FromRow, NotNull, Null, Nullability, SqlType};

/// A [`Record`] that a query can read from: it has a handle whose fields are its columns. Derived with `Schema`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a schema",
    label = "expected a struct with `#[derive(Schema)]`",
    note = "add `#[derive(Schema)] #[schema(table = \"..\")]` to `{Self}`"
)]
pub trait Columns: Record + FromRow {
    /// The handle: `UserCols`.
    type Cols<N: Nullability>: Handle<Record = Self, Null = N> + Select<Out = N::Row<Self>>;

    /// The handle of one source of one query.
    fn cols<N: Nullability>(at: At) -> Self::Cols<N>;
}

/// The handle of a source, whose fields are its columns. Derived with `Schema`.
pub trait Handle: Copy {
    /// Whose columns it has.
    type Record: Columns;
    /// Whether a row of the source may be missing.
    type Null: Nullability;
    #[doc(hidden)]
    fn __at(self) -> At;
}

/// A source that an outer join may leave empty.
pub struct Maybe<T>(PhantomData<T>);

/// One source: a schema, or [`Maybe`] one.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be a source of a query", label = "expected a schema, or `Maybe<schema>`")]
pub trait Source: 'static {
    /// Whose columns it has.
    type Record: Columns;
    /// Whether a row of it may be missing.
    type Null: Nullability;
    /// The same, but perhaps missing.
    type AsMaybe: Source<Record = Self::Record>;
}

#[diagnostic::do_not_recommend]
impl<T: Columns> Source for T {
    type Record = T;
    type Null = NotNull;
    type AsMaybe = Maybe<T>;
}

#[diagnostic::do_not_recommend]
impl<T: Columns> Source for Maybe<T> {
    type Record = T;
    type Null = Null;
    type AsMaybe = Maybe<T>;
}

/// The handle of a source.
pub type ColsOf<S> = <<S as Source>::Record as Columns>::Cols<<S as Source>::Null>;

/// The type of a column of type `T` in the handle of a source: [`Nullability::Of`], written without a bound on `T`, so that a
/// field that is no column is one error and not two.
#[doc(hidden)]
pub type ColOf<T, N> = Col<<<<T as SqlType>::Null as Nullability>::Or<N> as Nullability>::Of<<T as SqlType>::Base>>;

/// The sources of a query: one, or a tuple of two to eight.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of query sources",
    label = "expected a schema, or a tuple of up to 8 schemas and `Maybe<schema>`s"
)]
pub trait Sources: 'static {
    /// The schema that the query began with.
    type Root: Columns;
    /// What closures receive.
    type Bindings: Copy;
    /// The same, with every source perhaps missing: what a right or full join leaves.
    type AsMaybe: Sources<Root = Self::Root>;
    /// How many there are.
    const COUNT: u8;

    /// The handles, from the place of the root.
    fn bindings(root: At) -> Self::Bindings;

    /// The handle of the root, as functions generic over the joins receive it.
    #[inline]
    fn root(root: At) -> <Self::Root as Columns>::Cols<NotNull> {
        Self::Root::cols::<NotNull>(root)
    }
}

/// Sources to which `X` can be added.
#[diagnostic::on_unimplemented(message = "a query cannot have more than 8 sources", label = "one join too many")]
pub trait Push<X: Source>: Sources {
    /// The sources with `X` behind them.
    type Out: Sources<Root = Self::Root>;
}

/// Never implemented: what would have to hold for a ninth source.
pub trait NinthSource {}

/// What a row of a query is when its root may be missing: what a right or full join leaves of a row that was not selected.
#[diagnostic::on_unimplemented(
    message = "`{Self}` was selected before a right or full join, after which `{Root}` may be missing",
    label = "put `.select(..)` behind this join"
)]
pub trait Outer<Root> {
    /// An `Option` of the root.
    type Out;
}

/// [`Outer`] as a question about the joined source, which a method call knows last: asked of what the query selects, it would let the compiler say
/// that there is no such method.
#[doc(hidden)]
pub trait Beside<O, Root> {
    type Out;
}

impl<X, Root, O: Outer<Root>> Beside<O, Root> for X {
    type Out = O::Out;
}

#[diagnostic::do_not_recommend]
impl<T: Columns> Outer<T> for T {
    type Out = Option<T>;
}

#[diagnostic::do_not_recommend]
impl<T: Columns> Outer<T> for Option<T> {
    type Out = Option<T>;
}

#[diagnostic::do_not_recommend]
impl<T: Columns> Sources for T {
    type Root = T;
    type Bindings = T::Cols<NotNull>;
    type AsMaybe = Maybe<T>;
    const COUNT: u8 = 1;

    #[inline]
    fn bindings(root: At) -> Self::Bindings {
        T::cols(root)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Columns> Sources for Maybe<T> {
    type Root = T;
    type Bindings = T::Cols<Null>;
    type AsMaybe = Maybe<T>;
    const COUNT: u8 = 1;

    #[inline]
    fn bindings(root: At) -> Self::Bindings {
        T::cols(root)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Columns, X: Source> Push<X> for T {
    type Out = (T, X);
}

#[diagnostic::do_not_recommend]
impl<T: Columns, X: Source> Push<X> for Maybe<T> {
    type Out = (Maybe<T>, X);
}

macro_rules! tuple_sources {
    ($count:literal; $root:ident $($source:ident $at:literal),*) => {
        #[diagnostic::do_not_recommend]
        impl<$root: Source, $($source: Source),*> Sources for ($root, $($source),*) {
            type Root = $root::Record;
            type Bindings = (ColsOf<$root>, $(ColsOf<$source>),*);
            type AsMaybe = ($root::AsMaybe, $($source::AsMaybe),*);
            const COUNT: u8 = $count;

            #[inline]
            fn bindings(root: At) -> Self::Bindings {
                ($root::Record::cols(root), $($source::Record::cols(root.sibling($at))),*)
            }
        }
    };
}
tuple_sources!(2; A B 1);
tuple_sources!(3; A B 1, C 2);
tuple_sources!(4; A B 1, C 2, D 3);
tuple_sources!(5; A B 1, C 2, D 3, E 4);
tuple_sources!(6; A B 1, C 2, D 3, E 4, F 5);
tuple_sources!(7; A B 1, C 2, D 3, E 4, F 5, G 6);
tuple_sources!(8; A B 1, C 2, D 3, E 4, F 5, G 6, H 7);

macro_rules! tuple_push {
    ($($source:ident),*) => {
        #[diagnostic::do_not_recommend]
        impl<$($source: Source,)* X: Source> Push<X> for ($($source,)*) {
            type Out = ($($source,)* X);
        }
    };
}
tuple_push!(A, B);
tuple_push!(A, B, C);
tuple_push!(A, B, C, D);
tuple_push!(A, B, C, D, E);
tuple_push!(A, B, C, D, E, F);
tuple_push!(A, B, C, D, E, F, G);

/// Eight sources: a ninth is refused here and not by the lack of an impl, for which the compiler would say that there is no method `join`.
macro_rules! full {
    ($($source:ident),*) => {
        #[diagnostic::do_not_recommend]
        impl<$($source,)* X: Source> Push<X> for ($($source,)*)
        where
            Self: Sources,
            X: NinthSource,
        {
            type Out = Self;
        }
    };
}
full!(A, B, C, D, E, F, G, H);
