//! The clauses of a query, one a file: each has its method, and a running example.

mod combine;
mod distinct;
mod filter;
mod from;
mod group;
mod having;
mod join;
mod join_query;
mod limit;
mod lock;
mod order;
mod outer_join;
mod preload;
mod preload_joined;
mod select;
mod set;
mod subquery;

pub use combine::{Combination, Combined};
pub use group::IntoGroup;
pub use join::{JoinPath, JoinPlace, JoinTarget};
pub use set::Update;
