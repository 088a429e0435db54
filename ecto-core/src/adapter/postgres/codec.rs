//! Between Rust's values and PostgreSQL's binary formats.
//!
//! Our own on both ways, because the driver's is strict where the server is not: an `i32` is no `int8` to it, a text no enum, and a NUMERIC
//! nothing at all. Here the width follows the server's type, and what does not fit is an error, never a cut.

mod array;
mod bind;
mod numeric;
mod read;
mod row;
mod wire;

pub(super) use array::{Column, is_array};
pub(super) use bind::Bound;
pub(in crate::adapter) use row::RowReader;
