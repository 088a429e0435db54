//! The statements behind reads and writes of single rows, made without closures.

use smallvec::SmallVec;

use crate::query::{At, Op, Query, Sources, Statement, Token, Update, Verb, written_by_key};
use crate::schema::{FieldMeta, Key, Schema, SchemaMeta};
use crate::types::{Param, Value};

/// Something with a statement behind it: what `to_sql` takes.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a query", label = "expected a `Query`, or an `Update` made by `.set(..)`")]
pub trait ToStatement {
    #[doc(hidden)]
    fn __to_statement(&self) -> Statement;
}

impl<S: Sources, O> ToStatement for Query<S, O> {
    fn __to_statement(&self) -> Statement {
        self.statement().clone()
    }
}

impl<S: Sources> ToStatement for Update<S> {
    fn __to_statement(&self) -> Statement {
        self.statement()
    }
}

/// The row of this primary key.
#[inline]
pub(super) fn by_key<S: Schema>(key: &S::Key) -> Statement {
    let mut statement = Statement::new(Verb::Select, S::META);
    filter_by_key(&mut statement, key.values());
    statement
}

/// Keeps the row of this key.
#[inline(never)]
pub(super) fn filter_by_key(statement: &mut Statement, key: impl IntoIterator<Item = Value>) {
    for (field, value) in statement.root().key.iter().zip(key) {
        filter_equal(statement, *field, value);
    }
}

/// Keeps the rows in which a field has this value, or none.
fn filter_equal(statement: &mut Statement, field: u16, value: Value) {
    if keep_equal(statement, field, value.is_null()) {
        statement.body.params.push(value);
    }
}

/// The clause alone. Does it take a parameter?
fn keep_equal(statement: &mut Statement, field: u16, is_null: bool) -> bool {
    let Some(meta) = statement.root().fields.get(usize::from(field)) else { return false };
    let body = &mut statement.body;
    body.push(Token::column(At::ROOT, field));
    if is_null {
        body.push(Token::new(Op::IsNull));
    } else {
        body.push(Token::param(meta.kind));
        body.push(Token::new(Op::Eq));
    }
    body.push(Token::new(Op::Where));
    !is_null
}

/// Writes into these fields; the values come with the rows of a bulk insert.
pub(super) fn assign_columns(statement: &mut Statement, fields: &[u16]) {
    for field in fields {
        if let Some(meta) = statement.root().fields.get(usize::from(*field)) {
            statement.body.push(Token::param(meta.kind));
            statement.body.push(Token::with(Op::Set, *field));
        }
    }
}

/// Deletes the rows of a query.
pub(super) fn delete_of(query: &Statement) -> Statement {
    let mut statement = query.clone();
    statement.verb = Verb::Delete;
    statement.select = crate::query::Tokens::default();
    written_by_key(statement)
}

/// A write of one row: a statement, and its parameters borrowed from the changeset.
pub(super) struct OneRow<'v> {
    pub(super) statement: Statement,
    pub(super) params: SmallVec<[Param<'v>; 8]>,
}

impl<'v> OneRow<'v> {
    fn new(verb: Verb, meta: &'static SchemaMeta) -> Self {
        OneRow { statement: Statement::new(verb, meta), params: SmallVec::new() }
    }

    /// An insert of these values that returns every column it does not send.
    pub(super) fn insert(meta: &'static SchemaMeta, sent: &[(u16, &'v Value)]) -> Self {
        let mut row = OneRow::new(Verb::Insert, meta);
        row.assign(sent);
        let is_sent = |field: u16| sent.iter().any(|(other, _)| *other == field);
        row.returning(|field, meta| meta.read_after_writes || !is_sent(field));
        row
    }

    /// The row of this key, while it still holds what the filters say.
    pub(super) fn keyed(verb: Verb, meta: &'static SchemaMeta, key: &'v [Value], filters: &'v [(u16, Value)]) -> Self {
        let mut row = OneRow::new(verb, meta);
        let key = meta.key.iter().copied().zip(key);
        for (field, value) in key.chain(filters.iter().map(|(field, value)| (*field, value))) {
            if keep_equal(&mut row.statement, field, value.is_null()) {
                row.params.push(value.as_param());
            }
        }
        row
    }

    /// Writes these values.
    pub(super) fn assign(&mut self, values: &[(u16, &'v Value)]) {
        for (field, value) in values {
            if let Some(meta) = self.statement.root().fields.get(usize::from(*field)) {
                self.statement.body.push(Token::param(meta.kind));
                self.statement.body.push(Token::with(Op::Set, *field));
                self.params.push(value.as_param());
            }
        }
    }

    /// Returns the columns for which this holds.
    pub(super) fn returning(&mut self, wanted: impl Fn(u16, &FieldMeta) -> bool) {
        let meta = self.statement.root();
        for field in meta.columns().filter(|field| wanted(*field, &meta.fields[usize::from(*field)])) {
            self.statement.select.push(Token::with(Op::Returned, field));
        }
    }
}
