//! Who sells, who buys, and what was bought.

use ecto_core::prelude::*;
use rust_decimal::Decimal;

use super::Track;

#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "employee")]
pub struct Employee {
    #[schema(source = "employee_id")]
    pub id: i64,
    #[changeset(required, length(max = 20))]
    pub last_name: String,
    #[changeset(required, length(max = 20))]
    pub first_name: String,
    #[changeset(length(max = 30))]
    pub title: Option<String>,
    #[schema(source = "reports_to")]
    #[changeset(cast, foreign_key)]
    pub manager_id: Option<i64>,
    #[changeset(cast)]
    pub birth_date: Option<NaiveDateTime>,
    #[changeset(cast)]
    pub hire_date: Option<NaiveDateTime>,
    #[changeset(length(max = 70))]
    pub address: Option<String>,
    #[changeset(length(max = 40))]
    pub city: Option<String>,
    #[changeset(length(max = 40))]
    pub state: Option<String>,
    #[changeset(length(max = 40))]
    pub country: Option<String>,
    #[changeset(length(max = 10))]
    pub postal_code: Option<String>,
    #[changeset(length(max = 24), format = r"^[+\d]")]
    pub phone: Option<String>,
    #[changeset(length(max = 24), format = r"^[+\d]")]
    pub fax: Option<String>,
    #[changeset(required, length(max = 60), format = "@", unique)]
    pub email: String,
    pub manager: BelongsTo<Employee>,
    #[schema(foreign_key = manager_id)]
    pub reports: HasMany<Employee>,
    #[schema(foreign_key = support_rep_id)]
    pub customers: HasMany<Customer>,
}

#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "customer")]
pub struct Customer {
    #[schema(source = "customer_id")]
    pub id: i64,
    #[changeset(required, length(max = 40))]
    pub first_name: String,
    #[changeset(required, length(max = 20))]
    pub last_name: String,
    #[changeset(length(max = 80))]
    pub company: Option<String>,
    #[changeset(length(max = 70))]
    pub address: Option<String>,
    #[changeset(length(max = 40))]
    pub city: Option<String>,
    #[changeset(length(max = 40))]
    pub state: Option<String>,
    #[changeset(length(max = 40))]
    pub country: Option<String>,
    #[changeset(length(max = 10))]
    pub postal_code: Option<String>,
    #[changeset(length(max = 24), format = r"^[+(\d]")]
    pub phone: Option<String>,
    #[changeset(length(max = 24), format = r"^[+(\d]")]
    pub fax: Option<String>,
    #[changeset(required, length(max = 60), format = "@", unique)]
    pub email: String,
    #[changeset(cast, foreign_key)]
    pub support_rep_id: Option<i64>,
    pub support_rep: BelongsTo<Employee>,
    pub invoices: HasMany<Invoice>,
}

#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "invoice")]
pub struct Invoice {
    #[schema(source = "invoice_id")]
    pub id: i64,
    #[changeset(required, foreign_key)]
    pub customer_id: i64,
    #[changeset(required)]
    pub invoice_date: NaiveDateTime,
    #[changeset(length(max = 70))]
    pub billing_address: Option<String>,
    #[changeset(length(max = 40))]
    pub billing_city: Option<String>,
    #[changeset(length(max = 40))]
    pub billing_state: Option<String>,
    #[changeset(length(max = 40))]
    pub billing_country: Option<String>,
    #[changeset(length(max = 10))]
    pub billing_postal_code: Option<String>,
    #[changeset(required, number(greater_than_or_equal_to = Decimal::ZERO))]
    pub total: Decimal,
    pub customer: BelongsTo<Customer>,
    pub lines: HasMany<InvoiceLine>,
}

#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "invoice_line")]
pub struct InvoiceLine {
    #[schema(source = "invoice_line_id")]
    pub id: i64,
    #[changeset(required, foreign_key)]
    pub invoice_id: i64,
    #[changeset(required, foreign_key)]
    pub track_id: i64,
    #[changeset(required, number(greater_than_or_equal_to = Decimal::ZERO))]
    pub unit_price: Decimal,
    #[changeset(required, check = "quantity_is_positive")]
    pub quantity: i32,
    pub invoice: BelongsTo<Invoice>,
    pub track: BelongsTo<Track>,
}
