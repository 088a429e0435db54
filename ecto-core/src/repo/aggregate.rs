//! Questions about a query whose answer is one row: how many, the greatest, is there any, the first.

use super::read::has;
use crate::error::{QueryError, Result};
use crate::query::{At, Op, Query, Select, SelectList, Sources, Statement, Token, select_row, without};
use crate::types::Value;

/// `COUNT(*)` of a query.
pub(super) fn count(query: &Statement) -> Statement {
    let mut list = SelectList::of(Token::new(Op::CountAll));
    list.push(Token::new(Op::Item));
    over(query, list)
}

/// Aggregates over the rows of a query.
pub(super) fn of<S: Sources, O, A: Select>(query: &Query<S, O>, aggregate: impl FnOnce(S::Bindings) -> A) -> Result<Statement> {
    let statement = query.statement();
    if has(&statement.body, Op::GroupBy) {
        let hint = "select the aggregate in the query itself, next to what it is grouped by";
        return Err(QueryError::ClauseRefused { operation: "aggregate", clause: "a group", hint }.into());
    }
    let selected = query.clone().select(aggregate);
    Ok(over(statement, selected.statement().select.clone()))
}

/// Selects a list over the rows of a query. Where the query says which rows there are by more than filters, it becomes the
/// source of the new one.
fn over(query: &Statement, list: SelectList) -> Statement {
    let is_bounded = query.limit.is_some() || query.offset.is_some() || query.distinct || has(&query.body, Op::GroupBy);
    let is_bounded = is_bounded || query.is_combined();
    if !is_bounded {
        let mut statement = query.clone();
        drop_order(&mut statement);
        statement.select = list;
        return statement;
    }
    let mut inner = query.clone();
    if inner.select.tokens.is_empty() && !inner.is_combined() {
        select_row(At::new(inner.level, 0), &mut inner.select);
    }
    Statement { select: list, ..Statement::over(inner) }
}

/// The order says nothing about how many rows there are, and some databases refuse it beside an aggregate.
fn drop_order(statement: &mut Statement) {
    if has(&statement.body, Op::Asc) || has(&statement.body, Op::Desc) {
        statement.body = without(&statement.body, &[Op::Asc, Op::Desc]);
    }
}

/// `SELECT 1 … LIMIT 1`: R-18. Groups stay, since they may leave no row.
pub(super) fn existence(query: &Statement) -> Statement {
    let mut statement = if query.is_combined() { Statement::over(query.clone()) } else { query.clone() };
    drop_order(&mut statement);
    statement.select = SelectList::default();
    statement.select.push_literal(Value::I64(1));
    statement.select.push(Token::new(Op::Item));
    statement.distinct = false;
    let finds_none = statement.limit == Some(Value::I64(0));
    statement.limit = Some(Value::I64(i64::from(!finds_none)));
    statement
}

/// The same query, of one row: in its order, or else in that of the primary key.
pub(super) fn first(query: &Statement) -> Statement {
    let mut statement = query.clone();
    if !has(&statement.body, Op::Asc) && !has(&statement.body, Op::Desc) {
        for field in query.root().key {
            let mut key = crate::query::Raw::of(Token::column(At::new(query.level, 0), *field));
            key.push(Token::new(Op::Asc));
            statement.body.append(key);
        }
    }
    statement.limit = Some(Value::I64(1));
    statement
}
