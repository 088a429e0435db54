//! The leaf decisions in which databases differ. Each has a default; a database overrides what it must, in its own folder.

use crate::types::Kind;

/// How one database's SQL differs.
pub trait Dialect: Sync {
    /// What stands before the number of a parameter: `?1`, `$1`.
    fn placeholder(&self) -> char;

    /// The name of a type in `CAST(x AS …)`.
    fn cast_type(&self, kind: Kind) -> &'static str;
}
