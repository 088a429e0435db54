//! The clauses of a query, one a file: each has its method, and a running example.

mod distinct;
mod filter;
mod join;
mod limit;
mod lock;
mod order;
mod select;
mod set;
mod subquery;

pub use join::JoinTarget;
pub use set::Update;
