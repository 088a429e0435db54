//! Some of the clauses of a statement.

use crate::query::{Op, Tokens};

/// The clauses for which this holds.
///
/// A clause and its operands stand together, so what lies between two clause tokens belongs to the second.
pub(super) fn only<const N: usize, const P: usize>(body: &Tokens<N, P>, keep: impl Fn(Op) -> bool) -> Tokens<N, P> {
    let mut kept = Tokens::default();
    let (mut params, mut extras) = (body.params.iter(), body.extras.iter());
    let mut clause = Tokens::<N, P>::default();
    for token in &body.tokens {
        clause.push(*token);
        match token.op {
            Op::Param | Op::ListParam => clause.params.extend(params.next().cloned()),
            Op::Literal | Op::Fragment | Op::InQuery | Op::Exists | Op::Scalar | Op::Combine => {
                clause.extras.extend(extras.next().cloned())
            }
            _ => {}
        }
        if is_clause(token.op) {
            let whole = std::mem::take(&mut clause);
            if keep(token.op) {
                kept.append(whole);
            }
        }
    }
    kept
}

/// The clauses but these.
pub(crate) fn without<const N: usize, const P: usize>(body: &Tokens<N, P>, dropped: &[Op]) -> Tokens<N, P> {
    only(body, |op| !dropped.contains(&op))
}

/// Does it take the expressions before it off the stack, so that a run of tokens can be cut behind it?
pub(crate) fn is_clause(op: Op) -> bool {
    matches!(
        op,
        Op::Where
            | Op::GroupBy
            | Op::Having
            | Op::Asc
            | Op::Desc
            | Op::Join
            | Op::LeftJoin
            | Op::RightJoin
            | Op::FullJoin
            | Op::Combine
            | Op::Set
    )
}
