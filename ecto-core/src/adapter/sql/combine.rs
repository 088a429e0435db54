//! `UNION`, `INTERSECT`, `EXCEPT`.

use sea_query::{Alias, Asterisk, SelectStatement, UnionType};

use super::expr::{Walk, Writer};
use crate::error::{QueryError, Result};
use crate::query::{Combination, Op, Statement, Token};

impl<'a> Writer<'a> {
    /// A combination whose parameters stand behind `before` others, and how many there are then.
    pub(super) fn combined(&mut self, statement: &'a Statement, before: usize) -> Result<(SelectStatement, usize)> {
        let mut out: Option<SelectStatement> = None;
        let end = Walk::over(self, &statement.body, before, &mut |walk, token| {
            let part = part(walk, token)?;
            match &mut out {
                None => out = Some(part),
                Some(out) => {
                    out.union(kind(Combination::of(token)), part);
                }
            }
            Ok(())
        })?;
        let mut out = out.ok_or(QueryError::Malformed)?;
        self.bounds(statement, end, &mut out);
        Ok((out, end + statement.bounds().count()))
    }
}

/// A query of a combination. What has an order, a limit or a combination of its own is read from, as not every database has parentheses here, and
/// not all agree which combination comes first.
fn part(walk: &mut Walk<'_, '_>, token: Token) -> Result<SelectStatement> {
    if token.op != Op::Combine {
        return Err(QueryError::Malformed.into());
    }
    walk.writer.compares_items = true;
    let (statement, tree) = walk.nested()?;
    let is_ordered = statement.body.tokens.iter().any(|token| matches!(token.op, Op::Asc | Op::Desc));
    if !is_ordered && statement.bounds().next().is_none() && statement.lock.is_none() && !statement.is_combined() {
        return Ok(tree);
    }
    let mut wrapped = SelectStatement::new();
    wrapped.column(Asterisk).from_subquery(tree, Alias::new("part"));
    Ok(wrapped)
}

fn kind(combination: Combination) -> UnionType {
    match combination {
        Combination::Union => UnionType::Distinct,
        Combination::UnionAll => UnionType::All,
        Combination::Intersect => UnionType::Intersect,
        Combination::Except => UnionType::Except,
    }
}
