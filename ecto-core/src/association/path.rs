//! The way of an association as joins: from an owner to its rows, and back.

use std::sync::Arc;

use crate::query::{At, Extra, JoinPath, JoinPlace, Op, Raw, SelectList, Statement, Token, Verb, level};
use crate::schema::{Hop, Relation};
use crate::types::Value;

/// The two ends of a hop are equal.
fn tie(left: Token, right: Token) -> Raw {
    let mut raw = Raw::of(left);
    raw.push(right);
    raw.push(Token::new(Op::Eq));
    raw
}

/// From an owner to its rows, which are to stand at `place`.
#[inline(never)]
pub fn forward(relation: &Relation, owner: At, place: JoinPlace) -> JoinPath {
    let hops = relation.hops();
    let between = hops.len().saturating_sub(1);
    let (mut path, mut from) = (JoinPath::default(), owner);
    for (hop, via) in hops.iter().zip(place.via..).take(between) {
        let to = place.at.sibling(via);
        path.via.push(((hop.target)(), tie(Token::column(from, hop.from), Token::column(to, hop.to))));
        from = to;
    }
    if let Some(last) = hops.last() {
        path.on = tie(Token::column(from, last.from), Token::column(place.at, last.to));
    }
    path
}

/// From the rows of a query to the tables on the way back to their owner; and the column that holds the owner's key.
pub fn back(statement: &mut Statement, hops: &[Hop]) -> Token {
    let mut at = At::new(statement.level, 0);
    for step in hops.windows(2).rev() {
        let via = At::new(statement.level, statement.next_via());
        let tied = tie(Token::column(via, step[1].from), Token::column(at, step[1].to));
        statement.join_via(tied, Op::Join, (step[0].target)());
        at = via;
    }
    Token::column(at, hops.first().map_or(0, |first| first.to))
}

/// The rows that are associated with owners of these keys, each once: over several tables they are looked for in the last one but theirs.
#[inline(never)]
pub fn of_owners(relation: &Relation, mut statement: Statement, keys: Vec<Value>) -> Statement {
    statement.level = level::current();
    let hops = relation.hops();
    if let [before @ .., between, last] = hops.as_slice() {
        let mut inner = Statement::new(Verb::Select, (between.target)());
        inner.level = statement.level + 1;
        let column = back(&mut inner, &hops[..=before.len()]);
        keep_keys(&mut inner, column, keys);
        inner.select = SelectList::of(Token::column(At::new(inner.level, 0), last.from));
        inner.select.push(Token::new(Op::Item));
        let mut condition = Raw::of(Token::column(At::new(statement.level, 0), last.to));
        condition.extras.push(Extra::Statement(Arc::new(inner)));
        condition.push(Token::new(Op::InQuery));
        statement.clause(condition, Token::new(Op::Where));
    } else {
        let column = back(&mut statement, &hops);
        keep_keys(&mut statement, column, keys);
    }
    statement
}

/// Keeps the rows of which a column is the same as a column of a query around them.
pub fn keep_equal(statement: &mut Statement, column: Token, outer: Token) {
    statement.clause(tie(outer, column), Token::new(Op::Where));
}

/// Keeps the rows of which a column is one of these keys.
pub fn keep_keys(statement: &mut Statement, column: Token, keys: Vec<Value>) {
    let source = statement.source(usize::from(column.at.binding()));
    let Some(field) = source.and_then(|source| source.fields.get(usize::from(column.arg))) else { return };
    let mut condition = Raw::of(column);
    condition.push(Token::with(Op::ListParam, field.kind as u16));
    condition.params.push(Value::List(keys.into_boxed_slice()));
    condition.push(Token::new(Op::InList));
    statement.clause(condition, Token::new(Op::Where));
}
