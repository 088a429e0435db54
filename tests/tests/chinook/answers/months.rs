//! How many invoices were there in each month, and over how much?

use ecto_core::prelude::*;
use rust_decimal::Decimal;

use crate::chinook::schemas::{Invoice, InvoiceCols};

pub fn invoices(repo: &Repo) -> Result<Vec<(String, i64, Decimal)>> {
    // The text of a date begins with year and month on every database, whatever it writes between day and hour.
    let month = |i: InvoiceCols| fragment!("substr(CAST(? AS text), 1, 7)", i.invoice_date).typed::<String>();
    let query = Invoice::query().group_by(month).order_by(month).select(|i| (month(i), count(), i.total.sum().or_else(Decimal::ZERO)));
    repo.all(&query)
}
