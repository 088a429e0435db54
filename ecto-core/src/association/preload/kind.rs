//! What the kinds of associations do differently: whose rows they are, and where they go.

use std::sync::Arc;

use super::index::Places;
use super::{Branch, Found, JoinedBranch};
use crate::association::path::of_owners;
use crate::association::{BelongsToOf, HasManyOf, HasManyThroughOf, HasOneOf, HasOneThroughOf, ManyToManyOf, ReadKey};
use crate::error::Result;
use crate::query::{Attached, Columns, FillerOf, Fold, JoinedInto, Loading, Loads, Node, Preload, Query, Sources, Statement, Verb};
use crate::schema::{BelongsTo, HasMany, HasOne, Record, Relation};
use crate::types::{Nothing, Scalar, SqlType};

/// A kind of association, as a constant of its owner: `User::posts`. Sealed: its methods are for preloads alone.
#[allow(missing_docs, reason = "hidden")]
pub trait Association: Copy + Send + Sync + 'static {
    /// Whose constant it is.
    type Owner: Record;
    /// The schema at its other end.
    type Target: Columns;
    /// What ties them.
    type Key: Scalar;
    /// Is a row shared by all that refer to it?
    #[doc(hidden)]
    const SHARES: bool;

    #[doc(hidden)]
    fn __owner_key(self, owner: &Self::Owner) -> Option<&Self::Key>;
    /// None where the key stands in a table between the two, and is read beside the row.
    #[doc(hidden)]
    fn __related_key(self) -> Option<ReadKey<Self::Target, Self::Key>>;
    #[doc(hidden)]
    fn __relation(self) -> &'static Relation;
    /// Loaded, and free to be changed if that is needed?
    #[doc(hidden)]
    fn __is_loaded(self, owner: &mut Self::Owner, changes_rows: bool) -> bool;
    #[doc(hidden)]
    fn __rows_mut(self, owner: &mut Self::Owner) -> &mut [Self::Target];
    #[doc(hidden)]
    fn __fill(self, owners: &mut [&mut Self::Owner], places: &Places, found: Found<Self::Target>);
}

/// Methods of every kind. They are written once and outside of any macro, because a compile error shows where its bound stands, and where it stands in
/// a macro shows that too.
macro_rules! methods {
    ($methods:tt $($name:ident),*) => {$(
        methods!(@ $methods $name);
    )*};
    (@ { $($method:tt)* } $name:ident) => {
        impl<Owner: Record, Target: Columns, Key: Scalar> $name<Owner, Target, Key> {
            $($method)*
        }
    };
}
methods!(
    {
        /// Loads associations of the loaded rows, too.
        pub fn then<P: Loads<Target> + 'static>(self, preload: P) -> Branch<Self>
        where
            P::Checked: Sized,
        {
            Branch::new(self).then(preload)
        }

        /// Loads the rows that this query finds, in its order; its limit and offset hold for each owner.
        pub fn with<S: Sources<Root = Target>>(self, query: Query<S, Target>) -> Branch<Self> {
            Branch::new(self).with(query)
        }
    }
    HasManyOf, HasOneOf, BelongsToOf, ManyToManyOf, HasManyThroughOf, HasOneThroughOf
);

