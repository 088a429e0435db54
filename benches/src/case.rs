//! The cases, a group in each file.

pub mod allocations;
pub mod bulk;
pub mod migrate;
pub mod pure;
pub mod read;
pub mod related;
pub mod write;
