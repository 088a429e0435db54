//! `FOR UPDATE`.

use super::super::{Query, RowLock, Sources};

impl<S: Sources, O> Query<S, O> {
    /// Locks the rows until the transaction ends. SQLite has no row locks and refuses it: there, a transaction is the only writer anyway.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "accounts")] struct Account { id: i64, balance: i64 }
    /// let account = Account::query().filter(|a| a.id.eq(7)).lock(RowLock::Update);
    /// ```
    pub fn lock(mut self, lock: RowLock) -> Self {
        self.statement.lock = Some(lock);
        self
    }
}