macro_rules! association {
    ($name:ident, shares: $shares:literal, { $($own:item)* }) => {
        impl<Owner: Record, Target: Columns, Key: Scalar> $name<Owner, Target, Key> {
            /// Is filled by a source of the same query: see [`Query::preload_joined`].
            pub fn joined<F: FillerOf<Target>>(self, filler: F) -> JoinedBranch<Self>
            where
                F::Checked: Sized,
            {
                JoinedBranch::new(self, filler.__node())
            }

            /// The rows of these owners as a query, each once.
            pub fn of<'o>(self, owners: impl IntoIterator<Item = &'o Owner>) -> Query<Target> {
                let keys = owners.into_iter().filter_map(|owner| self.owner_value(owner)).map(SqlType::to_value).collect();
                Query::of(of_owners(self.relation(), Statement::new(Verb::Select, Target::META), keys))
            }
        }

        impl<Owner: Record, Target: Columns, Key: Scalar> Association for $name<Owner, Target, Key> {
            type Owner = Owner;
            type Target = Target;
            type Key = Key;
            const SHARES: bool = $shares;

            fn __owner_key(self, owner: &Owner) -> Option<&Key> {
                self.owner_value(owner)
            }
            fn __related_key(self) -> Option<ReadKey<Target, Key>> {
                self.related_value()
            }
            fn __relation(self) -> &'static Relation {
                self.relation()
            }
            $($own)*
        }

        #[diagnostic::do_not_recommend]
        impl<Owner: Record, Target: Columns, Key: Scalar> JoinedInto<Owner> for $name<Owner, Target, Key> {
            type Target = Target;

            fn __fold(self, node: Node<Target>) -> Arc<dyn Fold<Owner>> {
                Arc::new(JoinedBranch::new(self, node))
            }
        }

        #[diagnostic::do_not_recommend]
        impl<Owner: Record, Target: Columns, Key: Scalar> Attached<Owner> for $name<Owner, Target, Key> {
            fn __attach(self, node: &mut Node<Owner>) {
                node.load(Arc::new(self));
            }
        }

        #[diagnostic::do_not_recommend]
        impl<Owner: Record, Target: Columns, Key: Scalar> Preload<Owner> for $name<Owner, Target, Key> {
            fn __load(&self, owners: &mut [&mut Owner], loading: Loading<'_>) -> Result<()> {
                Branch::new(*self).__load(owners, loading)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<Target, Key> Preload<(Nothing,)> for $name<Nothing, Target, Key> {
            fn __load(&self, _owners: &mut [&mut (Nothing,)], _loading: Loading<'_>) -> Result<()> {
                Ok(())
            }
        }
    };
}

/// The kinds whose owners hold any number of rows of their own.
macro_rules! many {
    ($($name:ident),*) => {$(
        association!($name, shares: false, {
            fn __is_loaded(self, owner: &mut Owner, _changes_rows: bool) -> bool {
                self.slot(owner).is_loaded()
            }
            fn __rows_mut(self, owner: &mut Owner) -> &mut [Target] {
                self.slot(owner).rows_mut()
            }
            fn __fill(self, owners: &mut [&mut Owner], places: &Places, found: Found<Target>) {
                found.each_list(places, |owner, rows| *self.slot(owners[owner]) = HasMany::loaded(rows));
            }
        });
    )*};
}
many!(HasManyOf, ManyToManyOf, HasManyThroughOf);

/// The kinds whose owners hold one row of their own; which one of several is said behind the name.
macro_rules! one {
    ($($name:ident: $pick:expr),*) => {$(
        association!($name, shares: false, {
            fn __is_loaded(self, owner: &mut Owner, _changes_rows: bool) -> bool {
                self.slot(owner).is_loaded()
            }
            fn __rows_mut(self, owner: &mut Owner) -> &mut [Target] {
                self.slot(owner).row_mut().map(std::slice::from_mut).unwrap_or_default()
            }
            fn __fill(self, owners: &mut [&mut Owner], places: &Places, found: Found<Target>) {
                found.each_list(places, |owner, rows| *self.slot(owners[owner]) = HasOne::loaded(rows.into_iter().reduce($pick)));
            }
        });
    )*};
}
// S-43: of several rows, the last one; S-44: of several ways, the first.
one!(HasOneOf: |_, last| last, HasOneThroughOf: |first, _| first);

association!(BelongsToOf, shares: true, {
    /// A row that others share cannot be changed, and is read anew.
    fn __is_loaded(self, owner: &mut Owner, changes_rows: bool) -> bool {
        let slot = self.slot(owner);
        let is_shared = changes_rows && matches!(slot.get(), Ok(Some(_))) && slot.row_mut().is_none();
        slot.is_loaded() && !is_shared
    }
    fn __rows_mut(self, owner: &mut Owner) -> &mut [Target] {
        self.slot(owner).row_mut().map(std::slice::from_mut).unwrap_or_default()
    }
    fn __fill(self, owners: &mut [&mut Owner], places: &Places, found: Found<Target>) {
        let shared: Vec<Option<Arc<Target>>> = found.into_lists(places.count).into_iter().map(|mut rows| rows.pop().map(Arc::new)).collect();
        for (owner, place) in &places.of_owners {
            *self.slot(owners[*owner as usize]) = BelongsTo::loaded(place.and_then(|place| shared[place as usize].clone()));
        }
    }
});
