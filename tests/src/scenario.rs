//! Small sets of schemas, one a file, named for what they hold. Each makes its own tables.

pub mod blog;
pub mod fields;
pub mod forum;
pub mod keys;
pub mod types;
