//! What ties two schemas, as typed values: the constants `User::posts` and the fields `u.posts` of a handle.

mod handle;
mod key;
mod kinds;
mod preload;

pub use handle::Assoc;
pub use key::KeyRef;
pub use kinds::{BelongsToOf, HasManyOf, HasOneOf};
pub use preload::{Association, Branch};
