//! How PostgreSQL's structure is changed: every change is a statement, whatever is there.

use super::lock::{self, AdvisoryLock};
use super::manners::SessionManners;
use super::{PostgresAdapter, inverse, probe, progress};
use crate::adapter::sql::ddl::{quote_table, string};
use crate::adapter::{
    Adapter, Advance, Alter, Connection, Emit, Manners, Probe, Role, RunLock, Server, Structure, Understood, Written, ask,
};
use crate::ddl::{CreateIndex, DropIndex, Op, TableName};
use crate::error::Result;

impl Structure for PostgresAdapter {
    fn fits_transaction(&self, op: &Op) -> bool {
        matches!(op, Op::Execute(_)) || !is_concurrent(op)
    }

    fn takes(&self, _op: &Op) -> bool {
        true
    }

    fn inverse(&self, change: &Understood, connection: &mut dyn Connection) -> Result<Option<Vec<String>>> {
        inverse::inverse(change, connection)
    }

    fn alter(&self, _changes: &[Written]) -> Box<dyn Alter + '_> {
        Box::new(Statements)
    }

    fn lock(&self, history: &TableName) -> Box<dyn RunLock + '_> {
        Box::new(AdvisoryLock::new(history))
    }

    fn manners(&self) -> Box<dyn Manners + '_> {
        Box::new(SessionManners::default())
    }

    fn blocker(&self, sql: &str, connection: &mut dyn Connection) -> Result<Option<String>> {
        lock::blocker(sql, connection)
    }

    fn backend(&self) -> &'static str {
        "pg_backend_pid()"
    }

    fn server(&self, connection: &mut dyn Connection) -> Result<Server> {
        progress::server(connection)
    }

    fn advance(&self, backend: &str, connection: &mut dyn Connection) -> Result<Advance> {
        progress::advance(backend, connection)
    }

    fn home(&self, table: &TableName, connection: &mut dyn Connection) -> Result<Option<String>> {
        let found = format!(
            "SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass({})",
            string(&quote_table(table))
        );
        ask::text(connection, &format!("SELECT coalesce(({found}), current_schema())::text"))
    }

    fn probe(&self, op: &Op, connection: &mut dyn Connection) -> Result<Probe> {
        probe::probe(op, connection)
    }

    fn rehearsal(&self, _connection: &mut dyn Connection) -> Result<Option<Box<dyn Connection>>> {
        Ok(None)
    }

    /// Connecting makes no database here, so there is nothing to stand in for.
    fn nowhere(&self) -> Result<Box<dyn Connection>> {
        self.connect(Role::Reader)
    }
}

/// Does it build beside those who write? Of a statement as written the word is looked for, wherever it stands.
pub(super) fn is_concurrent(op: &Op) -> bool {
    matches!(op, Op::CreateIndex(CreateIndex { index, .. }) | Op::DropIndex(DropIndex { index, .. }) if index.concurrently)
        || matches!(op, Op::Execute(raw) if raw.up.sql.to_ascii_lowercase().contains("concurrently"))
}

struct Statements;

impl Alter for Statements {
    fn apply(&mut self, changes: &[Written], connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
        changes.iter().flat_map(|change| &change.statements).try_for_each(|sql| emit(connection, sql))
    }
}
