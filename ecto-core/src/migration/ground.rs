//! What migrations are described for: which database, and where in it.

use crate::adapter::Adapter;
use crate::ddl::Op;
use crate::error::{MigrationError, Result};

/// Where migrations run.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub adapter: &'a dyn Adapter,
    /// Where everything is that does not say otherwise.
    pub prefix: Option<&'a str>,
}

impl Ground<'_> {
    /// Puts the prefix into a change.
    pub fn place(&self, op: &mut Op) -> Result<()> {
        let Some(prefix) = self.prefix else { return Ok(()) };
        match op.fill_prefix(prefix) {
            Ok(()) => Ok(()),
            Err(other) => Err(MigrationError::OtherPrefix { operation: op.describe(), other, prefix: prefix.to_owned() }.into()),
        }
    }
}
