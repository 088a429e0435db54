//! Writing one row: the spine. A changeset in, a struct or the changeset with its errors out.
//!
//! Each verb goes the same way: is it ready, what is generated, one statement, what did the database say, what came back.

use super::Repo;
use super::collect::Written;
use super::pending::{Pending, generated_at_insert, generated_at_update};
use super::transaction::OpenTransaction;
use super::{statement, verdict};
use crate::adapter::{Command, Role};
use crate::changeset::{Action, Changeset, WriteError};
use crate::error::{Error, RepoError, Result};
use crate::query::{Statement, Verb};
use crate::schema::{Key, Known, Record, Schema, SchemaMeta};
use crate::types::{NoRow, Value};

impl Repo {
    #[track_caller]
    pub(super) fn write_insert<S: Schema>(&self, changeset: Changeset<S>) -> Result<S, WriteError<S>> {
        if !is_to_prepare(&changeset) {
            return self.insert_ready(changeset);
        }
        let (open, changeset) = self.prepare(changeset)?;
        let written = open.repo().insert_ready(changeset);
        open.end_with(written)
    }

    #[track_caller]
    pub(super) fn write_update<S: Schema>(&self, changeset: Changeset<S>) -> Result<S, WriteError<S>> {
        if !is_to_prepare(&changeset) {
            return self.update_ready(changeset);
        }
        let (open, changeset) = self.prepare(changeset)?;
        let written = open.repo().update_ready(changeset);
        open.end_with(written)
    }

    #[track_caller]
    pub(super) fn write_delete<S: Schema>(&self, changeset: Changeset<S>) -> Result<S, WriteError<S>> {
        if !is_to_prepare(&changeset) {
            return self.delete_ready(changeset);
        }
        let (open, changeset) = self.prepare(changeset)?;
        let written = open.repo().delete_ready(changeset);
        open.end_with(written)
    }

    /// C-75: callbacks run inside a transaction, after the checks and before the statement.
    #[track_caller]
    fn prepare<S: Schema>(&self, changeset: Changeset<S>) -> Result<(OpenTransaction, Changeset<S>)> {
        let open = self.begin()?;
        // Where a callback fails, what has begun is dropped, and so rolled back.
        let changeset = changeset.run_prepare(open.repo())?;
        Ok((open, changeset))
    }

    #[track_caller]
    fn insert_ready<S: Schema>(&self, mut changeset: Changeset<S>) -> Result<S, WriteError<S>> {
        if !changeset.is_new() {
            return Err(Error::from(RepoError::NotNew { schema: S::META.name }).into());
        }
        changeset.require_present();
        let changeset = ready(changeset, Action::Insert)?;
        let pending = Pending::new(S::META, Verb::Insert, changeset.changes(), generated_at_insert(S::META, changeset.changes()));
        let statement = statement::insert(S::META, &pending.sent());
        let mut known = pending.known();
        match self.run_insert(&statement, &mut known) {
            Ok(row) => Ok(row),
            Err(error) => Err(verdict::of(changeset, error)),
        }
    }

    #[track_caller]
    fn run_insert<S: Record>(&self, statement: &Statement, known: &mut Known) -> Result<S> {
        if statement.select.tokens.is_empty() {
            // Every column was sent.
            self.write_statement(statement)?;
            return S::assemble(known, &mut NoRow);
        }
        let mut written = Written { known, row: None };
        self.run(Role::Writer, Command::Statement(&self.placed(statement)), &mut written)?;
        written.row.ok_or_else(|| RepoError::NothingReturned { schema: S::META.name }.into())
    }

    #[track_caller]
    fn update_ready<S: Schema>(&self, changeset: Changeset<S>) -> Result<S, WriteError<S>> {
        let changeset = ready(changeset, Action::Update)?;
        let data = existing(&changeset, "update")?;
        let pending = Pending::new(S::META, Verb::Update, changeset.changes(), generated_at_update(S::META, changeset.changes()));
        let sent = pending.sent();
        let returned = if sent.is_empty() {
            // nothing to write, so nothing is sent, even if the row is gone.
            Vec::new()
        } else {
            let mut statement = keyed(Verb::Update, data, changeset.filters())?;
            statement::assign(&mut statement, sent);
            match self.run_update(statement, data, &pending) {
                Ok(returned) => returned,
                Err(error) => return Err(verdict::of(changeset, error)),
            }
        };
        let written = pending.into_written();
        let mut data = changeset.into_data().ok_or_else(|| not_existing::<S>("update"))?;
        for (field, value) in written.into_iter().chain(returned) {
            data.set(field, value)?;
        }
        Ok(data)
    }

