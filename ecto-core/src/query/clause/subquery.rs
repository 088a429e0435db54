//! Queries inside other queries.

use std::sync::Arc;

use super::super::{Expr, Extra, Op, Predicate, Query, Raw, Sources, Token, level};
use crate::types::{Null, Nullability, SqlType};

impl<S: Sources, O> Query<S, O> {
    /// `EXISTS (…)`: does it have a row?
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64 }
    /// # #[derive(Schema)] #[schema(table = "posts")] struct Post { id: i64, user_id: i64 }
    /// let authors = User::query().filter(|u| Post::query().filter(|p| p.user_id.eq(u.id)).exists());
    /// let newest = User::query().select(|u| (u.id, Post::query().filter(|p| p.user_id.eq(u.id)).select(|p| p.id.max()).scalar()));
    /// ```
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
        push(*self.statement, op, raw);
    }
}

fn push(mut statement: super::super::Statement, op: Op, raw: &mut Raw) {
    level::adopt(&mut statement, level::current());
    raw.extras.push(Extra::Statement(Arc::new(statement)));
    raw.push(Token::new(op));
}
