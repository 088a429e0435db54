//! One row with a column of each type, twice: never NULL, and perhaps.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use ecto_core::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::Stage;

/// One of each.
#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "samples")]
pub struct Sample {
    /// By the database.
    pub id: i64,
    /// `bool`.
    pub flag: bool,
    /// `i16`.
    pub small: i16,
    /// `i32`.
    pub middle: i32,
    /// `i64`.
    pub large: i64,
    /// `f32`.
    pub single: f32,
    /// `f64`.
    pub double: f64,
    /// `String`.
    pub text: String,
    /// `Vec<u8>`.
    pub bytes: Vec<u8>,
    /// `NaiveDate`.
    pub day: NaiveDate,
    /// `NaiveTime`.
    pub clock: NaiveTime,
    /// `NaiveDateTime`.
    pub local: NaiveDateTime,
    /// `DateTime<Utc>`.
    pub instant: DateTime<Utc>,
    /// `Uuid`.
    pub uuid: Uuid,
    /// `Decimal`.
    pub amount: Decimal,
    /// `serde_json::Value`.
    pub json: serde_json::Value,
}

/// Perhaps one of each.
#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "options")]
#[allow(missing_docs, reason = "the same fields as of the struct above")]
pub struct Optional {
    pub id: i64,
    pub flag: Option<bool>,
    pub small: Option<i16>,
    pub middle: Option<i32>,
    pub large: Option<i64>,
    pub single: Option<f32>,
    pub double: Option<f64>,
    pub text: Option<String>,
    pub bytes: Option<Vec<u8>>,
    pub day: Option<NaiveDate>,
    pub clock: Option<NaiveTime>,
    pub local: Option<NaiveDateTime>,
    pub instant: Option<DateTime<Utc>>,
    pub uuid: Option<Uuid>,
    pub amount: Option<Decimal>,
    pub json: Option<serde_json::Value>,
}

const COLUMNS: &str = "flag {boolean}, small {smallint}, middle {integer}, large {bigint}, single {single}, double {double}, text {text}, bytes {bytes}, \
                       day {date}, clock {time}, local {naive}, instant {instant}, uuid {uuid}, amount {decimal}, json {json}";

/// Makes both tables.
///
/// # Errors
/// What the database said.
pub fn create(stage: &Stage) -> Result<()> {
    stage.run(&[&format!("CREATE TABLE samples (id {{key}}, {COLUMNS})"), &format!("CREATE TABLE options (id {{key}}, {COLUMNS})")])
}