    /// Runs the update of one row, and reads back what the database may have changed.
    #[track_caller]
    fn run_update<S: Schema>(&self, mut statement: Statement, data: &S, pending: &Pending<'_>) -> Result<Vec<(u16, Value)>> {
        let read_back: Vec<u16> = S::META.columns().filter(|field| S::META.fields[usize::from(*field)].read_after_writes).collect();
        if read_back.is_empty() {
            self.run_keyed(&statement, S::META)?;
            return Ok(Vec::new());
        }
        statement::returning(&mut statement, read_back.iter().copied());
        let mut known = pending.known();
        for field in (0..).take(S::META.fields.len()).filter(|field| !read_back.contains(field) && !known.has(*field)).collect::<Vec<_>>() {
            known.put(field, data.value(field));
        }
        let mut written = Written::<S> { known: &mut known, row: None };
        self.run(Role::Writer, Command::Statement(&self.placed(&statement)), &mut written)?;
        let row = written.row.ok_or(RepoError::Stale { schema: S::META.name })?;
        Ok(read_back.into_iter().map(|field| (field, row.value(field))).collect())
    }

    #[track_caller]
    fn delete_ready<S: Schema>(&self, changeset: Changeset<S>) -> Result<S, WriteError<S>> {
        let changeset = ready(changeset, Action::Delete)?;
        let statement = keyed(Verb::Delete, existing(&changeset, "delete")?, changeset.filters())?;
        if let Err(error) = self.run_keyed(&statement, S::META) {
            return Err(verdict::of(changeset, error));
        }
        changeset.into_data().ok_or_else(|| not_existing::<S>("delete").into())
    }

    /// Runs a statement that must write exactly one row.
    #[track_caller]
    fn run_keyed(&self, statement: &Statement, meta: &SchemaMeta) -> Result<()> {
        match self.write_statement(statement)? {
            1 => Ok(()),
            0 => Err(RepoError::Stale { schema: meta.name }.into()),
            rows => Err(RepoError::KeyNotUnique { schema: meta.name, rows }.into()),
        }
    }

    /// Runs a statement that returns nothing, and says how many rows it wrote.
    #[track_caller]
    pub(super) fn write_statement(&self, statement: &Statement) -> Result<u64> {
        self.run(Role::Writer, Command::Statement(&self.placed(statement)), &mut ())
    }
}

fn is_to_prepare<S: Schema>(changeset: &Changeset<S>) -> bool {
    changeset.has_prepare() && changeset.is_valid()
}

/// The changeset, if it may be written.
fn ready<S: Schema>(changeset: Changeset<S>, action: Action) -> Result<Changeset<S>, WriteError<S>> {
    let changeset = changeset.set_action(action);
    if let Some(mistake) = changeset.mistake() {
        return Err(mistake.into());
    }
    if changeset.is_valid() { Ok(changeset) } else { Err(changeset.into()) }
}

fn not_existing<S: Schema>(action: &'static str) -> Error {
    RepoError::NotExisting { schema: S::META.name, action }.into()
}

fn existing<'c, S: Schema>(changeset: &'c Changeset<S>, action: &'static str) -> Result<&'c S> {
    changeset.data().ok_or_else(|| not_existing::<S>(action))
}

/// A statement on the row of this struct, while it still holds what the filters say.
fn keyed<S: Schema>(verb: Verb, data: &S, filters: &[(u16, Value)]) -> Result<Statement> {
    if S::Key::COLUMNS == 0 {
        return Err(RepoError::NoPrimaryKey { schema: S::META.name }.into());
    }
    let mut statement = Statement::new(verb, S::META);
    statement::filter_by_key(&mut statement, data.key().values());
    for (field, value) in filters {
        statement::filter_equal(&mut statement, *field, value.clone());
    }
    Ok(statement)
}
