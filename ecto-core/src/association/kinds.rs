//! The kinds of associations as constants of a schema: `User::posts`, `Post::author`.
//!
//! Each knows the field of both ends, how to read their keys, and where the loaded rows go.

use crate::schema::{BelongsTo, HasMany, HasOne, ReferredBy, RefersBy};

macro_rules! kind {
    ($(#[$doc:meta])* $name:ident, $slot:ident) => {
        $(#[$doc])*
        pub struct $name<Owner: 'static, Target: 'static, Key: 'static> {
            name: &'static str,
            owner_key: u16,
            related_key: u16,
            owner_value: fn(&Owner) -> Option<&Key>,
            related_value: fn(&Target) -> Option<&Key>,
            slot: fn(&mut Owner) -> &mut $slot<Target>,
        }

        impl<Owner, Target, Key> $name<Owner, Target, Key> {
            /// Made by the derives. `keys` are the numbers of the fields that tie both ends: of the owner, and of the target.
            #[doc(hidden)]
            #[must_use]
            pub const fn new(
                name: &'static str,
                keys: (u16, u16),
                owner_value: fn(&Owner) -> Option<&Key>,
                related_value: fn(&Target) -> Option<&Key>,
                slot: fn(&mut Owner) -> &mut $slot<Target>,
            ) -> Self {
                $name { name, owner_key: keys.0, related_key: keys.1, owner_value, related_value, slot }
            }

            /// Its name.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                self.name
            }

            /// The numbers of the fields that tie both ends: of the owner, and of the target.
            #[must_use]
            pub const fn keys(&self) -> (u16, u16) {
                (self.owner_key, self.related_key)
            }

            /// The key of an owner, if it has one.
            #[must_use]
            pub fn owner_value(self, owner: &Owner) -> Option<&Key> {
                (self.owner_value)(owner)
            }

            /// The key of a target, if it has one.
            #[must_use]
            pub fn related_value(self, target: &Target) -> Option<&Key> {
                (self.related_value)(target)
            }

            /// Where the loaded rows go.
            pub fn slot(self, owner: &mut Owner) -> &mut $slot<Target> {
                (self.slot)(owner)
            }
        }

        impl<Owner, Target, Key> Clone for $name<Owner, Target, Key> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<Owner, Target, Key> Copy for $name<Owner, Target, Key> {}

        impl<Owner, Target, Key> std::fmt::Debug for $name<Owner, Target, Key> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name)
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

impl<Owner, Target, Key> RefersBy<Owner> for BelongsToOf<Owner, Target, Key> {
    fn __relation(&self) -> &'static str {
        self.name
    }
}

impl<Owner, Target, Key> ReferredBy<Owner> for HasOneOf<Owner, Target, Key> {
    fn __relation(&self) -> &'static str {
        self.name
    }
}

impl<Owner, Target, Key> ReferredBy<Owner> for HasManyOf<Owner, Target, Key> {
    fn __relation(&self) -> &'static str {
        self.name
    }
}
