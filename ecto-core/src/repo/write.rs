//! Writing one row: the spine. A changeset in, a struct or the changeset with its errors out.
//!
//! Each verb goes the same way: is it ready, what is generated, one statement, what did the database say, what came back.

use smallvec::SmallVec;

use super::Repo;
use super::collect::Returned;
use super::one_row::OneRow;
use super::pending::{Fields, generated_at_insert, generated_at_update, is_writable, known, sent};
use super::transaction::OpenTransaction;
use super::verdict;
use crate::adapter::{Command, Role, Sink};
use crate::changeset::{Action, Changeset, WriteError};
use crate::error::{Error, RepoError, Result};
use crate::query::{Statement, Verb};
use crate::schema::{Key, Schema, SchemaMeta};
use crate::types::Value;

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
        let mut changeset = ready(changeset, Action::Insert)?;
        let generated = generated_at_insert(S::META, changeset.changes());
        let returned = match self.insert_values(S::META, changeset.changes(), &generated) {
            Ok(returned) => returned,
            Err(error) => return Err(verdict::of(changeset, error)),
        };
        Ok(S::assemble(&mut known(S::META, changeset.take_changes(), generated, returned))?)
    }

    /// Sends a new row. Returns what came back of it.
    #[track_caller]
    fn insert_values(&self, meta: &'static SchemaMeta, changes: &[(u16, Value)], generated: &[(u16, Value)]) -> Result<Fields> {
        let row = OneRow::insert(meta, &sent(meta, Verb::Insert, changes, generated));
        let mut returned = Returned::of(&row);
        self.run_one(Role::Writer, &row, &mut returned)?;
        if returned.values.is_empty() && !row.returned().is_empty() {
            return Err(RepoError::NothingReturned { schema: meta.name }.into());
        }
        Ok(returned.values)
    }

    #[track_caller]
    fn update_ready<S: Schema>(&self, changeset: Changeset<S>) -> Result<S, WriteError<S>> {
        let mut changeset = ready(changeset, Action::Update)?;
        let key = key_of(existing(&changeset, "update")?);
        let generated = generated_at_update(S::META, changeset.changes());
        let written = {
            let sent = sent(S::META, Verb::Update, changeset.changes(), &generated);
            // where there is nothing to write, nothing is sent, even if the row is gone.
            match key {
                _ if sent.is_empty() => Ok(Fields::new()),
                Ok(key) => self.update_values::<S>(&key, changeset.filters(), &sent),
                Err(error) => Err(error),
            }
        };
        let returned = match written {
            Ok(returned) => returned,
            Err(error) => return Err(verdict::of(changeset, error)),
        };
        let mut data = changeset.take_data().ok_or_else(|| not_existing::<S>("update"))?;
        let written = changeset.take_changes().chain(generated).filter(|(field, _)| is_writable(S::META, Verb::Update, *field));
        for (field, value) in written.chain(returned) {
            data.set(field, value)?;
        }
        Ok(data)
    }

    /// Sends the changes of a row. Returns what the database may have changed of it.
    #[track_caller]
    fn update_values<S: Schema>(&self, key: &[Value], filters: &[(u16, Value)], sent: &[(u16, &Value)]) -> Result<Fields> {
        let row = OneRow::keyed(Verb::Update, S::META, key, filters, sent);
        let mut returned = Returned::of(&row);
        self.run_keyed(&row, &mut returned)?;
        Ok(returned.values)
    }

    #[track_caller]
    fn delete_ready<S: Schema>(&self, changeset: Changeset<S>) -> Result<S, WriteError<S>> {
        let changeset = ready(changeset, Action::Delete)?;
        let key = key_of(existing(&changeset, "delete")?)?;
        let deleted = self.run_keyed(&OneRow::keyed(Verb::Delete, S::META, &key, changeset.filters(), &[]), &mut ());
        match deleted {
            Ok(()) => changeset.into_data().ok_or_else(|| not_existing::<S>("delete").into()),
            Err(error) => Err(verdict::of(changeset, error)),
        }
    }

    /// Runs what must write exactly one row.
    #[track_caller]
    fn run_keyed(&self, row: &OneRow<'_>, sink: &mut dyn Sink) -> Result<()> {
        let schema = row.meta().name;
        match self.run_one(Role::Writer, row, sink)? {
            1 => Ok(()),
            0 => Err(RepoError::Stale { schema }.into()),
            rows => Err(RepoError::KeyNotUnique { schema, rows }.into()),
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

/// The values of the primary key.
fn key_of<S: Schema>(data: &S) -> Result<SmallVec<[Value; 2]>> {
    if S::Key::COLUMNS == 0 {
        return Err(RepoError::NoPrimaryKey { schema: S::META.name }.into());
    }
    Ok(data.key().values())
}
