//! Between Rust's values and SQLite's five storage classes.
//!
//! What SQLite has no class for is text: dates and times in ISO 8601 with six digits, UUIDs in lower case, JSON, and decimals, which
//! as a number would become floats. Reading is wider than writing: what Ecto wrote is accepted too.

mod bind;
mod read;

pub(super) use bind::Binder;
pub(in crate::adapter) use read::RowReader;

/// A decimal as it is kept: digits with a point, or, in what others wrote, an exponent.
#[cfg(feature = "decimal")]
pub(super) fn parse_decimal(text: &[u8]) -> Option<rust_decimal::Decimal> {
    use rust_decimal::Decimal;
    let text = std::str::from_utf8(text).ok()?;
    Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok()
}
