//! How a session behaves while migrations run on it: how long it waits for another one that writes.

use super::open::LONGEST_PATIENCE;
use crate::adapter::{Connection, Manners, Pace, ask};
use crate::error::Result;

/// The patience that the session had before, in milliseconds.
#[derive(Default)]
pub(super) struct Patience {
    before: Option<String>,
    /// Has the session another one now?
    changed: bool,
}

impl Manners for Patience {
    fn enter(&mut self, _own: bool, connection: &mut dyn Connection) -> Result<()> {
        self.before = ask::text(connection, "PRAGMA busy_timeout")?;
        Ok(())
    }

    /// Before the transaction, for it is the beginning that waits.
    fn before(&mut self, pace: Pace, connection: &mut dyn Connection) -> Result<()> {
        let Some(limit) = pace.lock_timeout else { return self.leave(connection) };
        self.changed = true;
        connection.script(&format!("PRAGMA busy_timeout = {}", limit.min(LONGEST_PATIENCE).as_millis()))
    }

    fn leave(&mut self, connection: &mut dyn Connection) -> Result<()> {
        match &self.before {
            Some(before) if std::mem::take(&mut self.changed) => connection.script(&format!("PRAGMA busy_timeout = {before}")),
            Some(_) | None => Ok(()),
        }
    }
}
