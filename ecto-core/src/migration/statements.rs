//! What a migration would send, without sending it.

use super::describe::Script;
use super::work::Work;
use super::{Direction, Migration};
use crate::adapter::Adapter;
use crate::adapter::sql::ddl::write;
use crate::error::Result;

/// The statements of a migration on this database, in order. Nothing is opened or sent.
///
/// # Errors
/// When it contradicts itself, cannot be undone, or asks for what the database cannot do.
pub fn statements(adapter: &dyn Adapter, migration: &dyn Migration, direction: Direction) -> Result<Vec<String>> {
    let mut statements = Vec::new();
    for work in (Script { migration, prefix: None }).describe(direction)? {
        if let Work::Op(op) = work {
            statements.extend(write(&op, adapter.ddl())?);
        }
    }
    Ok(statements)
}
