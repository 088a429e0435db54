//! `UPDATE` and `DELETE` over joins: as `key IN (SELECT key … JOIN …)`, which every database can do.

use std::sync::Arc;

use super::split::{only, without};
use crate::query::{At, Extra, Op, Statement, Token, Verb};

const JOINS: &[Op] = &[Op::Join, Op::LeftJoin, Op::RightJoin, Op::FullJoin];

/// A write with joins, as a write to the rows whose keys a query with these joins finds. What cannot be written so stays as it is, and is refused.
pub(crate) fn written_by_key(statement: Statement) -> Statement {
    let has = |ops: &[Op]| statement.body.tokens.iter().any(|token| ops.contains(&token.op));
    let [key] = statement.root().key else { return statement };
    let is_bounded = statement.limit.is_some() || statement.offset.is_some() || statement.distinct || statement.lock.is_some();
    if !has(JOINS) || is_bounded || has(&[Op::Asc, Op::Desc, Op::GroupBy, Op::Having]) || statement.reads_query() {
        return statement;
    }
    let values = only(&statement.body, |op| op == Op::Set);
    let reads_joined = |token: &Token| token.op == Op::Column && token.at.level() == statement.level && token.at.binding() > 0;
    if values.tokens.iter().any(|token| reads_joined(token) || (token.op == Op::Set && token.at.binding() > 0)) {
        return statement;
    }
    let mut written = Statement { body: values, ..Statement::new(statement.verb, statement.root()) };
    written.level = statement.level;
    written.is_foreign = statement.is_foreign;
    written.prefix.clone_from(&statement.prefix);
    written.body.push(Token::column(At::new(statement.level, 0), *key));
    written.body.extras.push(Extra::Statement(Arc::new(keys(statement, *key))));
    written.body.push(Token::new(Op::InQuery));
    written.body.push(Token::new(Op::Where));
    written
}

/// The keys of the rows that are meant, one level below the write.
fn keys(mut statement: Statement, key: u16) -> Statement {
    statement.verb = Verb::Select;
    statement.body = without(&statement.body, &[Op::Set]);
    statement.select = crate::query::SelectList::of(Token::column(At::new(statement.level, 0), key));
    statement.select.push(Token::new(Op::Item));
    let level = statement.level;
    statement.relevel(level, 1);
    statement
}
