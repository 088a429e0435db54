//! `DISTINCT` with an order: rows that became one have no single value of what was not selected.

use crate::error::{QueryError, Result};
use crate::query::{Op, Statement, Token, is_clause};

/// is everything that the rows are sorted by selected? Of what is not, one database takes the value of some row, the other refuses it.
pub(super) fn check_distinct(statement: &Statement) -> Result<()> {
    let mut clauses = Runs(&statement.body.tokens).filter(|(_, clause)| matches!(clause.op, Op::Asc | Op::Desc));
    if clauses.all(|(key, _)| is_selected(statement, key)) {
        return Ok(());
    }
    let hint = "select it too, or sort the rows of the query by `Query::from_subquery(..)`";
    Err(QueryError::ClauseRefused { operation: "distinct", clause: "an order by what is not selected", hint }.into())
}

fn is_selected(statement: &Statement, key: &[Token]) -> bool {
    let of_row =
        |row: u8| matches!(key, [column] if column.op == Op::Column && column.at.level() == statement.level && column.at.binding() == row);
    if statement.select.tokens.is_empty() {
        return of_row(0);
    }
    // Two parameters are two values to a database, whatever is bound to them.
    let has_params = key.iter().any(|token| matches!(token.op, Op::Param | Op::ListParam));
    Runs(&statement.select.tokens).any(|(item, end)| if end.op == Op::Row { of_row(end.at.binding()) } else { item == key && !has_params })
}

/// The expressions of a run of tokens, each with the clause or the item that takes it.
struct Runs<'t>(&'t [Token]);

impl<'t> Iterator for Runs<'t> {
    type Item = (&'t [Token], Token);

    fn next(&mut self) -> Option<Self::Item> {
        let end = self.0.iter().position(|token| is_clause(token.op) || matches!(token.op, Op::Item | Op::Row | Op::Returned))?;
        let (run, rest) = self.0.split_at(end);
        self.0 = &rest[1..];
        Some((run, rest[0]))
    }
}
