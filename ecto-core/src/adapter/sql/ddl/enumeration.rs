//! Types of few named values. Where a check in each column stands for the type there is nothing to write.

use super::text::quote_table;
use super::{quote, string};
use crate::ddl::{AddEnumValue, Check, Enumeration, Place, TableName};

/// `CREATE TYPE`.
pub(super) fn create(new: &Enumeration) -> String {
    format!("CREATE TYPE {} AS ENUM ({})", quote_table(&new.name), strings(&new.values))
}

/// `ALTER TYPE … ADD VALUE`.
pub(super) fn add_value(add: &AddEnumValue) -> String {
    let place = match &add.value.place {
        Place::Last => String::new(),
        Place::Before(value) => format!(" BEFORE {}", string(value)),
        Place::After(value) => format!(" AFTER {}", string(value)),
    };
    format!("ALTER TYPE {} ADD VALUE {}{place}", quote_table(&add.name), string(&add.value.text))
}

/// `ALTER TYPE … RENAME VALUE`.
pub(super) fn rename_value(name: &TableName, from: &str, to: &str) -> String {
    format!("ALTER TYPE {} RENAME VALUE {} TO {}", quote_table(name), string(from), string(to))
}

/// The check that stands for an enum. Its name ends in [`suffix`], by which the columns of an enum are found again.
pub(crate) fn check(table: &str, column: &str, enumeration: &Enumeration) -> Check {
    Check {
        name: format!("{table}_{column}{}", suffix(&enumeration.name)),
        expression: format!("{} IN ({})", quote(column), strings(&enumeration.values)),
    }
}

/// How the name of the check ends that stands for this enum.
pub(crate) fn suffix(name: &TableName) -> String {
    format!("_is_{}", name.name)
}

fn strings(values: &[String]) -> String {
    values.iter().map(|value| string(value)).collect::<Vec<_>>().join(", ")
}
