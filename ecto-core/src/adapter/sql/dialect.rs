//! The leaf decisions in which databases differ. Each has a default; a database overrides what it must, in its own folder.

use super::param::Numbered;
use super::write::Tree;
use crate::capability::Capabilities;
use crate::types::Kind;

/// How one database's SQL differs.
pub trait Dialect: Sync {
    /// What the database can do.
    fn capabilities(&self) -> &'static Capabilities;

    /// What stands before the number of a parameter: `?1`, `$1`.
    fn placeholder(&self) -> char;

    /// The name of a type in `CAST(x AS …)`.
    fn cast_type(&self, kind: Kind) -> &'static str;

    /// Prints a finished tree.
    fn print(&self, tree: &Tree, out: &mut Numbered);

    /// Bytes as a literal, from their hexadecimal digits.
    fn bytes_literal(&self, hex: &str) -> String;

    /// Must a parameter be cast where nothing beside it tells its type: in a select list, in a call?
    fn types_params(&self) -> bool {
        true
    }

    /// Are decimals numbers to the database? Otherwise they are texts, and our functions and collation compare and add them.
    fn has_decimals(&self) -> bool {
        true
    }

    /// The type that the sum of numbers of this kind is read as, where it is not the kind's own.
    fn sum_type(&self, _kind: Kind) -> Option<&'static str> {
        None
    }

    /// The type that the mean of numbers of this kind is read as, where it is not what the database makes of it.
    fn mean_type(&self, _kind: Kind) -> Option<&'static str> {
        None
    }

    /// The operator for LIKE without regard to case; none if both sides are to be made lower.
    fn ilike(&self) -> Option<&'static str> {
        None
    }

    /// Must a statement that has an offset have a limit, too?
    fn wants_limit_with_offset(&self) -> bool {
        false
    }
}
