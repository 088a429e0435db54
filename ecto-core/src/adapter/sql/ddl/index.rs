//! Indexes.

use super::text::{leading_comment, list, quote_table, when};
use super::{quote, string};
use crate::capability::StructureCapabilities;
use crate::ddl::{CreateIndex, DropIndex, Index, IndexPart, Nulls, Order, TableName};

/// The statement, and the one that adds the comment.
pub(super) fn create(create: &CreateIndex, can: &StructureCapabilities) -> Vec<String> {
    let index = &create.index;
    let [unique, concurrently] = [when(index.unique, "UNIQUE "), when(index.concurrently && can.index_options, "CONCURRENTLY ")];
    let [if_not_exists, only] = [when(create.if_not_exists, "IF NOT EXISTS "), when(index.only, "ONLY ")];
    let mut sql =
        format!("CREATE {unique}INDEX {concurrently}{if_not_exists}{} ON {only}{}", quote(&index.name), quote_table(&index.table));
    sql.push_str(&if can.index_options { body(index) } else { plain_body(index, can) });
    if let Some(condition) = &index.condition {
        sql.push_str(&format!(" WHERE {condition}"));
    }
    let comment = index
        .comment
        .iter()
        .filter(|_| can.comment_statements)
        .map(|comment| format!("COMMENT ON INDEX {} IS {}", qualified(index, &index.name), string(comment)));
    std::iter::once(sql).chain(comment).collect()
}

/// The columns, and the words for each option.
fn body(index: &Index) -> String {
    let method = index.using.as_ref().map(|method| format!(" USING {}", quote(method))).unwrap_or_default();
    let parts = index.parts.iter().map(part).collect::<Vec<_>>().join(", ");
    let include = match &index.include[..] {
        [] => String::new(),
        columns => format!(" INCLUDE ({})", list(columns.iter().map(String::as_str))),
    };
    let nulls = match index.nulls_distinct {
        Some(true) => " NULLS DISTINCT",
        Some(false) => " NULLS NOT DISTINCT",
        None => "",
    };
    let options = index.options.as_ref().map(|options| format!(" {options}")).unwrap_or_default();
    format!("{method} ({parts}){include}{nulls}{options}")
}

/// The same where there are no words for them: further columns stand at the end, and an expression that is never NULL for each
/// column keeps two NULLs from being different.
fn plain_body(index: &Index, can: &StructureCapabilities) -> String {
    let same_nulls = index.nulls_distinct == Some(false);
    let parts = index.parts.iter().map(|each| if same_nulls { never_null(each) } else { plain_part(each) });
    let parts = parts.chain(index.include.iter().map(|name| quote(name)));
    let comment = leading_comment(index.comment.as_deref(), can);
    format!(" ({comment}{})", parts.collect::<Vec<_>>().join(", "))
}

fn never_null(part: &IndexPart) -> String {
    let (value, descending) = match part {
        IndexPart::Column { name, order, .. } => (quote(name), when(*order == Order::Descending, " DESC")),
        IndexPart::Expression(sql) | IndexPart::Sql(sql) => (format!("({sql})"), ""),
    };
    format!("({value} IS NULL){descending}, (ifnull({value}, 0)){descending}")
}

fn plain_part(each: &IndexPart) -> String {
    match each {
        IndexPart::Column { name, order, .. } => part(&IndexPart::Column { name: name.clone(), order: *order, nulls: None }),
        IndexPart::Expression(_) | IndexPart::Sql(_) => part(each),
    }
}

/// `DROP INDEX`.
pub(super) fn drop(drop: &DropIndex, can: &StructureCapabilities) -> String {
    let [concurrently, if_exists, cascade] = [
        when(drop.index.concurrently && can.index_options, "CONCURRENTLY "),
        when(drop.if_exists, "IF EXISTS "),
        when(drop.cascade && can.cascade, " CASCADE"),
    ];
    format!("DROP INDEX {concurrently}{if_exists}{}{cascade}", qualified(&drop.index, &drop.index.name))
}

/// `ALTER INDEX … RENAME`.
pub(super) fn rename(index: &Index, to: &str) -> String {
    format!("ALTER INDEX {} RENAME TO {}", qualified(index, &index.name), quote(to))
}

/// An index lives in the prefix of its table.
fn qualified(index: &Index, name: &str) -> String {
    quote_table(&TableName { prefix: index.table.prefix.clone(), ..TableName::new(name) })
}

fn part(part: &IndexPart) -> String {
    match part {
        IndexPart::Column { name, order, nulls } => {
            let nulls = match nulls {
                Some(Nulls::First) => " NULLS FIRST",
                Some(Nulls::Last) => " NULLS LAST",
                None => "",
            };
            format!("{}{}{nulls}", quote(name), when(*order == Order::Descending, " DESC"))
        }
        IndexPart::Expression(sql) => format!("({sql})"),
        IndexPart::Sql(sql) => sql.clone(),
    }
}
