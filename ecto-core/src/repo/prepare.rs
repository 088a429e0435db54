//! The public door of a changeset's callbacks, which stands here because they are given a repo.

use std::sync::Arc;

use super::Repo;
use crate::changeset::Changeset;
use crate::error::{ChangesetError, Result};
use crate::schema::Record;

impl<S: Record> Changeset<S> {
    /// Does something just before the row is written: after all checks, inside the transaction of the write (one is opened for it).
    ///
    /// The callback is given the changeset and the repo of that transaction, and gives the changeset back, changed or not. Its error ends the write. Callbacks run in
    /// the order of their declaration.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "pages")]
    /// # struct Page { id: i64, text: String, number: i64 }
    /// # fn main() -> ecto_core::Result<()> {
    /// # let repo = Repo::connect("sqlite::memory:")?;
    /// # repo.query("CREATE TABLE pages (id INTEGER PRIMARY KEY, text TEXT NOT NULL, number INTEGER NOT NULL)", ())?;
    /// let numbered = |text: &str| {
    ///     Changeset::<Page>::new().put_change(Page::text, text).put_change(Page::number, 0).prepare_changes(|changeset, repo| {
    ///         let number = repo.count(&Page::query())? + 1;
    ///         Ok(changeset.put_change(Page::number, number))
    ///     })
    /// };
    /// repo.insert(numbered("a"))?;
    /// assert_eq!(repo.insert(numbered("b"))?.number, 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn prepare_changes(mut self, callback: impl Fn(Changeset<S>, &Repo) -> Result<Changeset<S>> + Send + Sync + 'static) -> Self {
        self.add_prepare(Arc::new(move |changeset, repo| match repo.downcast_ref() {
            Some(repo) => callback(changeset, repo),
            // Never: only a repo runs callbacks, and it hands itself over.
            None => Err(ChangesetError::CallbackWithoutRepo.into()),
        }));
        self
    }
}
