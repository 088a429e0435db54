//! How a session behaves while migrations run on it: how long it waits for another one that writes.

use super::open::LONGEST_PATIENCE;
use crate::adapter::{Connection, Manners, Pace, ask};
use crate::error::Result;

/// The patience that the session had before, in milliseconds.
#[derive(Default)]
pub(super) struct Patience(Option<String>);

impl Manners for Patience {
    fn enter(&mut self, _own: bool, connection: &mut dyn Connection) -> Result<()> {
        self.0 = ask::text(connection, "PRAGMA busy_timeout")?;
        Ok(())
    }

    /// Before the transaction, for it is the beginning that waits.
    fn before(&mut self, pace: Pace, connection: &mut dyn Connection) -> Result<()> {
        match pace.lock_timeout {
            Some(limit) => connection.script(&format!("PRAGMA busy_timeout = {}", limit.min(LONGEST_PATIENCE).as_millis())),
            None => self.leave(connection),
        }
    }

    fn leave(&mut self, connection: &mut dyn Connection) -> Result<()> {
        match &self.0 {
            Some(before) => connection.script(&format!("PRAGMA busy_timeout = {before}")),
            None => Ok(()),
        }
    }
}
