//! What is noted of a migration beyond its version: how long it took, who ran it, and what undoes it.

use super::details::Detail;
use super::event::Event;
use super::prepare::Prepared;
use super::runner::{Play, Report, Session};
use super::schedule::Direction;
use super::sql::meaning;
use crate::adapter::{Step, Written};
use crate::ddl::Op;
use crate::error::{MigrationError, Result};

/// What undoes the changes that were made so far, as far as the catalogue told.
#[derive(Default, Clone)]
pub(super) struct WayBack {
    /// The last change comes first.
    statements: Vec<String>,
}

impl Session<'_> {
    /// Asks the catalogue what undoes these changes, before they are made.
    pub fn ask_way_back(&mut self, changes: &[Written], prepared: &Prepared<'_>, report: &mut Report<'_>) -> Result<()> {
        for Written { op, .. } in changes {
            let Some(mut way_back) = report.way_back.take() else { return Ok(()) };
            match self.inverse(op)? {
                Some(statements) => {
                    way_back.statements.splice(0..0, statements);
                    report.way_back = Some(way_back);
                }
                None => {
                    let reason = MigrationError::NotTold { operation: op.describe() }.to_string();
                    (report.tell)(Event::OneWay { version: prepared.version, name: prepared.name, reason: &reason });
                }
            }
        }
        Ok(())
    }

    fn inverse(&mut self, op: &Op) -> Result<Option<Vec<String>>> {
        let Some(changes) = meaning(op, self.adapter.ddl()) else { return Ok(None) };
        let mut statements = Vec::new();
        // What one statement does at once is undone from behind, too.
        for change in changes.iter().rev() {
            match self.adapter.structure().inverse(change, self.connection.as_mut())? {
                Some(inverse) => statements.extend(inverse),
                None => return Ok(None),
            }
        }
        Ok(Some(statements))
    }

    /// Notes what is known, with the version. What goes wrong with that alone is told, and is no reason to fail.
    pub fn note_details(&mut self, prepared: &Prepared<'_>, report: &mut Report<'_>) -> Result<()> {
        if self.play != Play::Done {
            return Ok(());
        }
        let down = report.way_back.take().map(|way_back| way_back.statements.join(";\n"));
        let duration_ms = i64::try_from(report.started.elapsed().as_millis()).ok();
        let detail = Detail { duration_ms, down, ..prepared.detail.clone() };
        let guarded = self.manners.spoils_transaction() && self.connection.in_transaction();
        if guarded {
            self.connection.step(Step::Savepoint(1))?;
        }
        let outcome = match prepared.direction {
            Direction::Up => self.history.details.write(self.connection.as_mut(), prepared.version, &detail),
            Direction::Down => self.history.details.delete(self.connection.as_mut(), prepared.version),
        };
        if let Err(error) = &outcome {
            (report.tell)(Event::Unnoted { version: prepared.version, reason: &error.message() });
        }
        match (guarded, outcome.is_ok()) {
            (false, _) => Ok(()),
            (true, true) => self.connection.step(Step::Release(1)),
            (true, false) => self.connection.step(Step::RollbackTo(1)).and_then(|()| self.connection.step(Step::Release(1))),
        }
    }
}
