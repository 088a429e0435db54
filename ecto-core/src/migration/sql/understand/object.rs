//! Views, types, prefixes and comments, and everything that is dropped by name.

use sqlparser::ast::{
    AlterType, AlterTypeAddValue, AlterTypeAddValuePosition, AlterTypeOperation, AlterTypeRenameValue, CommentObject, CreateTableOptions,
    CreateView, ObjectName, ObjectType, SchemaName, Statement, UserDefinedTypeRepresentation,
};

use super::index;
use super::name::Names;
use crate::adapter::Remark;
use crate::ddl::{AddEnumValue, DropEnum, DropIndex, DropTable, DropView, EnumValue, Enumeration, Op, View};

pub(super) fn create_view(view: CreateView, names: &Names) -> Option<Op> {
    let CreateView {
        or_alter: false,
        or_replace: false,
        materialized: false,
        secure: false,
        name,
        name_before_not_exists: false,
        columns,
        query,
        options: CreateTableOptions::None,
        cluster_by,
        comment: None,
        with_no_schema_binding: false,
        if_not_exists: false,
        temporary: false,
        copy_grants: false,
        to: None,
        params: None,
    } = view
    else {
        return None;
    };
    let plain = columns.is_empty() && cluster_by.is_empty();
    Some(Op::CreateView(View { name: names.table(&name)?, sql: query.to_string() })).filter(|_| plain)
}

pub(super) fn create_type(name: &ObjectName, body: Option<UserDefinedTypeRepresentation>, names: &Names) -> Option<Op> {
    match body? {
        UserDefinedTypeRepresentation::Enum { labels } => {
            let values = labels.into_iter().map(|label| label.value);
            Some(Op::CreateEnum(Enumeration::new(names.table(name)?, values)))
        }
        UserDefinedTypeRepresentation::Composite { .. }
        | UserDefinedTypeRepresentation::Range { .. }
        | UserDefinedTypeRepresentation::SqlDefinition { .. } => None,
    }
}

pub(super) fn alter_type(alter: AlterType, names: &Names) -> Option<Op> {
    let AlterType { name, operation } = alter;
    let name = names.table(&name)?;
    match operation {
        AlterTypeOperation::AddValue(AlterTypeAddValue { if_not_exists: false, value, position }) => {
            let value = EnumValue::new(value.value);
            let value = match position {
                None => value,
                Some(AlterTypeAddValuePosition::Before(other)) => value.before(other.value),
                Some(AlterTypeAddValuePosition::After(other)) => value.after(other.value),
            };
            Some(Op::AddEnumValue(AddEnumValue { name, value }))
        }
        AlterTypeOperation::RenameValue(AlterTypeRenameValue { from, to }) => {
            Some(Op::RenameEnumValue { name, from: from.value, to: to.value })
        }
        AlterTypeOperation::AddValue(_) | AlterTypeOperation::Rename(_) => None,
    }
}

/// `CREATE SCHEMA name`, and `DROP … name`.
pub(super) fn create_or_drop(statement: Statement, names: &Names) -> Option<Op> {
    match statement {
        Statement::CreateSchema {
            schema_name: SchemaName::Simple(name),
            or_replace: false,
            if_not_exists: false,
            with: None,
            options: None,
            default_collate_spec: None,
            clone: None,
        } => Some(Op::CreatePrefix(names.alone(&name)?)),
        Statement::Drop {
            object_type,
            if_exists,
            names: dropped,
            cascade: false,
            restrict: _,
            purge: false,
            temporary: false,
            table: None,
        } => match dropped.as_slice() {
            [name] => drop(&object_type, if_exists, name, names),
            _ => None,
        },
        _ => None,
    }
}

fn drop(object: &ObjectType, if_exists: bool, name: &ObjectName, names: &Names) -> Option<Op> {
    match (object, if_exists) {
        (ObjectType::Table, _) => Some(Op::DropTable(DropTable { table: names.table(name)?, if_exists, cascade: false, was: None })),
        (ObjectType::Index, _) => Some(Op::DropIndex(DropIndex { index: index::named(name, names)?, if_exists, cascade: false })),
        (ObjectType::View, false) => Some(Op::DropView(DropView { name: names.table(name)?, was: None })),
        (ObjectType::Type, false) => Some(Op::DropEnum(DropEnum { name: names.table(name)?, was: None })),
        (ObjectType::Schema, false) => Some(Op::DropPrefix(names.alone(name)?)),
        _ => None,
    }
}

pub(super) fn comment(object: &CommentObject, name: &ObjectName, names: &Names) -> Option<Remark> {
    let (on, longest) = match object {
        CommentObject::Table => ("TABLE", 2),
        CommentObject::View => ("VIEW", 2),
        CommentObject::Index => ("INDEX", 2),
        CommentObject::Type => ("TYPE", 2),
        CommentObject::Column => ("COLUMN", 3),
        CommentObject::Schema => ("SCHEMA", 1),
        _ => return None,
    };
    let path = names.path(name)?;
    (path.len() <= longest && (on != "COLUMN" || path.len() > 1)).then_some(Remark { on, path })
}
