//! The smallest pieces of a change's SQL: tables, lists, words that may be absent.

use super::quote;
use crate::capability::StructureCapabilities;
use crate::ddl::TableName;

/// A table's name, with its prefix.
pub(crate) fn quote_table(table: &TableName) -> String {
    match &table.prefix {
        Some(prefix) => format!("{}.{}", quote(prefix), quote(&table.name)),
        None => quote(&table.name),
    }
}

/// Names in quotes, with commas.
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(quote).collect::<Vec<_>>().join(", ")
}

/// The text, or none.
pub(super) fn when(condition: bool, text: &'static str) -> &'static str {
    if condition { text } else { "" }
}

/// A comment, where it stands in the SQL of what it is about. That it does not end itself was checked.
pub(super) fn inline_comment(text: Option<&str>, can: &StructureCapabilities) -> String {
    let text = text.filter(|_| !can.comment_statements);
    text.map(|text| format!(" /* {text} */")).unwrap_or_default()
}

/// The same in front of what follows.
pub(super) fn leading_comment(text: Option<&str>, can: &StructureCapabilities) -> String {
    let text = text.filter(|_| !can.comment_statements);
    text.map(|text| format!("/* {text} */ ")).unwrap_or_default()
}
