//! The lock that keeps two runs apart: an advisory one, which belongs to the session.
//!
//! It is tried and never waited for. Whoever waited in `pg_advisory_lock` would be in a transaction of its own all that time, which
//! `CREATE INDEX CONCURRENTLY` of the holder waits for: the server sees a deadlock and kills the index.

use crate::adapter::sql::ddl::string;
use crate::adapter::{Connection, Holder, RunLock, ask};
use crate::ddl::TableName;
use crate::error::{AdapterError, Result};

/// The first half of the key: "ecto" in ASCII.
const TOOL: i32 = 0x6563_746f;

/// For the table of versions of one schema.
pub(super) struct AdvisoryLock {
    key: i32,
    /// The server's process that holds it.
    backend: Option<String>,
}

impl AdvisoryLock {
    pub(super) fn new(history: &TableName) -> Self {
        AdvisoryLock { key: hash(&history.to_string()), backend: None }
    }
}

/// FNV-1a, cut to what is positive both as a number of four bytes and as an oid.
fn hash(text: &str) -> i32 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 1).cast_signed()
}

impl RunLock for AdvisoryLock {
    fn try_acquire(&mut self, connection: &mut dyn Connection) -> Result<bool> {
        let sql = format!("SELECT pg_backend_pid()::text WHERE pg_try_advisory_lock({TOOL}, {})", self.key);
        let Some(backend) = ask::text(connection, &sql)? else { return Ok(false) };
        // Something that hands each statement to another session would hand out the lock as well.
        if ask::text(connection, "SELECT pg_backend_pid()::text")?.as_ref() != Some(&backend) {
            return Err(AdapterError::SharedSession.into());
        }
        self.backend = Some(backend);
        Ok(true)
    }

    fn holder(&mut self, connection: &mut dyn Connection) -> Result<Option<Holder>> {
        let sql = format!(
            "SELECT {DESCRIPTION}, 'SELECT pg_terminate_backend(' || a.pid || ')' FROM pg_locks l JOIN pg_stat_activity a USING (pid) \
             WHERE l.locktype = 'advisory' AND l.classid = {TOOL} AND l.objid = {} AND l.objsubid = 2 AND l.granted \
             AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            self.key
        );
        Ok(ask::texts(connection, &sql)?.into_iter().next().and_then(|row| {
            let mut columns = row.into_iter();
            Some(Holder { description: columns.next()??, remedy: columns.next().flatten() })
        }))
    }

    fn release(&mut self, connection: &mut dyn Connection) -> Result<()> {
        let Some(backend) = self.backend.take() else { return Ok(()) };
        let sql = format!("SELECT pg_backend_pid()::text WHERE pg_advisory_unlock({TOOL}, {})", self.key);
        match ask::text(connection, &sql)? {
            Some(now) if now == backend => Ok(()),
            Some(_) | None => Err(AdapterError::LockLost.into()),
        }
    }
}

/// Who holds a table or an index that the statement names. A wait that has ended cannot be asked for; its cause mostly can.
pub(super) fn blocker(sql: &str, connection: &mut dyn Connection) -> Result<Option<String>> {
    let sql = format!(
        "SELECT {DESCRIPTION} FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_stat_activity a USING (pid) \
         WHERE l.granted AND l.pid <> pg_backend_pid() AND c.relnamespace <> 'pg_catalog'::regnamespace \
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
         AND position(lower(c.relname) IN lower({})) > 0 ORDER BY a.xact_start LIMIT 1",
        string(sql)
    );
    ask::text(connection, &sql)
}

/// A session of `pg_stat_activity a`, in words. What it runs is cut off early.
pub(super) const DESCRIPTION: &str = "'pid ' || a.pid || ' `' || coalesce(a.application_name, '') || '`' || \
     coalesce(' from ' || host(a.client_addr), '') || ', ' || coalesce(a.state, 'working') || \
     coalesce(' since ' || to_char(a.state_change AT TIME ZONE 'UTC', 'HH24:MI:SS') || ' UTC', '') || \
     coalesce(': ' || nullif(left(regexp_replace(a.query, '\\s+', ' ', 'g'), 80), ''), '')";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::recorder::Recorder;
    use crate::adapter::{Role, open};
    use crate::types::Value;

    /// As behind a pooler that gives each statement another session.
    #[test]
    fn a_session_that_moves_is_refused() {
        let (database, _) = open("postgres://localhost/nowhere", Default::default(), Default::default()).unwrap();
        let outcome = |pids: &[&'static str]| {
            let recorder = Recorder::new(std::sync::Arc::clone(&database));
            pids.iter().for_each(|pid| recorder.answer([vec![Value::Text((*pid).into())]]));
            let mut connection = recorder.adapter().connect(Role::Writer).unwrap();
            let mut lock = AdvisoryLock::new(&"schema_migrations".into());
            lock.try_acquire(connection.as_mut())?;
            lock.release(connection.as_mut())
        };
        assert!(outcome(&["1", "1", "1"]).is_ok());
        let error = outcome(&["1", "2"]).unwrap_err();
        assert!(error.message().contains("different sessions") && error.hint().unwrap().contains("--lock row"), "{error}");
        assert!(outcome(&["1", "1", "2"]).unwrap_err().message().contains("was lost"));
        assert!(outcome(&["1", "1"]).unwrap_err().message().contains("was lost"));
    }

    #[test]
    fn each_schema_has_a_key_of_its_own() {
        let key = |schema: &str| AdvisoryLock::new(&TableName { prefix: Some(schema.into()), name: "schema_migrations".into() }).key;
        assert_ne!(key("public"), key("tenant"));
        assert!(key("public") > 0 && key("tenant") > 0);
    }
}
