//! A limit that holds for each value of a column, instead of for the whole.
//!
//! The query becomes the source of another one that keeps the rows whose number, counted for each value in the order of the query, is within the bounds.
//! Window functions are what both databases have; a lateral join is not.

use sea_query::{
    Alias, Expr, ExprTrait, Func, IntoIden, NullOrdering, Order, OrderedStatement, OverStatement, SelectStatement, WindowStatement,
};

use super::expr::Writer;
use super::param::numbered;
use crate::error::{QueryError, Result};
use crate::query::Statement;

/// The column of that number. No column of a schema that we read is called so: the outer query selects those of the schema only.
const PLACE: &str = "ecto_place";

/// One key of an `ORDER BY`.
pub(super) struct Sorted {
    pub(super) key: Expr,
    pub(super) order: Order,
    pub(super) nulls: Option<NullOrdering>,
}

/// Sorts a query, or the rows of a window.
pub(super) fn sort(out: &mut impl OrderedStatement, keys: Vec<Sorted>) {
    for Sorted { key, order, nulls } in keys {
        match nulls {
            Some(nulls) => out.order_by_expr_with_nulls(key, order, nulls),
            None => out.order_by_expr(key, order),
        };
    }
}

impl Writer<'_> {
    /// Puts a finished query, without its order, limit and offset, into another one that has these for each value of a field.
    pub(super) fn bounds_per(&self, field: u16, keys: Vec<Sorted>, end: usize, out: &mut SelectStatement) -> Result<()> {
        let scope = self.innermost()?;
        let statement = scope.statement;
        let mut window = WindowStatement::new();
        window.add_partition_by(scope.column(0, field).ok_or(QueryError::Malformed)?);
        sort(&mut window, keys);
        // The primary key settles what the order leaves open, so that both databases keep the same rows.
        for key in statement.root().key {
            OrderedStatement::order_by_expr(&mut window, scope.column(0, *key).ok_or(QueryError::Malformed)?, Order::Asc);
        }
        out.expr_window_as(Func::cust(Alias::new("ROW_NUMBER")), window, Alias::new(PLACE));
        let inner = out.take();
        out.from_subquery(inner, scope.alias(0));
        self.row(0, out)?;
        within(statement, end, &Expr::col((scope.alias(0), Alias::new(PLACE).into_iden())), out);
        Ok(())
    }
}

/// Keeps the places behind the offset and before the limit.
fn within(statement: &Statement, end: usize, place: &Expr, out: &mut SelectStatement) {
    let limit = statement.limit.as_ref().map(|_| end + 1);
    let offset = statement.offset.as_ref().map(|_| end + 1 + usize::from(limit.is_some()));
    if let Some(offset) = offset {
        out.and_where(place.clone().gt(numbered(offset)));
    }
    if let Some(limit) = limit {
        let counted = offset.map_or_else(|| place.clone(), |offset| place.clone().sub(numbered(offset)));
        out.and_where(counted.lte(numbered(limit)));
    }
    out.order_by_expr(place.clone(), Order::Asc);
}
