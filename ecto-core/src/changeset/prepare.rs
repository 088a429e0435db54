//! Callbacks that run just before a changeset is written, inside its transaction.

use std::any::Any;
use std::sync::Arc;

use super::Changeset;
use crate::error::Result;
use crate::schema::Record;

/// A callback. The second argument is the repo that writes; it is untyped because this module does not know repos.
pub(crate) type Prepare<S> = Arc<dyn Fn(Changeset<S>, &dyn Any) -> Result<Changeset<S>> + Send + Sync>;

impl<S: Record> Changeset<S> {
    /// Is there a callback, so that a transaction is needed?
    pub(crate) fn has_prepare(&self) -> bool {
        !self.prepare.is_empty()
    }

    /// Adds a callback behind those that are there.
    pub(crate) fn add_prepare(&mut self, callback: Prepare<S>) {
        self.prepare.push(callback);
    }

    /// C-75: runs the callbacks in the order of their declaration. A callback that one of them adds does not run.
    pub(crate) fn run_prepare(mut self, repo: &dyn Any) -> Result<Self> {
        for callback in std::mem::take(&mut self.prepare) {
            self = callback(self, repo)?;
        }
        Ok(self)
    }
}
