//! `SELECT`.

use sea_query::{Alias, Expr, JoinType, LockType, NullOrdering, Order, SelectStatement};

use super::expr::{Walk, Writer};
use super::numbering::count;
use super::param::UNLIMITED;
use super::per::{Sorted, sort};
use super::source::Scope;
use crate::error::{QueryError, Result};
use crate::query::{Op, RowLock, Statement, Token};
use crate::types::Kind;

impl<'a> Writer<'a> {
    /// A query whose parameters stand behind `before` others, and how many there are then.
    pub(super) fn select(&mut self, statement: &'a Statement, before: usize) -> Result<(SelectStatement, usize)> {
        let exact = std::mem::take(&mut self.compares_items) || statement.distinct;
        if statement.is_combined() {
            return self.combined(statement, before);
        }
        let depth = self.scopes.len();
        self.scopes.push(Scope { statement, depth });
        let mut out = SelectStatement::new();
        let written = self.select_inside(statement, before, exact, &mut out);
        self.scopes.pop();
        Ok((out, written?))
    }

    fn select_inside(&mut self, statement: &'a Statement, before: usize, exact: bool, out: &mut SelectStatement) -> Result<usize> {
        let mut queries = self.queries(statement, before)?;
        match queries.take(0) {
            Some(query) => out.from_subquery(query, self.innermost()?.alias(0)),
            None => out.from(self.innermost()?.table(0, statement.root())),
        };
        let mut keys = Vec::new();
        let end = Walk::over(self, &statement.body, before, &mut |walk, token| match token.op {
            Op::Asc | Op::Desc => {
                keys.push(order(walk.take_key()?, token));
                Ok(())
            }
            _ => body_clause(walk, token, &mut queries, out),
        })?;
        let end = if statement.select.tokens.is_empty() {
            self.row(0, exact, out)?;
            end
        } else {
            Walk::over(self, &statement.select, end, &mut |walk, token| item(walk, token, exact, out))?
        };
        let end = queries.end.unwrap_or(end);
        if statement.distinct {
            out.distinct();
        }
        if let Some(lock) = statement.lock {
            out.lock(match lock {
                RowLock::Update => LockType::Update,
                RowLock::Share => LockType::Share,
            });
        }
        match statement.per {
            Some(per) => self.bounds_per(per, keys, end, out)?,
            None => {
                sort(out, keys);
                self.bounds(statement, end, out);
            }
        }
        Ok(end + statement.bounds().count())
    }

    /// The queries that sources are read from. They cannot see the one around them; their parameters come after those of its clauses.
    fn queries(&mut self, statement: &'a Statement, before: usize) -> Result<SourceQueries> {
        let mut found = SourceQueries::default();
        if statement.queries.is_empty() {
            return Ok(found);
        }
        let expands_lists = !self.dialect.capabilities().array_params;
        let mut end = before + count(&statement.body, expands_lists) + count(&statement.select, expands_lists);
        for (binding, query) in &statement.queries {
            let (tree, after) = self.select(query, end)?;
            found.trees.push((*binding, tree));
            end = after;
        }
        found.end = Some(end);
        Ok(found)
    }

    /// Limit and offset, whose numbers come after all others.
    pub(super) fn bounds(&self, statement: &Statement, end: usize, out: &mut SelectStatement) {
        let mut number = end as u64;
        if statement.limit.is_some() {
            number += 1;
            out.limit(number);
        } else if statement.offset.is_some() && self.dialect.wants_limit_with_offset() {
            out.limit(UNLIMITED);
        }
        if statement.offset.is_some() {
            out.offset(number + 1);
        }
    }

    /// Every column of one source of the innermost query; `exact` if they are compared.
    pub(super) fn row(&self, binding: usize, exact: bool, out: &mut SelectStatement) -> Result<()> {
        let scope = self.innermost()?;
        let source = scope.statement.source(binding).ok_or(QueryError::ForeignHandle)?;
        for number in source.columns() {
            let column = scope.column(binding, number).ok_or(QueryError::ForeignHandle)?;
            let field = &source.fields[usize::from(number)];
            if exact && field.kind == Kind::Decimal && !self.dialect.has_decimals() {
                out.expr_as(self.collated(column), Alias::new(field.column));
            } else {
                out.expr(column);
            }
        }
        Ok(())
    }

    pub(super) fn innermost(&self) -> Result<&Scope<'a>> {
        self.scopes.last().ok_or_else(|| QueryError::Malformed.into())
    }
}

/// Queries that are sources of another one, until they are written there.
#[derive(Default)]
struct SourceQueries {
    trees: Vec<(u8, SelectStatement)>,
    /// How many parameters there are behind them, if there are any.
    end: Option<usize>,
}

impl SourceQueries {
    fn take(&mut self, binding: u8) -> Option<SelectStatement> {
        let place = self.trees.iter().position(|(of, _)| *of == binding)?;
        Some(self.trees.remove(place).1)
    }
}

fn body_clause(walk: &mut Walk<'_, '_>, token: Token, queries: &mut SourceQueries, out: &mut SelectStatement) -> Result<()> {
    match token.op {
        Op::Where => {
            out.and_where(walk.take()?);
        }
        Op::Having => {
            out.and_having(walk.take()?);
        }
        Op::GroupBy => {
            out.add_group_by([walk.take_key()?]);
        }
        Op::Join | Op::LeftJoin | Op::RightJoin | Op::FullJoin => join(walk, token, queries, out)?,
        _ => return Err(QueryError::Malformed.into()),
    }
    Ok(())
}

fn order(key: Expr, token: Token) -> Sorted {
    let order = if token.op == Op::Asc { Order::Asc } else { Order::Desc };
    let nulls = match token.arg {
        0 => None,
        1 => Some(NullOrdering::First),
        _ => Some(NullOrdering::Last),
    };
    Sorted { key, order, nulls }
}

fn join(walk: &mut Walk<'_, '_>, token: Token, queries: &mut SourceQueries, out: &mut SelectStatement) -> Result<()> {
    let kind = match token.op {
        Op::LeftJoin => JoinType::LeftJoin,
        Op::RightJoin => JoinType::RightJoin,
        Op::FullJoin => JoinType::FullOuterJoin,
        _ => JoinType::InnerJoin,
    };
    let on = walk.take()?;
    let scope = walk.writer.innermost()?;
    let binding = usize::from(token.at.binding());
    let source = scope.statement.source(binding).ok_or(QueryError::Malformed)?;
    match queries.take(token.at.binding()) {
        Some(query) => out.join_subquery(kind, query, scope.alias(binding), on),
        None => out.join(kind, scope.table(binding, source), on),
    };
    Ok(())
}

fn item(walk: &mut Walk<'_, '_>, token: Token, exact: bool, out: &mut SelectStatement) -> Result<()> {
    match token.op {
        Op::Item => {
            out.expr(if exact { walk.take_key()? } else { walk.take()? });
            Ok(())
        }
        Op::Row => walk.writer.row(usize::from(token.at.binding()), exact, out),
        _ => Err(QueryError::Malformed.into()),
    }
}
