//! The statements behind reads and writes of single rows, made without closures.

use crate::query::{At, Op, Query, Sources, Statement, Token, Update, Verb, written_by_key};
use crate::schema::{Key, Schema, SchemaMeta};
use crate::types::Value;

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
pub(super) fn filter_equal(statement: &mut Statement, field: u16, value: Value) {
    let Some(meta) = statement.root().fields.get(usize::from(field)) else { return };
    let body = &mut statement.body;
    body.push(Token::column(At::ROOT, field));
    if value.is_null() {
        body.push(Token::new(Op::IsNull));
    } else {
        body.push_param(meta.kind, value);
        body.push(Token::new(Op::Eq));
    }
    body.push(Token::new(Op::Where));
}

/// Writes these values into these fields.
pub(super) fn assign<'v>(statement: &mut Statement, values: impl IntoIterator<Item = (u16, &'v Value)>) {
    for (field, value) in values {
        if let Some(meta) = statement.root().fields.get(usize::from(field)) {
            statement.body.push_param(meta.kind, value.clone());
            statement.body.push(Token::with(Op::Set, field));
        }
    }
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

/// Returns these fields.
pub(super) fn returning(statement: &mut Statement, fields: impl IntoIterator<Item = u16>) {
    for field in fields {
        statement.select.push(Token::with(Op::Returned, field));
    }
}

/// An insert of these values that returns every column it does not send.
pub(super) fn insert(meta: &'static SchemaMeta, sent: &[(u16, &Value)]) -> Statement {
    let mut statement = Statement::new(Verb::Insert, meta);
    assign(&mut statement, sent.iter().copied());
    let is_sent = |field: u16| sent.iter().any(|(other, _)| *other == field);
    returning(&mut statement, meta.columns().filter(|field| !is_sent(*field) || meta.fields[usize::from(*field)].read_after_writes));
    statement
}

/// Deletes the rows of a query.
pub(super) fn delete_of(query: &Statement) -> Statement {
    let mut statement = query.clone();
    statement.verb = Verb::Delete;
    statement.select = crate::query::Tokens::default();
    written_by_key(statement)
}
