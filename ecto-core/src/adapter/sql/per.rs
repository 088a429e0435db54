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
use crate::query::{Per, Statement, VIA};

/// The column of that number. No column of a schema that we read is called so: the outer query selects those of the schema only.
const PLACE: &str = "ecto_place";
/// The owner of a row, where that is a column of a table on the way.
const OWNER: &str = "ecto_owner";

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
    /// Puts a finished query, without its order, limit and offset, into another one that has these for each owner.
    pub(super) fn bounds_per(&self, per: Per, keys: Vec<Sorted>, end: usize, out: &mut SelectStatement) -> Result<()> {
        let scope = self.innermost()?;
        let binding = usize::from(per.column.at.binding());
        let owner = scope.column(binding, per.column.arg).ok_or(QueryError::Malformed)?;
        let window = self.window(owner.clone(), keys)?;
        let place = if per.once { "DENSE_RANK" } else { "ROW_NUMBER" };
        out.expr_window_as(Func::cust(Alias::new(place)), window, Alias::new(PLACE));
        let is_selected = per.column.at.binding() >= VIA;
        if is_selected {
            out.expr_as(owner, Alias::new(OWNER));
        }
        let inner = out.take();
        out.from_subquery(inner, scope.alias(0));
        self.row(0, false, out)?;
        if is_selected {
            out.column((scope.alias(0), Alias::new(OWNER)));
        }
        within(scope.statement, end, &Expr::col((scope.alias(0), Alias::new(PLACE).into_iden())), out);
        Ok(())
    }

    fn window(&self, owner: Expr, keys: Vec<Sorted>) -> Result<WindowStatement> {
        let scope = self.innermost()?;
        let mut window = WindowStatement::new();
        window.add_partition_by(owner);
        sort(&mut window, keys);
        // The primary key settles what the order leaves open, so that both databases keep the same rows, and so that a row met again has its place again.
        for key in scope.statement.root().key {
            OrderedStatement::order_by_expr(&mut window, scope.column(0, *key).ok_or(QueryError::Malformed)?, Order::Asc);
        }
        Ok(window)
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
