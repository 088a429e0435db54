//! What is done to a statement before it is written. Pure: no database is asked, nothing is sent.

mod check;

pub use check::check;
