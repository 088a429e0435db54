//! The words of a statement: operands, operators and clauses, six bytes each.

use crate::query::At;
use crate::types::Kind;

/// What a token does. Operands stand before their operator; a clause takes the expressions before it off the stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
#[allow(missing_docs, reason = "those without a word of their own are the SQL of their name")]
pub enum Op {
    // Operands.
    /// A column: `at` is the source, `arg` the number of the field.
    Column,
    /// The next parameter: `arg` is its [`Kind`].
    Param,
    /// The next parameter, a list: `arg` is the [`Kind`] of its elements.
    ListParam,
    /// A literal from `extras`.
    Literal,
    True,
    False,
    /// `COUNT(*)`.
    CountAll,
    // One operand.
    Not,
    IsNull,
    IsNotNull,
    Negate,
    /// `arg` is the [`Kind`].
    Cast,
    /// An aggregate: `arg` is 1 if it is DISTINCT.
    Count,
    Sum,
    Avg,
    Min,
    Max,
    // Two operands.
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
    /// NULL equals NULL.
    Same,
    Like,
    Ilike,
    And,
    Or,
    Add,
    Sub,
    Mul,
    Div,
    /// A value, and a list parameter.
    InList,
    /// An aggregate, and its condition.
    Filter,
    // Any number of operands.
    /// `arg` is their number.
    Coalesce,
    /// The text is in `extras`, `arg` is the number of its placeholders.
    Fragment,
    // Subqueries, from `extras`.
    /// A value.
    InQuery,
    Exists,
    Scalar,
    // Clauses.
    Where,
    GroupBy,
    Having,
    /// `arg` says where NULLs stand: 0 as the database does, 1 first, 2 last.
    Asc,
    Desc,
    /// A condition: joins the source `at`.
    Join,
    LeftJoin,
    RightJoin,
    FullJoin,
    /// A query from `extras`, combined with those before it: `arg` is a [`Combination`](crate::query::Combination). Where there is one, all clauses are.
    Combine,
    /// A value for the column `arg` of the source `at`.
    Set,
    // What is selected or returned.
    /// An expression.
    Item,
    /// All columns of the source `at`.
    Row,
    /// The column `arg` of the root, without a qualifier: what an insert takes, and what a write returns.
    Returned,
}

/// A word of a statement, small and `Copy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it does.
    pub op: Op,
    /// Which source it speaks of, where it does.
    pub at: At,
    /// See [`Op`].
    pub arg: u16,
}

impl Token {
    /// A token that needs nothing else.
    #[inline]
    #[must_use]
    pub const fn new(op: Op) -> Self {
        Token { op, at: At::ROOT, arg: 0 }
    }

    /// A token with an argument.
    #[inline]
    #[must_use]
    pub const fn with(op: Op, arg: u16) -> Self {
        Token { op, at: At::ROOT, arg }
    }

    /// A column of a source.
    #[inline]
    #[must_use]
    pub const fn column(at: At, field: u16) -> Self {
        Token { op: Op::Column, at, arg: field }
    }

    /// A join of the source of this number.
    #[must_use]
    pub const fn joining(kind: Op, binding: u8) -> Self {
        Token { op: kind, at: At::ROOT.sibling(binding), arg: 0 }
    }

    /// A parameter.
    #[inline]
    #[must_use]
    pub const fn param(kind: Kind) -> Self {
        Token { op: Op::Param, at: At::ROOT, arg: kind as u16 }
    }

    /// The same word, if its query moves down from level `from`.
    pub(super) fn relevelled(self, from: u8, by: u8) -> Self {
        let moves = matches!(self.op, Op::Column | Op::Row) && self.at.level() >= from;
        if moves { Token { at: self.at.deeper(by), ..self } } else { self }
    }

    #[inline]
    pub(super) const fn bits(self) -> u32 {
        self.op as u32 | (self.at.place() as u32) << 8 | (self.arg as u32) << 16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_six_bytes() {
        assert_eq!(size_of::<Token>(), 6);
    }
}
