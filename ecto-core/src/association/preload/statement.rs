//! The query of a preload.

use crate::query::{At, Op, Raw, Statement, Token};
use crate::types::Value;

/// The rows of a query that have one of these keys. A limit or an offset of it holds for each key.
pub fn of_keys(query: &Statement, field: u16, keys: &[Value]) -> Statement {
    let mut statement = query.clone();
    let Some(meta) = statement.root().fields.get(usize::from(field)) else { return statement };
    let mut condition = Raw::of(Token::column(At::new(statement.level, 0), field));
    condition.push(Token::with(Op::ListParam, meta.kind as u16));
    condition.params.push(Value::List(keys.into()));
    condition.push(Token::new(Op::InList));
    statement.clause(condition, Token::new(Op::Where));
    if statement.bounds().next().is_some() {
        statement.per = Some(field);
    }
    statement
}
