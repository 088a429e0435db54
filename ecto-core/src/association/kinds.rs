//! The kinds of associations as constants of a schema: `User::posts`, `Post::author`.
//!
//! Each knows which relation of its owner it is, how to read the key that ties a row, and where the loaded rows go.

use super::ReadKey;
use crate::schema::{BelongsTo, HasMany, HasOne, Record, ReferredBy, RefersBy, Relation};

macro_rules! kind {
    ($(#[$doc:meta])* $name:ident, $slot:ident) => {
        $(#[$doc])*
        pub struct $name<Owner: 'static, Target: 'static, Key: 'static> {
            number: u16,
            owner_value: ReadKey<Owner, Key>,
            related_value: Option<ReadKey<Target, Key>>,
            slot: fn(&mut Owner) -> &mut $slot<Target>,
        }

        impl<Owner, Target, Key> $name<Owner, Target, Key> {
            /// Made by the derives: its number among the relations of the owner, the key of an owner, that of a target unless it stands in a table
            /// between them, and the field that holds the rows.
            #[doc(hidden)]
            #[must_use]
            pub const fn new(
                number: u16,
                owner_value: ReadKey<Owner, Key>,
                related_value: Option<ReadKey<Target, Key>>,
                slot: fn(&mut Owner) -> &mut $slot<Target>,
            ) -> Self {
                $name { number, owner_value, related_value, slot }
            }

            /// The key of an owner, if it has one.
            pub(super) fn owner_value(self, owner: &Owner) -> Option<&Key> {
                (self.owner_value)(owner)
            }

            /// How the key of a target is read, unless it stands in a table between the two.
            pub(super) fn related_value(self) -> Option<ReadKey<Target, Key>> {
                self.related_value
            }

            /// Where the loaded rows go.
            pub(super) fn slot(self, owner: &mut Owner) -> &mut $slot<Target> {
                (self.slot)(owner)
            }
        }

        impl<Owner: Record, Target, Key> $name<Owner, Target, Key> {
            /// It as data.
            #[must_use]
            pub fn relation(self) -> &'static Relation {
                &Owner::META.relations[usize::from(self.number)]
            }
        }

        impl<Owner, Target, Key> Clone for $name<Owner, Target, Key> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<Owner, Target, Key> Copy for $name<Owner, Target, Key> {}

        impl<Owner: Record, Target, Key> std::fmt::Debug for $name<Owner, Target, Key> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.relation().name)
            }
        }
    };
}

kind!(
    /// Any number of `Target`s hold the key of an `Owner`.
    HasManyOf,
    HasMany
);
kind!(
    /// At most one `Target` holds the key of an `Owner`.
    HasOneOf,
    HasOne
);
kind!(
    /// An `Owner` holds the key of a `Target`.
    BelongsToOf,
    BelongsTo
);
kind!(
    /// A table between the two holds the keys of both.
    ManyToManyOf,
    HasMany
);
kind!(
    /// Any number of `Target`s, by way of other associations.
    HasManyThroughOf,
    HasMany
);
kind!(
    /// One `Target`, by way of other associations.
    HasOneThroughOf,
    HasOne
);

macro_rules! named {
    ($bound:ident: $($kind:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<Owner: Record, Target, Key> $bound<Owner> for $kind<Owner, Target, Key> {
            fn __relation(&self) -> &'static str {
                self.relation().name
            }
        }
    )*};
}
named!(RefersBy: BelongsToOf);
named!(ReferredBy: HasOneOf, HasManyOf, ManyToManyOf);
