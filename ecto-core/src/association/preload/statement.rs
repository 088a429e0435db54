//! The query of a preload.

use crate::association::path;
use crate::error::{QueryError, Result};
use crate::query::{At, Op, Per, SelectList, Statement, Token, VIA, check_per, select_row};
use crate::schema::{Relation, RelationKind};
use crate::types::Value;

/// The rows of a query that are associated with owners of these keys. A limit or an offset of it holds for each owner. Where the key of the owner
/// stands in a table on the way, it is selected behind the row.
pub fn of_keys(query: &Statement, relation: &Relation, keys: &[Value]) -> Statement {
    let mut statement = query.clone();
    statement.select = SelectList::default();
    let owner = path::back(&mut statement, &relation.hops());
    path::keep_keys(&mut statement, owner, keys.to_vec());
    if statement.bounds().next().is_some() {
        statement.per = Some(Per { column: owner, once: is_through(relation) });
    } else if owner.at.binding() >= VIA {
        select_row(At::new(statement.level, 0), &mut statement.select);
        statement.select.push(owner);
        statement.select.push(Token::new(Op::Item));
    }
    statement
}

/// Can an owner reach the same row on several ways?
pub fn is_through(relation: &Relation) -> bool {
    matches!(relation.kind, RelationKind::HasManyThrough | RelationKind::HasOneThrough)
}

/// Can the rows of this query be tied to their owners?
///
/// # Errors
/// The refusal.
pub fn check(query: &Statement) -> Result<()> {
    if query.bounds().next().is_some() {
        check_per(query)?;
    }
    // A query may join its own table and select that; its rows would be tied to the owners of others.
    let selects_root = query.select.tokens.iter().all(|item| item.op == Op::Row && item.at.binding() == 0);
    if selects_root {
        return Ok(());
    }
    let hint = "begin the query with the schema whose rows are loaded, and leave `.select(..)` out";
    Err(QueryError::ClauseRefused { operation: "a preload", clause: "rows of a joined source", hint }.into())
}
