//! What ties two schemas, as typed values: the constants `User::posts` and the fields `u.posts` of a handle.

mod handle;
mod key;
mod kinds;
mod narrowed;
mod path;
mod preload;
mod through;

pub use handle::Assoc;
pub use key::{KeyRef, ReadKey};
pub use kinds::{BelongsToOf, HasManyOf, HasManyThroughOf, HasOneOf, HasOneThroughOf, ManyToManyOf};
pub use narrowed::Narrowed;
pub use preload::{Association, Branch, JoinedBranch};
pub use through::{Chain, StepFrom, relation_of};
