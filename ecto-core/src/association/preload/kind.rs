//! What the kinds of associations do differently: whose rows they are, and where they go.

use std::sync::Arc;

use super::index::Index;
use super::{Branch, Found};
use crate::association::{BelongsToOf, HasManyOf, HasOneOf};
use crate::error::Result;
use crate::query::{Columns, Loading, Preload, Query, Sources};
use crate::schema::{BelongsTo, HasMany, HasOne, Record};
use crate::types::Scalar;

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
    #[doc(hidden)]
    fn __related_key(self, related: &Self::Target) -> Option<&Self::Key>;
    #[doc(hidden)]
    fn __related_field(self) -> u16;
    /// Loaded, and free to be changed if that is needed?
    #[doc(hidden)]
    fn __is_loaded(self, owner: &mut Self::Owner, changes_rows: bool) -> bool;
    #[doc(hidden)]
    fn __rows_mut(self, owner: &mut Self::Owner) -> &mut [Self::Target];
    #[doc(hidden)]
    fn __fill(self, owners: &mut [&mut Self::Owner], index: &Index, found: Found<Self::Target>);
}

macro_rules! association {
    ($name:ident, shares: $shares:literal, { $($own:item)* }) => {
        impl<Owner: Record, Target: Columns, Key: Scalar> $name<Owner, Target, Key> {
            /// Loads associations of the loaded rows, too.
            pub fn then<P: Preload<Target> + 'static>(self, preload: P) -> Branch<Self> {
                Branch::new(self).then(preload)
            }

            /// Loads the rows that this query finds, in its order; its limit and offset hold for each owner.
            pub fn with<S: Sources<Root = Target>>(self, query: Query<S, Target>) -> Branch<Self> {
                Branch::new(self).with(query)
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
            fn __related_key(self, related: &Target) -> Option<&Key> {
                self.related_value(related)
            }
            fn __related_field(self) -> u16 {
                self.keys().1
            }
            $($own)*
        }

        impl<Owner: Record, Target: Columns, Key: Scalar> Preload<Owner> for $name<Owner, Target, Key> {
            fn __load(&self, owners: &mut [&mut Owner], loading: Loading<'_>) -> Result<()> {
                Branch::new(*self).__load(owners, loading)
            }
        }
    };
}

association!(HasManyOf, shares: false, {
    fn __is_loaded(self, owner: &mut Owner, _changes_rows: bool) -> bool {
        self.slot(owner).is_loaded()
    }
    fn __rows_mut(self, owner: &mut Owner) -> &mut [Target] {
        self.slot(owner).rows_mut()
    }
    fn __fill(self, owners: &mut [&mut Owner], index: &Index, found: Found<Target>) {
        for ((owner, _), rows) in index.places().zip(found.into_lists(index.len())) {
            *self.slot(owners[owner]) = HasMany::loaded(rows);
        }
    }
});

association!(HasOneOf, shares: false, {
    fn __is_loaded(self, owner: &mut Owner, _changes_rows: bool) -> bool {
        self.slot(owner).is_loaded()
    }
    fn __rows_mut(self, owner: &mut Owner) -> &mut [Target] {
        self.slot(owner).row_mut().map(std::slice::from_mut).unwrap_or_default()
    }
    /// S-43: of several rows, the last one.
    fn __fill(self, owners: &mut [&mut Owner], index: &Index, found: Found<Target>) {
        for ((owner, _), mut rows) in index.places().zip(found.into_lists(index.len())) {
            *self.slot(owners[owner]) = HasOne::loaded(rows.pop());
        }
    }
});

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
    fn __fill(self, owners: &mut [&mut Owner], index: &Index, found: Found<Target>) {
        let mut lists = found.into_lists(index.keys().len());
        let shared: Vec<Option<Arc<Target>>> = lists.iter_mut().map(|rows| rows.pop().map(Arc::new)).collect();
        for (owner, key) in index.places() {
            *self.slot(owners[owner]) = BelongsTo::loaded(key.and_then(|key| shared[key].clone()));
        }
    }
});
