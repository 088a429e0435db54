//! Exact arithmetic on decimals, which SQLite keeps as text because its numbers would round them.
//!
//! A collation compares by number, so that `=`, `<`, `ORDER BY`, `GROUP BY` and indexes agree with PostgreSQL; functions and aggregates calculate. NULL in, NULL out.

#[cfg(not(feature = "decimal"))]
pub(super) use without::register;

#[cfg(feature = "decimal")]
pub(super) use with::register;

#[cfg(not(feature = "decimal"))]
mod without {
    /// No column is a decimal, so nothing is needed.
    #[expect(clippy::unnecessary_wraps, reason = "the same signature as with the feature")]
    pub(in crate::adapter::sqlite) fn register(_driver: &rusqlite::Connection) -> rusqlite::Result<()> {
        Ok(())
    }
}

#[cfg(feature = "decimal")]
mod with {
    use std::cmp::Ordering;

    use rusqlite::functions::{Aggregate, Context, FunctionFlags};
    use rusqlite::types::{Type, ValueRef};
    use rusqlite::{Connection, Error, Result};
    use rust_decimal::Decimal;

    use crate::adapter::sqlite::codec::parse_decimal;

    /// Makes the collation `ECTO_DECIMAL` and the functions `ecto_decimal_*` known to a session.
    pub(in crate::adapter::sqlite) fn register(driver: &Connection) -> Result<()> {
        driver.create_collation("ECTO_DECIMAL", compare)?;
        binary(driver, "ecto_decimal_add", Decimal::checked_add)?;
        binary(driver, "ecto_decimal_sub", Decimal::checked_sub)?;
        binary(driver, "ecto_decimal_mul", Decimal::checked_mul)?;
        binary(driver, "ecto_decimal_div", Decimal::checked_div)?;
        driver.create_scalar_function("ecto_decimal_neg", 1, flags(), |context| Ok(read(context, 0)?.map(|x| (-x).to_string())))?;
        for (name, fold) in [
            ("ecto_decimal_sum", Fold::Sum),
            ("ecto_decimal_avg", Fold::Avg),
            ("ecto_decimal_min", Fold::Min),
            ("ecto_decimal_max", Fold::Max),
        ] {
            driver.create_aggregate_function(name, 1, flags(), fold)?;
        }
        Ok(())
    }

    fn flags() -> FunctionFlags {
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS
    }

    /// By number; what is no number comes after all numbers, by its text.
    fn compare(a: &str, b: &str) -> Ordering {
        match (parse_decimal(a.as_bytes()), parse_decimal(b.as_bytes())) {
            (Some(a), Some(b)) => a.cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => a.cmp(b),
        }
    }

    fn binary(driver: &Connection, name: &'static str, calculate: fn(Decimal, Decimal) -> Option<Decimal>) -> Result<()> {
        driver.create_scalar_function(name, 2, flags(), move |context| match (read(context, 0)?, read(context, 1)?) {
            (Some(a), Some(b)) => calculate(a, b).map(|x| Some(x.to_string())).ok_or_else(|| overflow(name)),
            _ => Ok(None),
        })
    }

    #[cold]
    fn overflow(name: &str) -> Error {
        Error::UserFunctionError(format!("{name}: division by zero, or more than 28 digits").into())
    }

    fn read(context: &Context<'_>, at: usize) -> Result<Option<Decimal>> {
        match context.get_raw(at) {
            ValueRef::Null => Ok(None),
            ValueRef::Integer(x) => Ok(Some(Decimal::from(x))),
            ValueRef::Real(x) => {
                Decimal::try_from(x).map(Some).map_err(|_out_of_range| Error::InvalidFunctionParameterType(at, Type::Real))
            }
            ValueRef::Text(x) => parse_decimal(x).map(Some).ok_or(Error::InvalidFunctionParameterType(at, Type::Text)),
            ValueRef::Blob(_) => Err(Error::InvalidFunctionParameterType(at, Type::Blob)),
        }
    }

    #[derive(Clone, Copy)]
    enum Fold {
        Sum,
        Avg,
        Min,
        Max,
    }

    /// What was gathered so far, and of how many.
    type Gathered = Option<(Decimal, i64)>;

    impl Aggregate<Gathered, Option<String>> for Fold {
        fn init(&self, _context: &mut Context<'_>) -> Result<Gathered> {
            Ok(None)
        }

        fn step(&self, context: &mut Context<'_>, gathered: &mut Gathered) -> Result<()> {
            let Some(next) = read(context, 0)? else { return Ok(()) };
            *gathered = Some(match *gathered {
                None => (next, 1),
                Some((so_far, count)) => (self.fold(so_far, next)?, count + 1),
            });
            Ok(())
        }

        fn finalize(&self, _context: &mut Context<'_>, gathered: Option<Gathered>) -> Result<Option<String>> {
            let Some((total, count)) = gathered.flatten() else { return Ok(None) };
            let result = match self {
                Fold::Avg => total.checked_div(Decimal::from(count)).ok_or_else(|| overflow("ecto_decimal_avg"))?,
                Fold::Sum | Fold::Min | Fold::Max => total,
            };
            Ok(Some(result.to_string()))
        }
    }

    impl Fold {
        fn fold(self, so_far: Decimal, next: Decimal) -> Result<Decimal> {
            match self {
                Fold::Sum | Fold::Avg => so_far.checked_add(next).ok_or_else(|| overflow("ecto_decimal_sum")),
                Fold::Min => Ok(so_far.min(next)),
                Fold::Max => Ok(so_far.max(next)),
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn text(driver: &Connection, sql: &str) -> Option<String> {
            driver.query_row(sql, [], |row| row.get(0)).unwrap()
        }

        #[test]
        fn decimals_are_compared_and_added_up_exactly() {
            let driver = Connection::open_in_memory().unwrap();
            register(&driver).unwrap();
            driver
                .execute_batch("CREATE TABLE prices (price TEXT); INSERT INTO prices VALUES ('9.99'), ('10.1'), ('0.1'), ('0.2'), (NULL)")
                .unwrap();
            assert_eq!(
                text(&driver, "SELECT ecto_decimal_sum(price) FROM prices WHERE price < '1' COLLATE ECTO_DECIMAL").as_deref(),
                Some("0.3")
            );
            assert_eq!(text(&driver, "SELECT ecto_decimal_max(price) FROM prices").as_deref(), Some("10.1"));
            assert_eq!(text(&driver, "SELECT ecto_decimal_min(price) FROM prices").as_deref(), Some("0.1"));
            assert_eq!(text(&driver, "SELECT price FROM prices ORDER BY price COLLATE ECTO_DECIMAL DESC LIMIT 1").as_deref(), Some("10.1"));
            assert_eq!(text(&driver, "SELECT ecto_decimal_mul('0.1', '3')").as_deref(), Some("0.3"));
            assert_eq!(text(&driver, "SELECT ecto_decimal_sum(price) FROM prices WHERE 0"), None);
            assert!(driver.query_row("SELECT ecto_decimal_div('1', '0')", [], |row| row.get::<_, String>(0)).is_err());
        }
    }
}
