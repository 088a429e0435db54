//! What is known of the session's transaction.
//!
//! The driver does not say whether one is open, so each move is noted. A statement given as text may open or end one, too: then the server is
//! asked when it matters, which is when the connection goes back to its pool.

use crate::adapter::{Step, TransactionMode};

/// Whether a transaction is open, as far as is known.
#[derive(Debug, Default)]
pub(super) struct State {
    open: bool,
    /// A statement failed in it, and no savepoint was gone back to.
    failed: bool,
    unsure: bool,
}

impl State {
    /// The statement for a move.
    pub(super) fn sql(step: Step) -> String {
        match step {
            Step::Begin(TransactionMode::Write) => "BEGIN".to_owned(),
            Step::Begin(TransactionMode::ReadOnly) => "BEGIN READ ONLY".to_owned(),
            Step::Begin(TransactionMode::Serializable) => "BEGIN ISOLATION LEVEL SERIALIZABLE".to_owned(),
            Step::Commit => "COMMIT".to_owned(),
            Step::Rollback => "ROLLBACK".to_owned(),
            Step::Savepoint(depth) => format!("SAVEPOINT ecto_{depth}"),
            Step::Release(depth) => format!("RELEASE SAVEPOINT ecto_{depth}"),
            Step::RollbackTo(depth) => format!("ROLLBACK TO SAVEPOINT ecto_{depth}"),
        }
    }

    /// A move was made.
    pub(super) fn stepped(&mut self, step: Step, succeeded: bool) {
        match step {
            Step::Begin(_) => *self = State { open: self.open || succeeded, ..State::default() },
            // One that fails ends it too: a deferred constraint rolls it back.
            Step::Commit => *self = State::default(),
            Step::Rollback if succeeded => *self = State::default(),
            Step::RollbackTo(_) if succeeded => self.failed = false,
            Step::Rollback | Step::RollbackTo(_) | Step::Savepoint(_) | Step::Release(_) => {}
        }
    }

    /// A statement failed.
    pub(super) fn failed(&mut self) {
        self.failed |= self.open;
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed
    }

    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    pub(super) fn is_unsure(&self) -> bool {
        self.unsure
    }

    /// The server was asked.
    pub(super) fn found(&mut self, open: bool) {
        self.open = open;
        self.unsure = false;
    }

    /// Looks whether a text may open or end a transaction.
    pub(super) fn suspect(&mut self, sql: &str) {
        const WORDS: [&[u8]; 7] = [b"begin", b"start", b"commit", b"end", b"rollback", b"abort", b"prepare"];
        let bytes = sql.as_bytes();
        self.unsure |= WORDS.iter().any(|word| bytes.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_begin_a_transaction_is_suspected() {
        let suspected = |sql: &str| {
            let mut state = State::default();
            state.suspect(sql);
            state.is_unsure()
        };
        assert!(suspected("BEGIN") && suspected("/* x */ start transaction") && suspected("select 1; Commit"));
        assert!(!suspected("SELECT 1") && !suspected("INSERT INTO t VALUES ($1)"));
    }
}
