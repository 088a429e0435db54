//! The smallest pieces of SQL: names, strings, lists.

use crate::ddl::TableName;

/// A name in quotes; a quote inside is doubled, so that no name can end itself.
pub(crate) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A table's name, with its prefix.
pub(crate) fn quote_table(table: &TableName) -> String {
    match &table.prefix {
        Some(prefix) => format!("{}.{}", quote(prefix), quote(&table.name)),
        None => quote(&table.name),
    }
}

/// A string as a literal.
pub(crate) fn string(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Names in quotes, with commas.
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(quote).collect::<Vec<_>>().join(", ")
}

/// The text, or none.
pub(super) fn when(condition: bool, text: &'static str) -> &'static str {
    if condition { text } else { "" }
}
