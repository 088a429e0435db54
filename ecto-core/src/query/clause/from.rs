//! `FROM (SELECT …)`: a query over the rows of another one.

use std::marker::PhantomData;

use super::super::{Columns, Query, Sources, Statement, level};

impl<T: Columns> Query<T> {
    /// Reads from the rows of another query as if they were a table. So a filter can stand behind a limit, and an order behind a union.
    ///
    /// The rows of the other query must be whole schemas: its root, or a source that it selects.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, name: String, age: Option<i32> }
    /// let ten_oldest = User::query().order_by(|u| u.age.desc().nulls_last()).limit(10);
    /// let by_name = Query::from_subquery(ten_oldest).filter(|u| u.age.gt(60)).order_by(|u| u.name.asc());
    /// ```
    pub fn from_subquery<S: Sources>(query: Query<S, T>) -> Self {
        let Query { statement: mut inner, preloads, .. } = query;
        level::adopt(&mut inner, level::current());
        let level = inner.level;
        let mut statement = Statement { level, ..Statement::over(*inner) };
        // A query over users may select their posts: the rows of the subquery, not its root, are what is read here.
        statement.sources[0] = T::META;
        Query { statement: Box::new(statement), preloads: preloads.enclosed("a query as a source"), types: PhantomData }
    }
}
