//! Indexes.

use super::text::{list, quote_table, when};
use super::{quote, string};
use crate::capability::StructureCapabilities;
use crate::ddl::{CreateIndex, DropIndex, Index, IndexPart, Order, TableName};

/// The statement, and the one that adds the comment.
pub(super) fn create(create: &CreateIndex) -> Vec<String> {
    let index = &create.index;
    let [unique, concurrently, if_not_exists] =
        [when(index.unique, "UNIQUE "), when(index.concurrently, "CONCURRENTLY "), when(create.if_not_exists, "IF NOT EXISTS ")];
    let mut sql = format!("CREATE {unique}INDEX {concurrently}{if_not_exists}{} ON {}", quote(&index.name), quote_table(&index.table));
    if let Some(method) = &index.using {
        sql.push_str(&format!(" USING {}", quote(method)));
    }
    sql.push_str(&format!(" ({})", index.parts.iter().map(part).collect::<Vec<_>>().join(", ")));
    if !index.include.is_empty() {
        sql.push_str(&format!(" INCLUDE ({})", list(index.include.iter().map(String::as_str))));
    }
    sql.push_str(match index.nulls_distinct {
        Some(true) => " NULLS DISTINCT",
        Some(false) => " NULLS NOT DISTINCT",
        None => "",
    });
    if let Some(condition) = &index.condition {
        sql.push_str(&format!(" WHERE {condition}"));
    }
    let comment = index.comment.iter().map(|comment| format!("COMMENT ON INDEX {} IS {}", qualified(index, &index.name), string(comment)));
    std::iter::once(sql).chain(comment).collect()
}

/// `DROP INDEX`.
pub(super) fn drop(drop: &DropIndex) -> String {
    let [concurrently, if_exists, cascade] =
        [when(drop.index.concurrently, "CONCURRENTLY "), when(drop.if_exists, "IF EXISTS "), when(drop.cascade, " CASCADE")];
    format!("DROP INDEX {concurrently}{if_exists}{}{cascade}", qualified(&drop.index, &drop.index.name))
}

/// Renamed, or made again under the new name.
pub(super) fn rename(index: &Index, to: &str, can: &StructureCapabilities) -> Vec<String> {
    if can.renames_indexes {
        return vec![format!("ALTER INDEX {} RENAME TO {}", qualified(index, &index.name), quote(to))];
    }
    let new = CreateIndex { index: Index { name: to.into(), ..index.clone() }, if_not_exists: false };
    let old = DropIndex { index: index.clone(), if_exists: false, cascade: false };
    std::iter::once(drop(&old)).chain(create(&new)).collect()
}

/// An index lives in the prefix of its table.
fn qualified(index: &Index, name: &str) -> String {
    quote_table(&TableName { prefix: index.table.prefix.clone(), ..TableName::new(name) })
}

fn part(part: &IndexPart) -> String {
    match part {
        IndexPart::Column { name, order: Order::Ascending } => quote(name),
        IndexPart::Column { name, order: Order::Descending } => format!("{} DESC", quote(name)),
        IndexPart::Expression(sql) => format!("({sql})"),
    }
}
