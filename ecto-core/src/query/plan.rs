//! What is done to a statement before it is written. Pure: no database is asked, nothing is sent.

mod by_key;
mod check;
mod distinct;
mod split;

pub(crate) use by_key::written_by_key;
pub use check::check;
pub(crate) use check::check_per;
pub(crate) use split::{is_clause, without};
