//! The statements behind queries and bulk writes.

use crate::adapter::outline::assign;
use crate::query::{Query, Sources, Statement, Update, Verb, written_by_key};

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

/// Writes into these fields; the values come with the rows of a bulk insert.
pub(super) fn assign_columns(statement: &mut Statement, fields: &[u16]) {
    for field in fields {
        assign(statement, *field);
    }
}

/// Deletes the rows of a query.
pub(super) fn delete_of(query: &Statement) -> Statement {
    let mut statement = query.clone();
    statement.verb = Verb::Delete;
    statement.select = crate::query::Tokens::default();
    written_by_key(statement)
}
