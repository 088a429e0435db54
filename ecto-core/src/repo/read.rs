//! Reading: a statement in, rows out.

use std::borrow::Cow;

use super::Repo;
use super::collect::{All, Any, AtMostOne, TheOnly, Values};
use super::one_row::OneRow;
use super::rows::QueryResult;
use crate::adapter::{Command, Role, sql};
use crate::error::{RepoError, Result};
use crate::query::{Op, Query, RowLock, Sources, Statement, Tokens};
use crate::schema::{Key, Schema};
use crate::types::{FromRow, Value};

impl Repo {
    #[track_caller]
    pub(super) fn read_all<O: FromRow>(&self, statement: &Statement) -> Result<Vec<O>> {
        let mut rows = All(Vec::new());
        self.run(role_of(statement), Command::Statement(&self.placed(statement)), &mut rows)?;
        Ok(rows.0)
    }

    #[track_caller]
    pub(super) fn read_one<O: FromRow>(&self, statement: &Statement) -> Result<Option<O>> {
        let mut row = AtMostOne(None);
        self.run(role_of(statement), Command::Statement(&self.placed(statement)), &mut row)?;
        Ok(row.0)
    }

    /// The rows of a query, with what is loaded for them.
    #[track_caller]
    pub(super) fn read_all_of<S: Sources, O: FromRow>(&self, query: &Query<S, O>) -> Result<Vec<O>> {
        let preloads = query.preloads();
        preloads.check()?;
        let mut rows = match preloads.joined() {
            Some(joined) => self.read_joined(joined, query.statement())?,
            None => self.read_all(query.statement())?,
        };
        self.load_preloads(&mut rows, preloads)?;
        Ok(rows)
    }

    /// The only row of a statement that was made of a query, with what is loaded for it.
    #[track_caller]
    pub(super) fn read_one_of<S: Sources, O: FromRow>(&self, query: &Query<S, O>, statement: &Statement) -> Result<Option<O>> {
        let preloads = query.preloads();
        preloads.check()?;
        let mut row = match preloads.joined() {
            Some(joined) => at_most_one(self.read_joined(joined, statement)?)?,
            None => self.read_one(statement)?,
        };
        self.load_preloads(row.as_mut_slice(), preloads)?;
        Ok(row)
    }

    /// The row of a primary key.
    #[track_caller]
    pub(super) fn read_by_key<S: Schema>(&self, key: &S::Key) -> Result<Option<S>> {
        let mut row = TheOnly(None);
        self.run_one(Role::Reader, &OneRow::of_key(S::META, &key.values()), &mut row)?;
        Ok(row.0)
    }

    /// The row of a statement that always has one.
    #[track_caller]
    pub(super) fn read_value<O: FromRow>(&self, statement: &Statement) -> Result<O> {
        self.read_one(statement)?.ok_or_else(|| RepoError::NotFound { schema: statement.root().name }.into())
    }

    #[track_caller]
    pub(super) fn read_exists(&self, statement: &Statement) -> Result<bool> {
        let mut any = Any(false);
        self.run(Role::Reader, Command::Statement(&self.placed(&super::aggregate::existence(statement))), &mut any)?;
        Ok(any.0)
    }

    #[track_caller]
    pub(super) fn run_raw(&self, sql: &str, params: &[Value]) -> Result<QueryResult> {
        let mut values = Values { columns: Vec::new(), rows: Vec::new() };
        let role = if begins_with_select(sql) { Role::Reader } else { Role::Writer };
        let affected = self.run(role, Command::Raw(sql, params), &mut values)?;
        Ok(QueryResult::new(values.columns, values.rows, affected))
    }

    pub(super) fn explain_text(&self, statement: &Statement) -> Result<(String, Vec<Value>)> {
        let statement = self.placed(statement);
        let sql = sql::write(&statement, self.adapter().dialect())?;
        let mut params = Vec::new();
        statement.each_param(&mut |value| params.push(value.clone()));
        Ok((sql, params))
    }

    /// The statement, with the prefix of this handle.
    pub(super) fn placed<'s>(&self, statement: &'s Statement) -> Cow<'s, Statement> {
        match &self.options.prefix {
            Some(prefix) if statement.prefix.is_none() => {
                let mut statement = statement.clone();
                statement.place(prefix);
                Cow::Owned(statement)
            }
            _ => Cow::Borrowed(statement),
        }
    }
}

/// Of rows that were folded, which are known only when all are there.
fn at_most_one<O>(mut rows: Vec<O>) -> Result<Option<O>> {
    match rows.len() {
        0 | 1 => Ok(rows.pop()),
        _ => Err(RepoError::MultipleResults.into()),
    }
}

/// A lock is a write to the database that has it.
pub(super) fn role_of(statement: &Statement) -> Role {
    match statement.lock {
        Some(RowLock::Update | RowLock::Share) => Role::Writer,
        None => Role::Reader,
    }
}

/// Only what certainly reads may go to a connection that cannot write. `WITH` may write.
fn begins_with_select(sql: &str) -> bool {
    sql.trim_start().get(..6).is_some_and(|word| word.eq_ignore_ascii_case("select"))
}

/// Has this run of tokens a clause of this kind?
pub(super) fn has<const N: usize, const P: usize>(tokens: &Tokens<N, P>, op: Op) -> bool {
    tokens.tokens.iter().any(|token| token.op == op)
}
