//! Refuses what a database lacks, and what a kind of statement cannot have, before anything is sent.

use super::distinct::check_distinct;
use crate::capability::Capabilities;
use crate::error::{QueryError, Result};
use crate::query::{Extra, Op, Statement, Verb};

/// How deep queries may be nested: a column has four bits for its level.
const DEEPEST: u8 = 15;

/// How many tables associations may pass: a column has four bits for its source.
const MOST_VIA: usize = 8;

/// Can the database do this?
///
/// # Errors
/// A typed refusal that names the way out.
pub fn check(statement: &Statement, can: &Capabilities) -> Result<()> {
    if statement.level > DEEPEST {
        return Err(QueryError::TooDeep.into());
    }
    if statement.via.len() > MOST_VIA {
        return Err(QueryError::TooManyTables.into());
    }
    if statement.is_foreign {
        return Err(QueryError::ForeignHandle.into());
    }
    if statement.lock.is_some() && !can.row_locks {
        let hint = "leave the lock out: a transaction is the only writer there";
        return unsupported("a row lock", can, hint);
    }
    if statement.prefix.is_some() && !can.prefixes {
        return unsupported("a prefix", can, "use one database per tenant");
    }
    if statement.per.is_some() {
        check_per(statement)?;
    }
    if matches!(statement.verb, Verb::Update | Verb::Delete) {
        check_bulk(statement)?;
    }
    if statement.is_combined() {
        check_combined(statement)?;
    }
    if statement.distinct && statement.verb == Verb::Select {
        check_distinct(statement)?;
    }
    if let Some(column) = written_twice(statement) {
        return Err(QueryError::WrittenTwice { column }.into());
    }
    for extra in statement.body.extras.iter().chain(&statement.select.extras) {
        if let Extra::Statement(nested) = extra {
            check(nested, can)?;
        }
    }
    statement.queries.iter().try_for_each(|(_, query)| check(query, can))
}

/// One database would take the first value, one the last, one neither.
fn written_twice(statement: &Statement) -> Option<&'static str> {
    let written = || statement.body.tokens.iter().filter(|token| token.op == Op::Set).map(|token| token.arg);
    let twice = written().enumerate().find(|(at, column)| written().take(*at).any(|other| other == *column));
    twice.and_then(|(_, column)| statement.root().fields.get(usize::from(column))).map(|field| field.column)
}

fn unsupported(what: &'static str, can: &Capabilities, hint: &'static str) -> Result<()> {
    Err(QueryError::Unsupported { what, database: can.database, hint }.into())
}

/// the whole of a combination has a limit and an offset, and nothing else.
fn check_combined(statement: &Statement) -> Result<()> {
    let refused = [
        (!statement.select.tokens.is_empty(), "a select"),
        (statement.distinct, "distinct"),
        (statement.lock.is_some(), "a lock"),
        (statement.body.tokens.iter().any(|token| token.op != Op::Combine), "a clause over its sources"),
    ];
    match refused.into_iter().find(|(is_there, _)| *is_there) {
        Some((_, clause)) => {
            let hint = "put it into one of the queries, or read from the whole: `Query::from_subquery(..)`";
            Err(QueryError::ClauseRefused { operation: "a combination of queries", clause, hint }.into())
        }
        None => Ok(()),
    }
}

/// The rows of each owner are counted before these would be done.
pub(crate) fn check_per(statement: &Statement) -> Result<()> {
    let hint = "leave it out, or leave out the limit and the offset";
    let operation = "a preload with a limit for each owner";
    match (statement.distinct, statement.lock) {
        (true, _) => Err(QueryError::ClauseRefused { operation, clause: "distinct", hint }.into()),
        (_, Some(_)) => Err(QueryError::ClauseRefused { operation, clause: "a lock", hint }.into()),
        (false, None) => Ok(()),
    }
}

/// a write over many rows has filters, and nothing else of a query.
fn check_bulk(statement: &Statement) -> Result<()> {
    let operation = if statement.verb == Verb::Update { "update_all" } else { "delete_all" };
    let has = |ops: &[Op]| statement.body.tokens.iter().any(|token| ops.contains(&token.op));
    let refused = [
        (statement.limit.is_some() || statement.offset.is_some(), "a limit or an offset"),
        (statement.distinct, "distinct"),
        (statement.lock.is_some(), "a lock"),
        (has(&[Op::Asc, Op::Desc]), "an order"),
        (has(&[Op::GroupBy, Op::Having]), "a group"),
        (statement.reads_query(), "a query as its source"),
        (statement.is_combined(), "a combination of queries"),
        (
            has(&[Op::Join, Op::LeftJoin, Op::RightJoin, Op::FullJoin]),
            "a join of a root without a single key, or a value of a joined source",
        ),
    ];
    match refused.into_iter().find(|(is_there, _)| *is_there) {
        Some((_, clause)) => {
            let hint = "select the keys in a query of its own, and filter by `in_query`";
            Err(QueryError::ClauseRefused { operation, clause, hint }.into())
        }
        None => Ok(()),
    }
}
