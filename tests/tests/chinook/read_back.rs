//! The way out: every row in the database is a row of the file, nothing lost and nothing rounded.

use std::collections::{BTreeMap, BTreeSet};

use ecto_core::prelude::*;
use ecto_core::types::Value;
use ecto_tests::case::Outcome;
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::data::Data;
use super::import::{Imported, column};
use super::schemas::{Album, Artist, Customer, Employee, Genre, Invoice, InvoiceLine, MediaType, Playlist, PlaylistTrack, Track};

/// A row as texts, by its columns.
type Texts = BTreeMap<String, String>;

/// Compares every table.
pub fn everything(repo: &Repo, data: &Data) -> Outcome {
    table::<Genre>(repo, data)?;
    table::<MediaType>(repo, data)?;
    table::<Artist>(repo, data)?;
    table::<Album>(repo, data)?;
    table::<Track>(repo, data)?;
    table::<Employee>(repo, data)?;
    table::<Customer>(repo, data)?;
    table::<Invoice>(repo, data)?;
    table::<InvoiceLine>(repo, data)?;
    table::<Playlist>(repo, data)?;
    table::<PlaylistTrack>(repo, data)
}

fn table<S: Imported>(repo: &Repo, data: &Data) -> Outcome {
    let written = data.rows(S::META.name);
    assert_eq!(repo.count(&Query::<S>::new())?, written.len() as i64, "{}", S::META.name);
    let written: BTreeSet<Texts> =
        written.iter().map(|row| row.iter().map(|(name, value)| (column(name), text_of_json(value))).collect()).collect();
    let found: BTreeSet<Texts> = repo.all(&Query::<S>::new())?.iter().map(texts).collect();
    assert!(found == written, "{}: {:?}", S::META.name, found.symmetric_difference(&written).take(2).collect::<Vec<_>>());
    Ok(())
}

fn texts<S: Imported>(row: &S) -> Texts {
    let columns = S::META.fields.iter().zip(0..);
    columns.map(|(field, number)| (field.column.to_owned(), text_of(&row.value(number)))).collect()
}

/// What a column holds. A text is never empty: the file has an empty text where there is none, and that is NULL.
fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::I32(number) => number.to_string(),
        Value::I64(number) => number.to_string(),
        Value::Text(text) if !text.is_empty() => text.to_string(),
        Value::NaiveDateTime(time) => time.format("%Y-%m-%dT%H:%M:%S").to_string(),
        Value::Decimal(number) => number.normalize().to_string(),
        other => panic!("{other:?} is not expected in these tables"),
    }
}

/// What the file says. Its only fractions are prices, which stand there as people write them.
fn text_of_json(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string().parse::<Decimal>().expect("a number of few digits").normalize().to_string(),
        other => panic!("{other} is not expected in the file"),
    }
}
