//! Queries inside other queries.

use std::sync::Arc;

use super::super::{Expr, Extra, Op, Predicate, Query, Raw, Sources, Token, level};
use crate::types::{Null, Nullability, SqlType};

impl<S: Sources, O> Query<S, O> {
    /// `EXISTS (…)`: does it have a row?
    pub fn exists(self) -> Predicate {
        let mut raw = Raw::default();
        self.push_subquery(Op::Exists, &mut raw);
        Predicate::from_raw(raw)
    }

    /// The value of a query that selects one column of at most one row; NULL if there is none.
    pub fn scalar(self) -> Expr<<Null as Nullability>::Of<O>>
    where
        O: SqlType,
    {
        let mut raw = Raw::default();
        self.push_subquery(Op::Scalar, &mut raw);
        Expr::from_raw(raw)
    }

    pub(crate) fn push_subquery(self, op: Op, raw: &mut Raw) {
        push(self.statement, op, raw);
    }
}

fn push(mut statement: super::super::Statement, op: Op, raw: &mut Raw) {
    level::adopt(&mut statement, level::current());
    raw.extras.push(Extra::Statement(Arc::new(statement)));
    raw.push(Token::new(op));
}
