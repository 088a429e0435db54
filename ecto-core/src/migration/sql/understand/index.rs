//! Indexes.

use sqlparser::ast::{AlterIndexOperation, CreateIndex as Written, ObjectName};

use super::name::Names;
use crate::ddl::{CreateIndex, Index, Op, TableName};

pub(super) fn create(written: Written, names: &Names) -> Option<Op> {
    let Written {
        name: Some(name),
        table_name,
        using,
        columns,
        unique,
        concurrently,
        r#async: false,
        if_not_exists,
        include,
        nulls_distinct,
        with,
        predicate,
        index_options,
        alter_options,
    } = written
    else {
        return None;
    };
    if !index_options.is_empty() || !alter_options.is_empty() {
        return None;
    }
    let parts = columns.iter().map(|column| names.index_part(column)).collect::<Option<Vec<_>>>()?;
    let mut index = Index { name: names.alone(&name)?, ..Index::new(names.table(&table_name)?, parts) };
    index.using = using.map(|method| method.to_string().to_lowercase());
    index.unique = unique;
    index.concurrently = concurrently;
    index.include = names.all(&include);
    index.nulls_distinct = nulls_distinct;
    index.condition = predicate.map(|condition| condition.to_string());
    let options: Vec<String> = with.iter().map(ToString::to_string).collect();
    index.options = (!options.is_empty()).then(|| format!("WITH ({})", options.join(", ")));
    Some(Op::CreateIndex(CreateIndex { index, if_not_exists }))
}

/// By its name alone: the table is not named, only its prefix.
pub(super) fn named(name: &ObjectName, names: &Names) -> Option<Index> {
    let TableName { prefix, name } = names.table(name)?;
    Some(Index { name, ..Index::new(TableName { prefix, name: String::new() }, Vec::new()) })
}

pub(super) fn rename(name: &ObjectName, operation: AlterIndexOperation, names: &Names) -> Option<Op> {
    let AlterIndexOperation::RenameIndex { index_name } = operation;
    Some(Op::RenameIndex { index: named(name, names)?, to: names.alone(&index_name)? })
}
